"""Reformatting data messages as a person runs it: what it writes, what it says, and its exit codes."""

import gzip
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from icstip.messages.formats import formats_of

Run = Callable[..., tuple[int, str, str]]

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "glotip_excerpt.xlsx"
FORMATS = [fmt.id for fmt in formats_of("data")]


@pytest.fixture(scope="module")
def victims(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The victims of the example, as SDMX-CSV 2.0."""
    from icstip.workflow.conversion import Converter, write_conversion  # noqa: PLC0415 - slow to load

    folder = tmp_path_factory.mktemp("victims")
    converter = Converter()
    write_conversion(converter.convert(EXAMPLE, "glotip"), folder, ["sdmx-csv-2.0"], converter.standard)
    return folder / "TIP_VICTIM.sdmx-csv-2.0.csv"


def test_data_come_back_from_a_chain_of_all_formats_as_they_were(victims: Path, icstip: Run, tmp_path: Path) -> None:
    source = victims
    for number, name in enumerate([*FORMATS, "sdmx-csv-2.0"]):
        target = tmp_path / f"{number}"
        code, out, err = icstip("reformat", source, "-o", target, "--format", name)
        assert (code, out) == (0, f"{target}\n"), err
        source = target
    assert source.read_bytes() == victims.read_bytes()


def test_what_was_done_is_told_in_one_line(victims: Path, icstip: Run, tmp_path: Path) -> None:
    _, _, err = icstip("reformat", victims, "-o", tmp_path / "a.xml", "-f", "sdmx-ml-2.1")
    rows = len(victims.read_text(encoding="utf-8").splitlines()) - 1
    assert err.splitlines() == [f"{rows} rows, from SDMX-CSV 2.0 to SDMX-ML 2.1"]


def test_a_folder_gets_a_file_of_the_same_name(victims: Path, icstip: Run, tmp_path: Path) -> None:
    _, out, _ = icstip("reformat", victims, "-o", tmp_path, "-f", "sdmx-json-2.0")
    assert out == f"{tmp_path / 'TIP_VICTIM.sdmx-json-2.0.json'}\n"
    assert json.loads((tmp_path / "TIP_VICTIM.sdmx-json-2.0.json").read_text(encoding="utf-8"))["data"]["dataSets"]


def test_streams_are_read_and_written(
    victims: Path, icstip: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    icstip("reformat", victims, "-o", tmp_path / "a.xml", "-f", "sdmx-ml-3.0")
    stdin = io.TextIOWrapper(io.BytesIO((tmp_path / "a.xml").read_bytes()))
    monkeypatch.setattr(sys, "stdin", stdin)
    code, out, _ = icstip("reformat", "-", "-o", "-", "-f", "sdmx-csv-2.0")
    assert (code, out) == (0, victims.read_text(encoding="utf-8"))


def test_a_name_that_ends_with_gz_is_packed_the_same_way_each_time(victims: Path, icstip: Run, tmp_path: Path) -> None:
    for name in ("a.xml.gz", "b.xml.gz"):
        icstip("reformat", victims, "-o", tmp_path / name, "-f", "sdmx-ml-3.0")
    packed = (tmp_path / "a.xml.gz").read_bytes()
    assert packed == (tmp_path / "b.xml.gz").read_bytes()
    assert gzip.decompress(packed).startswith(b"<?xml")
    _, out, _ = icstip("reformat", tmp_path / "a.xml.gz", "-o", "-", "-f", "sdmx-csv-2.0")
    assert out == victims.read_text(encoding="utf-8")


def test_the_header_is_that_of_the_message_unless_another_one_is_asked_for(
    victims: Path, icstip: Run, tmp_path: Path
) -> None:
    first, second = tmp_path / "1.xml", tmp_path / "2.json"
    asked = ("--id", "MINE", "--sender", "UNODC", "--receiver", "IOM,OSCE", "--prepared", "2026-05-01T10:00:00Z")
    icstip("reformat", victims, "-o", first, "-f", "sdmx-ml-3.0", *asked)
    icstip("reformat", first, "-o", second, "-f", "sdmx-json-2.0")
    meta = json.loads(second.read_text(encoding="utf-8"))["meta"]
    assert (meta["id"], meta["sender"]["id"], meta["prepared"]) == ("MINE", "UNODC", "2026-05-01T10:00:00Z")
    assert [receiver["id"] for receiver in meta["receivers"]] == ["IOM", "OSCE"]


def test_labels_are_in_the_language_asked_for(victims: Path, icstip: Run) -> None:
    options = ("--labels", "both", "--labels-language", "fr")
    _, out, _ = icstip("reformat", victims, "-o", "-", "-f", "sdmx-csv-2.0", *options)
    assert "SEX: Sexe" in out.splitlines()[0]
    assert "F: Féminin" in out


def test_series_come_back_as_the_same_observations(victims: Path, icstip: Run, tmp_path: Path) -> None:
    icstip("reformat", victims, "-o", tmp_path / "a.xml", "-f", "sdmx-ml-2.1", "--layout", "time-series")
    assert b"StructureSpecificTimeSeriesData" in (tmp_path / "a.xml").read_bytes()[:400]
    _, out, _ = icstip("reformat", tmp_path / "a.xml", "-o", "-", "-f", "sdmx-csv-2.0")
    assert sorted(out.splitlines()) == sorted(victims.read_text(encoding="utf-8").splitlines())


def test_a_wrong_code_is_told_with_its_place_kept_and_makes_exit_code_1(
    victims: Path, icstip: Run, tmp_path: Path
) -> None:
    lines = victims.read_text(encoding="utf-8").splitlines(keepends=True)
    spoilt = tmp_path / "spoilt.csv"
    spoilt.write_text(lines[0] + lines[1].replace(",A,", ",NOPE,", 1) + "".join(lines[2:]), encoding="utf-8")
    code, out, err = icstip("reformat", spoilt, "-o", "-", "-f", "sdmx-csv-2.0", "--report", tmp_path / "report.json")
    assert (code, out) == (1, spoilt.read_text(encoding="utf-8"))
    assert "CODE-002 'NOPE' is not a code of CL_FREQ (FREQ, 1 times)" in err
    (finding,) = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["findings"]
    assert (finding["code"], finding["value"], finding["severity"]) == ("CODE-002", "NOPE", "error")
    assert str(finding["place"]["key"]).startswith("NOPE.")


def test_a_structure_that_is_not_at_hand_is_told_and_the_data_come_through(icstip: Run, tmp_path: Path) -> None:
    given = "STRUCTURE,STRUCTURE_ID,ACTION,AREA,TIME_PERIOD,OBS_VALUE\ndataflow,X:Y(1.0),I,FR,2020,5\n"
    (tmp_path / "a.csv").write_text(given, encoding="utf-8")
    code, out, err = icstip("reformat", tmp_path / "a.csv", "-o", "-", "-f", "sdmx-csv-2.0")
    assert (code, out) == (0, given)
    assert "DATA-001 the structure X:Y(1.0) is not at hand" in err


def test_structures_that_are_not_ours_come_from_a_file(icstip: Run, tmp_path: Path) -> None:
    icstip("structures", "write", "-o", tmp_path, "--agency", "OTHER", "--format", "sdmx-ml-3.0")
    given = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ\ndatastructure,OTHER:TIP_VICTIM(1.0.0-draft),I,NOPE\n"
    (tmp_path / "a.csv").write_text(given, encoding="utf-8")
    asked = ("--structures", tmp_path / "structures.sdmx-ml-3.0.xml")
    code, _, err = icstip("reformat", tmp_path / "a.csv", "-o", tmp_path / "b.csv", "-f", "sdmx-csv-2.0", *asked)
    assert code == 1
    assert "CODE-002 'NOPE'" in err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not an SDMX data message"),
        (b"hello,world\n1,2\n", "not an SDMX data message"),
        (b"<a/>", "another kind"),
        (b"<a><b></a>", "a.in: "),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document type"),
        (b"{}", "a.in: "),
        (b"STRUCTURE,STRUCTURE_ID,ACTION,A\ndataflow,X:Y(1.0),I\n", "line 2"),
    ],
)
def test_what_is_no_message_or_broken_is_one_line_exit_code_2_and_no_file(
    content: bytes, said: str, icstip: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.in").write_bytes(content)
    code, out, err = icstip("reformat", tmp_path / "a.in", "-o", tmp_path / "out" / "b.csv", "-f", "sdmx-csv-2.0")
    assert (code, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_message_that_breaks_off_leaves_the_file_of_before(victims: Path, icstip: Run, tmp_path: Path) -> None:
    icstip("reformat", victims, "-o", tmp_path / "a.xml", "-f", "sdmx-ml-3.0")
    (tmp_path / "broken.xml").write_bytes((tmp_path / "a.xml").read_bytes()[:-60])
    (tmp_path / "b.csv").write_text("before", encoding="utf-8")
    code, _, err = icstip("reformat", tmp_path / "broken.xml", "-o", tmp_path / "b.csv", "-f", "sdmx-csv-2.0")
    assert (code, (tmp_path / "b.csv").read_text(encoding="utf-8")) == (2, "before")
    assert "line " in err


def test_a_format_that_is_none_is_told_with_those_that_there_are(victims: Path, icstip: Run, tmp_path: Path) -> None:
    code, _, err = icstip("reformat", victims, "-o", tmp_path / "a", "-f", "sdmx-ml-9.9")
    assert code == 2
    assert "sdmx-json-2.1" in err
