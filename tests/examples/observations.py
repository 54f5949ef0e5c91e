"""Valid data of victims, large enough for every rule to look at, and small enough to be made hundreds of times."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import polars as pl
from hypothesis import strategies as st

from icstip.messages.dataset import DataSet
from icstip.schema import Schema

YEARS: Final = ("2017", "2018", "2019", "2020", "2021", "2022")
SEXES: Final = ("F", "M")
AGES: Final = ("Y0T17", "Y_GE18")
FORMS: Final = ("SEXUAL", "LABOUR", "ORGANS", "OTHER_SDG")
ALL: Final = "_T"

ALONE: Final = {"INDICATOR": "VIC_ASSIST"}
"""A series that nothing breaks down."""

BY_SEX: Final = {"INDICATOR": "VIC_PRES"}
"""Three series: women, men, and all."""

Row = dict[str, object]
Edit = Callable[[list[Row]], list[Row]]


def valid_rows(seed: int, areas: Sequence[str] = ("KE", "UG")) -> list[Row]:
    """Return observations in which no rule finds anything.

    Figures grow a little every year, so that none repeats, and none is far from the others.

    Args:
        seed: From 0: other figures for another one.
        areas: Areas that report.
    """
    rows: list[Row] = []
    for number, area in enumerate(areas):
        for year, period in enumerate(YEARS):
            cells = {
                (sex, age, form): 20 + 11 * s + 5 * a + 7 * f + (3 + number) * year + (seed + 7 * s + f * a) % 5
                for s, sex in enumerate(SEXES)
                for a, age in enumerate(AGES)
                for f, form in enumerate(FORMS)
            }
            rows += [
                row(area, period, total, SEX=sex, AGE=age, EXPLOITATION=form)
                for sex in (*SEXES, ALL)
                for age in (*AGES, ALL)
                for form in (*FORMS, ALL)
                if (total := _sum(cells, sex, age, form))
            ]
            rows.append(row(area, period, 11 + year + seed % 3, **ALONE))
            rows += [
                row(area, period, 30 + 2 * year + seed % 3, **BY_SEX, SEX="F"),
                row(area, period, 41 + 3 * year + seed % 7, **BY_SEX, SEX="M"),
                row(area, period, 71 + 5 * year + seed % 3 + seed % 7, **BY_SEX),
            ]
    return rows


def _sum(cells: Mapping[tuple[str, str, str], int], *wanted: str) -> int:
    return sum(
        value for key, value in cells.items() if all(one in (code, ALL) for code, one in zip(key, wanted, strict=True))
    )


def row(area: str, period: str, value: float | None, **codes: object) -> Row:
    """Return an observation; what is not said is the total, a count, and nothing out of the ordinary."""
    return {
        "REF_AREA": area,
        "TIME_PERIOD": period,
        "OBS_VALUE": value,
        "INDICATOR": "VIC_DET",
        "FREQ": "A",
        "UNIT_MEASURE": "NUMBER",
        "OBS_STATUS": "A",
        "CONF_STATUS": "F",
        "COUNTING_RULE": "PRINCIPAL",
        **codes,
    }


def data_set(schema: Schema, rows: Sequence[Row]) -> DataSet:
    """Return observations as a data set: dimensions that are not said have their total."""
    columns = []
    for column in schema.columns:
        usual = ALL if column.id in schema.series_dimensions else None
        values = [one.get(column.id, usual) for one in rows]
        kind = pl.Enum(column.codes) if column.codes else pl.Float64 if column.data_type == "Decimal" else pl.String
        columns.append(pl.Series(column.id, values, dtype=kind, strict=False))
    return DataSet(schema, pl.DataFrame(columns))


def of(rows: Sequence[Row], **wanted: object) -> list[int]:
    """Return the places of the observations that have these codes; what is not said is the total."""
    usual = {"SEX": ALL, "AGE": ALL, "EXPLOITATION": ALL, "REF_AREA": "KE"}
    return [
        place
        for place, one in enumerate(rows)
        if all(one.get(name, ALL) == code for name, code in {**usual, **wanted}.items())
    ]


def changed(rows: Sequence[Row], places: Sequence[int], **values: object) -> list[Row]:
    """Return observations, some of which have other values."""
    return [{**one, **values} if place in places else one for place, one in enumerate(rows)]


class Drawn(list[Row]):
    """Observations that were drawn, shown as what they are made from."""

    def __init__(self, seed: int, areas: tuple[str, ...]) -> None:
        super().__init__(valid_rows(seed, areas))
        self._made_from = f"valid_rows({seed}, {areas})"

    def __repr__(self) -> str:
        return self._made_from


def valid() -> st.SearchStrategy[list[Row]]:
    """Draw observations in which no rule finds anything."""
    areas = st.sampled_from([("KE", "UG"), ("KE",), ("KE", "UG", "TZ")])
    return st.builds(Drawn, st.integers(0, 10_000), areas)


def renamed(data: DataSet, flow: str) -> DataSet:
    """Return a data set as one of another dataflow."""
    known = data.schema.dataflow
    return replace(data, schema=replace(data.schema, dataflow=known and replace(known, id=flow)))
