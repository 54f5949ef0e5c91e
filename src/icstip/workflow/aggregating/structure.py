"""The observations of one structure become figures of groups, part by part: first by areas, then by years."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

from icstip.aggregation.bounds.tighten import Tightened
from icstip.aggregation.bounds.told import findings_of as told_of_hidden
from icstip.aggregation.columns import AREA, CARRIED, CARRIED_FROM, EXPECTED, GROUP, YEAR
from icstip.aggregation.combining.carrying import carried_forward
from icstip.aggregation.combining.contributions import Combined, combine
from icstip.aggregation.combining.placing import areas_of, with_years
from icstip.aggregation.combining.residuals import settle_residuals
from icstip.aggregation.grouping.model import Grouping
from icstip.aggregation.grouping.population import Population
from icstip.aggregation.summing.guarding import guarded
from icstip.aggregation.summing.rates import as_rates, asked, of_population
from icstip.aggregation.summing.results import coverage, finished, observations
from icstip.aggregation.summing.sums import partial_sums, together
from icstip.aggregation.terms import Terms
from icstip.findings import Finding, Place
from icstip.workflow.aggregating.choices import Choices
from icstip.workflow.aggregating.given import Given, in_parts, typed_columns
from icstip.workflow.aggregating.tally import Tally

PART_ROWS: Final = 500_000
"""About how many observations are looked at together."""

MOST_LISTED: Final = 200
"""How many findings of a code on single figures are listed one by one."""


@dataclass(frozen=True)
class Summed:
    """What became of the observations of a structure.

    Attributes:
        terms: What is known of them.
        observations: The figures of groups.
        coverage: Their coverage, a line each, in the same order.
        tally: What became of each observation.
        notes: What else there is to tell of them.
    """

    terms: Terms
    observations: pl.DataFrame
    coverage: pl.DataFrame
    tally: Tally
    notes: "Notes"


@dataclass
class Notes:
    """What is worth knowing of sums.

    Attributes:
        hidden: What senders should know of figures that they hide.
        readable: How many figures can be read that nobody else may.
        carried: How many figures of groups have figures of earlier years in them.
        residuals: How many figures of residual groups are in sums, by code.
        rates_lacking: How many rates that areas sent could not be computed for their groups.
        unpeopled: Areas that are expected and whose population is not known.
    """

    hidden: list[Finding] = field(default_factory=list)
    readable: int = 0
    carried: int = 0
    residuals: dict[str, int] = field(default_factory=dict)
    rates_lacking: int = 0
    unpeopled: set[str] = field(default_factory=set)
    _told: Counter[str] = field(default_factory=Counter)

    def add_hidden(self, findings: Iterable[Finding]) -> None:
        """Add findings on figures that senders hide, as far as they are listed one by one."""
        for finding in findings:
            self._told[finding.code] += 1
            if self._told[finding.code] <= MOST_LISTED:
                self.hidden.append(finding)

    @property
    def unlisted(self) -> Mapping[str, int]:
        """How many more of these findings there are, by their code."""
        return {code: number - MOST_LISTED for code, number in self._told.items() if number > MOST_LISTED}


@dataclass
class StructureSums:
    """Adds up the observations of one structure.

    Attributes:
        terms: What is known of them.
        given: Where they come from.
        grouping: The groups.
        population: Populations, or None.
        choices: What is asked for.
        folder: Where figures are kept in between.
        language: Language of the comments.
        part_rows: About how many observations are looked at together.
        progress: Called with the number of observations looked at so far.
    """

    terms: Terms
    given: Given
    grouping: Grouping
    population: Population | None
    choices: Choices
    folder: Path
    language: str = "en"
    part_rows: int = PART_ROWS
    progress: Callable[[int], None] = lambda _: None

    def __post_init__(self) -> None:
        self._tally = Tally(self.terms)
        self._notes = Notes()
        self._persons = None if self.population is None else self.population.of(())
        self._kept = self.folder / "contributions"
        self._rates = self.folder / "rates"

    def run(self) -> Summed:
        """Return the figures of the groups."""
        for folder in (self._kept, self._rates):
            folder.mkdir(parents=True, exist_ok=True)
        schema = self.terms.schema
        for number, part in enumerate(self.given.parts(schema.structure.id, self.terms.area, self.part_rows)):
            self._combine(number, typed_columns(part, schema))
        done = [made for years in self._year_parts() for made in self._sums(years)]
        # Attributes are of whole series, of which years that are looked at together may be a part.
        made = pl.concat(done) if done else None
        return Summed(
            self.terms,
            pl.DataFrame() if made is None else observations(made, self.terms, self.language),
            pl.DataFrame() if made is None else coverage(made, self.terms),
            self._tally,
            self._notes,
        )

    def _combine(self, number: int, part: pl.DataFrame) -> None:
        wanted = (pl.col(name).cast(pl.String).is_in(list(codes)) for name, codes in self.choices.where.items())
        frame = part.filter(pl.lit(value=True), *wanted)
        if not frame.height:
            return
        years = with_years(frame, self.terms)[YEAR].drop_nulls().unique().to_list()
        known = areas_of(self.grouping.by_year(years), self.terms, AREA)
        self._tally.read += frame.height
        self.progress(self._tally.read)
        combined: Combined = combine(frame, self.terms, self.grouping.regions, known, self.choices.source_order)
        self._tally.set_aside(combined.aside)
        self._notes.readable += combined.readable
        self._notes.add_hidden(self._told_of_hidden(combined.narrowed))
        contributions = combined.contributions
        if self.choices.carry_forward:
            contributions = carried_forward(
                contributions,
                combined.aside,
                self.terms,
                self.choices.carry_forward,
                self.grouping.regions.residuals,
            )
        contributions.write_parquet(self._kept / f"{number}.parquet")
        combined.rates.write_parquet(self._rates / f"{number}.parquet")

    def _told_of_hidden(self, narrowed: Tightened) -> Iterator[Finding]:
        where = Place(self.terms.schema.structure.id)
        return told_of_hidden(narrowed, self.terms.schema, self.terms.knowledge, lambda _: where)

    def _year_parts(self) -> Iterator[list[int]]:
        """Yield years whose figures are added up together."""
        if not any(self._kept.iterdir()):
            return
        counts = pl.scan_parquet(self._kept / "*.parquet").group_by(YEAR).agg(pl.len()).sort(YEAR).collect()
        yield from in_parts(counts.iter_rows(), self.part_rows)

    def _sums(self, years: list[int]) -> Iterator[pl.DataFrame]:
        """Yield sums of some years: of counts, and of rates where these can be computed."""
        of_years = pl.col(YEAR).is_in(years)
        contributions = pl.scan_parquet(self._kept / "*.parquet").filter(of_years).collect()
        contributions, aside = settle_residuals(contributions, self.terms, self.grouping.regions)
        self._tally.set_aside(aside.filter(~pl.col(CARRIED)))
        self._tally.used += contributions.filter(~pl.col(CARRIED)).height
        own = self.grouping.by_year(years)
        self._note(contributions, own)
        counts = self._finished(contributions, own)
        self._notes.carried += counts.filter(pl.col(CARRIED_FROM).list.len() > 0).height
        yield counts
        yield from self._rate_sums(contributions, own, years)

    def _finished(self, contributions: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
        kept = guarded(contributions, self.terms, members)
        summed = together([partial_sums(kept, self.terms, members, self._persons)], self.terms)
        return finished(summed, self.terms, members, self._persons)

    def _rate_sums(
        self, contributions: pl.DataFrame, members: pl.DataFrame, years: list[int]
    ) -> Iterator[pl.DataFrame]:
        reported = pl.scan_parquet(self._rates / "*.parquet").filter(pl.col(YEAR).is_in(years)).collect()
        wanted = asked(self.terms, members, reported)
        key = [GROUP, *self.terms.others]
        if self.population is None:
            self._notes.rates_lacking += wanted.height
            return
        of_persons = of_population(contributions, self.terms, self.population)
        for unit in self.terms.rate_units:
            rates = self._finished(as_rates(of_persons, self.terms, unit), members)
            lacking = wanted.filter(pl.col(self.terms.unit).cast(pl.String) == unit).join(rates, on=key, how="anti")
            self._notes.rates_lacking += lacking.height
            yield rates if self.choices.with_rates else rates.join(wanted, on=key, how="semi")

    def _note(self, contributions: pl.DataFrame, members: pl.DataFrame) -> None:
        area = pl.col(self.terms.area).cast(pl.String)
        counts = contributions.filter(area.is_in(sorted(self.grouping.regions.residuals))).group_by(area).len()
        for code, number in counts.iter_rows():
            self._notes.residuals[code] = self._notes.residuals.get(code, 0) + number
        if self._persons is not None:
            lacking = members.filter(EXPECTED).join(self._persons, on=[AREA, YEAR], how="anti")
            self._notes.unpeopled.update(lacking[AREA].unique().to_list())
