"""Mappings of other tools are imported, and mappings exported, on the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from tests.examples.foreign_mappings import COMPONENTS, LONG, PARAMETERS, changed, converter_book, world_bank_book

Run = Callable[..., tuple[int, str, str]]


def test_an_import_names_its_files_and_what_is_open(icstip: Run, tmp_path: Path) -> None:
    book = converter_book(tmp_path, changed(PARAMETERS, "UNIT_MEASURE", "DIM", "FIX", "PS"))
    code, out, err = icstip("map", "import", book, "-o", tmp_path / "m")
    assert (code, out.splitlines()) == (0, [str(tmp_path / "m" / "mapping.toml"), str(tmp_path / "m" / "codes.csv")])
    told, last = err.splitlines()
    assert told.startswith(
        "table.xlsx!Parameters!A5: IMPORT-002 'PS' is not a code of CL_UNIT_MEASURE; UNIT_MEASURE is"
    )
    assert last == "imported: 1 points are open: UNIT_MEASURE"
    code, out, err = icstip("map", "check", book, "-m", tmp_path / "m")
    assert (code, "OPEN-001" in out) == (1, True)


def test_what_is_set_closes_it(icstip: Run, tmp_path: Path) -> None:
    book = converter_book(tmp_path, changed(PARAMETERS, "UNIT_MEASURE", "DIM", "FIX", "PS"))
    code, _, err = icstip("map", "import", book, "-o", tmp_path / "m", "--set", "UNIT_MEASURE=NUMBER", "-l", "fr")
    assert (code, err.splitlines()[-1]) == (0, "repris : rien n'est ouvert. Vérifiez, puis convertissez.")
    assert icstip("map", "check", book, "-m", tmp_path / "m")[0] == 0
    code, _, err = icstip("map", "import", book, "-o", tmp_path / "m2", "--set", "UNIT_MEASURE=PS")
    assert (code, (tmp_path / "m2").exists()) == (2, False)


def test_a_mapping_that_is_there_is_not_replaced_unless_told(icstip: Run, tmp_path: Path) -> None:
    book, path = world_bank_book(tmp_path), tmp_path / "m" / "codes.csv"
    path.parent.mkdir()
    path.write_text("mine", encoding="utf-8")
    code, out, err = icstip("map", "import", book, "-o", path.parent)
    assert (code, out, len(err.splitlines()), path.read_text(encoding="utf-8")) == (2, "", 1, "mine")
    assert icstip("map", "import", book, "-o", path.parent, "--replace")[0] == 0
    assert path.read_text(encoding="utf-8-sig").startswith("column,component")


def test_what_is_neither_is_one_line(icstip: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(LONG, encoding="utf-8")
    for given in (path, tmp_path / "absent.xlsx"):
        code, out, err = icstip("map", "import", given, "-o", tmp_path / "m")
        assert (code, out, len(err.splitlines()), (tmp_path / "m").exists()) == (2, "", 1, False)


@pytest.fixture
def mapping(icstip: Run, tmp_path: Path) -> Path:
    """A mapping that was imported."""
    icstip("map", "import", world_bank_book(tmp_path, COMPONENTS), "-o", tmp_path / "andes")
    return tmp_path / "andes"


def test_an_export_names_its_files_and_what_is_lost(icstip: Run, tmp_path: Path, mapping: Path) -> None:
    formats = ("-f", "sdmx-ml-3.0,sdmx-json-2.0")
    code, out, err = icstip("map", "export", mapping, "-o", tmp_path / "maps", *formats)
    assert code == 0
    assert out.splitlines() == [
        str(tmp_path / "maps" / f"andes.{end}") for end in ("sdmx-ml-3.0.xml", "sdmx-json-2.0.json")
    ]
    lines = err.splitlines()
    assert all(line.startswith("FORMAT-003 lost in a format, StructureMap: ") for line in lines)
    assert any("give the table for those that it has" in line for line in lines)


def test_an_export_goes_to_a_file_or_a_stream(icstip: Run, tmp_path: Path, mapping: Path) -> None:
    path = tmp_path / "maps.json"
    code, out, _ = icstip("map", "export", mapping, "-o", path, "-f", "sdmx-json-2.0", "--agency", "INE")
    assert (code, out.splitlines()) == (0, [str(path)])
    assert json.loads(path.read_text(encoding="utf-8"))["meta"]["sender"]["id"] == "INE"
    code, out, _ = icstip("map", "export", mapping, "-o", "-")
    assert (code, etree.fromstring(out.encode()).tag.partition("}")[2]) == (0, "Structure")
    code, out, err = icstip("map", "export", mapping, "-o", path, "-f", "sdmx-json-2.0,sdmx-ml-3.0")
    assert (code, out, len(err.splitlines())) == (2, "", 1)


def test_a_format_without_maps_says_that_they_are_left_out(icstip: Run, tmp_path: Path, mapping: Path) -> None:
    code, _, err = icstip("map", "export", mapping, "-o", tmp_path / "maps", "-f", "sdmx-ml-2.1")
    assert (code, "FORMAT-001 artefact left out, SDMX-ML 2.1" in err) == (0, True)


def test_labels_of_a_table_and_structures_of_the_standard_are_added(icstip: Run, tmp_path: Path, mapping: Path) -> None:
    table = tmp_path / "long.csv"
    table.write_text(LONG.replace("Girls and women", "Female"), encoding="utf-8")
    given = ("--table", table, "--references", "descendants")
    code, out, err = icstip("map", "export", mapping, "-o", "-", *given)
    assert (code, "give the table" in err) == (0, False)
    assert ">Female</str:SourceValue>" in out
    assert '<str:Codelist id="CL_SEX"' in out
    assert '<str:DataStructure id="TIP_EVENT"' not in out


@pytest.mark.parametrize("agency", ["1x", "a b"])
def test_what_is_no_agency_is_refused(icstip: Run, tmp_path: Path, mapping: Path, agency: str) -> None:
    code, out, err = icstip("map", "export", mapping, "-o", tmp_path / "maps", "--agency", agency)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
