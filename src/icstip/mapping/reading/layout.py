"""What a mapping says of where figures stand → layouts of tables."""

from collections.abc import Iterable, Sequence
from typing import Final

from icstip.mapping.reading.keys import RANGE, TABLE
from icstip.mapping.reading.positions import Keys
from icstip.mapping.reading.source import MappingSource, Values
from icstip.tables.layouts.layout import Layout, Range, Section, Split

_SAY_NO_NAMES: Final = frozenset({"figures", "sheet", "sheets", "fill", "flags", "skipped"})


def read_layouts(given: object, source: MappingSource) -> tuple[Layout, ...]:
    """Return the layouts of tables with several figures in a row, which header rows or stub columns tell.

    Args:
        given: What the mapping says of its table, or of each of them.
        source: Takes the mistakes.
    """
    several = (
        [((position,), table) for position, table in enumerate(given)] if isinstance(given, list) else [((), given)]
    )
    return tuple(
        _layout(table, ("table", *position), source)
        for position, table in several
        if isinstance(table, dict) and TABLE.has_any(table)
    )


def are_names_known(source: MappingSource) -> bool:
    """Return whether nothing that says what the columns of records are called is written wrongly."""
    in_tables = [
        [key for key in keys[1:] if isinstance(key, str)] for keys in source.doubtful if keys[:1] == ("table",)
    ]
    return all(keys and keys[0] in _SAY_NO_NAMES for keys in in_tables)


def items(values: Iterable[object] | None) -> list[tuple[int, str]]:
    """Return the items of an array with their positions, without those that were refused."""
    return [(position, str(item)) for position, item in enumerate(values or ()) if item is not None]


def texts(values: Iterable[object] | None) -> tuple[str, ...]:
    """Return the items of an array, without those that were refused."""
    return tuple(item for _, item in items(values))


def tell_unknown_column(name: str, known: Sequence[str], keys: Keys, source: MappingSource) -> None:
    """Note a column that the records of a layout do not have."""
    source.mistakes.add("MAP-009", source.place(keys), name, known=", ".join(known))


def _layout(table: Values, keys: Keys, source: MappingSource) -> Layout:
    layout = Layout(
        figures=_figures(table, keys, source),
        headers=tuple(row for row in table.get("headers", ()) if row is not None),
        stubs=texts(table.get("stubs")),
        name=table.get("name", ""),
        sheets=texts(table.get("sheets")) or tuple(filter(None, [table.get("sheet", "")])),
        fill=frozenset(texts(table.get("fill"))),
        sections=tuple(_section(one) for one in table.get("sections", ()) if one and "column" in one),
        splits=tuple(
            Split(one["column"], one["by"], texts(one["into"]))
            for one in table.get("split", ())
            if one and one.keys() >= {"column", "by", "into"}
        ),
        flags=texts(table.get("flags")),
        skipped=texts(table.get("skipped")),
    )
    _check_headers(layout, table, keys, source)
    if are_names_known(source):
        _check_names(layout, table, keys, source)
    return layout


def _figures(table: Values, keys: Keys, source: MappingSource) -> Range:
    """Return the cells with the figures; where they are refused, some others, for what else can be read."""
    written = table.get("figures")
    figures = Range.parse(written) if written else None
    if written and figures is None:  # of the right shape, but it ends before it begins
        source.refuse_type((*keys, "figures"), written, RANGE.expected)
    return figures or Range("A", 1 << 20)


def _section(section: Values) -> Section:
    column = section["column"]
    return Section(section.get("name") or f"section {column}", column, texts(section.get("labels")))


def _check_headers(layout: Layout, table: Values, keys: Keys, source: MappingSource) -> None:
    for position, row in enumerate(table.get("headers", ())):
        if row is not None and row >= layout.figures.first_row:
            source.tell("MAP-008", (*keys, "headers", position), str(row), range=str(layout.figures))


def _check_names(layout: Layout, table: Values, keys: Keys, source: MappingSource) -> None:
    """Refuse names of columns of records that there are not, or that there are twice."""
    known = layout.names()
    fillable = [*layout.header_names, *layout.stub_names]
    for position, name in items(table.get("fill")):
        if name not in fillable:
            tell_unknown_column(name, fillable, (*keys, "fill", position), source)
    for position, split in enumerate(layout.splits):
        if split.column not in known:
            tell_unknown_column(split.column, known, (*keys, "split", position, "column"), source)
    for name, places in _named(layout, keys).items():
        if known.count(name) > 1:
            source.mistakes.add("MAP-010", source.place(places[-1]), name)


def _named(layout: Layout, keys: Keys) -> dict[str, list[Keys]]:
    """Return where the mapping gives each name of a column of records."""
    named: dict[str, list[Keys]] = {}
    for position, section in enumerate(layout.sections):
        named.setdefault(section.name, []).append((*keys, "sections", position, "name"))
    for position, split in enumerate(layout.splits):
        for part, name in enumerate(split.into):
            named.setdefault(name, []).append((*keys, "split", position, "into", part))
    return named
