"""A receipt for a terminal and as a file."""

import json
from collections.abc import Iterator

from icstip.artefacts.urn import urn_of
from icstip.registry.submitting.interfaces import told
from icstip.registry.submitting.submission import Outcome, Receipt, Said, Sent, Stored
from icstip.reports.registry.plan import step_name
from icstip.structures.diff.changes import Change
from icstip.texts import text

FORM = 1
"""The form of the file; one that is read otherwise has another number."""

_DIFFERENCES = 3


def receipt_json(receipt: Receipt, language: str = "en") -> str:
    """Return what was sent and what became of it as JSON.

    The keys are ``receipt`` (the form of the file), ``registry``, ``interface``, ``format``, ``complete`` (whether the
    registry has all of it as it was sent), ``sent`` and ``artefacts``. A request has ``method``, ``address``,
    ``headers``, ``urns``, ``sha256`` and ``bytes`` of the message, ``status`` (null without an answer), ``date`` (by
    the clock of the registry) and ``trouble``. An artefact has ``urn``, ``action``, ``why``, ``said`` (``accepted``,
    ``warned``, ``refused`` or ``nothing``), ``texts`` (the words of the registry), ``stored`` (``identical``,
    ``different``, ``absent`` or ``unknown``) and ``differences``. There is nothing in it that identifies who sent it.
    """
    values = {
        "receipt": FORM,
        "registry": receipt.plan.registry,
        "interface": receipt.interface.value,
        "format": receipt.plan.format_id,
        "complete": receipt.is_complete,
        "sent": [_sent(sent, language) for sent in receipt.sent],
        "artefacts": [_outcome(outcome, language) for outcome in receipt.outcomes],
    }
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def receipt_text(receipt: Receipt, language: str = "en") -> str:
    """Return what became of a submission for a terminal: what is not as it should be, then all in all."""
    return "".join(f"{line}\n" for line in _lines(receipt, language))


def _lines(receipt: Receipt, language: str) -> Iterator[str]:
    for sent in receipt.sent:
        if sent.trouble:
            yield text("registry.receipt.trouble", language, trouble=sent.trouble.line(language))
    for outcome in receipt.outcomes:
        if outcome.stored is not Stored.IDENTICAL or outcome.said is not Said.ACCEPTED:
            yield from _outcome_lines(outcome, language)
    counts = {stored.value: receipt.number(stored) for stored in Stored}
    yield text("registry.receipt.sum", language, number=len(receipt.outcomes), **counts)
    if not receipt.is_complete:
        yield text("registry.receipt.again", language)


def _outcome_lines(outcome: Outcome, language: str) -> Iterator[str]:
    yield text(
        "registry.receipt.outcome",
        language,
        artefact=step_name(outcome.step),
        said=text(f"registry.said.{outcome.said.value}", language),
        stored=text(f"registry.stored.{outcome.stored.value}", language),
    )
    for words in outcome.texts:
        yield f"    {text('registry.receipt.words', language, words=words)}"
    for change in outcome.differences[:_DIFFERENCES]:
        yield f"    ~ {_change(change, language)}"
    if len(outcome.differences) > _DIFFERENCES:
        yield f"    {text('structure-diff.more', language, count=len(outcome.differences) - _DIFFERENCES)}"


def _change(change: Change, language: str) -> str:
    """Return a difference on one line; what comes from a registry cannot command a terminal."""
    told_as = " ".join(part for part in (text(change.title, language), change.path) if part)
    sides = " → ".join("–" if side is None else repr(side)[:80] for side in (change.before, change.after))
    return f"{told_as}: {sides}" if change.before is not None or change.after is not None else told_as


def _sent(sent: Sent, language: str) -> dict[str, object]:
    return {
        **told(sent.sending),
        "sha256": sent.sha256,
        "bytes": sent.size,
        "status": sent.status,
        "date": sent.date,
        "trouble": sent.trouble.line(language) if sent.trouble else None,
    }


def _outcome(outcome: Outcome, language: str) -> dict[str, object]:
    return {
        "urn": urn_of(outcome.step.reference),
        "action": outcome.step.action.value,
        "why": outcome.step.why.value,
        "said": outcome.said.value,
        "texts": list(outcome.texts),
        "stored": outcome.stored.value,
        "differences": [
            {"what": text(one.title, language), "path": one.path, "before": one.before, "after": one.after}
            for one in outcome.differences
        ],
    }
