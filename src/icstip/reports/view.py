"""What the page of a conversion shows: the report grouped, ordered and cut to what a person reads."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from icstip.reports.conversion import ConversionReport, DataSetSummary, DimensionSummary
from icstip.reports.parts.bars import Part, figure_parts
from icstip.reports.parts.causes import Cause, Listing
from icstip.reports.parts.causes import causes_of as by_cause
from icstip.reports.parts.lettering import clipped, named
from icstip.reports.scales import ticks, with_all_years

LISTED_LABELS = 500
LISTED_CODES = 10
PERIOD_LABELS = 8

HOWS = ("exact", "name", "demonym", "alias", "pattern", "repaired", "suggested", "unresolved")
"""How a label came to its code, from the firmest to none."""


_UNRESOLVED = HOWS[-1]
_LOOK_AT = ("unresolved", "suggested", "repaired")


@dataclass(frozen=True, slots=True)
class LabelLine:
    """A distinct label and what it was taken for; the name is empty where the data do not say it."""

    label: str
    code: str
    name: str
    how: str
    rows: int
    note: str
    also: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LabelList:
    """Labels as far as the page lists them, and how many there are."""

    lines: tuple[LabelLine, ...]
    count: int


@dataclass(frozen=True, slots=True)
class LabelGroup:
    """The labels of a column that give a component: how they came to their codes, those to look at, and the others."""

    column: str
    component: str
    name: str
    hows: tuple[tuple[str, int], ...]
    look_at: LabelList
    rest: LabelList


@dataclass(frozen=True, slots=True)
class Column:
    """A time period in a chart, its height in hundredths; the label is empty where there is no room for one."""

    period: str
    observations: int
    height: float
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """A code in a bar table, its bar in hundredths of the longest."""

    name: str
    code: str
    observations: int
    width: float


@dataclass(frozen=True, slots=True)
class Breakdown:
    """How a data set spreads over a dimension: the most frequent codes, and the observations of all others."""

    id: str
    name: str
    distinct: int
    rows: tuple[Row, ...]
    other_codes: int
    other_observations: int


@dataclass(frozen=True, slots=True)
class DataSetView:
    """A data set with its charts; ticks are values and their height in hundredths."""

    summary: DataSetSummary
    name: str
    columns: tuple[Column, ...]
    peak: Column | None
    ticks: tuple[tuple[int, float], ...]
    breakdowns: tuple[Breakdown, ...]


def adds_up(report: ConversionReport) -> bool:
    """Return whether every number of the balance is the sum of its parts, down to the data sets."""
    observations = sum(data.observations for data in report.datasets)
    kinds = sum(data.values + data.bounded + data.missing for data in report.datasets)
    return report.balance.adds_up and report.balance.observations == observations == kinds


def balance_parts(report: ConversionReport, language: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return the parts of the balance: the observations, and what was set aside by code, the most first."""
    return figure_parts(report.datasets, report.balance.set_aside, language)


def causes_of(report: ConversionReport, language: str) -> tuple[Cause, ...]:
    """Return the findings grouped by code: errors first, then by the figures set aside and the cells concerned."""
    listing = Listing(language, report.input.get("file"), report.input.get("sheet"), report.balance.set_aside, {})
    return by_cause(report.report.findings, listing)


def label_groups(report: ConversionReport, language: str) -> tuple[LabelGroup, ...]:
    """Return the labels by column and component, in the order of the report."""
    dimensions = {dimension.id: dimension for data in report.datasets for dimension in data.dimensions}
    groups: dict[tuple[str, str], list[LabelLine]] = defaultdict(list)
    for label in report.labels:
        groups[str(label["column"]), str(label["component"])].append(_label_line(label))
    return tuple(
        _label_group(column, component, dimensions.get(component), lines, language)
        for (column, component), lines in groups.items()
    )


def data_set_view(summary: DataSetSummary, language: str) -> DataSetView:
    """Return a data set with the numbers of its charts."""
    periods = with_all_years(summary.periods)
    scale = ticks(max((count for _, count in periods), default=0))
    every = max(1, -(-len(periods) // PERIOD_LABELS))
    columns = tuple(
        Column(period, count, _hundredths(count, scale[-1]), period if i % every == 0 else "")
        for i, (period, count) in enumerate(periods)
    )
    return DataSetView(
        summary=summary,
        name=named(summary.name, language) or summary.structure,
        columns=columns,
        peak=max(columns, key=lambda column: column.observations, default=None),
        ticks=tuple((value, _hundredths(value, scale[-1])) for value in scale),
        breakdowns=tuple(_breakdown(dimension, summary.observations, language) for dimension in summary.dimensions),
    )


def _label_line(label: Mapping[str, object]) -> LabelLine:
    also, code, rows = label["also"], str(label["code"] or ""), label["rows"]
    return LabelLine(
        label=clipped(str(label["label"])),
        code=code,
        name=str(label.get("name") or ""),
        how=str(label["how"]) if code else _UNRESOLVED,
        rows=rows if isinstance(rows, int) else 0,
        note=clipped(str(label["note"] or "")),
        also=tuple((str(key), str(value)) for key, value in also.items()) if isinstance(also, Mapping) else (),
    )


def _label_group(
    column: str, component: str, dimension: DimensionSummary | None, lines: Sequence[LabelLine], language: str
) -> LabelGroup:
    hows = Counter(line.how for line in lines)
    return LabelGroup(
        column=column,
        component=component,
        name=named(dimension.name, language) if dimension else "",
        hows=tuple((how, hows[how]) for how in HOWS if how in hows),
        look_at=_label_list(line for line in lines if line.how in _LOOK_AT),
        rest=_label_list(line for line in lines if line.how not in _LOOK_AT),
    )


def _label_list(lines: Iterable[LabelLine]) -> LabelList:
    # Those to look at, the least sure first; of the others, which are equally sure, those of most rows first.
    doubt = {how: place for place, how in enumerate(_LOOK_AT)}
    ordered = sorted(lines, key=lambda line: (doubt.get(line.how, len(doubt)), -line.rows, line.label))
    return LabelList(tuple(ordered[:LISTED_LABELS]), len(ordered))


def _breakdown(dimension: DimensionSummary, observations: int, language: str) -> Breakdown:
    shown = dimension.codes[:LISTED_CODES]
    longest = max((code.observations for code in shown), default=0)
    return Breakdown(
        id=dimension.id,
        name=named(dimension.name, language) or dimension.id,
        distinct=dimension.distinct,
        rows=tuple(
            Row(
                named(code.name, language) or code.code,
                code.code,
                code.observations,
                _hundredths(code.observations, longest),
            )
            for code in shown
        ),
        other_codes=dimension.distinct - len(shown),
        other_observations=observations - sum(code.observations for code in shown),
    )


def _hundredths(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0
