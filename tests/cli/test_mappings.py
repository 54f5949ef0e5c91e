"""Mappings are drafted and tried on the command line."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

Run = Callable[..., tuple[int, str, str]]

GIVEN = ("--set", "REF_AREA=CL,INDICATOR=VIC_DET", "--set", "UNIT_MEASURE=NUMBER")
LONG = ("Year,Sex,Value", "2019,F,5", "2019,M,6", "2020,F,7")
OPEN = ("Year,Zzz,Value", "2019,foo,5", "2019,bar,6", "2020,foo,-")


def _table(folder: Path, *lines: str) -> Path:
    path = folder / "table.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_draft_is_three_files_whose_names_are_printed(icstip: Run, tmp_path: Path) -> None:
    folder = tmp_path / "m"
    code, out, err = icstip("map", "suggest", _table(tmp_path, *LONG), "-o", folder, *GIVEN)
    names = ("mapping.toml", "codes.csv", "preview.html")
    assert (code, out.splitlines()) == (0, [str(folder / name) for name in names])
    assert err.splitlines()[-1] == "drafted: nothing is open. Check it, then convert."
    assert tomllib.loads((folder / "mapping.toml").read_text(encoding="utf-8"))["constants"] == {
        "REF_AREA": "CL",
        "INDICATOR": "VIC_DET",
        "UNIT_MEASURE": "NUMBER",
    }


def test_what_is_open_is_told(icstip: Run, tmp_path: Path) -> None:
    code, out, err = icstip("map", "suggest", _table(tmp_path, *OPEN), "-o", tmp_path / "m", *GIVEN)
    assert (code, len(out.splitlines())) == (0, 3)
    assert err.splitlines()[-1] == "drafted: 2 points are open: 'Zzz', '-'"


@pytest.mark.parametrize(
    ("language", "comment", "told"),
    [
        ("en", "# ? nothing says what this column means", "drafted: 2 points are open"),
        ("fr", "", "ébauche faite"),
        ("es", "", "borrador hecho; quedan abiertos 2 puntos"),
        ("ar", "", "أُعدّت المسودة"),
    ],
)
def test_comments_and_messages_speak_the_language_that_is_asked_for(
    icstip: Run, tmp_path: Path, language: str, comment: str, told: str
) -> None:
    table = _table(tmp_path, *OPEN)
    code, _, err = icstip("map", "suggest", table, "-o", tmp_path / "m", *GIVEN, "--language", language)
    written = (tmp_path / "m" / "mapping.toml").read_text(encoding="utf-8")
    assert (code, told in err, comment in written) == (0, True, True)
    assert ("# ? nothing says" in written) is (language == "en")
    assert tomllib.loads(written)["columns"] == [{"column": "Zzz", "component": "?"}]


def test_a_mapping_that_is_there_is_not_replaced_unless_told(icstip: Run, tmp_path: Path) -> None:
    table, path = _table(tmp_path, *LONG), tmp_path / "m" / "mapping.toml"
    path.parent.mkdir()
    path.write_text("mine", encoding="utf-8")
    code, out, err = icstip("map", "suggest", table, "-o", path.parent)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert err.startswith("icstip: ")
    assert str(path) in err
    assert (path.read_text(encoding="utf-8"), list(path.parent.iterdir())) == ("mine", [path])
    code, _, _ = icstip("map", "suggest", table, "-o", path.parent, "--replace")
    assert code == 0
    assert tomllib.loads(path.read_text(encoding="utf-8"))["time"] == {"column": "Year"}


@pytest.mark.parametrize("given", ["SEX", "SEX=", "=F", "SEX:F", "SEX=F,AGE"])
def test_what_is_set_is_a_component_and_a_code(icstip: Run, tmp_path: Path, given: str) -> None:
    code, out, err = icstip("map", "suggest", _table(tmp_path, *LONG), "-o", tmp_path / "m", "--set", given)
    assert (code, out) == (2, "")
    assert "COMPONENT=CODE" in err
    assert not (tmp_path / "m").exists()


@pytest.mark.parametrize(("given", "told"), [("SEXX=F", "SEXX"), ("SEX=X", "CL_SEX"), ("REF_AREA=?", "CL_AREA")])
def test_unknown_components_and_codes_are_one_line(icstip: Run, tmp_path: Path, given: str, told: str) -> None:
    code, out, err = icstip("map", "suggest", _table(tmp_path, *LONG), "-o", tmp_path / "m", "--set", given)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert told in err
    assert not (tmp_path / "m").exists()


@pytest.mark.parametrize("command", ["suggest", "check"])
def test_a_table_that_is_not_there_is_one_line(icstip: Run, tmp_path: Path, command: str) -> None:
    beside = ("-o", tmp_path / "m") if command == "suggest" else ("-m", "glotip")
    code, out, err = icstip("map", command, tmp_path / "no.csv", *beside)
    assert (code, out, len(err.splitlines())) == (2, "", 1)


def test_a_table_without_figures_is_one_line(icstip: Run, tmp_path: Path) -> None:
    table = _table(tmp_path, "Women,Men", "Adults,Children")
    code, out, err = icstip("map", "suggest", table, "-o", tmp_path / "m")
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert err.startswith("icstip: ")
    assert "table.csv" in err
    assert not (tmp_path / "m").exists()


def test_a_sheet_that_is_not_there_is_one_line(icstip: Run, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "t.xlsx") as book:
        book.add_worksheet("One").write_row(0, 0, ["Women", 5])
    code, out, err = icstip("map", "suggest", tmp_path / "t.xlsx", "-o", tmp_path / "m", "--sheet", "Two")
    assert (code, out, len(err.splitlines())) == (2, "", 1)


# Trying a mapping


def _drafted(icstip: Run, folder: Path, *lines: str) -> tuple[Path, Path]:
    table = _table(folder, *lines)
    assert icstip("map", "suggest", table, "-o", folder / "m", *GIVEN)[0] == 0
    return table, folder / "m"


def _files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_mapping_without_errors_ends_with_nothing_and_says_the_balance(
    icstip: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    table, mapping = _drafted(icstip, tmp_path, *LONG)
    before = _files(tmp_path)
    code, out, err = icstip("map", "check", table, "--mapping", mapping)
    assert (code, out) == (0, "")
    assert "3  figures read" in err
    assert "The balance adds up." in err
    assert _files(tmp_path) == before


def test_findings_go_to_the_output_and_errors_end_with_one(
    icstip: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    table, mapping = _drafted(icstip, tmp_path, *OPEN)
    before = _files(tmp_path)
    code, out, err = icstip("map", "check", table, "-m", mapping)
    assert code == 1
    assert [line.split()[1] for line in out.splitlines()] == ["OPEN-002"] * len(out.splitlines()) != []
    assert "OPEN-002" in err
    assert "3  figures read" in err
    assert "The balance adds up." in err
    assert _files(tmp_path) == before


def test_findings_speak_the_language_that_is_asked_for(icstip: Run, tmp_path: Path) -> None:
    table, mapping = _drafted(icstip, tmp_path, *OPEN)
    said = {language: icstip("map", "check", table, "-m", mapping, "-l", language)[1] for language in ("en", "ar")}
    assert said["en"] != said["ar"]
    assert all("OPEN-002" in text for text in said.values())


def test_a_mapping_that_is_not_there_is_one_line(icstip: Run, tmp_path: Path) -> None:
    code, out, err = icstip("map", "check", _table(tmp_path, *LONG), "-m", tmp_path / "none")
    assert (code, out, len(err.splitlines())) == (2, "", 1)
