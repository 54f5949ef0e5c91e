"""Data sets as SDMX-CSV: all columns of the schema, names where they are asked for, and what CSV cannot say is told."""

import csv
import gzip
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from tests.examples.data_sets import (
    FLOW,
    FULL,
    HEADER,
    attribute,
    dimension,
    full,
    measure,
    of,
    schema,
    time,
    written,
)

from icstip.artefacts.notices import Notices
from icstip.errors import StructureError
from icstip.messages.data_csv import write
from icstip.messages.data_options import DataOptions, Labels
from icstip.messages.dataset import Action, DataSet, as_text
from icstip.messages.formats import format_of
from icstip.schema import ArtefactKey, Level, Schema

FORMATS = ["sdmx-csv-1.0", "sdmx-csv-2.0", "sdmx-csv-2.1"]
SMALL = schema(dimension("SEX", "F", "M"), time(), measure(), attribute("NOTE", Level.OBSERVATION))


def _small(**columns: object) -> DataSet:
    given = {"SEX": ["F"], "TIME_PERIOD": ["2020"], "OBS_VALUE": [1.0], **columns}
    return of(SMALL, pl.DataFrame(given, schema_overrides={"OBS_VALUE": pl.Float64, "NOTE": pl.String}))


def _rows(content: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter=delimiter, strict=True))


def _told(data: DataSet | list[DataSet], format_id: str) -> list[tuple[str, str, tuple[str, ...]]]:
    notices = Notices("test", format_id)
    written(data, format_id, notices=notices)
    return [(one.code, str(one.params["what"]), one.cells) for one in notices.findings]


def test_version_1_names_the_dataflow_in_the_first_column() -> None:
    assert written(_small(), "sdmx-csv-1.0").decode() == (
        "DATAFLOW,SEX,TIME_PERIOD,OBS_VALUE,NOTE\nA:DF(1.0.0),F,2020,1,\n"
    )


@pytest.mark.parametrize("format_id", FORMATS[1:])
def test_version_2_names_the_kind_of_structure_the_structure_and_the_action(format_id: str) -> None:
    assert written(_small(), format_id).decode() == (
        "STRUCTURE,STRUCTURE_ID,ACTION,SEX,TIME_PERIOD,OBS_VALUE,NOTE\ndataflow,A:DF(1.0.0),I,F,2020,1,\n"
    )


def test_data_without_a_dataflow_are_of_their_data_structure() -> None:
    data = replace(_small(), schema=replace(SMALL, dataflow=None))
    assert _rows(written(data, "sdmx-csv-2.0"))[1][:2] == ["datastructure", "A:DSD(1.0.0)"]
    with pytest.raises(StructureError, match="needs a dataflow"):
        written(data, "sdmx-csv-1.0")


def test_a_draft_is_one_in_version_2_and_has_no_extension_in_version_1() -> None:
    data = replace(_small(), schema=replace(SMALL, dataflow=replace(FLOW, version="1.0.0-draft")))
    assert _rows(written(data, "sdmx-csv-2.0"))[1][1] == "A:DF(1.0.0-draft)"
    assert _rows(written(data, "sdmx-csv-1.0"))[1][0] == "A:DF(1.0.0)"


def test_data_of_nobody_knows_what_are_refused() -> None:
    nothing = ArtefactKey("", "", "")
    data = replace(_small(), schema=replace(SMALL, structure=nothing, dataflow=None))
    with pytest.raises(StructureError) as caught:
        written(data, "sdmx-csv-2.0")
    assert caught.value.message_id == "data-format-structure"


def test_columns_that_a_frame_lacks_are_there_and_empty() -> None:
    data = DataSet(FULL, full().frame.drop("LOWER", "TITLE"))
    header, *rows = _rows(written(data, "sdmx-csv-2.0"))
    assert header[3:] == [column.id for column in FULL.columns]
    assert {row[header.index("LOWER")] + row[header.index("TITLE")] for row in rows} == {""}


def test_the_order_of_the_dimensions_is_that_of_the_schema_even_where_time_is_not_last() -> None:
    given = schema(time(), dimension("SEX", "F"), measure())
    data = of(given, pl.DataFrame({"TIME_PERIOD": ["2020"], "SEX": ["F"], "OBS_VALUE": [1.0]}))
    assert _rows(written(data, "sdmx-csv-2.0"))[0][3:] == ["TIME_PERIOD", "SEX", "OBS_VALUE"]


@pytest.mark.parametrize("format_id", FORMATS)
def test_bytes_are_those_of_polars(format_id: str) -> None:
    data = full()
    own = [pl.lit(text).alias(name) for name, text in _own(format_id).items()]
    texts = [as_text(name, dtype).alias(name) for name, dtype in data.frame.schema.items()]
    assert written(data, format_id).decode() == data.frame.select(*own, *texts).write_csv()


def _own(format_id: str) -> dict[str, str]:
    if format_id == "sdmx-csv-1.0":
        return {"DATAFLOW": "A:DF(1.0.0)"}
    return {"STRUCTURE": "dataflow", "STRUCTURE_ID": "A:DF(1.0.0)", "ACTION": "I"}


def test_numbers_have_no_exponent_no_needless_point_and_no_sign_of_zero() -> None:
    numbers = [1240.0, -0.0, 0.1, 1e20, 1e-7, -2.5e-9, float("nan"), float("inf"), 123456789012345.6, 2.0**60, None]
    frame = pl.DataFrame({"SEX": ["F"] * 11, "TIME_PERIOD": [str(2000 + n) for n in range(11)], "OBS_VALUE": numbers})
    told = [row[5] for row in _rows(written(of(SMALL, frame), "sdmx-csv-2.0"))[1:]]
    expected = frame.select(as_text("OBS_VALUE", pl.Float64()).fill_null(""))["OBS_VALUE"].to_list()
    assert told == expected
    assert told[:4] == ["1240", "0", "0.1", "100000000000000000000"]
    assert told[6:8] == ["NaN", "INF"]


@pytest.mark.parametrize("numbers", [[1.0, None, 3.0], [0.5, -0.0, 1.0], [0.25, 0.75, None], [None, None, None]])
def test_numbers_of_all_kinds_are_written_alike(numbers: list[float | None]) -> None:
    frame = pl.DataFrame(
        {"SEX": ["F"] * 3, "TIME_PERIOD": ["1", "2", "3"], "OBS_VALUE": pl.Series(numbers, dtype=pl.Float64)}
    )
    told = [row[5] for row in _rows(written(of(SMALL, frame), "sdmx-csv-2.0"))[1:]]
    assert told == frame.select(as_text("OBS_VALUE", pl.Float64()).fill_null(""))["OBS_VALUE"].to_list()


def test_what_is_missing_on_purpose_is_told_apart_from_what_is_not_there() -> None:
    coded = dimension("SEX", "F", "#N/A")
    given = schema(coded, time(), measure(), attribute("NOTE", Level.OBSERVATION))
    frame = pl.DataFrame(
        {"SEX": ["#N/A", "F"], "TIME_PERIOD": ["1", "2"], "OBS_VALUE": [float("nan"), None], "NOTE": ["#N/A", None]}
    )
    assert [row[3:] for row in _rows(written(of(given, frame), "sdmx-csv-2.1"))[1:]] == [
        ["#N/A", "1", "NaN", "#N/A"],
        ["F", "2", "", ""],
    ]


def test_values_that_are_no_codes_and_no_numbers_are_written_as_they_are() -> None:
    data = DataSet(SMALL, pl.DataFrame({"SEX": ["X"], "TIME_PERIOD": ["2020"], "OBS_VALUE": ["many"]}))
    assert _rows(written(data, "sdmx-csv-2.0"))[1][3:] == ["X", "2020", "many", ""]


@pytest.mark.parametrize("format_id", FORMATS)
def test_an_empty_text_is_told_because_csv_takes_it_for_a_missing_one(format_id: str) -> None:
    assert _told(_small(NOTE=[""]), format_id) == [("FORMAT-003", "TextId(id='loss.empty-text')", ("NOTE",))]
    assert _told(_small(NOTE=[None]), format_id) == []


@pytest.mark.parametrize("action", list(Action))
def test_actions_are_letters_in_version_21(action: Action) -> None:
    data = replace(_small(), action=action)
    assert _rows(written(data, "sdmx-csv-2.1"))[1][2] == action.letter
    assert _told(data, "sdmx-csv-2.1") == []


def test_merging_is_appending_in_version_20() -> None:
    data = replace(_small(), action=Action.MERGE)
    assert _rows(written(data, "sdmx-csv-2.0"))[1][2] == "A"
    assert _told(data, "sdmx-csv-2.0") == [("FORMAT-002", "TextId(id='loss.merge-as-append')", ())]


def test_version_1_loses_every_action_but_information() -> None:
    assert _told(_small(), "sdmx-csv-1.0") == []
    lost = [("FORMAT-003", "TextId(id='loss.action')", ())]
    assert _told(replace(_small(), action=Action.DELETE), "sdmx-csv-1.0") == lost


def test_a_data_set_without_observations_is_a_header_and_told() -> None:
    data = replace(_small(), frame=_small().frame.clear())
    assert written(data, "sdmx-csv-2.0").decode() == "STRUCTURE,STRUCTURE_ID,ACTION,SEX,TIME_PERIOD,OBS_VALUE,NOTE\n"
    lost = [("FORMAT-003", "TextId(id='loss.empty-data-set')", ())]
    assert _told(data, "sdmx-csv-2.0") == lost
    assert _told([_small(), data], "sdmx-csv-2.0") == []  # a part of a data set that has some
    assert _told([_small(), replace(data, action=Action.REPLACE), _small()], "sdmx-csv-2.0") == lost


def test_version_1_calls_its_only_measure_obs_value_whatever_it_is() -> None:
    given = schema(dimension("SEX", "F"), measure("PERSONS"))
    data = of(given, pl.DataFrame({"SEX": ["F"], "PERSONS": [3.0]}))
    assert _rows(written(data, "sdmx-csv-1.0")) == [["DATAFLOW", "SEX", "OBS_VALUE"], ["A:DF(1.0.0)", "F", "3"]]
    assert _rows(written(data, "sdmx-csv-2.0"))[0][3:] == ["SEX", "PERSONS"]


@pytest.mark.parametrize("measures", [(), ("A", "B")])
def test_version_1_refuses_other_numbers_of_measures(measures: tuple[str, ...]) -> None:
    given = schema(dimension("SEX", "F"), *map(measure, measures))
    data = of(given, pl.DataFrame({"SEX": ["F"]}))
    assert _rows(written(data, "sdmx-csv-2.0"))[0][4:] == list(measures)
    with pytest.raises(StructureError) as caught:
        written(data, "sdmx-csv-1.0")
    assert (caught.value.message_id, caught.value.params["number"]) == ("data-format-measures", len(measures))


def test_several_data_sets_follow_each_other_below_one_header() -> None:
    replaced, deleted = replace(_small(), action=Action.REPLACE), replace(_small(SEX=["M"]), action=Action.DELETE)
    rows = _rows(written([replaced, deleted, replaced], "sdmx-csv-2.0"))
    assert [row[2:4] for row in rows] == [["ACTION", "SEX"], ["R", "F"], ["D", "M"], ["R", "F"]]


OTHER = replace(
    schema(dimension("AREA", "CI"), dimension("SEX", "F", "M"), measure("PERSONS"), attribute("UNIT", Level.DATASET)),
    structure=ArtefactKey("A", "OTHER", "2.0.0"),
    dataflow=None,
)


def _other(rows: int = 1) -> DataSet:
    frame = pl.DataFrame({"AREA": ["CI"] * rows, "SEX": ["M"] * rows, "PERSONS": [2.0] * rows, "UNIT": ["N"] * rows})
    return of(OTHER, frame)


@pytest.mark.parametrize("in_turn", [False, True])
def test_data_sets_of_several_structures_have_the_columns_of_all(*, in_turn: bool) -> None:
    parts: list[DataSet] | Iterator[DataSet] = [_small(), _other()]
    rows = _rows(_written(iter(parts) if in_turn else parts, "sdmx-csv-2.0"))
    assert rows == [
        [*_own("2"), "SEX", "TIME_PERIOD", "AREA", "OBS_VALUE", "PERSONS", "NOTE", "UNIT"],
        ["dataflow", "A:DF(1.0.0)", "I", "F", "2020", "", "1", "", "", ""],
        ["datastructure", "A:OTHER(2.0.0)", "I", "M", "", "CI", "", "2", "", "N"],
    ]


def test_columns_that_come_after_the_header_was_written_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "_SLICE", 2)
    parts = [_small(), _small(), _small(), _other()]
    assert len(_rows(_written(parts, "sdmx-csv-2.0"))) == 5
    assert len(_rows(_written(iter([_other(), *parts]), "sdmx-csv-2.0"))) == 6  # its columns were seen
    with pytest.raises(StructureError) as caught:
        _written(iter(parts), "sdmx-csv-2.0")
    assert (caught.value.message_id, caught.value.params["columns"]) == ("data-csv-columns", "AREA, PERSONS, UNIT")


def test_version_1_refuses_data_sets_of_several_structures() -> None:
    with pytest.raises(StructureError) as caught:
        written([_small(), replace(_other(), schema=replace(OTHER, dataflow=FLOW))], "sdmx-csv-1.0")
    assert caught.value.message_id == "data-csv-columns"


def _written(parts: list[DataSet] | Iterator[DataSet], format_id: str) -> bytes:
    file = io.BytesIO()
    format_of(format_id, "data").write_data(parts, file, HEADER, DataOptions(), Notices("test", format_id))
    return file.getvalue()


def test_parts_are_taken_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "_SLICE", 1)
    file = io.BytesIO()
    seen: list[int] = []

    def parts() -> Iterator[DataSet]:
        for _ in range(5):
            seen.append(file.getvalue().count(b"\n"))
            yield _small()

    write.write_20(parts(), file, HEADER, DataOptions(), Notices("test", "sdmx-csv-2.0"))
    assert seen == [0, 0, 3, 4, 5]  # the header is written after two parts, then each on its own


def test_a_large_frame_is_written_in_slices_to_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = written(full(), "sdmx-csv-2.0")
    monkeypatch.setattr(write, "_SLICE", 2)
    assert written(full(), "sdmx-csv-2.0") == whole
    assert written(list(full().slices(1)), "sdmx-csv-2.0") == whole


def test_files_of_all_kinds_are_written_in_order(tmp_path: Path) -> None:
    whole = written(full(), "sdmx-csv-2.0")
    with (tmp_path / "a").open("wb") as file, gzip.open(tmp_path / "b", "wb") as packed:
        for into in (file, packed):
            arguments = (HEADER, DataOptions(), Notices("test", "sdmx-csv-2.0"))
            format_of("sdmx-csv-2.0", "data").write_data([full()], into, *arguments)  # type: ignore[arg-type]
    assert (tmp_path / "a").read_bytes() == whole
    assert gzip.decompress((tmp_path / "b").read_bytes()) == whole


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_fields_are_separated_as_asked_and_quoted_where_they_must(delimiter: str) -> None:
    notes = [f"a{delimiter}b", 'say "x"', "two\nlines", "a\rb", " spaces ", "é ع"]
    frame = pl.DataFrame(
        {"SEX": ["F"] * 6, "TIME_PERIOD": list("123456"), "OBS_VALUE": [1.5] * 6, "NOTE": notes},
    )
    content = written(of(SMALL, frame), "sdmx-csv-2.0", DataOptions(delimiter=delimiter))
    rows = _rows(content, delimiter)
    assert rows[0][0] == "STRUCTURE"
    assert [row[-1] for row in rows[1:]] == notes
    assert {row[-2] for row in rows[1:]} == {"1.5"}


@pytest.mark.parametrize("delimiter", ["", "::", ":", '"', "\n", "é"])
def test_what_cannot_separate_fields_is_refused(delimiter: str) -> None:
    with pytest.raises(StructureError, match="cannot separate fields"):
        written(full(), "sdmx-csv-2.0", DataOptions(delimiter=delimiter))


def test_a_schema_is_written_in_full_even_where_it_is_another_object() -> None:
    copy = Schema(SMALL.structure, SMALL.dataflow, SMALL.columns)
    assert len(_rows(written([_small(), replace(_small(), schema=copy)], "sdmx-csv-1.0"))) == 3


def test_names_are_not_asked_of_a_schema_that_writes_ids() -> None:
    assert b"Name of" not in written(full(), "sdmx-csv-2.0", DataOptions(labels=Labels.ID, language="fr"))


@pytest.mark.parametrize("name", ["STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "SERIES_KEY", "OBS_KEY"])
def test_a_component_with_the_name_of_another_column_is_refused(name: str) -> None:
    given = schema(dimension("SEX", "F"), time(), measure(), attribute(name, Level.OBSERVATION))
    data = of(given, pl.DataFrame({"SEX": ["F"], "TIME_PERIOD": ["2020"], "OBS_VALUE": [1.0], name: ["x"]}))
    for format_id in FORMATS[1:]:
        with pytest.raises(StructureError) as refused:
            written(data, format_id)
        assert (refused.value.message_id, refused.value.params["id"]) == ("id-refused", name)
    assert f"SEX,TIME_PERIOD,OBS_VALUE,{name}\n" in written(data, "sdmx-csv-1.0").decode()


@pytest.mark.parametrize("text", ["x,y", "x;y", 'x"y', "x\ny", "x\ry", "", "x"])
def test_fields_are_in_quotes_where_they_need_them(text: str) -> None:
    content = written(_small(NOTE=[text]), "sdmx-csv-2.0")
    assert _rows(content)[1][-1] == text
    assert (b'"' in content) is (text not in {"x;y", "x"})
