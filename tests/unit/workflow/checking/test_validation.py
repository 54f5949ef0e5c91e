"""Messages of every kind against the rules: several data sets, actions, attributes apart, structures of others."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from tests.examples.observations import ALONE, YEARS, Row, changed, data_set, of, renamed, row, valid_rows

from icstip.findings import Finding
from icstip.messages.dataset import Action, DataSet
from icstip.reports.validation.report import ValidationReport
from icstip.schema import Schema
from icstip.workflow.checking.validation import Validator
from icstip.workflow.conversion import Converter
from icstip.workflow.exchange import write

TODAY = date(2023, 1, 1)
HEAD = "STRUCTURE,STRUCTURE_ID,ACTION,"


@pytest.fixture(scope="module")
def schema(dsd_folder: Path) -> Schema:
    return Converter(dsd_folder).schemas["TIP_VICTIM"]


@pytest.fixture(scope="module")
def validator(dsd_folder: Path) -> Validator:
    return Validator(dsd_folder, today=TODAY)


def written(path: Path, *datasets: DataSet, form: str = "sdmx-csv-2.0") -> Path:
    write(datasets, path, form)
    return path


def codes(findings: Sequence[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def told(report: ValidationReport) -> list[str]:
    return codes(report.report.findings)


def wrong(value: float | None = -3) -> list[Row]:
    rows = valid_rows(0)
    return changed(rows, of(rows, **ALONE, TIME_PERIOD="2019"), OBS_VALUE=value)


@pytest.mark.parametrize("form", ["sdmx-csv-1.0", "sdmx-csv-2.1", "sdmx-ml-2.1", "sdmx-ml-3.1"])
def test_in_messages_of_lines_a_finding_has_its_line(
    form: str, schema: Schema, validator: Validator, tmp_path: Path
) -> None:
    (finding,) = validator.validate([written(tmp_path / "a", data_set(schema, wrong()), form=form)]).report.findings
    assert finding.code == "VALUE-001"
    assert finding.place.row
    line = (tmp_path / "a").read_text(encoding="utf-8").splitlines()[finding.place.row - 1]
    assert '"-3"' in line or ",-3," in line


@pytest.mark.parametrize("form", ["sdmx-json-1.0", "sdmx-json-2.0", "sdmx-json-2.1"])
def test_in_messages_without_lines_a_finding_has_its_key(
    form: str, schema: Schema, validator: Validator, tmp_path: Path
) -> None:
    (finding,) = validator.validate([written(tmp_path / "a", data_set(schema, wrong()), form=form)]).report.findings
    assert (finding.code, finding.place.row, finding.cells) == ("VALUE-001", None, ())
    assert str(finding.place.key).startswith("A.KE.VIC_ASSIST.NUMBER.")
    assert str(finding.place.key).endswith(".2019")


def test_what_is_to_be_deleted_is_no_data(schema: Schema, validator: Validator, tmp_path: Path) -> None:
    gone = replace(data_set(schema, wrong()), action=Action.DELETE)
    (file,) = validator.validate([written(tmp_path / "a.csv", gone)]).files
    assert (file.datasets, file.findings) == ((), ())


def test_data_around_a_deletion_are_checked_as_one(schema: Schema, validator: Validator, tmp_path: Path) -> None:
    rows = valid_rows(0)
    first, again = data_set(schema, rows), data_set(schema, rows[:1])
    gone = replace(data_set(schema, [row("TZ", "2020", None)]), action=Action.DELETE)
    path = written(tmp_path / "a.csv", first, gone, again)
    (file,) = validator.validate([path]).files
    (data,) = file.datasets
    assert data.observations == len(first) + 1
    assert codes(data.checked.findings) == ["KEY-001"]
    actions = [one.action for one in validator.examine(path).datasets]
    assert actions == [Action.INFORMATION, Action.DELETE, Action.INFORMATION]


def test_data_sets_of_one_message_are_checked_each_for_itself(
    schema: Schema, validator: Validator, tmp_path: Path
) -> None:
    first = replace(data_set(schema, valid_rows(0)), action=Action.APPEND)
    second = replace(data_set(schema, wrong()), action=Action.REPLACE)
    report = validator.validate([written(tmp_path / "a.csv", first, second)])
    (file,) = report.files
    assert [codes(one.checked.findings) for one in file.datasets] == [[], ["VALUE-001"]]
    assert [one.observations for one in file.datasets] == [len(first), len(second)]


def test_attributes_apart_from_observations_belong_to_those_and_are_none(
    schema: Schema, validator: Validator, tmp_path: Path
) -> None:
    path = written(
        tmp_path / "a.csv", data_set(schema, [row("KE", year, 5 + int(year) % 7, **ALONE) for year in YEARS])
    )
    text = path.read_text(encoding="utf-8")
    names = text.splitlines()[0].split(",")
    said = {
        "STRUCTURE": "dataflow",
        "ACTION": "I",
        "REF_AREA": "KE",
        "INDICATOR": "VIC_DET",
        "COUNTING_RULE": "MULTIPLE",
    }
    first = dict(zip(names, text.splitlines()[1].split(","), strict=True))
    apart = {**said, "STRUCTURE": first["STRUCTURE"], "STRUCTURE_ID": first["STRUCTURE_ID"]}
    path.write_text(text + ",".join(apart.get(name, "") for name in names) + "\n", encoding="utf-8")
    (file,) = validator.validate([path]).files
    (data,) = file.datasets
    assert (data.observations, data.values, data.bounded, data.missing) == (6, 6, 0, 0)
    assert "STRUCT-001" not in codes(data.checked.findings)


def test_observations_are_counted_by_what_is_known_of_them(
    schema: Schema, validator: Validator, tmp_path: Path
) -> None:
    rows = [
        row("KE", "2017", 5, **ALONE),
        row("KE", "2018", None, **ALONE, OBS_STATUS="Q", LOWER_BOUND=1.0, UPPER_BOUND=4.0),
        row("KE", "2019", None, **ALONE, OBS_STATUS="O"),
        row("KE", "2020", float("nan"), **ALONE, OBS_STATUS="O"),
    ]
    (file,) = validator.validate([written(tmp_path / "a.csv", data_set(schema, rows))]).files
    (data,) = file.datasets
    assert (data.observations, data.values, data.bounded, data.missing) == (4, 1, 1, 2)
    assert codes(data.checked.findings) == ["ABSENT-001"] * len(data.checked.findings)


def test_a_message_without_observations_has_no_findings(schema: Schema, validator: Validator, tmp_path: Path) -> None:
    report = validator.validate([written(tmp_path / "a.xml", data_set(schema, []), form="sdmx-ml-3.0")])
    assert told(report) == []


def test_a_thematic_dataflow_allows_only_its_codes_and_asks_for_its_breakdowns(
    schema: Schema, validator: Validator
) -> None:
    flows = {one.dataflow: one for one in validator.standard.constraints.values() if one.dataflow}
    flow = "DF_TIP_VICTIM_CORE"
    free = flows[flow].free
    closed = next(name for name in ("MEANS", "RECRUITER", "ROUTE") if name not in free)
    rows = [row("KE", "2020", 5), row("KE", "2020", 5, **ALONE, **{closed: "_U"})]
    found = validator.check(renamed(data_set(schema, rows), flow)).findings
    assert {str(one.params["component"]) for one in found if one.code == "CODE-003"} >= {closed}
    assert {one.params["component"] for one in found if one.code == "ABSENT-001"} == set(free)
    assert all(one.params["flow"] == flow for one in found if one.code in ("CODE-003", "ABSENT-001"))


def test_an_earlier_submission_is_all_its_data_sets(schema: Schema, validator: Validator, tmp_path: Path) -> None:
    rows = valid_rows(0)
    half = [
        replace(data_set(schema, part), action=action)
        for part, action in ((rows[:100], Action.APPEND), (rows[100:], Action.REPLACE))
    ]
    before = written(tmp_path / "before.csv", *half)
    now = written(tmp_path / "now.csv", data_set(schema, rows[:50] + rows[60:]))
    report = validator.validate([now], previous=before)
    gone = [one for one in report.report.findings if one.code == "PREVIOUS-003"]
    assert len(gone) == 10


@pytest.mark.parametrize("value", [None, float("nan")])
def test_a_value_that_is_missing_now_is_gone(
    value: float | None, schema: Schema, validator: Validator, tmp_path: Path
) -> None:
    before = written(tmp_path / "before.csv", data_set(schema, valid_rows(0)))
    rows = valid_rows(0)
    now = changed(rows, of(rows, **ALONE, TIME_PERIOD="2019"), OBS_VALUE=value, OBS_STATUS="O")
    report = validator.validate([written(tmp_path / "now.csv", data_set(schema, now))], previous=before)
    assert told(report) == ["PREVIOUS-003"]
    again = validator.validate([tmp_path / "before.csv"], previous=tmp_path / "now.csv")
    assert told(again) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("PLACE,COLOUR,YEAR\n{head}a,b,2020\n{head}a,b,2020\n", ["DATA-001", "KEY-001"]),
        ("PLACE,TIME_PERIOD,OBS_VALUE\n{head}a,2020,5\n{head}a,2020,six\n", ["DATA-001", "KEY-002"]),
        ("OBS_VALUE\n{head}5\n{head}6\n", ["DATA-001"]),
        ("TIME_PERIOD,OBS_VALUE\n{head}last year,6\n", ["DATA-001", "TIME-002"]),
    ],
)
def test_data_whose_structure_is_not_at_hand_are_checked_for_what_can_be_seen(
    said: str, expected: list[str], validator: Validator, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + said.format(head="dataflow,X:Y(1.0),I,"), encoding="utf-8")
    assert told(validator.validate([path])) == expected


def test_a_structure_with_other_names_is_checked_as_far_as_it_has_those_that_are_known(
    schema: Schema, validator: Validator
) -> None:
    names = {"FREQ": "HOW_OFTEN", "UNIT_MEASURE": "UNIT", "OBS_STATUS": "STATE", "REF_AREA": "WHERE", "SEX": "GENDER"}
    columns = tuple(
        replace(one, id=names.get(one.id, one.id), codelist="CL_OTHER", mandatory=False) for one in schema.columns
    )
    key = replace(schema.structure, agency="OTHER", id="DSD_OTHER")
    foreign = replace(schema, structure=key, dataflow=None, columns=columns)
    data = data_set(schema, wrong())
    renamed_data = DataSet(foreign, data.frame.rename(names))
    found = validator.check(renamed_data)
    assert found.findings == ()
    assert found.coverage is not None


def test_messages_are_read_by_the_standard_that_they_are_checked_by(dsd_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dsd"
    copytree(dsd_folder, folder)
    sexes = folder / "codelists" / "CL_SEX.csv"
    lines = sexes.read_text(encoding="utf-8").splitlines()
    another = next(line for line in lines if line.startswith("F,")).replace("F,", "X,", 1)
    sexes.write_text("\n".join([*lines, another, ""]), encoding="utf-8")
    rows = [{**one, "SEX": "X"} if one.get("SEX") == "F" else one for one in valid_rows(0)]
    path = written(tmp_path / "x.csv", data_set(Converter(folder).schemas["TIP_VICTIM"], rows))
    assert "CODE-002" not in told(Validator(folder, today=TODAY).validate([path]))
    assert "CODE-002" in told(Validator(dsd_folder, today=TODAY).validate([path]))
