"""What components become: joins with the tables of a crosswalk, never a loop over observations."""

from collections.abc import Sequence

import polars as pl

from icstip.crosswalk.causes import JOINED, NO_COUNTERPART, NOT_FIXED, NOT_SAID, SEVERAL, Flow
from icstip.crosswalk.route import HIT, Step, source_column, target_column

_KEY = "__key_{}"


def apply_step(flow: Flow, step: Step, last: str = "") -> None:
    """Add what the targets of a step become, and leave behind what has no counterpart.

    Args:
        flow: The observations.
        step: What becomes of some components.
        last: The component that is only said to have no counterpart where no other one is at fault.
    """
    if not step.sources:
        flow.frame = flow.frame.with_columns(pl.lit(step.fixed).alias(target_column(name)) for name in step.targets)
    elif not step.targets:
        name = step.sources[0]
        flow.leave(pl.col(name).is_not_null() & (pl.col(name) != step.fixed), NOT_FIXED, name, pl.col(name))
    elif step.pairs is None:
        _copy(flow, step)
    else:
        flow.frame = joined(flow.frame, step)
        flow.leave(pl.col(HIT).eq(other=False), SEVERAL, JOINED.join(step.sources), _codes(step.sources))
        flow.leave(pl.col(HIT).is_null(), *missing(step, last))
        flow.frame = flow.frame.drop(HIT)


def joined(frame: pl.DataFrame, step: Step) -> pl.DataFrame:
    """Return observations with the targets of a step, and whether there is one of each: null where there is none.

    Args:
        frame: Observations.
        step: A step with pairs.
    """
    if step.pairs is None:
        return frame
    keys = {_KEY.format(n): said(name) for n, name in enumerate(step.sources)}
    found = frame.with_columns(**keys).join(
        step.pairs,
        left_on=list(keys),
        right_on=[source_column(n) for n in range(len(step.sources))],
        how="left",
        maintain_order="left",
    )
    if step.default:
        nothing = pl.all_horizontal(pl.col(key) == "" for key in keys) & pl.col(HIT).is_null()
        target = target_column(step.targets[0])
        found = found.with_columns(
            pl.when(nothing).then(pl.lit(step.default)).otherwise(pl.col(target)).alias(target),
            pl.when(nothing).then(pl.lit(value=True)).otherwise(pl.col(HIT)).alias(HIT),
        )
    return found.drop(*keys)


def missing(step: Step, last: str = "") -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Return why combinations of codes are in no pair: the code of the finding, the component, and its code.

    What is not said goes before a code that no pair has, and that before a combination. A component that `last` names
    is only to blame where no other one is.
    """
    order = sorted(range(len(step.sources)), key=lambda n: step.sources[n] == last)
    absent = {step.sources[n]: said(step.sources[n]) == "" for n in order}
    unknown = {step.sources[n]: ~said(step.sources[n]).is_in(sorted(step.known[n])) for n in order}
    blamed = [*absent.items(), *unknown.items()]
    component = pl.coalesce(
        *(pl.when(holds).then(pl.lit(name)) for name, holds in blamed), pl.lit(JOINED.join(step.sources))
    )
    value = pl.coalesce(*(pl.when(holds).then(said(name)) for name, holds in blamed), _codes(step.sources))
    code = pl.when(pl.any_horizontal(absent.values())).then(pl.lit(NOT_SAID)).otherwise(pl.lit(NO_COUNTERPART))
    return code, component, value


def said(name: str) -> pl.Expr:
    """Return what stands in a column, nothing as an empty text."""
    return pl.col(name).cast(pl.String).fill_null("")


def _copy(flow: Flow, step: Step) -> None:
    value = pl.col(step.sources[0])
    if step.default:
        value = value.fill_null(step.default)
    flow.frame = flow.frame.with_columns(value.alias(target_column(step.targets[0])))


def _codes(names: Sequence[str]) -> pl.Expr:
    return pl.concat_str([said(name) for name in names], separator=JOINED)
