"""Collecting submissions as an international organisation does it: files of every quality, and what they changed."""

import csv
import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.examples.observations import ALONE, Row, changed, data_set, of, valid_rows

Run = Callable[..., tuple[int, str, str]]

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
FIRST, SECOND = "2026-01-10", "2026-02-10"


@pytest.fixture(scope="module")
def message(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Writes observations as a message."""
    from icstip.workflow.conversion import Converter  # noqa: PLC0415 - slow to load
    from icstip.workflow.exchange import HeaderChoice, write  # noqa: PLC0415

    schema = Converter().schemas["TIP_VICTIM"]

    def written(rows: list[Row], sender: str = "KE_NSO", date: str = FIRST, form: str = "sdmx-ml-3.0") -> Path:
        path = tmp_path_factory.mktemp("data") / f"data.{'csv' if 'csv' in form else 'xml'}"
        write(data_set(schema, rows), path, form, header=HeaderChoice(sender=sender, prepared=f"{date}T10:00:00Z"))
        return path

    return written


def _alone(value: float | None, **others: object) -> list[Row]:
    rows = valid_rows(0)
    return changed(rows, of(rows, **ALONE, TIME_PERIOD="2019"), OBS_VALUE=value, **others)


@pytest.fixture(scope="module")
def first(message: Callable[..., Path]) -> Path:
    return message(valid_rows(0))


@pytest.fixture(scope="module")
def second(message: Callable[..., Path]) -> Path:
    """One figure revised, one series not sent again."""
    rows = _alone(14)
    return message(
        [one for one in rows if not (one["INDICATOR"] == "VIC_ASSIST" and one["REF_AREA"] == "UG")], date=SECOND
    )


@pytest.fixture(scope="module")
def wrong(message: Callable[..., Path]) -> Path:
    return message(_alone(-3), date=SECOND)


def test_a_submission_without_errors_counts_and_is_there_once(first: Path, tmp_path: Path, icstip: Run) -> None:
    code, out, err = icstip("collect", "add", first, "-c", tmp_path / "c")
    assert (code, err) == (0, "")
    assert out.startswith(f"{first}: 000001-")
    assert out.endswith("accepted: 588 new, 0 changed, 0 removed\n")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    code, out, _ = icstip("collect", "add", first, "-c", tmp_path / "c")
    assert code == 0
    assert "here already as 000001-" in out
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_submission_with_errors_is_kept_in_quarantine_until_somebody_says_why_it_counts(
    first: Path, wrong: Path, tmp_path: Path, icstip: Run
) -> None:
    folder = tmp_path / "c"
    icstip("collect", "add", first, "-c", folder)
    code, out, _ = icstip("collect", "add", wrong, "-c", folder)
    assert code == 1
    assert len(out.splitlines()) == 1
    assert "000002-" in out
    assert "VALUE-001" in out
    assert "report.json" in out
    assert "-3" not in icstip("collect", "export", "-c", folder, "-f", "sdmx-csv-2.0", "-o", "-")[1]
    code, out, _ = icstip("collect", "diff", "2", "-c", folder)
    assert "It is in quarantine" in out
    assert "revised 1 ·" in out
    code, out, _ = icstip("collect", "add", wrong, "-c", folder, "--accept", "--reason", "as printed")
    assert code == 0
    assert "accepted with a reason" in out
    code, out, _ = icstip("collect", "list", "-c", folder, "-f", "json")
    listed = json.loads(out)
    assert [one["status"] for one in listed] == ["accepted", "quarantined", "accepted-with-reason"]
    assert [one["reason"] for one in listed] == ["", "", "as printed"]
    assert icstip("collect", "verify", "-c", folder)[0] == 0


@pytest.mark.parametrize("options", [["--accept"], ["--reason", "x"], ["--accept", "--reason", " "]])
def test_accepting_needs_a_reason_and_a_reason_needs_accepting(
    options: list[str], first: Path, tmp_path: Path, icstip: Run
) -> None:
    assert icstip("collect", "add", first, "-c", tmp_path / "c", *options)[0] == 2
    assert not (tmp_path / "c").exists()


def test_what_a_submission_changed_is_told_with_sizes(first: Path, second: Path, tmp_path: Path, icstip: Run) -> None:
    folder = tmp_path / "c"
    icstip("collect", "add", first, second, "-c", folder)
    code, out, _ = icstip("collect", "diff", "2", "-c", folder)
    assert code == 0
    assert "new 0 · revised 1 ·" in out
    assert "not sent again 6" in out
    assert "in percent" in out
    code, out, _ = icstip("collect", "diff", "2", "-c", folder, "--format", "csv")
    records = list(csv.DictReader(io.StringIO(out)))
    revised = [one for one in records if one["_CHANGE"] == "revised"]
    told = [(one["OBS_VALUE_BEFORE"], one["OBS_VALUE"], one["_DIFFERENCE"], one["_RELATIVE"]) for one in revised]
    assert told[0] == ("13", "14", "1", "7.7")
    assert {one["_PREVIOUS_SUBMISSION"][:6] for one in records} == {"000001"}


def test_every_version_of_a_cell_is_told_with_the_submission_that_it_is_of(
    first: Path, second: Path, tmp_path: Path, icstip: Run
) -> None:
    folder = tmp_path / "c"
    icstip("collect", "add", first, second, "-c", folder)
    _, out, _ = icstip("collect", "show", "-c", folder, "--area", "KE", "--history", "-f", "json")
    of_one = [one for one in json.loads(out) if one["INDICATOR"] == "VIC_ASSIST" and one["TIME_PERIOD"] == "2019"]
    assert [(one["OBS_VALUE"], one["_SUBMISSION"][:6], one["_ACTION"]) for one in of_one] == [
        (13, "000001", "Information"),
        (14, "000002", "Information"),
    ]
    code, out, _ = icstip("collect", "show", "-c", folder, "--area", "KE", "--as-of", FIRST)
    assert code == 0
    assert "TIP_VICTIM" in out
    assert "000002" not in out
    assert "FREQ=A REF_AREA=KE" in out


def test_what_is_known_on_a_date_is_exported_as_it_was_sent(
    first: Path, second: Path, tmp_path: Path, icstip: Run
) -> None:
    folder = tmp_path / "c"
    icstip("collect", "add", second, first, "-c", folder)
    code, out, err = icstip(
        "collect", "export", "-c", folder, "-f", "sdmx-ml-3.0", "-o", tmp_path / "x.xml", "--as-of", FIRST
    )
    assert (code, out) == (0, f"{tmp_path / 'x.xml'}\n")
    assert "588" in err
    _, was, _ = icstip("reformat", first, "-f", "sdmx-csv-2.0", "-o", "-")
    _, now, _ = icstip("reformat", tmp_path / "x.xml", "-f", "sdmx-csv-2.0", "-o", "-")
    assert sorted(now.splitlines()) == sorted(was.splitlines())


def test_of_several_senders_of_a_cell_somebody_has_to_say_which_counts_first(
    first: Path, message: Callable[..., Path], tmp_path: Path, icstip: Run
) -> None:
    folder = tmp_path / "c"
    icstip("collect", "add", first, message(_alone(15), sender="UNODC"), "-c", folder)
    export = ("collect", "export", "-c", folder, "-f", "sdmx-csv-2.0", "-o", tmp_path / "x.csv")
    code, _, err = icstip(*export)
    assert code == 2
    assert "KE_NSO, UNODC" in err
    assert not (tmp_path / "x.csv").exists()
    for senders, value in ((("KE_NSO", "UNODC"), "13"), (("UNODC", "KE_NSO"), "15")):
        assert icstip(*export, *(part for sender in senders for part in ("--sender", sender)))[0] == 0
        rows = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text(encoding="utf-8"))))
        alone = [one for one in rows if one["INDICATOR"] == "VIC_ASSIST" and one["TIME_PERIOD"] == "2019"]
        assert (len(rows), alone[0]["OBS_VALUE"]) == (588, value)


def test_files_of_every_quality_are_added_and_none_stops_another(
    first: Path, wrong: Path, tmp_path: Path, icstip: Run
) -> None:
    cut = tmp_path / "cut.xml"
    cut.write_bytes(first.read_bytes()[:2000])
    nothing = tmp_path / "nothing.csv"
    nothing.touch()
    note = tmp_path / "=note.txt"
    note.write_text("we send it next week\x1b[31m", encoding="utf-8")
    table = EXAMPLES / "glotip_excerpt.xlsx"
    code, out, err = icstip("collect", "add", first, cut, wrong, nothing, note, table, first, "-c", tmp_path / "c")
    assert code == 2
    assert [line.count("icstip: ") for line in err.splitlines()[:-1]] == [1, 1, 1, 1]
    assert err.splitlines()[-1] == "files: 7. Accepted: 1. Here already: 1. In quarantine: 1. Not read: 4."
    assert len(out.splitlines()) == 3
    # Who says whose they are has them kept, also if nobody can read them.
    code, out, _ = icstip("collect", "add", cut, nothing, note, "-c", tmp_path / "c", "--sender", "KE_NSO")
    assert code == 1
    assert out.count("in quarantine") == 3
    assert "FILE-001" in out
    assert "\x1b" not in out
    _, out, _ = icstip("collect", "list", "-c", tmp_path / "c", "--format", "csv")
    files = [one["file"] for one in csv.DictReader(io.StringIO(out))]
    assert files[-1] == " =note.txt"


def test_a_table_is_collected_with_its_mapping_and_the_sender_that_it_does_not_name(
    tmp_path: Path, icstip: Run
) -> None:
    add = ("collect", "add", EXAMPLES / "glotip_excerpt.xlsx", "-c", tmp_path / "c", "-m", "glotip", "--date", FIRST)
    code, _, err = icstip(*add)
    assert code == 2
    assert "--sender" in err
    assert icstip(*add, "--sender", "UNODC", "--accept", "--reason", "as published")[0] == 0
    _, out, _ = icstip("collect", "list", "-c", tmp_path / "c")
    assert "UNODC" in out
    assert "TIP_EVENT" in out
    assert "areas" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "-c", "none"], "no collection"),
        (["show", "-c", "c", "--area", "XX"], "there are some of: KE, UG"),
        (["show", "-c", "c", "--structure", "TIP"], "no observations of TIP"),
        (["show", "-c", "c", "--as-of", "soon"], "no date"),
        (["diff", "7", "-c", "c"], "no submission 7"),
        (["export", "-c", "c", "-f", "sdmx-csv-2.0", "-o", "x.csv", "--as-of", "1999-01-01"], "nothing that fits"),
        (["add", "none.csv", "-c", "c"], "no file"),
        (["add", "first.xml", "-c", "c", "--sender", "=A1"], "'=A1'"),
        (["add", "first.xml", "-c", "c", "--date", "yesterday"], "no date"),
        (["add", "first.xml", "-c", "."], "other files"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_code_2(
    arguments: list[str], said: str, first: Path, tmp_path: Path, icstip: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("first.xml").write_bytes(first.read_bytes())
    icstip("collect", "add", "first.xml", "-c", "c")
    code, out, err = icstip("collect", *arguments)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert said in err


def test_damage_is_named_and_is_exit_code_1(first: Path, tmp_path: Path, icstip: Run) -> None:
    icstip("collect", "add", first, "-c", tmp_path / "c")
    original = next((tmp_path / "c").glob("submissions/*/original.xml"))
    original.write_bytes(original.read_bytes() + b"\n")
    code, out, err = icstip("collect", "verify", "-c", tmp_path / "c")
    assert code == 1
    assert out == f"{original.relative_to(tmp_path / 'c').as_posix()}: is not what was put in\n"
    assert "Damaged: 1" in err


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_every_language_tells_the_same(language: str, first: Path, second: Path, tmp_path: Path, icstip: Run) -> None:
    folder = tmp_path / "c"
    said = [
        icstip("collect", "add", first, second, "-c", folder, "-l", language),
        icstip("collect", "list", "-c", folder, "-l", language),
        icstip("collect", "diff", "2", "-c", folder, "-l", language),
        icstip("collect", "show", "--area", "KE", "-c", folder, "-l", language),
        icstip("collect", "verify", "-c", folder, "-l", language),
    ]
    assert [code for code, _, _ in said] == [0] * 5
    assert "accepted" not in "".join(out for _, out, _ in said)


def test_texts_that_data_bring_along_can_do_nothing_but_be_read(
    message: Callable[..., Path], tmp_path: Path, icstip: Run
) -> None:
    comment = "=HYPERLINK(1)\u202e\x9b31m"
    file = message(_alone(13, COMMENT_OBS=comment), form="sdmx-json-2.0")
    icstip("collect", "add", file, "-c", tmp_path / "c", "--sender", "KE_NSO")
    show = ("collect", "show", "-c", tmp_path / "c", "--area", "KE", "-f")
    shown = {form: icstip(*show, form)[1] for form in ("text", "csv", "json")}
    assert not {"\u202e", "\x9b"} & set("".join(shown.values()))
    assert ", =HYPERLINK(1) 31m," in shown["csv"]
    assert {one["COMMENT_OBS"] for one in json.loads(shown["json"])} == {None, comment}


def test_the_same_is_shown_in_the_same_octets(first: Path, second: Path, tmp_path: Path, icstip: Run) -> None:
    for name in ("a", "b"):
        icstip("collect", "add", first, second, "-c", tmp_path / name)
    for arguments in (["list"], ["diff", "2"], ["show", "--history"], ["export", "-f", "sdmx-json-2.0", "-o", "-"]):
        assert icstip("collect", *arguments, "-c", tmp_path / "a") == icstip(
            "collect", *arguments, "-c", tmp_path / "b"
        )


def test_numbers_that_are_missing_endless_or_tiny_are_json_and_csv_that_every_program_reads(
    message: Callable[..., Path], tmp_path: Path, icstip: Run
) -> None:
    def refuse(said: str) -> None:
        raise AssertionError(said)

    odd = {"2017": float("nan"), "2018": float("inf"), "2019": 1e-07, "2020": 1e22}
    rows = [{**one, "OBS_VALUE": odd.get(str(one["TIME_PERIOD"]), 2.5)} for one in valid_rows(0)]
    add = ("collect", "add", message(rows), "-c", tmp_path / "c", "--accept", "--reason", "odd")
    assert icstip(*add)[0] == 0
    show = ("collect", "show", "-c", tmp_path / "c", "--format")
    records = json.loads(icstip(*show, "json")[1], parse_constant=refuse)
    assert {one["OBS_VALUE"] for one in records if one["TIME_PERIOD"] in odd} == {"NaN", "INF", 1e-07, 1e22}
    of_csv = csv.DictReader(io.StringIO(icstip(*show, "csv")[1]))
    told = {one["OBS_VALUE"] for one in of_csv if one["TIME_PERIOD"] in odd}
    assert told == {"NaN", "INF", "0.0000001", f"1{'0' * 22}"}
    code, out, _ = icstip("collect", "diff", "1", "-c", tmp_path / "c", "--format", "json")
    assert code == 0
    assert len(json.loads(out, parse_constant=refuse)) == len(rows)
    icstip(*add[:2], message(valid_rows(0), date=SECOND), *add[3:5])
    code, out, _ = icstip("collect", "diff", "2", "-c", tmp_path / "c", "--format", "json")
    of_missing = [one for one in json.loads(out, parse_constant=refuse) if one["OBS_VALUE_BEFORE"] == "NaN"]
    assert {(one["_CHANGE"], one["_DIFFERENCE"], one["_RELATIVE"]) for one in of_missing} == {("revised", None, None)}


def test_a_structure_that_is_asked_for_twice_is_there_once(first: Path, tmp_path: Path, icstip: Run) -> None:
    icstip("collect", "add", first, "-c", tmp_path / "c")
    once, twice = (["--structure", "TIP_VICTIM"] * times for times in (1, 2))
    for command in (["show"], ["export", "-f", "sdmx-csv-2.0", "-o", "-"]):
        asked = ("collect", *command, "-c", tmp_path / "c")
        assert icstip(*asked, *twice) == icstip(*asked, *once)


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are texts")
def test_a_file_whose_name_is_no_text_is_added(first: Path, tmp_path: Path, icstip: Run) -> None:
    named = tmp_path / os.fsdecode(b"donn\xe9es.xml")
    named.write_bytes(first.read_bytes())
    code, out, _ = icstip("collect", "add", named, "-c", tmp_path / "c")
    assert (code, out.count("accepted")) == (0, 1)
    assert json.loads(icstip("collect", "list", "-c", tmp_path / "c", "-f", "json")[1])[0]["file"] == "donn?es.xml"
