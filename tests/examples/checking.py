"""A small structure, what is known of it, and observations as rules see them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from icstip.checks.observations import ROW, Observations
from icstip.checks.results import Checked
from icstip.checks.run import check
from icstip.checks.settings import Limits, RuleSettings
from icstip.coherence.knowledge import AgeCodes, Knowledge, Parts, Replaced, Stages
from icstip.findings import Finding, Place
from icstip.schema import ArtefactKey, Column, Level, Schema
from icstip.standard.model import Role

Row = dict[str, object]

ALL: Final = "_T"
AGES: Final = AgeCodes("CL_AGE", "Y{low}", "Y{low}T{high}", "Y_GE{low}")

KNOWN: Final = Knowledge(
    components={
        "status": "STATUS",
        "confidentiality": "CONF",
        "lower": "LOWER",
        "upper": "UPPER",
        "multiplier": "MULT",
        "unit": "UNIT",
        "frequency": "FREQ",
        "counting_rule": "RULE",
    },
    counts=frozenset({"NUMBER"}),
    rates={"RATE": 1000.0},
    per_population={"RATE": 1000.0},
    missing=frozenset({"O", "Q"}),
    suppressed=frozenset({"Q"}),
    normal=frozenset({"A"}),
    breaks=frozenset({"B"}),
    forecasts=frozenset({"F"}),
    hidden=frozenset({"C"}),
    once=frozenset({"PRINCIPAL"}),
    several=frozenset({"MULTIPLE"}),
    unknown=frozenset({"_U"}),
    no_parts=frozenset({"_T", "_Z"}),
    overlapping=frozenset({"CL_AGE"}),
    areas=frozenset({"CL_AREA"}),
    no_sums=frozenset({"STAGE", "UNIT"}),
    parts=(Parts("CL_GROUP", "_T", ("NATIONAL", "FOREIGN")),),
    stages=(Stages("STAGE", ("CONTACT", "TRIED", "CONVICTED")),),
    replaced=(Replaced("CL_GROUP", "EU28", "2020", "EU27"),),
    multiple=frozenset({"FORM"}),
    frequencies={"A": r"^\d{4}$", "Q": r"^\d{4}-Q[1-4]$"},
    fiscal=frozenset({"fiscal", "budgétaire"}),
    ages=AGES,
)
"""What is known: persons are counted once by sex, age and group, and perhaps several times by form."""


def dimension(name: str, codes: Sequence[str], **parents: str) -> Column:
    """Return a dimension with a code list."""
    known = {f"CL_{name}": tuple(codes)}
    ((codelist, listed),) = known.items()
    return Column(name, Role.DIMENSION, listed, codelist, "String", None, (), mandatory=True, parents=parents)


def attribute(name: str, codes: Sequence[str] | None = None, data_type: str = "String") -> Column:
    """Return an attribute of observations."""
    listed, codelist = (None, None) if codes is None else (tuple(codes), f"CL_{name}")
    return Column(name, Role.ATTRIBUTE, listed, codelist, data_type, Level.OBSERVATION, (), mandatory=False)


TIME: Final = Column("TIME", Role.TIME_DIMENSION, None, None, "ObservationalTimePeriod", None, (), mandatory=True)
VALUE: Final = Column("VALUE", Role.MEASURE, None, None, "Decimal", None, (), mandatory=False)

COLUMNS: Final = (
    dimension("AREA", ("KE", "UG", "TZ")),
    dimension("STAGE", ("CONTACT", "TRIED", "CONVICTED", "OTHER")),
    dimension("UNIT", ("NUMBER", "RATE")),
    dimension("SEX", ("F", "M", "X", "_U", "_Z", ALL)),
    dimension("FORM", ("SEXUAL", "LABOUR", "FORCED", "SLAVERY", "_U", ALL), FORCED="LABOUR", SLAVERY="LABOUR"),
    dimension("AGE", ("Y0T8", "Y9T17", "Y0T17", "Y_GE18", "_U", ALL)),
    dimension("GROUP", ("NATIONAL", "FOREIGN", "EU27", "EU28", "_U", ALL)),
    TIME,
    VALUE,
    attribute("LOWER", data_type="Decimal"),
    attribute("UPPER", data_type="Decimal"),
    attribute("STATUS", ("A", "B", "F", "O", "Q")),
    attribute("CONF", ("F", "C")),
    attribute("MULT", ("0", "3", "6")),
    attribute("RULE", ("PRINCIPAL", "MULTIPLE")),
    attribute("NOTE"),
)

SCHEMA: Final = Schema(ArtefactKey("TEST", "VICTIM", "1.0"), None, COLUMNS)
USUAL: Final[Row] = {
    "AREA": "KE",
    "STAGE": "OTHER",
    "UNIT": "NUMBER",
    "SEX": ALL,
    "FORM": ALL,
    "AGE": ALL,
    "GROUP": ALL,
    "TIME": "2020",
    "STATUS": "A",
    "RULE": "PRINCIPAL",
}


def place(row: int) -> Place:
    """Return where an observation stands: in the line below that of its number."""
    return Place("data", row=row + 1)


def frame(rows: Sequence[Row], schema: Schema = SCHEMA) -> pl.DataFrame:
    """Return observations as columns; what is not said is nothing out of the ordinary."""
    columns = []
    for column in schema.columns:
        kind = pl.Enum(column.codes) if column.codes else pl.Float64 if column.data_type == "Decimal" else pl.String
        columns.append(pl.Series(column.id, [{**USUAL, **row}.get(column.id) for row in rows], dtype=kind))
    return pl.DataFrame(columns)


def observed(
    rows: Sequence[Row],
    schema: Schema = SCHEMA,
    knowledge: Knowledge = KNOWN,
    limits: Limits | None = None,
    edit: Callable[[pl.DataFrame], pl.DataFrame] = lambda same: same,
) -> Observations:
    """Return observations as rules see them.

    Args:
        rows: What each says, where it is not what it usually is.
        schema: What the columns are.
        knowledge: What is known of them.
        limits: Where rules draw a line.
        edit: Changes the columns.
    """
    numbered = edit(frame(rows, schema)).with_row_index(ROW)
    return Observations(schema, numbered, place, knowledge, limits or Limits(), date(2023, 1, 1))


def checked(data: Observations, settings: RuleSettings | None = None) -> Checked:
    """Return what all rules find."""
    return check(data, settings or RuleSettings(limits=data.limits))


def found(data: Observations, settings: RuleSettings | None = None) -> list[Finding]:
    """Return all findings."""
    return list(checked(data, settings).findings)


def codes(data: Observations, settings: RuleSettings | None = None) -> list[str]:
    """Return the codes of all findings."""
    return [finding.code for finding in found(data, settings)]


def without(*names: str, schema: Schema = SCHEMA) -> Schema:
    """Return the structure without some components."""
    return replace(schema, columns=tuple(column for column in schema.columns if column.id not in names))
