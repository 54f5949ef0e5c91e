"""What the page of a conversion shows: the report grouped, ordered and cut to what a person reads."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from icstip.findings import SEVERITIES, Finding, Place, Severity
from icstip.reports.conversion import ConversionReport, DataSetSummary, DimensionSummary
from icstip.reports.scales import cell_ranges, stacked, ticks, with_all_years
from icstip.texts import RUNS_LEFT, text

FIRST_CASES = 10
LISTED_CASES = 200
LISTED_LABELS = 500
LISTED_CODES = 10
LISTED_RANGES = 4
LONGEST_TEXT = 400
PERIOD_LABELS = 8
ASIDE_STYLES = 6

HOWS = ("exact", "name", "demonym", "alias", "pattern", "repaired", "suggested", "unresolved")
"""How a label came to its code, from the firmest to none."""


_UNRESOLVED = HOWS[-1]
_LOOK_AT = ("unresolved", "suggested", "repaired")
_BY_WEIGHT = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bar of all figures, which is also a line of the table below it."""

    style: str
    title: str
    code: str
    figures: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Case:
    """A finding as a line of a table.

    Attributes:
        elsewhere: File and sheet, where they are not those that the page is about.
        ranges: The cells, neighbours joined; `more_cells` counts those that are not shown.
        hint: What to do, or empty where the cause says it for all its cases.
    """

    elsewhere: str
    ranges: tuple[str, ...]
    more_cells: int
    row: int | None
    value: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Cause:
    """All findings of a code: the first cases, further ones, and how many more there are."""

    code: str
    title: str
    severity: Severity
    hint: str
    cases: int
    cells: int
    set_aside: int
    first: tuple[Case, ...]
    further: tuple[Case, ...]
    unlisted: int


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


def _observation_parts(report: ConversionReport, language: str) -> list[tuple[str, str, str, int]]:
    data = report.datasets
    return [
        ("values", text("report.balance.values", language), "", sum(each.values for each in data)),
        ("bounds", text("report.balance.bounds", language), "", sum(each.bounded for each in data)),
        ("missing", text("report.balance.missing", language), "", sum(each.missing for each in data)),
    ]


def balance_parts(report: ConversionReport, language: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return the parts of the balance: the observations, and what was set aside by code, the most first."""
    written = _observation_parts(report, language)
    by_size = sorted(report.balance.set_aside.items(), key=lambda item: (-item[1], item[0]))
    aside = [
        (f"aside{i % ASIDE_STYLES}", Finding(code, Place("")).title(language), code, figures)
        for i, (code, figures) in enumerate(by_size)
    ]
    drawn = stacked([figures for *_, figures in (*written, *aside)])
    parts = tuple(Part(*part, *bar) for part, bar in zip((*written, *aside), drawn, strict=True))
    return parts[: len(written)], parts[len(written) :]


def causes_of(report: ConversionReport, language: str) -> tuple[Cause, ...]:
    """Return the findings grouped by code: errors first, then by the figures set aside and the cells concerned."""
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.report.findings:
        by_code[finding.code].append(finding)
    causes = [_cause(code, findings, report, language) for code, findings in by_code.items()]
    return tuple(sorted(causes, key=lambda c: (_BY_WEIGHT.index(c.severity), -c.set_aside, -c.cells, c.code)))


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


def named(names: Mapping[str, str], language: str) -> str:
    """Return a name in the language, else in English, else nothing."""
    return names.get(language) or names.get("en", "")


def direction_of(value: str) -> str:
    """Return the direction in which a text of the data runs: that of its first letter, to the right without one."""
    classes = (unicodedata.bidirectional(character) for character in value)
    first = next((found for found in classes if found == "L" or found in RUNS_LEFT), "L")
    return "rtl" if first in RUNS_LEFT else "ltr"


def clipped(value: str, longest: int = LONGEST_TEXT) -> str:
    """Return a text, cut after so many characters: the page is to be read, and `report.json` has the whole."""
    return value if len(value) <= longest else f"{value[:longest].rstrip()}…"


def _cause(code: str, findings: Sequence[Finding], report: ConversionReport, language: str) -> Cause:
    most_first = sorted(findings, key=lambda finding: -finding.count)
    hints = {finding.hint(language) for finding in findings}
    common_hint = hints.pop() if len(hints) == 1 else ""
    listed = most_first[:LISTED_CASES]
    cases = [_case(finding, report.input, language, says_hint=not common_hint) for finding in listed]
    return Cause(
        code=code,
        title=findings[0].title(language),
        severity=SEVERITIES[code],
        hint=clipped(common_hint),
        cases=len(findings),
        cells=sum(finding.count for finding in findings),
        set_aside=report.balance.set_aside.get(code, 0),
        first=tuple(cases[:FIRST_CASES]),
        further=tuple(cases[FIRST_CASES:]),
        unlisted=len(findings) - len(cases),
    )


def _case(finding: Finding, source: Mapping[str, str | None], language: str, *, says_hint: bool) -> Case:
    place = finding.place
    # The page is about one sheet of one file: they are named only where a finding is about another one.
    elsewhere = [place.file] if place.file != source.get("file") else []
    if place.sheet and (elsewhere or place.sheet != source.get("sheet")):
        elsewhere.append(place.sheet)
    ranges = cell_ranges(finding.cells or ((place.cell,) if place.cell else ()))
    return Case(
        elsewhere="!".join(elsewhere),
        ranges=tuple(cells for cells, _ in ranges[:LISTED_RANGES]),
        more_cells=sum(count for _, count in ranges[LISTED_RANGES:]),
        row=None if ranges else place.row,
        value=clipped(finding.value or ""),
        message=clipped(finding.message(language)),
        hint=clipped(finding.hint(language)) if says_hint else "",
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
