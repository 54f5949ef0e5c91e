"""Where the figures stand by the parameters of Eurostat's SDMX Converter → the layouts of our tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from icstip.errors import MappingError
from icstip.mapping.importing.converter_book import ConverterBook
from icstip.mapping.importing.parameters import (
    COLUMN,
    OBS_LEVEL,
    ROW,
    Element,
    Position,
    cell_address,
    column_letters,
    whole,
)
from icstip.tables.grid import letters_of, position_of
from icstip.tables.layouts.layout import Range

_LAST_COLUMN: Final = 16_384


@dataclass(frozen=True)
class ConverterLayout:
    """The layout that parameters describe.

    Attributes:
        book: The workbook.
        elements: The components that are read.
    """

    book: ConverterBook
    elements: Sequence[Element]

    @cached_property
    def start(self) -> tuple[str, int]:
        """The first cell with a figure.

        Raises:
            MappingError: The parameters do not say it.
        """
        start = cell_address(self.book.parameters.value("datastart"))
        if start is None:
            raise MappingError("import-no-start", where=str(self.book.parameters.place))
        return start

    @cached_property
    def last_column(self) -> str:
        """The letters of the last column of the figures and of what stands beside them; empty if nothing says it."""
        end, number = cell_address(self.book.parameters.value("dataend")), whole(self._value("numcolumns"))
        first = position_of(self.start[0])
        if end and position_of(end[0]) >= first:
            return end[0]
        return letters_of(min(first + number - 1, _LAST_COLUMN)) if number else ""

    @cached_property
    def ranges(self) -> list[Range]:
        """The cells with figures: several ranges where rows between them are skipped."""
        end = cell_address(self.book.parameters.value("dataend"))
        first, last = self.start[1], end[1] if end and end[1] >= self.start[1] else 0
        ranges: list[Range] = []
        for row in (one for one in self.skipped_rows if one >= self.start[1] and (not last or one <= last)):
            if row > first:
                ranges.append(Range(self.start[0], first, self.last_column, row - 1))
            first = row + 1
        if not last or first <= last:
            ranges.append(Range(self.start[0], first, self.last_column, last))
        return ranges

    @cached_property
    def skipped_rows(self) -> list[int]:
        """The rows that are skipped, in order."""
        return sorted({row for text in self._values("skiprows") if (row := whole(text))})

    @cached_property
    def skipped_columns(self) -> list[str]:
        """The letters of the columns that are skipped."""
        return [letters for text in self._values("skipcolumns") if (letters := column_letters(text))]

    def header(self, position: Position) -> int | None:
        """Return the header row that a position is, or None if it is none above the figures."""
        row = whole(position.at) if position.kind == ROW else None
        return row if row and row < self.start[1] else None

    def stub(self, position: Position) -> str:
        """Return the letters of the stub column that a position is, or an empty text."""
        return column_letters(position.at) if position.kind == COLUMN else ""

    @cached_property
    def headers(self) -> list[int]:
        """The header rows."""
        return sorted({row for position in self._positions() if (row := self.header(position))})

    @cached_property
    def stubs(self) -> list[str]:
        """The letters of the stub columns."""
        found = {letters for position in self._positions() if (letters := self.stub(position))}
        return sorted(found, key=position_of)

    @cached_property
    def beside(self) -> int:
        """How many columns beside each column of figures say something of it."""
        places = (whole(position.at) for position in self._positions() if position.kind == OBS_LEVEL)
        return max((place for place in places if place), default=0)

    @cached_property
    def flags(self) -> list[str]:
        """The letters of the first column beside each column of figures."""
        return list(self._beside(1))

    @cached_property
    def further(self) -> list[str]:
        """The letters of the further columns beside each column of figures, of which a mapping can read none."""
        return [letters for place in range(2, self.beside + 1) for letters in self._beside(place)]

    def _beside(self, place: int) -> Iterator[str]:
        if place > self.beside:
            return
        widths = [len(grid.frame.columns) for grid in self.book.data]
        last = position_of(self.last_column) if self.last_column else max(widths, default=0)
        for figure in range(position_of(self.start[0]), last + 1, self.beside + 1):
            yield letters_of(figure + place)

    def _positions(self) -> Iterator[Position]:
        for element in self.elements:
            yield from element.positions

    def _value(self, name: str) -> str:
        return self.book.parameters.value(name)

    def _values(self, name: str) -> Iterator[str]:
        for setting in self.book.parameters.settings.get(name, ()):
            yield from (part.strip() for part in setting.value.split(","))
