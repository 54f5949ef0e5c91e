"""Regions of a standard: the areas in them, and what stands beside these."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from icstip.aggregation.rules import AggregationRules
from icstip.standard.model import Standard


@dataclass(frozen=True)
class Regions:
    """The regions of a hierarchy, and the codes of the list of areas that it leaves out.

    Attributes:
        above: The region above each code of the hierarchy; empty for the one on top.
        residuals: Codes for several areas of a region that a source does not name one by one, each with the region.
        former: Areas that are no more.
        codes: All codes of areas.
    """

    above: Mapping[str, str]
    residuals: Mapping[str, str]
    former: frozenset[str]
    codes: frozenset[str]

    @cached_property
    def regions(self) -> frozenset[str]:
        """The codes of regions."""
        return frozenset(parent for parent in self.above.values() if parent)

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The codes of areas, which are no regions, in the order of the hierarchy."""
        return tuple(code for code in self.above if code not in self.regions)

    def regions_of(self, code: str) -> tuple[str, ...]:
        """Return the regions that an area or a residual code is in, the smallest first."""
        found = []
        region = self.residuals.get(code) or self.above.get(code, "")
        while region:
            found.append(region)
            region = self.above.get(region, "")
        return tuple(found)

    @cached_property
    def beneath(self) -> Mapping[str, tuple[str, ...]]:
        """The areas and residual codes in each region."""
        found: dict[str, list[str]] = {region: [] for region in self.above if region in self.regions}
        for code in (*self.areas, *self.residuals):
            for region in self.regions_of(code):
                found[region].append(code)
        return {region: tuple(codes) for region, codes in found.items()}


def read_regions(standard: Standard, rules: AggregationRules) -> Regions:
    """Return the regions of a standard.

    Args:
        standard: The standard.
        rules: What names its hierarchy of areas.
    """
    hierarchy = standard.hierarchies[rules.hierarchy]
    codes = {one.id: one.code for one in hierarchy.codes}
    above = {one.code: codes.get(one.parent, "") for one in hierarchy.codes}
    regions = frozenset(above.values()) - {""}
    listed = standard.codelists[hierarchy.codes[0].codelist].codes
    residuals = {
        code.id: code.parent
        for code in listed
        if code.id not in above and code.id not in rules.former and code.parent in regions
    }
    return Regions(
        above=above,
        residuals=residuals,
        former=rules.former,
        codes=frozenset(code.id for code in listed),
    )
