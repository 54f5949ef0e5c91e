"""The number formats of an xlsx workbook, by the style numbers that its cells have."""

from dataclasses import dataclass

from icstip.errors import TableError
from icstip.tables.workbooks.archive import Archive
from icstip.tables.workbooks.formats import PLAIN, NumberFormat, built_in_format, number_format

MAX_STYLES = 100_000
"""How many styles of cells a workbook may have; spreadsheet programs write 65,490 at most."""

_PART = "xl/styles.xml"


@dataclass(frozen=True)
class Styles:
    """How the cells of a workbook show their numbers.

    Attributes:
        formats: Those of the styles that show a value otherwise than as a number, by the number of the style.
        from_1904: Whether days are counted from 1904 instead of 1900.
    """

    formats: dict[int, NumberFormat]
    from_1904: bool = False

    def of(self, style: str | None) -> NumberFormat:
        """Return the format of a cell, by its attribute s; without one it is the first (ECMA-376-1 18.3.1.4)."""
        style = "0" if style is None else style
        return self.formats.get(int(style), PLAIN) if style.isdecimal() else PLAIN


def read_formats(archive: Archive) -> dict[int, NumberFormat]:
    """Return the formats that show a value otherwise than as a number, by the number of the style.

    Args:
        archive: The workbook.

    Raises:
        TableError: The part with the styles is broken or too large.
    """
    styles = _StylesPart(archive.where)
    for info in archive.parts:
        if info.filename.casefold() == _PART:
            archive.read_tags(info, on_start=styles.start, on_end=styles.end)
    return styles.formats()


class _StylesPart:
    """The part with the styles, tag by tag (ECMA-376-1 18.8): codes of formats, and which of them a style has."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._codes: dict[str, str] = {}
        self._of_styles: list[str] = []
        self._in_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "cellXfs":
            self._in_cells = True
        elif name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and self._in_cells:
            self._of_styles.append(attributes.get("numFmtId", ""))
            if len(self._of_styles) > MAX_STYLES:
                raise TableError("table-too-large", where=self._where, what=f"{_PART}: > {MAX_STYLES:,}")

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False

    def formats(self) -> dict[int, NumberFormat]:
        found = {style: self._format(identifier) for style, identifier in enumerate(self._of_styles)}
        return {style: form for style, form in found.items() if not form.is_plain}

    def _format(self, identifier: str) -> NumberFormat:
        if identifier in self._codes:
            return number_format(self._codes[identifier])
        return built_in_format(int(identifier)) if identifier.isdecimal() else PLAIN
