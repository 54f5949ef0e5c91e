"""Crosswalks as a person runs them: what it says, what it writes, and its exit codes."""

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from tests.examples.crosswalks import form, made_up_standard
from tests.examples.observations import Row, data_set

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def message(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Writes observations as a message."""
    from icstip.workflow.conversion import Converter  # noqa: PLC0415 - slow to load
    from icstip.workflow.exchange import write  # noqa: PLC0415

    schema = Converter().schemas["TIP_VICTIM"]

    def written(*rows: Row, name: str = "data.csv", form: str = "sdmx-csv-2.0") -> Path:
        path = tmp_path_factory.mktemp("data") / name
        write(data_set(schema, rows), path, form)
        return path

    return written


@pytest.fixture(scope="module")
def victims(message: Callable[..., Path]) -> Path:
    return message(form("_T", 9), form("SEXUAL", 5), form("BEGGING", 1), form("_T", 4, AGE="_U"))


def test_the_names_of_crosswalks_are_listed(icstip: Run) -> None:
    code, out, _ = icstip("crosswalk", "list")
    assert (code, out) == (0, "sdg\tTIP_VICTIM\tIAEG-SDGs:SDG(1.0)\tDetected victims as SDG indicator 16.2.2\n")
    assert "ODS" in icstip("crosswalk", "list", "--language", "es")[1]


def test_data_and_an_account_of_every_observation_come_out(victims: Path, icstip: Run, tmp_path: Path) -> None:
    code, out, err = icstip("crosswalk", "sdg", victims, "-o", tmp_path / "out", "--report", tmp_path / "report.json")
    files = [tmp_path / "out" / "SDG.sdmx-csv-2.0.csv", tmp_path / "out" / "SDG.sdmx-ml-3.0.xml"]
    assert (code, out.split()) == (0, [str(path) for path in (*files, tmp_path / "report.json")])
    assert "4  observations read\n2  observations written\n" in err
    assert "The balance adds up." in err
    assert sorted(pl.read_csv(files[0])["SERIES"]) == ["VC_HTF_DETV", "VC_HTF_DETVSX"]
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["balance"] == {
        "read": 4,
        "carried": 2,
        "set_aside": {"CROSS-001": 1, "CROSS-004": 1},
        "sums": 0,
        "written": 2,
    }
    assert report["crosswalk"]["reverse"] is False
    assert [one["file"] for one in report["inputs"]] == ["data.csv"]
    assert report["files"] == [path.name for path in files]
    assert {one["code"] for one in report["findings"]} == {"CROSS-001", "CROSS-004", "CROSS-009", "CROSS-010"}


def test_single_forms_are_summed_when_asked_for(victims: Path, icstip: Run, tmp_path: Path) -> None:
    code, _, err = icstip("crosswalk", "sdg", victims, "-o", tmp_path, "--group-forms", "--format", "sdmx-csv-1.0")
    assert (code, "Beside them, 1 sums were written." in err) == (0, True)
    assert "VC_HTF_DETVOP" in (tmp_path / "SDG.sdmx-csv-1.0.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("form_id", ["sdmx-ml-2.1", "sdmx-json-2.0", "sdmx-csv-2.1"])
def test_any_format_comes_back_as_it_was_sent(victims: Path, icstip: Run, tmp_path: Path, form_id: str) -> None:
    icstip("crosswalk", "sdg", victims, "-o", tmp_path / "there", "--format", form_id)
    (sent,) = (tmp_path / "there").iterdir()
    code, out, err = icstip("crosswalk", "sdg", "--reverse", sent, "-o", tmp_path / "back", "--format", "sdmx-csv-2.0")
    assert (code, out.strip()) == (0, str(tmp_path / "back" / "TIP_VICTIM.sdmx-csv-2.0.csv"))
    back = pl.read_csv(tmp_path / "back" / "TIP_VICTIM.sdmx-csv-2.0.csv", infer_schema=False)
    assert sorted(back.select("EXPLOITATION", "OBS_VALUE").iter_rows()) == [("SEXUAL", "5"), ("_T", "9")]
    assert "2  observations read\n2  observations written\n" in err


def test_a_table_with_its_mapping_is_accounted_for_figure_by_figure(icstip: Run, tmp_path: Path) -> None:
    table = Path(__file__).parents[2] / "docs" / "examples" / "glotip_excerpt.xlsx"
    code, _, err = icstip("crosswalk", "sdg", table, "--mapping", "glotip", "-o", tmp_path)
    assert code == 1  # the table has figures that contradict each other
    assert "904  observations read" in err
    assert "The balance adds up." in err
    assert "(CROSS-013)" in err  # events and perpetrators
    assert "(LABEL-003)" in err


def test_several_files_are_one_data_set(message: Callable[..., Path], icstip: Run, tmp_path: Path) -> None:
    files = [
        message(form("_T", 9), name="a.csv"),
        message(form("LABOUR", 2), form("_T", 9), name="b.xml", form="sdmx-ml-3.0"),
    ]
    code, _, err = icstip("crosswalk", "sdg", *files, "-o", tmp_path)
    assert (code, "3  observations read\n2  observations written\n1  Same figure twice" in err) == (0, True)


def test_the_headers_name_who_sends_and_when(victims: Path, icstip: Run, tmp_path: Path) -> None:
    icstip("crosswalk", "sdg", victims, "-o", tmp_path, "--sender", "KNBS", "--prepared", "2026-01-02T03:04:05Z")
    text = (tmp_path / "SDG.sdmx-ml-3.0.xml").read_text(encoding="utf-8")
    assert 'id="KNBS"' in text
    assert "2026-01-02T03:04:05Z" in text


def test_of_findings_that_say_the_same_of_many_codes_the_first_are_shown(
    message: Callable[..., Path], icstip: Run, tmp_path: Path
) -> None:
    file = message(*(form("_T", 1, CITIZENSHIP=code) for code in ("NG", "KE", "UG", "TZ", "RO")))
    code, out, err = icstip("crosswalk", "sdg", file, "-o", tmp_path)
    assert (code, out) == (0, "")
    assert err.count("CROSS-001 CITIZENSHIP") == 3
    assert "CROSS-001: and 2 more such findings on CITIZENSHIP" in err
    assert list(tmp_path.iterdir()) == []


def test_strict_makes_what_is_set_aside_count(victims: Path, icstip: Run, tmp_path: Path) -> None:
    assert icstip("crosswalk", "sdg", victims, "-o", tmp_path, "--strict")[0] == 1


def test_data_that_are_all_of_another_structure_are_an_error(victims: Path, icstip: Run, tmp_path: Path) -> None:
    code, out, err = icstip("crosswalk", "sdg", "--reverse", victims, "-o", tmp_path)
    assert (code, out, "CROSS-013" in err) == (1, "", True)


def test_a_crosswalk_that_is_only_tables_runs_by_its_name(
    victims: Path, icstip: Run, dsd_folder: Path, tmp_path: Path
) -> None:
    folder = made_up_standard(dsd_folder, tmp_path)
    assert "made-up\tTIP_VICTIM\tOTHER:COUNTS(2.1)\tMade up" in icstip("crosswalk", "list", "--dsd", folder)[1]
    code, out, _ = icstip(
        "crosswalk", "made-up", victims, "--dsd", folder, "-o", tmp_path / "out", "-f", "sdmx-csv-2.0"
    )
    assert (code, out.strip()) == (0, str(tmp_path / "out" / "COUNTS.sdmx-csv-2.0.csv"))
    written = pl.read_csv(tmp_path / "out" / "COUNTS.sdmx-csv-2.0.csv", infer_schema=False)
    assert written["STRUCTURE_ID"].to_list() == ["OTHER:DF_COUNTS(2.1)"] * 2
    code, _, err = icstip(
        "crosswalk",
        "made-up",
        "--reverse",
        tmp_path / "out" / "COUNTS.sdmx-csv-2.0.csv",
        "--dsd",
        folder,
        "-o",
        tmp_path / "b",
    )
    assert (code, "2  observations read\n2  observations written\n" in err) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["htcds", "data.csv", "-o", "out"], "icstip: htcds: no crosswalk has this name; there are: sdg"),
        (["NAME", "data.csv", "-o", "out"], "icstip: NAME: no crosswalk has this name; there are: sdg"),
        (["sdg", "data.csv", "-o", "out", "--set", "CONF_STATUS"], "CONF_STATUS: COMPONENT=VALUE"),
        (["sdg", "data.csv", "-o", "out", "--sheet", "1"], "only with --mapping"),
        (["sdg", "data.csv", "-o", "out", "--report", "r.html"], "r.html"),
        (["sdg", "data.csv", "-o", "out", "--report", "data.csv"], "data.csv"),
        (["sdg", "no.csv", "-o", "out"], "no.csv"),
        (["sdg", "data.csv", "-o", "out", "--format", "sdmx-9"], "sdmx-9"),
        (["sdg", "data.csv", "-o", "out", "--prepared", "soon"], "soon"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_code_2(
    arguments: list[str],
    said: str,
    victims: Path,
    icstip: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "data.csv").write_bytes(victims.read_bytes())
    monkeypatch.chdir(tmp_path)
    code, out, err = icstip("crosswalk", *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert not (tmp_path / "out").exists()
