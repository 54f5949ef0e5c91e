"""What is asked of an aggregation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from icstip.aggregation.grouping.hierarchy import Regions
from icstip.aggregation.grouping.model import Grouping, regional
from icstip.aggregation.grouping.tables import read_expected, read_members
from icstip.errors import StructureError
from icstip.schema import Schema

M49: Final = "M49"
"""Name of the grouping by the regions of the standard."""


@dataclass(frozen=True)
class Choices:
    """What is asked of an aggregation.

    Attributes:
        by: ``M49`` for the regions of the standard, or a table of groups.
        groups: Only these groups; none means all of them.
        where: Only observations with one of these codes, by dimension.
        structure: Only data of this structure; an empty one means of all.
        expected: A table of the areas that are expected to report; None means all members of a group.
        population: A table of populations.
        with_rates: Whether rates of all counts are computed, and not only those that some area sent.
        carry_forward: How many years old a figure may be that stands for one that is missing.
        source_order: Senders, or names of files, the best first.
        as_of: What a collection knew on this date (ISO 8601).
    """

    by: str = M49
    groups: Sequence[str] = ()
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    structure: str = ""
    expected: Path | None = None
    population: Path | None = None
    with_rates: bool = False
    carry_forward: int = 0
    source_order: Sequence[str] = ()
    as_of: str | None = None

    def grouping(self, regions: Regions) -> Grouping:
        """Return the groups.

        Raises:
            TableError: A table cannot be read, or something in it cannot be.
            StructureError: A group that is asked for is none of them.
        """
        members = regional(regions) if self.by == M49 else read_members(Path(self.by), regions)
        known = {member.group for member in members}
        for group in self.groups:
            if group not in known:
                raise StructureError("aggregate-group", where=self.by, value=group, known=" ".join(sorted(known)))
        wanted = set(self.groups) or known
        expected = None if self.expected is None else read_expected(self.expected, regions)
        return Grouping(regions, tuple(one for one in members if one.group in wanted), expected)

    def of(self, schemas: Mapping[str, Schema], area: str) -> list[str]:
        """Return the structures that have what is asked for.

        Args:
            schemas: Those of the data.
            area: The dimension of areas.

        Raises:
            StructureError: No data are of the structure that is asked for, or no structure has a dimension or a code.
        """
        if self.structure and self.structure not in schemas:
            known = " ".join(sorted(schemas))
            raise StructureError("aggregate-no-structure", where=self.structure, value=self.structure, known=known)
        looked = {name: schema for name, schema in schemas.items() if self.structure in {"", name}}
        for dimension, codes in self.where.items():
            having = [schema for schema in looked.values() if dimension in schema.dimensions]
            if not having or dimension == area:
                known = " ".join(dict.fromkeys(name for one in looked.values() for name in one.dimensions))
                raise StructureError("aggregate-dimension", where=dimension, value=dimension, known=known)
            lists = [schema.by_id[dimension].codes for schema in having]
            for code in codes:
                if not any(own is None or code in own for own in lists):
                    raise StructureError("aggregate-code", where=dimension, value=code, dimension=dimension)
        return [name for name, schema in looked.items() if set(self.where) <= set(schema.dimensions)]

    def to_dict(self) -> dict[str, object]:
        """Return what is asked for as the report writes it: files by their names."""
        return {
            "by": Path(self.by).name,
            "groups": list(self.groups),
            "where": {name: list(codes) for name, codes in self.where.items()},
            "structure": self.structure or None,
            "expected": None if self.expected is None else self.expected.name,
            "population": None if self.population is None else self.population.name,
            "rates": self.with_rates,
            "carry_forward": self.carry_forward,
            "source_order": list(self.source_order),
            "as_of": self.as_of,
        }
