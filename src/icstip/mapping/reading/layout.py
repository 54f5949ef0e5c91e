"""What a mapping says of where figures stand → layouts of tables."""

import re
from collections.abc import Sequence
from typing import Final

from icstip.mapping.reading.source import MappingSource, Toml
from icstip.tables.layouts.layout import Layout, Range, Section, Split

_LETTERS: Final = re.compile(r"[A-Z]{1,3}")
_CROSS: Final = ("headers", "stubs")


def is_layout(table: Toml) -> bool:
    """Return whether a table of a mapping has several figures in a row, which header rows or stub columns tell."""
    return any(key in table for key in _CROSS)


def read_layout(table: Toml, source: MappingSource) -> Layout:
    """Return the layout of a table in a sheet.

    Args:
        table: What the mapping says of it.
        source: The mapping.

    Raises:
        MappingError: A mistake, with its line.
    """
    figures = Range.parse(source.text(table, "figures"))
    if figures is None:
        raise source.mistake("mapping-type", "figures", key="figures", expected='"D5:M60"')
    sections = tuple(_section(section, source) for section in source.tables(table, "sections"))
    splits = tuple(_split(split, source) for split in source.tables(table, "split"))
    layout = Layout(
        figures=figures,
        headers=_rows(table, figures, source),
        stubs=_letters(table, "stubs", source),
        name=source.text(table, "name"),
        sheets=source.listed(table, "sheets") or tuple(filter(None, [source.text(table, "sheet")])),
        fill=frozenset(source.listed(table, "fill")),
        sections=sections,
        splits=splits,
        flags=_letters(table, "flags", source),
        skipped=_letters(table, "skipped", source),
    )
    _check_names(layout, source)
    return layout


def _rows(table: Toml, figures: Range, source: MappingSource) -> tuple[int, ...]:
    rows = table.get("headers", [])
    if not isinstance(rows, list) or not all(type(row) is int and row > 0 for row in rows):
        raise source.mistake("mapping-type", "headers", key="headers", expected="[3, 4]")
    inside = [row for row in rows if row >= figures.first_row]
    if inside:
        raise source.mistake("mapping-header-inside", "headers", row=inside[0], range=str(figures))
    return tuple(rows)


def _letters(table: Toml, key: str, source: MappingSource) -> tuple[str, ...]:
    given = source.listed(table, key)
    if not all(_LETTERS.fullmatch(one) for one in given):
        raise source.mistake("mapping-type", key, key=key, expected='["A", "B"]')
    return given


def _section(section: Toml, source: MappingSource) -> Section:
    (column,) = _letters({"column": [section["column"]]}, "column", source)
    name = source.text(section, "name") or f"section {column}"
    return Section(name, column, source.listed(section, "labels"))


def _split(split: Toml, source: MappingSource) -> Split:
    into = source.listed(split, "into")
    if not source.text(split, "by") or len(into) < len(("first", "second")):
        raise source.mistake("mapping-type", "split", key="split", expected='{ by = " - ", into = ["…", "…"] }')
    return Split(source.text(split, "column"), source.text(split, "by"), into)


def _check_names(layout: Layout, source: MappingSource) -> None:
    """Refuse names of columns of records that there are not, or that there are twice."""
    known = layout.names()
    fillable = {*layout.header_names, *layout.stub_names}
    for name in (*sorted(layout.fill - fillable), *(one.column for one in layout.splits if one.column not in known)):
        raise unknown_column(name, known, source)
    if twice := next((name for name in known if known.count(name) > 1), None):
        raise source.mistake("mapping-name-twice", twice, name=twice)


def unknown_column(name: str, known: Sequence[str], source: MappingSource, where: str = "") -> Exception:
    """Return the error of a column that the records of a layout do not have."""
    return source.mistake("mapping-column", name, where, column=name, known=", ".join(known))
