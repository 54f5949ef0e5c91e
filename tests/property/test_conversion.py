"""Whatever a table holds, each figure is written once or set aside once, and nothing is written that it does not say.

Each row has a reference in its note, by which it is found again among the observations.
"""

import csv
import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icstip.workflow.conversion import Conversion, Converter

MAPPING = """\
[table]
figures = "Number"
[figures]
thousands = ","
signs = { "-" = { value = "0" }, ".." = { OBS_STATUS = "L" }, "c" = { OBS_STATUS = "Q", CONF_STATUS = "C" } }
[time]
column = "Year"
[constants]
FREQ = "A"
UNIT_MEASURE = "NUMBER"
[[columns]]
column = "Code"
component = "REF_AREA"
[[columns]]
column = "Country"
component = "REF_AREA"
[[columns]]
column = "What"
component = "INDICATOR"
[[columns]]
column = "Sex"
component = "SEX"
blank = "_T"
[[columns]]
column = "Category"
component = "CITIZENSHIP"
when = { Kind = "by citizenship" }
[[columns]]
column = "Category"
component = "EXPLOITATION"
when = { Kind = "by form" }
only = ["SEXUAL", "LABOUR", "_T"]
[[columns]]
column = "Ref"
component = "COMMENT_OBS"
[[left_out]]
when = { Kind = "subtotal" }
reason = "adds up"
"""
CODES = "column,component,label,code,also\nSex,SEX,girls,F,AGE=Y0T17\nSex,SEX,heading,,\n"

# What a statistician takes each text for; None: for nothing certain, or for nothing at all.
AREAS = {
    "Albania": "AL",
    "ALBANIE": "AL",
    "Cote d’Ivoire": "CI",
    "C\ufffdte d'Ivoire": "CI",
    "South Sudan": "SS",
    "": None,
    "Congo/Chad": None,
    "Korea": None,
    "Atlantis": None,
    "n/a": None,
}
AREA_CODES = {"ALB": "AL", "CI": "CI", "": None, "NA": None, "QQ": None}
INDICATORS = {
    "Victims detected": "VIC_DET",
    "VIC_DET": "VIC_DET",
    "EVT_REC": "EVT_REC",
    "PER_CONV": "PER_CONV",
    "_T": "_T",
    "things": None,
    "": None,
}
SEXES = {"Female": "F", "men": "M", "girls": "F", "": "_T", "Total": "_T", "heading": None, "both?": None}
CATEGORIES = {
    "by citizenship": {
        "Nigerian": "NG",
        "nigérienne": "NE",
        "Dominican": None,
        "3 Thai": None,
        "Total": "_T",
        "": None,
    },
    "by form": {"SEXUAL": "SEXUAL", "LABOUR": "LABOUR", "ORGANS": None, "Total": "_T", "": None},
}
KINDS = (*CATEGORIES, "subtotal", "by moon", "")
FIGURES = {
    "5": (5, None),
    "0": (0, None),
    "1,240": (1240, None),
    "-7": (-7, None),
    "12.5": (12.5, None),
    "-": (0, None),
    "": (None, None),
    "..": (None, None),
    "c": (None, None),
    "<5": (None, (0, 4)),
    "1–4": (None, (1, 4)),
}
NO_FIGURES = ("?", "1,24", "1.240,5", "5*", "4-1", "٥")
YEARS = ("2020", "2021", "", "soon")


class Row(NamedTuple):
    """A row of the table."""

    code: str
    country: str
    what: str
    sex: str
    kind: str
    category: str
    year: str
    figure: str


FULL = {
    "code": ["ALB", "CI"],
    "country": [""],
    "what": ["Victims detected", "VIC_DET", "PER_CONV"],
    "sex": ["Female", "men", "girls", "", "Total"],
    "category": ["Nigerian", "nigérienne", "SEXUAL", "LABOUR", "Total"],
    "year": ["2020", "2021"],
    "figure": list(FIGURES),
}
ANY = {
    "code": list(AREA_CODES),
    "country": list(AREAS),
    "what": list(INDICATORS),
    "sex": list(SEXES),
    "kind": list(KINDS),
    "category": [label for labels in CATEGORIES.values() for label in labels],
    "year": list(YEARS),
    "figure": [*FIGURES, *NO_FIGURES],
}


@st.composite
def _rows(draw: st.DrawFn) -> Row:
    """Draw a row that means something, with up to two of its cells replaced by anything."""
    cells = {name: draw(st.sampled_from(texts)) for name, texts in FULL.items()}
    cells["kind"] = next(kind for kind, labels in CATEGORIES.items() if cells["category"] in labels)
    for name in draw(st.lists(st.sampled_from(list(ANY)), max_size=2)):
        cells[name] = draw(st.sampled_from(ANY[name]))
    return Row(**cells)


ROWS = _rows()
TABLES = st.lists(ROWS, min_size=10, max_size=40).flatmap(
    # Some rows again, so that there are duplicates and contradictions.
    lambda rows: st.lists(st.sampled_from(rows), max_size=12).map(lambda again: rows + again)
)
THOROUGH = settings(max_examples=15, deadline=None, derandomize=True, database=None)


@pytest.fixture(scope="module")
def converter() -> Converter:
    return Converter()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mapping")
    (folder / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    (folder / "codes.csv").write_text(CODES, encoding="utf-8")
    return folder


def convert(
    rows: Sequence[tuple[int, Row]], converter: Converter, folder: Path, *, accept_suggestions: bool = False
) -> Conversion:
    """Return what rows, each with its reference, come to."""
    path = folder / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["Ref", "Code", "Country", "What", "Sex", "Kind", "Category", "Year", "Number"])
        table.writerows([f"r{reference}", *row] for reference, row in rows)
    return converter.convert(path, str(folder), accept_suggestions=accept_suggestions)


def written(conversion: Conversion) -> dict[int, dict[str, object]]:
    """Return the observations by the reference of their rows."""
    observations = [row for data in conversion.datasets.values() for row in data.frame.iter_rows(named=True)]
    by_reference = {int(str(row["COMMENT_OBS"])[1:]): row for row in observations}
    assert len(by_reference) == len(observations)
    return by_reference


def named_rows(conversion: Conversion) -> dict[str, set[int]]:
    """Return the rows of which findings of each code name a cell."""
    named: dict[str, set[int]] = {}
    for finding in conversion.report.findings:
        for cell in finding.cells or (finding.place.cell or "",):
            if number := re.search(r"\d+$", cell):
                named.setdefault(finding.code, set()).add(int(number[0]))
    return named


def meant(row: Row) -> dict[str, object]:
    """Return what can be written of a row at most: of each component the code that its label certainly means."""
    areas = {code for code in (AREA_CODES[row.code], AREAS[row.country]) if code}
    category = CATEGORIES.get(row.kind, {}).get(row.category)
    value, bounds = FIGURES[row.figure]
    return {
        "REF_AREA": areas.pop() if len(areas) == 1 else None,
        "INDICATOR": INDICATORS[row.what],
        "SEX": SEXES[row.sex],
        "AGE": "Y0T17" if row.sex == "girls" else "_T",
        "CITIZENSHIP": category if row.kind == "by citizenship" else "_T",
        "EXPLOITATION": category if row.kind == "by form" else "_T",
        "TIME_PERIOD": row.year,
        "OBS_VALUE": value,
        "LOWER_BOUND": bounds and bounds[0],
        "UPPER_BOUND": bounds and bounds[1],
    }


@THOROUGH
@given(rows=TABLES)
def test_every_figure_is_written_once_or_set_aside_once_and_named(
    converter: Converter, folder: Path, rows: list[Row]
) -> None:
    conversion = convert(list(enumerate(rows, 2)), converter, folder)
    balance, named = conversion.balance, named_rows(conversion)
    references, notes = set(written(conversion)), named.get("ROW-004", set())
    records = set(range(2, len(rows) + 2)) - notes
    assert balance.adds_up
    assert balance.figures_read == len(records)
    assert balance.observations == len(references)
    assert references <= records
    aside = {code: named.get(code, set()) for code in balance.set_aside}
    assert records - references <= set().union(*aside.values())
    for code, count in balance.set_aside.items():
        assert len(aside[code]) >= count > 0
    assert sum(balance.set_aside.values()) == len(records - references)


@THOROUGH
@given(rows=TABLES)
def test_a_row_without_a_figure_is_a_note_only_if_a_label_is_missing(
    converter: Converter, folder: Path, rows: list[Row]
) -> None:
    conversion = convert(list(enumerate(rows, 2)), converter, folder)
    for number in named_rows(conversion).get("ROW-004", set()):
        row = rows[number - 2]
        assert not row.figure
        assert not (row.what and row.category and row.year and (row.code or row.country))


@THOROUGH
@given(rows=TABLES)
def test_nothing_is_written_that_the_row_does_not_say(converter: Converter, folder: Path, rows: list[Row]) -> None:
    for reference, observation in written(convert(list(enumerate(rows, 2)), converter, folder)).items():
        said = {component: code for component, code in meant(rows[reference - 2]).items() if component in observation}
        assert {component: observation[component] for component in said} == said
        assert None not in {said["REF_AREA"], said["INDICATOR"], said["TIME_PERIOD"]}


@THOROUGH
@given(rows=TABLES)
def test_a_status_says_why_there_is_no_value(converter: Converter, folder: Path, rows: list[Row]) -> None:
    expected = {"": ("O", None), "..": ("L", None), "c": ("Q", "C"), "<5": ("Q", "A"), "1–4": ("Q", "A")}
    for reference, observation in written(convert(list(enumerate(rows, 2)), converter, folder)).items():
        status = expected.get(rows[reference - 2].figure, ("A", "F"))
        assert (observation["OBS_STATUS"], observation["CONF_STATUS"]) == status


@THOROUGH
@given(rows=TABLES)
def test_the_keys_of_observations_are_unique_and_a_contradiction_is_not_written(
    converter: Converter, folder: Path, rows: list[Row]
) -> None:
    conversion = convert(list(enumerate(rows, 2)), converter, folder)
    for data in conversion.datasets.values():
        assert not data.frame.select(data.schema.dimensions).is_duplicated().any()
    twice = Counter(f.code for f in conversion.report.findings if f.code.startswith("KEY"))
    assert set(twice) == {code for code in conversion.balance.set_aside if code.startswith("KEY")}


@THOROUGH
@given(rows=TABLES, seed=st.integers(0, 2**16))
def test_the_order_of_the_rows_changes_only_which_of_identical_ones_is_kept(
    converter: Converter, folder: Path, rows: list[Row], seed: int
) -> None:
    numbered = list(enumerate(rows, 2))
    before = convert(numbered, converter, folder)
    random.Random(seed).shuffle(numbered)  # noqa: S311 - a test needs no secret
    after = convert(numbered, converter, folder)
    assert after.balance == before.balance
    assert list(after.datasets) == list(before.datasets)
    for structure, data in before.datasets.items():
        assert _without_reference(after.datasets[structure].frame).equals(_without_reference(data.frame))


@THOROUGH
@given(rows=TABLES)
def test_the_same_table_comes_out_the_same_again_with_suggestions_too(
    converter: Converter, folder: Path, rows: list[Row]
) -> None:
    numbered = list(enumerate(rows, 2))
    first, second = (convert(numbered, converter, folder, accept_suggestions=True) for _ in range(2))
    assert first.report == second.report
    assert written(first) == written(second)


def _without_reference(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.drop("COMMENT_OBS")
