"""Broken messages in SDMX-JSON: one clear error with the place, whatever the bytes are."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.examples.data_sets import FULL, full, read, written
from tests.unit.messages.data_json.json_data import (
    AREA,
    FREQ,
    SERIES,
    SEX,
    STATUS,
    TIME,
    VERSIONS,
    Json,
    component,
    message_2,
    message_10,
    structure,
)

from icstip.errors import FormatError
from icstip.messages.data_json.reading import document
from icstip.messages.data_options import DataOptions

ALL = {"observation": [FREQ, AREA, SEX, TIME]}
IN_SERIES = {"series": [FREQ, AREA, SEX], "observation": [TIME]}
OBSERVED = {"observation": [STATUS]}


def _error(content: bytes, folder: Path) -> str:
    with pytest.raises(FormatError) as told:
        read(content, folder, FULL)
    return str(told.value)


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"{}",
        b'{"x": 1}',
        b'{"data": 1}',
        b'{"meta": {}, "data": []}',
        b'{"meta": {}, "data": {"codelists": []}}',
        b'{"meta": {"schema": "https://json.sdmx.org/2.1/sdmx-json-structure-schema.json"}, "data": {"dataSets": []}}',
        b'{"$schema": "https://json.sdmx.org/2.1/sdmx-json-metadata-schema.json", "data": {"metadataSets": []}}',
        b'{"meta": {"schema": "https://json.sdmx.org/2.1/sdmx-json-data-schema.json"}, "data": 5}',
    ],
)
def test_what_is_no_data_message_is_refused(content: bytes, tmp_path: Path) -> None:
    assert "not an SDMX data message" in _error(content, tmp_path)


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b'{"meta": {"id": "M"},\n "data": {', 2, "property name"),
        (b'{"meta":\n\n{]', 3, ""),
        (b'{"meta": 1} x', 1, "Extra data"),
        (b'{"meta": "a\nb"}', 1, "control character"),
        (b'{"meta": 01}', 1, "delimiter"),
        (b"{\"meta\": 'x'}", 1, ""),
        (b'{"meta": "\\x"}', 1, "escape"),
    ],
)
def test_what_is_no_json_is_refused_with_line_and_column(
    content: bytes, line: int, reason: str, tmp_path: Path
) -> None:
    error = _error(content, tmp_path)
    assert error.startswith(f"message: line {line}, column ")
    assert reason in error


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_constants_that_are_no_json_are_refused(constant: str, tmp_path: Path) -> None:
    content = message_10(structure(ALL), {"observations": {"0:0:0:0": [1]}}).replace(b"[1]", f"[{constant}]".encode())
    assert f"{constant} is no JSON" in _error(content, tmp_path)


def test_a_property_that_stands_twice_is_refused(tmp_path: Path) -> None:
    content = message_10(structure(ALL), {"observations": {"0:0:0:0": [1], "x": [2]}}).replace(b'"x"', b'"0:0:0:0"')
    assert "at $..0:0:0:0: it stands twice" in _error(content, tmp_path)


def test_a_whole_number_of_very_many_digits_is_refused(tmp_path: Path) -> None:
    content = message_10(structure(ALL), {"observations": {"0:0:0:0": [1]}}).replace(b"[1]", b"[" + b"1" * 5000 + b"]")
    assert "at $:" in _error(content, tmp_path)


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    title = component("COMMENT", {"name": "x"}, relationship={"none": {}})
    content = message_10(structure(ALL, {"dataSet": [title]}), {"attributes": [0]})
    assert "half a character" in _error(content.replace(b'"name": "x"', b'"name": "\\ud800"'), tmp_path)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b'{"meta": "\xff"}', "UTF-8"),
        (b'{"meta":\n "\xc3"}', "UTF-8"),
        (b'\xff\xfe{\x00"\x00\x00\xd8"\x00', "UTF-16"),
    ],
)
def test_what_is_not_in_its_encoding_is_refused_with_its_line(content: bytes, encoding: str, tmp_path: Path) -> None:
    assert f"line {content[: content.find(0xC3)].count(10) + 1 if 0xC3 in content else 1}: not {encoding}" in _error(
        content, tmp_path
    )


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_what_is_nested_very_deeply_is_refused(opening: bytes, tmp_path: Path) -> None:
    assert "nested more deeply" in _error(b'{"meta": ' + opening * 100_000, tmp_path)


def test_what_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MOST", 1000)
    monkeypatch.setattr(document, "_CHUNK", 100)
    assert "larger than 1000 bytes" in _error(written(full(), "sdmx-json-2.0"), tmp_path)


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("0:0:0", "the key has not 4 parts"),
        ("0:0:0:0:0", "the key has not 4 parts"),
        ("", "the key has not 4 parts"),
        ("0:0:0:2", "there is no such value of TIME_PERIOD"),
        ("0:7:0:0", "there is no such value of AREA"),
        ("0:-1:0:0", "it has no place of a value of AREA"),
        ("0::0:0", "it has no place of a value of AREA"),
        ("0:x:0:0", "it has no place of a value of AREA"),
        ("0:1.0:0:0", "it has no place of a value of AREA"),
        ("0:+1:0:0", "the key has not 4 parts"),
        ("0: 1:0:0", "it has no place of a value of AREA"),
        ("0:99999999999999999999:0:0", "it has no place of a value of AREA"),
        ("0:\u0661:0:0", "it has no place of a value of AREA"),
    ],
)
def test_a_key_that_stands_for_no_values_is_refused(key: str, reason: str, tmp_path: Path) -> None:
    content = message_10(structure(ALL), {"observations": {"0:0:0:0": [1], key: [2]}})
    assert (
        _error(content, tmp_path)
        == f"message: at $.data.dataSets[0].observations[{key}]: {reason} (get the file again)"
    )


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ([1, 2], "observations.STATUS: there is no value at the place 2"),
        ([1, -1], "observations.STATUS: a place is none of a value"),
        ([1, 10**12], "observations.STATUS: a place is none of a value"),
        ([1, 0, "x"], "observations: an array has more than there are components"),
        ([1, [5]], "observations.STATUS: there is no value at the place 5"),
        (5, "observations: what is said of a key is no array"),
        ("x", "observations: what is said of a key is no array"),
        ({}, "observations: what is said of a key is no array"),
    ],
)
def test_an_array_that_stands_for_no_values_is_refused(cells: object, reason: str, tmp_path: Path) -> None:
    content = message_10(structure(ALL, OBSERVED), {"observations": {"0:0:0:0": [1, 0], "0:0:0:1": cells}})
    assert f"at $.data.dataSets[0].{reason}" in _error(content, tmp_path)


@pytest.mark.parametrize(
    ("series", "reason"),
    [
        ({"0:0": {}}, "series[0:0]: the key has not 3 parts"),
        ({"0:0:9": {}}, "series[0:0:9]: there is no such value of SEX"),
        ({"0:0:0": []}, "series[0:0:0]: it is no object"),
        ({"0:0:0": {"observations": [1]}}, "series[0:0:0].observations: it is no object"),
        ({"0:0:0": {"observations": {"5": [1]}}}, "series.observations[5]: there is no such value of TIME_PERIOD"),
        ({"0:0:0": {"attributes": [7]}}, "series.attributes.RULE: there is no value at the place 7"),
        ({"0:0:0": {"attributes": 7}}, "series.attributes: what is said of a key is no array"),
    ],
)
def test_series_that_are_broken_are_refused(series: Json, reason: str, tmp_path: Path) -> None:
    attributes = {"series": [component("RULE", "MULTIPLE", relationship={"dimensions": ["AREA"]})]}
    content = message_10(structure(IN_SERIES, attributes), {"series": series})
    assert f"at $.data.dataSets[0].{reason}" in _error(content, tmp_path)


@pytest.mark.parametrize("key", ["0", "0:0:0:0:0", "0:9::", "x:::", "0:0:0:-1"])
def test_groups_of_keys_that_stand_for_no_values_are_refused(key: str, tmp_path: Path) -> None:
    given = structure(ALL, {"dimensionGroup": [component("CONTACT", relationship={"dimensions": ["AREA"]})]})
    content = message_2(given, {"dimensionGroupAttributes": {key: ["x"]}})
    assert "at $.data.dataSets[0].dimensionGroupAttributes[" in _error(content, tmp_path)


def _changed(change: Callable[[Json], Any]) -> bytes:
    content = json.loads(message_2(structure(ALL, OBSERVED), {"observations": {"0:0:0:0": [1]}}))
    change(content)
    return json.dumps(content).encode()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda one: one["meta"].update(id=1), "$.meta.id: it is no text"),
        (lambda one: one.update(meta=[]), "$.meta: it is no object"),
        (lambda one: one["meta"].update(test="yes"), "$.meta.test: it is neither true nor false"),
        (lambda one: one["meta"].update(sender="me"), "$.meta.sender: it is no object"),
        (lambda one: one["meta"].update(receivers={}), "$.meta.receivers: it is no list"),
        (lambda one: one["data"].update(dataSets={}), "$.data.dataSets: it is no list"),
        (lambda one: one["data"].update(dataSets=[1]), "$.data.dataSets[0]: it is no object"),
        (lambda one: one["data"].update(structures=[]), "$.data.dataSets[0]: there is no structure"),
        (lambda one: one["data"].update(structures=[None]), "$.data.structures[0]: it is no object"),
        (lambda one: one["data"]["dataSets"][0].update(structure=1), "$.data.dataSets[0].structure: there is no such"),
        (lambda one: one["data"]["dataSets"][0].update(structure=-1), "$.data.dataSets[0].structure: there is no such"),
        (lambda one: one["data"]["dataSets"][0].update(action="Burn"), "there is no action Burn"),
        (lambda one: one["data"]["dataSets"][0].update(observations=[]), "observations: it is no object"),
        (lambda one: one["data"]["dataSets"][0].update(attributes={}), "attributes: it is no list"),
        (lambda one: one["data"]["structures"][0].update(dimensions=[]), "structures[0].dimensions: it is no object"),
        (
            lambda one: one["data"]["structures"][0].update(dimensions={"observation": [{}]}),
            "observation[0]: it has no id",
        ),
        (
            lambda one: one["data"]["structures"][0].update(dimensions={"dataSet": [AREA], "observation": []}),
            "AREA, which stands at the data set, has not one value",
        ),
        (lambda one: one["data"]["structures"][0]["dimensions"].update(series=[AREA]), "it has AREA twice"),
        (lambda one: one["data"]["structures"][0]["attributes"].update(series=[{"id": "AREA"}]), "it has AREA twice"),
        (lambda one: one["data"]["structures"][0]["attributes"].update(series=[STATUS, STATUS]), "it has STATUS twice"),
        (
            lambda one: one["data"]["structures"][0]["attributes"].update(series=[{"id": "X", "values": [{}]}]),
            "series[0].X: a value has neither id nor value nor name",
        ),
        (
            lambda one: one["data"]["structures"][0]["dimensions"]["observation"][0].update(keyPosition="1"),
            "keyPosition: it is no whole number",
        ),
    ],
)
def test_what_is_of_the_wrong_kind_is_refused_with_the_path_to_it(
    change: Callable[[Json], Any], reason: str, tmp_path: Path
) -> None:
    assert reason in _error(_changed(change), tmp_path)


def test_cutting_a_message_anywhere_is_noticed(tmp_path: Path) -> None:
    content = written(full(), "sdmx-json-2.0").rstrip()
    for length in range(1, len(content), 37):
        assert "(get the file again)" in _error(content[:length], tmp_path)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 5)
    | st.floats(allow_nan=False)
    | st.sampled_from(["", "0", "0:0:0:0", "A", "~"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "values", "0", "0:0"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def _places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, inner in entries for place in _places(inner, (*path, key)))]


def _replaced(value: Any, path: tuple[Any, ...], new: object) -> Any:  # noqa: ANN401
    if not path:
        return new
    copied = dict(value) if isinstance(value, dict) else list(value)
    copied[path[0]] = _replaced(value[path[0]], path[1:], new)
    return copied


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("options", [DataOptions(), SERIES])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_change_to_a_message_is_read_or_refused(
    version: str, options: DataOptions, tmp_path: Path, data: st.DataObject
) -> None:
    message = json.loads(written(full(), f"sdmx-json-{version}", options))
    places = _places(message)
    for _ in range(data.draw(st.integers(1, 2))):
        place = data.draw(st.sampled_from(places))
        try:
            message = _replaced(message, place, data.draw(JSON))
        except (KeyError, IndexError, TypeError):
            continue
    with suppress(FormatError):
        read(json.dumps(message).encode(), tmp_path, data.draw(st.sampled_from([FULL, None])))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0), length=st.integers(0, 3), inserted=st.binary(max_size=3))
def test_any_change_to_the_bytes_is_read_or_refused(place: int, length: int, inserted: bytes, tmp_path: Path) -> None:
    content = written(full(), "sdmx-json-2.1")
    begin = place % len(content)
    changed = content[:begin] + inserted + content[begin + length :]
    with suppress(FormatError):
        read(changed, tmp_path, FULL)
