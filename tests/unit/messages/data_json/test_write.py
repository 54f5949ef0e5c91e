"""Data in SDMX-JSON: dimensions by places in keys, attributes at their level, names, and values as JSON has them."""

from dataclasses import replace

import polars as pl
import pytest
from tests.examples.data_sets import (
    ODD,
    attribute,
    dimension,
    full,
    measure,
    of,
    schema,
    time,
    written,
)
from tests.unit.messages.data_json.json_data import (
    FLAT,
    SERIES,
    VERSIONS,
    components_of,
    faults,
    message,
    structure_of,
    told,
)

from icstip.errors import StructureError
from icstip.messages.data_options import DataOptions, Layout
from icstip.messages.dataset import Action, DataSet
from icstip.schema import ArtefactKey, Level

SMALL = schema(dimension("SEX", "F", "M"), time(), measure())
URN = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=A:DF(1.0.0)"


def _small(**more: object) -> DataSet:
    frame = {"SEX": ["M", "F"], "TIME_PERIOD": ["2020", "2020"], "OBS_VALUE": [1.0, 2.5], **more}
    return of(SMALL, pl.DataFrame(frame))


@pytest.mark.parametrize("version", VERSIONS)
def test_a_key_has_the_places_of_values_in_the_order_in_which_they_come(version: str) -> None:
    found = message(_small(), version)
    assert found["data"]["dataSets"][0]["observations"] == {"0:0": [1], "1:0": [2.5]}
    sex = components_of(found, "dimensions", "observation")["SEX"]
    assert ([value["id"] for value in sex["values"]], sex["keyPosition"]) == (["M", "F"], 0)


@pytest.mark.parametrize("version", VERSIONS)
def test_series_have_one_dimension_at_the_observation_and_their_attributes_once(version: str) -> None:
    series = message(full(), version, SERIES)["data"]["dataSets"][0]["series"]
    assert list(series) == ["0:0:0", "0:0:1", "0:1:2"]
    assert [one.get("attributes", [None])[0] for one in series.values()] == [0, None, 1]
    assert list(series["0:1:2"]["observations"]) == ["0", "2"]
    assert series["0:0:0"]["observations"]["0"][:2] == [1240, 0]


def test_any_dimension_can_stand_at_the_observation() -> None:
    found = message(full(), "2.0", DataOptions(Layout.SERIES, at_observation="SEX"))
    assert list(components_of(found, "dimensions", "observation")) == ["SEX"]
    assert list(found["data"]["dataSets"][0]["series"]) == ["0:0:0", "0:0:1", "0:1:0", "0:1:2"]


def test_a_dimension_at_the_observation_that_the_data_do_not_have_is_refused() -> None:
    with pytest.raises(StructureError, match="TIME, which is to stand at the observation"):
        written(full(), "sdmx-json-2.0", DataOptions(Layout.SERIES, at_observation="TIME"))


def test_without_time_the_last_dimension_stands_at_the_observation() -> None:
    given = schema(dimension("A", "x"), dimension("B", "y"), measure())
    found = message(of(given, pl.DataFrame({"A": ["x"], "B": ["y"], "OBS_VALUE": [1.0]})), "2.1", SERIES)
    assert found["data"]["dataSets"][0]["series"] == {"0": {"observations": {"0": [1]}}}


def test_data_of_one_dimension_are_flat_in_any_layout() -> None:
    given = schema(dimension("A", "x"), measure())
    found = message(of(given, pl.DataFrame({"A": ["x"], "OBS_VALUE": [1.0]})), "2.0", SERIES)
    assert found["data"]["dataSets"][0]["observations"] == {"0": [1]}


def test_in_1_0_every_attribute_of_observations_series_and_groups_stands_at_flat_observations() -> None:
    found = message(full(), "1.0")
    assert list(components_of(found, "attributes", "observation")) == ["STATUS", "LOWER", "COMMENT", "RULE", "CONTACT"]
    assert found["data"]["dataSets"][0]["observations"]["0:0:0:1"] == [None, 1, 0, None, 0, 0]


def test_in_2_x_what_is_said_of_groups_and_series_stands_once_for_flat_observations() -> None:
    found = message(full(), "2.0")
    assert list(components_of(found, "attributes", "dimensionGroup")) == ["RULE", "CONTACT"]
    assert found["data"]["dataSets"][0]["dimensionGroupAttributes"] == {
        "0:0:0:": [0],
        "0:1:2:": [1],
        ":0::": [None, 0],
    }


@pytest.mark.parametrize("version", ["2.0", "2.1"])
def test_in_2_x_what_is_said_of_a_group_of_series_stands_once(version: str) -> None:
    data = message(full(), version, SERIES)["data"]["dataSets"][0]
    assert data["dimensionGroupAttributes"] == {":0::": [0]}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("options", [FLAT, SERIES])
def test_what_is_said_of_the_data_set_stands_once(version: str, options: DataOptions) -> None:
    found = message(full(), version, options)
    assert found["data"]["dataSets"][0]["attributes"] == [0 if version == "1.0" else "Victims & co"]


def test_values_of_an_attribute_of_the_data_set_that_differ_make_data_sets_of_onestructure_of() -> None:
    data = full()
    titles = data.frame.with_columns(TITLE=pl.Series(["x", "x", "y", "y", None]))
    for version in VERSIONS:
        found = message(replace(data, frame=titles), version)
        told_once = [one.get("attributes") for one in found["data"]["dataSets"]]
        assert told_once == ([[0], [1], None] if version == "1.0" else [["x"], ["y"], None])
        if version != "1.0":
            assert [one["structure"] for one in found["data"]["dataSets"]] == [0, 0, 0]
            assert structure_of(found)["dataSets"] == [0, 1, 2]


def test_data_sets_of_several_structures_are_told_apart_in_2_x_and_refused_in_1_0() -> None:
    both = [_small(), full()]
    found = message(both, "2.1")
    assert [one["structure"] for one in found["data"]["dataSets"]] == [0, 1]
    assert [one["dataSets"] for one in found["data"]["structures"]] == [[0], [1]]
    with pytest.raises(StructureError, match=r"SDMX-JSON 1\.0 holds data of one structure"):
        written(both, "sdmx-json-1.0")


@pytest.mark.parametrize("version", VERSIONS)
def test_actions_are_told_and_merge_is_append_where_there_is_none(version: str) -> None:
    data = [replace(_small(), action=action) for action in Action]
    found = [one["action"] for one in message(data, version)["data"]["dataSets"]]
    merge = "Merge" if version == "2.1" else "Append"
    assert found == ["Information", "Append", "Replace", "Delete", merge]
    expected = [] if version == "2.1" else [("FORMAT-002", "merge-as-append", "")]
    assert told(data, version) == expected


@pytest.mark.parametrize("version", VERSIONS)
def test_data_are_of_their_dataflow_or_else_of_theirstructure_of(version: str) -> None:
    found = message(_small(), version)
    link = {"rel": "dataflow", "urn": URN}
    assert (structure_of(found)["links"], found["data"]["dataSets"][0]["links"]) == ([link], [link])
    plain = replace(SMALL, dataflow=None)
    link = structure_of(message(replace(_small(), schema=plain), version))["links"][0]
    assert link == {"rel": "datastructure", "urn": URN.replace("Dataflow", "DataStructure").replace("DF", "DSD")}


def test_a_draft_is_told_in_the_version_where_the_model_has_drafts() -> None:
    draft = replace(_small(), schema=replace(SMALL, dataflow=ArtefactKey("A", "DF", "1.0.0-draft")))
    links = [structure_of(message(draft, version))["links"][0]["urn"] for version in VERSIONS]
    assert links == [URN, URN.replace("1.0.0", "1.0.0-draft"), URN.replace("1.0.0", "1.0.0-draft")]


def test_a_structure_that_a_message_did_not_name_has_no_link() -> None:
    nameless = replace(SMALL, structure=ArtefactKey("", "", ""), dataflow=None)
    assert structure_of(message(replace(_small(), schema=nameless), "2.1"))["links"] == []


def test_a_version_that_2_1_does_not_know_is_refused() -> None:
    odd = replace(_small(), schema=replace(SMALL, dataflow=ArtefactKey("A", "DF", "1.0.0.0")))
    with pytest.raises(StructureError, match=r"does not allow the version '1\.0\.0\.0'"):
        written(odd, "sdmx-json-2.1")
    assert faults("2.0", written(odd, "sdmx-json-2.0")) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_names_are_told_in_all_languages_and_once_in_the_one_that_is_asked_for(version: str) -> None:
    found = message(_small(), version, DataOptions(language="fr"))
    sex = components_of(found, "dimensions", "observation")["SEX"]
    assert (sex["name"], sex["names"]) == ("Sex (fr)", {"en": "Sex", "fr": "Sex (fr)"})
    assert sex["values"][0] == {"id": "M", "name": "Nom de M", "names": {"en": "Name of M", "fr": "Nom de M"}}
    assert found["meta"]["contentLanguages"] == ["fr", "en"]
    assert structure_of(found)["name"] == "Exemple"


@pytest.mark.parametrize("version", VERSIONS)
def test_what_has_no_name_is_called_by_its_id(version: str) -> None:
    given = schema(replace(dimension("SEX", "F", "M"), name={}, code_names={}), time(), replace(measure(), name={}))
    found = message(replace(_small(), schema=replace(given, name={})), version)
    sex = components_of(found, "dimensions", "observation")["SEX"]
    assert (sex["name"], sex["values"][0], structure_of(found)["name"]) == ("SEX", {"id": "M", "name": "M"}, "DF")


def test_languages_are_small_where_the_schema_wants_it_and_strange_ones_are_told() -> None:
    names = {"zh-Hant-TW": "性別", "en_US": "Sex", "": "S"}
    given = schema(replace(dimension("SEX", "F", "M"), name=names), time(), measure())
    data = replace(_small(), schema=given)
    assert message(data, "2.0")["meta"]["contentLanguages"] == ["en", "fr", "zh-hant-tw"]
    found = message(data, "2.1")
    assert components_of(found, "dimensions", "observation")["SEX"]["names"] == {"zh-Hant-TW": "性別", "und": "S"}
    assert told(data, "2.1") == [("FORMAT-003", "language", "en_US")]


def test_the_first_languages_are_those_of_all_data_sets_that_are_known() -> None:
    other = schema(replace(dimension("SEX", "F", "M"), name={"ar": "الجنس"}), time(), measure())
    found = message([_small(), replace(_small(), schema=other)], "2.0")
    assert found["meta"]["contentLanguages"] == ["en", "fr", "ar"]


def test_uncoded_values_of_dimensions_are_values_in_2_x_and_ids_in_1_0() -> None:
    times = [
        components_of(message(_small(), version), "dimensions", "observation")["TIME_PERIOD"] for version in VERSIONS
    ]
    assert [one["values"] for one in times] == [
        [{"id": "2020", "name": "2020"}],
        [{"value": "2020"}],
        [{"value": "2020"}],
    ]
    assert [one["roles"] for one in times] == [["TIME_PERIOD"]] * 3
    assert times[1]["format"] == {"dataType": "ObservationalTimePeriod"}


@pytest.mark.parametrize("moment", ["2020-01-01T00:00:00", "2020-01-01/P1Y", "2020-01-01T00:00:00+01:00"])
def test_a_time_that_is_no_id_is_refused_in_1_0(moment: str) -> None:
    data = _small(TIME_PERIOD=[moment, moment])
    with pytest.raises(StructureError, match=r"SDMX-JSON 1\.0 does not allow the id"):
        written(data, "sdmx-json-1.0")
    assert components_of(message(data, "2.0"), "dimensions", "observation")["TIME_PERIOD"]["values"] == [
        {"value": moment}
    ]


def test_texts_of_attributes_are_names_in_1_0_and_stand_in_place_in_2_x() -> None:
    comment = components_of(message(full(), "1.0"), "attributes", "observation")["COMMENT"]
    assert comment["values"] == [{"name": ODD}, {"name": "x"}]
    found = message(full(), "2.0")
    assert found["data"]["dataSets"][0]["observations"]["0:1:2:0"] == [0.1, 0, None, ODD]
    assert "values" not in components_of(found, "attributes", "observation")["COMMENT"]


def test_relationships_are_those_of_thestructure_of() -> None:
    found = {
        version: {
            one["id"]: one["relationship"]
            for level in structure_of(message(full(), version))["attributes"].values()
            for one in level
        }
        for version in VERSIONS
    }
    assert found["1.0"] == {
        "TITLE": {"none": {}},
        **{name: {"primaryMeasure": "OBS_VALUE"} for name in ("STATUS", "LOWER", "COMMENT")},
        "RULE": {"dimensions": ["FREQ", "AREA", "SEX"]},
        "CONTACT": {"dimensions": ["AREA"]},
    }
    assert found["2.0"] == found["2.1"]
    assert (found["2.0"]["TITLE"], found["2.0"]["STATUS"]) == ({"dataflow": {}}, {"observation": {}})


def test_an_attribute_of_all_dimensions_stands_at_the_observation() -> None:
    note = attribute("NOTE", Level.SERIES, to=("A", "B"))
    given = schema(dimension("A", "x"), dimension("B", "y"), measure(), note)
    found = message(of(given, pl.DataFrame({"A": ["x"], "B": ["y"], "OBS_VALUE": [1.0], "NOTE": ["n"]})), "2.0")
    assert found["data"]["dataSets"][0]["observations"] == {"0:0": [1, "n"]}


def test_an_attribute_of_series_that_names_no_dimensions_is_of_whole_series() -> None:
    given = schema(dimension("A", "x"), time(), measure(), attribute("NOTE", Level.SERIES))
    data = of(given, pl.DataFrame({"A": ["x"], "TIME_PERIOD": ["2020"], "OBS_VALUE": [1.0], "NOTE": ["n"]}))
    assert message(data, "2.0")["data"]["dataSets"][0]["dimensionGroupAttributes"] == {"0:": [0]}
    assert message(data, "2.0", SERIES)["data"]["dataSets"][0]["series"]["0"]["attributes"] == [0]


def test_in_series_along_its_own_dimension_an_attribute_of_a_group_stands_where_it_can() -> None:
    along = DataOptions(Layout.SERIES, at_observation="AREA")
    found = message(full(), "2.0", along)["data"]["dataSets"][0]
    assert found["dimensionGroupAttributes"] == {"0:0::0": [0], "0:2::1": [1], ":::0": [None, 0]}
    first = message(full(), "1.0", along)["data"]["dataSets"][0]["series"]["0:0:0"]["observations"]
    assert first == {"0": [1240, 0, None, None, 0, 0]}


def test_several_measures_stand_first_and_coded_ones_by_their_places() -> None:
    coded = replace(measure("GRADE"), codes=("x", "y"), data_type="String")
    given = schema(dimension("A", "p", "q"), measure("ONE"), coded, attribute("NOTE", Level.OBSERVATION))
    frame = pl.DataFrame({"A": ["p", "q"], "ONE": [None, 2.0], "GRADE": ["y", "x"], "NOTE": ["n", None]})
    found = message(of(given, frame), "2.0")
    assert found["data"]["dataSets"][0]["observations"] == {"0": [None, 0, "n"], "1": [2, 1, None]}
    assert [one["id"] for one in structure_of(found)["measures"]["observation"]] == ["ONE", "GRADE"]


def test_data_without_measures_say_so_in_2_x() -> None:
    given = schema(dimension("A", "p"), attribute("NOTE", Level.OBSERVATION))
    found = message(of(given, pl.DataFrame({"A": ["p"], "NOTE": ["n"]})), "2.1")
    assert structure_of(found)["measures"] == {"observation": []}
    assert found["data"]["dataSets"][0]["observations"] == {"0": ["n"]}


@pytest.mark.parametrize("number", [0, 2])
def test_1_0_takes_exactly_one_measure(number: int) -> None:
    given = schema(dimension("A", "p"), *[measure(f"M{place}") for place in range(number)])
    with pytest.raises(StructureError, match=r"SDMX-JSON 1\.0 takes exactly one measure"):
        written(of(given, pl.DataFrame({"A": ["p"]})), "sdmx-json-1.0")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_measure_of_another_name_is_written_in_every_version(version: str) -> None:
    given = schema(dimension("A", "p"), measure("PERSONS"))
    found = message(of(given, pl.DataFrame({"A": ["p"], "PERSONS": [3.0]})), version)
    assert found["data"]["dataSets"][0]["observations"] == {"0": [3]}
