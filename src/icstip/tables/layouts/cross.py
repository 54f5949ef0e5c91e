"""Sheets and the layouts of the tables in them → records, one for each cell of figures."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import polars as pl

from icstip.errors import TableError
from icstip.findings import Finding, Place
from icstip.tables.grid import Grid, position_of
from icstip.tables.layouts.block import Block, K, Said
from icstip.tables.layouts.layout import FIGURES, FLAG, SHEET, TABLE, Layout, Split
from icstip.tables.records import ROW, column_named

_NUMBER: Final = r"^[+\-−]?\d[\d.,\s\u00a0\u202f']*%?$"
_TEXT: Final = pl.String


def read_layouts(grids: Iterable[Grid], layouts: Sequence[Layout], where: str) -> "CrossRecords":
    """Return the records of the tables in sheets.

    A blank cell is a record without a figure where its row has other figures, or where it says in all stub columns what
    it is and stands between rows with figures. A row of no figures that is no section is a note.

    Args:
        grids: The sheets, in order.
        layouts: The tables; one that names no sheet is in the first sheet with figures where it has some.
        where: The file, for messages.

    Raises:
        TableError: A sheet is not there, or no figures are where a layout says.
    """
    known = list(grids)
    blocks = [block for layout in layouts for block in _blocks(layout, known, where)]
    return CrossRecords(tuple(known), tuple(blocks))


@dataclass(frozen=True)
class CrossRecords:
    """Records of tables in which a row holds several figures.

    Attributes:
        grids: All sheets that were read.
        blocks: The tables in them.
    """

    grids: tuple[Grid, ...]
    blocks: tuple[Block, ...]

    @property
    def file(self) -> str:
        """Name of the file."""
        return self.blocks[0].grid.file

    @property
    def sheet(self) -> str | None:
        """Name of the sheet, or None where there are several."""
        return self.blocks[0].grid.sheet if self._is_one_sheet else None

    @property
    def beyond(self) -> tuple[str, ...]:
        """Nothing: there is no header to be longer than."""
        return ()

    @cached_property
    def frame(self) -> pl.DataFrame:
        """`ROW`, the columns of the layouts, and `FIGURES`."""
        return self._records.drop("block", "row", "letters")

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Notes between rows, and figures that stand outside of all tables."""
        of_grids = (finding for grid in self._sheets for finding in grid.findings)
        return (*of_grids, *self._notes(), *self._outside(), *self._not_read())

    def headers(self) -> Mapping[str, Place]:
        """Return the columns that a mapping can read, with the place where each begins."""
        found: dict[str, Place] = {}
        for block in self.blocks:
            for name, address in block.headings():
                found.setdefault(name, Place(block.grid.file, block.grid.sheet, address))
        return found

    def cell(self, column: str, row: int) -> str:
        """Return the address of a cell, with the name of its sheet where there are several."""
        block, address = self._address(column, row)
        return address if self._is_one_sheet or not block.grid.sheet else f"{block.grid.sheet}!{address}"

    def place(self, column: str, row: int) -> Place:
        """Return the place of a cell."""
        block, address = self._address(column, row)
        return Place(block.grid.file, block.grid.sheet, address, int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")))

    @cached_property
    def _sheets(self) -> list[Grid]:
        return list({id(block.grid): block.grid for block in self.blocks}.values())

    @cached_property
    def _is_one_sheet(self) -> bool:
        return len(self._sheets) == 1

    def _address(self, column: str, row: int) -> tuple[Block, str]:
        block = self.blocks[self._records["block"][row - 1]]
        return block, block.address(column, self._records["row"][row - 1], self._records["letters"][row - 1])

    @cached_property
    def _records(self) -> pl.DataFrame:
        frames = [_records(number, block) for number, block in enumerate(self.blocks)]
        together = pl.concat(frames, how="diagonal")
        last = [name for name in (FLAG, FIGURES) if name in together.columns]
        return together.select(pl.exclude(last), *last).with_row_index(ROW, offset=1)

    def _notes(self) -> Iterator[Finding]:
        for block in self.blocks:
            for row in block.kept.filter(~pl.col("kept"))["row"].to_list():
                texts = [said.text for texts in block.by_row.values() if (said := texts.get(row)) and said.text]
                if texts and row not in block.section_rows:
                    place = block.grid.place(block.layout.stubs[0] if block.layout.stubs else None, row)
                    yield Finding("ROW-004", place, " ".join(dict.fromkeys(texts)), {"column": FIGURES})

    def _outside(self) -> Iterator[Finding]:
        """Yield a finding for each sheet with cells that look like figures and are in no table."""
        for grid in self._sheets:
            taken = [block for block in self.blocks if block.grid is grid]
            cells = [
                f"{letters}{row}"
                for letters, row in _numbers(grid)
                if not any(_has(block, letters, row) for block in taken)
            ]
            if cells:
                place = Place(grid.file, grid.sheet, cells[0])
                yield Finding("TABLE-010", place, None, cells=tuple(cells))

    def _not_read(self) -> Iterator[Finding]:
        """Yield a finding for the sheets with figures that no layout is of."""
        others = [grid for grid in self.grids if grid not in self._sheets and next(_numbers(grid), None)]
        if others:
            names = ", ".join(grid.sheet or "" for grid in others)
            yield Finding("TABLE-011", Place(self.file), names)


def _blocks(layout: Layout, grids: Sequence[Grid], where: str) -> Iterator[Block]:
    by_name = {grid.sheet: grid for grid in grids}
    lacking = [name for name in layout.sheets if name not in by_name]
    if lacking:
        raise TableError(
            "table-no-sheet", where=where, sheet=", ".join(lacking), sheets=", ".join(name or "-" for name in by_name)
        )
    candidates = (Block(grid, layout) for grid in ([by_name[name] for name in layout.sheets] or grids))
    found = [block for block in candidates if block.columns and any(block.kept["kept"])]
    if not found or len(found) < len(layout.sheets):
        raise TableError("table-no-figures", where=where, range=str(layout.figures))
    yield from found if layout.sheets else found[:1]


def _records(number: int, block: Block) -> pl.DataFrame:
    """Return a record for each cell of figures: ``block``, ``row``, ``letters``, and what is said of it."""
    kept = block.kept.filter("kept")["row"]
    texts = block.figure_texts().filter(pl.col("row").is_in(kept.implode()))
    records = texts.unpivot(block.columns, index="row", variable_name="letters", value_name=FIGURES)
    records = records.with_columns(pl.col(FIGURES).cast(_TEXT), position=_position(block.columns))
    said = [
        *(_said("row", texts, name) for name, texts in block.by_row.items()),
        *(_said("letters", texts, name) for name, texts in block.by_column.items()),
    ]
    records = records.sort("row", "position").drop("position").with_columns(said)
    for split in block.layout.splits:
        records = records.with_columns(_parts(split))
    records = _with_flags(records, texts, block)
    return records.with_columns(
        pl.lit(number).alias("block"),
        pl.lit(block.grid.sheet, dtype=_TEXT).alias(SHEET),
        pl.lit(block.layout.name or None, dtype=_TEXT).alias(TABLE),
    )


def _position(columns: Sequence[str]) -> pl.Expr:
    positions = list(map(position_of, columns))
    return pl.col("letters").replace_strict(columns, positions, return_dtype=pl.UInt32)


def _said(column: str, texts: Mapping[K, Said], name: str) -> pl.Expr:
    values = [said.text for said in texts.values()]
    return pl.col(column).replace_strict(list(texts), values, return_dtype=_TEXT, default=None).alias(name)


def _parts(split: Split) -> list[pl.Expr]:
    """Return the parts of a text; where there are fewer than names, the last ones are blank."""
    parts = column_named(split.column).str.splitn(split.by, len(split.into)).struct
    return [parts.field(f"field_{i}").str.strip_chars().alias(name) for i, name in enumerate(split.into)]


def _with_flags(records: pl.DataFrame, texts: pl.DataFrame, block: Block) -> pl.DataFrame:
    if not block.flags:
        return records
    flags = texts.select("row", *(pl.col(flag).alias(letters) for letters, flag in block.flags.items()))
    long = flags.unpivot(list(block.flags), index="row", variable_name="letters", value_name=FLAG)
    return records.join(long, on=["row", "letters"], how="left", maintain_order="left")


def _has(block: Block, letters: str, row: int) -> bool:
    """Return whether a cell is one of the figures, flags, headers or stubs of a table, or stands above its stubs."""
    layout = block.layout
    if row in layout.headers or (letters in layout.stubs and row < block.rows.stop):
        return True
    first, last = position_of(layout.figures.first_column), position_of(layout.figures.last_column or "XFD")
    return first <= position_of(letters) <= last and row in block.rows


def _numbers(grid: Grid) -> Iterator[tuple[str, int]]:
    """Yield letters and row of each cell that looks like a figure."""
    for letters in grid.frame.columns:
        for index in grid.frame[letters].str.contains(_NUMBER).fill_null(value=False).arg_true().to_list():
            yield letters, index + 1
