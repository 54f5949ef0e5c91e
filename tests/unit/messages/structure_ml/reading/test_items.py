"""Item schemes."""

import pytest
from tests.examples.ml_messages import URN, VERSIONS, document, only, unread

from icstip.artefacts.base import Annotation, Reference, Representation, TextFormat
from icstip.artefacts.items import (
    AgencyScheme,
    CategoryScheme,
    Codelist,
    ConceptScheme,
    Contact,
    DataConsumerScheme,
    DataProviderScheme,
    Extension,
    Item,
    ItemScheme,
    MetadataProviderScheme,
    OrganisationUnitScheme,
    ValueList,
)
from icstip.errors import FormatError

CL_A = Reference("Codelist", "T", "CL_A", "1.0")


def _scheme(version: str, tag: str, inside: str, attributes: str = "") -> ItemScheme:
    found = only(version, f'<s:{tag} id="S" agencyID="T" {attributes}>{inside}</s:{tag}>')
    assert isinstance(found, ItemScheme)
    return found


def _parents(version: str, inside: str) -> dict[str, str]:
    return {item.id: item.parent for item in _scheme(version, "Codelist", inside).items}


def _annotated(annotation_type: str, title: str) -> str:
    texts = f"<c:AnnotationTitle>{title}</c:AnnotationTitle><c:AnnotationType>{annotation_type}</c:AnnotationType>"
    return f'<s:Code id="B"><c:Annotations><c:Annotation>{texts}</c:Annotation></c:Annotations></s:Code>'


@pytest.mark.parametrize(
    ("cls", "tag", "item", "versions"),
    [
        (AgencyScheme, "AgencyScheme", "Agency", VERSIONS),
        (DataProviderScheme, "DataProviderScheme", "DataProvider", VERSIONS),
        (DataConsumerScheme, "DataConsumerScheme", "DataConsumer", VERSIONS),
        (MetadataProviderScheme, "MetadataProviderScheme", "MetadataProvider", ("3.0", "3.1")),
        (OrganisationUnitScheme, "OrganisationUnitScheme", "OrganisationUnit", VERSIONS),
        (Codelist, "Codelist", "Code", VERSIONS),
        (ConceptScheme, "ConceptScheme", "Concept", VERSIONS),
        (CategoryScheme, "CategoryScheme", "Category", VERSIONS),
        (ValueList, "ValueList", "ValueItem", ("3.0", "3.1")),
    ],
)
def test_every_scheme_comes_with_its_items_in_order(
    cls: type[ItemScheme], tag: str, item: str, versions: tuple[str, ...]
) -> None:
    items = f'<s:{item} id="B"><c:Name>Two</c:Name></s:{item}><s:{item} id="A"><c:Name>One</c:Name></s:{item}>'
    for version in versions:
        found = _scheme(version, tag, items, 'isPartial="true"')
        assert type(found) is cls
        assert found.partial
        assert found.items == (Item(id="B", name={"en": "Two"}), Item(id="A", name={"en": "One"}))


def test_a_parent_comes_as_an_element_ref_of_2_1() -> None:
    inside = '<s:Code id="A"/><s:Code id=" B "><s:Parent><Ref id=" A " class="Code"/></s:Parent></s:Code>'
    assert _parents("2.1", inside) == {"A": "", "B": "A"}


@pytest.mark.parametrize("version", ["3.0", "3.1"])
def test_a_parent_comes_as_text_of_3_x(version: str) -> None:
    assert _parents(version, '<s:Code id="B"><s:Parent>\n A </s:Parent></s:Code>') == {"B": "A"}


def test_a_parent_comes_as_a_urn() -> None:
    urn = f"{URN}codelist.Code=T:S(1.0).A"
    assert _parents("2.1", f'<s:Code id="B"><s:Parent><URN>{urn}</URN></s:Parent></s:Code>') == {"B": "A"}
    assert _parents("3.1", f'<s:Code id="B"><s:Parent>{urn}</s:Parent></s:Code>') == {"B": "A"}


@pytest.mark.parametrize("parent", ["_T", "001", "1_A", "A$"])
def test_a_parent_that_the_schema_of_3_0_refuses_comes_from_an_annotation(parent: str) -> None:
    found = _scheme("3.0", "Codelist", _annotated("PARENT", parent))
    assert found.items == (Item(id="B", parent=parent),)


@pytest.mark.parametrize(
    ("version", "annotation_type", "title"),
    [
        ("3.0", "PARENT", "A"),
        ("3.0", "PARENT", "not an id"),
        ("3.0", "OTHER", "_T"),
        ("3.1", "PARENT", "_T"),
        ("2.1", "PARENT", "_T"),
    ],
)
def test_other_annotations_stay_what_they_are(version: str, annotation_type: str, title: str) -> None:
    (item,) = _scheme(version, "Codelist", _annotated(annotation_type, title)).items
    assert (item.parent, item.annotations) == ("", (Annotation(type=annotation_type, title=title),))


def test_categories_come_with_their_paths() -> None:
    deep = '<s:Category id="A"><s:Category id="A"><s:Category id="B"/></s:Category></s:Category><s:Category id="B"/>'
    found = _scheme("2.1", "CategoryScheme", deep)
    assert [item.path for item in found.items] == ["A", "A.A", "A.A.B", "B"]
    assert [item.parent for item in found.items] == ["", "A", "A.A", ""]


def test_categories_that_are_nested_more_deeply_than_any_are_left_out_and_told() -> None:
    inside = '<s:Category id="A">' * 110 + "</s:Category>" * 110
    told = unread("2.1", f'<s:CategoryScheme id="S" agencyID="T">{inside}</s:CategoryScheme>')
    assert [what for _, what in told] == ["Category", "CategoryScheme"]


def test_items_in_items_that_are_no_categories_have_them_as_parents() -> None:
    assert _parents("2.1", '<s:Code id="A"><s:Code id="B"/></s:Code><s:Code id="C"/>') == {"A": "", "B": "A", "C": ""}


def test_a_concept_comes_with_its_representation_and_iso_concept() -> None:
    inside = """<s:Concept id="A"><s:CoreRepresentation><s:Enumeration><Ref id="CL_A" agencyID="T"/></s:Enumeration>
        <s:EnumerationFormat textType="AlphaNumeric" maxLength="3" isSequence="0"/></s:CoreRepresentation>
        <s:ISOConceptReference><s:ConceptAgency>ISO </s:ConceptAgency><s:ConceptSchemeID>S</s:ConceptSchemeID>
        <s:ConceptID>C</s:ConceptID></s:ISOConceptReference></s:Concept>"""
    text_format = TextFormat("AlphaNumeric", {"isSequence": "false", "maxLength": "3"})
    expected = Item(id="A", representation=Representation(CL_A, text_format), iso_concept=("ISO ", "S", "C"))
    assert _scheme("2.1", "ConceptScheme", inside).items == (expected,)


def _representation(version: str, inside: str, attributes: str = "") -> Representation | None:
    core = f"<s:CoreRepresentation {attributes}>{inside}</s:CoreRepresentation>"
    (item,) = _scheme(version, "ConceptScheme", f'<s:Concept id="A">{core}</s:Concept>').items
    return item.representation


def test_a_data_type_is_only_there_if_it_is_said() -> None:
    assert _representation("3.0", "<s:TextFormat/>") == Representation(format=TextFormat())
    assert _representation("3.0", '<s:TextFormat textType="String"/>') == Representation(format=TextFormat("String"))


@pytest.mark.parametrize("version", VERSIONS)
def test_several_languages_are_only_there_if_it_is_said(version: str) -> None:
    said = _representation(version, '<s:TextFormat isMultiLingual="1"/>')
    assert said == Representation(format=TextFormat(None, {"isMultiLingual": "true"}))
    for attribute in ("", 'isMultiLingual="false"', 'isMultiLingual="0"'):
        assert _representation(version, f"<s:TextFormat {attribute}/>") == Representation(format=TextFormat())


def test_all_facets_come_exactly_as_they_stand() -> None:
    facets = {
        "interval": "1.50",
        "startValue": "1",
        "endValue": "9",
        "timeInterval": "P1Y",
        "startTime": "2000",
        "endTime": "2001",
        "minLength": "1",
        "maxLength": "2",
        "minValue": "0",
        "maxValue": "1e3",
        "decimals": "2",
        "pattern": " [A&<]+ ",
    }
    written = " ".join(f'{name}="{value}"' for name, value in facets.items())
    written = written.replace("&", "&amp;").replace("<", "&lt;")
    assert _representation("3.1", f"<s:TextFormat {written}/>") == Representation(format=TextFormat(None, facets))


def test_values_with_a_meaning_of_their_own_and_numbers_of_values_come_from_3_x() -> None:
    sentinel = '<s:SentinelValue value=" -1"><c:Name>Low</c:Name><c:Description>L</c:Description></s:SentinelValue>'
    inside = f'<s:TextFormat textType="Integer">{sentinel}</s:TextFormat>'
    expected = TextFormat("Integer", sentinels=((" -1", {"en": "Low"}, {"en": "L"}),))
    found = _representation("3.0", inside, 'minOccurs="0" maxOccurs="unbounded"')
    assert found == Representation(format=expected, min_occurs=0, max_occurs="unbounded")


def test_an_empty_representation_is_none() -> None:
    assert _representation("3.0", "") is None


def test_a_value_list_enumerates_in_3_x() -> None:
    found = _representation("3.0", f"<s:Enumeration>{URN}codelist.ValueList=T:VL(1.0.0)</s:Enumeration>")
    assert found == Representation(Reference("ValueList", "T", "VL", "1.0.0"))


@pytest.mark.parametrize("version", VERSIONS)
def test_organisations_come_with_contacts_whose_channels_keep_their_order(version: str) -> None:
    inside = """<s:DataProvider id="P"><c:Name>P</c:Name><s:Contact id="C"><c:Name>N</c:Name>
        <s:Department xml:lang="fr">D</s:Department><s:Role>R</s:Role><s:Email>a@b</s:Email>
        <s:Telephone>1</s:Telephone><s:Email>c@d</s:Email><s:URI> https://example.org/ </s:URI><s:Fax>2</s:Fax>
        <s:X400>x</s:X400></s:Contact><s:Contact/></s:DataProvider>"""
    channels = (
        ("Email", "a@b"),
        ("Telephone", "1"),
        ("Email", "c@d"),
        ("URI", "https://example.org/"),
        ("Fax", "2"),
        ("X400", "x"),
    )
    contact = Contact(id="C", name={"en": "N"}, department={"fr": "D"}, role={"en": "R"}, channels=channels)
    (provider,) = _scheme(version, "DataProviderScheme", inside).items
    assert provider.contacts == (contact, Contact())


def test_an_organisation_scheme_has_version_1_0_whatever_it_says_and_that_is_told() -> None:
    scheme = '<s:OrganisationUnitScheme id="S" agencyID="T" version="2.0"/>'
    (found,) = document("2.1", f"<s:A>{scheme}</s:A>").artefacts
    assert found.version == "1.0"
    assert unread("2.1", scheme) == [("OrganisationUnitScheme=T:S(2.0)", "OrganisationUnitScheme@version")]


def test_the_ids_of_values_are_any_text() -> None:
    items = '<s:ValueItem id=" &lt; 5 "><c:Description>D</c:Description></s:ValueItem><s:ValueItem id=""/>'
    found = _scheme("3.0", "ValueList", items)
    assert found.items == (Item(id=" < 5 ", description={"en": "D"}), Item(id=""))


def test_a_value_without_id_makes_the_message_incomplete() -> None:
    with pytest.raises(FormatError) as error:
        _scheme("3.0", "ValueList", "<s:ValueItem/>")
    assert error.value.params == {"what": "id", "where_in": "ValueList=T:S(1.0), ValueItem"}


def test_a_code_list_comes_with_those_that_it_extends() -> None:
    urn = f"<s:Codelist>{URN}codelist.Codelist=T:CL_A(1.0)</s:Codelist>"
    inside = f"""<s:CodelistExtension prefix=" X_">{urn}<s:InclusiveCodeSelection>
        <s:MemberValue cascadeValues="true"> A </s:MemberValue><s:MemberValue>B%</s:MemberValue>
        </s:InclusiveCodeSelection></s:CodelistExtension><s:CodelistExtension>{urn}<s:ExclusiveCodeSelection>
        <s:MemberValue cascadeValues="excluderoot">A</s:MemberValue></s:ExclusiveCodeSelection></s:CodelistExtension>
        <s:CodelistExtension>{urn}</s:CodelistExtension>"""
    found = _scheme("3.0", "Codelist", inside)
    assert isinstance(found, Codelist)
    assert found.extensions == (
        Extension(CL_A, " X_", include=True, members=(("A", "true"), ("B%", "false"))),
        Extension(CL_A, include=False, members=(("A", "excluderoot"),)),
        Extension(CL_A),
    )
