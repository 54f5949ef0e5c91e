"""What the cells of a workbook look like."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter import Workbook

from icstip.findings import Severity
from icstip.reports.validation.plain import lines_in
from icstip.texts import RIGHT_TO_LEFT

COLOURS: Final = {Severity.ERROR: "#F4B9B0", Severity.WARNING: "#FFE08A", Severity.INFO: "#CFE3F5"}
"""Fills by severity; black letters on each of them can be read."""

_FROM_RIGHT: Final = 2
_LINE: Final = 15.0  # points
_TALLEST: Final = 405.0  # Excel has no taller rows
_BORDER: Final = {Severity.ERROR: "#B3261E", Severity.WARNING: "#9A6B00", Severity.INFO: "#2B6CA3"}


@dataclass(frozen=True)
class Looks:
    """The formats of a workbook.

    Attributes:
        plain: Values that are wrapped.
        prose: Texts of ours, which run as their language does.
        title: The title.
        head: Headings above columns.
        section: Headings of parts.
        link: Links to cells.
        quiet: Names of what stands beside them.
        strong: What is emphasised.
        severity: Names of severities.
        marked: Cells with findings, by severity.
    """

    plain: Any
    prose: Any
    title: Any
    head: Any
    section: Any
    link: Any
    quiet: Any
    strong: Any
    severity: dict[Severity, Any]
    marked: dict[Severity, Any]

    @classmethod
    def of(cls, book: Workbook, language: str) -> "Looks":
        """Add the formats to a workbook.

        Args:
            book: The workbook.
            language: Language of its texts.
        """
        top = {"valign": "top", "text_wrap": True}
        from_right = language in RIGHT_TO_LEFT
        runs = {"reading_order": _FROM_RIGHT} if from_right else {}
        begins = {"align": "right" if from_right else "left"}
        fills = {severity: {"bg_color": colour, **top} for severity, colour in COLOURS.items()}
        border = {severity: {"border": 1, "border_color": colour} for severity, colour in _BORDER.items()}
        return cls(
            plain=book.add_format({**top, **begins}),
            prose=book.add_format({**top, **runs}),
            title=book.add_format({"bold": True, "font_size": 16, **runs}),
            head=book.add_format({"bold": True, "bottom": 1, "bg_color": "#E9EDF1", **top, **runs}),
            section=book.add_format({"bold": True, "font_size": 12, "top": 1, **runs}),
            link=book.add_format({"font_color": "#1A5490", "underline": 1, **top, **begins}),
            quiet=book.add_format({"font_color": "#5A6570", **top, **runs}),
            strong=book.add_format({"bold": True, **top, **begins}),
            severity={severity: book.add_format({"bold": True, **fill, **runs}) for severity, fill in fills.items()},
            marked={
                severity: book.add_format({"bg_color": COLOURS[severity], "valign": "top", **border[severity]})
                for severity in COLOURS
            },
        )


def height_of(row: Sequence[object], widths: Sequence[int]) -> float:
    """Return the height that a row of wrapped texts needs, which not all programs find by themselves.

    Args:
        row: What stands in it.
        widths: Widths of its columns in letters.
    """
    lines = [
        lines_in(str(value), max(width - 2, 1)) for value, width in zip(row, widths, strict=True) if value is not None
    ]
    return min(max(lines, default=1) * _LINE, _TALLEST)


def on_paper(sheet: Any, *, headings: bool = False) -> None:  # noqa: ANN401 - of a library without types
    """Have a sheet printed on wide pages that are as wide as it is, with its headings on each.

    Args:
        sheet: A sheet of a workbook.
        headings: Whether its first row has headings.
    """
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    if headings:
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
