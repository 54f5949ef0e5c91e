"""Real tables as they are: a draft, what only their owners know, and every figure accounted for under its own key.

What a case says beside the table is what the table does not say, with the reason. Figures were looked up by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pytest

from icstip.errors import TableError
from icstip.workflow.conversion import Conversion, Converter
from icstip.workflow.suggestion import Suggester, write_suggestion

Figure = tuple[Mapping[str, str], float | None]


@dataclass(frozen=True)
class Case:
    """A table and what is expected of it.

    Attributes:
        table: Its path.
        known: What its owner says with ``--set``.
        figures: How many figures it has.
        observations: How many of them the draft alone puts under a key.
        edits: What its owner changes in the files of the draft: file, old text, new text.
        edited: How many observations there are then.
        checked: Figures that were looked up by hand, after the edits.
    """

    table: str
    known: Mapping[str, str]
    figures: int
    observations: int
    edits: Sequence[tuple[str, str, str]] = ()
    edited: int = 0
    checked: Sequence[Figure] = field(default_factory=tuple)


def _open_sdg(folder: str, name: str = "data_indicator_16-2-2.csv") -> str:
    return f"opensdg/{folder}/{name}"


PER_100_000 = {"INDICATOR": "VIC_DET", "UNIT_MEASURE": "PER_100000_POP"}
SIGN = ("mapping.toml", '# "-" = { value = "0" }', '"-" = { value = "0" }')
REGIONS = (
    *("Баткен облусу", "Жалал-Абад облусу", "Ысык-Көл облусу", "Нарын облусу", "Ош облусу"),
    *("Талас облусу", "Чүй облусу", "Бишкек ш.", "Ош ш."),
)
CASES = [
    # Nothing in the file says which country it is of.
    Case(
        _open_sdg("gb"),
        {"REF_AREA": "GB"},
        429,
        429,
        checked=[
            ({"SEX": "_T", "AGE": "_T", "TIME_PERIOD": "2009", "UNIT_MEASURE": "NUMBER"}, 303),
            ({"SEX": "F", "AGE": "Y15T17", "TIME_PERIOD": "2019"}, 637),
            ({"SEX": "M", "AGE": "_U", "TIME_PERIOD": "2019"}, 11),
        ],
    ),
    # Nor what is counted.
    Case(
        _open_sdg("jm"),
        {"REF_AREA": "JM", "INDICATOR": "VIC_DET"},
        35,
        35,
        checked=[
            ({"SEX": "M", "AGE": "_T", "EXPLOITATION": "_T", "TIME_PERIOD": "2019"}, 0.3),
            ({"SEX": "_T", "AGE": "Y0T17", "EXPLOITATION": "_T", "TIME_PERIOD": "2020"}, 0.99),
            ({"SEX": "_T", "AGE": "_T", "EXPLOITATION": "_T", "TIME_PERIOD": "2021"}, 0.44),
        ],
    ),
    # Nor in which unit.
    Case(
        _open_sdg("ca"),
        {"REF_AREA": "CA", **PER_100_000},
        10,
        10,
        checked=[({"SEX": "_T", "TIME_PERIOD": "2015"}, 0.924253297)],
    ),
    # The flags "|", "." and "r" are explained on the site of the table only: their figures wait for its owner.
    Case(
        _open_sdg("de", "de_data_16-2-2.csv"),
        {"REF_AREA": "DE", "INDICATOR": "VIC_DET"},
        510,
        429,
        checked=[
            (
                {
                    "UNIT_MEASURE": "PER_100000_POP",
                    "SEX": "_T",
                    "AGE": "_T",
                    "EXPLOITATION": "_T",
                    "TIME_PERIOD": "2010",
                },
                0.8,
            ),
            ({"UNIT_MEASURE": "PER_100000_POP", "SEX": "_T", "EXPLOITATION": "LABOUR", "TIME_PERIOD": "2011"}, 0.04),
        ],
    ),
    # Two groups of citizenships, other forms, and a series that joins measure and unit are no codes.
    Case(
        _open_sdg("mt"),
        {"REF_AREA": "MT"},
        84,
        56,
        checked=[({"CITIZENSHIP": "_T", "EXPLOITATION": "SEXUAL", "TIME_PERIOD": "2019"}, 1)],
    ),
    # "Ostalo" (others) can be of any of the three breakdowns, and the first column joins measure and unit.
    Case(
        _open_sdg("hr"),
        {"REF_AREA": "HR", **PER_100_000},
        96,
        75,
        edits=[
            SIGN,
            ("mapping.toml", '# "NA" = { }', '"NA" = { }'),
            (
                "codes.csv",
                "EXPLOITATION,Žrtve THB-a na 100 000 osoba,?",
                "EXPLOITATION,Žrtve THB-a na 100 000 osoba,_T",
            ),
            ("codes.csv", "EXPLOITATION,Ostalo,?", "EXPLOITATION,Ostalo,_O"),
        ],
        edited=96,
        checked=[
            ({"SEX": "_T", "AGE": "_T", "EXPLOITATION": "_T", "TIME_PERIOD": "2018"}, 1.86),
            ({"AGE": "Y_GE51", "TIME_PERIOD": "2018"}, 0),
            ({"AGE": "Y19T30", "TIME_PERIOD": "2017"}, None),
            ({"SEX": "F", "TIME_PERIOD": "2023"}, 0.363),
        ],
    ),
    # What a blank is, the rates by country and form do not show. "Work" is a form of exploitation here; whether it is
    # labour, only the office knows.
    Case(
        _open_sdg("md"),
        {"REF_AREA": "MD", **PER_100_000},
        225,
        0,
        edits=[
            ("mapping.toml", 'component = "COUNTERPART_AREA"', 'component = "COUNTERPART_AREA"\nblank = "_T"'),
            ("mapping.toml", 'component = "EXPLOITATION"', 'component = "EXPLOITATION"\nblank = "_T"'),
            ("codes.csv", "EXPLOITATION,Work,?", "EXPLOITATION,Work,LABOUR"),
        ],
        edited=325,
        checked=[
            ({"SEX": "M", "TIME_PERIOD": "2022"}, 6.1),
            ({"TIME_PERIOD": "2018"}, 13.5),
            ({"TIME_PERIOD": "2010"}, None),
        ],
    ),
    # What "-" is, which row has rates, how regions are coded: the sheet does not say it, or not in all its languages.
    Case(
        _open_sdg("kg", "excel_files_16.2.2.xlsx"),
        {"REF_AREA": "KG", "UNIT_MEASURE": "NUMBER"},
        322,
        48,
        edits=[
            SIGN,
            ("codes.csv", 'жалпы адамдар",?,,', 'жалпы адамдар",VIC_DET,UNIT_MEASURE=PER_100000_POP,'),
            ("codes.csv", "калктын саны,?,,", "калктын саны,,,the population"),
            ("codes.csv", "Бангизат ташуу,?", "Бангизат ташуу,CRIMINAL"),
            *(
                ("codes.csv", f"CUST_BREAKDOWN,{region},?", f"CUST_BREAKDOWN,{region},C{number:02}")
                for number, region in enumerate(REGIONS, 1)
            ),
        ],
        edited=308,
        checked=[
            ({"UNIT_MEASURE": "NUMBER", "SEX": "_T", "AGE": "_T", "TIME_PERIOD": "2014"}, 19),
            ({"UNIT_MEASURE": "PER_100000_POP", "SEX": "_T", "TIME_PERIOD": "2010"}, 0.381604067245178),
            ({"SEX": "F", "TIME_PERIOD": "2018"}, 3),
            ({"SEX": "M", "TIME_PERIOD": "2010"}, 0),
            ({"SEX": "F", "TIME_PERIOD": "2020"}, None),
            ({"CUST_BREAKDOWN": "C09", "TIME_PERIOD": "2010"}, 13),
            ({"AGE": "Y0T17", "TIME_PERIOD": "2018"}, 7),
        ],
    ),
    Case(
        "uk-nrm/nrm_referrals_longitudinal.csv",
        {"REF_AREA": "GB", "INDICATOR": "VIC_REF", "UNIT_MEASURE": "NUMBER"},
        885,
        531,
        checked=[({"FREQ": "Q", "AGE": "Y_GE18", "COUNTERPART_AREA": "GB", "TIME_PERIOD": "2009-Q2"}, 4)],
    ),
    # Without their owner nothing of these is put under a key: measures of different kinds in one column, decisions that
    # are none on victims, fiscal years, persons trained.
    Case("canada-statcan/trafficking_data.csv", {}, 80, 0),
    Case("uk-nrm/nrm_conclusive_grounds.csv", {"REF_AREA": "GB"}, 500, 0),
    Case("us-ovc/02_ovc_victims_served_fy23_fy24.csv", {"REF_AREA": "US"}, 48, 0),
    Case(_open_sdg("ua"), {"REF_AREA": "UA"}, 9, 0),
    Case(_open_sdg("es-istac", "data_indicator_16-2-2-SERIE-A.csv"), {"REF_AREA": "ES"}, 16, 0),
    Case(_open_sdg("es-istac", "data_indicator_16-2-2-SERIE-B.csv"), {"REF_AREA": "ES"}, 24, 0),
    Case("glotip/data_glotip_a.xlsx", {}, 19_780, 0),
]


@pytest.fixture(scope="module")
def suggester() -> Suggester:
    return Suggester()


@pytest.fixture(scope="module")
def converter() -> Converter:
    return Converter()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.table)
def test_every_figure_is_accounted_for_and_none_stands_under_a_wrong_key(
    case: Case, suggester: Suggester, converter: Converter, shared: Path, tmp_path: Path
) -> None:
    table = shared / "data" / case.table
    draft = suggester.suggest(table, constants=case.known)
    write_suggestion(draft, tmp_path / "m", page=suggester.page(draft))
    conversion = converter.convert(table, str(tmp_path / "m"))
    assert conversion.balance.adds_up
    assert (conversion.balance.figures_read, conversion.balance.observations) == (case.figures, case.observations)
    for name, old, new in case.edits:
        file = tmp_path / "m" / name
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old)
        file.write_text(text.replace(old, new), encoding="utf-8")
    if case.edits:
        conversion = converter.convert(table, str(tmp_path / "m"))
        assert conversion.balance.adds_up
        assert conversion.balance.observations == case.edited
    for key, value in case.checked:
        assert _value(conversion, key) == value, key


def test_a_sheet_of_prose_is_refused_in_one_line(suggester: Suggester, shared: Path) -> None:
    with pytest.raises(TableError, match="no figures were found"):
        suggester.suggest(shared / "data" / _open_sdg("kr"))


def _value(conversion: Conversion, key: Mapping[str, str]) -> float | None:
    """Return the one figure under a key; dimensions that it does not have are totals, others as they are in all."""
    frame = conversion.datasets["TIP_VICTIM"].frame
    free = {"FREQ", "REF_AREA", "INDICATOR", "UNIT_MEASURE", "TIME_PERIOD"}
    dimensions = [name for name in conversion.datasets["TIP_VICTIM"].schema.dimensions if name not in free]
    wanted = {**dict.fromkeys(dimensions, "_T"), **key}
    rows = frame.filter(pl.all_horizontal(pl.col(name).cast(pl.String) == code for name, code in wanted.items()))
    (value,) = rows["OBS_VALUE"]
    return None if value is None else float(value)
