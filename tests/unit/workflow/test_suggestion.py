"""Tables become drafts of mappings in a folder, which convert as they are and set aside what is open."""

import tomllib
from pathlib import Path

import pytest
import xlsxwriter

from icstip.errors import MappingError, OutputError, TableError
from icstip.workflow.conversion import Conversion, Converter
from icstip.workflow.suggestion import Suggester, open_points, write_suggestion

GIVEN = {"REF_AREA": "CL", "INDICATOR": "VIC_DET", "UNIT_MEASURE": "NUMBER"}
LONG = ("Year,Sex,Value", "2019,F,5", "2019,M,6", "2020,F,7")


@pytest.fixture(scope="module")
def suggester(dsd_folder: Path) -> Suggester:
    """Drafts with the standard of this repository."""
    return Suggester(dsd_folder)


@pytest.fixture(scope="module")
def converter(dsd_folder: Path) -> Converter:
    """Converts with the same standard."""
    return Converter(dsd_folder)


def _table(folder: Path, *lines: str) -> Path:
    path = folder / "table.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _converted(table: Path, suggester: Suggester, converter: Converter) -> Conversion:
    """Return what becomes of a table with its draft as it is."""
    write_suggestion(suggester.suggest(table, constants=GIVEN), table.parent / "m")
    return converter.convert(table, str(table.parent / "m"))


def _values(conversion: Conversion) -> list[tuple[object, ...]]:
    if "TIP_VICTIM" not in conversion.datasets:
        return []
    frame = conversion.datasets["TIP_VICTIM"].frame
    rows = frame.select("SEX", "AGE", "TIME_PERIOD", "OBS_VALUE").rows()
    return sorted((*map(str, row[:-1]), row[-1]) for row in rows)


def test_a_draft_with_nothing_open_converts(tmp_path: Path, suggester: Suggester, converter: Converter) -> None:
    conversion = _converted(_table(tmp_path, *LONG), suggester, converter)
    assert _values(conversion) == [("F", "_T", "2019", 5), ("F", "_T", "2020", 7), ("M", "_T", "2019", 6)]
    assert conversion.balance.set_aside == {}


@pytest.mark.parametrize(
    ("lines", "figures"),
    [
        (("Year,Zzz,Value", "2019,foo,5", "2020,foo,6"), 2),
        (("Year,Zzz,Women,Men", "2019,foo,5,6", "2020,bar,7,8"), 4),
        (("Zzz,2019,2020", "foo,5,6", "bar,7,8"), 4),
        (("Year,Frobs", "2019,5", "2020,6"), 2),
    ],
)
def test_a_column_that_is_not_understood_sets_its_figures_aside(
    tmp_path: Path, suggester: Suggester, converter: Converter, lines: tuple[str, ...], figures: int
) -> None:
    conversion = _converted(_table(tmp_path, *lines), suggester, converter)
    assert conversion.balance.set_aside == {"OPEN-002": figures}
    assert _values(conversion) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("Fiscal year,Women,Men", "2019,5,6", "2020,7,8"),
        ("Fiscal year,2019,2020", "Women,5,6", "Men,7,8"),
        (",2019/20,2020/21", "Women,5,6", "Men,7,8"),
    ],
)
def test_figures_of_fiscal_years_are_set_aside(
    tmp_path: Path, suggester: Suggester, converter: Converter, lines: tuple[str, ...]
) -> None:
    conversion = _converted(_table(tmp_path, *lines), suggester, converter)
    assert (_values(conversion), conversion.balance.figures_read) == ([], 4)
    assert conversion.balance.adds_up


@pytest.mark.parametrize(
    "lines",
    [
        ("Year,Women,Men", "2019,1999,2001", "2020,35,36"),
        ("Sex,2019,2020", "Women,1999,35", "Men,2001,36"),
        ("Year,Sex,Value", "2019,F,1999", "2019,M,2001", "2020,F,35", "2020,M,36"),
    ],
)
def test_counts_that_look_like_years_are_counted(
    tmp_path: Path, suggester: Suggester, converter: Converter, lines: tuple[str, ...]
) -> None:
    assert _values(_converted(_table(tmp_path, *lines), suggester, converter)) == [
        ("F", "_T", "2019", 1999),
        ("F", "_T", "2020", 35),
        ("M", "_T", "2019", 2001),
        ("M", "_T", "2020", 36),
    ]


def test_the_header_of_the_only_column_of_figures_counts(
    tmp_path: Path, suggester: Suggester, converter: Converter
) -> None:
    conversion = _converted(_table(tmp_path, "Year,Women", "2019,5", "2020,6"), suggester, converter)
    assert _values(conversion) == [("F", "_T", "2019", 5), ("F", "_T", "2020", 6)]


def test_an_undecided_figure_and_a_sign_are_set_aside(
    tmp_path: Path, suggester: Suggester, converter: Converter
) -> None:
    table = _table(tmp_path, "Year;Women;Men", '2019;"1,234";5', "2020;-;6")
    conversion = _converted(table, suggester, converter)
    assert _values(conversion) == [("M", "_T", "2019", 5), ("M", "_T", "2020", 6)]
    assert conversion.balance.set_aside == {"FIGURE-001": 2}


@pytest.mark.parametrize(("women", "thousands"), [("1.234,5", "."), ("1 234,5", " "), ("1’234,5", "’")])
def test_signs_between_thousands_beside_decimal_commas_are_read(
    tmp_path: Path, suggester: Suggester, converter: Converter, women: str, thousands: str
) -> None:
    table = _table(tmp_path, "Year;Women;Men", f"2019;{women};5,5", "2020;7;8")
    assert suggester.suggest(table).written.thousands == thousands
    assert _values(_converted(table, suggester, converter))[0] == ("F", "_T", "2019", 1234.5)


@pytest.mark.parametrize("label", ["=Frobs", "+Frobs", "-Frobs", "@Frobs"])
def test_a_label_with_a_blank_before_it_in_the_codes_still_matches(
    tmp_path: Path, suggester: Suggester, converter: Converter, label: str
) -> None:
    table = _table(tmp_path, "Sex,2019,2020", "Women,5,6", f"{label},7,8")
    assert _converted(table, suggester, converter).balance.set_aside == {"OPEN-003": 2}
    codes = tmp_path / "m" / "codes.csv"
    written = codes.read_text(encoding="utf-8-sig")
    assert f"column A,SEX, {label},?,," in written
    codes.write_text(written.replace(",?,", ",M,"), encoding="utf-8")
    assert _values(converter.convert(table, str(tmp_path / "m")))[2:] == [
        ("M", "_T", "2019", 7),
        ("M", "_T", "2020", 8),
    ]


# What a draft is made of


def test_the_title_and_the_sheet_say_what_nobody_gave(tmp_path: Path, suggester: Suggester) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("About").write(0, 0, "Read me")
        for name, area in (("France", "Women"), ("More", "Men")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Detected victims"])
            sheet.write_row(2, 0, ["Year", area])
            sheet.write_row(3, 0, [2019, 5])
            sheet.write_row(4, 0, [2020, 6])
    draft = suggester.suggest(path)
    assert draft.shape.cells.grid.sheet == "France"
    assert {name: code for name, (code, _) in draft.constants.items()} == GIVEN | {
        "REF_AREA": "FR",
        "UNIT_MEASURE": "?",
    }
    draft = suggester.suggest(path, sheet="More", constants={"INDICATOR": "VIC_IDENT"})
    codes = {name: code for name, (code, _) in draft.constants.items()}
    assert codes == {"REF_AREA": "?", "INDICATOR": "VIC_IDENT", "UNIT_MEASURE": "?"}


@pytest.mark.parametrize("lines", [("Women,Men", "Adults,Children"), ("a,b",), ("2019,2020", "a,b")])
def test_a_table_without_figures_is_refused(tmp_path: Path, suggester: Suggester, lines: tuple[str, ...]) -> None:
    with pytest.raises(TableError, match=r"table\.csv"):
        suggester.suggest(_table(tmp_path, *lines))


@pytest.mark.parametrize(
    ("constants", "told"),
    [
        ({"SEXX": "F"}, "SEXX"),
        ({"SEX": "X"}, "CL_SEX"),
        ({"REF_AREA": "CL", "INDICATOR": "Victims detected"}, "CL_TIP_INDICATOR"),
        ({"REF_AREA": "?"}, "CL_AREA"),
    ],
)
def test_what_is_given_has_to_be_codes_of_components(
    tmp_path: Path, suggester: Suggester, constants: dict[str, str], told: str
) -> None:
    with pytest.raises(MappingError, match=told):
        suggester.suggest(_table(tmp_path, *LONG), constants=constants)


def test_a_text_can_be_given_for_what_has_no_list(tmp_path: Path, suggester: Suggester) -> None:
    draft = suggester.suggest(_table(tmp_path, *LONG), constants={**GIVEN, "DATA_SOURCE": "Police"})
    assert draft.constants["DATA_SOURCE"][0] == "Police"


def test_both_files_are_written_in_a_folder_that_is_made(tmp_path: Path, suggester: Suggester) -> None:
    folder = tmp_path / "deep" / "m"
    paths = write_suggestion(suggester.suggest(_table(tmp_path, *LONG)), folder)
    assert paths == [folder / "mapping.toml", folder / "codes.csv"]
    assert sorted(folder.iterdir()) == sorted(paths)
    assert paths[1].read_bytes() == b"\xef\xbb\xbfcolumn,component,label,code,also,note\n"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (LONG, "table"),
        (('"Victims ""x"" \\ y",,', ",,", ",2019,2020", "Women,1,2", "Men,3,4"), 'Victims "x" \\ y'),
        (("Victims,in Spain,", "Final,,", ",,", ",2019,2020", "F,1,2", "M,3,4"), "Victims in Spain Final"),
    ],
)
def test_the_title_of_a_draft_is_that_of_the_table_or_the_name_of_its_file(
    tmp_path: Path, suggester: Suggester, lines: tuple[str, ...], title: str
) -> None:
    path, _ = write_suggestion(suggester.suggest(_table(tmp_path, *lines)), tmp_path / "m")
    assert tomllib.loads(path.read_text(encoding="utf-8"))["mapping"]["title"] == title


def test_a_mapping_that_is_there_is_replaced_only_when_told(tmp_path: Path, suggester: Suggester) -> None:
    draft = suggester.suggest(_table(tmp_path, *LONG))
    path = tmp_path / "m" / "mapping.toml"
    path.parent.mkdir()
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=r"mapping\.toml"):
        write_suggestion(draft, path.parent)
    assert (path.read_text(encoding="utf-8"), list(path.parent.iterdir())) == ("mine", [path])
    write_suggestion(draft, path.parent, replace=True)
    assert tomllib.loads(path.read_text(encoding="utf-8"))["table"] == {"figures": "Value"}


def test_codes_that_are_there_without_a_mapping_are_kept(tmp_path: Path, suggester: Suggester) -> None:
    codes = tmp_path / "m" / "codes.csv"
    codes.parent.mkdir()
    codes.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=r"codes\.csv"):
        write_suggestion(suggester.suggest(_table(tmp_path, *LONG)), codes.parent)
    assert (codes.read_text(encoding="utf-8"), list(codes.parent.iterdir())) == ("mine", [codes])


def test_open_points_are_told_once_each(tmp_path: Path, suggester: Suggester) -> None:
    lines = ("Sex,Zzz,2019,2020", "Women,foo,-,6", "Frobs,foo,7,8", "Women,bar,7,8")
    assert open_points(suggester.suggest(_table(tmp_path, *lines))) == [
        "REF_AREA",
        "INDICATOR",
        "UNIT_MEASURE",
        "'column B'",
        "'Frobs'",
        "'-'",
    ]
    assert open_points(suggester.suggest(_table(tmp_path, *LONG), constants=GIVEN)) == []


def test_blanks_that_set_figures_aside_are_open_points(tmp_path: Path, suggester: Suggester) -> None:
    lines = ("Year,Sex,Age,Status,Value", "2019,F,,,5", "2019,M,Adults,A,6", "2020,,,,7", "2021,F,Adults,,")
    draft = suggester.suggest(_table(tmp_path, *lines), constants=GIVEN)
    assert open_points(draft) == ["what a blank is in 'Sex'", "what a blank is in 'Age'"]
    write_suggestion(draft, tmp_path / "m")
    written = (tmp_path / "m" / "mapping.toml").read_text(encoding="utf-8")
    assert (
        written.count('# blanks set their figures aside: say here what they are, as in blank = "_T" for the total') == 2
    )


def test_another_table_below_is_an_open_point_and_its_figures_are_reported(
    tmp_path: Path, suggester: Suggester, converter: Converter
) -> None:
    table = _table(tmp_path, "Sex,2020,2021", "Women,5,6", ",,", "By age,,", "Age,2018,2019", "Adults,7,8")
    draft = suggester.suggest(table, constants=GIVEN)
    assert open_points(draft) == ["another table begins at A4, which is not in the draft"]
    assert open_points(draft, "fr") == ["un autre tableau commence en A4, qui n'est pas dans l'ébauche"]
    write_suggestion(draft, tmp_path / "m")
    conversion = converter.convert(table, str(tmp_path / "m"))
    assert conversion.balance.observations == 2
    (outside,) = [finding for finding in conversion.report.findings if finding.code == "TABLE-010"]
    assert outside.cells == ("B5", "B6", "C5", "C6")


def test_other_tables_and_figures_of_which_nothing_is_known_are_open_points(
    tmp_path: Path, suggester: Suggester
) -> None:
    beside = ("Form,2020,,Sex,2020", "Sexual exploitation,1,,Women,3", "Forced labour,1,,Men,3")
    points = open_points(suggester.suggest(_table(tmp_path, *beside)))
    assert points[-1] == "another table begins beside this one, at D1"
    unsaid = ("Year,Value,Population", "2019,1,200", "2020,4,500")
    draft = suggester.suggest(_table(tmp_path, *unsaid), constants=GIVEN)
    assert open_points(draft) == ["'Population' (figures of which nobody has said what they count)"]
    write_suggestion(draft, tmp_path / "m")
    text = (tmp_path / "m" / "mapping.toml").read_text(encoding="utf-8")
    assert "# ? figures of which nobody has said what they count" in text


def test_a_share_beside_counts_is_open(tmp_path: Path, suggester: Suggester) -> None:
    table = _table(tmp_path, "Year,Number,%", "2019,1,2.5", "2020,4,5.5")
    given = {name: code for name, code in GIVEN.items() if name != "UNIT_MEASURE"}
    assert open_points(suggester.suggest(table, constants=given)) == ["'%'"]


def _workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                sheet.write_row(row, 0, cells)
    return path


def _forms(*figures: int, title: str = "Victims") -> list[list[object]]:
    return [[title], ["Form", "Men", "Women"], ["Sexual exploitation", *figures], ["Forced labour", *figures]]


def test_sheets_that_look_alike_are_read_by_one_draft(
    tmp_path: Path, suggester: Suggester, converter: Converter
) -> None:
    book = _workbook(tmp_path / "t.xlsx", {"2019": _forms(1, 2), "2020": _forms(3, 4), "More": _forms(5, 6)})
    draft = suggester.suggest(book, constants=GIVEN)
    assert (draft.layout.sheets if draft.layout else (), draft.time) == (("2019",), "")
    assert open_points(draft)[-1] == "sheets that are not in the draft: '2020', 'More'"
    book = _workbook(tmp_path / "t.xlsx", {"2019": _forms(1, 2), "2020": _forms(3, 4), "Zzz": [["a", "Men"], ["b", 1]]})
    conversion = _converted(book, suggester, converter)
    frame = conversion.datasets["TIP_VICTIM"].frame
    assert sorted(zip(frame["TIME_PERIOD"].to_list(), frame["OBS_VALUE"].to_list(), strict=True)) == [
        ("2019", 1), ("2019", 1), ("2019", 2), ("2019", 2), ("2020", 3), ("2020", 3), ("2020", 4), ("2020", 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        (_forms(1, 2), _forms(3, 4, title="Suspects"), ("2019", "2020")),
        (_forms(1, 2), _forms(3, 4)[:3], ("2019", "2020")),
        (_forms(1, 2), _forms(3, 4), ("Table a", "Table b")),
    ],
)
def test_sheets_that_differ_are_told(
    first: list[list[object]],
    second: list[list[object]],
    names: tuple[str, str],
    tmp_path: Path,
    suggester: Suggester,
) -> None:
    book = _workbook(tmp_path / "t.xlsx", dict(zip(names, (first, second), strict=True)))
    draft = suggester.suggest(book, constants=GIVEN)
    assert draft.unread == (names[1],)


def test_sheets_of_countries_are_areas_or_open(tmp_path: Path, suggester: Suggester) -> None:
    book = _workbook(tmp_path / "t.xlsx", {"Kenya": _forms(1, 2), "Uganda": _forms(3, 4)})
    draft = suggester.suggest(book, constants={"INDICATOR": "VIC_DET", "UNIT_MEASURE": "NUMBER"})
    assert draft.layout is not None
    assert draft.layout.sheets == ("Kenya", "Uganda")
    assert [column.components for column in draft.columns if column.column == "sheet"] == [()]
    assert draft.constants["REF_AREA"][0] == "?"
    assert suggester.suggest(book, constants=GIVEN).unread == ("Uganda",)


def test_signs_beside_figures_are_open_and_figures_without_them_are_not(
    tmp_path: Path, suggester: Suggester, converter: Converter
) -> None:
    table = _table(tmp_path, "Sex,2020,,2021,", "Women,5,r,6,p", "Men,7,,8,p")
    draft = suggester.suggest(table, constants=GIVEN)
    assert open_points(draft) == ["'flag'"]
    conversion = _converted(table, suggester, converter)
    assert conversion.datasets["TIP_VICTIM"].frame["OBS_VALUE"].to_list() == [7]
    assert conversion.balance.set_aside == {"OPEN-002": 3}
    assert "OBS_STATUS" in (tmp_path / "m" / "mapping.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "lines",
    [("Year,Sex,Value (thousands)", "2020,Female,1.2"), ("Victims (in thousands),,", "Sex,2020,2021", "Male,1.2,1.4")],
)
def test_figures_in_thousands_by_a_title_or_a_header_are_set_aside(
    tmp_path: Path, suggester: Suggester, lines: tuple[str, ...]
) -> None:
    draft = suggester.suggest(_table(tmp_path, *lines))
    assert draft.constants["UNIT_MULT"][0] == "?"
