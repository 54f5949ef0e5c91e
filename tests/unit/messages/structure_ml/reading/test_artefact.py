"""What all artefacts have: texts, annotations, links, versions, what stands elsewhere."""

import pytest
from tests.examples.ml_messages import URN, VERSIONS, document, only, unread

from icstip.artefacts.base import Annotation, Link, Maintainable
from icstip.artefacts.data_structure import Dataflow


def _codelist(version: str, inside: str = "<c:Name>N</c:Name>", attributes: str = "") -> Maintainable:
    return only(version, f'<s:Codelist id="CL" agencyID="T" {attributes}>{inside}</s:Codelist>')


@pytest.mark.parametrize("version", VERSIONS)
def test_texts_come_in_all_languages_in_their_order_exactly_as_they_stand(version: str) -> None:
    inside = """<c:Name xml:lang="fr"> L'été
 &amp; après </c:Name><c:Name xml:lang="ar">الضحايا</c:Name><c:Description xml:lang="en"/>"""
    found = _codelist(version, inside)
    assert list(found.name.items()) == [("fr", " L'été\n & après "), ("ar", "الضحايا")]
    assert found.description == {"en": ""}


def test_a_text_without_language_is_english() -> None:
    assert _codelist("3.0", "<c:Name>Name</c:Name>").name == {"en": "Name"}


def test_a_text_that_says_that_it_has_no_language_has_none() -> None:
    assert _codelist("3.0", '<c:Name xml:lang="">Name</c:Name>').name == {"": "Name"}


def test_a_second_text_in_a_language_is_told() -> None:
    twice = '<s:Codelist id="CL" agencyID="T"><c:Name>One</c:Name><c:Name xml:lang="en">Two</c:Name></s:Codelist>'
    assert document("3.0", f"<s:A>{twice}</s:A>").artefacts.artefacts[0].name == {"en": "One"}
    assert unread("3.0", twice) == [("Codelist=T:CL(1.0)", "Name")]


def test_annotations_come_with_all_that_they_say() -> None:
    inside = """<c:Annotations><c:Annotation id=" 1 "><c:AnnotationTitle> T </c:AnnotationTitle>
        <c:AnnotationType>TYPE</c:AnnotationType><c:AnnotationURL>https://example.org/?a&amp;b</c:AnnotationURL>
        <c:AnnotationURL xml:lang="fr">https://example.org/fr</c:AnnotationURL>
        <c:AnnotationText>Text</c:AnnotationText><c:AnnotationText xml:lang="fr"> Texte</c:AnnotationText>
        <c:AnnotationValue>1 </c:AnnotationValue></c:Annotation><c:Annotation/></c:Annotations>"""
    urls = {"": "https://example.org/?a&b", "fr": "https://example.org/fr"}
    text = {"en": "Text", "fr": " Texte"}
    full = Annotation(id=" 1 ", type="TYPE", title=" T ", urls=urls, text=text, value="1 ")
    assert _codelist("3.0", inside).annotations == (full, Annotation())


def test_links_come_with_all_that_they_say() -> None:
    inside = '<c:Link rel="a" url="https://example.org" urn="urn:x" type="text/html"/><c:Link rel="b" url="c"/>'
    links = (Link(rel="a", url="https://example.org", urn="urn:x", type="text/html"), Link(rel="b", url="c"))
    assert _codelist("3.0", inside).links == links


@pytest.mark.parametrize("version", VERSIONS)
def test_the_attributes_of_an_artefact_come(version: str) -> None:
    attributes = (
        f'version=" 2.0 " urn="{URN}codelist.Codelist=T:CL(2.0)" uri="https://example.org/cl" '
        'isExternalReference="1" validFrom="2020-01-01T00:00:00" validTo="2021-01-01T00:00:00Z" '
        'serviceURL="https://example.org/s" structureURL="https://example.org/t" isPartial="true"'
    )
    found = _codelist(version, attributes=attributes)
    assert (found.version, found.uri, found.external) == ("2.0", "https://example.org/cl", True)
    assert (found.valid_from, found.valid_to) == ("2020-01-01T00:00:00", "2021-01-01T00:00:00Z")
    assert (found.service_url, found.structure_url) == ("https://example.org/s", "https://example.org/t")


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_not_said_has_the_defaults_of_the_schemas(version: str) -> None:
    found = _codelist(version)
    assert (found.version, found.final, found.external, found.partial_language) == ("1.0", None, False, False)


def test_a_language_that_was_left_out_is_said_in_3_1_only() -> None:
    assert _codelist("3.1", attributes='isPartialLanguage="true"').partial_language
    assert unread("3.0", '<s:Codelist id="A" agencyID="T" isPartialLanguage="true"/>') == [
        ("Codelist=T:A(1.0)", "Codelist@isPartialLanguage")
    ]


@pytest.mark.parametrize(
    ("attributes", "version", "final"),
    [
        ('version="1.0.0"', "1.0.0-draft", None),
        ('version="1.0.0" isFinal="false"', "1.0.0-draft", None),
        ('version="1.0.0" isFinal="true"', "1.0.0", None),
        ('version="1.0.0-rc" isFinal="false"', "1.0.0-rc", None),
        ('version="1.0"', "1.0", None),
        ('version="1.0" isFinal="false"', "1.0", False),
        ('isFinal="1"', "1.0", True),
        ('version="01.0.0" isFinal="false"', "01.0.0", False),
    ],
)
def test_in_2_1_what_is_not_final_has_the_version_of_a_draft(
    attributes: str, version: str, *, final: bool | None
) -> None:
    found = _codelist("2.1", attributes=attributes)
    assert (found.version, found.final) == (version, final)


@pytest.mark.parametrize("version", ["3.0", "3.1"])
def test_in_3_x_the_version_says_it_all(version: str) -> None:
    assert _codelist(version, attributes='version="1.0.0"').version == "1.0.0"
    assert unread(version, '<s:Codelist id="A" agencyID="T" isFinal="true"/>') == [
        ("Codelist=T:A(1.0)", "Codelist@isFinal")
    ]


def test_references_to_a_draft_of_the_same_message_of_2_1_follow_it_and_others_do_not() -> None:
    def flow(identity: str, structure: str) -> str:
        ref = f'<Ref id="{structure}" agencyID="T" version="1.0.0" class="DataStructure" package="datastructure"/>'
        return f'<s:Dataflow id="{identity}" agencyID="T"><s:Structure>{ref}</s:Structure></s:Dataflow>'

    structures = '<s:DataStructure id="DRAFT" agencyID="T" version="1.0.0"/>'
    structures += '<s:DataStructure id="FINAL" agencyID="T" version="1.0.0" isFinal="true"/>'
    flows = flow("A", "DRAFT") + flow("B", "FINAL") + flow("C", "ELSEWHERE")
    found = document("2.1", f"<s:A>{flows}</s:A><s:B>{structures}</s:B>").artefacts.all_of(Dataflow)
    assert [item.structure.version if item.structure else None for item in found] == ["1.0.0-draft", "1.0.0", "1.0.0"]


def test_a_truth_value_that_is_none_is_told() -> None:
    strange = '<s:Codelist id="A" agencyID="T" isExternalReference="maybe"/>'
    assert not document("3.0", f"<s:A>{strange}</s:A>").artefacts.artefacts[0].external
    assert unread("3.0", strange) == [("Codelist=T:A(1.0)", "Codelist@isExternalReference")]
