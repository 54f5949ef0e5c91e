"""All mistakes of a mapping are told at once, each where it stands, and none that only follows from another one."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from tests.examples.mapping_documents import as_toml, broken
from tests.examples.mistakes import told

from icstip.findings import Finding
from icstip.mapping.model import TableMapping
from icstip.mapping.reading.mapping import read_mapping
from icstip.mapping.reading.mistakes import MistakesError
from icstip.standard.model import Standard
from icstip.texts import LANGUAGES

ONE_A_ROW = """\
# AREA, SEX: column, Country
[table]
figures = "Number"

[time]
column = "Year"

[constants]
INDICATOR = "VIC"

[[columns]]
column = "Country"
component = "AREA"

[[columns]]
column = "Sex"
component = "SEX"
blank = "_T"
"""
SEVERAL_A_ROW = """\
[table]
figures = "C5:H9"
headers = [4]
stubs = ["A"]

[time]
column = "row 4"

[constants]
INDICATOR = "VIC"
AREA = "AL"

[[columns]]
column = "column A"
component = "SEX"
"""
CODES = """\
column,component,label,code
Country,AREA,Zaire,CD
Country,AREA,Kongo,CD
Sex,SEX,girls,F
Year,TIME_PERIOD,last,2020
"""
CODES_OF_STUBS = "column,component,label,code\ncolumn A,SEX,girls,F\ncolumn A,SEX,boys,M\nrow 4,TIME_PERIOD,last,2020\n"


def _read(folder: Path, standard: Standard, mapping: str, codes: str = "") -> TableMapping:
    (folder / "mapping.toml").write_text(mapping, encoding="utf-8")
    if codes:
        (folder / "codes.csv").write_text(codes, encoding="utf-8")
    return read_mapping(folder / "mapping.toml", standard)


def _refused(folder: Path, standard: Standard, mapping: str, codes: str = "") -> MistakesError:
    with pytest.raises(MistakesError) as raised:
        _read(folder, standard, mapping, codes)
    return raised.value


def _spoilt(content: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert content.count(old) == 1
        content = content.replace(old, new)
    return content


SPOILT = _spoilt(
    ONE_A_ROW,
    ('INDICATOR = "VIC"', 'INDIKATOR = "VIC"'),
    ('component = "AREA"', 'component = "AREA"\nonly = ["AL", 5, "XX"]'),
    ('blank = "_T"', 'blank = "Q"\nwhen = { Country = true }'),
)


def test_every_mistake_of_both_files_is_told_by_file_and_line(tmp_path: Path, standard: Standard) -> None:
    codes = CODES + "Country,AERA,x,CD\nCountry,AREA,y,ZR\nCountry,AREA,z,AL,SEX=X AEG=Y18\nLand,AREA,z,AL\n"
    error = _refused(tmp_path, standard, SPOILT, codes.replace("code\n", "code,also\n"))
    assert told(error, tmp_path) == [
        "codes.csv:6: MAP-004",
        "codes.csv:7: MAP-005 alone",
        "codes.csv:8: MAP-004",
        "codes.csv:8: MAP-005 alone",
        "codes.csv:9: MAP-013",
        "mapping.toml:9: MAP-004",
        "mapping.toml:14: MAP-005 alone",
        "mapping.toml:14: MAP-005 alone",
        "mapping.toml:19: MAP-005 alone",
        "mapping.toml:20: MAP-002",
    ]


def test_the_error_says_how_many_there_are_and_the_first_of_them(tmp_path: Path, standard: Standard) -> None:
    error = _refused(tmp_path, standard, SPOILT)
    assert error.where == str(tmp_path / "mapping.toml")
    for language in LANGUAGES:
        assert error.line(language).startswith(f"{error.where}: ")
        assert error.line(language).endswith(f" {error.findings[0].line(language)}")
        assert error.lines(language)[:-1] == [finding.line(language) for finding in error.findings]
        assert str(len(error.findings)) in error.lines(language)[-1]
    assert str(error) == "\n".join(error.lines())


def test_one_mistake_alone_is_the_line_of_the_error(tmp_path: Path, standard: Standard) -> None:
    error = _refused(tmp_path, standard, _spoilt(ONE_A_ROW, ("blank", "blnk")))
    assert error.lines() == [error.line()] == [str(error)] == [error.findings[0].line()]
    assert (
        error.line()
        == f"{tmp_path}/mapping.toml:18: MAP-001 [[columns]] cannot have the key 'blnk' (did you mean blank?)"
    )


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        ('component = "AREA"', 'component = "AERA"', "mapping.toml:13: MAP-004"),
        ('component = "AREA"', "component = 5", "mapping.toml:13: MAP-002"),
        ('component = "AREA"\n', "", "mapping.toml:11: MAP-007"),
        ('component = "AREA"', 'komponent = "AREA"', "mapping.toml:13: MAP-001"),
        ('component = "AREA"', 'component = "AREA"\ncomponents = ["AREA", "SEX"]', "mapping.toml:11: MAP-007"),
        ('column = "Country"\n', "", "mapping.toml:11: MAP-003"),
        ('column = "Country"', 'colum = "Country"', "mapping.toml:12: MAP-001"),
        ('column = "Country"', "column = []", "mapping.toml:12: MAP-002"),
        ('column = "Country"\ncomponent = "AREA"', "", "mapping.toml:11: MAP-003, mapping.toml:11: MAP-007"),
        ("[time]", "[tiem]", "mapping.toml:5: MAP-001"),
        ('column = "Year"', "column = 5", "mapping.toml:6: MAP-002"),
        ("[table]", "[tabel]", "mapping.toml:2: MAP-001"),
        ('figures = "Number"', 'figure = "Number"', "mapping.toml:3: MAP-001"),
        ("[constants]", "[constant]", "mapping.toml:8: MAP-001"),
    ],
)
def test_a_mistake_does_not_make_mistakes_of_what_is_right(
    tmp_path: Path, standard: Standard, old: str, new: str, mistake: str
) -> None:
    error = _refused(tmp_path, standard, _spoilt(ONE_A_ROW, (old, new)), CODES)
    assert ", ".join(told(error, tmp_path)) == mistake


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        ('column = "column A"', 'column = "column B"', "mapping.toml:14: MAP-009"),
        ('column = "row 4"', 'column = "row 5"', "mapping.toml:7: MAP-009"),
        ("headers = [4]", "headers = [7]", "mapping.toml:3: MAP-008"),
        ("headers = [4]", 'headers = ["4"]', "mapping.toml:3: MAP-002"),
        ("headers = [4]", "haeders = [4]", "mapping.toml:3: MAP-001"),
        ('stubs = ["A"]', 'stubs = ["a"]', "mapping.toml:4: MAP-002"),
        ('figures = "C5:H9"', 'figures = "C5:B9"', "mapping.toml:2: MAP-002"),
        ('component = "SEX"', 'component = "XES"', "mapping.toml:15: MAP-004"),
    ],
)
def test_nor_does_it_in_a_table_with_several_figures_in_a_row(
    tmp_path: Path, standard: Standard, old: str, new: str, mistake: str
) -> None:
    error = _refused(tmp_path, standard, _spoilt(SEVERAL_A_ROW, (old, new)), CODES_OF_STUBS)
    assert told(error, tmp_path) == [mistake]


def test_what_is_right_beside_a_mistake_is_still_checked(tmp_path: Path, standard: Standard) -> None:
    mapping = _spoilt(SEVERAL_A_ROW, ('"C5:H9"', '"C5"'), ('"column A"', '"column B"'), ('"AL"', '"LA"'))
    codes = CODES_OF_STUBS + "row 4,AGE,x,Y18\n"
    assert told(_refused(tmp_path, standard, mapping, codes), tmp_path) == [
        "codes.csv:5: MAP-013",
        "mapping.toml:2: MAP-002",
        "mapping.toml:11: MAP-005",
        "mapping.toml:14: MAP-009",
    ]


def test_the_line_of_a_mistake_is_its_own_wherever_else_its_word_stands(tmp_path: Path, standard: Standard) -> None:
    mapping = _spoilt(ONE_A_ROW, ('column = "Country"', 'when = { column = "Sex" }\ncolumn = "Country"\nblank = "SEX"'))
    assert told(_refused(tmp_path, standard, mapping), tmp_path) == ["mapping.toml:14: MAP-005 alone"]


def test_a_value_that_is_shown_is_not_endless(tmp_path: Path, standard: Standard) -> None:
    error = _refused(tmp_path, standard, _spoilt(ONE_A_ROW, ('figures = "Number"', f"figures = {[*range(999)]}")))
    assert len(error.line()) < 300 + len(str(tmp_path))


@given(document=broken())
def test_any_mapping_is_read_or_refused_with_the_lines_of_its_mistakes(
    tmp_path_factory: pytest.TempPathFactory, standard: Standard, document: dict[str, Any]
) -> None:
    path = tmp_path_factory.getbasetemp() / "mapping.toml"
    path.write_text(as_toml(document), encoding="utf-8")
    codes = "column,component,label,code\nsheet,AREA,a,AL\nage,SEX,b,F\n"
    path.with_name("codes.csv").write_text(codes, encoding="utf-8")
    findings: tuple[Finding, ...] = ()
    try:
        read_mapping(path, standard)
    except MistakesError as error:
        findings = error.findings
    of_codes = {finding.place.row for finding in findings if finding.place.file.endswith(".csv")}
    of_mapping = {finding.place.row for finding in findings if finding.place.file.endswith(".toml")}
    assert of_codes <= {2, 3}
    assert of_mapping <= {None, *range(1, len(document) + 1)}
