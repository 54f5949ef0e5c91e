"""Totals that do not fit their parts, as small tables: parts, total, and what is between them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from icstip.checks.results import Answer, Part, Total, Totals
from icstip.checks.rule import severity_of
from icstip.checks.settings import RuleSettings
from icstip.findings import Finding, Place, Severity
from icstip.reports.parts.numbers import figure, number
from icstip.reports.scales import stacked
from icstip.reports.validation.views.naming import Naming
from icstip.texts import RIGHT_TO_LEFT, text

LISTED_PARTS: Final = 12
ADDENDS: Final = 8
ABREAST: Final = 3
SHOWN_ANSWERS: Final = (Answer.HOLDS, Answer.PARTIAL, Answer.BROKEN, Answer.UNCHECKED)

_LEFT_TO_RIGHT, _POP_ISOLATE = "\u2066", "\u2069"
_DIGIT: Final = "SUM-007"
_PART, _STAGE = "SUM-004", "SUM-006"


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of a small table.

    Attributes:
        name: What it is of.
        figure: How it is written, an interval as ``1–4``.
        cell: Its address, or its row as the page says it; empty where it has neither.
        mark: ``larger`` if it is larger than its total, ``later`` than an earlier stage, or empty.
        instead: What it may be if a digit was lost or exchanged, or empty.
    """

    name: str
    figure: str
    cell: str
    mark: str
    instead: str


@dataclass(frozen=True, slots=True)
class TotalView:
    """A total with its parts.

    Attributes:
        code, severity: The finding about it.
        dimension: Name of the dimension along which the parts make up the total.
        key: Other dimensions and codes by name.
        parts: The parts that are listed; `others` counts the further ones, `others_sum` is what they make up.
        whole: The total.
        kind: ``missing``, ``over``, ``rest``, ``larger``, ``later`` or ``other``.
        difference: What is missing or too many, or empty.
        sentence: The arithmetic in words.
        in_row: Whether the cells stand beside each other in the table, not below each other.
    """

    code: str
    severity: Severity
    dimension: str
    key: tuple[tuple[str, str], ...]
    parts: tuple[Line, ...]
    others: int
    others_sum: str
    whole: Line
    kind: str
    difference: str
    sentence: str
    in_row: bool


@dataclass(frozen=True, slots=True)
class HoldsRow:
    """How often the totals along a dimension hold: counts in the order of `SHOWN_ANSWERS`, with bars; reasons."""

    name: str
    whole: str
    counts: tuple[int, ...]
    bars: tuple[tuple[float, float], ...]
    reasons: tuple[tuple[str, int], ...]


def holds_rows(answers: Iterable[Totals], naming: Naming) -> tuple[HoldsRow, ...]:
    """Return how often totals hold, a row for each dimension."""
    rows = []
    for one in answers:
        counts = tuple(one.answers.get(answer, 0) for answer in SHOWN_ANSWERS)
        reasons = tuple((str(reason), count) for reason, count in one.reasons.items() if count)
        whole = naming.code(one.dimension, one.whole)
        rows.append(HoldsRow(naming.component(one.dimension), whole, counts, stacked(counts), reasons))
    return tuple(rows)


def worst_first(totals: Iterable[Total]) -> list[Total]:
    """Return totals with the broken ones first, otherwise as they come."""
    return sorted(totals, key=lambda total: total.answer is not Answer.BROKEN)


def instead_of(findings: Iterable[Finding]) -> dict[Place, str]:
    """Return what figures may be of which a digit was lost or exchanged, by their place without its key."""
    return {_bare(one.place): str(one.params["instead"]) for one in findings if one.code == _DIGIT}


@dataclass(frozen=True, slots=True)
class TotalDrawing:
    """Draws the totals of a data set.

    Attributes:
        naming: Names of components and codes.
        settings: What was wanted of the rules.
        instead: What figures may be, by place.
        common: Dimensions that are said once for all totals.
    """

    naming: Naming
    settings: RuleSettings
    instead: dict[Place, str]
    common: frozenset[str]

    def view(self, total: Total) -> TotalView:
        """Return a total as a page shows it."""
        language = self.naming.language
        listed = _listed(total)
        others = [part for part in total.parts if part not in listed]
        kind, difference = _difference(total)
        sentence = self._sentence(total, kind, difference)
        return TotalView(
            code=total.code,
            severity=severity_of(total.code, self.settings),
            dimension=self.naming.component(total.dimension),
            key=self.naming.key(total.key, self.common),
            parts=tuple(self._line(total, part) for part in listed),
            others=len(others),
            others_sum=interval(*summed(others), language),
            whole=self._line(total, total.whole),
            kind=kind,
            difference=interval(*difference, language) if difference else "",
            sentence=sentence,
            in_row=not others and len(listed) <= ABREAST and _in_row((*listed, total.whole)),
        )

    def _line(self, total: Total, part: Part) -> Line:
        place, language = part.place, self.naming.language
        row = "" if place.row is None else text("report.findings.row", language, row=number(place.row, language))
        return Line(
            name=self.naming.code(total.dimension, part.code),
            figure=interval(part.low, part.high, language),
            cell=place.cell or row,
            mark=_larger(total.code) if part is not total.whole and _is_larger(part, total.whole) else "",
            instead=self.instead.get(_bare(place), ""),
        )

    def _sentence(self, total: Total, kind: str, difference: tuple[float, float | None] | None) -> str:
        language = self.naming.language
        if kind in {"larger", "later"}:
            part = next(part for part in total.parts if _is_larger(part, total.whole))
            params = {
                "part": self.naming.code(total.dimension, part.code),
                "whole": self.naming.code(total.dimension, total.whole.code),
                "value": interval(part.low, part.high, language),
            }
        else:
            params = {"sum": _addition(total.parts, language)}
            if difference:
                params["difference"] = interval(*difference, language)
        params["total"] = interval(total.whole.low, total.whole.high, language)
        names = {"part", "whole"}
        said = {name: value if name in names else numeric(value, language) for name, value in params.items()}
        return text(f"validation.totals.says-{kind}", language, **said)


def interval(low: float, high: float | None, language: str) -> str:
    """Return a figure that is known between bounds: ``90``, ``1–4``, ``≥ 5``."""
    if high is None:
        return f"≥ {figure(low, language)}"
    return figure(low, language) if low == high else f"{figure(low, language)}–{figure(high, language)}"


def numeric(value: str, language: str) -> str:
    """Return numbers and signs so that they run from left to right among words that run to the left."""
    return f"{_LEFT_TO_RIGHT}{value}{_POP_ISOLATE}" if language in RIGHT_TO_LEFT else value


def summed(parts: Sequence[Part]) -> tuple[float, float | None]:
    """Return the least and the most that parts make up; None where nobody knows the most."""
    highs = [part.high for part in parts if part.high is not None]
    return math.fsum(part.low for part in parts), math.fsum(highs) if len(highs) == len(parts) else None


def _difference(total: Total) -> tuple[str, tuple[float, float | None] | None]:
    """Return what is wrong, and by how much: at least, and at most."""
    whole, (low, high) = total.whole, summed(total.parts)
    if total.code in {_PART, _STAGE} and any(_is_larger(part, whole) for part in total.parts):
        return _larger(total.code), None
    if whole.high is not None and low > whole.high:
        return "over", (low - whole.high, None if high is None else high - whole.low)
    kind = "missing" if total.answer is Answer.BROKEN else "rest"
    most = None if whole.high is None else whole.high - low
    if high is not None and high < whole.low:
        return kind, (whole.low - high, most)
    return ("rest", (0.0, most)) if total.answer is Answer.PARTIAL and most != 0 else ("other", None)


def _larger(code: str) -> str:
    """Return what a larger part is: of a total, or of an earlier stage, where it can be right."""
    return "later" if code == _STAGE else "larger"


def _is_larger(part: Part, whole: Part) -> bool:
    return whole.high is not None and part.low > whole.high


def _listed(total: Total) -> tuple[Part, ...]:
    """Return the parts that are listed: those larger than the total and the largest, in their order."""
    if len(total.parts) <= LISTED_PARTS:
        return total.parts
    order = sorted(range(len(total.parts)), key=lambda i: -total.parts[i].low)
    return tuple(total.parts[i] for i in sorted(order[:LISTED_PARTS]))


def _addition(parts: Sequence[Part], language: str) -> str:
    """Return parts as a sum, ``60 + (1–4) = 61–64``, without its middle where it is long."""
    written = [interval(part.low, part.high, language) for part in parts]
    addends = [said if part.low == part.high else f"({said})" for part, said in zip(parts, written, strict=True)]
    if len(addends) > ADDENDS:
        addends = [*addends[: ADDENDS - 2], "…", addends[-1]]
    made = interval(*summed(parts), language)
    return f"{' + '.join(addends)} = {made}" if len(parts) != 1 else made


def _in_row(parts: Sequence[Part]) -> bool:
    """Return whether the cells of figures stand beside each other."""
    rows = {(part.place.cell or "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for part in parts}
    return len(rows) == 1 and "" not in rows


def _bare(place: Place) -> Place:
    return Place(place.file, place.sheet, place.cell, place.row)
