"""Messages in SDMX-JSON of other tools: flat, in series, with values in place, of several structures, of drafts."""

from pathlib import Path
from typing import Any

import pytest
from tests.examples.data_sets import FULL, read
from tests.unit.messages.data_json.json_data import (
    AREA,
    FREQ,
    SEX,
    STATUS,
    TIME,
    component,
    message_2,
    message_10,
    rows,
    structure,
)

from icstip.messages.data_json.read import read as read_parts
from icstip.messages.data_parts import DataHead, DataPart, Reading
from icstip.messages.data_source import DataSource
from icstip.schema import Level
from icstip.standard.model import Role

ALL = {"observation": [FREQ, AREA, SEX, TIME]}
OBSERVED = {"observation": [STATUS]}
FIRST = {"FREQ": "A", "AREA": "CI", "SEX": "F", "TIME_PERIOD": "2020"}


def _parts(content: bytes, folder: Path) -> tuple[list[DataPart], Reading]:
    path = folder / "message"
    path.write_bytes(content)
    reading = Reading("message", lambda _: None)
    return list(read_parts(DataSource(path, "message"), reading)), reading


def _head(content: bytes, folder: Path) -> DataHead:
    return _parts(content, folder)[0][0].head


def _findings(content: bytes, folder: Path) -> list[tuple[str, str | None, object]]:
    _, findings, _ = read(content, folder, FULL)
    return [(one.code, one.value, one.params["times"]) for one in findings]


def test_flat_observations_of_1_0_are_read(tmp_path: Path) -> None:
    content = message_10(structure(ALL, OBSERVED), {"observations": {"0:0:0:0": [1.5, 0], "0:1:2:1": [None, 1]}})
    assert rows(content, tmp_path) == [
        {**FIRST, "OBS_VALUE": 1.5, "STATUS": "A"},
        {"FREQ": "A", "AREA": "002", "SEX": "_T", "TIME_PERIOD": "2021", "STATUS": "O"},
    ]


def test_series_with_dimensions_at_the_data_set_are_read(tmp_path: Path) -> None:
    rule = component("RULE", "PRINCIPAL", relationship={"dimensions": ["FREQ", "AREA", "SEX"]})
    given = structure(
        {"dataSet": [FREQ], "series": [AREA, SEX], "observation": [TIME]},
        {"dataSet": [component("TITLE", {"name": "T"}, relationship={"none": {}})], "series": [rule], **OBSERVED},
    )
    series = {
        "0:0": {"attributes": [0], "observations": {"0": [1, 0], "1": [2]}},
        "1:2": {"observations": {"1": [3, 1]}},
    }
    assert rows(message_10(given, {"attributes": [0], "series": series}), tmp_path) == [
        {**FIRST, "OBS_VALUE": 1.0, "STATUS": "A", "RULE": "PRINCIPAL", "TITLE": "T"},
        {**FIRST, "TIME_PERIOD": "2021", "OBS_VALUE": 2.0, "RULE": "PRINCIPAL", "TITLE": "T"},
        {"FREQ": "A", "AREA": "002", "SEX": "_T", "TIME_PERIOD": "2021", "OBS_VALUE": 3.0, "STATUS": "O", "TITLE": "T"},
    ]


def test_a_cross_section_is_read(tmp_path: Path) -> None:
    given = structure({"dataSet": [FREQ], "series": [TIME, AREA], "observation": [SEX]}, OBSERVED)
    content = message_10(given, {"series": {"1:0": {"observations": {"0": [1], "2": [2]}}}})
    assert [(row["SEX"], row["TIME_PERIOD"], row["OBS_VALUE"]) for row in rows(content, tmp_path)] == [
        ("F", "2021", 1.0),
        ("_T", "2021", 2.0),
    ]


def test_flat_observations_have_the_dimensions_of_series_first_where_there_are_some(tmp_path: Path) -> None:
    given = structure({"dataSet": [FREQ], "series": [SEX, AREA], "observation": [TIME]}, OBSERVED)
    assert rows(message_10(given, {"observations": {"0:0:0": [1]}}), tmp_path) == [{**FIRST, "OBS_VALUE": 1.0}]


def test_a_message_of_one_observation_can_have_all_dimensions_at_the_data_set(tmp_path: Path) -> None:
    ones = [component(one["id"], one["values"][0], keyPosition=one["keyPosition"]) for one in (FREQ, AREA, SEX, TIME)]
    for key in ("", "0"):
        content = message_10(structure({"dataSet": ones}), {"observations": {key: [7]}})
        assert rows(content, tmp_path) == [{**FIRST, "OBS_VALUE": 7.0}]


def test_dimensions_have_the_order_of_the_key_whatever_order_they_are_told_in(tmp_path: Path) -> None:
    given = structure({"observation": [TIME, SEX, AREA], "dataSet": [FREQ]})
    parts, _ = _parts(message_10(given, {"observations": {"0:0:0": [1]}}), tmp_path)
    assert parts[0].frame.columns == ["FREQ", "AREA", "SEX", "TIME_PERIOD", "OBS_VALUE"]


def test_measures_and_values_in_place_of_2_x_are_read(tmp_path: Path) -> None:
    given = structure(
        {"observation": [FREQ, AREA, SEX, component("TIME_PERIOD", {"value": "2020"}, {"value": 2021}, keyPosition=3)]},
        {
            "dataSet": [component("TITLE", relationship={"dataflow": {}})],
            "observation": [
                component("STATUS", None, {"id": "Q", "name": "q"}, relationship={"observation": {}}),
                component("LOWER", relationship={"observation": {}}),
                component("COMMENT", relationship={"observation": {}}),
            ],
        },
        measures={"observation": [component("OBS_VALUE", format={"dataType": "Decimal"})]},
    )
    observations = {
        "0:0:0:0": [1240, 1, 0.50, "a"],
        "0:0:0:1": ["-3.5", 0, -1, True],
        "0:0:1:0": [None],
        "0:0:1:1": ["NaN", "#N/A", None, {"en": "b"}],
    }
    found = rows(message_2(given, {"attributes": ["T"], "observations": observations}), tmp_path)
    assert [{name: row.get(name) for name in ("STATUS", "LOWER", "COMMENT")} for row in found] == [
        {"STATUS": "Q", "LOWER": 0.5, "COMMENT": "a"},
        {"STATUS": None, "LOWER": -1.0, "COMMENT": "true"},
        {"STATUS": None, "LOWER": None, "COMMENT": None},
        {"STATUS": "#N/A", "LOWER": None, "COMMENT": "b"},
    ]
    values = [row.get("OBS_VALUE") for row in found]
    assert values[:3] == [1240.0, -3.5, None]
    assert values[3] != values[3]
    assert {row["TITLE"] for row in found} == {"T"}


def test_numbers_keep_every_digit_as_texts(tmp_path: Path) -> None:
    given = structure(ALL, measures={"observation": [component("OBS_VALUE")]})
    numbers = ["12345678901234567890.10", "100000000000000000000000", "1.50", "1e-7", "-0.0", "1E5"]
    entries = ",".join(f'"0:{place // 4}:{place % 3}:{place % 2}":[{number}]' for place, number in enumerate(numbers))
    content = message_2(given, {"observations": {}}).replace(
        b'"observations": {}', f'"observations":{{{entries}}}'.encode()
    )
    parts, _ = _parts(content, tmp_path)
    assert parts[0].frame["OBS_VALUE"].to_list() == numbers


def test_several_measures_come_before_attributes_and_coded_ones_are_places(tmp_path: Path) -> None:
    given = structure(
        {"observation": [component("A", "x", "y", keyPosition=0)]},
        {"observation": [component("NOTE", relationship={"observation": {}})]},
        measures={"observation": [component("ONE"), component("GRADE", "p", "q")]},
    )
    parts, _ = _parts(message_2(given, {"observations": {"0": [1, 1, "n"], "1": [None, 0]}}), tmp_path)
    assert parts[0].frame.rows() == [("x", "1", "q", "n"), ("y", None, "p", None)]
    assert parts[0].head.roles == {
        "A": Role.DIMENSION,
        "ONE": Role.MEASURE,
        "GRADE": Role.MEASURE,
        "NOTE": Role.ATTRIBUTE,
    }


def test_no_measures_are_no_measures_where_the_message_says_so(tmp_path: Path) -> None:
    given = structure(
        {"observation": [component("A", "x", keyPosition=0)]},
        {"observation": [component("NOTE", relationship={"observation": {}})]},
        measures={"observation": []},
    )
    parts, _ = _parts(message_2(given, {"observations": {"0": ["n"]}}), tmp_path)
    assert parts[0].frame.rows() == [("x", "n")]
    del given["measures"]
    parts, _ = _parts(message_2(given, {"observations": {"0": [5, "n"]}}), tmp_path)
    assert parts[0].frame.rows(named=True) == [{"A": "x", "OBS_VALUE": "5", "NOTE": "n"}]


def test_attributes_of_groups_are_put_to_their_observations(tmp_path: Path) -> None:
    given = structure(
        {"observation": [FREQ, AREA, SEX, TIME]},
        {
            "dimensionGroup": [
                component("CONTACT", {"value": "a@b"}, relationship={"dimensions": ["AREA"]}),
                component("RULE", "MULTIPLE", relationship={"dimensions": ["FREQ", "AREA", "SEX"]}),
            ]
        },
        measures={"observation": [component("OBS_VALUE")]},
    )
    groups = {":0::": [0], "0:0:1:": [None, 0]}
    observations = {"0:0:0:0": [1], "0:0:1:0": [2], "0:1:0:0": [3]}
    content = message_2(given, {"dimensionGroupAttributes": groups, "observations": observations})
    assert [(row.get("CONTACT"), row.get("RULE")) for row in rows(content, tmp_path)] == [
        ("a@b", None),
        ("a@b", "MULTIPLE"),
        (None, None),
    ]
    head = _head(content, tmp_path)
    assert head.levels == {"CONTACT": Level.SERIES, "RULE": Level.SERIES}
    assert head.attached_to == {"CONTACT": ("AREA",), "RULE": ("FREQ", "AREA", "SEX")}


@pytest.mark.parametrize(("key", "is_of_levels"), [("0:0::", True), ("1:0::", True), (":0:0:", False)])
def test_keys_of_groups_have_the_order_of_the_levels_unless_only_that_of_the_key_fits(
    key: str,
    is_of_levels: bool,  # noqa: FBT001
    tmp_path: Path,
) -> None:
    note = component("CONTACT", {"value": "n"}, relationship={"dimensions": ["AREA", "SEX"]})
    given = structure({"dataSet": [], "series": [SEX, AREA, FREQ], "observation": [TIME]}, {"dimensionGroup": [note]})
    parts, _ = _parts(message_2(given, {"dimensionGroupAttributes": {key: [0]}, "series": {}}), tmp_path)
    (found,) = parts[0].frame.rows(named=True)
    sex = "F" if key[0] != "1" else "M"
    assert found == {"FREQ": None, "AREA": "CI", "SEX": sex, "TIME_PERIOD": None, "OBS_VALUE": None, "CONTACT": "n"}
    assert is_of_levels or key.startswith(":")


def test_a_dimension_that_is_switched_off_is_told_by_its_sign(tmp_path: Path) -> None:
    note = component("NOTE", relationship={"dimensions": ["AREA"]})
    given = structure({"observation": [AREA, SEX]}, {"dimensionGroup": [note]}, measures={"observation": []})
    groups = {"0:~": ["n"], ":": ["all"], "~:": ["m"]}
    content = message_2(given, {"dimensionGroupAttributes": groups}, version="2.1")
    parts, reading = _parts(content, tmp_path)
    assert reading.format_id == "sdmx-json-2.1"
    assert parts[0].frame.rows() == [("CI", "~", "n"), (None, None, "all"), ("~", None, "m")]


def test_series_without_observations_are_attributes_of_all_that_come_later(tmp_path: Path) -> None:
    rule = component("RULE", "MULTIPLE", relationship={"dimensions": ["AREA", "SEX"]})
    given = structure({"series": [FREQ, AREA, SEX], "observation": [TIME]}, {"series": [rule]})
    content = message_10(given, {"series": {"0:0:0": {"attributes": [0]}, "0:0:1": {"observations": {"0": [1]}}}})
    parts, _ = _parts(content, tmp_path)
    assert [part.frame.select("SEX", "TIME_PERIOD", "RULE").rows() for part in parts] == [
        [("F", None, "MULTIPLE")],
        [("M", "2020", None)],
    ]
    assert len({id(part.head) for part in parts}) == 1


def test_an_attribute_that_an_observation_has_itself_goes_before_one_above_it(tmp_path: Path) -> None:
    note = component("COMMENT", {"name": "o"}, {"name": "s"}, {"name": "d"}, relationship={"none": {}})
    given = structure(
        {"series": [FREQ, AREA, SEX], "observation": [TIME]},
        {"dataSet": [note], "series": [note], "observation": [note]},
    )
    series = {
        "0:0:0": {"attributes": [1], "observations": {"0": [1, 0], "1": [2]}},
        "0:0:1": {"observations": {"0": [3]}},
    }
    found = rows(message_10(given, {"attributes": [2], "series": series}), tmp_path)
    assert [row["COMMENT"] for row in found] == ["o", "s", "d"]


def _series() -> Any:  # noqa: ANN401
    from tests.unit.messages.data_json.json_data import SERIES  # noqa: PLC0415

    return SERIES
