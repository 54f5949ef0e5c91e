"""What SDMX-JSON says of its data: actions, structures, header, versions; what is told of what is not read."""

import codecs
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from tests.examples.data_sets import FULL, HEADER, full, read, written
from tests.unit.messages.data_json.json_data import (
    AREA,
    FREQ,
    SEX,
    STATUS,
    TIME,
    Json,
    component,
    message_2,
    message_10,
    rows,
    structure,
)

from icstip.artefacts.base import Reference
from icstip.messages.data_json.read import read as read_parts
from icstip.messages.data_parts import DataHead, DataPart, Reading
from icstip.messages.data_source import DataSource
from icstip.messages.dataset import Action
from icstip.messages.structure_header import Party
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


def test_defaults_count_where_nothing_is_told(tmp_path: Path) -> None:
    given = structure(
        {"series": [FREQ, AREA, SEX], "observation": [TIME]},
        {
            "dataSet": [component("TITLE", {"name": "x"}, default="T", relationship={"none": {}})],
            "dimensionGroup": [component("CONTACT", default="c", relationship={"dimensions": ["AREA"]})],
            "series": [component("RULE", "MULTIPLE", default="PRINCIPAL", relationship={"dimensions": ["AREA"]})],
            "observation": [component("STATUS", "O", default="A", relationship={"observation": {}})],
        },
    )
    series = {
        "0:0:0": {"attributes": [0], "observations": {"0": [1, 0], "1": [2]}},
        "0:1:0": {"observations": {"0": [3, None]}},
    }
    told = {"dimensionGroupAttributes": {":1::": ["d"]}, "series": series}
    found = rows(message_2(given, told), tmp_path)
    assert [(row["TITLE"], row["CONTACT"], row["RULE"], row["STATUS"]) for row in found] == [
        ("T", "c", "MULTIPLE", "O"),
        ("T", "c", "MULTIPLE", "A"),
        ("T", "d", "PRINCIPAL", "A"),
    ]
    deleted = _parts(message_2(given, {**told, "action": "Delete"}), tmp_path)[0]
    assert [part.frame["STATUS"].to_list() for part in deleted] == [[None], ["O", None, None]]


@pytest.mark.parametrize(
    ("told", "version", "expected"),
    [
        *[(one.value, "2.1", one) for one in Action],
        *[("append", "2.0.0", Action.APPEND), ("D", "2.0.0", Action.DELETE)],
        *[(None, "2.0.0", Action.INFORMATION), (None, "2.1", Action.MERGE)],
    ],
)
def test_actions_are_read(told: str | None, version: str, expected: Action, tmp_path: Path) -> None:
    content = message_2(structure(ALL), {"action": told, "observations": {}}, version=version)
    assert _head(content, tmp_path).action is expected


def test_data_sets_are_of_the_structure_that_they_say(tmp_path: Path) -> None:
    other = structure({"observation": [component("A", "x", keyPosition=0)]})
    first = structure(ALL)
    first["dataSets"], other["dataSets"] = [0], [1, 2]
    observations: list[Json] = [
        {"observations": {"0:0:0:0": [1]}},
        {"observations": {"0": [2]}},
        {"structure": 1, "observations": {}},
    ]
    parts, _ = _parts(message_2([first, other], *observations), tmp_path)
    assert [part.frame.columns[0] for part in parts] == ["FREQ", "A", "A"]
    assert [part.frame.height for part in parts] == [1, 1, 0]
    assert len({id(part.head) for part in parts}) == 3
    alone = message_2(structure(ALL), {"structure": "urn:sdmx:x", "observations": {"0:0:0:0": [1]}})
    assert rows(alone, tmp_path) == [{**FIRST, "OBS_VALUE": 1.0}]


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([], None),
        ([{"rel": "self", "href": "https://x.org/y"}], None),
        ([{"rel": "help", "urn": "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=A:CL(1.0)"}], None),
        ([{"urn": "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=A:DF(1.0)"}], ("Dataflow", "DF", "1.0")),
        ([{"urn": "urn:sdmx:org.sdmx.infomodel.datastructure.dataflow=A:DF(1.0)"}], ("Dataflow", "DF", "1.0")),
        (
            [{"urn": "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=A:D(1.0.0-draft)"}],
            ("DataStructure", "D", "1.0.0-draft"),
        ),
        (
            [{"urn": "urn:sdmx:org.sdmx.infomodel.registry.ProvisionAgreement=A:PA(1.0)"}],
            ("ProvisionAgreement", "PA", "1.0"),
        ),
        ([{"href": "https://x.org/rest/dataflow/A/DF/1.0?detail=full"}], ("Dataflow", "DF", "1.0")),
        ([{"href": "https://x.org/rest/v2/structure/datastructure/A/D/1.2.0"}], ("DataStructure", "D", "1.2.0")),
    ],
)
def test_what_data_are_of_is_read_from_links(
    links: list[Json], expected: tuple[str, str, str] | None, tmp_path: Path
) -> None:
    given = {**structure(ALL), "links": links}
    reference = None if expected is None else Reference(expected[0], "A", *expected[1:])
    assert _head(message_2(given, {"observations": {}}), tmp_path).structure == reference
    plain = {**structure(ALL), "links": []}
    assert _head(message_2(plain, {"links": links, "observations": {}}), tmp_path).structure == reference


def test_a_message_says_what_its_components_are(tmp_path: Path) -> None:
    when = component("WHEN", "2020", keyPosition=1, roles=["TIME_PERIOD"], names={"en": "When", "fr": "Quand"})
    attributes = {
        "observation": [
            component("P", "x", relationship={"primaryMeasure": "OBS_VALUE"}),
            component("D", "x", relationship={"dimensions": ["A", "WHEN"]}),
            component("F", "x", relationship={"dataflow": {}}),
            component("N", "x"),
        ],
        "dimensionGroup": [component("G", "x")],
    }
    given = structure({"observation": [component("A", "x", keyPosition=0), when]}, attributes)
    head = _head(message_2(given, {"observations": {"0:0": [1]}}), tmp_path)
    assert (head.roles["A"], head.roles["WHEN"], head.roles["OBS_VALUE"]) == (
        Role.DIMENSION,
        Role.TIME_DIMENSION,
        Role.MEASURE,
    )
    assert head.levels == {
        **dict.fromkeys(("P", "D", "N"), Level.OBSERVATION),
        "F": Level.DATASET,
        "G": Level.GROUP,
    }
    assert (head.names["WHEN"], head.names["A"]) == ({"en": "When", "fr": "Quand"}, {"en": "A"})
    assert head.generation == "3.0"


def test_the_header_is_read(tmp_path: Path) -> None:
    content = json.loads(message_10(structure(ALL), {"observations": {}}))
    content["meta"] |= {
        "test": True,
        "contentLanguages": ["fr-ca", "en"],
        "sender": {"id": "S", "name": "Moi"},
        "receivers": [{"id": "R", "names": {"en": "R", "und": "r"}}, {"id": "Q"}],
    }
    _, reading = _parts(json.dumps(content).encode(), tmp_path)
    header = reading.header
    assert header is not None
    assert (header.id, header.prepared, header.test) == ("M", "2026-01-01T00:00:00Z", True)
    assert header.sender == Party("S", {"fr-CA": "Moi"})
    assert header.receivers == (Party("R", {"en": "R", "": "r"}), Party("Q", {}))
    assert reading.notices.findings == ()


def test_what_we_write_has_the_header_that_we_wrote(tmp_path: Path) -> None:
    for version in ("1.0", "2.0", "2.1"):
        _, reading = _parts(written(full(), f"sdmx-json-{version}"), tmp_path)
        assert (reading.header, reading.format_id) == (HEADER, f"sdmx-json-{version}")


def test_a_message_before_version_1_0_is_read(tmp_path: Path) -> None:
    dimensions = [
        component("FREQ", "A"),
        component("AREA", "CI"),
        component("SEX", "F"),
        component("TIME", "2020", role="time"),
    ]
    message = {
        "header": {"id": "x", "test": False, "prepared": "2014", "sender": {"id": "S"}, "receiver": {"id": "R"}},
        "structure": {
            "uri": "https://x.org",
            "name": "Old",
            "dimensions": {"dataSet": dimensions[:1], "series": dimensions[1:3], "observation": dimensions[3:]},
            "attributes": {"dataSet": [], "series": [], "observation": [component("STATUS", "A")]},
        },
        "dataSets": [{"action": "Information", "series": {"0:0": {"observations": {"0": [1.5, 0]}}}}],
    }
    parts, reading = _parts(json.dumps(message).encode(), tmp_path)
    assert parts[0].frame.rows() == [("A", "CI", "F", "2020", "1.5", "A")]
    assert parts[0].head.roles["TIME"] is Role.TIME_DIMENSION
    assert (reading.format_id, reading.header.receivers[0].id) == ("sdmx-json-1.0", "R")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "sdmx-json-2.0"),
        ({"$schema": "https://json.sdmx.org/2.1/sdmx-json-data-schema.json"}, "sdmx-json-2.1"),
        ({"$schema": "https://json.sdmx.org/2.2/sdmx-json-data-schema.json"}, "sdmx-json-2.1"),
        ({"$schema": "https://json.sdmx.org/2.0.0/sdmx-json-data-schema.json"}, "sdmx-json-2.0"),
        ({"$schema": "unknown"}, "sdmx-json-2.1"),
    ],
)
def test_the_version_is_what_the_message_says_or_looks_like(change: Json, expected: str, tmp_path: Path) -> None:
    content = json.loads(message_2(structure(ALL), {"observations": {}}))
    del content["meta"]["schema"]
    _, reading = _parts(json.dumps(content | change).encode(), tmp_path)
    assert reading.format_id == expected


def test_a_merge_shows_version_2_1_and_one_structure_shows_1_0(tmp_path: Path) -> None:
    content = json.loads(message_2(structure(ALL), {"action": "Merge", "observations": {}}))
    del content["meta"]["schema"]
    assert _parts(json.dumps(content).encode(), tmp_path)[1].format_id == "sdmx-json-2.1"
    wrong = json.loads(message_10(structure(ALL), {"observations": {}}))
    wrong["meta"]["schema"] = "https://json.sdmx.org/2.0.0/sdmx-json-data-schema.json"
    assert _parts(json.dumps(wrong).encode(), tmp_path)[1].format_id == "sdmx-json-1.0"


@pytest.mark.parametrize(
    "message",
    [
        {"meta": {"id": "M"}},
        {"meta": {"id": "M"}, "data": None},
        {"meta": {"id": "M"}, "data": {}},
        {"meta": {"id": "M"}, "data": {"dataSets": []}},
        {"meta": {"id": "M"}, "data": {"dataSets": [], "structures": []}},
        {"errors": []},
    ],
)
def test_a_message_without_data_has_no_data_sets(message: Json, tmp_path: Path) -> None:
    parts, reading = _parts(json.dumps(message).encode(), tmp_path)
    assert (parts, reading.notices.findings) == ([], ())


def test_errors_of_the_sender_are_told(tmp_path: Path) -> None:
    errors = [{"code": 404, "title": "Nothing found", "detail": "at all"}, {"code": 500}, "odd"]
    content = json.dumps({"meta": {"id": "M"}, "errors": errors}).encode()
    assert _findings(content, tmp_path) == [
        ("DATA-005", "404 Nothing found at all", 1),
        ("DATA-005", "500", 1),
        ("DATA-005", "odd", 1),
    ]


def test_a_data_set_without_observations_has_the_columns_of_its_structure(tmp_path: Path) -> None:
    parts, _ = _parts(message_10(structure(ALL, OBSERVED), {}), tmp_path)
    assert parts[0].frame.shape == (0, 6)


def test_attributes_of_a_data_set_without_observations_are_a_row_without_dimensions(tmp_path: Path) -> None:
    title = component("TITLE", {"name": "T"}, relationship={"none": {}})
    given = structure({"dataSet": [FREQ], "observation": [AREA, SEX, TIME]}, {"dataSet": [title]})
    assert rows(message_10(given, {"attributes": [0]}), tmp_path) == [{"TITLE": "T"}]


def test_what_is_not_read_is_told_with_how_often_it_stands(tmp_path: Path) -> None:
    given = structure(ALL, OBSERVED, annotations=[{"title": "a"}, {"title": "b"}], strange=1)
    given["dimensions"] = {"observation": [{**FREQ, "odd": 1}, AREA, SEX, TIME], "other": []}
    dataset = {
        "validFrom": "2020-01-01T00:00:00Z",
        "annotations": [0],
        "observations": {"0:0:0:0": [1, 0, 1], "0:0:0:1": [1, None, 0, 1]},
    }
    content = json.loads(message_10(given, dataset, extra={}))
    content["meta"] |= {"copyright": "x", "sender": {"id": "S", "contacts": [{}]}}
    content["data"]["more"] = []
    assert _findings(json.dumps(content).encode(), tmp_path) == [
        *[
            ("DATA-007", one, 1)
            for one in ("extra", "sender.contacts", "meta.copyright", "FREQ.odd", "dimensions.other")
        ],
        *[("DATA-007", one, 1) for one in ("structure.strange", "data.more")],
        *[("DATA-007", "annotations", 4), ("DATA-007", "dataSet.validFrom", 1)],
    ]


def test_annotations_and_strange_properties_of_series_are_told(tmp_path: Path) -> None:
    given = structure({"series": [FREQ, AREA, SEX], "observation": [TIME]})
    series = {"0:0:0": {"annotations": [0, 1], "x": 1, "observations": {"0": [1]}}, "0:0:1": {"annotations": [0]}}
    assert _findings(message_10(given, {"series": series}), tmp_path) == [
        ("DATA-007", "series.x", 1),
        ("DATA-007", "annotations", 3),
    ]


def test_a_text_in_several_languages_is_read_in_one_and_the_others_are_told(tmp_path: Path) -> None:
    given = structure(ALL, {"observation": [component("COMMENT", relationship={"observation": {}})]})
    observations = {"0:0:0:0": [1, {"fr": "f", "en": "e"}], "0:0:0:1": [2, {"ar": "a"}], "0:0:1:0": [3, {}]}
    content = message_2(given, {"observations": observations})
    found, findings, _ = read(content, tmp_path, FULL)
    assert found[0].frame["COMMENT"].to_list() == ["e", "a", None]
    assert [(one.code, one.value) for one in findings] == [("DATA-007", "COMMENT (fr)")]


def test_several_values_are_told_and_one_in_a_list_is_read(tmp_path: Path) -> None:
    given = structure(
        ALL,
        {
            "observation": [
                component("COMMENT", relationship={"observation": {}}),
                component("STATUS", "A", "O", relationship={"observation": {}}),
                component("CONTACT", {"values": ["p"]}, {"values": ["p", "q"]}, relationship={"observation": {}}),
            ]
        },
    )
    observations = {
        "0:0:0:0": [1, ["a"], [1], 0],
        "0:0:0:1": [2, ["a", "b"], [0, 1], 0],
        "0:0:1:0": [3, [], [None], None],
        "0:0:1:1": [4, None, [], None],
    }
    found, findings, _ = read(message_2(given, {"observations": observations}), tmp_path, FULL)
    columns = found[0].frame.select("COMMENT", "STATUS", "CONTACT")
    assert columns.rows() == [("a", "O", "p"), (None, None, "p"), (None, None, None), (None, None, None)]
    assert {one.value for one in findings} == {"COMMENT[]", "STATUS[]", "CONTACT[]"}


def test_an_observation_that_is_null_is_one_without_values(tmp_path: Path) -> None:
    content = message_10(structure(ALL, OBSERVED), {"observations": {"0:0:0:0": None, "0:0:0:1": []}})
    assert rows(content, tmp_path) == [FIRST, {**FIRST, "TIME_PERIOD": "2021"}]


def test_values_can_be_told_in_any_way(tmp_path: Path) -> None:
    area = component("AREA", {"id": "", "name": "CI"}, {"names": {"en": "002"}}, "_T", keyPosition=1)
    sex = {"id": "SEX", "keyPosition": 2, "values": ["F", "M"]}
    given = structure({"observation": [FREQ, area, sex, TIME]})
    content = message_10(given, {"observations": {"0:0:0:0": [1], "0:1:1:0": [2]}})
    assert [(row["AREA"], row["SEX"]) for row in rows(content, tmp_path)] == [("CI", "F"), ("002", "M")]


def test_an_attribute_with_an_empty_list_of_values_has_them_in_place(tmp_path: Path) -> None:
    attributes = [{**component("STATUS", relationship={"observation": {}}), "values": []}]
    content = message_2(structure(ALL, {"observation": attributes}), {"observations": {"0:0:0:0": [1, "A"]}})
    assert rows(content, tmp_path)[0]["STATUS"] == "A"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_any_encoding_of_json_is_read(encoding: str, tmp_path: Path) -> None:
    content = written(full(), "sdmx-json-2.0").decode()
    mark = {"utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")
    (found,), _, _ = read(mark + content.encode(encoding), tmp_path)
    assert found.frame.equals(full().frame)


def test_a_packed_message_is_read(tmp_path: Path) -> None:
    (found,), _, _ = read(gzip.compress(written(full(), "sdmx-json-2.0")), tmp_path)
    assert found.frame.equals(full().frame)


def test_escaped_characters_of_two_halves_are_whole(tmp_path: Path) -> None:
    given = structure(ALL, {"observation": [component("COMMENT", relationship={"observation": {}})]})
    content = message_2(given, {"observations": {"0:0:0:0": [1, "👩\u200d👧 \\ud800"]}})
    assert b"\\ud83d" in content
    assert rows(content, tmp_path)[0]["COMMENT"] == "👩\u200d👧 \\ud800"


def test_parts_have_a_bounded_number_of_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from icstip.messages.data_json.reading import datasets  # noqa: PLC0415

    monkeypatch.setattr(datasets, "PART_ROWS", 2)
    for options in (None, _series()):
        parts, _ = _parts(written(full(), "sdmx-json-1.0", options), tmp_path)
        assert [part.frame.height for part in parts] == ([2, 2, 1] if options is None else [2, 3])
        assert len({id(part.head) for part in parts}) == 1


def _series() -> Any:  # noqa: ANN401
    from tests.unit.messages.data_json.json_data import SERIES  # noqa: PLC0415

    return SERIES
