"""The coverage of regions as a heat map: how many of the expected areas report, by group and period."""

from dataclasses import dataclass

from icstip.aggregation.columns import EXPECTED_AREAS, HIDDEN, REPORTING, SHARE
from icstip.reports.aggregation.slices import Slice
from icstip.reports.aggregation.values import StructureReport
from icstip.reports.parts.numbers import number, share
from icstip.reports.validation.views.naming import Naming

LEVELS = 4


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell of the map: how it is shaded, from 0 for nothing, and what it says."""

    level: int
    says: str
    persons: str
    hidden: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A group with its cells, in the order of the periods."""

    group: str
    name: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The map: its periods and its rows."""

    periods: tuple[str, ...]
    rows: tuple[HeatRow, ...]


def heat_map(chosen: Slice, report: StructureReport, language: str) -> HeatMap:
    """Return the coverage of a slice."""
    naming = Naming(report.schema, language)
    rows = []
    for group in chosen.groups:
        cells = tuple(_cell(chosen.cells.get((group, period)), language) for period in chosen.periods)
        rows.append(HeatRow(group, naming.code(report.area, group), cells))
    return HeatMap(chosen.periods, tuple(rows))


def _cell(row: dict[str, object] | None, language: str) -> HeatCell:
    if row is None:
        return HeatCell(0, "–", "", "")
    reporting, expected = _whole(row[REPORTING]), _whole(row[EXPECTED_AREAS])
    part = reporting / expected if expected else 0.0
    level = 1 + min(LEVELS - 1, int(part * LEVELS)) if reporting else 0
    persons = row.get(SHARE)
    covered = "" if not isinstance(persons, float) else share(round(persons * 10_000), 10_000, language)
    hidden = _whole(row[HIDDEN])
    says = f"{number(reporting, language)}/{number(expected, language)}"
    return HeatCell(level, says, covered, number(hidden, language) if hidden else "")


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
