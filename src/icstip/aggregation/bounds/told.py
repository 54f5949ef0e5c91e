"""What is told of hidden figures: that their table contradicts itself, or gives them away."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

import polars as pl

from icstip.aggregation.bounds.tighten import Tightened
from icstip.coherence.knowledge import Knowledge
from icstip.findings import Finding, Place
from icstip.schema import Schema
from icstip.standard.model import TOTAL

CONTRADICTING: Final = "AGG-001"
WORKED_OUT: Final = "AGG-002"

_MOST_PLACES: Final = 1_000


def findings_of(
    found: Tightened, schema: Schema, knowledge: Knowledge, place_of: Callable[[int], Place]
) -> Iterator[Finding]:
    """Yield what senders should know: where tables contradict themselves, and where they give hidden figures away.

    That is a finding for each group of figures that cannot all be right, and one for each area of which hidden figures
    can be worked out. No finding tells such a figure.

    Args:
        found: What came out.
        schema: What the columns of the observations are.
        knowledge: What is known of components and codes.
        place_of: Where an observation stands, by its row.
    """
    for one in found.contradicting:
        rows = [*([] if one.total is None else [one.total]), *one.hidden]
        yield _finding(CONTRADICTING, found.frame, dict.fromkeys(rows), len(one.hidden), schema, place_of)
    for own in _by_area(found, schema, knowledge):
        yield _finding(WORKED_OUT, found.frame, own, len(own), schema, place_of)


def _by_area(found: Tightened, schema: Schema, knowledge: Knowledge) -> Iterator[Sequence[int]]:
    """Yield the rows of hidden figures that can be worked out, by the area that reports."""
    areas = [name for name in schema.series_dimensions if schema.by_id[name].codelist in knowledge.areas]
    by_area: dict[object, list[int]] = {}
    rows = list(found.worked_out)
    named = found.frame[areas[0]][rows].to_list() if areas and rows else [None] * len(rows)
    for area, row in zip(named, rows, strict=True):
        by_area.setdefault(area, []).append(row)
    yield from by_area.values()


def _finding(
    code: str,
    frame: pl.DataFrame,
    rows: Iterable[int],
    times: int,
    schema: Schema,
    place_of: Callable[[int], Place],
) -> Finding:
    shown = list(islice(rows, _MOST_PLACES))
    first = frame.row(shown[0], named=True)
    key = {name: str(first[name]) for name in schema.dimensions if first.get(name) not in {None, TOTAL}}
    places = [place_of(row) for row in shown]
    cells = tuple(place.cell or str(place.row) for place in places if place.cell or place.row is not None)
    params = {"key": ", ".join(f"{name}={code}" for name, code in key.items()), "times": times}
    return Finding(code, replace(places[0], key=schema.key_text(first)), str(times), params, cells)
