"""Figures of countries become figures of regions and of the world, with bounds and coverage."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import polars as pl

from icstip.aggregation.grouping.hierarchy import Regions, read_regions
from icstip.aggregation.grouping.model import Grouping
from icstip.aggregation.grouping.population import Population, read_population
from icstip.aggregation.rules import AggregationRules, read_aggregation_rules
from icstip.aggregation.terms import Terms
from icstip.collection.store import Collection
from icstip.errors import FormatError
from icstip.findings import Balance, Finding, Report
from icstip.messages.dataset import DataSet
from icstip.workflow.aggregating.choices import Choices
from icstip.workflow.aggregating.given import Collected, Given, read_messages
from icstip.workflow.aggregating.structure import PART_ROWS, StructureSums, Summed
from icstip.workflow.aggregating.told import findings_of
from icstip.workflow.conversion import WithStandard
from icstip.workflow.schemas import Schemas

Progress = Callable[[str, int], None]

NOTHING: Final = Choices()


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the observations of a structure.

    Attributes:
        read: Observations read.
        used: Those that are in sums.
        set_aside: Those that are in none, by the code of the finding that says why.
        written: Figures of groups.
        exact: Those of them that have a value; the others have bounds.
    """

    read: int
    used: int
    set_aside: Mapping[str, int]
    written: int
    exact: int

    @property
    def balance(self) -> Balance:
        """The balance of the observations."""
        return Balance(self.read, self.used, self.set_aside)

    @property
    def adds_up(self) -> bool:
        """Whether each observation that was read is in sums or set aside, and none is both."""
        return self.balance.adds_up

    def to_dict(self) -> dict[str, object]:
        """Return the counts as the report writes them."""
        return {
            "read": self.read,
            "used": self.used,
            "set_aside": dict(self.set_aside),
            "written": self.written,
            "exact": self.exact,
            "bounded": self.written - self.exact,
        }


@dataclass(frozen=True)
class Aggregation:
    """Figures of groups.

    Attributes:
        datasets: The data sets by the id of the structure.
        coverage: The coverage of each observation, in their order, by the id of the structure.
        conflicts: The figures of which sources say different things, by the id of the structure.
        counts: How many observations of each structure were read, are in sums, and were set aside for which reason.
        grouping: The groups.
        choices: What was asked for.
        inputs: What was read: files with their hashes, or a collection.
        report: The findings.
        terms: What is known of the components of each structure.
    """

    datasets: Mapping[str, DataSet]
    coverage: Mapping[str, pl.DataFrame]
    conflicts: Mapping[str, pl.DataFrame]
    counts: Mapping[str, Counts]
    grouping: Grouping
    choices: Choices
    inputs: Sequence[Mapping[str, object]]
    report: Report
    terms: Mapping[str, Terms] = field(compare=False, repr=False)

    @property
    def adds_up(self) -> bool:
        """Whether each observation that was read is in sums or set aside, and none is both."""
        return all(count.adds_up for count in self.counts.values())

    def to_dict(self, language: str = "en") -> dict[str, object]:
        """Return everything but the figures, as the report writes it."""
        members = self.grouping.members
        return {
            "icstip": version("icstip"),
            "inputs": [dict(one) for one in self.inputs],
            "choices": self.choices.to_dict(),
            "structures": [{"structure": name, **count.to_dict()} for name, count in self.counts.items()],
            "groups": [
                {
                    "group": group,
                    "members": [
                        {"area": one.area, "from": one.span.first, "to": one.span.last}
                        for one in members
                        if one.group == group
                    ],
                }
                for group in self.grouping.groups
            ],
            "findings": [finding.to_dict(language) for finding in self.report.findings],
        }


class Aggregator(WithStandard):
    """Adds up figures of areas with one standard, whose tables are read once."""

    @cached_property
    def rules(self) -> AggregationRules:
        """What it says of sums over areas."""
        return read_aggregation_rules(self.converter.folder)

    @cached_property
    def regions(self) -> Regions:
        """Its regions."""
        return read_regions(self.standard, self.rules)

    def aggregate(
        self,
        files: Sequence[Path | str],
        choices: Choices = NOTHING,
        *,
        language: str = "en",
        progress: Progress = lambda _, __: None,
    ) -> Aggregation:
        """Return the figures of groups from data messages, or from a collection.

        Args:
            files: Data messages of any format, or the folder of a collection. In `Choices.source_order` files are
                called by their names.
            choices: What is asked for.
            language: Language of the comments in the data.
            progress: Called with the id of a structure and the number of its observations that were looked at.

        Raises:
            IcstipError: A file or a table cannot be read, or what is asked for is not there.
        """
        paths = [Path(file) for file in files]
        if len(paths) == 1 and paths[0].is_dir():
            collected = Collected(Collection(paths[0]), choices.as_of)
            return self.add_up(collected, choices, inputs=[collected.to_dict()], language=language, progress=progress)
        for folder in (path for path in paths if path.is_dir()):
            raise FormatError("aggregate-collection", where=str(folder))
        if choices.as_of is not None:
            raise FormatError("aggregate-as-of", where=str(paths[0]))
        with read_messages(paths, Schemas.of_standard(self.standard), self.schemas) as read:
            made = self.add_up(read, choices, language=language, progress=progress)
            findings = (*read.findings, *made.report.findings)
            return replace(made, inputs=tuple(read.inputs), report=Report.of(findings))

    def add_up(
        self,
        given: Given,
        choices: Choices = NOTHING,
        *,
        inputs: Sequence[Mapping[str, object]] = (),
        language: str = "en",
        progress: Progress = lambda _, __: None,
        part_rows: int = PART_ROWS,
    ) -> Aggregation:
        """Return the figures of groups from observations wherever they are kept.

        Args:
            given: Where the observations come from.
            choices: What is asked for.
            inputs: What the report says of where they come from.
            language: Language of the comments in the data.
            progress: Called with the id of a structure and the number of its observations that were looked at.
            part_rows: About how many observations are in memory together.

        Raises:
            IcstipError: A table cannot be read, or what is asked for is not there.
        """
        grouping = choices.grouping(self.regions)
        population = self._population(choices)
        schemas = {name: self.schemas.get(name, given.schema(name)) for name in given.structures()}
        summed: dict[str, Summed] = {}
        for name in choices.of(schemas, self.rules.area):
            terms = Terms(schemas[name], self.knowledge, self.rules)
            terms.check()
            with TemporaryDirectory(prefix="icstip-") as folder:
                summed[name] = StructureSums(
                    terms,
                    given,
                    grouping,
                    population,
                    choices,
                    Path(folder),
                    language,
                    part_rows,
                    lambda rows, name=name: progress(name, rows),  # type: ignore[misc]
                ).run()
        return self._aggregation(summed, grouping, choices, inputs)

    def _population(self, choices: Choices) -> Population | None:
        if choices.population is None:
            return None
        return read_population(choices.population, self.regions, self.rules.population)

    def _aggregation(
        self,
        summed: Mapping[str, Summed],
        grouping: Grouping,
        choices: Choices,
        inputs: Sequence[Mapping[str, object]],
    ) -> Aggregation:
        written = {name: one for name, one in summed.items() if one.observations.height}
        findings: list[Finding] = []
        for one in summed.values():
            findings += findings_of(one, self.regions.areas)
        return Aggregation(
            datasets={name: DataSet(one.terms.schema, one.observations) for name, one in written.items()},
            coverage={name: one.coverage for name, one in written.items()},
            conflicts={name: one.tally.conflicts() for name, one in summed.items()},
            counts={name: _counts(one) for name, one in summed.items()},
            grouping=grouping,
            choices=choices,
            inputs=tuple(inputs),
            report=Report.of(findings),
            terms={name: one.terms for name, one in summed.items()},
        )


def _counts(summed: Summed) -> Counts:
    """Return how many observations became what, and how many figures of groups there are."""
    tally, frame = summed.tally, summed.observations
    exact = int(frame[summed.terms.measure].count()) if frame.height else 0
    return Counts(tally.read, tally.used, tally.by_reason(), frame.height, exact)
