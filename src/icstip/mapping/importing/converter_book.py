"""A workbook of Eurostat's SDMX Converter: which of its sheets are parameters, transcodings and data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from icstip.errors import MappingError
from icstip.findings import Place
from icstip.mapping.importing.parameters import Parameters, cell_address, read_parameters
from icstip.tables.grid import Grid, position_of

_PARAMETERS: Final = "parameter"
_LINKS: Final = "parameter_mapping"
_NO_DATA: Final = (_PARAMETERS, "trans", "val")  # how the names of sheets begin that hold no data
_LINK_HEADERS: Final = ("data sheet", "parameter sheet")
_TRANSCODING_HEADERS: Final = ("text", "dimension", "value")


@dataclass(frozen=True, slots=True)
class Transcoding:
    """A row of a transcoding sheet: a text of a component that stands for a value."""

    label: str
    component: str
    value: str
    place: Place


@dataclass(frozen=True)
class ConverterBook:
    """What a workbook of the Converter holds.

    Attributes:
        parameters: What the parameter sheet says.
        data: The sheets that it is about, those with something where the data start.
        empty: The names of those that have nothing there.
        transcodings: The rows of the transcoding sheet.
        lacks_transcoding: Name of a transcoding sheet that is not in the workbook.
    """

    parameters: Parameters
    data: tuple[Grid, ...]
    empty: tuple[str, ...]
    transcodings: tuple[Transcoding, ...]
    lacks_transcoding: str

    def texts(self, letters: str, row: int) -> Mapping[str, str]:
        """Return what a cell says in each data sheet."""
        return {grid.sheet or "": cell_text(grid, letters, row) for grid in self.data}


def has_parameters(grids: Sequence[Grid]) -> bool:
    """Return whether one of these sheets is called as parameter sheets are."""
    return any(_is_parameters(grid) for grid in grids)


def read_book(grids: Sequence[Grid], where: str, sheet: str | None = None) -> ConverterBook:
    """Return what a workbook of the Converter holds.

    Args:
        grids: Its sheets.
        where: The file, for messages.
        sheet: Name of the parameter sheet, where there are several.

    Raises:
        MappingError: There is no parameter sheet, or several, or it says not where the data start.
    """
    named = [grid for grid in grids if _is_parameters(grid)]
    chosen = [grid for grid in named if sheet is None or grid.sheet == sheet]
    if len(chosen) != 1:
        known = ", ".join(grid.sheet or "" for grid in named)
        raise MappingError("import-sheets", where=where, sheets=known)
    parameters = read_parameters(chosen[0])
    if parameters is None:
        raise MappingError("import-header", where=str(chosen[0].place("A", 1)))
    data = _data_sheets(grids, parameters)
    start = cell_address(parameters.value("datastart"))
    filled = [grid for grid in data if start is None or _has_figures(grid, *start)]
    transcoding = parameters.value("transcodingsheet")
    found = [grid for grid in grids if transcoding and grid.sheet == transcoding]
    return ConverterBook(
        parameters,
        tuple(filled),
        tuple(grid.sheet or "" for grid in data if grid not in filled),
        tuple(row for grid in found for row in _transcodings(grid)),
        "" if found else transcoding,
    )


def cell_text(grid: Grid, letters: str, row: int) -> str:
    """Return the text of a cell, for one that is merged with others that of the first of them."""
    for area in grid.merged:
        if area.first_column <= position_of(letters) <= area.last_column and area.first_row <= row <= area.last_row:
            letters, row = grid.frame.columns[area.first_column - 1], area.first_row
    there = letters in grid.frame.columns and row <= grid.frame.height
    return (grid.frame[letters][row - 1] or "") if there else ""


def _is_parameters(grid: Grid) -> bool:
    name = (grid.sheet or "").casefold()
    return name.startswith(_PARAMETERS) and name != _LINKS


def _data_sheets(grids: Sequence[Grid], parameters: Parameters) -> list[Grid]:
    """Return the sheets that parameters are about: those that are linked to them, or all that hold data."""
    codes = parameters.value("codesfromexternalfile")
    linked = [name for grid in grids if (grid.sheet or "").casefold() == _LINKS for name in _links(grid, parameters)]
    others = [grid for grid in grids if not (grid.sheet or "").casefold().startswith(_NO_DATA) and grid.sheet != codes]
    return [grid for grid in grids if grid.sheet in linked] if linked else others


def _links(grid: Grid, parameters: Parameters) -> Iterator[str]:
    for data, sheet in _rows(grid, _LINK_HEADERS):
        if sheet[0] == parameters.sheet:
            yield data[0]


def _transcodings(grid: Grid) -> Iterator[Transcoding]:
    for (label, _), (component, _), (value, place) in _rows(grid, _TRANSCODING_HEADERS):
        if label or component or value:
            yield Transcoding(label, component, value, place)


def _rows(grid: Grid, headers: Sequence[str]) -> Iterator[tuple[tuple[str, Place], ...]]:
    """Yield the cells of these columns below their headers in the first row, with their places."""
    if not grid.frame.height:
        return
    names = [(cell or "").casefold() for cell in grid.frame.row(0)]
    if any(header not in names for header in headers):
        return
    letters = [grid.frame.columns[names.index(header)] for header in headers]
    for number, row in enumerate(grid.frame.select(letters).iter_rows(), 1):
        if number > 1:
            yield tuple((cell or "", grid.place(letter, number)) for cell, letter in zip(row, letters, strict=True))


def _has_figures(grid: Grid, letters: str, row: int) -> bool:
    columns = [name for name in grid.frame.columns if position_of(name) >= position_of(letters)]
    below = grid.frame.slice(row - 1).select(columns)
    return any(column.str.contains(r"\d").any() for column in below.iter_columns())
