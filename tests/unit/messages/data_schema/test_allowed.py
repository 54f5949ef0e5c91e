"""The codes that constraints leave: those on a dataflow, and those on what it belongs to."""

from dataclasses import replace

import pytest
from lxml import etree
from tests.data_messages import VERSIONS, DataSchema
from tests.examples.survey import (
    AGREEMENT,
    FLAT,
    FLOW,
    SURVEY,
    surveyed,
)

from icstip.artefacts.base import Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.constraints import ACTUAL, DataConstraint, KeySet, Period, Region, Selection, TimeRange, Value
from icstip.messages.data_schema.dialect import Version
from icstip.messages.data_schema.write import write_schema

XS = {"xs": "http://www.w3.org/2001/XMLSchema"}
EVERY = {"AREA": ["W", "AF", "CI", "EU"], "SEX": ["F", "M", "T"], "STATUS": ["A", "O"]}


def chosen(id_: str, *values: str, cascade: str = "false", include: bool = True) -> Selection:
    return Selection(id=id_, include=include, values=tuple(Value(value, cascade) for value in values))


def including(*selections: Selection) -> Region:
    return Region(selections=selections)


def excluding(*selections: Selection) -> Region:
    return Region(selections=selections, include=False)


def constraint(*parts: Region | KeySet, on: Reference = FLOW.reference, id_: str = "CN") -> DataConstraint:
    return DataConstraint(
        agency="TEST",
        id=id_,
        version="1.0.0",
        attachment=(on,),
        regions=tuple(part for part in parts if isinstance(part, Region)),
        key_sets=tuple(part for part in parts if isinstance(part, KeySet)),
    )


def left(
    artefacts: Artefacts, subject: Reference = FLOW.reference, *, constrained: bool = True
) -> dict[str, list[str]]:
    """The codes that the schema of a subject has of each component."""
    root = etree.fromstring(write_schema(artefacts, subject, constrained=constrained))
    found = {}
    for id_ in EVERY:
        (declared,) = root.findall(f"xs:complexType[@name='ObsType']//xs:attribute[@name='{id_}']", XS)
        name = declared.get("type")
        codes = root.findall(f"xs:simpleType[@name='{name}']//xs:enumeration", XS)
        found[id_] = [code.get("value", "") for code in codes]
    return found


@pytest.mark.parametrize(
    ("parts", "changes"),
    [
        ([including(chosen("AREA", "CI", "W"))], {"AREA": ["W", "CI"]}),
        ([including(chosen("AREA", "AF", cascade="true"))], {"AREA": ["AF", "CI"]}),
        ([including(chosen("AREA", "AF", cascade="excluderoot"))], {"AREA": ["CI"]}),
        ([including(chosen("AREA", "E%"))], {"AREA": ["EU"]}),
        ([including(chosen("AREA", "W", include=False))], {"AREA": ["AF", "CI", "EU"]}),
        ([including(chosen("AREA", "CI"), chosen("SEX", "T"))], {"AREA": ["CI"], "SEX": ["T"]}),
        ([including(chosen("STATUS", "A"))], {"STATUS": ["A"]}),
        ([including(chosen("AREA", "CI")), including(chosen("AREA", "EU"))], {"AREA": ["CI", "EU"]}),
        ([including(chosen("AREA", "CI")), including(chosen("SEX", "T"))], {}),
        ([excluding(chosen("AREA", "W"))], {"AREA": ["AF", "CI", "EU"]}),
        ([excluding(chosen("AREA", "W"), chosen("SEX", "T"))], {}),
        ([including(chosen("AREA", "AF", "EU")), excluding(chosen("AREA", "EU"))], {"AREA": ["AF"]}),
        (
            [KeySet((including(chosen("AREA", "CI"), chosen("SEX", "F")), including(chosen("AREA", "EU"))))],
            {"AREA": ["CI", "EU"]},
        ),
        ([KeySet((including(chosen("AREA", "W")),), include=False)], {"AREA": ["AF", "CI", "EU"]}),
        ([KeySet((including(chosen("AREA", "W"), chosen("SEX", "T")),), include=False)], {}),
        ([including(chosen("AREA"))], {}),
        ([including(Selection(id="TIME_PERIOD", time_range=TimeRange(after=Period("2020"))))], {}),
        ([including(replace(chosen("AREA", "X"), remove_prefix=True))], {}),
        ([], {}),
    ],
)
def test_a_constraint_leaves_what_it_says_of_each_component_alone(
    parts: list[Region | KeySet], changes: dict[str, list[str]]
) -> None:
    assert left(surveyed(constraint(*parts))) == EVERY | changes


def test_constraints_on_what_a_subject_belongs_to_hold_for_it() -> None:
    artefacts = surveyed(
        constraint(including(chosen("AREA", "AF", "CI", "EU")), on=SURVEY.reference, id_="CN_1"),
        constraint(including(chosen("AREA", "W", "CI", "EU")), on=FLOW.reference, id_="CN_2"),
        constraint(including(chosen("AREA", "W", "CI")), on=AGREEMENT.reference, id_="CN_3"),
    )
    found = {of.kind: left(artefacts, of)["AREA"] for of in (SURVEY.reference, FLOW.reference, AGREEMENT.reference)}
    assert found == {
        "DataStructure": ["AF", "CI", "EU"],
        "Dataflow": ["CI", "EU"],
        "ProvisionAgreement": ["CI"],
    }


def test_without_constraints_the_lists_are_whole() -> None:
    artefacts = surveyed(constraint(including(chosen("AREA", "CI"))))
    assert left(artefacts, constrained=False) == EVERY


def test_what_there_actually_is_or_what_is_on_another_dataflow_leaves_the_lists_whole() -> None:
    actual = replace(constraint(including(chosen("AREA", "CI"))), role=ACTUAL)
    elsewhere = constraint(including(chosen("AREA", "CI")), on=replace(FLOW.reference, id="OTHER"), id_="CN_2")
    assert left(surveyed(actual, elsewhere)) == EVERY


@pytest.mark.parametrize("version", VERSIONS)
def test_a_code_that_is_not_left_is_refused_of_its_component_only(version: Version) -> None:
    other = replace(SURVEY.dimensions[0], id="PARTNER")
    artefacts = surveyed(constraint(including(chosen("AREA", "CI"))), dimensions=(other, *SURVEY.dimensions))
    schema = DataSchema(artefacts, FLOW.reference, version)
    assert schema.errors_of_data(FLAT.replace("<Obs", '<Obs PARTNER="W"')) == []
    (error,) = schema.errors_of_data(FLAT.replace("<Obs", '<Obs PARTNER="W"').replace('"CI"', '"EU"'))
    assert "'AREA': [facet 'enumeration'] The value 'EU'" in error


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("component", EVERY)
def test_where_no_code_is_left_nothing_is_allowed(version: Version, component: str) -> None:
    artefacts = surveyed(constraint(including(chosen(component, "NONE"))))
    errors = DataSchema(artefacts, FLOW.reference, version).errors_of_data(FLAT)
    assert errors
    assert all(f"'{component}'" in error for error in errors)
