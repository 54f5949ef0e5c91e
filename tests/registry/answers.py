"""Messages that are no structures: errors, and what became of what was submitted."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lxml import etree

from icstip.artefacts.base import Reference
from icstip.artefacts.urn import urn_of

XML: Final = "application/xml"
JSON: Final = "application/json"

_BASE: Final = "http://www.sdmx.org/resources/sdmxml/schemas"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


class Status(StrEnum):
    """What became of an artefact (SDMXRegistryBase.xsd, StatusType)."""

    SUCCESS = "Success"
    WARNING = "Warning"
    FAILURE = "Failure"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one artefact that was submitted.

    Attributes:
        reference: The artefact.
        action: ``Append``, ``Replace`` or ``Delete`` (SDMXCommon.xsd, ActionType).
        status: What became of it.
        code: The status code of HTTP that it would have by itself.
        text: Why, in English.
    """

    reference: Reference
    action: str
    status: Status
    code: int
    text: str


def error_message(code: int, text: str, *, as_json: bool, version: str = "3_0") -> tuple[bytes, str]:
    """Return an error message and its media type.

    Args:
        code: Status code of HTTP.
        text: What is wrong, in English.
        as_json: Whether it is to be in SDMX-JSON (schema of structures), or in SDMX-ML (SDMXMessage.xsd, Error).
        version: The version of SDMX-ML.
    """
    if as_json:
        error = {"code": code, "title": text}
        return json.dumps({"errors": [error]}).encode(), "application/vnd.sdmx.structure+json;version=2.0.0"
    root = etree.Element(f"{{{_BASE}/v{version}/message}}Error", nsmap=_prefixes(version))
    message = etree.SubElement(root, f"{{{_BASE}/v{version}/message}}ErrorMessage", code=str(code))
    _text(message, text, version)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8"), XML


def submission_response(results: Sequence[Result], prepared: str, *, version: str) -> bytes:
    """Return a message that says what became of what was submitted (SDMXRegistryStructure.xsd).

    Args:
        results: What became of each artefact.
        prepared: When the message is prepared.
        version: Version of SDMX-ML: ``2_1``, ``3_0`` or ``3_1``.
    """
    message, registry = f"{{{_BASE}/v{version}/message}}", f"{{{_BASE}/v{version}/registry}}"
    root = etree.Element(f"{message}RegistryInterface", nsmap=_prefixes(version))
    header = etree.SubElement(root, f"{message}Header")
    etree.SubElement(header, f"{message}ID").text = "RESPONSE"
    etree.SubElement(header, f"{message}Test").text = "false"
    etree.SubElement(header, f"{message}Prepared").text = prepared
    etree.SubElement(header, f"{message}Sender", id="REGISTRY")
    etree.SubElement(header, f"{message}Receiver", id="SUBMITTER")
    response = etree.SubElement(root, f"{message}SubmitStructureResponse")
    for result in results:
        box = etree.SubElement(response, f"{registry}SubmissionResult")
        submitted = etree.SubElement(box, f"{registry}SubmittedStructure", action=result.action)
        referred = etree.SubElement(submitted, f"{registry}MaintainableObject")
        if version == "2_1":  # SDMXCommonReferences.xsd, MaintainableReferenceType
            etree.SubElement(referred, "URN").text = urn_of(result.reference)
        else:
            referred.text = urn_of(result.reference)
        status = etree.SubElement(box, f"{registry}StatusMessage", status=result.status)
        _text(etree.SubElement(status, f"{registry}MessageText", code=str(result.code)), result.text, version)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _prefixes(version: str) -> dict[str, str]:
    names = {"mes": "message", "reg": "registry", "com": "common"}
    return {prefix: f"{_BASE}/v{version}/{name}" for prefix, name in names.items()}


def _text(parent: etree._Element, text: str, version: str) -> None:
    element = etree.SubElement(parent, f"{{{_BASE}/v{version}/common}}Text")
    element.set(_LANG, "en")
    element.text = text
