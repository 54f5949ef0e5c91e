"""The bar of all figures: what became of them, drawn to scale, with the lines of the table below it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from icstip.findings import Finding, Place
from icstip.reports.scales import stacked
from icstip.texts import text

ASIDE_STYLES = 6


class Counted(Protocol):
    """A data set of which is known how many observations have a value, bounds only, or neither."""

    @property
    def values(self) -> int:
        """Those with a value."""

    @property
    def bounded(self) -> int:
        """Those with bounds only."""

    @property
    def missing(self) -> int:
        """Those without either."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bar of all figures, which is also a line of the table below it."""

    style: str
    title: str
    code: str
    figures: int
    start: float
    width: float


def figure_parts(
    datasets: Iterable[Counted], set_aside: Mapping[str, int], language: str
) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return the parts of the bar: the observations, and what was set aside by code, the most first."""
    data = tuple(datasets)
    written = [
        ("values", text("report.balance.values", language), "", sum(each.values for each in data)),
        ("bounds", text("report.balance.bounds", language), "", sum(each.bounded for each in data)),
        ("missing", text("report.balance.missing", language), "", sum(each.missing for each in data)),
    ]
    by_size = sorted(set_aside.items(), key=lambda item: (-item[1], item[0]))
    aside = [
        (f"aside{i % ASIDE_STYLES}", Finding(code, Place("")).title(language), code, figures)
        for i, (code, figures) in enumerate(by_size)
    ]
    drawn = stacked([figures for *_, figures in (*written, *aside)])
    parts = tuple(Part(*part, *bar) for part, bar in zip((*written, *aside), drawn, strict=True))
    return parts[: len(written)], parts[len(written) :]
