"""Data in parts: the same message as of the whole, in bounded memory, whatever order they come in."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

import polars as pl
import pytest
from lxml import etree
from tests.examples.data_ml_rows import in_any_order, rows_of, rows_of_message
from tests.examples.data_sets import FLOW, FULL, HEADER, dimension, full, measure, of, schema, time, written
from tests.unit.messages.data_ml.test_write_apart import PARTIAL, data, row
from tests.unit.messages.data_ml.test_write_elements import body

from icstip.artefacts.notices import Notices
from icstip.errors import StructureError
from icstip.messages.data_ml import write
from icstip.messages.data_ml.writing import body as writing_body
from icstip.messages.data_ml.writing import kept, order
from icstip.messages.data_options import DataOptions, Layout
from icstip.messages.dataset import Action, DataSet
from icstip.messages.formats import format_of
from icstip.schema import Schema

FORMATS = ("sdmx-ml-2.1", "sdmx-ml-2.1-generic", "sdmx-ml-3.0", "sdmx-ml-3.1")
SERIES = DataOptions(layout=Layout.SERIES)
LAYOUTS = [DataOptions(), SERIES, DataOptions(layout=Layout.TIME_SERIES)]
OTHER = Schema(FULL.structure, replace(FLOW, id="OTHER"), FULL.columns, groups=FULL.groups)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing stays in memory, and hardly anything is written at a time."""
    monkeypatch.setattr(kept, "_IN_MEMORY", 0)
    monkeypatch.setattr(order, "_SORTED_ROWS", 3)
    monkeypatch.setattr(order, "SLICE_ROWS", 2)
    monkeypatch.setattr(order, "_MOST_CHUNKS", 2)
    monkeypatch.setattr(writing_body, "SLICE_ROWS", 2)


def mixed() -> DataSet:
    """Many observations of few series, each of which comes again after others."""
    given = schema(dimension("D", *"abcd"), dimension("E"), time(), measure())
    count = 40
    return of(
        given,
        pl.DataFrame(
            {
                "D": [("d", "a", "c", "b")[number * 7 % 4] for number in range(count)],
                "E": [f"e{number * 5 % 3}" for number in range(count)],
                "TIME_PERIOD": [str(1990 + number) for number in range(count)],
                "OBS_VALUE": [number / 2 for number in range(count)],
            }
        ),
    )


@pytest.mark.parametrize("options", LAYOUTS, ids=lambda one: one.layout)
@pytest.mark.parametrize("format_id", FORMATS)
def test_parts_give_the_same_message_as_the_whole(format_id: str, options: DataOptions) -> None:
    for whole in (full(), mixed()):
        expected = written(whole, format_id, options)
        for size in (1, 2, 3, 7):
            assert written(list(whole.slices(size)), format_id, options) == expected


@pytest.mark.parametrize("options", LAYOUTS, ids=lambda one: one.layout)
@pytest.mark.parametrize("format_id", FORMATS)
def test_what_stands_apart_is_the_same_in_parts(format_id: str, options: DataOptions) -> None:
    some = row("CI", "M", RULE="r"), row("FR", CONTACT="c"), row("CI", "M", "2021", RULE="r"), row("CI", "M", NOTE="n")
    to_delete = data(*some, {"AREA": "CI"}, row("FR", "M", CONTACT="c"), {"SEX": "F"}, row(), action=Action.DELETE)
    for whole in (PARTIAL, to_delete, data(row("FR"), row("FR", "M", CONTACT="c"), row("CI", NOTE="n"))):
        notices = [Notices("test", "x") for _ in range(3)]
        expected = written(whole, format_id, options, notices=notices[0])
        for size, told in zip((1, 2), notices[1:], strict=True):
            assert written(list(whole.slices(size)), format_id, options, notices=told) == expected
            assert told.findings == notices[0].findings


@pytest.mark.parametrize("options", LAYOUTS, ids=lambda one: one.layout)
@pytest.mark.parametrize("format_id", FORMATS)
def test_what_does_not_stay_in_memory_is_written_the_same(
    format_id: str, options: DataOptions, request: pytest.FixtureRequest
) -> None:
    wholes = [full(), mixed()]
    expected = [written(whole, format_id, options) for whole in wholes]
    request.getfixturevalue("small")
    assert [written(whole, format_id, options) for whole in wholes] == expected


@pytest.mark.usefixtures("small")
def test_rows_are_kept_in_files_beyond_the_limit_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    kept_files: list[int] = []
    put_away = kept.Kept._put_away

    def noted(self: kept.Kept, frame: pl.DataFrame) -> pl.LazyFrame:
        away = put_away(self, frame)
        kept_files.append(len(list(tmp_path.rglob("*.arrow"))))
        return away

    monkeypatch.setattr(kept.Kept, "_put_away", noted)
    written(mixed(), "sdmx-ml-3.0", SERIES)
    assert kept_files == list(range(1, 21))
    assert list(tmp_path.iterdir()) == []


def test_series_come_in_the_order_of_their_first_observations_and_keep_the_order_of_theirs() -> None:
    whole = mixed()
    (found,) = rows_of_message(written(whole, "sdmx-ml-3.0", SERIES), whole.schema)
    given = rows_of(whole)
    series = list(dict.fromkeys((row["D"], row["E"]) for row in given))
    assert found[1] == sorted(given, key=lambda row: series.index((row["D"], row["E"])))


@pytest.mark.parametrize("different", [1, 2, 5])
def test_series_are_told_apart_by_their_keys_even_if_their_hashes_are_the_same(
    different: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = written(mixed(), "sdmx-ml-3.0", SERIES)
    hashes = order._hashes
    monkeypatch.setattr(order, "_hashes", lambda keys: hashes(keys) % different)
    for size in (1, 3, 40):
        assert written(list(mixed().slices(size)), "sdmx-ml-3.0", SERIES) == expected


def test_parts_may_have_columns_of_different_types() -> None:
    whole = mixed()
    parts = [
        DataSet(whole.schema, whole.frame[:10]),
        DataSet(whole.schema, whole.frame[10:20].with_columns(pl.col("D").cast(pl.String))),
        DataSet(whole.schema, whole.frame[20:30].with_columns(pl.col("D").cast(pl.Enum([*"abcd", "#N/A"])))),
        DataSet(whole.schema, whole.frame[30:].with_columns(pl.col("OBS_VALUE").cast(pl.String))),
    ]
    for options in (DataOptions(), SERIES):
        (found,) = rows_of_message(written(parts, "sdmx-ml-3.0", options), whole.schema)
        assert in_any_order(found[1]) == in_any_order([row for part in parts for row in rows_of(part)])


def test_data_sets_of_one_structure_have_one_entry_in_the_header() -> None:
    parts = [full(), replace(full(), action=Action.DELETE)]
    content = written(parts, "sdmx-ml-3.0")
    assert content.count(b"<mes:Structure ") == 1
    assert [action for action, _ in rows_of_message(content, FULL)] == ["Information", "Delete"]


def several() -> Iterator[DataSet]:
    yield full()
    yield DataSet(OTHER, full().frame[:2])
    yield DataSet(Schema(FULL.structure, replace(FLOW, agency="B"), FULL.columns, groups=FULL.groups), full().frame[2:])


@pytest.mark.parametrize("options", LAYOUTS, ids=lambda one: one.layout)
@pytest.mark.parametrize("format_id", FORMATS)
def test_the_header_names_the_structures_of_all_data_sets(format_id: str, options: DataOptions) -> None:
    root = etree.fromstring(written(list(several()), format_id, options))
    structures = [one for one in root.iter("{*}Structure") if one.get("structureID")]
    assert [one.get("structureID") for one in structures] == ["DF", "OTHER", "DF_2"]
    datasets = list(root.iter("{*}DataSet"))
    references = [next(value for name, value in one.items() if str(name).endswith("structureRef")) for one in datasets]
    assert references == ["DF", "OTHER", "DF_2"]
    types = [one.get("{http://www.w3.org/2001/XMLSchema-instance}type") for one in datasets]
    if "generic" not in format_id:
        spaces = [str(one.get("namespace")) for one in structures]
        assert [f"{root.nsmap[str(kind).partition(':')[0]]}" for kind in types] == spaces


def test_generic_time_series_of_several_structures_are_other_series() -> None:
    notices = Notices("test", "x")
    content = written(list(several()), "sdmx-ml-2.1-generic", DataOptions(layout=Layout.TIME_SERIES), notices=notices)
    assert content.rstrip().endswith(b"</mes:GenericData>")
    assert [one.place.key for one in notices.findings] == [
        f"Dataflow={name}(1.0.0)" for name in ("A:DF", "A:OTHER", "B:DF")
    ]


class Pipe(io.RawIOBase):
    """Something that can only be written to."""

    def __init__(self) -> None:
        self.content = b""

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override] # as much as a writer needs
        self.content += content
        return len(content)


@pytest.mark.parametrize("block", [1 << 22, 100])
@pytest.mark.parametrize("mode", ["w+b", "wb", "pipe"])
def test_any_file_will_do(mode: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "_BLOCK", block)
    expected = written(list(several()), "sdmx-ml-2.1")

    def write_to(file: BinaryIO) -> None:
        format_of("sdmx-ml-2.1", "data").write_data(several(), file, HEADER, DataOptions(), Notices("test", "x"))

    if mode == "pipe":
        pipe = Pipe()
        write_to(pipe)  # type: ignore[arg-type] # as much as a writer needs
        assert pipe.content == expected
        return
    path = tmp_path / "message.xml"
    with cast("BinaryIO", path.open(mode)) as file:
        file.write(b"before")
        write_to(file)
        file.write(b"after")
    assert path.read_bytes() == b"before" + expected + b"after"


def test_what_is_known_to_be_of_one_structure_goes_straight_to_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(write, "TemporaryFile", refused)
    pipe = Pipe()
    parts = list(full().slices(2))
    format_of("sdmx-ml-3.0", "data").write_data(
        parts,
        pipe,  # type: ignore[arg-type] # as much as a writer needs
        HEADER,
        DataOptions(),
        Notices("test", "x"),
    )
    assert pipe.content == written(full(), "sdmx-ml-3.0")


def test_a_character_that_xml_cannot_hold_is_told_when_it_comes() -> None:
    bad = DataSet(FULL, full().frame.with_columns(pl.lit("\x01").alias("COMMENT")))
    with pytest.raises(StructureError, match=r"U\+0001"):
        written([full(), bad], "sdmx-ml-3.0")


@pytest.mark.parametrize("format_id", FORMATS)
def test_an_attribute_of_the_data_set_with_several_values_makes_several_data_sets(format_id: str) -> None:
    titled = full().frame.with_columns(pl.Series("TITLE", ["a", "b", "a", None, "b"]))
    content = written(DataSet(FULL, titled), format_id)
    assert content.count(b"</mes:DataSet>") == 3
    rows = [row for _, found in rows_of_message(content, FULL) for row in found]
    assert in_any_order(rows) == in_any_order(rows_of(DataSet(FULL, titled)))


def test_equal_data_give_equal_bytes() -> None:
    assert written(mixed(), "sdmx-ml-3.0", SERIES) == written(mixed(), "sdmx-ml-3.0", SERIES)
    assert body(written(mixed(), "sdmx-ml-3.0"))
