"""Observations as rules see them: columns, what is known of them, and where each stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

import polars as pl
import polars.selectors as cs

from icstip.checks.keys import PlaceOf
from icstip.checks.periods import Period, period_of
from icstip.checks.settings import Limits
from icstip.coherence.codes import CodeNumbers, is_one_of, mixed_ids
from icstip.coherence.knowledge import Knowledge
from icstip.schema import Column, Schema
from icstip.standard.model import TOTAL

ROW: Final = "__row"
"""Column with the number of each observation, from 0."""

LOW: Final = "__low"
"""Column with the least that a figure can be."""

SERIES: Final = "__series"
"""Column with a number for each series, in `Observations.ordered`."""

PART: Final = "__part"
"""Column with a number for each part of a series between two breaks, from 0, in `Observations.ordered`."""

IS_KNOWN: Final = "__known"
"""Column that says whether there is a value or a bound, in `Observations.ordered`."""

HIGH: Final = "__high"
"""Column with the most that it can be; null where nobody knows."""


@dataclass(frozen=True)
class Observations:
    """The observations of a data set.

    Attributes:
        schema: What the columns are.
        frame: `ROW` and one column a component: Enum or String for codes, Float64 for the measure and bounds where
            they are numbers: see `with_numbers`.
        place_of: Where an observation stands, by its row.
        knowledge: What is known of components and codes.
        limits: Where rules draw a line.
        today: The day by which a period lies in the future.
        previous: The same of an earlier submission, without `ROW`; None where there is none.
        allowed: Codes that the dataflow allows, by component, where it does not allow all.
        expected: Dimensions that the dataflow asks for.
        flow: Name of dataflow or structure, for messages.
    """

    schema: Schema
    frame: pl.DataFrame
    place_of: PlaceOf
    knowledge: Knowledge
    limits: Limits
    today: date
    previous: pl.DataFrame | None = None
    allowed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    expected: tuple[str, ...] = ()
    flow: str = ""

    @cached_property
    def measure(self) -> str | None:
        """The measure whose values are numbers, or None."""
        return next((name for name in self.schema.measures if self.frame.schema[name].is_numeric()), None)

    def component(self, role: str) -> str | None:
        """Return the component of what a kind of statement (a name in ``[components]``), if the data have it."""
        name = self.knowledge.components.get(role, "")
        return name if name in self.frame.columns and self.frame[name].null_count() < self.frame.height else None

    @property
    def time(self) -> str | None:
        """The time dimension, or None."""
        return self.schema.time_dimension

    @cached_property
    def varying(self) -> tuple[str, ...]:
        """The dimensions that have more than one code, time apart."""
        return tuple(name for name in self.schema.series_dimensions if self.frame[name].n_unique() > 1)

    @cached_property
    def series(self) -> pl.Series:
        """A number for each observation, the same for those of a series (UInt64)."""
        return self.ids(self.varying)

    @cached_property
    def is_repeated(self) -> pl.Series:
        """Whether an observation has the key of another one."""
        return self.ids_without("").is_duplicated()

    def ids(self, names: Sequence[str]) -> pl.Series:
        """Return a number for each observation, the same for those that have the same codes in these columns."""
        return mixed_ids([self._numbers[name] for name in names], self.frame.height)

    def ids_without(self, dimension: str) -> pl.Series:
        """Return a number for each observation, the same for those that differ in one dimension only."""
        others = [name for name in self.varying if name != dimension]
        return self.ids([*others, *([self.time] if self.time else [])])

    @cached_property
    def periods(self) -> Mapping[str, Period | None]:
        """What each distinct time is as a period; None for what is none."""
        if self.time is None:
            return {}
        texts = self.frame[self.time].drop_nulls().unique(maintain_order=True)
        return {text: period_of(text) for text in texts.to_list()}

    @cached_property
    def _numbers(self) -> CodeNumbers:
        return CodeNumbers(self.frame)

    def is_of(self, column: str | None, codes: Iterable[str]) -> pl.Expr:
        """Return whether a column has one of these codes; nowhere where there is no such column."""
        if column is None or column not in self.frame.columns:
            return pl.lit(value=False)
        return is_one_of(pl.col(column), self.frame.schema[column], codes).fill_null(value=False)

    @cached_property
    def is_count(self) -> pl.Expr:
        """Whether an observation counts."""
        return self.is_of(self.component("unit"), self.knowledge.counts)

    @cached_property
    def counted(self) -> pl.DataFrame:
        """The observations that count, with `LOW` and `HIGH`, and the measure in units."""
        if self.measure is None:
            return self.frame.clear().with_columns(pl.lit(0.0).alias(LOW), pl.lit(0.0).alias(HIGH))
        scale = self.scale
        value = pl.col(self.measure) * scale
        lower, upper = (self.bound(role) for role in ("lower", "upper"))
        return self.frame.filter(self.is_count).with_columns(
            pl.coalesce(value, lower * scale, pl.lit(0.0)).alias(LOW),
            pl.coalesce(value, upper * scale).alias(HIGH),
        )

    @cached_property
    def ordered(self) -> pl.DataFrame:
        """The observations by series in the order of time.

        `ROW`, `SERIES`, `PART`, the time, the measure (null where there is no value), `IS_KNOWN`, and the dimension of
        the areas that report.
        """
        value = pl.col(self.measure or "")
        known = pl.any_horizontal(value.is_not_null(), *(self.bound(role).is_not_null() for role in ("lower", "upper")))
        is_break = self.is_of(self.component("status"), self.knowledge.breaks).alias("__break")
        areas = [name for name in self.schema.series_dimensions if self.is_area(name)]
        frame = self.frame.select(ROW, self.time or "", value, *areas, known.alias(IS_KNOWN), is_break)
        ordered = frame.with_columns(self.series.alias(SERIES)).sort(SERIES, self.time or "", maintain_order=True)
        begins = (pl.col(SERIES) != pl.col(SERIES).shift()).fill_null(value=True) | pl.col("__break")
        return ordered.with_columns((begins.cum_sum() - 1).cast(pl.UInt32).alias(PART)).drop("__break")

    def bound(self, role: str) -> pl.Expr:
        """Return the lower or upper bound of figures as they stand; null where there is none."""
        name = self.component(role)
        is_number = name is not None and self.frame.schema[name].is_numeric()
        return pl.col(name).cast(pl.Float64) if name and is_number else pl.lit(None, dtype=pl.Float64)

    @property
    def scale(self) -> pl.Expr:
        """By what figures are multiplied: 1 where nothing is said."""
        name = self.component("multiplier")
        if name is None:
            return pl.lit(1.0)
        power = pl.col(name).cast(pl.String).cast(pl.Int32, strict=False).fill_null(0)
        return pl.lit(10.0).pow(power)

    def columns_of(self, codelists: Iterable[str]) -> list[Column]:
        """Return the dimensions that use one of these lists."""
        wanted = set(codelists)
        return [self.schema.by_id[name] for name in self.schema.series_dimensions if self.codelist(name) in wanted]

    def is_area(self, name: str) -> bool:
        """Return whether a dimension says which area reports: the first one that is of areas."""
        areas = [one for one in self.schema.series_dimensions if self.codelist(one) in self.knowledge.areas]
        return areas[:1] == [name]

    @cached_property
    def is_of_several_areas(self) -> pl.Expr:
        """Whether an observation is of a region or another group of areas.

        The figures of such a group are those of the areas that report: in one cell other ones than in another.
        """
        area = next((name for name in self.schema.series_dimensions if self.is_area(name)), None)
        return self.is_of(area, self.knowledge.area_groups)

    def codelist(self, name: str) -> str:
        """Return the id of the list of a component, or an empty text."""
        return self.schema.by_id[name].codelist or ""

    def key(self, row: Mapping[str, object], without: Iterable[str] = ()) -> dict[str, str]:
        """Return the dimensions of an observation with their codes."""
        left = set(without)
        return {name: str(row[name]) for name in self.schema.dimensions if name not in left and row.get(name)}

    def described(self, row: Mapping[str, object], without: Iterable[str] = ()) -> str:
        """Return the dimensions of an observation for people: those that say something that not all of them share."""
        key = self.key(row, without)
        telling = {*self.varying, self.time}
        told = {name: code for name, code in key.items() if code != TOTAL and name in telling}
        return ", ".join(f"{name}={code}" for name, code in (told or key).items())


def with_numbers(frame: pl.DataFrame, measures: Sequence[str]) -> pl.DataFrame:
    """Return observations whose measures are Float64 where they are numbers, and null where a number is none.

    A number that is missing on purpose is NaN in a data set, which is larger than any other one.
    """
    whole = [name for name in measures if frame.schema[name].is_integer()]
    return frame.with_columns(pl.col(whole).cast(pl.Float64)).with_columns(cs.float().fill_nan(None))
