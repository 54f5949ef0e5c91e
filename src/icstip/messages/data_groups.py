"""Attributes that are told apart from observations, put to the observations that they are about.

A row without values whose dimensions are not all there, in a part of a data set, holds attributes of all observations
that have those that are there: a group, a series, the data set.
"""

import polars as pl

from icstip.schema import Level, Schema

_ROW, _USED = "\0row", "\0used"


class Attachments:
    """The attributes of a data set that were told apart from observations so far.

    Args:
        schema: What the columns are.
    """

    def __init__(self, schema: Schema) -> None:
        self._dimensions = list(schema.dimensions)
        self._of_observation = [*schema.measures, *schema.at_level(Level.OBSERVATION)]
        self._attributes = list(schema.attributes)
        self._kept: dict[tuple[str, ...], pl.DataFrame] = {}

    def settle(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the observations of a part, each with the attributes that are told of it so far.

        An attribute that an observation has itself goes before one that is told of a group of them.

        Args:
            frame: Rows with all columns of the schema, as texts.
        """
        if any(frame[name].null_count() for name in self._dimensions):
            is_apart = self.are_apart(frame)
            self._keep(frame.filter(is_apart))
            frame = frame.filter(~is_apart)
        for dimensions, told in self._kept.items():
            frame = self._put(frame, dimensions, told)
        return frame

    def are_apart(self, frame: pl.DataFrame) -> pl.Series:
        """Return which rows are no observations: their dimensions are not all there, and they say nothing of one.

        A row with a value, a status or whatever else belongs to one observation is one, even if its key is not whole.
        """
        says_more = pl.any_horizontal(pl.col(self._of_observation).is_not_null(), pl.lit(value=False))
        return frame.select(apart=pl.any_horizontal(pl.col(self._dimensions).is_null()) & ~says_more)["apart"]

    def left(self) -> pl.DataFrame:
        """Return the rows that no observation took attributes from, in the order in which they were told."""
        left = [told.filter(~pl.col(_USED)).drop(_USED) for told in self._kept.values()]
        return pl.concat(left).sort(_ROW).drop(_ROW) if left else pl.DataFrame()

    def _keep(self, rows: pl.DataFrame) -> None:
        if rows.height == 0:
            return
        marked = rows.with_columns(pl.struct(pl.col(self._dimensions).is_not_null()).alias(_USED))
        before = sum(told.height for told in self._kept.values())
        marked = marked.with_columns(pl.int_range(before, before + pl.len(), dtype=pl.Int64).alias(_ROW))
        for (pattern,), found in marked.group_by([_USED], maintain_order=True):
            dimensions = tuple(name for name, there in dict(pattern).items() if there)
            told = found.with_columns(pl.lit(value=False).alias(_USED))
            known = self._kept.get(dimensions)
            self._kept[dimensions] = told if known is None else pl.concat([known, told], how="diagonal")

    def _put(self, frame: pl.DataFrame, dimensions: tuple[str, ...], told: pl.DataFrame) -> pl.DataFrame:
        key = list(dimensions)
        names = [name for name in self._attributes if told[name].null_count() < told.height]
        if frame.height == 0 or not names:
            return frame
        once = (
            told.group_by(key, maintain_order=True).agg(pl.col(names).drop_nulls().first())
            if key
            else told.select(pl.col(names).drop_nulls().first())
        )
        renamed = once.rename({name: f"\0{name}" for name in names})
        joined = (
            frame.join(renamed, on=key, how="left", maintain_order="left")
            if key
            else frame.join(renamed, how="cross", maintain_order="left")
        )
        self._mark(dimensions, told, frame, key)
        return joined.with_columns(pl.coalesce(name, f"\0{name}").alias(name) for name in names).select(frame.columns)

    def _mark(self, dimensions: tuple[str, ...], told: pl.DataFrame, frame: pl.DataFrame, key: list[str]) -> None:
        if not key:
            self._kept[dimensions] = told.with_columns(pl.lit(value=True).alias(_USED))
            return
        seen = frame.select(key).unique().with_columns(pl.lit(value=True).alias("\0seen"))
        self._kept[dimensions] = (
            told.join(seen, on=key, how="left", maintain_order="left")
            .with_columns((pl.col(_USED) | pl.col("\0seen").fill_null(value=False)).alias(_USED))
            .drop("\0seen")
        )
