"""Code lists, the concept scheme, agencies and data providers."""

from dataclasses import replace

import pytest

from icstip.artefacts.base import Reference, Representation
from icstip.artefacts.items import Codelist, ConceptScheme
from icstip.errors import StructureError
from icstip.standard import model
from icstip.standard.model import Code, Standard
from icstip.structures.building.item_schemes import build_codelist, build_concept_scheme
from icstip.structures.building.maintenance import Issue
from icstip.structures.building.organisations import build_agency_scheme, build_provider_scheme


@pytest.fixture(scope="module")
def forms(full_standard: Standard) -> Codelist:
    return build_codelist(full_standard.codelists["CL_FORM"], Issue(full_standard))


@pytest.fixture(scope="module")
def concepts(full_standard: Standard) -> ConceptScheme:
    return build_concept_scheme(Issue(full_standard))


def test_codes_come_in_the_order_of_the_table_with_parents_and_texts_in_all_languages(forms: Codelist) -> None:
    assert [(code.id, code.parent) for code in forms.items] == [
        ("_T", ""),
        ("LABOUR", ""),
        ("SLAVERY", "LABOUR"),
        ("_U", ""),
    ]
    assert list(forms.items[1].name) == ["en", "fr", "es", "ar"]
    assert forms.items[1].description["fr"] == "Travail « exigé » sous la menace."
    assert (forms.name, forms.description) == ({"en": "Forms", "fr": "Formes"}, {"en": "Of exploitation."})


def test_source_and_origin_are_one_annotation_each(full_standard: Standard) -> None:
    areas = build_codelist(full_standard.codelists["CL_AREA"], Issue(full_standard))
    notes = [(note.type, note.title) for note in areas.annotations]
    assert notes == [("SOURCE", "SDMX M49"), ("ORIGIN", "SDMX:CL_AREA(2.0.1)")]
    assert [(note.type, note.title) for note in areas.items[2].annotations] == [("SOURCE", "M49")]


def test_how_a_concept_is_counted_is_an_annotation_in_all_languages(concepts: ConceptScheme) -> None:
    form = next(concept for concept in concepts.items if concept.id == "FORM")
    counting = form.annotations[-1]
    assert (counting.type, counting.title) == ("COUNTING", "MULTIPLE")
    assert counting.text == {"en": "Any mention.", "ar": "أي ذكر."}


def test_a_concept_has_the_one_code_list_that_all_its_components_use(concepts: ConceptScheme) -> None:
    representations = {concept.id: concept.representation for concept in concepts.items}
    areas = Reference("Codelist", "TEST", "CL_AREA", "1.0.0-draft")
    assert representations["AREA"] == Representation(areas)
    # PLACE uses it with a code list, COMMENT and TITLE without one.
    assert (representations["NOTE"], representations["OBS_VALUE"]) == (None, None)


def test_a_parent_outside_the_list_is_refused(full_standard: Standard) -> None:
    orphans = model.Codelist("CL_X", {"en": "X"}, {}, (Code("A", {"en": "A"}, parent="NO"),))
    with pytest.raises(StructureError, match=r"CL_X\.A: refers to Code 'NO'"):
        build_codelist(orphans, Issue(full_standard))


@pytest.mark.parametrize(("agency", "above", "item"), [("TEST", "SDMX", "TEST"), ("UN.DESA.STATS", "UN.DESA", "STATS")])
def test_the_agency_belongs_to_a_part_of_the_scheme_of_the_one_above(
    full_standard: Standard, agency: str, above: str, item: str
) -> None:
    scheme = build_agency_scheme(full_standard.reissued(agency=agency))
    assert (scheme.id, scheme.agency, scheme.version, scheme.partial) == ("AGENCIES", above, "1.0", True)
    assert [(agency.id, agency.name) for agency in scheme.items] == [
        (item, {"en": "Test agency", "fr": "Agence d'essai"})
    ]


def test_the_scheme_of_the_agency_has_a_name_in_each_language_of_the_standard_that_has_one(
    full_standard: Standard,
) -> None:
    assert build_agency_scheme(full_standard).name["en"] == "Agencies"
    assert build_agency_scheme(replace(full_standard, languages=("pt",))).name == {"en": "Agencies"}


def test_data_providers_have_their_names_and_sources(full_standard: Standard) -> None:
    assert full_standard.provider_scheme is not None
    scheme = build_provider_scheme(full_standard.provider_scheme, Issue(full_standard))
    assert (scheme.id, scheme.agency, scheme.version, scheme.partial) == ("DATA_PROVIDERS", "TEST", "1.0", False)
    assert [(provider.id, provider.name["en"]) for provider in scheme.items] == [
        ("CI", "Côte d'Ivoire"),
        ("002", "Africa"),
    ]
    assert [note.title for note in scheme.items[0].annotations] == ["M49"]
