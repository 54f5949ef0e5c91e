"""The submissions of a collection as a table."""

from collections.abc import Sequence
from typing import Final

from icstip.collection.keeping.receipt import Receipt
from icstip.reports.collection.form import TableForm
from icstip.reports.collection.table import Table, Value
from icstip.texts import text

_FIELDS: Final = ("id", "received", "sender", "areas", "structures", "observations", "status")
_MORE: Final = ("received_from", "file", "sha256", "format", "mapping", "reason", "errors", "warnings", "set_aside")
_COUNTS: Final = ("added", "changed", "removed")
_MOST_AREAS: Final = 4


def submissions_table(receipts: Sequence[Receipt], form: TableForm, language: str = "en") -> Table:
    """Return submissions as a table; for programs it has more columns.

    Args:
        receipts: The submissions.
        form: How the table is to be written.
        language: Language of headings and words.
    """
    if form is TableForm.TEXT:
        headings = [text(f"collection.column.{name}", language) for name in _FIELDS]
        rows = [_told(receipt, language) for receipt in receipts]
        return Table(_FIELDS, headings, rows, frozenset({"observations"}))
    fields = (*_FIELDS, *_COUNTS, *_MORE)
    return Table(fields, fields, [_all(receipt) for receipt in receipts])


def status_of(receipt: Receipt, language: str) -> str:
    """Return what became of a submission in words."""
    return text(f"collection.status.{receipt.status}", language)


def _told(receipt: Receipt, language: str) -> list[Value]:
    areas = list(receipt.areas[:_MOST_AREAS])
    if len(receipt.areas) > _MOST_AREAS:
        areas = [text("collection.areas", language, number=len(receipt.areas))]
    structures = list(receipt.structures)
    status = status_of(receipt, language)
    return [receipt.id, receipt.received, receipt.sender, areas, structures, receipt.rows, status]


def _all(receipt: Receipt) -> list[Value]:
    return [
        receipt.id,
        receipt.received,
        receipt.sender,
        list(receipt.areas),
        list(receipt.structures),
        receipt.rows,
        str(receipt.status),
        receipt.added,
        receipt.changed,
        receipt.removed,
        str(receipt.received_from),
        receipt.file,
        receipt.sha256,
        receipt.format,
        receipt.mapping,
        receipt.reason,
        receipt.findings.get("error", 0),
        receipt.findings.get("warning", 0),
        receipt.set_aside,
    ]
