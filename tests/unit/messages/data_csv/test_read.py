"""SDMX-CSV of any tool: what its columns are, whose data each row is of, and what is left out is told."""

import codecs
import gzip
from pathlib import Path

import polars as pl
import pytest
from tests.examples.data_sets import FULL, attribute, dimension, measure, read, schema, time

from icstip.artefacts.base import Reference
from icstip.messages.data_csv.read import read as read_parts
from icstip.messages.data_parts import LINE, PART_ROWS, DataHead, DataPart, Reading
from icstip.messages.data_source import DataSource
from icstip.messages.dataset import Action
from icstip.schema import Level, Schema

GIVEN = schema(dimension("FREQ", "A", "Q"), time(), measure(), attribute("NOTE", Level.OBSERVATION))
HEAD = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,TIME_PERIOD,OBS_VALUE"
ROW = "dataflow,A:DF(1.0.0),I,A,2020,1"


def _parts(text: str | bytes, folder: Path, given: Schema | None = GIVEN) -> tuple[list[DataPart], Reading]:
    path = folder / "message"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    reading = Reading("message", lambda _: given)
    return list(read_parts(DataSource(path), reading)), reading


def _rows(text: str | bytes, folder: Path, given: Schema | None = GIVEN) -> list[tuple[object, ...]]:
    parts, _ = _parts(text, folder, given)
    return [row for part in parts for row in part.frame.drop(LINE).iter_rows()]


def _heads(text: str, folder: Path) -> list[tuple[DataHead, int]]:
    parts, _ = _parts(text, folder)
    heads: list[tuple[DataHead, int]] = []
    for part in parts:
        if heads and heads[-1][0] is part.head:
            heads[-1] = (part.head, heads[-1][1] + part.frame.height)
        else:
            heads.append((part.head, part.frame.height))
    return heads


@pytest.mark.parametrize(
    ("text", "format_id", "generation"),
    [
        ("DATAFLOW,FREQ,OBS_VALUE\nA:DF(1.0.0),A,1\n", "sdmx-csv-1.0", "2.1"),
        (f"{HEAD}\n{ROW}\n", "sdmx-csv-2.0", "3.0"),
        (f"{HEAD}\n{ROW.replace(',I,', ',M,')}\n", "sdmx-csv-2.1", "3.1"),
    ],
)
def test_the_version_is_seen_and_each_has_its_information_model(
    text: str, format_id: str, generation: str, tmp_path: Path
) -> None:
    (part,), reading = _parts(text, tmp_path)
    assert (reading.format_id, part.head.generation, reading.header) == (format_id, generation, None)
    assert part.head.structure == Reference("Dataflow", "A", "DF", "1.0.0")
    assert (part.head.line, part.frame[LINE].to_list()) == (2, [2])


@pytest.mark.parametrize("row", [ROW.replace(",I,", ",m,"), ROW.replace("2020", "~")])
def test_what_only_version_21_has_says_that_it_is_one_before_the_first_part_comes(row: str, tmp_path: Path) -> None:
    path = tmp_path / "message"
    path.write_text(f"{HEAD}\n{ROW}\n{row}\n", encoding="utf-8")
    reading = Reading("message", lambda _: GIVEN)
    next(iter(read_parts(DataSource(path), reading)))
    assert reading.format_id == "sdmx-csv-2.1"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_quotes_and_line_ends_are_seen(delimiter: str, quote: str, end: str, tmp_path: Path) -> None:
    lines = [delimiter.join(f"{quote}{cell}{quote}" for cell in line.split(",")) for line in (HEAD, ROW, ROW)]
    text = end.join(lines)
    assert _rows(text, tmp_path) == _rows(text + end, tmp_path) == [("A", "2020", "1")] * 2


@pytest.mark.parametrize(
    "content",
    [
        codecs.BOM_UTF8 + f"{HEAD}\n{ROW}é".encode(),
        f"{HEAD}\n{ROW}é".encode("utf-16"),
        codecs.BOM_UTF16_BE + f"{HEAD}\n{ROW}é".encode("utf-16-be"),
        f"{HEAD}\n{ROW}é".encode("utf-16-le"),
        f"{HEAD}\n{ROW}é".encode("utf-16-be"),
        gzip.compress(f"{HEAD}\n{ROW}é".encode()),
    ],
)
def test_encodings_are_seen(content: bytes, tmp_path: Path) -> None:
    assert _rows(content, tmp_path) == [("A", "2020", "1é")]


def test_blank_lines_do_not_count_as_rows_but_as_lines(tmp_path: Path) -> None:
    parts, _ = _parts(f"\n\r\n{HEAD}\n\n{ROW}\n\r\n\n{ROW}\n\n", tmp_path)
    assert [part.frame[LINE].to_list() for part in parts] == [[5, 8]]


def test_lines_within_quotes_count(tmp_path: Path) -> None:
    quoted = ROW.replace("2020", '"20\r\n2\n0"')
    parts, _ = _parts(f"{HEAD}\n{quoted}\n{ROW}\n{quoted}\n{ROW}\n", tmp_path)
    assert parts[0].frame[LINE].to_list() == [2, 5, 6, 9]
    assert parts[0].frame["TIME_PERIOD"].to_list() == ["20\r\n2\n0", "2020"] * 2


def test_an_empty_field_is_missing_quoted_or_not_and_spaces_are_not_empty(tmp_path: Path) -> None:
    text = f'{HEAD}\ndataflow,A:DF(1.0.0),I,,"", \ndataflow,A:DF(1.0.0),I,NaN,#N/A,\n'
    assert _rows(text, tmp_path) == [(None, None, " "), ("NaN", "#N/A", None)]


def test_runs_of_rows_of_one_structure_and_action_are_data_sets(tmp_path: Path) -> None:
    rows = [
        "dataflow,A:DF(1.0.0),R,A,2020,1",
        "dataflow,A:DF(1.0.0),r,A,2021,2",
        "DATAFLOW,A:DF(1.0.0),R,A,2022,3",
        "dataflow,A:DF(1.0.0),D,A,2020,",
        "datastructure,A:DSD(2.0),,A,2020,1",
        "dataprovision,A.B:PA(1.0.0-draft),I,A,2020,1",
        "dataprovision,A.B:PA(1.0.0-draft),,A,2021,1",
        "dataflow,A:DF(1.0.0),R,A,2020,1",
    ]
    heads = _heads("\n".join([HEAD, *rows]), tmp_path)
    assert [(str(head.structure), head.structure and head.structure.kind, head.action, n) for head, n in heads] == [
        ("A:DF(1.0.0)", "Dataflow", Action.REPLACE, 3),
        ("A:DF(1.0.0)", "Dataflow", Action.DELETE, 1),
        ("A:DSD(2.0)", "DataStructure", Action.INFORMATION, 1),
        ("A.B:PA(1.0.0-draft)", "ProvisionAgreement", Action.INFORMATION, 2),
        ("A:DF(1.0.0)", "Dataflow", Action.REPLACE, 1),
    ]
    assert [head.line for head, _ in heads] == [2, 5, 6, 7, 9]


@pytest.mark.parametrize("letter", ["I", "A", "R", "D", "M", "i", "a", "r", "d", "m"])
def test_actions_are_letters_large_or_small(letter: str, tmp_path: Path) -> None:
    ((head, _),) = _heads(f"{HEAD}\n{ROW.replace(',I,', f',{letter},')}\n", tmp_path)
    assert head.action.letter == letter.upper()


def test_without_a_column_of_actions_data_are_for_information(tmp_path: Path) -> None:
    ((head, _),) = _heads("STRUCTURE,STRUCTURE_ID,FREQ,OBS_VALUE\ndataflow,A:DF(1.0.0),A,1\n", tmp_path)
    assert head.action is Action.INFORMATION


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("A:DF(1.0.0)", "A:DF(1.0.0)"),
        ("A.B-C:DF@X$1(1.0)", "A.B-C:DF@X$1(1.0)"),
        ("A:DF(1.0.0): Its name: it has one", "A:DF(1.0.0)"),
        ("A:DF", "A:DF(1.0)"),
        ("A:DF(1.0+.0)", "A:DF(1.0+.0)"),
        ("urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=A:DF(1.0.0)", "A:DF(1.0.0)"),
    ],
)
def test_structures_are_read_with_and_without_version_and_name(name: str, expected: str, tmp_path: Path) -> None:
    ((head, _),) = _heads(f"DATAFLOW,FREQ,OBS_VALUE\n{name},A,1\n", tmp_path)
    assert str(head.structure) == expected


def test_rows_that_name_no_structure_are_of_none(tmp_path: Path) -> None:
    ((head, _),) = _heads(f"{HEAD}\n,,,A,2020,1\n", tmp_path)
    assert head.structure is None
    ((head, _),) = _heads("DATAFLOW,FREQ,OBS_VALUE\n,A,1\n", tmp_path)
    assert head.structure is None


def test_a_message_without_rows_has_one_empty_data_set(tmp_path: Path) -> None:
    (part,), reading = _parts(f"{HEAD},UPDATED\n", tmp_path)
    assert (part.head.structure, part.frame.height, reading.format_id) == (None, 0, "sdmx-csv-2.0")
    assert part.frame.columns == ["FREQ", "TIME_PERIOD", "OBS_VALUE", LINE]
    (found,), _, _ = read(f"{HEAD}\n".encode(), tmp_path, GIVEN)
    assert (len(found), found.frame.columns) == (0, [column.id for column in GIVEN.columns])


def test_columns_come_in_any_order(tmp_path: Path) -> None:
    text = "STRUCTURE,ACTION,OBS_VALUE,STRUCTURE_ID,FREQ\ndataflow,R,1,A:DF(1.0),A\n"
    parts, _ = _parts(text, tmp_path)
    assert parts[0].head.action is Action.REPLACE
    assert parts[0].frame.drop(LINE).to_dicts() == [{"OBS_VALUE": "1", "FREQ": "A"}]


def test_keys_that_say_the_dimensions_again_are_left_out_without_a_word(tmp_path: Path) -> None:
    text = "STRUCTURE,STRUCTURE_ID,ACTION,SERIES_KEY,OBS_KEY,FREQ,OBS_VALUE\ndataflow,A:DF(1.0),I,A,A.2020,A,1\n"
    for given in (GIVEN, None):
        parts, reading = _parts(text, tmp_path, given)
        assert parts[0].frame.columns == ["FREQ", "OBS_VALUE", LINE]
        assert reading.notices.findings == ()


def test_a_component_may_be_called_like_a_column_of_the_format(tmp_path: Path) -> None:
    given = schema(dimension("ACTION", "X"), dimension("DATAFLOW", "Y"), measure())
    text = "STRUCTURE,STRUCTURE_ID,ACTION,ACTION,DATAFLOW,OBS_VALUE\ndataflow,A:DF(1.0),I,X,Y,1\n"
    assert _rows(text, tmp_path, given) == [("X", "Y", "1")]
    assert _rows("DATAFLOW,ACTION,OBS_VALUE\nA:DF(1.0),X,1\n", tmp_path, given) == [("X", "1")]


def test_custom_columns_are_left_out_and_told_once_where_the_structure_is_known(tmp_path: Path) -> None:
    text = f"{HEAD},UPDATED,Last change,EMPTY\n" + f"{ROW},2021,x,\n" * 3
    parts, reading = _parts(text, tmp_path)
    assert parts[0].frame.columns == ["FREQ", "TIME_PERIOD", "OBS_VALUE", LINE]
    told = [(one.code, one.value, str(one.place), one.params["times"]) for one in reading.notices.findings]
    assert told == [("DATA-008", "UPDATED", "message:1", 1), ("DATA-008", "Last change", "message:1", 1)]
    assert reading.notices.findings[0].params["structure"] == "A:DSD(1.0.0)"


def test_custom_columns_stay_where_the_structure_is_not_known(tmp_path: Path) -> None:
    parts, reading = _parts(f"{HEAD},UPDATED,Last change\n{ROW},2021,x\n", tmp_path, None)
    assert parts[0].frame.columns[-3:] == ["UPDATED", "Last change", LINE]
    assert reading.notices.findings == ()


@pytest.mark.parametrize(("given", "code"), [(GIVEN, "DATA-008"), (None, "DATA-007")])
def test_columns_without_a_header_are_told_if_they_hold_something(
    given: Schema | None, code: str, tmp_path: Path
) -> None:
    parts, reading = _parts(f"{HEAD},,\n{ROW},,\n", tmp_path, given)
    assert (parts[0].frame.width, reading.notices.findings) == (4, ())
    parts, reading = _parts(f"{HEAD},,\n{ROW},,x\n", tmp_path, given)
    assert [(one.code, one.value) for one in reading.notices.findings] == [(code, "#8")]


def test_columns_of_other_structures_of_the_message_are_not_told(tmp_path: Path) -> None:
    other = schema(dimension("AREA", "CI"), measure())
    path = tmp_path / "message"
    path.write_text(
        "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,TIME_PERIOD,AREA,OBS_VALUE\n"
        "dataflow,A:DF(1.0),I,A,2020,,1\ndatastructure,A:OTHER(1.0),I,,,CI,2\n",
        encoding="utf-8",
    )
    reading = Reading("message", lambda head: GIVEN if head.structure and head.structure.id == "DF" else other)
    parts = list(read_parts(DataSource(path), reading))
    assert [part.frame.drop(LINE).to_dicts() for part in parts] == [
        [{"FREQ": "A", "TIME_PERIOD": "2020", "OBS_VALUE": "1"}],
        [{"AREA": "CI", "OBS_VALUE": "2"}],
    ]
    assert reading.notices.findings == ()


def test_the_primary_measure_is_a_component_whatever_the_structure_calls_it(tmp_path: Path) -> None:
    one, two = (schema(dimension("FREQ", "A"), *map(measure, names)) for names in (("PERSONS",), ("X", "Y")))
    text = "DATAFLOW,FREQ,OBS_VALUE\nA:DF(1.0),A,1\n"
    assert _rows(text, tmp_path, one) == [("A", "1")]
    assert _rows("DATAFLOW,FREQ,OBS_VALUE: V\nA:DF(1.0),A,1: 1\n", tmp_path, one) == [("A", "1")]
    parts, reading = _parts(text, tmp_path, two)
    assert parts[0].frame.columns == ["FREQ", LINE]
    assert [one.value for one in reading.notices.findings] == ["OBS_VALUE"]


def test_several_values_in_a_field_are_read_as_they_stand_and_told_once(tmp_path: Path) -> None:
    text = (
        "STRUCTURE[;],STRUCTURE_ID,ACTION,FREQ,TIME_PERIOD,OBS_VALUE,NOTE[en;fr],T[]: Texts\n"
        'dataflow,A:DF(1.0),I,A,2020,1,en:a;fr:b,"""a;b"";c: c"\n'
    )
    given = schema(*GIVEN.columns, attribute("T", Level.OBSERVATION, "a"))
    for known in (given, None):
        parts, reading = _parts(text, tmp_path, known)
        assert parts[0].frame.select("NOTE", "T").rows() == [("en:a;fr:b", '"a;b";c: c')]
        assert [(one.code, one.value) for one in reading.notices.findings] == [("DATA-007", "STRUCTURE[;]")]


def test_a_message_may_say_how_it_separates_values_without_having_several(tmp_path: Path) -> None:
    parts, reading = _parts(f"{HEAD}\n{ROW}\n".replace("STRUCTURE,", "STRUCTURE[|],", 1), tmp_path)
    assert (parts[0].frame.height, reading.notices.findings) == (1, ())
    assert len(_rows(f"{HEAD}\n{ROW}\n".replace("STRUCTURE,", '"STRUCTURE[,]",', 1), tmp_path)) == 1


def test_keys_that_are_not_whole_are_left_open(tmp_path: Path) -> None:
    text = f"{HEAD}\n{ROW}\ndataflow,A:DF(1.0.0),I,A,,\ndataflow,A:DF(1.0.0),D,,,\n"
    assert _rows(text, tmp_path) == [("A", "2020", "1"), ("A", None, None), (None, None, None)]


def test_parts_have_about_as_many_rows_as_they_should_and_one_head_for_all(tmp_path: Path) -> None:
    text = f"{HEAD}\n" + f"{ROW}\n" * (3 * PART_ROWS)
    parts, _ = _parts(text, tmp_path)
    assert sum(part.frame.height for part in parts) == 3 * PART_ROWS
    assert all(PART_ROWS / 2 < part.frame.height < 2 * PART_ROWS for part in parts[:-1])
    assert len({id(part.head) for part in parts}) == 1
    lines = pl.concat([part.frame[LINE] for part in parts])
    assert lines.equals(pl.int_range(2, 3 * PART_ROWS + 2, dtype=pl.UInt32, eager=True).alias(LINE))


def test_the_schema_is_asked_for_once_for_each_structure(tmp_path: Path) -> None:
    asked: list[str] = []

    def schema_of(head: DataHead) -> Schema:
        asked.append(str(head.structure))
        return FULL

    path = tmp_path / "message"
    path.write_text(f"{HEAD}\n" + f"{ROW}\n{ROW.replace(',I,', ',R,')}\n" * 3, encoding="utf-8")
    assert len(list(read_parts(DataSource(path), Reading("message", schema_of)))) == 6
    assert asked == ["A:DF(1.0.0)"]


@pytest.mark.parametrize("rows", ["", "dataflow,A:DF(1.0.0)\n"])
def test_a_message_without_components_is_a_data_set_all_the_same(rows: str, tmp_path: Path) -> None:
    ((head, number),) = _heads(f"STRUCTURE,STRUCTURE_ID\n{rows}", tmp_path)
    assert (head.action, number) == (Action.INFORMATION, 1 if rows else 0)
