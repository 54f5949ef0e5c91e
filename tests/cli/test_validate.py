"""Checking data as a person does it: what it says, what it writes, and its exit codes."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.examples.observations import ALONE, YEARS, Row, changed, data_set, of, valid_rows

from icstip.checks.rule import RULES

Run = Callable[..., tuple[int, str, str]]

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "glotip_excerpt.xlsx"


@pytest.fixture(scope="module")
def message(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Writes observations as a message."""
    from icstip.workflow.conversion import Converter  # noqa: PLC0415 - slow to load
    from icstip.workflow.exchange import write  # noqa: PLC0415

    schema = Converter().schemas["TIP_VICTIM"]

    def written(rows: list[Row], name: str = "data.csv", form: str = "sdmx-csv-2.0") -> Path:
        path = tmp_path_factory.mktemp("data") / name
        write(data_set(schema, rows), path, form)
        return path

    return written


@pytest.fixture(scope="module")
def clean(message: Callable[..., Path]) -> Path:
    return message(valid_rows(0))


def _with(value: float | None, **values: object) -> list[Row]:
    rows = valid_rows(0)
    return changed(rows, of(rows, **ALONE, TIME_PERIOD="2019"), OBS_VALUE=value, **values)


@pytest.fixture(scope="module")
def wrong(message: Callable[..., Path]) -> Path:
    return message(_with(-3), "wrong.csv")


@pytest.fixture(scope="module")
def doubtful(message: Callable[..., Path]) -> Path:
    return message(_with(900), "doubtful.csv")


def test_data_without_faults_are_exit_code_0_and_nothing_on_stdout(clean: Path, icstip: Run) -> None:
    code, out, err = icstip("validate", clean)
    assert (code, out) == (0, "")
    assert len(err.splitlines()) == 1


def test_an_error_is_exit_code_1_and_one_line_with_its_place(wrong: Path, icstip: Run) -> None:
    code, out, _ = icstip("validate", wrong)
    assert code == 1
    (line,) = out.splitlines()
    assert line.startswith("Error: wrong.csv")
    assert "VALUE-001" in line


def test_a_warning_is_exit_code_1_only_when_it_is_to_be(doubtful: Path, icstip: Run) -> None:
    code, out, _ = icstip("validate", doubtful)
    assert (code, out.count("SERIES-001")) == (0, 1)
    assert icstip("validate", doubtful, "--fail-on", "warning")[0] == 1
    assert icstip("validate", doubtful, "--fail-on", "error")[0] == 0
    assert icstip("validate", doubtful, "--fail-on", "info")[0] == 2


def test_a_report_in_each_form_is_written_and_named(wrong: Path, icstip: Run, tmp_path: Path) -> None:
    paths = [tmp_path / "out" / f"report.{form}" for form in ("html", "xlsx", "json", "CSV")]
    code, out, _ = icstip("validate", wrong, *(part for path in paths for part in ("--report", path)))
    assert code == 1
    assert out.splitlines()[-4:] == [str(path) for path in paths]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path.name for path in paths)
    said = json.loads(paths[2].read_text(encoding="utf-8"))
    assert (said["errors"], [one["code"] for one in said["findings"]]) == (1, ["VALUE-001"])


def test_reports_are_the_same_each_time(wrong: Path, icstip: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        options = (part for form in ("html", "json", "csv") for part in ("--report", tmp_path / name / f"r.{form}"))
        icstip("validate", wrong, *options)
    for form in ("html", "json", "csv"):
        assert (tmp_path / "a" / f"r.{form}").read_bytes() == (tmp_path / "b" / f"r.{form}").read_bytes()


@pytest.mark.parametrize("name", ["report.pdf", "report", "report.json.gz"])
def test_a_report_of_no_known_form_is_refused_before_anything_is_read(name: str, icstip: Run, tmp_path: Path) -> None:
    known = tmp_path / "report.json"
    code, out, err = icstip("validate", tmp_path / "none.csv", "--report", known, "--report", tmp_path / name)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert name in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", ["none.csv", "folder", "text.csv", "broken.xml"])
def test_a_file_that_is_no_data_is_one_line_exit_code_2_and_no_report(given: str, icstip: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.csv").write_text("hello,world\n1,2\n", encoding="utf-8")
    (tmp_path / "broken.xml").write_text("<a><b></a>", encoding="utf-8")
    report = tmp_path / "out" / "report.json"
    code, out, err = icstip("validate", tmp_path / given, "--report", report)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert given in err
    assert not report.parent.exists()


def test_a_report_does_not_replace_the_data_that_it_is_about(message: Callable[..., Path], icstip: Run) -> None:
    path = message(valid_rows(0))
    before = path.read_bytes()
    code, _, err = icstip("validate", path, "--report", path.parent / "." / path.name)
    assert (code, len(err.splitlines())) == (2, 1)
    assert path.read_bytes() == before


def test_several_files_are_told_together(clean: Path, wrong: Path, icstip: Run, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    code, _, _ = icstip("validate", wrong, clean, wrong, "--report", report)
    said = json.loads(report.read_text(encoding="utf-8"))
    assert code == 1
    assert [one["file"] for one in said["files"]] == ["wrong.csv", "data.csv", "wrong.csv"]
    assert said["errors"] == 2


def test_rules_are_as_whoever_checks_wants_them(wrong: Path, icstip: Run, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('[rules.VALUE-001]\nseverity = "warning"', encoding="utf-8")
    code, out, _ = icstip("validate", wrong, "--rules", rules)
    assert (code, "VALUE-001" in out) == (0, True)
    rules.write_text('[rules.VALUE-001]\noff = true\nreason = "Corrections."', encoding="utf-8")
    assert icstip("validate", wrong, "--rules", rules)[:2] == (0, "")


def test_what_is_found_as_data_are_read_weighs_as_much_as_it_is_to_weigh(
    clean: Path, icstip: Run, tmp_path: Path
) -> None:
    spoilt, rules = tmp_path / "spoilt.csv", tmp_path / "rules.toml"
    text = clean.read_text(encoding="utf-8").replace(",VIC_ASSIST,", ",VIC_ASIST,", 1)
    spoilt.write_text(text, encoding="utf-8")
    assert icstip("validate", spoilt)[0] == 1
    rules.write_text('[rules.CODE-002]\nseverity = "warning"', encoding="utf-8")
    code, out, _ = icstip("validate", spoilt, "--rules", rules)
    assert (code, "CODE-002" in out) == (0, True)
    rules.write_text('[rules.CODE-002]\noff = true\nreason = "Known."', encoding="utf-8")
    assert "CODE-002" not in icstip("validate", spoilt, "--rules", rules)[1]


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("[rules.SUM-999]", "SUM-999"),
        ("[rules.SUM-001]\noff = true", "rules.SUM-001"),
        ("[limits]\noutlier = 0", "limits.outlier"),
        ("[limits", "rules.toml"),
    ],
)
def test_a_mistake_in_the_rules_is_one_line_and_exit_code_2(
    said: str, named: str, clean: Path, icstip: Run, tmp_path: Path
) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(said, encoding="utf-8")
    code, out, err = icstip("validate", clean, "--rules", rules)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert named in err


def test_what_was_revised_and_what_is_gone_is_found_by_an_earlier_submission(
    clean: Path, message: Callable[..., Path], icstip: Run
) -> None:
    before = message([*_with(400), {**_with(400)[-1], "REF_AREA": "TZ"}], "before.json", "sdmx-json-2.0")
    code, out, _ = icstip("validate", clean, "--previous", before)
    found = [line for line in out.splitlines() if "PREVIOUS-" in line]
    assert code == 0
    assert [next(c for c in RULES if c in line) for line in found] == ["PREVIOUS-003", "PREVIOUS-002"]
    assert icstip("validate", clean, "--previous", clean)[:2] == (0, "")


def test_an_earlier_submission_that_is_not_there_is_exit_code_2(clean: Path, icstip: Run, tmp_path: Path) -> None:
    code, _, err = icstip("validate", clean, "--previous", tmp_path / "none.csv")
    assert (code, len(err.splitlines())) == (2, 1)


def test_structures_of_another_agency_come_from_a_file(clean: Path, icstip: Run, tmp_path: Path) -> None:
    icstip("structures", "write", "-o", tmp_path, "--agency", "OTHER", "--format", "sdmx-ml-3.0")
    other = tmp_path / "other.csv"
    other.write_text(clean.read_text(encoding="utf-8").replace("ICSTIP:", "OTHER:"), encoding="utf-8")
    against = ("--against", tmp_path / "structures.sdmx-ml-3.0.xml")
    assert icstip("validate", other, *against)[:2] == (0, "")
    assert "DATA-001" in icstip("validate", other)[1]
    other.write_text(other.read_text(encoding="utf-8").replace(",VIC_ASSIST,", ",NOPE,", 1), encoding="utf-8")
    code, out, _ = icstip("validate", other, *against)
    assert (code, "CODE-002" in out) == (1, True)


def test_an_xml_schema_is_for_xml_alone(clean: Path, icstip: Run, tmp_path: Path) -> None:
    schema = tmp_path / "victim.xsd"
    schema.write_text('<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>', encoding="utf-8")
    code, out, err = icstip("validate", clean, "--against", schema)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    code, _, err = icstip("validate", clean, "--against", tmp_path / "none.xsd")
    assert (code, len(err.splitlines())) == (2, 1)


def test_in_tables_places_are_cells(icstip: Run, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    code, out, _ = icstip("validate", EXAMPLE, "--mapping", "glotip", "--report", report)
    said = json.loads(report.read_text(encoding="utf-8"))
    assert code in (0, 1)
    assert out
    assert said["files"][0]["mapping"]
    assert said["files"][0]["balance"]
    assert any(one["place"]["cell"] for one in said["findings"])


def test_findings_are_told_in_the_language_that_is_asked_for(wrong: Path, icstip: Run) -> None:
    said = {language: icstip("validate", wrong, "--language", language)[1] for language in ("en", "fr", "es", "ar")}
    assert len(set(said.values())) == 4
    assert all("VALUE-001" in text for text in said.values())


def test_of_many_findings_the_first_are_told_and_how_many_more_there_are(
    message: Callable[..., Path], icstip: Run
) -> None:
    rows = [{**row, "OBS_VALUE": -1.5 - place} for place, row in enumerate(valid_rows(0))]
    code, out, err = icstip("validate", message(rows))
    assert (code, len(out.splitlines())) == (1, 50)
    assert len(err.splitlines()) == 2


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_every_rule_is_listed_with_its_severity_and_title(language: str, icstip: Run) -> None:
    code, out, _ = icstip("rules", "list", "--language", language)
    listed = [line.split("\t") for line in out.splitlines()]
    assert code == 0
    assert sorted(line[0] for line in listed) == sorted(RULES)
    assert all(len(line) == 4 and all(line) for line in listed)


def test_the_rules_on_totals_are_written_as_vtl(icstip: Run, tmp_path: Path) -> None:
    code, out, _ = icstip("rules", "vtl")
    assert (code, out.startswith("define hierarchical ruleset HR_")) == (0, True)
    target = tmp_path / "rules.vtl"
    assert icstip("rules", "vtl", "-o", target)[0] == 0
    assert target.read_text(encoding="utf-8") == out


def test_the_last_period_lies_in_the_future_of_the_day_that_the_rules_say(
    clean: Path, icstip: Run, tmp_path: Path
) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(f"today = {YEARS[-1]}-06-30", encoding="utf-8")
    code, out, _ = icstip("validate", clean, "--rules", rules)
    assert "TIME-004" in out
    assert code == icstip("validate", clean, "--rules", rules)[0]


@pytest.mark.parametrize(
    "options", [("--sheet", "S"), ("--mapping", "glotip", "--against", "x.xsd"), ("b.csv", "--previous", "c.csv")]
)
def test_options_that_would_be_ignored_are_refused(options: Sequence[str], clean: Path, icstip: Run) -> None:
    code, out, err = icstip("validate", clean, *options)
    assert (code, out) == (2, "")
    assert options[-2] in err


def test_of_several_files_one_that_cannot_be_read_is_an_error_and_the_others_are_checked(
    clean: Path, wrong: Path, icstip: Run
) -> None:
    gone = clean.parent / "gone.csv"
    code, out, err = icstip("validate", gone, wrong, clean)
    assert code == 1
    unread, negative = sorted(out.splitlines())
    assert ("gone.csv" in unread, "FILE-001" in unread, "VALUE-001" in negative) == (True, True, True)
    assert "files: 3." in err
    assert icstip("validate", gone)[0] == 2
