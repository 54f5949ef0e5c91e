"""Constraints: role, attachment, regions and sets of keys of each version."""

import pytest
from lxml import etree
from tests.examples.ml_writing import WRITERS, Written, attributes, written

from icstip.artefacts.base import Annotation, Reference
from icstip.artefacts.constraints import (
    ACTUAL,
    ALLOWED,
    DataConstraint,
    KeySet,
    Period,
    Region,
    Selection,
    TimeRange,
    Value,
)
from icstip.messages.xml import XML_LANG

in_all_versions = pytest.mark.parametrize("version", WRITERS)
in_3_x = pytest.mark.parametrize("version", ["3.0", "3.1"])
FLOW = Reference("Dataflow", "TEST", "DF", "1.0")
STRUCTURE = Reference("DataStructure", "TEST", "DSD", "1.0")
PROVIDER = Reference("DataProvider", "TEST", "DATA_PROVIDERS", "1.0", "P")
AREA = Selection(id="AREA", values=(Value("A"), Value("B & <")))


def _constraint(**fields: object) -> DataConstraint:
    given = {"id": "C", "agency": "TEST", "name": {"en": "C"}, "attachment": (FLOW,)}
    return DataConstraint(**{**given, **fields})  # type: ignore[arg-type]


def _cube(*selections: Selection, **fields: object) -> DataConstraint:
    return _constraint(regions=(Region(selections=selections, **fields),))  # type: ignore[arg-type]


def _keys(*keys: Region, include: bool = True) -> DataConstraint:
    return _constraint(key_sets=(KeySet(keys, include=include),))


def _within(message: Written, path: str) -> list[etree._Element]:
    """Return the elements at a path in a region or key, which 2.1 has in another namespace."""
    return message.all(path.replace("s:", "c:") if message.version == "2.1" else path)


@in_all_versions
@pytest.mark.parametrize("role", [ALLOWED, ACTUAL])
def test_what_the_constraint_is_on_is_said(version: str, role: str) -> None:
    message = written(version, _constraint(role=role, regions=(Region(selections=(AREA,)),)))
    tag, attribute = {
        "2.1": ("ContentConstraint", "type"),
        "3.0": ("DataConstraint", "role"),
        "3.1": ("AvailabilityConstraint" if role == ACTUAL else "DataConstraint", "role"),
    }[version]
    assert message.one(f"s:{tag}").get(attribute) == (None if version == "3.1" else role)


def test_its_urn_is_of_the_class_of_the_version() -> None:
    urns = [str(written(version, _cube(AREA)).one("m:Structures/*/*").get("urn")) for version in WRITERS]
    kinds = [urn.partition("registry.")[2].partition("=")[0] for urn in urns]
    assert kinds == ["ContentConstraint", "DataConstraint", "DataConstraint"]


def test_what_there_is_becomes_an_availability_constraint_for_each_attachment_in_3_1() -> None:
    region = Region(selections=(AREA,))
    message = written("3.1", _constraint(role=ACTUAL, attachment=(FLOW, FLOW), regions=(region,)))
    assert len(message.all("s:AvailabilityConstraints/s:AvailabilityConstraint/s:CubeRegion")) == 2
    assert message.said == {"FORMAT-003 identity": ()}


@pytest.mark.parametrize(
    "fields",
    [
        {"attachment": (PROVIDER,), "regions": (Region(selections=(AREA,)),)},
        {"attachment": (), "regions": (Region(selections=(AREA,)),)},
        {"regions": ()},
        {"regions": (Region(selections=(AREA,)), Region(include=False))},
        {"regions": (Region(selections=(AREA,)),), "key_sets": (KeySet((Region(selections=(AREA,)),)),)},
    ],
    ids=["provider", "nothing", "no region", "two regions", "keys"],
)
def test_what_there_is_is_left_out_of_3_1_where_it_would_say_what_is_allowed(fields: dict[str, object]) -> None:
    message = written("3.1", _constraint(role=ACTUAL, **fields))
    assert message.said == {"FORMAT-001 actual-constraint": ()}
    assert len(message.one("m:Structures")) == 0


@in_all_versions
def test_a_constraint_is_attached_to_references_of_one_class(version: str) -> None:
    message = written(version, _constraint(attachment=(STRUCTURE, FLOW, STRUCTURE)))
    assert len(message.all("s:ConstraintAttachment/s:DataStructure")) == 2
    assert message.all("s:ConstraintAttachment/s:Dataflow") == []
    assert message.said == {"FORMAT-003 attachments": ()}


@in_all_versions
def test_a_constraint_is_attached_to_one_provider(version: str) -> None:
    message = written(version, _constraint(attachment=(PROVIDER, PROVIDER)))
    assert len(message.all("s:ConstraintAttachment/s:DataProvider")) == 1
    assert message.said == {"FORMAT-003 attachments": ()}


@pytest.mark.parametrize(
    ("version", "simple", "queryable"),
    [("2.1", ["u1"], ["u1", "u2"]), ("3.0", ["u1", "u2"], ["u1", "u2"]), ("3.1", [], [])],
)
def test_data_sources_stand_alone_or_beside_what_else_it_is_attached_to(
    version: str, simple: list[str], queryable: list[str]
) -> None:
    alone = written(version, _constraint(attachment=(), data_sources=("u1", "u2")))
    assert alone.texts("s:SimpleDataSource") == simple
    assert ("FORMAT-003 data-sources" in alone.said) is (len(simple) < 2)
    beside = written(version, _constraint(data_sources=("u1", "u2")))
    assert beside.texts("s:QueryableDataSource/c:DataURL") == queryable
    assert ("FORMAT-003 data-sources" in beside.said) is (len(queryable) < 2)


def test_a_release_calendar_is_said_until_3_1() -> None:
    constraint = _constraint(attachment=(PROVIDER,), release_calendar=("P1Y", "P1M", "P5D"), regions=(Region(),))
    for version in ("2.1", "3.0"):
        parts = written(version, constraint).texts("s:ReleaseCalendar/*")
        assert parts == ["P1Y", "P1M", "P5D"]
    assert written("3.1", constraint).said == {"FORMAT-003 release-calendar": ()}


@in_all_versions
def test_a_region_includes_or_excludes_values_of_dimensions_and_other_components(version: str) -> None:
    other = Selection(id="STATUS", is_key=False, include=False, values=(Value("X"),))
    message = written(version, _cube(other, AREA, include=False))
    assert message.one("s:CubeRegion").get("include") == "false"
    tags = [
        (str(part.tag).partition("}")[2], part.get("id"), part.get("include")) for part in message.one("s:CubeRegion")
    ]
    component = "Attribute" if version == "2.1" else "Component"
    assert tags == [("KeyValue", "AREA", None), (component, "STATUS", "false")]
    assert [value.text for value in _within(message, "s:KeyValue/s:Value")] == ["A", "B & <"]


@in_all_versions
def test_only_one_region_includes_and_only_one_excludes(version: str) -> None:
    two = (Region(selections=(AREA,)), Region(selections=(AREA,), include=False))
    assert len(written(version, _constraint(regions=two)).all("s:CubeRegion")) == 2
    message = written(version, _constraint(regions=(*two, Region())))
    assert message.said == {"FORMAT-001 regions": ()}


@in_all_versions
@pytest.mark.parametrize(("cascade", "expected"), [("false", None), ("true", "true"), ("excluderoot", "excluderoot")])
def test_values_say_how_codes_below_are_meant_with_them(version: str, cascade: str, expected: str | None) -> None:
    message = written(version, _cube(Selection(id="AREA", values=(Value("A", cascade),))))
    (value,) = _within(message, "s:KeyValue/s:Value")
    if version == "2.1" and cascade == "excluderoot":
        assert (value.get("cascadeValues"), message.said) == ("true", {"FORMAT-003 cascade": ("AREA",)})
    else:
        assert (value.get("cascadeValues"), message.said) == (expected, {})


@in_3_x
def test_selections_say_validity_prefixes_and_languages_where_they_can(version: str) -> None:
    valued = (Value("A", "false", None, "2020", "2021"), Value("B", language="fr"))
    fields = {"values": valued, "remove_prefix": True, "valid_from": "2019", "valid_to": "2022"}
    selections = (Selection(id="K", **fields), Selection(id="C", is_key=False, **fields))  # type: ignore[arg-type]
    message = written(version, _cube(*selections))
    key, component = message.one("s:KeyValue"), message.one("s:Component")
    assert attributes(key) == {"id": "K", "removePrefix": "true", "validFrom": "2019", "validTo": "2022"}
    assert attributes(component) == {"id": "C", "removePrefix": "true"}
    assert [attributes(value) for value in (*key, *component)] == [
        {"validFrom": "2020", "validTo": "2021"},
        {},
        {"validFrom": "2020", "validTo": "2021"},
        {XML_LANG: "fr"},
    ]
    assert message.said == {"FORMAT-003 value-language": ("K",), "FORMAT-003 validity": ("C",)}


def test_2_1_has_neither_validity_nor_prefixes_languages_or_annotations_there() -> None:
    values = (Value("A", "false", "fr", "2020", None),)
    selection = Selection(id="K", values=values, remove_prefix=False, valid_from="2019")
    message = written("2.1", _cube(selection, annotations=(Annotation(type="T"),), valid_to="2020"))
    assert attributes(message.one("c:KeyValue")) == {"id": "K"}
    assert attributes(message.one("c:Value")) == {}
    assert message.said == {
        "FORMAT-003 annotations": (),
        "FORMAT-003 validity": ("K",),
        "FORMAT-003 remove-prefix": ("K",),
        "FORMAT-003 value-language": ("K",),
    }


@in_3_x
def test_regions_and_keys_have_annotations(version: str) -> None:
    region = Region(selections=(AREA,), annotations=(Annotation(type="T"),))
    message = written(version, _constraint(regions=(region,), key_sets=(KeySet((region,)),)))
    assert len(message.all("s:CubeRegion/c:Annotations")) == 1
    assert len(message.all("s:Key/c:Annotations")) == len(message.all("s:Key"))


@in_all_versions
@pytest.mark.parametrize(
    ("time_range", "expected"),
    [
        (TimeRange(before=Period("2020")), [("BeforePeriod", "2020", "true")]),
        (TimeRange(after=Period("2020-Q1", inclusive=False)), [("AfterPeriod", "2020-Q1", "false")]),
        (
            TimeRange(start=Period("2019"), end=Period("2020", inclusive=False)),
            [("StartPeriod", "2019", "true"), ("EndPeriod", "2020", "false")],
        ),
        (TimeRange(start=Period("2019", inclusive=False)), [("AfterPeriod", "2019", "false")]),
        (TimeRange(end=Period("2020")), [("BeforePeriod", "2020", "true")]),
    ],
)
def test_time_ranges_are_before_after_or_between(
    version: str, time_range: TimeRange, expected: list[tuple[str, str, str]]
) -> None:
    message = written(version, _cube(Selection(id="TIME_PERIOD", time_range=time_range)))
    (element,) = _within(message, "s:KeyValue/s:TimeRange")
    assert [(str(p.tag).partition("}")[2], p.text, p.get("isInclusive")) for p in element] == expected
    is_open = (time_range.start is None) is not (time_range.end is None)
    assert ("FORMAT-002 open-range" in message.said) is is_open


@in_all_versions
def test_the_selection_of_a_dimension_needs_values_and_that_of_another_component_does_not(version: str) -> None:
    message = written(version, _cube(Selection(id="K"), Selection(id="C", is_key=False)))
    assert _within(message, "s:KeyValue") == []
    assert message.said == {"FORMAT-003 empty-selection": ("K",)}


@in_all_versions
@pytest.mark.parametrize("include", [True, False])
def test_a_set_of_keys_is_included_or_is_not(version: str, include: bool) -> None:  # noqa: FBT001
    key = Region(selections=(Selection(id="K", values=(Value("A"),)), Selection(id="L", values=(Value("B"),))))
    message = written(version, _keys(key, include=include))
    assert message.one("s:DataKeySet").get("isIncluded") == ("true" if include else "false")
    assert [(v.get("id"), v[0].text) for v in _within(message, "s:KeyValue")] == [("K", "A"), ("L", "B")]


def test_a_key_with_several_values_is_several_keys_before_3_1() -> None:
    several = Region(
        selections=(AREA, Selection(id="SEX", values=(Value("F"), Value("M"))), Selection(id="T", values=(Value("1"),)))
    )
    assert len(written("3.1", _keys(several)).all("s:Key")) == 1
    for version in ("2.1", "3.0"):
        message = written(version, _keys(several))
        keys = [[part[0].text for part in key] for key in message.all("s:Key")]
        assert keys == [["A", "F", "1"], ["A", "M", "1"], ["B & <", "F", "1"], ["B & <", "M", "1"]]
        assert message.said == {"FORMAT-002 keys-expanded": ("AREA", "SEX")}


@in_3_x
def test_keys_have_validity_and_other_components(version: str) -> None:
    other = Selection(id="C", is_key=False, include=False, values=(Value("X", "true", "fr"),))
    span = Selection(id="TIME_PERIOD", time_range=TimeRange(before=Period("2020")))
    key = Region(selections=(Selection(id="K", values=(Value("A", "true"),)), other, span), valid_from="2020")
    message = written(version, _keys(key))
    assert message.one("s:Key").get("validFrom") == "2020"
    assert [component.get("id") for component in message.all("s:Key/s:Component")] == ["C", "TIME_PERIOD"]
    assert message.one("s:Component[@id='C']/s:Value").get("cascadeValues") == "true"
    assert message.said == {"FORMAT-003 cascade": ("K",)}


def test_what_keys_of_2_1_cannot_have_is_told() -> None:
    other = Selection(id="C", is_key=False, values=(Value("X"),))
    span = Selection(id="TIME_PERIOD", time_range=TimeRange(before=Period("2020")))
    message = written(
        "2.1", _keys(Region(selections=(Selection(id="K", values=(Value("A"),)), other, span), valid_to="9"))
    )
    assert [part.get("id") for part in message.one("s:Key")] == ["K"]
    assert message.said == {"FORMAT-003 key-selection": ("C", "TIME_PERIOD"), "FORMAT-003 validity": ()}


@in_all_versions
def test_keys_that_say_what_is_not_in_them_or_say_nothing_are_left_out(version: str) -> None:
    excluded = Selection(id="K", include=False, values=(Value("A"),))
    keys = (Region(selections=(excluded,)), Region(selections=(AREA,), include=False), Region())
    message = written(version, _keys(*keys))
    assert message.all("s:DataKeySet") == []
    assert message.said["FORMAT-003 key-selection"] == ("K",)
