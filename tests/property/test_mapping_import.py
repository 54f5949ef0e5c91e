"""Whatever a workbook of another tool holds, its mapping is read without a mistake."""

import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from icstip.mapping.importing.checked import Checked
from icstip.mapping.importing.converter_book import read_book
from icstip.mapping.importing.eurostat import import_converter
from icstip.mapping.importing.imported import Imported
from icstip.mapping.importing.parameters import SETTINGS
from icstip.mapping.importing.world_bank import import_world_bank
from icstip.mapping.reading.mapping import read_mapping
from icstip.mapping.vocabulary import read_cell_meanings, read_periods
from icstip.standard.model import Standard
from icstip.standard.read import read_standard
from icstip.tables.grid import Grid, clean_cells, letters_of
from icstip.workflow.mapping_exchange import open_in, write_imported

DSD = Path(__file__).parents[2] / "dsd"
ODD = st.sampled_from(["", "-", "=1", "?", "*", "^a$", 'a"\\b', "A\nB", "é", "ه", "[x]", "#", "0", "-1"])
COMPONENTS = st.sampled_from(
    ["SEX", "AGE", "TIME_PERIOD", "OBS_VALUE", "REF_AREA", "LOWER_BOUND", "COMMENT_OBS", "GEO"]
)
KINDS = st.sampled_from(["CELL", "ROW", "COLUMN", "FIX", "SKIP", "OBS_LEVEL", "MIXED", "CELL_EXT", ""])
PLACES = st.sampled_from(
    ["A", "B", "1", "2", "5", "9", "B1", "B1/1", "A/2", "3/1", "x/y", "F", "2020", "_T", "AAAA", "XFD9"]
)
SETTING = st.sampled_from([*sorted(SETTINGS), "Unknown"])
ANY = st.one_of(ODD, COMPONENTS, KINDS, PLACES)

Row = Sequence[str | None]


@cache
def _standard() -> Standard:
    return read_standard(DSD)


@cache
def _checked() -> Checked:
    return Checked(_standard(), read_periods(DSD), read_cell_meanings(DSD))


def _grid(sheet: str, rows: Sequence[Row]) -> Grid:
    width = max((len(row) for row in rows), default=1)
    columns = {letters_of(i + 1): [row[i] if i < len(row) else None for row in rows] for i in range(width)}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    return Grid("book.xlsx", sheet, clean_cells(frame))


def _read_back(imported: Imported) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_imported(imported, Path(folder), overwrite=True)
        mapping = read_mapping(Path(folder) / "mapping.toml", _standard())
    assert bool(open_in(imported)) >= any(code == "?" for code in mapping.constants.values())
    assert all(finding.message("ar") and finding.hint("fr") for finding in imported.findings)


@given(
    elements=st.lists(st.tuples(COMPONENTS, st.sampled_from(["DIM", "ATT", "MES"]), KINDS, PLACES, KINDS, PLACES)),
    settings=st.lists(st.tuples(SETTING, st.one_of(PLACES, ODD)), max_size=6),
    transcoding=st.lists(st.tuples(ODD, COMPONENTS, st.sampled_from(["F", "M", "CL", "", "2020"])), max_size=6),
    data=st.lists(st.lists(ANY, min_size=3, max_size=8), min_size=1, max_size=8),
)
def test_parameters_of_the_converter(
    elements: list[Row], settings: list[Row], transcoding: list[Row], data: list[Row]
) -> None:
    header = ("Element", "Type", "PosType", "Position", None, None, "DataStart", "C6")
    more = [(None, None, None, None, None, None, *setting) for setting in settings]
    grids = [
        _grid("Parameters", [header, *elements, *more, ("TranscodingSheet", "Trans")]),
        _grid("Trans", [("Text", "Dimension", "Value"), *transcoding]),
        _grid("Data", data),
        _grid("Data 2", data[::-1]),
    ]
    _read_back(import_converter(read_book(grids, "book.xlsx"), _checked(), {}, "title"))


RULES = st.sampled_from(
    ["implicit", "representation", "multi_representation", "fixed:F", "fixed:", "fixed:2020", "x", ""]
)
SOURCES = st.one_of(ODD, st.sampled_from(["Sex", "sex", "Sex|Form", "Form", "|"]))


@given(
    components=st.lists(st.tuples(SOURCES, COMPONENTS, RULES, ODD), max_size=8),
    names=st.lists(st.sampled_from(["S:Sex", "S:Form", "T:SEX", "T:AGE", "S:", "T:TIME_PERIOD", ""]), max_size=5),
    values=st.lists(st.lists(st.one_of(ODD, st.sampled_from(["F", "M", "Y0T17"])), max_size=5), max_size=6),
)
def test_workbooks_of_the_world_bank(components: list[Row], names: list[str], values: list[Row]) -> None:
    grids = [
        _grid("COMP_MAPPING", [("SOURCE", "TARGET", "MAPPING_RULES", "DEFAULT_VALUE"), *components]),
        _grid("REP_MAPPING", [names, *values]),
    ]
    _read_back(import_world_bank(grids, _checked(), {}, "title"))
