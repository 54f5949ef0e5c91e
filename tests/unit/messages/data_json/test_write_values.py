"""Values in SDMX-JSON: numbers as numbers, codes with names, texts; the header; equal data as equal bytes."""

import json
from collections.abc import Sequence
from dataclasses import replace

import polars as pl
import pytest
from tests.examples.data_sets import (
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
from tests.unit.messages.data_json.json_data import FLAT, SERIES, VERSIONS, components_of, faults, message

from icstip.errors import StructureError
from icstip.messages.data_options import DataOptions
from icstip.messages.dataset import Action, DataSet
from icstip.messages.header import MessageHeader
from icstip.messages.structure_header import Party
from icstip.schema import Level, Schema

SMALL = schema(dimension("SEX", "F", "M"), time(), measure())
URN = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=A:DF(1.0.0)"


def _small(**more: object) -> DataSet:
    frame = {"SEX": ["M", "F"], "TIME_PERIOD": ["2020", "2020"], "OBS_VALUE": [1.0, 2.5], **more}
    return of(SMALL, pl.DataFrame(frame))


def _cells(values: Sequence[object], data_type: str, version: str = "2.0") -> list[str]:
    """What stands for values, to the letter."""
    given = schema(dimension("A"), measure(data_type=data_type))
    keys = [str(place) for place in range(len(values))]
    content = written(
        DataSet(given, pl.DataFrame({"A": keys, "OBS_VALUE": values}, strict=False)), f"sdmx-json-{version}"
    )
    assert faults(version, content) == []
    entries = content.decode().partition('"observations":{\n')[2].partition("\n}")[0]
    return [line.partition(":[")[2].removesuffix(",").removesuffix("]") for line in entries.split("\n")]


@pytest.mark.parametrize("version", VERSIONS)
def test_numbers_are_numbers_and_what_is_none_is_a_text(version: str) -> None:
    values = [1240.0, 0.1, -3.5, 1e22, 1.5e-7, float("nan"), float("inf"), float("-inf"), None, -0.0]
    assert _cells(values, "Double", version) == [
        *("1240", "0.1", "-3.5", "10000000000000000000000", "0.00000015"),
        *('"NaN"', '"INF"', '"-INF"', "null", "0"),
    ]


@pytest.mark.parametrize("version", VERSIONS)
def test_whole_numbers_keep_every_digit(version: str) -> None:
    assert _cells([2**63 - 1, -5, 0, None], "Long", version) == ["9223372036854775807", "-5", "0", "null"]


def test_texts_of_numbers_are_numbers_where_json_has_them_so() -> None:
    values = ["12345678901234567890.10", "1e5", "-0.50", "007", "-0", "+1", ".5", "1.", "many", "NaN", ""]
    assert _cells(values, "Decimal") == [
        *("12345678901234567890.10", "1e5", "-0.50", '"007"', '"-0"', '"+1"', '".5"', '"1."', '"many"', '"NaN"', '""'),
    ]


def test_truths_are_truths_of_json_in_2_x() -> None:
    assert _cells(["true", "false", "1", None], "Boolean") == ["true", "false", '"1"', "null"]


def test_texts_are_texts_even_if_they_look_like_numbers() -> None:
    assert _cells(["1", "true", "null", '"\\\n\x00\x1f', "é\u2028"], "String") == [
        *('"1"', '"true"', '"null"', '"\\"\\\\\\n\\u0000\\u001f"', '"é\u2028"'),
    ]


def test_negative_numbers_above_observations_are_texts_as_the_schema_wants_them() -> None:
    given = schema(dimension("A", "p"), measure(), attribute("LEVEL", Level.DATASET, data_type="Integer"))
    data = DataSet(given, pl.DataFrame({"A": ["p"], "OBS_VALUE": [1.0], "LEVEL": [-5]}))
    assert message(data, "2.0")["data"]["dataSets"][0]["attributes"] == ["-5"]


def test_what_is_no_code_stands_among_the_values_as_it_is() -> None:
    given = schema(dimension("A", "p"), measure(), attribute("NOTE", Level.OBSERVATION, "x"))
    frame = pl.DataFrame({"A": ["p", "é.q"], "OBS_VALUE": [1.0, 2.0], "NOTE": ["#N/A", "x"]})
    found = message(DataSet(given, frame), "2.0")
    assert components_of(found, "dimensions", "observation")["A"]["values"][1] == {"value": "é.q"}
    values = components_of(found, "attributes", "observation")["NOTE"]["values"]
    assert values == [{"value": "#N/A"}, {"id": "x", "name": "Name of x", "names": {"en": "Name of x"}}]
    first = message(DataSet(given, frame[:1]), "1.0")
    assert components_of(first, "attributes", "observation")["NOTE"]["values"] == [{"name": "#N/A"}]


def test_a_value_of_a_list_that_is_no_id_keeps_its_name() -> None:
    given = schema(dimension("A", "€", names={"€": {"en": "Euro"}}), measure())
    found = message(of(given, pl.DataFrame({"A": ["€"], "OBS_VALUE": [1.0]})), "2.1")
    value = components_of(found, "dimensions", "observation")["A"]["values"][0]
    assert value == {"value": "€", "name": "Euro", "names": {"en": "Euro"}}


def test_columns_that_a_frame_lacks_count_as_empty() -> None:
    data = DataSet(FULL, full().frame.select("FREQ", "AREA", "SEX", "TIME_PERIOD", "OBS_VALUE"))
    for version in VERSIONS:
        observations = message(data, version)["data"]["dataSets"][0]["observations"]
        assert [one[0] for one in observations.values()] == [1240, None, None, 0.1, -3.5]
        assert {cell for one in observations.values() for cell in one[1:]} == {None}


def test_texts_and_categories_are_codes_as_enumerations_are() -> None:
    expected = message(_small(), "2.0")
    for dtype in (pl.String(), pl.Categorical()):
        data = replace(_small(), frame=_small().frame.with_columns(pl.col("SEX").cast(dtype)))
        assert message(data, "2.0") == expected


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("options", [FLAT, SERIES])
def test_a_data_set_without_observations_is_valid(version: str, options: DataOptions) -> None:
    empty = replace(full(), frame=full().frame.clear())
    (found,) = message(empty, version, options)["data"]["dataSets"]
    assert found.get("observations", found.get("series")) == {}
    (mixed, _) = message([empty, replace(_small(), action=Action.REPLACE)][: 1 if version == "1.0" else 2], version)[
        "data"
    ]["dataSets"] + ([None] if version == "1.0" else [])
    assert mixed["observations"] == {}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_message_without_data_sets_is_valid(version: str) -> None:
    assert message([], version)["data"]["dataSets"] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_the_header_says_who_sends_what_to_whom(version: str) -> None:
    parties = (Party("UNODC", {"en": "Office", "fr": "Bureau"}), Party("IOM", {}))
    header = MessageHeader("ID-1", Party("ICSTIP", {"en": "Us"}), "2026-02-03T04:05:06Z", test=True, receivers=parties)
    content = written(_small(), f"sdmx-json-{version}", header=header)
    assert faults(version, content) == []
    meta = json.loads(content)["meta"]
    assert (meta["id"], meta["test"], meta["prepared"]) == ("ID-1", True, "2026-02-03T04:05:06Z")
    assert meta["sender"] == {"id": "ICSTIP", "name": "Us", "names": {"en": "Us"}}
    assert [one["id"] for one in meta["receivers"]] == ["UNODC", "IOM"]
    assert meta["schema"].endswith("sdmx-json-data-schema.json")
    assert ("$schema" in json.loads(content)) is (version == "2.1")


def test_a_header_without_an_id_or_with_a_strange_one_is_refused() -> None:
    for header in (replace(HEADER, id=""), replace(HEADER, id="a b"), replace(HEADER, sender=Party("A.B", {}))):
        with pytest.raises(StructureError, match="the header of the message has no"):
            written(_small(), "sdmx-json-2.0", header=header)


def test_that_the_source_of_the_data_has_no_place_is_told() -> None:
    from icstip.artefacts.notices import Notices  # noqa: PLC0415

    notices = Notices("t", "SDMX-JSON 2.0")
    written(_small(), "sdmx-json-2.0", header=replace(HEADER, source={"en": "Police"}), notices=notices)
    assert [finding.code for finding in notices.findings] == ["FORMAT-003"]


def test_half_a_character_in_a_name_is_refused() -> None:
    given = schema(replace(dimension("SEX", "F", "M"), name={"en": "a\ud800b"}), time(), measure())
    with pytest.raises(StructureError, match="half a character"):
        written(replace(_small(), schema=given), "sdmx-json-2.0")


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("options", [FLAT, SERIES])
def test_equal_data_give_equal_bytes_however_they_come(version: str, options: DataOptions) -> None:
    data = full()
    parts = [DataSet(data.schema, data.frame[place : place + 1], data.action) for place in range(5)]
    whole = written(data, f"sdmx-json-{version}", options)
    assert written(parts, f"sdmx-json-{version}", options) == whole


def test_dimensions_without_time_or_codes_are_written() -> None:
    given: Schema = schema(dimension("PLACE"), dimension("NUMBER"), measure())
    frame = pl.DataFrame({"PLACE": ["a b", "ç/d"], "NUMBER": [1, 2], "OBS_VALUE": [1.0, None]})
    found = message(DataSet(given, frame), "2.0")
    assert found["data"]["dataSets"][0]["observations"] == {"0:0": [1], "1:1": [None]}
    assert components_of(found, "dimensions", "observation")["NUMBER"]["values"] == [{"value": "1"}, {"value": "2"}]
