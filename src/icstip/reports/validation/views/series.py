"""Series with a figure far from the others, as line charts: points of a drawing, whichever way its words run."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from icstip.checks.results import Outlier
from icstip.findings import Place
from icstip.reports.parts.lettering import LONGEST_PERIOD, clipped
from icstip.reports.parts.numbers import figure, number
from icstip.reports.scales import ticks
from icstip.reports.validation.views.naming import Naming
from icstip.reports.validation.views.totals import interval, numeric
from icstip.texts import RIGHT_TO_LEFT

WIDTH: Final = 460
HEIGHT: Final = 200
MOST_POINTS: Final = 120
_START, _END, _TOP, _BOTTOM = 52.0, 26.0, 30.0, 28.0
_LETTER: Final = 7.2
_NEAR: Final = 70.0


@dataclass(frozen=True, slots=True)
class Point:
    """A figure in the chart; the label of its period is empty where there is no room for one."""

    period: str
    value: str
    x: float
    y: float | None
    label: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Band:
    """Where figures like the others lie."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A series as a line chart.

    Attributes:
        key: Dimensions and codes by name.
        place: Where the figure stands.
        points: Its points in the order of time; `earlier` counts those before them that are not drawn.
        lines: Points of each unbroken line, as SVG has them.
        ticks: Values of the scale with their height, and where their words begin.
        band: The usual range, and how it is written.
    """

    key: tuple[tuple[str, str], ...]
    place: Place
    points: tuple[Point, ...]
    earlier: int
    lines: tuple[str, ...]
    ticks: tuple[tuple[str, float], ...]
    axis: float
    band: Band
    usual: str
    marked: Point

    @property
    def anchor(self) -> str:
        """On which side of the axis the words of the scale stand, as SVG calls it."""
        return "start" if self.axis > WIDTH / 2 else "end"


def chart(outlier: Outlier, naming: Naming, common: frozenset[str]) -> Chart:
    """Return a series as a chart; time runs as the language is read."""
    language = naming.language
    earlier = _earlier(outlier)
    drawn = outlier.points[earlier:]
    values = [value for _, value in drawn if value is not None and math.isfinite(value)]
    scale = ticks(math.ceil(max([outlier.high, 1.0, *values])))
    least, greatest = min([0.0, outlier.low, *values]), float(scale[-1])
    backwards = language in RIGHT_TO_LEFT

    def height(value: float) -> float:
        part = (min(value, greatest) - least) / (greatest - least)
        return round(HEIGHT - _BOTTOM - part * (HEIGHT - _TOP - _BOTTOM), 1)

    def across(x: float) -> float:
        return round(WIDTH - x if backwards else x, 1)

    places = [across(x) for x in _places(len(drawn))]
    position = [period for period, _ in drawn].index(outlier.period)
    labels = _labels([clipped(period, LONGEST_PERIOD) for period, _ in drawn], places, position)
    points = tuple(
        Point(
            period=clipped(period, LONGEST_PERIOD),
            value="–" if value is None else figure(value, language),
            x=x,
            y=None if value is None or not math.isfinite(value) else height(value),
            label=label,
            marked=period == outlier.period,
        )
        for (period, value), x, label in zip(drawn, places, labels, strict=True)
    )
    return Chart(
        key=naming.key(outlier.key, common),
        place=outlier.place,
        points=points,
        earlier=earlier,
        lines=_lines(points),
        ticks=tuple((number(tick, language), height(tick)) for tick in scale),
        axis=across(_START - 12),
        band=_band(height(outlier.high), height(outlier.low), backwards=backwards),
        usual=numeric(interval(outlier.low, outlier.high, language), language),
        marked=points[position],
    )


def _earlier(outlier: Outlier) -> int:
    """Return how many points are not drawn: the first ones of a long series, but never the figure itself."""
    periods = [period for period, _ in outlier.points]
    return min(max(0, len(periods) - MOST_POINTS), periods.index(outlier.period))


def _places(count: int) -> list[float]:
    room = WIDTH - _START - _END
    return [_START + room * (i / (count - 1) if count > 1 else 0.5) for i in range(count)]


def _labels(periods: Sequence[str], places: Sequence[float], marked: int) -> list[str]:
    """Return the periods that are written: all where there is room, else that of the figure, the first and the last."""
    if len(periods) * (max(map(len, periods)) * _LETTER + 6) <= WIDTH - _START:
        return list(periods)
    kept = {marked} | {i for i in (0, len(periods) - 1) if abs(places[i] - places[marked]) >= _NEAR}
    return [period if i in kept else "" for i, period in enumerate(periods)]


def _lines(points: Sequence[Point]) -> tuple[str, ...]:
    lines: list[list[str]] = [[]]
    for point in points:
        if point.y is None:
            lines.append([])
        else:
            lines[-1].append(f"{point.x},{point.y}")
    return tuple(" ".join(line) for line in lines if len(line) > 1)


def _band(top: float, bottom: float, *, backwards: bool) -> Band:
    begin, end = _START - 12, WIDTH - _END + 12
    # A range of a single value is drawn too.
    return Band(WIDTH - end if backwards else begin, top, end - begin, round(max(2.0, bottom - top), 1))
