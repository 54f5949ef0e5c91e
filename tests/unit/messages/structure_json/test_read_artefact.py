"""What artefacts have in common, and items, in the forms in which other tools write them."""

import pytest
from tests.examples.json_messages import VERSIONS, only, unread

from icstip.artefacts.base import Annotation, Link, Reference, Representation, TextFormat
from icstip.artefacts.items import (
    AgencyScheme,
    CategoryScheme,
    Codelist,
    ConceptScheme,
    Contact,
    Extension,
    Item,
    OrganisationUnitScheme,
    ValueList,
)
from icstip.messages.structure_json.reading.artefact import canonical_tag

HEAD = {"id": "CL", "agencyID": "A", "version": "1.0", "name": "Codes"}
CODES = Codelist(id="CL", agency="A", version="1.0", name={"en": "Codes"})
URN = "urn:sdmx:org.sdmx.infomodel."


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("languages", "expected"), [([], "en"), (["fr", "en"], "fr"), (["pt-br"], "pt-BR")])
def test_a_name_without_languages_is_in_the_main_one_of_the_message(
    version: str, languages: list[str], expected: str
) -> None:
    found = only(version, "codelists", HEAD, contentLanguages=languages)
    assert found == Codelist(id="CL", agency="A", version="1.0", name={expected: "Codes"})


def test_the_best_match_does_not_count_where_there_are_languages() -> None:
    names = {"fr": "Liste", "und": "List"}
    found = only("2.0", "codelists", {**HEAD, "name": "Other", "names": names})
    assert found == Codelist(id="CL", agency="A", version="1.0", name={"fr": "Liste", "": "List"})


def test_an_artefact_without_a_version_has_1_0() -> None:
    assert only("2.0", "codelists", {"id": "CL", "agencyID": "A", "name": "Codes"}) == CODES


def test_a_link_to_itself_is_no_link_but_says_the_uri() -> None:
    itself = {"rel": "self", "urn": f"{URN}codelist.Codelist=A:CL(1.0)", "href": "https://a.org/cl", "type": "x/y"}
    links = [{**itself, "uri": "https://a.org"}, {"rel": "more", "href": "/rest", "type": "text/html"}]
    assert only("2.0", "codelists", {**HEAD, "links": links}) == Codelist(
        id="CL",
        agency="A",
        version="1.0",
        name={"en": "Codes"},
        uri="https://a.org",
        links=(Link(rel="more", url="/rest", type="text/html"),),
    )


def test_the_address_of_a_link_to_itself_counts_for_what_stands_elsewhere() -> None:
    links = [{"rel": "self", "href": "https://a.org/cl"}, {"rel": "service", "href": "https://a.org/ws"}]
    assert only("2.0", "codelists", {**HEAD, "isExternalReference": True, "links": links}) == Codelist(
        id="CL",
        agency="A",
        version="1.0",
        name={"en": "Codes"},
        external=True,
        structure_url="https://a.org/cl",
        service_url="https://a.org/ws",
    )


def test_annotations_have_addresses_by_language() -> None:
    links = [{"rel": "self", "href": "https://a.org"}, {"rel": "alternate", "uri": "/br", "hreflang": "pt-br"}]
    annotations = [{"id": "1", "text": "Note", "links": links}, {"type": "T", "title": "t", "value": "v"}]
    assert only("2.0", "codelists", {**HEAD, "annotations": annotations}) == Codelist(
        id="CL",
        agency="A",
        version="1.0",
        name={"en": "Codes"},
        annotations=(
            Annotation(id="1", urls={"": "https://a.org", "pt-BR": "/br"}, text={"en": "Note"}),
            Annotation(type="T", title="t", value="v"),
        ),
    )


def test_what_a_version_does_not_have_is_told() -> None:
    codes = {**HEAD, "isPartialLanguage": True, "isFinal": True, "annotations": [{"value": "v"}]}
    told = {name for _, name in unread("2.0", {"codelists": [codes]})}
    assert told == {"codelists.isPartialLanguage", "codelists.isFinal"}
    assert {name for _, name in unread("1.0", {"codelists": [codes]})} == {
        "codelists.isPartialLanguage",
        "annotations.value",
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("EN", "en"),
        ("en-gb", "en-GB"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("sr-latn", "sr-Latn"),
        ("es-419", "es-419"),
        ("de-1996", "de-1996"),
        ("x-ab-cdef", "x-ab-cdef"),
        ("en-u-ab", "en-u-ab"),
        ("", ""),
    ],
)
def test_language_tags_get_the_usual_letters(given: str, expected: str) -> None:
    assert canonical_tag(given) == expected


def test_parents_are_told_by_id_or_by_urn() -> None:
    organisation = {"id": "OS", "agencyID": "A", "name": "Units"}
    urn = f"{URN}base.OrganisationUnit=A:OS(1.0).U"
    units = [{"id": "U", "name": "U"}, {"id": "V", "name": "V", "parent": "U"}, {"id": "W", "name": "W", "parent": urn}]
    expected = OrganisationUnitScheme(
        id="OS",
        agency="A",
        name={"en": "Units"},
        items=(
            Item(id="U", name={"en": "U"}),
            Item(id="V", name={"en": "V"}, parent="U"),
            Item(id="W", name={"en": "W"}, parent="U"),
        ),
    )
    for version in VERSIONS:
        assert only(version, "organisationUnitSchemes", {**organisation, "organisationUnits": units}) == expected


def test_a_parent_by_a_urn_that_is_none_is_told() -> None:
    codes = {**HEAD, "codes": [{"id": "B", "name": "B", "parent": "urn:x"}]}
    assert unread("2.0", {"codelists": [codes]}) == [("Codelist=A:CL(1.0)", "codes.parent")]


def test_the_version_of_an_organisation_scheme_is_1_0() -> None:
    scheme = {"id": "AGENCIES", "agencyID": "A", "name": "Agencies", "version": "2.0"}
    assert unread("1.0", {"agencySchemes": [scheme]}) == [("AgencyScheme=A:AGENCIES(1.0)", "agencySchemes.version")]
    assert only("1.0", "agencySchemes", {**scheme, "version": "1.0"}) == AgencyScheme(
        id="AGENCIES", agency="A", version="1.0", name={"en": "Agencies"}
    )


def test_contacts_are_read() -> None:
    contact = {
        "name": "Desk",
        "departments": {"fr": "D"},
        "role": "R",
        "emails": ["a@b.c", "d@e.f"],
        "telephones": ["1"],
        "x400s": ["x"],
        "uris": ["/"],
        "faxes": ["2"],
    }
    agencies = [{"id": "X", "name": "X", "contacts": [contact]}]
    assert only("2.0", "agencySchemes", {"id": "AGENCIES", "agencyID": "A", "name": "N", "agencies": agencies}) == (
        AgencyScheme(
            id="AGENCIES",
            agency="A",
            name={"en": "N"},
            items=(
                Item(
                    id="X",
                    name={"en": "X"},
                    contacts=(
                        Contact(
                            name={"en": "Desk"},
                            department={"fr": "D"},
                            role={"en": "R"},
                            channels=(
                                ("Telephone", "1"),
                                ("Fax", "2"),
                                ("X400", "x"),
                                ("URI", "/"),
                                ("Email", "a@b.c"),
                                ("Email", "d@e.f"),
                            ),
                        ),
                    ),
                ),
            ),
        )
    )


def test_categories_come_in_the_order_in_which_they_stand_in_each_other() -> None:
    below = [{"id": "B", "name": "B", "categories": [{"id": "A", "name": "C"}]}, {"id": "D", "name": "D"}]
    scheme = {**HEAD, "categories": [{"id": "A", "name": "A", "categories": below}, {"id": "E", "name": "E"}]}
    found = only("2.0", "categorySchemes", scheme)
    assert isinstance(found, CategoryScheme)
    assert [item.path for item in found.items] == ["A", "A.B", "A.B.A", "A.D", "E"]


def test_iso_concepts_are_told_by_urn_in_1_0_and_by_parts_in_2_x() -> None:
    parts = {"conceptAgency": "ISO", "conceptSchemeID": "S", "conceptID": "C"}
    for version, told in (("1.0", f"{URN}conceptscheme.Concept=ISO:S(1.0).C"), ("2.0", parts)):
        scheme = {**HEAD, "concepts": [{"id": "X", "name": "X", "isoConceptReference": told}]}
        assert only(version, "conceptSchemes", scheme) == ConceptScheme(
            id="CL",
            agency="A",
            version="1.0",
            name={"en": "Codes"},
            items=(Item(id="X", name={"en": "X"}, iso_concept=("ISO", "S", "C")),),
        )


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, None),
        ({"format": {}}, TextFormat()),
        ({"format": {"dataType": "Decimal", "minValue": -1.50, "maxLength": 7}}, None),
        ({"format": {"isMultiLingual": True}}, TextFormat(None, {"isMultiLingual": "true"})),
        ({"format": {"isMultilingual": True}}, TextFormat(None, {"isMultiLingual": "true"})),
        ({"format": {"isMultiLingual": False, "isSequence": False}}, TextFormat(None, {"isSequence": "false"})),
        ({"format": {"pattern": "[a-z]", "timeInterval": "P1Y"}}, None),
    ],
)
def test_text_formats_are_read(told: dict[str, dict[str, object]], expected: TextFormat | None) -> None:
    scheme = {**HEAD, "concepts": [{"id": "X", "name": "X", "coreRepresentation": told}]}
    found = only("2.0", "conceptSchemes", scheme)
    assert isinstance(found, ConceptScheme)
    facets = {name: str(value) for name, value in told.get("format", {}).items() if name != "dataType"}
    same = TextFormat(str(told["format"]["dataType"]) if "dataType" in told.get("format", {}) else None, facets)
    assert found.items[0].representation == Representation(format=expected or (same if told else None))


def test_how_many_values_there_can_be_is_a_number_or_a_word() -> None:
    for told, expected in ((3, "3"), ("unbounded", "unbounded")):
        representation = {"format": {}, "minOccurs": 0, "maxOccurs": told}
        scheme = {**HEAD, "concepts": [{"id": "X", "name": "X", "coreRepresentation": representation}]}
        found = only("2.0", "conceptSchemes", scheme)
        assert isinstance(found, ConceptScheme)
        assert found.items[0].representation == Representation(None, TextFormat(), 0, expected)


def test_facets_of_another_type_are_told() -> None:
    form = {"minLength": "3", "isSequence": "true", "pattern": 3, "sentinelValues": ["x"], "colour": 1}
    scheme = {**HEAD, "concepts": [{"id": "X", "name": "X", "coreRepresentation": {"format": form}}]}
    assert {name for _, name in unread("2.0", {"conceptSchemes": [scheme]})} == {f"format.{name}" for name in form}


def test_sentinel_values_can_be_numbers() -> None:
    form = {"sentinelValues": [{"value": -1, "name": "None"}, {"value": "x", "names": {"fr": "X"}, "description": "D"}]}
    scheme = {**HEAD, "concepts": [{"id": "X", "name": "X", "coreRepresentation": {"format": form}}]}
    found = only("2.0", "conceptSchemes", scheme)
    assert isinstance(found, ConceptScheme)
    assert found.items[0].representation == Representation(
        format=TextFormat(sentinels=(("-1", {"en": "None"}, {}), ("x", {"fr": "X"}, {"en": "D"})))
    )


def test_extensions_select_codes_or_patterns() -> None:
    other = f"{URN}codelist.Codelist=A:CL2(1.0+.0)"
    chosen = {"memberValues": ["X", {"value": "Y", "cascadeValues": True}], "wildcardedMemberValues": ["Z%"]}
    cascading = {"memberValues": [{"value": "Y", "cascadeValues": "excluderoot"}]}
    extensions = [
        {"codelist": other, "prefix": "P_", "inclusiveCodeSelection": chosen},
        {"codelist": other, "exclusiveCodeSelection": cascading},
        {"codelist": other},
    ]
    reference = Reference("Codelist", "A", "CL2", "1.0+.0")
    assert only("2.0", "codelists", {**HEAD, "codelistExtensions": extensions}) == Codelist(
        id="CL",
        agency="A",
        version="1.0",
        name={"en": "Codes"},
        extensions=(
            Extension(reference, "P_", members=(("X", "false"), ("Y", "true"), ("Z%", "false"))),
            Extension(reference, include=False, members=(("Y", "excluderoot"),)),
            Extension(reference),
        ),
    )


def test_values_need_no_names() -> None:
    assert only("2.0", "valueLists", {**HEAD, "valueItems": [{"id": "< 5"}, {"id": ""}]}) == ValueList(
        id="CL", agency="A", version="1.0", name={"en": "Codes"}, items=(Item(id="< 5"), Item(id=""))
    )
