"""What there is to tell of an aggregation: why observations are in no sum, and what is special of those that are."""

from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from icstip.aggregation.columns import SENDER, WHY
from icstip.aggregation.combining.figures import MISSING
from icstip.aggregation.combining.placing import FORMER, IMPOSSIBLE, NO_COUNT, NO_GROUP, NO_KEY, OWN, RATE, REGION
from icstip.aggregation.combining.residuals import BESIDE_OTHERS
from icstip.aggregation.combining.sources import OTHER, SAME, UNDECIDED, USED
from icstip.findings import Finding, Place, Severity
from icstip.workflow.aggregating.structure import Summed
from icstip.workflow.aggregating.tally import KEY, NUMBER

MORE: Final = "CHECK-001"
READABLE: Final = "AGG-023"
CARRIED: Final = "AGG-024"
NO_PERSONS: Final = "AGG-025"
NO_RATE: Final = "AGG-026"
RESIDUALS: Final = "AGG-027"

_OF_AREAS: Final = (REGION, FORMER, BESIDE_OTHERS)
_OF_UNITS: Final = (RATE, NO_COUNT)
_OF_SOURCES: Final = (SAME, OTHER)
_ALONE: Final = (OWN, MISSING, UNDECIDED, IMPOSSIBLE, NO_KEY)


def findings_of(summed: Summed, areas: Sequence[str]) -> Iterator[Finding]:
    """Yield what there is to tell of the data of a structure.

    Args:
        summed: What became of them.
        areas: The areas that have a place in the regions: figures of others are in no sum, whatever the groups are.
    """
    reasons = summed.tally.reasons()
    name = summed.terms.schema.structure.id
    for code in reasons[WHY].unique().sort().to_list():
        own = reasons.filter(pl.col(WHY) == code)
        yield from _told(code, own, name, summed, areas)
    yield from _notes(summed, name)


def _told(code: str, own: pl.DataFrame, name: str, summed: Summed, areas: Sequence[str]) -> Iterator[Finding]:
    if code == NO_GROUP:
        placed = pl.col(summed.terms.area).is_in(list(areas))
        for weight, part in ((Severity.INFO, own.filter(placed)), (Severity.WARNING, own.filter(~placed))):
            if part.height:
                yield _of(code, part, name, summed.terms.area, weight)
    elif code in _OF_AREAS:
        yield _of(code, own, name, summed.terms.area)
    elif code in _OF_UNITS:
        yield _of(code, own, name, summed.terms.unit)
    elif code in _OF_SOURCES:
        for (sender, used), part in own.group_by([SENDER, USED], maintain_order=True):
            params = {"times": _total(part), "source": used, "key": part[KEY].min()}
            yield Finding(code, Place(name), str(sender), params)
    elif code in _ALONE:
        key = str(own[KEY].min())
        yield Finding(code, Place(name, key=key), key, {"times": _total(own)})


def _of(code: str, own: pl.DataFrame, name: str, column: str, weight: Severity | None = None) -> Finding:
    """Return a finding on all codes that stand in a column."""
    codes = own.group_by(column).agg(pl.col(NUMBER).sum()).sort(column)
    listed = ", ".join(f"{one} ({number})" for one, number in codes.iter_rows())
    return Finding(code, Place(name), listed, {"times": _total(own)}, weight=weight)


def _total(own: pl.DataFrame) -> int:
    return int(own[NUMBER].sum())


def _notes(summed: Summed, name: str) -> Iterator[Finding]:
    notes = summed.notes
    yield from notes.hidden
    for code, number in notes.unlisted.items():
        yield Finding(MORE, Place(name), str(number), {"of": code, "times": number})
    for code, number in ((READABLE, notes.readable), (CARRIED, notes.carried), (NO_RATE, notes.rates_lacking)):
        if number:
            yield Finding(code, Place(name), None, {"times": number})
    if notes.unpeopled:
        yield Finding(NO_PERSONS, Place(name), ", ".join(sorted(notes.unpeopled)), {"times": len(notes.unpeopled)})
    if notes.residuals:
        listed = ", ".join(f"{code} ({number})" for code, number in sorted(notes.residuals.items()))
        yield Finding(RESIDUALS, Place(name), listed, {"times": sum(notes.residuals.values())})
