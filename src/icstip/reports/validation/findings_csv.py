"""The findings of a validation as CSV, which any spreadsheet opens."""

import csv
import io
from typing import Final

from icstip.reports.validation.plain import no_formula, shown
from icstip.reports.validation.report import ValidationReport
from icstip.reports.validation.rows import heading, row_of

_MARK: Final = "\ufeff"  # by which Excel sees that it is UTF-8


def validation_csv(report: ValidationReport, language: str = "en") -> str:
    """Return the findings of a report, one a record, in the order of their places (RFC 4180).

    Args:
        report: The report.
        language: Language of headings and texts.

    Returns:
        A text that begins with a byte order mark, to be written in UTF-8. What a spreadsheet would take for a formula
        has a blank before it.
    """
    out = io.StringIO(newline="")
    out.write(_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heading(language))
    for finding in report.report.findings:
        writer.writerow([no_formula(shown(value)) for value in row_of(finding, language)])
    return out.getvalue()
