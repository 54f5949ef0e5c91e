"""What the comment of a cell says, and how large it has to be."""

from collections.abc import Sequence
from typing import Final

from icstip.findings import Finding
from icstip.reports.validation.plain import lines_in, shortened, shown
from icstip.reports.validation.rows import severity_name
from icstip.texts import text

MOST_COMMENTS: Final = 2_000
"""So many comments a sheet gets: with very many of them spreadsheets become slow, or refuse the file."""

_MOST_FINDINGS: Final = 8
_MOST_CHARACTERS: Final = 1_500  # of each part of a finding: values in it can be very long
_WIDTH: Final = 340
_LETTERS: Final = 52  # of a line
_LINE: Final = 16
_TALLEST: Final = 640


def comment_text(findings: Sequence[Finding], sheet: str, language: str) -> str:
    """Return what a comment says: of each finding what it is, what is wrong and what to do.

    Args:
        findings: The findings of a cell, the most severe first.
        sheet: Name of the sheet with all findings.
        language: Its language.
    """
    parts = [_told(finding, language) for finding in findings[:_MOST_FINDINGS]]
    if len(findings) > _MOST_FINDINGS:
        count = len(findings) - _MOST_FINDINGS
        parts.append(text("validation_book.further", language, count=count, findings=sheet))
    return shown("\n\n".join(parts))


def comment_size(comment: str) -> tuple[int, int]:
    """Return the width and the height in pixels that a comment needs."""
    return _WIDTH, min((lines_in(comment, _LETTERS) + 1) * _LINE, _TALLEST)


def _told(finding: Finding, language: str) -> str:
    title = f"{severity_name(finding.severity, language)} – {finding.title(language)} ({finding.code})"
    parts = (title, finding.message(language), f"→ {finding.hint(language)}")
    return "\n".join(shortened(part, _MOST_CHARACTERS) for part in parts)
