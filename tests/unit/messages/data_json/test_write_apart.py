"""What stands once of several observations, and what cannot: keys that are not whole or repeat, values that differ."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tests.examples.data_sets import FULL, attribute, dimension, full, measure, of, read, schema, time, written
from tests.unit.messages.data_json.json_data import FLAT, SERIES, VERSIONS, Json, again, message, told

from icstip.errors import StructureError
from icstip.messages.data_json.writing import datasets, values
from icstip.messages.data_options import DataOptions
from icstip.messages.dataset import Action, DataSet
from icstip.schema import Level

GIVEN = schema(
    dimension("A", "x", "y"),
    dimension("B", "p", "q"),
    time(),
    measure(),
    attribute("STATUS", Level.OBSERVATION, "A", "O"),
    attribute("NOTE", Level.SERIES, to=("A", "B")),
    attribute("GROUP", Level.GROUP, "g", "h", to=("A",), group="BY_A"),
    attribute("TITLE", Level.DATASET),
    groups={"BY_A": ("A",)},
)
NAMES = [column.id for column in GIVEN.columns]
Row = Sequence[object]


def _data(*rows: Row, action: Action = Action.INFORMATION) -> DataSet:
    frame = pl.DataFrame(list(rows), schema=[(name, pl.String) for name in NAMES], orient="row")
    return replace(of(GIVEN, frame.with_columns(pl.col("OBS_VALUE").cast(pl.Float64))), action=action)


def _row(key: str, value: str | None = "1", note: str | None = None, group: str | None = None, **more: str) -> Row:
    """A row; its key is a value of A, one of B and the last digit of time, of which a point is nothing."""
    a, b, year = (None if one == "." else one for one in key)
    return (a, b, year and f"202{year}", value, more.get("status"), note, group, more.get("title"))


def _datasets(data: DataSet | Sequence[DataSet], version: str = "2.0", options: DataOptions = FLAT) -> list[Json]:
    found: list[Json] = message(data, version, options)["data"]["dataSets"]
    return found


def _rows(found: Sequence[DataSet]) -> list[Row]:
    return [row for one in found for row in one.frame.with_columns(pl.col(pl.Enum).cast(pl.String)).rows()]


def test_keys_that_are_not_whole_are_groups_in_2_x(tmp_path: Path) -> None:
    data = _data(_row("xp0"), _row("y..", None, group="h"), _row("yp.", None, "n"))
    (found,) = _datasets(data)
    assert found["dimensionGroupAttributes"] == {"1::": [None, 0], "1:0:": [0]}
    assert told(data, "2.0") == []
    assert _rows(again(data, "2.0", tmp_path)) == data.frame.rows()


def test_keys_that_are_not_whole_are_told_in_1_0() -> None:
    data = _data(_row("xp0"), _row("y..", None, group="h"), _row("yp.", None, "n"))
    assert list(_datasets(data, "1.0")[0]["observations"]) == ["0:0:0"]
    assert told(data, "1.0") == [("FORMAT-003", "partial-key", "NOTE,GROUP")]


def test_a_series_without_observations_is_one_of_its_own_in_every_version(tmp_path: Path) -> None:
    data = _data(_row("xp0"), _row("yp.", None, "n"), _row("xp1"))
    for version in VERSIONS:
        (found,) = _datasets(data, version, SERIES)
        alone = next(one for one in found["series"].values() if "observations" not in one)
        assert (len(found["series"]), alone["attributes"][0]) == (2, 0)
        assert told(data, version, SERIES) == []
        assert sorted(_rows(again(data, version, tmp_path, SERIES)), key=repr) == sorted(data.frame.rows(), key=repr)


def test_an_attribute_of_observations_of_a_key_that_is_not_whole_stands_at_the_group(tmp_path: Path) -> None:
    data = _data(_row("x..", None, status="O"))
    (found,) = _datasets(data)
    assert found["dimensionGroupAttributes"] == {"0::": [None, None, 0]}
    read_again, _, _ = read(written(data, "sdmx-json-2.0"), tmp_path, GIVEN)
    assert _rows(read_again) == data.frame.rows()


def test_a_value_of_a_key_that_is_not_whole_is_told() -> None:
    data = _data(_row("xp0"), _row("x..", "5", group="g"))
    assert told(data, "2.0") == [("FORMAT-003", "partial-key", "OBS_VALUE")]
    assert told(data, "1.0") == [("FORMAT-003", "partial-key", "OBS_VALUE,GROUP")]


def test_a_row_that_says_nothing_is_left_out_silently() -> None:
    data = _data(_row("xp0"), _row("x..", None), _row("...", None))
    (found,) = _datasets(data)
    assert "dimensionGroupAttributes" not in found
    assert told(data, "1.0") == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("options", [FLAT, SERIES])
def test_attributes_of_a_data_set_without_observations_are_kept(
    version: str, options: DataOptions, tmp_path: Path
) -> None:
    data = _data(_row("...", None, title="Victims"))
    (found,) = _datasets(data, version, options)
    assert len(found["attributes"]) == 1
    assert _rows(again(data, version, tmp_path, options)) == data.frame.rows()


def test_what_is_to_be_deleted_can_be_named_by_a_part_of_its_key(tmp_path: Path) -> None:
    data = _data(_row("xp0", None), _row("y..", None), _row("..1", None), _row("xp.", None, "n"), action=Action.DELETE)
    (found,) = _datasets(data)
    assert found["action"] == "Delete"
    assert found["dimensionGroupAttributes"] == {"1::": [], "::1": [], "0:0:": [0]}
    assert sorted(_rows(again(data, "2.1", tmp_path)), key=repr) == sorted(data.frame.rows(), key=repr)


def test_all_data_can_be_deleted_at_once_in_2_1_only(tmp_path: Path) -> None:
    data = _data(_row("...", None), action=Action.DELETE)
    assert _datasets(data, "2.1")[0]["dimensionGroupAttributes"] == {"::": []}
    assert _rows(again(data, "2.1", tmp_path)) == data.frame.rows()
    assert told(data, "2.0") == told(data, "1.0") == [("FORMAT-003", "partial-key", "")]


def test_a_series_can_be_deleted_in_every_version(tmp_path: Path) -> None:
    data = _data(_row("xp.", None), action=Action.DELETE)
    for version in VERSIONS:
        assert _datasets(data, version, SERIES)[0]["series"] == {"0:0": {}}
        assert _rows(again(data, version, tmp_path, SERIES)) == data.frame.rows()


def test_attributes_of_observations_that_are_deleted_are_not_taken_for_those_of_their_groups(tmp_path: Path) -> None:
    data = _data(_row("xp0", None, "n", "g"), _row("xp1", None, "n", "g"), action=Action.DELETE)
    (found,) = _datasets(data)
    assert "dimensionGroupAttributes" not in found
    assert list(found["observations"].values()) == [[None, None, 0, 0]] * 2
    assert _rows(again(data, "2.0", tmp_path)) == data.frame.rows()


def test_a_dimension_that_is_switched_off_has_a_sign_of_its_own_in_2_1(tmp_path: Path) -> None:
    wide = replace(GIVEN, columns=(dimension("A", "x", "y"), *GIVEN.columns[1:]))
    frame = _data(_row("xp0"), _row("yp1", None, group="h")).frame
    off = frame.with_columns(A=pl.Series(["x", "~"], dtype=pl.Enum(["x", "y", "~"])))
    data = DataSet(wide, off)
    (found,) = _datasets(data, "2.1")
    assert found["dimensionGroupAttributes"] == {"~:0:1": [None, 0]}
    assert list(found["observations"]) == ["0:0:0"]
    assert sorted(_rows(again(data, "2.1", tmp_path)), key=repr) == sorted(off.rows(), key=repr)
    assert "1:0:1" in _datasets(data, "2.0")[0]["observations"]
    assert told(data, "1.0") == [("FORMAT-003", "partial-key", "GROUP")]


def test_a_switched_off_dimension_of_an_observation_with_a_value_is_a_value_like_any_other(tmp_path: Path) -> None:
    off = _data(_row("xp0")).frame.with_columns(A=pl.Series(["~"], dtype=pl.Enum(["x", "y", "~"])))
    data = DataSet(GIVEN, off)
    assert list(_datasets(data, "2.1")[0]["observations"]) == ["0:0:0"]
    assert _rows(again(data, "2.1", tmp_path)) == off.rows()
    with pytest.raises(StructureError, match="does not allow the id '~'"):
        written(data, "sdmx-json-1.0")


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("options", [FLAT, SERIES])
def test_what_differs_in_one_group_or_series_stands_at_each_observation(
    version: str, options: DataOptions, tmp_path: Path
) -> None:
    data = _data(
        *[_row("xp0", "1", "m", "g"), _row("xp1", "2", "n", "g"), _row("xq0", "3", "m", "h"), _row("xq1", "4", None)],
        *[_row("yp0", "5", "m", "h"), _row("yp1", "6", "m", "h")],
    )
    assert len(_datasets(data, version, options)) == 1
    assert told(data, version, options) == []
    assert _rows(again(data, version, tmp_path, options)) == data.frame.rows()


def test_only_what_differs_leaves_its_group() -> None:
    (found,) = _datasets(_data(_row("xp0", "1", "m", "g"), _row("xp1", "2", "n", "g"), _row("yp1", "2", "n", "h")))
    assert found["dimensionGroupAttributes"] == {"1:0:": [0], "0::": [None, 0], "1::": [None, 1]} | {"1:0:": [1]}
    assert list(found["observations"].values()) == [[1, None, 0], [2, None, 1], [2, None, None]]


@pytest.mark.parametrize("second", [None, "n"])
def test_what_differs_in_a_group_from_part_to_part_makes_another_data_set(second: str | None, tmp_path: Path) -> None:
    parts = [_data(_row("xp0", "1", "m")), _data(_row("xp1", "2", second)), _data(_row("xp2", "3", second))]
    found = _datasets(parts)
    assert [list(one["observations"]) for one in found] == [["0:0:0"], ["0:0:1", "0:0:2"]]
    assert told(parts, "2.0") == [("FORMAT-002", "several-data-sets", "")]
    assert _rows(again(parts, "2.0", tmp_path)) == [row for part in parts for row in part.frame.rows()]


def test_what_is_said_first_of_a_group_that_was_silent_makes_another_data_set(tmp_path: Path) -> None:
    parts = [_data(_row("xp0", "1")), _data(_row("yp1", "2", "n")), _data(_row("xp1", "3", "n"))]
    assert [list(one["observations"]) for one in _datasets(parts)] == [["0:0:0", "1:0:1"], ["0:0:1"]]
    assert _rows(again(parts, "2.0", tmp_path)) == [row for part in parts for row in part.frame.rows()]


def test_a_group_that_is_said_apart_and_by_observations_too_makes_another_data_set() -> None:
    parts = [_data(_row("xp0", "1", "m")), _data(_row("xp.", None, "n")), _data(_row("xp1", "3", "o"))]
    assert len(_datasets(parts)) == 3
    repeated = [_data(_row("xp.", None, "n"), _row("xp.", None, "n"))]
    assert len(_datasets(repeated)) == 2


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("options", [FLAT, SERIES])
def test_a_key_that_repeats_stands_in_several_data_sets(version: str, options: DataOptions, tmp_path: Path) -> None:
    data = _data(_row("xp0", "1"), _row("xp1", "2"), _row("xp0", "3"), _row("xp0", "4"), _row("yp0", "5"))
    found = _datasets(data, version, options)
    assert len(found) == 3
    assert told(data, version, options) == [("FORMAT-002", "several-data-sets", "")]
    values = [row[3] for row in _rows(again(data, version, tmp_path, options))]
    assert values == [1.0, 2.0, 5.0, 3.0, 4.0]


@pytest.mark.parametrize("options", [FLAT, SERIES])
def test_a_key_that_repeats_in_another_part_stands_in_another_data_set(options: DataOptions, tmp_path: Path) -> None:
    parts = [_data(_row("xp0", "1")), _data(_row("yp0", "2")), _data(_row("xp0", "3"), _row("xp1", "4"))]
    assert len(_datasets(parts, "2.1", options)) == 2
    values = [row[3] for row in _rows(again(parts, "2.1", tmp_path, options))]
    assert sorted(values, key=repr) == [1.0, 2.0, 3.0, 4.0]


def test_the_same_thing_a_hundred_times_is_refused() -> None:
    with pytest.raises(StructureError, match="the same key stands 101 times"):
        written(_data(*[_row("xp0")] * 101), "sdmx-json-2.0")


@pytest.mark.parametrize("version", VERSIONS)
def test_observations_of_a_series_are_put_together_wherever_they_stand(version: str, tmp_path: Path) -> None:
    data = _data(_row("yp0", "1", "n"), _row("xp0", "2"), _row("yp1", "3", "n"), _row("xp1", "4"), _row("xq0", "5"))
    (found,) = _datasets(data, version, SERIES)
    assert list(found["series"]) == ["0:0", "1:0", "1:1"]
    assert [row[3] for row in _rows(again(data, version, tmp_path, SERIES))] == [1.0, 3.0, 2.0, 4.0, 5.0]


@pytest.mark.parametrize("rows", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("options", [FLAT, SERIES])
def test_large_data_are_written_in_pieces(
    rows: int, options: DataOptions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = _data(*[_row(f"{a}{b}{year}", str(year), f"{a}{b}") for a in "yx" for b in "qp" for year in range(9)])
    whole = written(data, "sdmx-json-2.0", options)
    monkeypatch.setattr(datasets, "PART_ROWS", rows)
    monkeypatch.setattr(datasets, "SERIES_ROWS", rows)
    assert written(data, "sdmx-json-2.0", options) == whole
    parts = list(data.slices(5))
    assert written(parts, "sdmx-json-2.0", options) == whole
    assert _rows(again(data, "2.0", tmp_path, options)) == data.frame.rows()


def test_series_that_come_back_after_many_observations_make_another_data_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(datasets, "SERIES_ROWS", 4)
    parts = [_data(_row(f"xp{year}"), _row(f"yp{year}")) for year in range(6)]
    assert len(_datasets(parts, "2.0", SERIES)) > 1
    found = again(parts, "2.0", tmp_path, SERIES)
    key = ["A", "B", "TIME_PERIOD"]
    assert_frame_equal(
        pl.concat([one.frame for one in found]).sort(key), pl.concat([one.frame for one in parts]).sort(key)
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_very_many_values_of_a_component_are_written_as_few_are(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = _data(*[_row(f"x{b}{year}", str(year), f"{b}{year % 3}") for b in "qp" for year in range(9)])
    few = written(list(data.slices(5)), f"sdmx-json-{version}")
    monkeypatch.setattr(values, "_MANY", 3)
    assert written(list(data.slices(5)), f"sdmx-json-{version}") == few
    assert sorted(_rows(again(data, version, tmp_path)), key=repr) == sorted(data.frame.rows(), key=repr)


def test_a_whole_message_of_everything_is_the_same_after_reading(tmp_path: Path) -> None:
    for version in VERSIONS:
        for options in (FLAT, SERIES):
            (found,) = again(full(), version, tmp_path, options)
            assert_frame_equal(found.frame, full().frame)
            assert found.schema is FULL
