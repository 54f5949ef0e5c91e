"""What all artefacts have, as each version says it."""

from dataclasses import replace

import pytest
from tests.examples.ml_writing import WRITERS, attributes, written
from tests.examples.texts import HARD

from icstip.artefacts.base import Annotation, Link, Maintainable, Reference, Texts
from icstip.artefacts.data_structure import Categorisation, Dataflow
from icstip.artefacts.items import AgencyScheme, Codelist, OrganisationUnitScheme
from icstip.errors import StructureError
from icstip.messages.xml import XML_LANG

in_all_versions = pytest.mark.parametrize("version", WRITERS)
in_3_x = pytest.mark.parametrize("version", ["3.0", "3.1"])
NAME = {"en": "List"}


def _codelist(version: str = "1.0", **fields: object) -> Codelist:
    return Codelist(**{"id": "CL", "agency": "TEST", "version": version, "name": NAME, **fields})  # type: ignore[arg-type]


def _annotated(*annotations: Annotation) -> Codelist:
    return _codelist(annotations=annotations)


@pytest.mark.parametrize(
    ("version", "final", "expected"),
    [
        ("1.0.0", None, ("1.0.0", "true")),
        ("1.0.0", False, ("1.0.0", "true")),
        ("1.0.0-draft", None, ("1.0.0", "false")),
        ("2.3.4-alpha.1", True, ("2.3.4", "false")),
        ("1.0", None, ("1.0", None)),
        ("1.0", True, ("1.0", "true")),
        ("1.0", False, ("1.0", "false")),
        ("7", True, ("7", "true")),
    ],
)
def test_2_1_says_whether_a_version_is_final(
    version: str,
    final: bool | None,  # noqa: FBT001
    expected: tuple[str, str | None],
) -> None:
    message = written("2.1", _codelist(version, final=final))
    element = message.one("s:Codelist")
    assert (element.get("version"), element.get("isFinal")) == expected
    assert ("FORMAT-002 draft-as-not-final" in message.said) is ("-" in version)


@in_3_x
@pytest.mark.parametrize("artefact_version", ["1.0.0", "1.0.0-draft", "2.3.4-alpha.1", "1.0", "7"])
def test_3_x_says_it_with_the_version(version: str, artefact_version: str) -> None:
    message = written(version, _codelist(artefact_version))
    element = message.one("s:Codelist")
    assert (element.get("version"), element.get("isFinal")) == (artefact_version, None)
    assert message.said == {}


@in_3_x
def test_3_x_cannot_say_that_a_version_of_two_parts_is_final(version: str) -> None:
    assert written(version, _codelist("1.0", final=True)).said == {"FORMAT-003 final-flag": ()}
    assert written(version, _codelist("1.0", final=False)).said == {}


@pytest.mark.parametrize(("version", "said"), [("2.1", "1.0"), ("3.0", None), ("3.1", None)])
def test_organisation_schemes_have_version_1_0_whatever_they_say(version: str, said: str | None) -> None:
    schemes = (
        AgencyScheme(id="AGENCIES", agency="TEST", version="2.0.0-draft", name=NAME),
        OrganisationUnitScheme(id="UNITS", agency="TEST", name=NAME),
    )
    message = written(version, *schemes)
    for kind, scheme in (("AgencyScheme", "AGENCIES"), ("OrganisationUnitScheme", "UNITS")):
        element = message.one(f"s:{kind}")
        assert element.get("urn") == f"urn:sdmx:org.sdmx.infomodel.base.{kind}=TEST:{scheme}(1.0)"
        assert (element.get("version"), element.get("isFinal")) == (said, None)
    assert message.said == {"FORMAT-003 version": ()}


def test_categorisations_have_no_versions_in_3_1() -> None:
    source, target = Reference("Dataflow", "T", "DF", "1.0"), Reference("Category", "T", "CS", "1.0", "A")
    categorisation = Categorisation(id="C", agency="TEST", version="1.1.0", name=NAME, source=source, target=target)
    message = written("3.1", categorisation)
    assert message.one("s:Categorisation").get("version") is None
    assert str(message.one("s:Categorisation").get("urn")).endswith("Categorisation=TEST:C(1.0)")
    assert message.said == {"FORMAT-003 version": ()}
    assert written("3.0", categorisation).one("s:Categorisation").get("version") == "1.1.0"


@in_all_versions
def test_dates_addresses_and_where_it_stands_are_said(version: str) -> None:
    fields: dict[str, object] = {
        "uri": "https://example.org/?a=1&b=2",
        "valid_from": "2020-01-01T00:00:00",
        "valid_to": "2021-01-01T00:00:00Z",
        "external": True,
        "service_url": "https://example.org/rest",
        "structure_url": "https://example.org/file.xml",
    }
    element = written(version, replace(_codelist(), **fields)).one("s:Codelist")  # type: ignore[arg-type]
    said = ("uri", "validFrom", "validTo", "isExternalReference", "serviceURL", "structureURL")
    expected = ["true" if value is True else value for value in fields.values()]
    assert [element.get(name) for name in said] == expected


@pytest.mark.parametrize(("version", "said"), [("2.1", None), ("3.0", None), ("3.1", "true")])
def test_only_3_1_says_that_languages_were_left_out(version: str, said: str | None) -> None:
    message = written(version, _codelist(partial_language=True))
    assert message.one("s:Codelist").get("isPartialLanguage") == said
    assert ("FORMAT-003 partial-language" in message.said) is (said is None)


@in_all_versions
def test_names_and_descriptions_come_in_all_languages_in_their_order_as_they_are(version: str) -> None:
    message = written(version, _codelist(name=HARD, description=dict(reversed(HARD.items()))))
    names, descriptions = message.all("s:Codelist/c:Name"), message.all("s:Codelist/c:Description")
    assert [(name.get(XML_LANG), name.text) for name in names] == list(HARD.items())
    assert [(text.get(XML_LANG), text.text) for text in descriptions] == list(reversed(HARD.items()))


@in_all_versions
def test_a_text_of_no_language_says_none_and_that_is_told(version: str) -> None:
    message = written(version, _codelist(name={"": "Plain"}))
    assert message.one("s:Codelist/c:Name").get(XML_LANG) is None
    assert message.said == {"FORMAT-003 no-language": ()}


@in_3_x
def test_annotations_have_values_and_addresses_in_languages(version: str) -> None:
    urls: Texts = {"": "https://example.org/", "fr": "https://example.org/fr"}
    message = written(
        version, _annotated(Annotation(id="A", type="T", title="t", urls=urls, text={"en": "x"}, value=""))
    )
    parts = [(str(part.tag).partition("}")[2], part.get(XML_LANG), part.text) for part in message.one("c:Annotation")]
    assert parts == [
        ("AnnotationTitle", None, "t"),
        ("AnnotationType", None, "T"),
        ("AnnotationURL", None, "https://example.org/"),
        ("AnnotationURL", "fr", "https://example.org/fr"),
        ("AnnotationText", "en", "x"),
        ("AnnotationValue", None, None),
    ]
    assert message.one("c:Annotation").get("id") == "A"
    assert message.said == {}


def test_the_value_of_an_annotation_is_a_title_in_2_1() -> None:
    message = written("2.1", _annotated(Annotation(id="A", type="T", value="v")))
    assert message.one("c:Annotation").get("id") == "A"
    assert message.texts("c:AnnotationTitle") == ["v"]
    assert message.texts("c:AnnotationType") == ["T"]
    assert message.said == {"FORMAT-002 annotation-value-as-title": ()}


def test_an_annotation_with_a_value_and_more_is_two_in_2_1() -> None:
    message = written("2.1", _annotated(Annotation(id="A", type="T", title="t", text={"en": "x"}, value="v")))
    assert [annotation.get("id") for annotation in message.all("c:Annotation")] == ["A", None]
    assert message.texts("c:AnnotationTitle") == ["t", "v"]
    assert message.texts("c:AnnotationType") == ["T", "T"]


@pytest.mark.parametrize(
    ("urls", "kept", "told"),
    [
        ({"": "https://a"}, "https://a", False),
        ({"fr": "https://f", "": "https://a"}, "https://a", True),
        ({"fr": "https://f", "en": "https://e"}, "https://f", True),
    ],
)
def test_an_annotation_has_one_address_of_no_language_in_2_1(urls: Texts, kept: str, told: bool) -> None:  # noqa: FBT001
    message = written("2.1", _annotated(Annotation(urls=urls)))
    assert message.texts("c:AnnotationURL") == [kept]
    assert ("FORMAT-003 annotation-urls" in message.said) is told


def test_links_are_in_3_x_only() -> None:
    links = (Link(rel="r", url="https://example.org/?a&b", urn="urn:x=y:z(1.0)", type="t"), Link(rel="s", url="u"))
    for version in ("3.0", "3.1"):
        found = [attributes(link) for link in written(version, _codelist(links=links)).all("c:Link")]
        assert found == [
            {"rel": "r", "url": "https://example.org/?a&b", "urn": "urn:x=y:z(1.0)", "type": "t"},
            {"rel": "s", "url": "u"},
        ]
    assert written("2.1", _codelist(links=links)).said == {"FORMAT-003 links": ()}


@in_all_versions
@pytest.mark.parametrize(
    ("artefact", "message_id"),
    [
        (_codelist(name={}), "structure-unnamed"),
        (_codelist(id="1CL"), "id-refused"),
        (_codelist(id="C L"), "id-refused"),
        (_codelist(agency="1A"), "id-refused"),
        (_codelist("v1"), "version-refused"),
        (_codelist("1.0+.0"), "version-refused"),
        (Dataflow(id="D.F", agency="TEST", name=NAME), "id-refused"),
        (AgencyScheme(id="OTHER", agency="TEST", name=NAME), "id-refused"),
    ],
    ids=lambda value: str(value.reference) if isinstance(value, Maintainable) else None,
)
def test_what_is_broken_in_itself_is_refused(version: str, artefact: Maintainable, message_id: str) -> None:
    with pytest.raises(StructureError) as error:
        written(version, artefact)
    assert error.value.message_id == message_id
    assert error.value.where == f"{artefact.kind}={artefact.reference}"
    assert error.value.line()


@in_all_versions
def test_a_character_that_xml_cannot_hold_is_refused(version: str) -> None:
    with pytest.raises(StructureError) as error:
        written(version, _codelist(name={"en": "a\x07b"}))
    assert error.value.message_id == "xml-character"


@in_all_versions
def test_an_agency_can_be_below_another_one(version: str) -> None:
    assert written(version, _codelist(agency="UN.STAT-D.x_1")).one("s:Codelist").get("agencyID") == "UN.STAT-D.x_1"
