"""The tables of constraints, categories, data providers, hierarchies and crosswalks become the model."""

from collections.abc import Callable
from pathlib import Path

import pytest

from icstip.errors import StandardError
from icstip.standard.model import ComponentLink, HierarchyCode
from icstip.standard.read import read_standard

Plant = Callable[[str, str, str], None]
Complete = Callable[[Path], Path]

LINKS = "crosswalks/SM_OTHER/links.csv"
CODE_MAPS = "crosswalks/SM_OTHER/code_maps.csv"


@pytest.fixture
def dsd(dsd: Path, complete: Complete) -> Path:
    """Return the folder of a small valid standard that has every table."""
    return complete(dsd)


def test_a_constraint_on_a_structure_has_the_codes_that_the_structure_allows(dsd: Path) -> None:
    constraint = read_standard(dsd).constraints["CN_VICTIM"]
    assert (constraint.structure, constraint.dataflow, constraint.free) == ("VICTIM", "", ())
    assert constraint.allowed == {"FORM": ("FARM", "LABOUR")}


def test_a_constraint_on_a_dataflow_has_free_dimensions_and_codes(dsd: Path) -> None:
    constraint = read_standard(dsd).constraints["CN_SEX"]
    assert (constraint.structure, constraint.dataflow, constraint.free) == ("", "DF_VICTIM", ("SEX",))
    assert constraint.allowed == {"SEX": ("F",), "FORM": ("LABOUR",)}
    assert (constraint.name["ar"], constraint.source) == ("الضحايا حسب الجنس", "PROJECT")


def test_a_category_has_its_parent_and_its_dataflows(dsd: Path) -> None:
    standard = read_standard(dsd)
    assert standard.category_scheme is not None
    assert (standard.category_scheme.id, standard.category_scheme.name["en"]) == ("CS_TOPICS", "Topics")
    assert list(standard.categories) == ["CRIME", "VICTIMS"]
    victims = standard.categories["VICTIMS"]
    assert (victims.parent, victims.dataflows, victims.source) == ("CRIME", ("DF_VICTIM",), "PROJECT")


def test_a_data_provider_has_the_names_of_its_code_also_of_one_of_an_extended_list(dsd: Path) -> None:
    standard = read_standard(dsd)
    assert standard.provider_scheme is not None
    assert standard.provider_scheme.name == {"en": "Data providers", "ar": "مقدمو البيانات"}
    assert [(provider.id, provider.name["en"]) for provider in standard.providers] == [
        ("FARM", "Farm work"),
        ("FIELDS", "Field work"),
    ]
    assert {provider.source for provider in standard.providers} == {"PROJECT"}


def test_a_hierarchy_has_its_codes_at_their_places_in_order(dsd: Path) -> None:
    hierarchy = read_standard(dsd).hierarchies["H_FORM"]
    assert (hierarchy.name["en"], hierarchy.source) == ("Kinds of work", "PROJECT")
    assert hierarchy.codes == (
        HierarchyCode("WORK", "CL_OWN_FORM", "LABOUR"),
        HierarchyCode("1", "CL_OWN_FORM", "FARM", parent="WORK"),
        HierarchyCode("2", "CL_OWN_GROUP", "FIELDS", parent="WORK"),
    )


def test_a_crosswalk_has_its_links_in_order(dsd: Path) -> None:
    crosswalk = read_standard(dsd).crosswalks["SM_OTHER"]
    assert (crosswalk.source, crosswalk.target, crosswalk.provenance) == ("OTHER:DSD(1.0)", "VICTIM", "PROJECT")
    assert crosswalk.links == (
        ComponentLink(("GENDER",), ("SEX",), code_map="CM_SEX"),
        ComponentLink(("KIND", "PLACE"), ("FORM",), code_map="CM_FORM"),
        ComponentLink(("TIME_PERIOD",), ("TIME_PERIOD",)),
        ComponentLink((), ("GROUP",), fixed="_T"),
    )


def test_a_code_map_has_the_codes_of_each_list_and_no_targets_for_what_has_no_counterpart(dsd: Path) -> None:
    code_maps = read_standard(dsd).crosswalks["SM_OTHER"].code_maps
    assert list(code_maps) == ["CM_SEX", "CM_FORM"]
    assert code_maps["CM_SEX"].mappings == ((("1",), ("M",)), (("2",), ("F",)), (("9",), ()))
    assert code_maps["CM_FORM"].mappings == ((("A", "X"), ("LABOUR",)), (("A", "Y"), ("FARM",)))
    assert code_maps["CM_FORM"].sources == ("OTHER:CL_KIND(1.0)", "OTHER:CL_PLACE(2.0.0)")
    assert code_maps["CM_FORM"].targets == ("CL_OWN_FORM",)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("constraints.csv", "VICTIM,VICTIM,", "VICTIM,EVENT,", ":2: structure 'EVENT' does not exist"),
        ("constraints.csv", ",,DF_VICTIM", ",,DF_EVENT", ":3: dataflow 'DF_EVENT' does not exist"),
        ("constraints.csv", "DF_VICTIM,SEX", "DF_VICTIM,AGE", ":3: free 'AGE' does not exist"),
        ("constraints.csv", "CN_SEX,,DF_VICTIM", "CN_SEX,,", ":3: '' cannot stand in structure, dataflow"),
        ("constraints.csv", "CN_SEX", "", ":3: '' cannot stand in id"),
        ("constraints.csv", "CN_SEX", "CN_VICTIM", ":3: 'CN_VICTIM' stands here a second time"),
        ("constraints/dataflows.csv", "DF_VICTIM,SEX", "DF_ALL,SEX", ":2: dataflow 'DF_ALL' does not exist"),
        ("constraints/dataflows.csv", "SEX,F", "AGE,F", ":2: component 'AGE' does not exist"),
        ("categories.csv", "VICTIMS,CRIME", "VICTIMS,LAW", ":3: parent 'LAW' does not exist"),
        ("categories.csv", "DF_VICTIM", "DF_ALL", ":3: dataflow 'DF_ALL' does not exist"),
        ("providers.csv", "FIELDS", "WOODS", ":3: id 'WOODS' does not exist"),
        ("providers.csv", "FIELDS", "FARM", ":3: 'FARM' stands here a second time"),
        ("standard.toml", '"CL_OWN_GROUP"', '"CL_GROUP"', ":41: codelist 'CL_GROUP' does not exist"),
        ("hierarchies.csv", "H_FORM", "H_FORMS", ":2: hierarchy 'H_FORMS' does not exist"),
        ("hierarchies/H_FORM.csv", "1,WORK", "1,2", ":3: parent '2' does not exist"),
        ("hierarchies/H_FORM.csv", "\n2,", "\n1,", ":4: '1' stands here a second time"),
        ("hierarchies/H_FORM.csv", "CL_OWN_GROUP", "CL_GROUP", ":4: codelist 'CL_GROUP' does not exist"),
        ("hierarchies/H_FORM.csv", "FIELDS", "WOODS", ":4: code 'WOODS' does not exist"),
        ("crosswalks.csv", "\nSM_OTHER", "\nSM_ALL", ":2: crosswalk 'SM_ALL' does not exist"),
        ("crosswalks.csv", "),VICTIM", "),EVENT", ":2: target_structure 'EVENT' does not exist"),
        ("crosswalks.csv", "OTHER:DSD(1.0)", "OTHER:DSD", ":2: 'OTHER:DSD' cannot stand in source_structure"),
        (LINKS, "CM_SEX", "CM_GENDER", ":2: code_map 'CM_GENDER' does not exist"),
        (CODE_MAPS, "CM_SEX", "CM_GENDER", ":2: code_map 'CM_GENDER' does not exist"),
        (CODE_MAPS, ",CL_OWN_FORM", ",CL_FORM", ":3: targets 'CL_FORM' does not exist"),
        ("crosswalks/SM_OTHER/CM_SEX.csv", "target", "to", ":1: columns missing: target"),
    ],
)
def test_what_makes_a_model_impossible_is_an_error_with_file_and_line(
    dsd: Path, plant: Plant, name: str, old: str, new: str, message: str
) -> None:
    plant(name, old, new)
    with pytest.raises(StandardError) as caught:
        read_standard(dsd)
    assert str(caught.value).startswith(f"dsd/{name}{message}")
