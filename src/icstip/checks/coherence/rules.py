"""Rules on totals and their parts, and on stages that follow each other."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from icstip.checks.coherence.digits import meant
from icstip.checks.coherence.sums import (
    ALL_ZERO,
    ANSWER,
    CODE,
    FINDING,
    LARGER_PART,
    REASON,
    RELATION,
    SLICE,
    TOO_FEW,
    TOO_FEW_OF_ALL,
    TOO_MANY,
    Sums,
    sums_along,
)
from icstip.checks.observations import HIGH, LOW, ROW, Observations
from icstip.checks.results import Answer, Part, Reason, Total, Totals
from icstip.checks.rule import MORE, MOST_PLACES, VALUE, Found, Group, Hits, cells_of, finding_at, rule
from icstip.findings import Finding, TextId

UNCHECKED: Final = "SUM-005"
DIGITS: Final = "SUM-007"
_DRAWN_PARTIAL: Final = 5
_NUMBER: Final = "g"


@rule(Group.COHERENCE, TOO_MANY, TOO_FEW, TOO_FEW_OF_ALL, LARGER_PART, UNCHECKED, DIGITS, ALL_ZERO)
def totals(data: Observations) -> Iterator[Found]:
    """Find totals that do not fit their parts, along each dimension.

    Where a person is counted once, parts make up their total; where in every part that applies, no part is larger than
    the total and the total not more than all parts. A figure of which only bounds are known is an interval.
    """
    if data.measure is None:
        return
    digits: set[tuple[object, ...]] = set()
    for dimension in data.varying:
        sums = None if dimension in data.knowledge.no_sums else sums_along(data, dimension)
        for found in () if sums is None else _found(data, sums):
            if isinstance(found, Finding) and found.code == DIGITS:  # several totals can tell of the same figure
                told = (found.place.file, found.cells, found.params["instead"])
                if told in digits:
                    continue
                digits.add(told)
            yield found


def _found(data: Observations, sums: Sums) -> Iterator[Found]:
    yield from _answers(sums)
    broken = sums.totals.filter(pl.col(ANSWER) == str(Answer.BROKEN))
    for code in broken[FINDING].unique(maintain_order=True):
        yield from _broken(data, sums, broken.filter(pl.col(FINDING) == code))
    partial = sums.totals.filter(pl.col(ANSWER) == str(Answer.PARTIAL))
    yield from _partial(data, sums, partial)
    yield from _unchecked(data, sums)


def _broken(data: Observations, sums: Sums, broken: pl.DataFrame) -> Iterator[Found]:
    """Yield the totals that their parts contradict, as far as they are listed one by one."""
    drawn = _drawn(data, sums, broken.head(data.limits.listed))
    for total, row in zip(drawn, broken[ROW], strict=False):
        yield total
        yield _told(data, total, row)
        yield from _digits(data, total, row)
    yield from _beyond(data, broken[len(drawn) :])


def _answers(sums: Sums) -> Iterator[Totals]:
    """Yield how often totals of each code hold."""
    for code in dict.fromkeys(relation.whole for relation in sums.relations):
        own = sums.totals.filter(pl.col(CODE) == code)
        counted = Counter(own[ANSWER].to_list())
        reasons = Counter(own.filter(pl.col(ANSWER) == str(Answer.UNCHECKED))[REASON].to_list())
        because = {Reason(reason): number for reason, number in sorted(reasons.items())}
        if code == _first(sums) and sums.without_total:
            because[Reason.NO_TOTAL] = sums.without_total
            counted[str(Answer.UNCHECKED)] += sums.without_total
        answers = {answer: counted[str(answer)] for answer in Answer}
        if any(answers.values()):
            yield Totals(sums.dimension, code, answers, because)


def _first(sums: Sums) -> str:
    """Return the code of the total of all, or of the first one."""
    wholes = [relation.whole for relation in sums.relations]
    return next((code for code in wholes if code.startswith("_")), wholes[0])


def _drawn(data: Observations, sums: Sums, wholes: pl.DataFrame) -> list[Total]:
    """Return totals with their parts."""
    cells = sums.cells.filter(pl.col(SLICE).is_in(wholes[SLICE].unique().implode()))
    by_slice: dict[object, dict[str, Mapping[str, object]]] = {}
    for cell in cells.iter_rows(named=True):
        by_slice.setdefault(cell[SLICE], {})[cell[CODE]] = cell
    return [_total(data, sums, row, by_slice[row[SLICE]]) for row in wholes.iter_rows(named=True)]


def _total(
    data: Observations, sums: Sums, row: Mapping[str, object], by_code: Mapping[str, Mapping[str, object]]
) -> Total:
    relation = sums.relations[_int(row[RELATION])]
    parts = tuple(_part(data, by_code[code]) for code in relation.parts if code in by_code)
    first = data.frame.row(_int(row[ROW]), named=True)
    key = data.key(first, without=[sums.dimension])
    return Total(sums.dimension, key, _part(data, row), parts, Answer(str(row[ANSWER])), str(row[FINDING] or ""))


def _part(data: Observations, cell: Mapping[str, object]) -> Part:
    low, high = cell[LOW], cell[HIGH]
    return Part(
        str(cell[CODE]),
        float(low) if isinstance(low, float) else 0.0,
        float(high) if isinstance(high, float) else None,
        data.place_of(_int(cell[ROW])),
    )


def _told(data: Observations, total: Total, row: int, **params: object) -> Finding:
    low = sum(part.low for part in total.parts)
    highs = [part.high for part in total.parts]
    high = None if None in highs else sum(one for one in highs if one is not None)
    largest = max(total.parts, key=lambda part: part.low)
    if total.code == LARGER_PART:
        value, told_sum = _span(largest.low, largest.high), _span(total.whole.low, total.whole.high)
    else:
        value, told_sum = _span(total.whole.low, total.whole.high), _span(low, high)
    lacking = low - (total.whole.high or 0.0) if total.code == TOO_MANY else total.whole.low - (high or 0.0)
    finding = finding_at(
        data,
        total.code,
        [row],
        value,
        {
            "parts": " + ".join(f"{part.code} {_span(part.low, part.high)}" for part in total.parts),
            "sum": told_sum,
            "whole": total.whole.code,
            "part": largest.code,
            "difference": _number(lacking),
            "component": total.dimension,
            **params,
        },
    )
    # The total's own cell, then those of its parts.
    places = [total.whole.place, *(part.place for part in total.parts)]
    return replace(finding, cells=cells_of(places))


def _digits(data: Observations, total: Total, row: int) -> Iterator[Finding]:
    """Yield a figure that makes the total right once a digit is put in, taken out or exchanged."""
    figures = [total.whole, *total.parts]
    if total.code == LARGER_PART or any(one.low != one.high or one.low != round(one.low) for one in figures):
        return
    found = meant(round(total.whole.low), [round(part.low) for part in total.parts])
    if found is None:
        return
    place, number = found
    figure = total.whole if place < 0 else total.parts[place]
    named = finding_at(data, DIGITS, [row], _number(figure.low), {"instead": str(number)})
    key = ", ".join(part for part in (f"{total.dimension}={figure.code}", str(named.params["key"])) if part)
    cells = cells_of([figure.place])
    yield replace(
        named, place=replace(figure.place, key=named.place.key), cells=cells, params={**named.params, "key": key}
    )


def _partial(data: Observations, sums: Sums, partial: pl.DataFrame) -> Iterator[Found]:
    """Yield the totals that their parts do not reach: one finding for each code of a total, and kind of finding."""
    for code, kind in partial.select(CODE, FINDING).unique(maintain_order=True).iter_rows():
        own = partial.filter((pl.col(CODE) == code) & (pl.col(FINDING) == kind))
        drawn = _drawn(data, sums, own.head(_DRAWN_PARTIAL))
        yield from drawn
        for total, row in zip(drawn, own[ROW], strict=False):
            yield from _digits(data, total, row) if _usually_holds(sums, code) else ()
        finding = _told(data, drawn[0], own[ROW][0], times=own.height)
        yield replace(finding, cells=cells_of(map(data.place_of, own[ROW].head(MOST_PLACES))))


def _usually_holds(sums: Sums, code: str) -> bool:
    answers = sums.totals.filter(pl.col(CODE) == code)[ANSWER]
    return (answers == str(Answer.HOLDS)).sum() > (answers == str(Answer.PARTIAL)).sum()


def _unchecked(data: Observations, sums: Sums) -> Iterator[Finding]:
    """Yield why totals cannot be checked: one finding for each reason."""
    open_totals = sums.totals.filter(pl.col(ANSWER) == str(Answer.UNCHECKED))
    for reason in open_totals[REASON].unique(maintain_order=True):
        rows = open_totals.filter(pl.col(REASON) == reason)[ROW]
        yield _because(data, sums, rows.head(MOST_PLACES).to_list(), Reason(reason), rows.len())
    if sums.without_total:
        yield _because(data, sums, sums.cells[ROW].head(1).to_list(), Reason.NO_TOTAL, sums.without_total)


def _because(data: Observations, sums: Sums, rows: Sequence[int], reason: Reason, number: int) -> Finding:
    told = TextId(f"checks.unchecked.{reason}")
    return finding_at(
        data, UNCHECKED, rows, str(number), {"component": sums.dimension, "reason": told, "times": number}
    )


def _beyond(data: Observations, broken: pl.DataFrame) -> Iterator[Finding]:
    """Yield how many totals with the same finding there are beyond those that are told one by one."""
    if broken.height:
        params = {"of": str(broken[FINDING][0]), "times": broken.height}
        yield finding_at(data, MORE, broken[ROW].head(MOST_PLACES).to_list(), str(broken.height), params)


def _span(low: float, high: float | None) -> str:
    if high is None:
        return f"≥ {_number(low)}" if low else "?"
    return _number(low) if low == high else f"{_number(low)}–{_number(high)}"


def _number(value: float) -> str:
    return str(round(value)) if value == round(value) else f"{value:.6{_NUMBER}}"


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0


@rule(Group.COHERENCE, "SUM-006")
def stages(data: Observations) -> Iterator[Hits]:
    """Find later stages of which there are more than of an earlier one: more convicted than prosecuted."""
    for known in data.knowledge.stages:
        name = known.component
        if data.measure is None or name not in data.varying:
            continue
        # Of regions, other areas can report the earlier stage than the later one.
        cells = data.counted.filter(data.is_of(name, known.codes), ~data.is_of_several_areas).select(
            ROW, LOW, HIGH, pl.col(name).cast(pl.String).alias(CODE)
        )
        cells = cells.with_columns(data.ids_without(name).gather(cells[ROW]).alias(SLICE))
        for place, later in enumerate(known.codes):
            for earlier in known.codes[:place]:
                yield _exceeding(cells, earlier, later)


def _exceeding(cells: pl.DataFrame, earlier: str, later: str) -> Hits:
    before = cells.filter(pl.col(CODE) == earlier).select(SLICE, __most=pl.col(HIGH))
    both = cells.filter(pl.col(CODE) == later).join(before, on=SLICE, maintain_order="left")
    more = both.filter(pl.col(LOW) > pl.col("__most"))
    told = {VALUE: pl.col(LOW), "sum": pl.col("__most")}
    texts = (value.cast(pl.String).str.strip_suffix(".0").alias(name) for name, value in told.items())
    return Hits(more.select(ROW, *texts, part=pl.lit(later), whole=pl.lit(earlier)))
