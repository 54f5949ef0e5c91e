"""What a registry answers to a submission: SubmitStructureResponse of SDMX-ML, and error messages.

SDMX 2.1 and 3.0, SDMXRegistryStructure.xsd and SDMXMessage.xsd. An answer that is good in HTTP can say Failure inside.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lxml import etree

from icstip.artefacts.base import Reference
from icstip.artefacts.urn import parse_urn
from icstip.errors import FormatError
from icstip.messages.structure_json.reading.base import parse as parse_json
from icstip.messages.xml import parse

_LONGEST_TEXT: Final = 500


class Verdict(StrEnum):
    """What became of one structure, in the words of the registry."""

    SUCCESS = "Success"
    WARNING = "Warning"
    FAILURE = "Failure"


@dataclass(frozen=True, slots=True)
class SubmissionResult:
    """What became of a structure.

    Attributes:
        reference: The structure; None where the registry does not say which one, or speaks of all of them.
        verdict: Whether it was accepted. A warning is an acceptance.
        texts: What it says about it, each with its code, if it has one.
    """

    reference: Reference | None
    verdict: Verdict
    texts: tuple[str, ...] = ()


def read_submission_answer(content: bytes, where: str) -> tuple[SubmissionResult, ...]:
    """Return what a registry says of each structure that was submitted.

    Args:
        content: The body of the answer.
        where: Where it comes from, for messages.

    Raises:
        FormatError: It is no such answer: a page for people, something cut off, or a verdict that is none.
    """
    if content.lstrip()[:1] == b"{":
        return tuple(_results_of_json(content, where))
    root = parse(content, where=where)
    results = tuple(_result(element, where) for element in root.iter("{*}SubmissionResult"))
    errors = tuple(
        SubmissionResult(None, Verdict.FAILURE, tuple(_texts(element))) for element in root.iter("{*}ErrorMessage")
    )
    if not results and not errors:
        raise FormatError("not-a-submission-answer", where=where)
    return results + errors


def _result(element: etree._Element, where: str) -> SubmissionResult:
    status = element.find("{*}StatusMessage")
    said = "" if status is None else status.get("status", "")
    if status is None or said not in set(Verdict):
        raise FormatError("not-a-submission-answer", where=where)
    texts = tuple(text for message in status.iterfind("{*}MessageText") for text in _texts(message))
    return SubmissionResult(_reference(element), Verdict(said), texts)


def _reference(result: etree._Element) -> Reference | None:
    named = result.find("{*}SubmittedStructure/{*}MaintainableObject")
    if named is None:
        return None
    # A URN as an element (SDMX 2.1) or as the text itself (3.0); 2.1 can also name the parts.
    for urn in (named.findtext("URN"), named.findtext("{*}URN"), named.text):
        reference = parse_urn(urn or "")
        if reference is not None:
            return reference
    parts = named.find("{*}Ref")
    if parts is None:
        return None
    return Reference(
        parts.get("class", ""), parts.get("agencyID", ""), parts.get("id", ""), parts.get("version", "1.0")
    )


def _texts(message: etree._Element) -> Iterator[str]:
    """Yield the texts of a message, English ones if there are, with its code before the first."""
    code = message.get("code")
    found = message.findall("{*}Text")
    english = [text for text in found if (text.get("{http://www.w3.org/XML/1998/namespace}lang") or "en") == "en"]
    for text in english or found:
        said = _plain(text.text or "")
        if said:
            yield f"{code}: {said}" if code else said
            code = None
    if code:
        yield code


def _results_of_json(content: bytes, where: str) -> Iterator[SubmissionResult]:
    """Yield the errors of an error message of SDMX-JSON."""
    said = parse_json(content, where)
    errors = said.get("errors")
    if not isinstance(errors, list) or not errors:
        raise FormatError("not-a-submission-answer", where=where)
    for error in errors:
        parts = [str(error.get(name, "")) for name in ("code", "title", "detail")] if isinstance(error, Mapping) else []
        yield SubmissionResult(None, Verdict.FAILURE, (_plain(": ".join(filter(None, parts))),))


def _plain(text: str) -> str:
    """Return a text from outside on one line, without characters that a terminal obeys, and not too long."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(shown.split())[:_LONGEST_TEXT]
