"""Sums over areas as one page that needs nothing but itself: coverage, series with their bounds, what changed."""

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Final

import polars as pl

from icstip.aggregation.changes import BEFORE, KIND, STRUCTURE
from icstip.aggregation.columns import EXPECTED_AREAS, REPORTING
from icstip.findings import Severity
from icstip.reports.aggregation.bands import HEIGHT, WIDTH, BandChart, band_charts, said
from icstip.reports.aggregation.heat import HeatMap, heat_map
from icstip.reports.aggregation.slices import slices
from icstip.reports.aggregation.values import StructureReport, SumsReport
from icstip.reports.parts.causes import Listing, causes_of
from icstip.reports.parts.lettering import clipped, direction_of, named
from icstip.reports.parts.numbers import number, share
from icstip.reports.templates import template
from icstip.reports.validation.views.naming import LONGEST_NAME, Naming
from icstip.standard.model import TOTAL
from icstip.texts import RIGHT_TO_LEFT, text

MOST_CHANGES: Final = 50

_MORE: Final = "CHECK-001"


@dataclass(frozen=True, slots=True)
class SliceView:
    """A slice: its key by name, its coverage and its charts."""

    key: tuple[tuple[str, str], ...]
    heat: HeatMap
    charts: tuple[BandChart, ...]
    more: int


@dataclass(frozen=True, slots=True)
class StructureView:
    """A structure with what is drawn of it."""

    name: str
    id: str
    report: StructureReport
    set_aside: tuple[tuple[str, str, int], ...]
    slices: tuple[SliceView, ...]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A figure that changed: kind, group, period, key, before and after."""

    kind: str
    group: str
    period: str
    key: tuple[tuple[str, str], ...]
    before: str
    after: str


def aggregation_page(report: SumsReport, language: str = "en") -> str:
    """Return sums over areas as an HTML page, the same for the same sums.

    Args:
        report: The sums, with all that is told of them.
        language: One of `icstip.texts.LANGUAGES`.
    """
    told = [finding for finding in report.findings if finding.code != _MORE]
    unlisted: Counter[tuple[str, Severity]] = Counter()
    for finding in report.findings:
        if finding.code == _MORE:
            unlisted[str(finding.params["of"]), finding.severity] += finding.count
    set_aside: Counter[str] = Counter()
    for one in report.structures:
        set_aside.update(one.balance.set_aside)
    changed = _changes(report, language)
    beyond = {key: (count, count) for key, count in unlisted.items()}
    return template("aggregation.html.j2").render(
        language=language,
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
        text=partial(_text, language),
        t=partial(_text, language, "aggregation-page"),
        n=partial(number, language=language),
        share=partial(share, language=language),
        direction_of=direction_of,
        chart_size=(WIDTH, HEIGHT),
        report=report,
        choices=_choices(report, language),
        structures=[_structure(one, report, language) for one in report.structures],
        causes=causes_of(told, Listing(language, None, None, set_aside, beyond)),
        changed=changed,
        more_changes=0 if report.changes is None else report.changes.cells.height - len(changed),
    )


def _structure(one: StructureReport, report: SumsReport, language: str) -> StructureView:
    naming = Naming(one.schema, language)
    views = []
    for chosen in slices(one, report.groups) if one.coverage.height else ():
        heat = heat_map(chosen, one, language)
        charts = tuple(band_charts(chosen, one, language))
        views.append(SliceView(naming.key(chosen.key), heat, charts, len(heat.rows) - len(charts)))
    aside = tuple(
        (code, text(f"finding.{code}.title", language), count) for code, count in one.balance.set_aside.items()
    )
    return StructureView(
        name=clipped(named(one.schema.name, language) or one.schema.structure.id, LONGEST_NAME),
        id=one.schema.structure.id,
        report=one,
        set_aside=aside,
        slices=tuple(views),
    )


def _choices(report: SumsReport, language: str) -> list[tuple[str, str]]:
    """Return what was asked for, where something was, by name."""
    told = []
    for name, value in report.choices.items():
        if not value:
            continue
        if isinstance(value, dict):
            shown = ", ".join(f"{dimension}={'+'.join(codes)}" for dimension, codes in value.items())
        elif value is True:
            shown = "✓"
        else:
            shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        told.append((text(f"aggregation-page.choice.{name}", language), clipped(shown)))
    return told


def _changes(report: SumsReport, language: str) -> list[ChangeRow]:
    """Return the figures that changed, those that are broken down least before the others, as many as a page holds."""
    if report.changes is None:
        return []
    by_id = {one.schema.structure.id: one for one in report.structures}
    cells = report.changes.cells
    totals = pl.sum_horizontal((pl.col(name) == TOTAL).fill_null(value=False).cast(pl.Int32) for name in cells.columns)
    known = cells.filter(pl.col(STRUCTURE).is_in(list(by_id))).sort(totals, descending=True, maintain_order=True)
    return [_change(row, by_id[row[STRUCTURE]], language) for row in known.head(MOST_CHANGES).iter_rows(named=True)]


def _change(row: dict[str, str], one: StructureReport, language: str) -> ChangeRow:
    naming = Naming(one.schema, language)
    others = [name for name in one.schema.dimensions if name not in {one.area, one.time} and row.get(name)]
    return ChangeRow(
        kind=text(f"aggregation-page.changes.{row[KIND]}", language),
        group=naming.code(one.area, row[one.area]),
        period=row[one.time],
        key=naming.key({name: row[name] for name in others}),
        before=_figure(row, one, BEFORE, language),
        after=_figure(row, one, "", language),
    )


def _figure(row: dict[str, str], one: StructureReport, ending: str, language: str) -> str:
    """Return a figure with how many areas report it, of how many."""
    value, low, high = (row.get(f"{name}{ending}") for name in (one.value, one.low, one.high))
    areas = row.get(f"{REPORTING}{ending}")
    if areas is None:
        return "–"
    least, most = (value, value) if value else (low or "0", high)
    shown = said(float(least), float(most) if most else None, language)
    return f"{shown} ({areas}/{row.get(f'{EXPECTED_AREAS}{ending}')})"


def _text(language: str, *keys: str, **params: object) -> str:
    return text(".".join(keys), language, **params)
