"""Bad input ends in one line that says what is wrong and where, exit code 2, and nothing else changed."""

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from icstip.cli.app import main
from icstip.tables.workbooks import archive

Run = Callable[..., str]

HEADER = (
    *("Iso3_code", "Country", "Region", "Subregion", "Indicator", "Dimension", "Category", "Sex", "Age", "Year"),
    *("Unit of measurement", "txtVALUE", "Source"),
)
RECORD = (
    *("FRA", "France", "Europe", "Western Europe", "Detected trafficking victims", "Total", "Total", "Total", "Total"),
    *("2020", "Counts", "5", "GLOTIP"),
)


def write_table(path: Path, figure: str = "5") -> Path:
    """Write a table that converts: one sheet with notes, one with a record."""
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Notes").write(0, 0, "A note")
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, [figure if cell == "5" else cell for cell in RECORD])
    return path


def shell(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from icstip.cli.app import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table that converts."""
    return write_table(tmp_path / "table.xlsx")


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the whole output of an earlier run."""
    folder = tmp_path_factory.mktemp("earlier")
    done = shell("convert", write_table(folder / "table.xlsx"), "--mapping", "glotip", "--output", folder / "out")
    assert done.returncode == 0, done.stderr
    return folder / "out"


@pytest.fixture
def mapping(tmp_path: Path, dsd_folder: Path) -> Path:
    """A copy of the built-in mapping, to be spoilt."""
    return Path(shutil.copytree(dsd_folder / "mappings" / "glotip", tmp_path / "mine"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """The command line: exit code, what it wrote to stdout, what to stderr."""
    monkeypatch.delenv("ICSTIP_LANGUAGE", raising=False)

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["icstip", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        assert isinstance(ended.value.code, int)
        return ended.value.code, *capfd.readouterr()

    return command


@pytest.fixture
def refuse(run: Callable[..., tuple[int, str, str]], earlier: Path, tmp_path: Path) -> Run:
    """Run a conversion that must be refused; return the line that says why, of which everything else is proved."""
    whole = contents(earlier)
    assert "report.json" in {path.name for path in whole}

    def refused(table: str | Path, mapping: str | Path = "glotip", *options: str | Path) -> str:
        new = tmp_path / "new" / "folder"
        lines = set()
        for output in (earlier, new):
            code, out, err = run("convert", table, "--mapping", mapping, "--output", output, *options)
            assert (code, out) == (2, "")
            lines.add(err)
        assert contents(earlier) == whole
        assert not (tmp_path / "new").exists()
        (line,) = lines
        assert line.startswith("icstip: ")
        assert line.endswith("\n")
        assert line.count("\n") == 1
        return line

    return refused


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def spoil(path: Path, old: str, new: str) -> int:
    """Replace the first occurrence of a text in a file; return its line."""
    content = path.read_text(encoding="utf-8")
    before, found, after = content.partition(old)
    assert found, f"{path} has no {old}"
    path.write_text(before + new + after, encoding="utf-8")
    return before.count("\n") + 1


def names(line: str, *words: str | Path) -> bool:
    return all(str(word) in line for word in words)


# The table


def test_a_table_that_is_not_there_is_named(refuse: Run, tmp_path: Path) -> None:
    assert names(refuse(tmp_path / "none.xlsx"), tmp_path / "none.xlsx", "No such file or directory")


def test_a_folder_is_no_table(refuse: Run, tmp_path: Path) -> None:
    assert names(refuse(tmp_path), tmp_path, "Is a directory")


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(refuse: Run, table: Path) -> None:
    assert names(refuse(table, "glotip", "--sheet", "Figures"), table, "'Figures'", "Notes, Data")


def test_a_sheet_without_the_columns_is_refused_with_what_lacks(refuse: Run, table: Path) -> None:
    line = refuse(table, "glotip", "--sheet", "Notes")
    assert names(line, table, "table.xlsx!Notes!A1", "Iso3_code, Country, Indicator", "txtVALUE")


def test_the_nearest_row_says_which_column_is_missing(refuse: Run, tmp_path: Path) -> None:
    path = tmp_path / "national.csv"
    path.write_text(f"Title\n{';'.join(HEADER[:-1])}\n", encoding="utf-8")
    assert names(refuse(path), path, "national.csv:2", "Source")


def test_a_column_that_occurs_twice_is_named(refuse: Run, tmp_path: Path) -> None:
    path = tmp_path / "national.csv"
    path.write_text(";".join((*HEADER, '"sex\n"')) + "\n", encoding="utf-8")
    assert names(refuse(path), path, "'Sex'")


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n\x00\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"PK\x05\x06" + bytes(18)],
)
@pytest.mark.parametrize("name", ["national.xlsx", "national.csv"])
def test_a_file_that_is_no_table_is_named(refuse: Run, tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert names(refuse(path), path)


def test_an_archive_that_is_no_workbook_is_named(refuse: Run, tmp_path: Path) -> None:
    path = tmp_path / "national.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("content.xml", "<a/>")
    assert names(refuse(path), path, "xlsx")


def test_a_workbook_cut_short_is_named(refuse: Run, table: Path) -> None:
    path = table.with_name("cut.xlsx")
    path.write_bytes(table.read_bytes()[:-200])
    assert names(refuse(path), path)


def test_a_bomb_is_named_with_its_part(refuse: Run, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MIN_BYTES_FOR_RATIO", 1_000_000)
    path = Path(shutil.copy(table, table.with_name("bomb.xlsx")))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/media/image1.png", bytes(2_000_000))
    assert names(refuse(path), path, "xl/media/image1.png")


def test_one_cell_far_away_is_named_with_its_address(refuse: Run, table: Path) -> None:
    path = table.with_name("far.xlsx")
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write("XFD1048576", "here")
    assert names(refuse(path), path, "XFD1048576")


def test_a_quotation_mark_that_is_not_closed_is_found_with_its_line(refuse: Run, tmp_path: Path) -> None:
    path = tmp_path / "national.csv"
    path.write_text(f'{",".join(HEADER)}\n"FRA,France\n', encoding="utf-8")
    assert names(refuse(path), f"{path}:2")


# The mapping


def test_a_mapping_that_is_not_there_is_named_with_those_that_are(refuse: Run, table: Path) -> None:
    assert names(refuse(table, "glotop"), "glotop", "glotip")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        pytest.param("thousands =", "thousand =", ("'thousand'", "thousands"), id="key"),
        pytest.param("[[left_out]]", "[[leave_out]]", ("'leave_out'", "left_out"), id="section"),
        pytest.param('component = "REF_AREA"', 'component = "REF_AERA"', ("'REF_AERA'", "REF_AREA"), id="component"),
        pytest.param('FREQ = "A"', 'FREQ = "AA"', ("'AA'", "CL_FREQ"), id="code"),
        pytest.param('only = ["_T"]', 'only = "_T"', ("'only'", "[", "]"), id="text instead of a list"),
    ],
)
def test_a_typo_in_a_mapping_is_found_with_its_line(
    refuse: Run, table: Path, mapping: Path, old: str, new: str, words: tuple[str, ...]
) -> None:
    line = spoil(mapping / "mapping.toml", old, new)
    assert names(refuse(table, mapping), f"{mapping / 'mapping.toml'}:{line}: ", *words)


def test_a_mapping_that_lacks_a_key_is_named(refuse: Run, table: Path, mapping: Path) -> None:
    spoil(mapping / "mapping.toml", 'figures = "txtVALUE"', "")
    assert names(refuse(table, mapping), mapping / "mapping.toml", "table", "figures")


def test_a_mapping_that_is_no_toml_is_found_with_its_line(refuse: Run, table: Path, mapping: Path) -> None:
    line = spoil(mapping / "mapping.toml", 'figures = "txtVALUE"', 'figures = "txtVALUE')
    assert names(refuse(table, mapping), mapping / "mapping.toml", f"line {line}")


def test_a_mapping_that_is_no_text_is_named(refuse: Run, table: Path) -> None:
    assert names(refuse(table, table), table)


def test_a_list_of_labels_without_its_header_is_named_with_what_lacks(refuse: Run, table: Path, mapping: Path) -> None:
    spoil(mapping / "codes.csv", "label", "lable")
    assert names(refuse(table, mapping), f"{mapping / 'codes.csv'}:1", "label")


def test_a_label_with_a_code_that_is_not_there_is_found_with_its_line(refuse: Run, table: Path, mapping: Path) -> None:
    line = spoil(mapping / "codes.csv", ",VIC_DET,", ",VIC_DETT,")
    assert names(refuse(table, mapping), f"{mapping / 'codes.csv'}:{line}", "'VIC_DETT'", "VIC_DET")


# The rest of the command


def test_a_format_that_is_not_there_is_named_with_those_that_are(refuse: Run, table: Path) -> None:
    line = refuse(table, "glotip", "--format", "sdmx-csv-2.0", "--format", "sdmx-xls")
    assert names(line, "sdmx-xls", "sdmx-csv-2.0", "sdmx-ml-3.0")


@pytest.mark.parametrize("deeper", ["", "deeper"])
def test_a_file_in_the_place_of_the_folder_is_named_and_left_alone(
    run: Callable[..., tuple[int, str, str]], table: Path, tmp_path: Path, deeper: str
) -> None:
    (tmp_path / "taken").write_text("mine")
    before = contents(tmp_path)
    for command in (("convert", table, "--mapping", "glotip"), ("structures", "write")):
        code, out, err = run(*command, "--output", tmp_path / "taken" / deeper)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert err.startswith(f"icstip: {tmp_path / 'taken' / deeper}")
        assert contents(tmp_path) == before


def test_a_folder_in_the_place_of_a_file_leaves_the_earlier_output_whole(
    run: Callable[..., tuple[int, str, str]], table: Path, tmp_path: Path
) -> None:
    command = ("convert", table, "--mapping", "glotip", "--output", tmp_path / "out")
    run(*command)
    (tmp_path / "out" / "report.json").unlink()
    (tmp_path / "out" / "report.json").mkdir()
    before = contents(tmp_path)
    write_table(table, figure="6")
    code, out, err = run(*command)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"icstip: {tmp_path / 'out'}")
    assert contents(tmp_path / "out") == {path: before[path] for path in before if path.parent.name == "out"}


@pytest.mark.parametrize("command", [("convert", "table.xlsx", "-m", "glotip", "-o", "out"), ("standard", "show")])
def test_a_language_that_is_not_spoken_is_named_with_those_that_are(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*command, "--language", "xx")
    assert (code, out) == (2, "")
    assert names(err.splitlines()[-1], "--language", "xx", "en, fr, es, ar")
    assert list(tmp_path.iterdir()) == []


def test_the_shell_sees_the_line_and_the_exit_code(tmp_path: Path) -> None:
    done = shell("convert", tmp_path / "none.xlsx", "--mapping", "glotip", "--output", tmp_path / "out")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert names(done.stderr, "none.xlsx")
    assert list(tmp_path.iterdir()) == []
