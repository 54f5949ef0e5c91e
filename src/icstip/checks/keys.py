"""Keys: no two observations may have the same one (SDMX 3.0 §2 5.4: the dimensions identify an observation)."""

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from icstip.findings import Finding, Place
from icstip.messages.dataset import DataSet, as_text
from icstip.standard.model import TOTAL

SAME, DIFFERENT = "KEY-001", "KEY-002"
_DISTINCT, _ORDER, _SHOWN = "__distinct", "__order", "__shown"

PlaceOf = Callable[[int], Place]
"""Says where an observation stands, by its row."""


def place_in_message(file: str, data: DataSet) -> PlaceOf:
    """Return what says where an observation of a message stands: its line where that is known, and its key."""
    lines = data.lines

    def place(row: int) -> Place:
        key = data.schema.key_text(data.frame.row(row, named=True))
        return Place(file, row=None if lines is None else lines[row], key=key)

    return place


def check_keys(
    frame: pl.DataFrame, key: Sequence[str], value: Sequence[str], row: str, place_of: PlaceOf
) -> tuple[pl.DataFrame, pl.DataFrame, list[Finding]]:
    """Return observations with one row a key, the rows set aside, and a finding for each key that occurred again.

    Of rows that say the same, the first is kept. Rows that say different things of one key are all set aside: which of
    them is right, or whether they are parts of one figure, only their author knows.

    Args:
        frame: Observations.
        key: The dimensions.
        value: The columns that hold what an observation says: value, bounds, status.
        row: The column with the row in the table, by which findings are located.
        place_of: The place of the figure in a row.

    Returns:
        The kept observations in the order of their keys; a frame with `row` and ``code`` of those set aside; the
        findings.
    """
    repeated = frame.filter(pl.struct(key).is_duplicated())
    if repeated.height == 0:
        return frame.sort(key), pl.DataFrame(schema={row: frame.schema[row], "code": pl.String}), []
    said = pl.struct(value)
    marked = repeated.sort(row).with_columns(
        said.n_unique().over(key).alias(_DISTINCT),
        pl.int_range(pl.len()).over(key).alias(_ORDER),
        _shown(repeated, value).alias(_SHOWN),
    )
    code = pl.when(pl.col(_DISTINCT) > 1).then(pl.lit(DIFFERENT)).when(pl.col(_ORDER) > 0).then(pl.lit(SAME))
    aside = marked.with_columns(code.alias("code")).filter(pl.col("code").is_not_null()).select(row, "code")
    kept = frame.join(aside, on=row, how="anti", maintain_order="left").sort(key)
    return kept, aside, _findings(marked, key, row, place_of)


def _shown(frame: pl.DataFrame, value: Sequence[str]) -> pl.Expr:
    """Return what an observation says, for people: its value, else its bounds."""
    numbers = [as_text(column, frame.schema[column]) for column in value if frame.schema[column].is_numeric()]
    bounds = [pl.concat_str(numbers[1:], separator="–")] if numbers[1:] else []
    return pl.coalesce(*numbers[:1], *bounds, pl.lit("–"))


def _described(group: Mapping[str, object], key: Sequence[str]) -> str:
    """Return a key for people: the dimensions by name, without those that are not broken down."""
    return ", ".join(f"{dimension}={group[dimension]}" for dimension in key if group[dimension] != TOTAL)


def _findings(marked: pl.DataFrame, key: Sequence[str], row: str, place_of: PlaceOf) -> list[Finding]:
    groups = marked.group_by(key, maintain_order=True).agg(row, pl.col(_DISTINCT).first(), _SHOWN)
    findings: list[Finding] = []
    for group in groups.iter_rows(named=True):
        places = [place_of(number) for number in group[row]]
        name = ".".join(str(group[dimension]) for dimension in key)
        first = places[0]
        findings.append(
            Finding(
                DIFFERENT if group[_DISTINCT] > 1 else SAME,
                Place(first.file, first.sheet, first.cell, first.row, name),
                "; ".join(group[_SHOWN]),
                {"key": _described(group, key)},
                tuple(place.cell or str(place.row) for place in places),
            )
        )
    return findings
