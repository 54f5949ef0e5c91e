"""What sums over areas are made of: the data of a structure, and what is known of its components and codes."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from icstip.aggregation.rules import AggregationRules
from icstip.coherence.knowledge import Knowledge
from icstip.errors import StructureError
from icstip.schema import Level, Schema


@dataclass(frozen=True)
class Terms:
    """The data of a structure, as those see it who add them up.

    Attributes:
        schema: What the columns are.
        knowledge: What is known of components and codes.
        rules: What is known of sums over areas.
    """

    schema: Schema
    knowledge: Knowledge
    rules: AggregationRules

    def check(self) -> None:
        """Refuse data that have no areas, no time, no unit or no measure.

        Raises:
            StructureError: One of them is not there.
        """
        wanted = [self.rules.area, self.knowledge.components["unit"]]
        lacking = [name for name in wanted if name not in self.schema.dimensions]
        if lacking or self.schema.time_dimension is None or not self.schema.measures:
            raise StructureError(
                "aggregate-structure", where=str(self.schema.structure), lacking=", ".join(lacking) or "TIME, OBS"
            )

    @property
    def area(self) -> str:
        """The dimension of areas."""
        return self.rules.area

    @property
    def time(self) -> str:
        """The time dimension."""
        return self.schema.time_dimension or ""

    @property
    def measure(self) -> str:
        """The measure."""
        return self.schema.measures[0]

    @property
    def unit(self) -> str:
        """The dimension of units."""
        return self.knowledge.components["unit"]

    @cached_property
    def others(self) -> tuple[str, ...]:
        """The dimensions apart from that of areas: what two figures must share to be added."""
        return tuple(name for name in self.schema.dimensions if name != self.area)

    @cached_property
    def series(self) -> tuple[str, ...]:
        """The dimensions apart from those of areas and time."""
        return tuple(name for name in self.others if name != self.time)

    @cached_property
    def same(self) -> tuple[str, ...]:
        """Attributes that are kept where all figures of a series agree."""
        return tuple(name for name in self.rules.same if name in self.schema.at_level(Level.SERIES))

    @cached_property
    def population(self) -> tuple[str, ...]:
        """The dimensions by which a population can be broken down."""
        return tuple(name for name in self.rules.population if name in self.schema.dimensions)

    @cached_property
    def rate_units(self) -> tuple[str, ...]:
        """The units of rates that a count and a population give."""
        known = self.schema.by_id[self.unit].codes
        return tuple(code for code in self.knowledge.per_population if known is None or code in known)

    def component(self, role: str) -> str | None:
        """Return the component that says something of this kind, if the structure has it."""
        name = self.knowledge.components.get(role, "")
        return name if name in self.schema.by_id else None

    def is_of(self, column: str | None, codes: Iterable[str]) -> pl.Expr:
        """Return whether a column has one of these codes; nowhere where there is no such column."""
        if column is None:
            return pl.lit(value=False)
        own = self.schema.by_id[column].codes
        known = [code for code in codes if own is None or code in own]
        return pl.col(column).is_in(known).fill_null(value=False)

    def dtype(self, column: str) -> pl.DataType:
        """Return the type of the codes of a column."""
        codes = self.schema.by_id[column].codes
        return pl.String() if codes is None else pl.Enum(codes)

    def texts(self, names: Iterable[str]) -> list[pl.Expr]:
        """Return columns as texts."""
        return [pl.col(name).cast(pl.String) for name in names]
