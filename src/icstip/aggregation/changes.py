"""What changed between two aggregations: figures of groups that are new, gone, or otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from icstip.aggregation.columns import EXPECTED_AREAS, HIDDEN, REPORTING
from icstip.errors import TableError
from icstip.messages.dataset import as_text

STRUCTURE: Final = "STRUCTURE"
KIND: Final = "CHANGE"
NEW, GONE, REVISED = "new", "gone", "revised"
KINDS: Final = (NEW, GONE, REVISED)

BEFORE: Final = "_BEFORE"
"""The ending of a column with what there was."""

_COUNTED: Final = (EXPECTED_AREAS, REPORTING, HIDDEN)


@dataclass(frozen=True)
class Changes:
    """What changed since an earlier aggregation.

    Attributes:
        cells: A line for each figure that changed: `STRUCTURE`, the dimensions, `KIND`, and for values, bounds and
            numbers of areas what there is and, with the ending ``_BEFORE``, what there was; all as texts.
        counts: How many of each kind, and ``unchanged``.
    """

    cells: pl.DataFrame
    counts: Mapping[str, int]


def read_coverage(path: Path) -> pl.DataFrame:
    """Return the coverage of an earlier aggregation, all columns as texts.

    Raises:
        TableError: There is none, or it is none.
    """
    try:
        read = pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise TableError("aggregate-no-previous", where=str(path), reason=type(error).__name__) from error
    if STRUCTURE not in read.columns:
        raise TableError("aggregate-no-previous", where=str(path), reason=STRUCTURE)
    return read


def coverage_texts(coverage: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return the coverage of all structures as one table of texts, which has all their columns."""
    texts = [
        frame.select(
            pl.lit(structure).alias(STRUCTURE),
            *(as_text(name, kind).alias(name) for name, kind in frame.schema.items()),
        )
        for structure, frame in coverage.items()
        if frame.height
    ]
    return pl.concat([pl.DataFrame(schema={STRUCTURE: pl.String}), *texts], how="diagonal")


def changes_between(before: pl.DataFrame, now: pl.DataFrame, keys: Sequence[str], said: Sequence[str]) -> Changes:
    """Return what changed.

    Args:
        before: The coverage of the earlier aggregation, as texts.
        now: The coverage of this one, as texts.
        keys: The dimensions of all structures.
        said: Columns of values and bounds. Numbers of areas are compared as well.
    """
    key = [STRUCTURE, *(name for name in keys if name in now.columns or name in before.columns)]
    told = [name for name in (*said, *_COUNTED) if name in now.columns or name in before.columns]
    old, new = (_complete(frame, [*key, *told]) for frame in (before, now))
    joined = new.with_columns(pl.lit(value=True).alias("_new")).join(
        old.with_columns(pl.lit(value=True).alias("_old")),
        on=key,
        how="full",
        suffix=BEFORE,
        coalesce=True,
        nulls_equal=True,
    )
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}{BEFORE}")) for name in told)
    kind = (
        pl.when(pl.col("_old").is_null())
        .then(pl.lit(NEW))
        .when(pl.col("_new").is_null())
        .then(pl.lit(GONE))
        .when(differs)
        .then(pl.lit(REVISED))
    )
    marked = joined.with_columns(kind.alias(KIND))
    changed = marked.filter(pl.col(KIND).is_not_null())
    columns = [*key, KIND, *(column for name in told for column in (f"{name}{BEFORE}", name))]
    counts = {one: changed.filter(pl.col(KIND) == one).height for one in KINDS}
    return Changes(changed.select(columns).sort(key), {**counts, "unchanged": marked.height - changed.height})


def _complete(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    lacking = [pl.lit(None, pl.String).alias(name) for name in columns if name not in frame.columns]
    return frame.with_columns(lacking).select(columns)
