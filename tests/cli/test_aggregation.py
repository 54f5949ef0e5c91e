"""Adding figures up as a person does it: what is written, what is said, and the exit codes."""

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

Run = Callable[..., tuple[int, str, str]]

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "glotip_excerpt.xlsx"


@pytest.fixture(scope="module")
def victims(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The victims of the example, as SDMX-CSV 2.0."""
    from icstip.workflow.conversion import Converter, write_conversion  # noqa: PLC0415 - slow to load

    folder = tmp_path_factory.mktemp("victims")
    converter = Converter()
    write_conversion(converter.convert(EXAMPLE, "glotip"), folder, ["sdmx-csv-2.0"], converter.standard)
    return folder / "TIP_VICTIM.sdmx-csv-2.0.csv"


def test_data_coverage_sources_and_report_are_written_and_the_data_are_valid(
    victims: Path, icstip: Run, tmp_path: Path
) -> None:
    code, out, err = icstip("aggregate", victims, "-o", tmp_path / "out", "--format", "sdmx-csv-2.0")
    names = ["TIP_VICTIM.sdmx-csv-2.0.csv", "coverage.csv", "sources.csv", "report.json", "report.html"]
    assert (code, out.split()) == (0, [str(tmp_path / "out" / name) for name in names])
    assert "The balance adds up." in err
    data = pl.read_csv(tmp_path / "out" / names[0], infer_schema=False)
    coverage = pl.read_csv(tmp_path / "out" / names[1], infer_schema=False)
    report = json.loads((tmp_path / "out" / names[3]).read_text(encoding="utf-8"))
    assert data.height == coverage.height == report["structures"][0]["written"]
    assert data["COMMENT_OBS"].null_count() == 0
    code, _, err = icstip("validate", tmp_path / "out" / names[0])
    assert (code, "Errors: 0." in err) == (0, True)


def test_an_earlier_result_says_what_changed(victims: Path, icstip: Run, tmp_path: Path) -> None:
    world = ("aggregate", victims, "--format", "sdmx-csv-2.0", "--group", "001")
    icstip(*world, "-o", tmp_path / "first", "--where", "SEX=_T,F")
    code, out, _ = icstip(*world, "-o", tmp_path / "next", "--where", "SEX=_T,M", "--previous", tmp_path / "first")
    assert (code, str(tmp_path / "next" / "changes.csv") in out) == (0, True)
    changes = pl.read_csv(tmp_path / "next" / "changes.csv", infer_schema=False)
    counts = json.loads((tmp_path / "next" / "report.json").read_text(encoding="utf-8"))["changes"]
    assert counts["gone"] == changes.filter((pl.col("CHANGE") == "gone") & (pl.col("SEX") == "F")).height > 0
    assert counts["new"] == changes.filter((pl.col("CHANGE") == "new") & (pl.col("SEX") == "M")).height > 0
    # Women and men narrow a total down differently, so that even that can be otherwise.
    assert counts["revised"] == changes.filter(pl.col("CHANGE") == "revised").height < counts["unchanged"]
    code, _, err = icstip(*world, "-o", tmp_path / "other", "--previous", tmp_path / "nowhere")
    assert (code, "no coverage of an earlier aggregation" in err) == (2, True)
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("form", ["sdmx-ml-3.0", "sdmx-ml-2.1", "sdmx-json-2.0"])
def test_the_data_are_valid_in_other_formats(victims: Path, icstip: Run, tmp_path: Path, form: str) -> None:
    _, out, _ = icstip("aggregate", victims, "-o", tmp_path, "--format", form, "--group", "001,142")
    code, said, _ = icstip("validate", out.split()[0])
    assert code == 0, said


def test_the_same_data_give_the_same_files(victims: Path, icstip: Run, tmp_path: Path) -> None:
    lines = victims.read_text(encoding="utf-8").splitlines(keepends=True)
    other = tmp_path / "other" / victims.name
    other.parent.mkdir()
    other.write_text("".join([lines[0], *reversed(lines[1:])]), encoding="utf-8")
    for file, folder in ((victims, "a"), (other, "b")):
        icstip("aggregate", file, "-o", tmp_path / folder)
    for path in sorted((tmp_path / "a").iterdir()):
        if path.name != "report.json":  # which has the hash of the file
            assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_two_files_are_two_sources_and_their_order_can_be_given(victims: Path, icstip: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    frame = pl.read_csv(victims, infer_schema=False)
    value = pl.col("OBS_VALUE").cast(pl.Int64) + 1
    frame.with_columns(value.cast(pl.String)).write_csv(other)
    code, _, err = icstip("aggregate", victims, other, "-o", tmp_path / "out")
    assert (code, "AGG-020" in err, "AGG-018" in err) == (1, True, True)
    code, _, err = icstip("aggregate", victims, other, "-o", tmp_path / "out", "--source-order", "other.csv")
    assert (code, "AGG-019" in err) == (0, True)
    sources = pl.read_csv(tmp_path / "out" / "sources.csv")
    assert (sources["LOWER_USED"] - sources["LOWER"]).unique().to_list() == [1]
    assert sources["SOURCE_USED"].unique().to_list() == ["other.csv"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--where", "SEX"], "DIM=CODE"),
        (["--where", "COLOUR=RED"], "COLOUR"),
        (["--group", "999"], "999"),
        (["--structure", "TIP_EVENT"], "TIP_EVENT"),
        (["--by", "nowhere.csv"], "nowhere.csv"),
        (["--rates"], "--population"),
        (["--as-of", "2022-01-01"], "--as-of"),
        (["--format", "sdmx-ml-9.9"], "sdmx-ml-9.9"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_nothing_is_written(
    victims: Path, icstip: Run, tmp_path: Path, options: list[str], said: str
) -> None:
    code, out, err = icstip("aggregate", victims, "-o", tmp_path / "out", *options)
    assert (code, out, said in err) == (2, "", True), err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_it_is_told_in_the_language_that_is_asked_for(
    victims: Path, icstip: Run, tmp_path: Path, language: str
) -> None:
    code, _, err = icstip("aggregate", victims, "-o", tmp_path, "--language", language, "--format", "sdmx-csv-2.0")
    assert code == 0
    assert "observations read" not in err
    comments = pl.read_csv(tmp_path / "TIP_VICTIM.sdmx-csv-2.0.csv", infer_schema=False)["COMMENT_OBS"]
    assert not comments.str.contains("Areas").any()


def test_a_collection_gives_what_its_senders_said_last_and_what_it_knew_on_a_date(
    victims: Path, icstip: Run, tmp_path: Path
) -> None:
    frame = pl.read_csv(victims, infer_schema=False)
    more = frame.with_columns((pl.col("OBS_VALUE").cast(pl.Int64) + 1).cast(pl.String))
    more.write_csv(tmp_path / "more.csv")
    kept = tmp_path / "kept"
    accept = ("--accept", "--reason", "an example with mistakes")
    for file, received in ((victims, "2022-01-01"), (tmp_path / "more.csv", "2023-01-01")):
        code, _, err = icstip("collect", "add", file, "-c", kept, "--sender", "UNODC", "--date", received, *accept)
        assert code in {0, 1}, err
    for name, options in (("old", ["--as-of", "2022-06-01"]), ("new", []), ("file", [])):
        source = victims if name == "file" else kept
        code, _, err = icstip("aggregate", source, "-o", tmp_path / name, "-f", "sdmx-csv-2.0", *options)
        assert code == 0, err
    path = "TIP_VICTIM.sdmx-csv-2.0.csv"
    assert (tmp_path / "old" / path).read_bytes() == (tmp_path / "file" / path).read_bytes()
    assert (tmp_path / "new" / path).read_bytes() != (tmp_path / "file" / path).read_bytes()
    assert (
        json.loads((tmp_path / "new" / "report.json").read_text(encoding="utf-8"))["inputs"][0]["collection"] == "kept"
    )


def test_a_folder_that_is_no_collection_is_refused(victims: Path, icstip: Run, tmp_path: Path) -> None:
    assert icstip("aggregate", victims.parent, "-o", tmp_path / "out")[0] == 2
    assert icstip("aggregate", victims, victims.parent, "-o", tmp_path / "out")[0] == 2


def test_a_deletion_in_a_message_is_told_and_not_carried_out(victims: Path, icstip: Run, tmp_path: Path) -> None:
    lines = victims.read_text(encoding="utf-8").splitlines(keepends=True)
    other = tmp_path / "other.csv"
    other.write_text("".join([*lines, lines[1].replace(",I,", ",D,", 1)]), encoding="utf-8")
    _, _, before = icstip("aggregate", victims, "-o", tmp_path / "a", "--group", "001")
    code, _, err = icstip("aggregate", other, "-o", tmp_path / "b", "--group", "001")
    assert (code, "AGG-028" in before, "other.csv: AGG-028" in err) == (0, False, True)
    data = [next((tmp_path / folder).glob("TIP_VICTIM*csv")).read_bytes() for folder in "ab"]
    assert data[0] == data[1]


def test_a_wrong_format_or_earlier_result_is_told_before_anything_is_read(icstip: Run, tmp_path: Path) -> None:
    for wrong in (("--format", "sdmx-ml-9.9"), ("--previous", tmp_path / "nowhere")):
        code, _, err = icstip("aggregate", tmp_path / "not there.csv", "-o", tmp_path / "out", *wrong)
        assert (code, "not there.csv" in err) == (2, False)
