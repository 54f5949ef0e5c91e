"""All rules over a data set."""

from collections.abc import Iterable
from typing import Final

import polars as pl

from icstip.checks.coherence import rules as coherence
from icstip.checks.observations import Observations
from icstip.checks.results import Checked, Coverage, Outlier, Total, Totals
from icstip.checks.rule import RULES, Findings, Group, Rule
from icstip.checks.rules import absent, codes, keys, previous, series, structure, time, units, values
from icstip.checks.settings import RuleSettings
from icstip.standard.model import TOTAL

_REGISTERING: Final = (structure, codes, keys, time, values, units, coherence, series, previous, absent)
"""The modules whose import registers the rules, in the order in which they are applied."""


def all_rules() -> list[Rule]:
    """Return the rules, each once, in the order in which they are applied."""
    order = list(Group)
    return sorted(dict.fromkeys(RULES.values()), key=lambda one: (order.index(one.group), one.code))


def applied_codes(settings: RuleSettings) -> tuple[str, ...]:
    """Return the codes of the rules that are applied, in their order."""
    return tuple(code for one in all_rules() for code in one.codes if code not in settings.off)


def check(data: Observations, settings: RuleSettings) -> Checked:
    """Return what the rules find in a data set.

    Args:
        data: Its observations.
        settings: What is wanted of the rules.
    """
    found = Findings(data, settings)
    totals: list[Total] = []
    answers: list[Totals] = []
    outliers: list[Outlier] = []
    wanted = set(applied_codes(settings))
    for one in all_rules():
        if wanted.isdisjoint(one.codes):
            continue
        for result in one.run(data) if one.run is not None and data.frame.height else ():
            match result:
                case Total():
                    totals.append(result)
                case Totals():
                    answers.append(result)
                case Outlier():
                    outliers.append(result)
                case _:
                    found.add(one.code, result)
    return Checked(
        findings=found.all(),
        rules=applied_codes(settings),
        settings=settings,
        totals=tuple(total for total in totals if total.code not in settings.off),
        answers=tuple(answers),
        outliers=() if "SERIES-001" in settings.off else tuple(outliers),
        coverage=_coverage(data),
    )


def _coverage(data: Observations) -> Coverage | None:
    """Return how many observations of each period are broken down by what."""
    time = data.time
    if time is None or not data.frame.height:
        return None
    shown = [name for name in data.schema.series_dimensions if name in _breakdowns(data)]
    is_broken = ((~data.is_of(name, [TOTAL])).sum().alias(name) for name in shown)
    counts = data.frame.filter(pl.col(time).is_not_null()).group_by(time).agg(pl.len().alias("__all"), *is_broken)
    counts = counts.sort(time)
    return Coverage(
        periods=tuple(counts[time].to_list()),
        dimensions={name: tuple(counts[name].to_list()) for name in shown},
        observations=tuple(counts["__all"].to_list()),
        expected=frozenset(data.expected),
    )


def _breakdowns(data: Observations) -> Iterable[str]:
    """Return the dimensions that break figures down: those that may have a total, and vary or are asked for."""
    with_total = [
        name
        for name in data.schema.series_dimensions
        if TOTAL in (data.schema.by_id[name].codes or ()) and TOTAL not in data.schema.refused.get(name, ())
    ]
    return {
        name
        for name in with_total
        if name in data.varying or name in data.expected or str(data.frame[name][0]) != TOTAL
    }
