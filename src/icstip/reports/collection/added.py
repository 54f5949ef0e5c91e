"""What became of a file that was added, in a line."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from icstip.collection.keeping.deposit import REPORT
from icstip.collection.keeping.index import SUBMISSIONS
from icstip.collection.keeping.receipt import Receipt
from icstip.findings import Severity
from icstip.reports.collection.submissions import status_of
from icstip.reports.collection.table import one_line
from icstip.reports.validation.report import ValidationReport, standing_for
from icstip.texts import text

_MOST_CODES: Final = 4


def added_lines(
    receipt: Receipt, report: ValidationReport | None, file: str, collection: str, language: str, *, is_new: bool
) -> Iterator[str]:
    """Yield what became of a file: one line, and one more where somebody has to look at it.

    Args:
        receipt: Of its submission.
        report: What is wrong with it, if it was checked.
        file: What it is called.
        collection: Folder of the collection.
        language: Language of the lines.
        is_new: Whether it was put in; otherwise it was there.
    """
    named = {"file": one_line(file), "id": receipt.id, "status": status_of(receipt, language)}
    if not is_new:
        yield text("collection.known", language, **named)
    elif receipt.counts:
        numbers = {name: f"{getattr(receipt, name):,}" for name in ("added", "changed", "removed")}
        yield text("collection.accepted", language, **named, **numbers)
    if not receipt.counts:
        where = f"{collection}/{SUBMISSIONS}/{receipt.id}/{REPORT}"
        errors = receipt.findings.get("error", 0)
        yield text("collection.quarantined", language, **named, errors=errors, codes=_codes(report), report=where)
    if is_new and receipt.set_aside:
        yield text("collection.set_aside", language, **named, number=f"{receipt.set_aside:,}")


def _codes(report: ValidationReport | None) -> str:
    """Return the codes of errors by how often they were found, the most frequent first."""
    counts: Counter[str] = Counter()
    for finding in () if report is None else report.report.findings:
        if finding.severity is Severity.ERROR:
            counts[finding.code] += standing_for(finding)
    told = [f"{code} ×{number}" for code, number in counts.most_common(_MOST_CODES)]
    listed = ", ".join([*told, *(["…"] if len(counts) > _MOST_CODES else [])])
    return f" ({listed})" if listed else ""
