"""Groups of areas, whose members can change from year to year."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from icstip.aggregation.columns import AREA, EXPECTED, GROUP, YEAR
from icstip.aggregation.grouping.hierarchy import Regions


@dataclass(frozen=True, slots=True)
class Span:
    """Years, the first and the last one included; None where there is no end."""

    first: int | None = None
    last: int | None = None

    def holds(self, year: int) -> bool:
        """Return whether a year is one of them."""
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


@dataclass(frozen=True, slots=True)
class Member:
    """That an area belongs to a group, and when."""

    group: str
    area: str
    span: Span = Span()


@dataclass(frozen=True)
class Grouping:
    """Groups of areas. They may overlap: in each of them an area is once.

    Attributes:
        regions: The regions of the standard.
        members: What belongs to which group.
        expected: Areas that are expected to report, with the years; None if all members are.
    """

    regions: Regions
    members: tuple[Member, ...]
    expected: Mapping[str, tuple[Span, ...]] | None = field(default=None)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The codes of the groups in the order in which they are given."""
        return tuple(dict.fromkeys(member.group for member in self.members))

    def by_year(self, years: Iterable[int]) -> pl.DataFrame:
        """Return the members of each group in each of the years.

        Returns:
            `GROUP`, `AREA`, `YEAR`, `EXPECTED`; each group, area and year once.
        """
        kinds = {GROUP: pl.String, AREA: pl.String, YEAR: pl.Int32, EXPECTED: pl.Boolean}
        found = dict.fromkeys(row for year in sorted(set(years)) for row in self._rows(year))
        return pl.DataFrame(list(found), schema=kinds, orient="row")

    def _rows(self, year: int) -> Iterator[tuple[str, str, int, bool]]:
        for member in self.members:
            if member.span.holds(year):
                is_area = member.area not in self.regions.residuals
                yield member.group, member.area, year, is_area and self._is_expected(member.area, year)

    def _is_expected(self, area: str, year: int) -> bool:
        if self.expected is None:
            return True
        return any(span.holds(year) for span in self.expected.get(area, ()))


def regional(regions: Regions) -> tuple[Member, ...]:
    """Return the regions as groups: each with all areas beneath it, and the residual codes of those."""
    return tuple(Member(region, code) for region, codes in regions.beneath.items() for code in codes)
