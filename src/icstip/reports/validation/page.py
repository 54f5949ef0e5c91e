"""The report of a validation as one page that needs nothing but itself: for those who made the data."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from icstip.findings import Severity
from icstip.reports.parts.bars import Part, figure_parts
from icstip.reports.parts.lettering import clipped, direction_of, named
from icstip.reports.parts.numbers import number, share
from icstip.reports.scales import BAR
from icstip.reports.templates import template
from icstip.reports.validation.report import DataSetReport, FileReport, ValidationReport
from icstip.reports.validation.views.coverage import CoverageView, coverage_view
from icstip.reports.validation.views.found import causes_found
from icstip.reports.validation.views.naming import LONGEST_NAME, Naming, shared
from icstip.reports.validation.views.rules import rules_view
from icstip.reports.validation.views.series import HEIGHT, WIDTH, Chart, chart
from icstip.reports.validation.views.totals import (
    HoldsRow,
    TotalDrawing,
    TotalView,
    holds_rows,
    instead_of,
    worst_first,
)
from icstip.texts import RIGHT_TO_LEFT, text

MOST_TOTALS: Final = 30
MOST_CHARTS: Final = 12

_FAR: Final = "SERIES-001"
_ABSENT: Final = "ABSENT-001"
_SEVERITIES: Final = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class FileView:
    """What became of the figures of a file.

    Attributes:
        total: All figures: those read of a table, the observations of a message.
        adds_up: Whether they are the sum of the parts.
    """

    file: FileReport
    total: int
    observations: tuple[Part, ...]
    aside: tuple[Part, ...]
    adds_up: bool


@dataclass(frozen=True, slots=True)
class DataView:
    """A data set with its drawings.

    Attributes:
        common_totals, common_charts: Dimensions that are said once for all totals, and for all charts, by name.
        more_totals, more_charts: How many are not drawn.
    """

    file: str
    name: str
    structure: str
    coverage: CoverageView | None
    holds: tuple[HoldsRow, ...]
    common_totals: tuple[tuple[str, str], ...]
    totals: tuple[TotalView, ...]
    more_totals: int
    common_charts: tuple[tuple[str, str], ...]
    charts: tuple[Chart, ...]
    more_charts: int


def validation_page(report: ValidationReport, language: str = "en") -> str:
    """Return the report of a validation as an HTML page, the same for the same report.

    Args:
        report: What was checked, and what was found.
        language: One of `icstip.texts.LANGUAGES`.
    """
    causes = causes_found(report, language)
    files = [_file_view(file, language) for file in report.files]
    datasets = _data_views(report.files, language)
    counts = {str(severity): report.count(severity) for severity in _SEVERITIES}
    return template("validation.html.j2").render(
        language=language,
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
        text=partial(_text, language),
        t=partial(_text, language, "validation"),
        n=partial(number, language=language),
        share=partial(share, language=language),
        direction_of=direction_of,
        bar=BAR,
        chart_size=(WIDTH, HEIGHT),
        report=report,
        heading=", ".join(clipped(file.file, LONGEST_NAME) for file in report.files[:3]) or "–",
        counts=counts,
        verdict=_verdict(report),
        files=files,
        more_files=max(0, len(files) - 3),
        figures=sum(part.figures for view in files for part in view.observations),
        set_aside=sum(part.figures for view in files for part in view.aside),
        datasets=datasets,
        drawn=_drawn(datasets),
        causes=causes,
        rules=rules_view(report, causes, language),
    )


def _verdict(report: ValidationReport) -> str:
    """Return the severity of the worst finding, or ``clean``."""
    return next((str(severity) for severity in _SEVERITIES if report.count(severity)), "clean")


def _drawn(datasets: Iterable[DataView]) -> dict[str, str]:
    """Return the sections in which findings are drawn, by the codes of the findings."""
    drawn: dict[str, str] = {}
    for data in datasets:
        drawn |= dict.fromkeys((total.code for total in data.totals), "totals")
        drawn |= dict.fromkeys((_FAR,) if data.charts else (), "series")
        drawn |= dict.fromkeys((_ABSENT,) if data.coverage and data.coverage.absent else (), "coverage")
    return drawn


def _file_view(file: FileReport, language: str) -> FileView:
    observed = sum(data.observations for data in file.datasets)
    set_aside = {} if file.balance is None else file.balance.set_aside
    observations, aside = figure_parts(file.datasets, set_aside, language)
    kinds = sum(part.figures for part in observations)
    balanced = file.balance is None or (file.balance.adds_up and file.balance.observations == observed)
    total = observed if file.balance is None else file.balance.figures_read
    return FileView(file, total, observations, aside, adds_up=balanced and kinds == observed)


def _data_views(files: Iterable[FileReport], language: str) -> list[DataView]:
    views: list[DataView] = []
    for file in files:
        for data in file.datasets:
            totals = MOST_TOTALS - sum(len(view.totals) for view in views)
            charts = MOST_CHARTS - sum(len(view.charts) for view in views)
            views.append(_data_view(file, data, language, totals, charts))
    return views


def _data_view(file: FileReport, data: DataSetReport, language: str, totals: int, charts: int) -> DataView:
    naming, checked = Naming(data.schema, language), data.checked
    common_totals = shared(total.key for total in checked.totals)
    common_charts = shared(outlier.key for outlier in checked.outliers)
    drawing = TotalDrawing(naming, checked.settings, instead_of(checked.findings), frozenset(common_totals))
    return DataView(
        file=clipped(file.file, LONGEST_NAME),
        name=clipped(named(data.schema.name, language) or data.schema.structure.id, LONGEST_NAME),
        structure=str(data.schema.structure if data.schema.dataflow is None else data.schema.dataflow),
        coverage=None if checked.coverage is None else coverage_view(checked.coverage, naming),
        holds=holds_rows(checked.answers, naming),
        common_totals=naming.key(common_totals),
        totals=tuple(drawing.view(total) for total in worst_first(checked.totals)[:totals]),
        more_totals=max(0, len(checked.totals) - totals),
        common_charts=naming.key(common_charts),
        charts=tuple(chart(outlier, naming, frozenset(common_charts)) for outlier in checked.outliers[:charts]),
        more_charts=max(0, len(checked.outliers) - charts),
    )


def _text(language: str, *keys: str, **params: object) -> str:
    return text(".".join(keys), language, **params)
