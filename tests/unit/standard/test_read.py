"""The tables become the model."""

from collections.abc import Callable
from pathlib import Path

import pytest

from icstip.errors import StandardError
from icstip.standard.location import VARIABLE
from icstip.standard.model import Attachment, Role
from icstip.standard.read import read_standard

Plant = Callable[[str, str, str], None]


def test_the_settings_are_the_issue_of_the_standard(dsd: Path) -> None:
    standard = read_standard(dsd)
    assert (standard.agency, standard.version, standard.final) == ("TEST", "1.0.0-draft", False)
    assert standard.languages == ("en", "ar")
    assert standard.name == {"en": "Small standard", "ar": "معيار صغير"}
    assert standard.agency_name["en"] == "Test agency"
    assert (standard.concept_scheme.id, standard.concept_scheme.name["ar"]) == ("CS_TEST", "مفاهيم")


def test_the_time_of_preparation_has_a_fixed_default(dsd: Path, plant: Plant) -> None:
    assert read_standard(dsd).prepared == "2026-11-22T00:00:00Z"
    plant("standard.toml", "final =", 'prepared = "2027-01-01T00:00:00Z"\nfinal =')
    assert read_standard(dsd).prepared == "2027-01-01T00:00:00Z"


def test_a_text_that_is_missing_in_a_language_is_absent(dsd: Path) -> None:
    standard = read_standard(dsd)
    assert standard.concept_scheme.description == {}
    assert standard.codelists["CL_SEX"].by_id["F"].description == {}


def test_a_concept_has_its_counting_note_in_each_language(dsd: Path) -> None:
    concept = read_standard(dsd).concepts["FORM"]
    assert (concept.counting, concept.counting_note) == (
        "MULTIPLE",
        {"en": "Any mention counts.", "ar": "يحصى كل ذكر."},
    )
    assert concept.description["en"] == "Form of exploitation,\nas recorded."


def test_a_list_that_extends_another_has_the_codes_of_both(dsd: Path) -> None:
    codelist = read_standard(dsd).codelists["CL_OWN_GROUP"]
    assert [code.id for code in codelist.codes] == ["_T", "LABOUR", "FARM", "FIELDS"]
    assert [code.id for code in codelist.children("LABOUR")] == ["FARM", "FIELDS"]
    assert codelist.extends == "CL_OWN_FORM"


def test_a_list_and_its_codes_keep_origin_source_and_pattern(dsd: Path) -> None:
    codelist = read_standard(dsd).codelists["CL_SEX"]
    assert (codelist.origin, codelist.source, codelist.pattern) == ("SDMX:CL_SEX(1.0)", "SDMX", "[A-Z_]+")
    assert (codelist.by_id["X"].origin, codelist.by_id["X"].source) == ("", "SDMX PROJECT")


def test_a_structure_has_its_components_in_order(dsd: Path) -> None:
    structure = read_standard(dsd).structures["VICTIM"]
    assert (structure.unit, structure.name["en"]) == ("victim", "Victim")
    assert [(c.id, c.position) for c in structure.dimensions] == [
        ("SEX", 1),
        ("FORM", 2),
        ("GROUP", 3),
        ("TIME_PERIOD", 4),
    ]
    assert [c.id for c in structure.measures] == ["OBS_VALUE"]
    assert [(c.id, c.attachment, c.mandatory) for c in structure.attributes] == [
        ("RULE", Attachment.SERIES, True),
        ("NOTE", Attachment.OBSERVATION, False),
    ]


def test_only_a_dimension_that_does_not_refuse_it_may_use_the_total(dsd: Path) -> None:
    structure = read_standard(dsd).structures["VICTIM"]
    assert [c.id for c in structure.components if c.total] == ["SEX", "GROUP"]
    assert all(c.mandatory for c in structure.dimensions)
    assert structure.dimensions[-1].role is Role.TIME_DIMENSION


def test_the_constraints_are_what_a_structure_allows(dsd: Path) -> None:
    assert read_standard(dsd).structures["VICTIM"].allowed == {"FORM": frozenset({"FARM", "LABOUR"})}


def test_a_dataflow_names_its_structure(dsd: Path) -> None:
    flow = read_standard(dsd).dataflows["DF_VICTIM"]
    assert (flow.structure, flow.name["ar"], flow.source) == ("VICTIM", "الضحايا", "PROJECT")


def test_the_folder_is_the_one_that_the_variable_names(dsd: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(dsd))
    assert read_standard().agency == "TEST"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("components.csv", "RULE,CL_OWN_RULE", "RULE,CL_RULE", ":7: codelist 'CL_RULE' does not exist"),
        ("components.csv", "VICTIM,2,", "VICTIM,two,", ":3: 'two' cannot stand in position"),
        ("components.csv", "RULE,attribute", "RULE,atribute", ":7: 'atribute' cannot stand in role"),
        ("components.csv", "series", "group", ":7: 'group' cannot stand in attachment"),
        ("components.csv", "attribute,NOTE", "attribute,REMARK", ":8: concept 'REMARK' does not exist"),
        ("components.csv", "VICTIM,,NOTE", "EVENT,,NOTE", ":8: structure 'EVENT' does not exist"),
        ("components.csv", "VICTIM,,NOTE", "VICTIM,,RULE", ":8: 'RULE' stands here a second time"),
        ("codelists.csv", "CL_OWN_GROUP,CL_OWN_FORM", "CL_OWN_GROUP,CL_FORM", ":4: codelist 'CL_FORM' does not exist"),
        ("codelists.csv", "CL_OWN_RULE,,", ",,", ":5: '' cannot stand in id"),
        ("codelists.csv", "CL_OWN_RULE,,", "CL_OWN_RULE,CL_OWN_RULE,", ":5: 'CL_OWN_RULE' extends itself"),
        ("concepts.csv", "NOTE,Note", "SEX,Note", ":9: 'SEX' stands here a second time"),
        ("constraints/structures.csv", "VICTIM,FORM,FARM", "VICTIM,MEANS,FARM", ":2: component 'MEANS' does not exist"),
        ("dataflows.csv", "DF_VICTIM,VICTIM", "DF_VICTIM,EVENT", ":2: structure 'EVENT' does not exist"),
        ("codelists/CL_SEX.csv", "parent", "above", ":1: columns missing: parent"),
        ("standard.toml", 'agency = "TEST"', "", ":1: '' cannot stand in agency"),
    ],
)
def test_what_makes_a_model_impossible_is_an_error_with_file_and_line(
    dsd: Path, plant: Plant, name: str, old: str, new: str, message: str
) -> None:
    plant(name, old, new)
    with pytest.raises(StandardError) as caught:
        read_standard(dsd)
    assert str(caught.value).startswith(f"dsd/{name}{message}")


def test_a_list_whose_file_is_missing_is_an_error_where_it_is_announced(dsd: Path) -> None:
    (dsd / "codelists/CL_OWN_RULE.csv").unlink()
    with pytest.raises(StandardError, match=r"^dsd/codelists\.csv:5: codelist 'CL_OWN_RULE' does not exist"):
        read_standard(dsd)


def test_a_standard_can_do_without_constraints_categories_providers_hierarchies_and_crosswalks(dsd: Path) -> None:
    standard = read_standard(dsd)
    assert (standard.category_scheme, standard.provider_scheme, standard.providers) == (None, None, ())
    assert not any((standard.constraints, standard.categories, standard.hierarchies, standard.crosswalks))
