"""Why observations are set aside: for each the first cause, and a finding for all that share one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

import polars as pl

from icstip.crosswalk.route import Route
from icstip.findings import Finding, Named, Place, Severity, TableText
from icstip.standard.model import ANY_PART, Codelist, Reason, Texts

ROW: Final = "__row"
"""The column with the number of an observation."""

NO_COUNTERPART: Final = "CROSS-001"
NOT_SAID: Final = "CROSS-002"
IN_ITS_GROUP: Final = "CROSS-003"
GROUP_ABSENT: Final = "CROSS-004"
NO_SUM: Final = "CROSS-005"
SUMMED: Final = "CROSS-006"
NO_NUMBER: Final = "CROSS-007"
NOT_ALLOWED: Final = "CROSS-008"
NOT_CARRIED: Final = "CROSS-009"
TAKEN: Final = "CROSS-010"
SEVERAL: Final = "CROSS-011"
BECOME_ONE: Final = "CROSS-012"
OTHER_STRUCTURE: Final = "CROSS-013"
NO_OBSERVATION: Final = "CROSS-014"
VALUE_OF_NONE: Final = "CROSS-015"
NOT_FIXED: Final = "CROSS-016"
NOT_OF_A_SERIES: Final = "CROSS-017"

JOINED: Final = ", "
"""Between components, and between their codes, where only the combination of codes has no counterpart."""

PlaceOf = Callable[[int], Place]

_CAUSE = {"code": pl.String, "component": pl.String, "value": pl.String, "note": pl.String}


@dataclass(frozen=True, slots=True)
class Cause:
    """What holds for some observations.

    Attributes:
        code: Code of the finding that tells it.
        component: The component that it is about.
        value: What stands there; None or nothing where nothing does.
        note: The group of a part, or which variant of the finding tells it.
        times: How many observations there are.
        row: The number of the first one.
    """

    code: str
    component: str
    value: str | None
    note: str
    times: int
    row: int


@dataclass
class Flow:
    """Observations on their way, and those that were left behind.

    Attributes:
        frame: The observations that are still on their way.
        causes: The rows that were left behind with the cause: ``code``, ``component``, ``value``, and a ``note``.
    """

    frame: pl.DataFrame
    causes: list[pl.DataFrame] = field(default_factory=list)

    def leave(self, wrong: pl.Expr, code: str | pl.Expr, component: str | pl.Expr, value: pl.Expr) -> None:
        """Leave the observations behind for which something holds."""
        marked = self.frame.select(wrong.fill_null(value=False).alias("wrong").cast(pl.Boolean)).to_series()
        if marked.any():
            # What holds for all is one value, not one for each.
            holds = (
                marked if len(marked) == self.frame.height else pl.repeat(value=True, n=self.frame.height, eager=True)
            )
            self.leave_rows(self.frame.filter(holds), code, component, value)
            self.frame = self.frame.filter(~holds)

    def leave_rows(
        self,
        rows: pl.DataFrame,
        code: str | pl.Expr,
        component: str | pl.Expr,
        value: pl.Expr,
        note: str | pl.Expr = "",
    ) -> None:
        """Say why rows were left behind that are no longer on their way."""
        given = {"code": code, "component": component, "value": value, "note": note}
        expressions = (_expression(one).cast(pl.String).alias(name) for name, one in given.items())
        self.causes.append(rows.select(ROW, *expressions))

    def all_causes(self) -> pl.DataFrame:
        """Return the cause of each row that was left behind."""
        empty = pl.DataFrame(schema={ROW: pl.UInt32, **_CAUSE})
        return pl.concat([empty, *(cause.with_columns(pl.col(ROW).cast(pl.UInt32)) for cause in self.causes)])


def cause_findings(
    causes: pl.DataFrame, route: Route, place_of: PlaceOf, *, are_all_read: bool = True
) -> Iterator[Finding]:
    """Yield a finding for each cause, at the first observation that it concerns.

    Args:
        causes: The causes, one a row.
        route: The crosswalk.
        place_of: Where an observation stands, by its number.
        are_all_read: Whether everything could be read: otherwise a sum may be without one of its parts.
    """
    kinds = causes.group_by(list(_CAUSE), maintain_order=True).agg(pl.len().alias("times"), pl.col(ROW).min())
    ordered = kinds.sort(ROW, "component", "value").rename({ROW: "row"})
    for cause in (Cause(**kind) for kind in ordered.iter_rows(named=True)):
        finding = cause_finding(cause, route, place_of(cause.row))
        is_doubtful = finding.code == SUMMED and not are_all_read
        yield replace(finding, variant=UNREAD, weight=Severity.WARNING) if is_doubtful else finding


def cause_of(rows: pl.DataFrame, code: str, component: str, value: str = "", note: str = "") -> Cause:
    """Return what holds for some observations, by their numbers.

    Args:
        rows: The observations; there is at least one.
        code: See `Cause`, as for the others.
        component: The component.
        value: What stands there.
        note: What else is told.
    """
    return Cause(code, component, value, note, times=rows.height, row=rows[ROW].sort()[0])


def cause_finding(cause: Cause, route: Route, place: Place) -> Finding:
    """Return the finding for a cause."""
    code, component, value = cause.code, cause.component, cause.value or ""
    params: dict[str, object] = {
        "component": component,
        "coded": Named.of({value: _name(component, value, route)}) if value else value,
        "target": route.target,
        "times": cause.times,
    }
    reason = _reason(component, value, route.crosswalk.reasons) if code in _EXPLAINED else None
    if reason is not None:
        params["reason"] = TableText(tuple(reason.description.items()))
    if code in _GROUPED:
        params["group"] = cause.note
    if code == NO_SUM:
        params["rule"] = next(f"{one.rule}={one.once}" for one in route.groups if one.component == component)
    variant = "why" if reason is not None else cause.note if code in _VARIED else ""
    if code == NOT_SAID and component in {one.id for one in route.source.attributes}:
        variant = "set"
    return Finding(code, place, value or None, params, variant=variant)


UNREAD: Final = "unread"

_EXPLAINED = frozenset({NO_COUNTERPART, NOT_FIXED, NOT_CARRIED})
_GROUPED = frozenset({IN_ITS_GROUP, GROUP_ABSENT, SUMMED})
_VARIED = frozenset({NO_SUM, TAKEN})


def _expression(value: str | pl.Expr) -> pl.Expr:
    return pl.lit(value) if isinstance(value, str) else value


def _reason(component: str, value: str, reasons: tuple[Reason, ...]) -> Reason | None:
    given = list(zip(component.split(JOINED), value.split(JOINED), strict=False))
    return next((one for one in reasons if any(_explains(one, *pair) for pair in given)), None)


def _explains(reason: Reason, component: str, code: str) -> bool:
    return reason.component == component and reason.code in {code, ANY_PART}


def _name(component: str, value: str, route: Route) -> Texts:
    known = route.components.get(component)
    codelist: Codelist | None = route.codelists.get(known.codelist) if known is not None else None
    code = codelist.by_id.get(value) if codelist is not None else None
    return {} if code is None else code.name
