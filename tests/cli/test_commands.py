"""The commands as a person runs them: what they write, what they print, and their exit codes."""

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
import sdmx

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "glotip_excerpt.xlsx"
FIGURES = 904


def _icstip(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from icstip.cli.app import main; main()", *map(str, arguments)]
    environment = {**os.environ, "COLUMNS": "100"}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    folder = tmp_path_factory.mktemp("out") / "deep" / "folder"
    formats = ("--format", "sdmx-csv-2.0", "--format", "sdmx-ml-3.0")
    return _icstip("convert", EXAMPLE, "--mapping", "glotip", "-o", folder, *formats), folder


def test_converting_writes_a_file_for_each_structure_and_format_and_the_report(
    converted: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    done, folder = converted
    structures = ("TIP_EVENT", "TIP_PERPETRATOR", "TIP_VICTIM")
    names = {f"{s}.{f}" for s in structures for f in ("sdmx-csv-2.0.csv", "sdmx-ml-3.0.xml")}
    assert {path.name for path in folder.iterdir()} == names | {"report.json", "report.html"}
    assert {Path(line).name for line in done.stdout.splitlines()} == names | {"report.json", "report.html"}


def test_converting_says_the_balance_and_ends_with_one_because_of_errors_in_the_data(
    converted: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    done, _ = converted
    assert done.returncode == 1
    assert "904  figures read" in done.stderr
    assert "The balance adds up." in done.stderr


def test_the_version_is_that_of_the_package() -> None:
    done = _icstip("--version")
    assert (done.stdout, done.returncode) == (f"{version('icstip')}\n", 0)


def test_the_report_has_the_keys_that_programs_rely_on(
    converted: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    report = json.loads((converted[1] / "report.json").read_text(encoding="utf-8"))
    assert {"icstip", "input", "balance", "labels", "findings"} <= set(report)
    balance = report["balance"]
    assert balance["figures_read"] == FIGURES == balance["observations"] + sum(balance["set_aside"].values())
    assert all({"column", "label", "code", "how", "rows"} <= set(label) for label in report["labels"])
    for finding in report["findings"]:
        assert {"code", "severity", "place", "value", "message", "hint"} <= set(finding)
        assert set(finding["place"]) == {"file", "sheet", "cell", "row", "key"}


def test_every_figure_set_aside_is_named_by_a_finding_with_its_code(
    converted: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    report = json.loads((converted[1] / "report.json").read_text(encoding="utf-8"))
    for code, count in report["balance"]["set_aside"].items():
        cells = {cell for finding in report["findings"] if finding["code"] == code for cell in finding["cells"]}
        assert len(cells) >= count


def test_converting_again_gives_the_same_bytes(
    converted: tuple[subprocess.CompletedProcess[str], Path], tmp_path: Path
) -> None:
    _icstip("convert", EXAMPLE, "--mapping", "glotip", "-o", tmp_path)
    for path in converted[1].iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize(("language", "word"), [("fr", "Le"), ("es", "El"), ("ar", "ا")])
def test_the_report_speaks_the_language_that_is_asked_for(language: str, word: str, tmp_path: Path) -> None:
    _icstip("convert", EXAMPLE, "--mapping", "glotip", "-o", tmp_path, "--language", language)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    english = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["balance"]
    assert english["figures_read"] == FIGURES
    assert f'lang="{language}"' in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert any(word in finding["message"] or word.lower() in finding["message"] for finding in report["findings"])


def test_the_standard_that_is_shipped_has_no_finding() -> None:
    done = _icstip("standard", "check")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_fault_in_the_standard_is_printed_with_file_and_line(tmp_path: Path) -> None:
    import shutil  # noqa: PLC0415 - here only

    folder = shutil.copytree(ROOT / "dsd", tmp_path / "dsd")
    table = folder / "codelists" / "CL_SEX.csv"
    table.write_text(table.read_text(encoding="utf-8") + "X,NOPE,X,X,X,س,,,,,,PROJECT\n", encoding="utf-8")
    done = _icstip("standard", "check", "--dsd", folder)
    assert done.returncode == 1
    assert "dsd/codelists/CL_SEX.csv:9: STD-004" in done.stdout


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
@pytest.mark.parametrize("item", ["CL_TIP_EXPLOITATION", "TIP_VICTIM"])
def test_a_list_or_structure_is_shown_in_a_language(item: str, language: str) -> None:
    done = _icstip("standard", "show", item, "--language", language)
    assert done.returncode == 0
    assert item in done.stdout


def test_showing_without_a_name_lists_what_there_is() -> None:
    done = _icstip("standard", "show")
    assert "TIP_PERPETRATOR" in done.stdout
    assert "CL_AREA_GROUP" in done.stdout


def test_structures_are_written_in_each_format_and_reissued_as_asked(tmp_path: Path) -> None:
    formats = ("--format", "sdmx-ml-3.0", "--format", "sdmx-ml-2.1")
    done = _icstip(
        "structures", "write", "-o", tmp_path, *formats, "--agency", "UNODC", "--version", "2.1.0", "--final"
    )
    assert done.returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {"structures.sdmx-ml-3.0.xml", "structures.sdmx-ml-2.1.xml"}
    assert b"UNODC:CL_SEX(2.1.0)" in (tmp_path / "structures.sdmx-ml-3.0.xml").read_bytes()
    with (tmp_path / "structures.sdmx-ml-2.1.xml").open("rb") as file:
        message = sdmx.read_sdmx(file)
    sex = message.codelist["CL_SEX"]
    assert (sex.maintainer.id, str(sex.version), sex.is_final) == ("UNODC", "2.1.0", True)
    assert set(sex["F"].name.localizations) == {"en", "fr", "es", "ar"}


@pytest.mark.parametrize(
    "asked", [("--version", "1"), ("--agency", "9 UN"), ("--version", "1.0.0-draft", "--final")], ids=" ".join
)
def test_what_sdmx_does_not_allow_is_refused_in_one_line(asked: tuple[str, ...], tmp_path: Path) -> None:
    done = _icstip("structures", "write", "-o", tmp_path / "out", *asked)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert asked[1] in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_mapping_in_a_folder_converts_a_csv(tmp_path: Path) -> None:
    (tmp_path / "mapping.toml").write_text(
        """[table]
figures = "Victims"
[time]
column = "Year"
[constants]
FREQ = "A"
REF_AREA = "KE"
INDICATOR = "VIC_DET"
UNIT_MEASURE = "NUMBER"
[[columns]]
column = "Sex"
component = "SEX"
[figures.signs]
"-" = { OBS_STATUS = "O" }
""",
        encoding="utf-8",
    )
    table = tmp_path / "t.csv"
    table.write_text("Sex;Year;Victims\nWomen;2022;12\nMen;2022;-\nBoth sexes;2022;12\n", encoding="utf-8")
    done = _icstip("convert", table, "-m", tmp_path, "-o", tmp_path / "out", "-f", "sdmx-csv-2.0")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "out" / "TIP_VICTIM.sdmx-csv-2.0.csv").read_text(encoding="utf-8")
    rows = [line.split(",") for line in text.splitlines()]
    sex, value, status = (rows[0].index(name) for name in ("SEX", "OBS_VALUE", "OBS_STATUS"))
    assert [(row[sex], row[value], row[status]) for row in rows[1:]] == [
        ("F", "12", "A"),
        ("M", "", "O"),
        ("_T", "12", "A"),
    ]


def _csv(folder: Path, *records: str) -> Path:
    header = "Iso3_code,Country,Region,Subregion,Indicator,Dimension,Category,Sex,Age,Year"
    header += ",Unit of measurement,txtVALUE,Source"
    path = folder / "table.csv"
    path.write_text("\n".join([header, *records]) + "\n", encoding="utf-8")
    return path


def _report(table: Path, folder: Path) -> dict[str, object]:
    _icstip("convert", table, "-m", "glotip", "-o", folder / "out")
    report: dict[str, object] = json.loads((folder / "out" / "report.json").read_text(encoding="utf-8"))
    return report


def test_a_separator_that_is_not_quoted_sets_the_record_aside(tmp_path: Path) -> None:
    row = "ITA,Italy,,,Detected trafficking victims,Total,Total,Total,Total,2017,Counts,1,240,GLOTIP"
    balance = _report(_csv(tmp_path, row), tmp_path)["balance"]
    assert balance == {"figures_read": 1, "observations": 0, "set_aside": {"ROW-006": 1}}


def test_persons_convicted_are_never_victims_whatever_the_breakdown_says(tmp_path: Path) -> None:
    row = "ITA,Italy,,,Persons convicted,by country of repatriation,France,Total,Total,2017,Counts,7,GLOTIP"
    balance = _report(_csv(tmp_path, row), tmp_path)["balance"]
    assert balance == {"figures_read": 1, "observations": 0, "set_aside": {"ROW-001": 1}}


def test_a_part_of_a_country_does_not_report_for_the_whole(tmp_path: Path) -> None:
    row = "GBR_S,Scotland,,,Detected trafficking victims,Total,Total,Total,Total,2017,Counts,7,GLOTIP"
    balance = _report(_csv(tmp_path, row), tmp_path)["balance"]
    assert balance == {"figures_read": 1, "observations": 0, "set_aside": {"LABEL-001": 1}}


def test_a_row_of_an_unknown_breakdown_is_no_total(tmp_path: Path) -> None:
    rows = [
        f"ITA,Italy,,,Detected trafficking victims,{kind},Albania,Total,Total,2017,Counts,7,GLOTIP"
        for kind in ("", "by something else", "Total")
    ]
    balance = _report(_csv(tmp_path, *rows), tmp_path)["balance"]
    assert balance == {"figures_read": 3, "observations": 0, "set_aside": {"LABEL-001": 1, "ROW-001": 2}}


def test_strict_ends_with_one_when_a_figure_is_set_aside_for_whatever_reason(tmp_path: Path) -> None:
    rows = [
        "ITA,Italy,,,Detected trafficking victims,Total,Total,Total,Total,2017,Counts,7,GLOTIP",
        "ITA,Italy,,,Detected trafficking victims,Total,Total,Total,Total,2017,Counts,7,GLOTIP",
    ]
    table = _csv(tmp_path, *rows)
    usual = ("convert", table, "-m", "glotip", "-o", tmp_path / "out", "-f", "sdmx-csv-2.0")
    assert _icstip(*usual).returncode == 0  # the same figure twice is a warning
    assert _icstip(*usual, "--strict").returncode == 1


def test_a_text_that_cells_mean_is_written_as_an_attribute_without_a_list(tmp_path: Path) -> None:
    import shutil  # noqa: PLC0415 - here only

    folder = shutil.copytree(ROOT / "dsd", tmp_path / "dsd")
    cells = folder / "cells.toml"
    said = cells.read_text(encoding="utf-8").replace("[number]", '[number]\nCOMMENT_OBS = "counted" #', 1)
    cells.write_text(said, encoding="utf-8")
    table = _csv(tmp_path, "ITA,Italy,,,Detected trafficking victims,Total,Total,Total,Total,2017,Counts,7,GLOTIP")
    done = _icstip("convert", table, "-m", "glotip", "-o", tmp_path / "out", "-f", "sdmx-csv-2.0", "--dsd", folder)
    assert done.returncode == 0, done.stderr
    assert ",counted," in (tmp_path / "out" / "TIP_VICTIM.sdmx-csv-2.0.csv").read_text(encoding="utf-8")
