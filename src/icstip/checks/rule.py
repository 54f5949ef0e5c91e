"""The registry of rules: one small function each, with the permanent code of what it finds."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, TypeAlias

import polars as pl

from icstip.checks.observations import ROW, Observations
from icstip.checks.results import Outlier, Total, Totals
from icstip.checks.settings import RuleSettings
from icstip.findings import SEVERITIES, Finding, Place, Severity

VALUE: Final = "__value"
"""Column of hits with what stands there, as a text."""

MORE: Final = "CHECK-001"
MOST_PLACES: Final = 1_000
"""So many places of a finding are kept; it counts all."""


class Group(StrEnum):
    """What a rule is about."""

    STRUCTURE = "structure"
    CODES = "codes"
    KEYS = "keys"
    TIME = "time"
    VALUES = "values"
    COHERENCE = "coherence"
    SERIES = "series"
    PREVIOUS = "previous"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Hits:
    """Observations in which a rule found something: one finding for each value and combination of parameters.

    Attributes:
        rows: `ROW`, `VALUE` and a column for each parameter of the message.
        code: Code of the finding, where the rule has several.
    """

    rows: pl.DataFrame
    code: str = ""


Found: TypeAlias = Hits | Finding | Total | Totals | Outlier
Run = Callable[[Observations], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule.

    Attributes:
        codes: Codes of what it finds; the first one names it.
        group: What it is about.
        run: Finds it; None where it is found as data are read.
    """

    codes: tuple[str, ...]
    group: Group
    run: Run | None = None

    @property
    def code(self) -> str:
        """The code that names it."""
        return self.codes[0]


RULES: Final[dict[str, Rule]] = {}
"""All rules by the codes of what they find."""


def rule(group: Group, *codes: str) -> Callable[[Run], Run]:
    """Register a function as the rule that finds what these codes say."""

    def register(run: Run) -> Run:
        _register(Rule(codes, group, run))
        return run

    return register


def found_on_reading(group: Group, *codes: str) -> None:
    """Register what is found before there are observations: as they are read."""
    for code in codes:
        _register(Rule((code,), group))


def _register(new: Rule) -> None:
    for code in new.codes:
        if code in RULES or code not in SEVERITIES:
            raise ValueError(f"{code} is registered already, or has no severity")
        RULES[code] = new


@dataclass
class Findings:
    """Collects what rules find, as their settings want it.

    Attributes:
        observations: What is checked.
        settings: What is wanted of the rules.
        found: The findings.
    """

    observations: Observations
    settings: RuleSettings
    found: list[Finding] = field(default_factory=list)
    _listed: dict[str, int] = field(default_factory=dict)
    _beyond: dict[str, list[Finding]] = field(default_factory=dict)

    def add(self, rule_code: str, found: "Hits | Finding") -> None:
        """Add what a rule found, unless nobody wants to know it."""
        code = found.code or rule_code
        if isinstance(found, Finding):
            self._add(code, [found])
        elif found.rows.height:
            self._add(code, self._of_hits(code, found))

    def _add(self, code: str, findings: Iterable[Finding]) -> None:
        for finding in findings:
            of = _told_of(finding)
            if of in self.settings.off:
                continue
            weighed = replace(finding, weight=severity_of(of, self.settings))
            if finding.code == MORE or self._room(code) > 0:
                self.found.append(weighed)
                self._listed[code] = self._listed.get(code, 0) + 1
            else:
                self._beyond.setdefault(code, []).append(weighed)

    def _room(self, code: str) -> int:
        """Return how many more findings of a code are listed one by one."""
        return max(0, self.settings.limits.listed - self._listed.get(code, 0))

    def all(self) -> tuple[Finding, ...]:
        """Return the findings; those that are not listed one by one are told together, for each code."""
        return (*self.found, *(self._more(code, findings) for code, findings in self._beyond.items()))

    def _more(self, code: str, findings: Sequence[Finding]) -> Finding:
        cells = [cell for finding in findings for cell in finding.cells or cells_of([finding.place])]
        times = sum(finding.count for finding in findings)
        params = {"of": code, "times": times}
        weight = findings[0].severity
        return Finding(MORE, findings[0].place, str(len(findings)), params, tuple(cells[:MOST_PLACES]), weight=weight)

    def _of_hits(self, code: str, hits: Hits) -> Iterator[Finding]:
        """Yield a finding for each value and combination of parameters; those beyond what is listed, as one."""
        names = [name for name in hits.rows.columns if name != ROW]
        order = pl.col(ROW).min()
        grouped = hits.rows.group_by(names, maintain_order=True).agg(
            order.alias("__first"), pl.col(ROW).head(MOST_PLACES), pl.len().alias("__times")
        )
        grouped = grouped.sort("__first").drop("__first")
        room = self._room(code)
        for group in grouped.head(room).iter_rows(named=True):
            rows, times, value = group.pop(ROW), group.pop("__times"), group.pop(VALUE)
            yield finding_at(self.observations, code, rows, value, {**group, "times": times})
        if grouped.height > room:
            more = grouped[room:]
            rows = more.head(MOST_PLACES)[ROW].explode(empty_as_null=False).head(MOST_PLACES).to_list()
            params = {"of": code, "times": int(more["__times"].sum())}
            yield finding_at(self.observations, MORE, rows, str(more.height), params)


def finding_at(
    observations: Observations, code: str, rows: Sequence[int], value: str | None, params: Mapping[str, object]
) -> Finding:
    """Return a finding in observations: its place and ``key`` are those of the first of them.

    Args:
        observations: What is checked.
        code: Code of the finding.
        rows: The observations.
        value: What stands there.
        params: Values for the placeholders of its texts.
    """
    places = [observations.place_of(row) for row in rows]
    first = observations.frame.row(rows[0], named=True)
    place = replace(places[0], key=observations.schema.key_text(first))
    return Finding(code, place, value, {"key": observations.described(first), **params}, cells_of(places))


def cells_of(places: Iterable[Place]) -> tuple[str, ...]:
    """Return the cells of places, or their lines where they have none."""
    return tuple(place.cell or str(place.row) for place in places if place.cell or place.row is not None)


def _told_of(finding: Finding) -> str:
    """Return the code of a finding, or of those that it says there are more of."""
    return str(finding.params["of"]) if finding.code == MORE else finding.code


def severity_of(code: str, settings: RuleSettings) -> Severity:
    """Return how much a finding weighs for somebody."""
    return settings.severities.get(code, SEVERITIES[code])
