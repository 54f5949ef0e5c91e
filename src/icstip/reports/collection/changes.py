"""What a submission changed, as texts and as a table with sizes."""

from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from icstip.collection.keeping.receipt import Receipt
from icstip.collection.state.changes import KIND, OLD, Changes, Kind
from icstip.messages.dataset import as_text as number_texts
from icstip.reports.collection.cells import frame_table, same_in_all, varying
from icstip.reports.collection.table import Table, Value, as_text
from icstip.texts import text

_MOST: Final = 40
_SHOWN: Final = (Kind.NEW, Kind.REVISED, Kind.STATUS, Kind.ATTRIBUTES, Kind.WITHDRAWN, Kind.REMOVED, Kind.NOT_SENT)
_DIFFERENCE, _RELATIVE, _PREVIOUS = "_DIFFERENCE", "_RELATIVE", "_PREVIOUS_SUBMISSION"
_BEFORE: Final = "_BEFORE"


def changes_text(found: Sequence[Changes], receipt: Receipt, other: Receipt | None, language: str = "en") -> str:
    """Return what a submission changed as a text.

    Args:
        found: What it changed, by structure.
        receipt: The submission.
        other: What it was compared with; None for what its sender had said before.
        language: Language of the text.
    """
    named = {"id": receipt.id, "sender": receipt.sender, "received": receipt.received}
    against = {} if other is None else {"other": other.id, "other_sender": other.sender, "then": other.received}
    head = [text("collection.compared" if other is None else "collection.compared_with", language, **named, **against)]
    if not receipt.counts:
        head.append(text("collection.would", language))
    blocks = ["\n".join(head), *("\n".join(_lines(one, language)) for one in found)]
    return "\n\n".join(blocks) + "\n"


def _lines(changes: Changes, language: str) -> Iterator[str]:
    """Yield what changed in one structure: how much of each kind, and the cells, at most so many of a kind."""
    structure = changes.structure
    counts = (text(f"collection.change.{kind}", language) + f" {number:,}" for kind, number in changes.counts.items())
    yield f"{structure.schema.structure.id}: {' · '.join(counts)}"
    if not changes.cells.height:
        return
    same = " ".join(f"{name}={code}" for name, code in same_in_all(changes.cells, structure))
    if same:
        yield text("collection.same", language, same=same)
    for kind in _SHOWN:
        of_kind = changes.cells.filter(pl.col(KIND) == kind)
        if of_kind.height:
            yield ""
            yield f"{text(f'collection.change.{kind}', language)} ({of_kind.height:,})"
            yield from as_text(_table(of_kind.head(_MOST), changes, kind, language)).splitlines()
            if of_kind.height > _MOST:
                yield text("collection.more_cells", language, number=of_kind.height - _MOST)


def changes_table(changes: Sequence[Changes]) -> Table:
    """Return all cells that changed as one table for programs: what they say and said, and how far that is apart."""
    return frame_table([_wide(one) for one in changes])


def _wide(changes: Changes) -> pl.DataFrame:
    schema, cells = changes.structure.schema, changes.cells
    said = [name for name in cells.columns if not name.startswith(("_", "\0")) and name not in schema.dimensions]
    before = [pl.col(OLD + name).alias(f"{name}{_BEFORE}") for name in said if OLD + name in cells.columns]
    sizes = [] if not _has_sizes(changes) else [*_sizes(schema.measures[0])]
    previous = [pl.col(f"{OLD}_SUBMISSION").alias(_PREVIOUS)] if f"{OLD}_SUBMISSION" in cells.columns else []
    return cells.select(
        pl.lit(schema.structure.id).alias("_STRUCTURE"),
        pl.col(KIND),
        *schema.dimensions,
        *said,
        *before,
        *sizes,
        *previous,
    )


def _has_sizes(changes: Changes) -> bool:
    measures = changes.structure.schema.measures
    columns = changes.cells.columns
    return bool(measures) and measures[0] in columns and changes.cells[measures[0]].dtype.is_numeric()


def _sizes(measure: str) -> Iterator[pl.Expr]:
    """Yield by how much a value has changed, and by how many percent of what it was."""
    difference = (pl.col(measure) - pl.col(OLD + measure)).fill_nan(None).round(10)
    yield difference.alias(_DIFFERENCE)
    relative = (difference / pl.col(OLD + measure).abs() * 100).fill_nan(None).round(1)
    yield pl.when(pl.col(OLD + measure) != 0).then(relative).alias(_RELATIVE)


def _table(cells: pl.DataFrame, changes: Changes, kind: Kind, language: str) -> Table:
    """Return cells of one kind: what tells them apart, what they said and say, and who had said so."""
    dimensions = varying(changes.cells, changes.structure)
    fields: list[str] = list(dimensions)
    headings = list(dimensions)
    columns = [cells[name] for name in dimensions]
    is_there, was_there = kind not in {Kind.REMOVED, Kind.NOT_SENT}, kind is not Kind.NEW
    for is_wanted, prefix, name in ((was_there, OLD, "before"), (is_there, "", "now")):
        if is_wanted:
            fields.append(name)
            headings.append(text(f"collection.column.{name}", language))
            columns.append(_said(cells, changes, kind, prefix).alias(name))
    if kind is Kind.REVISED and _has_sizes(changes):
        sizes = cells.select(_sizes(changes.structure.schema.measures[0]))
        for name in (_DIFFERENCE, _RELATIVE):
            fields.append(name)
            headings.append(text(f"collection.column.{name.strip('_').lower()}", language))
            columns.append(_signed(sizes[name], "%" if name == _RELATIVE else ""))
    if was_there:
        fields.append(_PREVIOUS)
        headings.append(text("collection.column.previous", language))
        columns.append(cells[f"{OLD}_SUBMISSION"].alias(_PREVIOUS))
    rows: list[list[Value]] = [list(row) for row in zip(*(column.to_list() for column in columns), strict=True)]
    right = frozenset({"before", "now", _DIFFERENCE, _RELATIVE})
    return Table(fields, headings, rows, right)


def _said(cells: pl.DataFrame, changes: Changes, kind: Kind, prefix: str) -> pl.Series:
    """Return what cells say or said, as short as can be: the value or its bounds, and the status where that counts."""
    structure = changes.structure
    measures = [prefix + name for name in structure.schema.measures if prefix + name in cells.columns]
    bounds = [prefix + name for name in structure.components_of("lower", "upper") if prefix + name in cells.columns]
    statuses = [prefix + name for name in structure.components_of("status", "confidentiality")]
    texts = cells.select(
        *(number_texts(name, cells[name].dtype) for name in (*measures, *bounds)),
        *(pl.col(name).cast(pl.String) for name in statuses if name in cells.columns),
    )
    said: list[str] = []
    for row in texts.iter_rows(named=True):
        value = " ".join(row[name] for name in measures if row[name] is not None)
        ends = [row[name] or "" for name in bounds]
        told = value or ("–".join(ends) if any(ends) else "")
        flags = "/".join(row[name] for name in statuses if row.get(name))
        needs_flags = kind in {Kind.STATUS, Kind.WITHDRAWN} or not told
        said.append(f"{told} {flags}".strip() if needs_flags else told)
    return pl.Series(said, dtype=pl.String)


def _signed(values: pl.Series, unit: str) -> pl.Series:
    texts = [None if value is None else f"{value:+,.10g}{unit}" for value in values.to_list()]
    return pl.Series(values.name, texts, dtype=pl.String)
