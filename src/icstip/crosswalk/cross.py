"""Observations of one structure as observations of another, each carried, summed or left behind with its cause."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from icstip.crosswalk.causes import (
    BECOME_ONE,
    JOINED,
    NO_COUNTERPART,
    NO_NUMBER,
    NOT_ALLOWED,
    NOT_CARRIED,
    NOT_OF_A_SERIES,
    NOT_SAID,
    ROW,
    SUMMED,
    TAKEN,
    VALUE_OF_NONE,
    Cause,
    Flow,
    cause_of,
)
from icstip.crosswalk.groups import Summing
from icstip.crosswalk.mapping import apply_step, said
from icstip.crosswalk.route import Route, Step, is_dimension, target_column
from icstip.schema import Level
from icstip.standard.foreign import whole_value
from icstip.standard.model import ANY_PART, TOTAL, AllowedValues

BAD_NUMBER = "__bad_number"
"""The column that tells which observations have a measure that is no number."""


@dataclass(frozen=True)
class Missing:
    """What says that an observation has no value.

    Attributes:
        component: Id of the component.
        codes: Its codes that say it.
    """

    component: str
    codes: frozenset[str]


@dataclass(frozen=True)
class Crossed:
    """What became of observations.

    Attributes:
        frame: Those of the target: its columns, and the number of the observation that each comes from.
        causes: Why others were left behind, see `Flow`: a row each, and one more with the number of its first part for
            a sum that was left behind.
        sums: How many of the observations are sums of several.
        notes: What is to be told of those that were carried.
    """

    frame: pl.DataFrame
    causes: pl.DataFrame
    sums: int
    notes: tuple[Cause, ...]


def cross(
    observations: pl.DataFrame, route: Route, missing: Missing, doubtful: pl.DataFrame, *, sums: bool = False
) -> Crossed:
    """Return what observations become.

    Args:
        observations: A column for each component of the source: codes and texts as texts, measures as numbers; their
            numbers (`ROW`), and which of them have a measure that is no number (`BAD_NUMBER`).
        route: The crosswalk.
        missing: What says that an observation has no value.
        doubtful: Observations that were set aside before, in the same columns: a sum without them would be too small.
        sums: Whether parts of groups are summed.
    """
    flow = Flow(observations)
    flow.leave(pl.col(BAD_NUMBER), NO_NUMBER, JOINED.join(one.id for one in route.source.measures), pl.lit(""))
    _leave_values_of_none(flow, route, missing)
    _leave_lost_breakdowns(flow, route)
    grouped = {group.component for group in route.groups}
    whole = pl.concat([observations, doubtful])
    done: list[Step] = []
    # Parts of groups come last: what is left behind for another reason cannot be summed.
    for step in sorted(route.steps, key=lambda one: bool(grouped.intersection(one.sources))):
        if parts := grouped.intersection(step.sources):
            summed = Flow(Summing(route, whole, sums).take(flow, step))
            for before in done:  # none is left behind there: its parts were not
                apply_step(summed, before)
            flow.frame = pl.concat([flow.frame, summed.frame], how="diagonal_relaxed")
        apply_step(flow, step, last=next(iter(parts), ""))
        done.append(step)
    _leave_what_the_target_does_not_have(flow, route)
    for values in route.allowed:
        _leave_what_is_not_allowed(flow, values)
    _leave_repeated(flow, route)
    frame, varying = _without_varying(flow.frame, route)
    notes = (*varying, *_notes(frame, route))
    causes = flow.all_causes()
    # A sum has the number of one of its parts.
    made = frame.join(causes.filter(pl.col("code") == SUMMED), on=ROW, how="semi").height
    return Crossed(_target(frame, route), causes, made, notes)


def _leave_values_of_none(flow: Flow, route: Route, missing: Missing) -> None:
    if missing.component in route.components:
        has_value = pl.any_horizontal(
            pl.col(one.id).is_not_null() & pl.col(one.id).is_not_nan() for one in route.source.measures
        )
        wrong = pl.col(missing.component).is_in(sorted(missing.codes)) & has_value
        flow.leave(wrong, VALUE_OF_NONE, missing.component, pl.col(missing.component))


def _leave_lost_breakdowns(flow: Flow, route: Route) -> None:
    """Leave observations behind that are broken down by a dimension which becomes nothing."""
    for component in route.source.components:
        if is_dimension(component) and component.id not in route.used:
            flow.leave(said(component.id) != TOTAL, NO_COUNTERPART, component.id, said(component.id))


def _leave_what_the_target_does_not_have(flow: Flow, route: Route) -> None:
    origin = {target: JOINED.join(step.sources) or target for step in route.steps for target in step.targets}
    for column in route.schema.columns:
        name = target_column(column.id)
        if name not in flow.frame.columns:
            if column.mandatory:
                flow.leave(pl.lit(value=True), NOT_SAID, column.id, pl.lit(""))
            continue
        if column.mandatory:
            flow.leave(said(name) == "", NOT_SAID, origin[column.id], pl.lit(""))
        if column.codes is not None:
            known = sorted(set(column.codes) - route.schema.refused.get(column.id, frozenset()))
            unknown = pl.col(name).is_not_null() & ~pl.col(name).is_in(known)
            flow.leave(unknown, NO_COUNTERPART, column.id, pl.col(name))


def _leave_what_is_not_allowed(flow: Flow, values: AllowedValues) -> None:
    by, name = target_column(values.by), target_column(values.component)
    columns = flow.frame.columns
    if by not in columns:
        return
    value = said(name) if name in columns else pl.lit("")
    holds = value.str.contains(whole_value(values.pattern)) if values.pattern else value.is_in(list(values.codes))
    concerned = said(by) != TOTAL if values.code == ANY_PART else pl.col(by) == values.code
    code = pl.when(value == "").then(pl.lit(NOT_SAID)).otherwise(pl.lit(NOT_ALLOWED))
    flow.leave(concerned & ~holds, code, values.component, value)


def _leave_repeated(flow: Flow, route: Route) -> None:
    """Leave observations behind that would have one key: what is right for them, no table says."""
    key = [target_column(name) for name in route.schema.dimensions if target_column(name) in flow.frame.columns]
    if flow.frame.height:
        flow.leave(
            pl.struct(key).is_duplicated(),
            BECOME_ONE,
            "",
            pl.concat_str([said(name) for name in key], separator="."),
        )


def _without_varying(frame: pl.DataFrame, route: Route) -> tuple[pl.DataFrame, list[Cause]]:
    """Return observations without attributes of a series that differ within it, and what to tell of those.

    One structure has for each observation what another one has once for a series.
    """
    notes: list[Cause] = []
    series = [target_column(name) for name in route.schema.series_dimensions]
    for column in route.schema.at_level(Level.SERIES):
        name = target_column(column)
        if name not in frame.columns or not frame.height or route.schema.by_id[column].mandatory:
            continue
        varies = frame.select((said(name).n_unique().over(series) > 1).alias("varies")).to_series()
        told = frame.filter(varies & (frame[name].cast(pl.String).fill_null("") != ""))
        if told.height:
            notes.append(cause_of(told, NOT_OF_A_SERIES, column))
            frame = frame.with_columns(pl.when(varies).then(None).otherwise(pl.col(name)).alias(name))
    return frame, notes


def _target(frame: pl.DataFrame, route: Route) -> pl.DataFrame:
    """Return the columns of the target that say something, in their order, and the number of each observation."""
    needed = {*route.schema.dimensions, *route.schema.measures}
    names = {column.id: target_column(column.id) for column in route.schema.columns}
    kept = [
        pl.col(name).alias(component)
        for component, name in names.items()
        if name in frame.columns and (component in needed or frame[name].count())
    ]
    return frame.select(ROW, *kept)


def _notes(frame: pl.DataFrame, route: Route) -> Iterator[Cause]:
    """Yield what attributes of the source cannot be carried, and what was taken where nothing was said."""
    for component in route.source.components:
        if not is_dimension(component) and component.id not in route.used and component.id in frame.columns:
            told = frame.filter(said(component.id) != "")
            if told.height:
                yield cause_of(told, NOT_CARRIED, component.id)
    for step in route.steps:
        if step.default and step.sources:
            taken = frame.filter(pl.all_horizontal(said(name) == "" for name in step.sources))
            if taken.height:
                yield cause_of(taken, TAKEN, step.targets[0], step.default)
