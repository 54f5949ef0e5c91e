"""Item schemes: items in order, their parents, and what is particular to a class."""

import pytest
from tests.examples.ml_writing import WRITERS, attributes, written
from tests.examples.texts import HARD

from icstip.artefacts.base import Annotation, Link, Reference
from icstip.artefacts.items import (
    AgencyScheme,
    CategoryScheme,
    Codelist,
    ConceptScheme,
    Contact,
    DataProviderScheme,
    Extension,
    Item,
    ItemScheme,
    OrganisationUnitScheme,
    ValueList,
)
from icstip.errors import StructureError

in_all_versions = pytest.mark.parametrize("version", WRITERS)
in_3_x = pytest.mark.parametrize("version", ["3.0", "3.1"])
URN = "urn:sdmx:org.sdmx.infomodel."
NAME = {"en": "Name"}


def _items(*items: tuple[str, str]) -> tuple[Item, ...]:
    return tuple(Item(id=item, parent=parent, name=NAME) for item, parent in items)


def _codelist(*items: tuple[str, str], **fields: object) -> Codelist:
    return Codelist(id="CL", agency="TEST", name=NAME, items=_items(*items), **fields)  # type: ignore[arg-type]


@in_all_versions
def test_codes_come_in_their_order_with_urns_names_and_addresses(version: str) -> None:
    codes = (Item(id="Z@$-_1", name=HARD, description=HARD, uri="https://e.org/?a&b"), Item(id="001", name=NAME))
    message = written(version, Codelist(id="CL", agency="TEST", version="1.0.0-draft", name=NAME, items=codes))
    number = "1.0.0" if version == "2.1" else "1.0.0-draft"
    first, second = message.all("s:Code")
    assert attributes(first) == {
        "id": "Z@$-_1",
        "urn": f"{URN}codelist.Code=TEST:CL({number}).Z@$-_1",
        "uri": "https://e.org/?a&b",
    }
    assert second.get("id") == "001"
    assert message.texts("s:Code[@id='Z@$-_1']/c:Name") == list(HARD.values())
    assert message.texts("s:Code[@id='Z@$-_1']/c:Description") == list(HARD.values())


@in_all_versions
@pytest.mark.parametrize("partial", [True, False])
def test_that_a_list_is_partial_is_said(version: str, partial: bool) -> None:  # noqa: FBT001
    message = written(version, _codelist(partial=partial))
    assert message.one("s:Codelist").get("isPartial") == ("true" if partial else None)


def test_parents_are_references_in_2_1() -> None:
    message = written("2.1", _codelist(("001", ""), ("A", "001"), ("B", "A")))
    assert [reference.get("id") for reference in message.all("s:Parent/Ref")] == ["001", "A"]


def test_parents_are_ids_in_3_1() -> None:
    assert written("3.1", _codelist(("001", ""), ("A", "001"), ("B", "A"))).texts("s:Parent") == ["001", "A"]


def test_parents_that_the_schema_of_3_0_refuses_are_annotations_after_the_others() -> None:
    source = Annotation(type="SOURCE", title="M49")
    codes = (*_items(("001", ""), ("_X", "")), Item(id="A", parent="001", name=NAME, annotations=(source,)))
    codelist = Codelist(id="CL", agency="TEST", name=NAME, items=(*codes, *_items(("B", "_X"), ("C", "A"))))
    message = written("3.0", codelist)
    assert message.texts("s:Parent") == ["A"]
    assert message.texts("s:Code[@id='A']//c:AnnotationType") == ["SOURCE", "PARENT"]
    assert message.texts("s:Code[@id='A']//c:AnnotationTitle") == ["M49", "001"]
    assert message.texts("s:Code[@id='B']//c:AnnotationTitle") == ["_X"]
    assert message.said == {"FORMAT-002 parent-as-annotation": ()}


@in_all_versions
def test_concepts_and_organisation_units_have_parents_everywhere(version: str) -> None:
    concepts = ConceptScheme(id="CS", agency="TEST", name=NAME, items=_items(("A", ""), ("B", "A")))
    units = OrganisationUnitScheme(id="U", agency="TEST", name=NAME, items=_items(("1", ""), ("2", "1")))
    message = written(version, concepts, units)
    assert len(message.all("s:Concept/s:Parent")) == len(message.all("s:OrganisationUnit/s:Parent")) == 1
    assert message.said == {}


@in_all_versions
def test_agencies_have_no_parents_and_that_is_told(version: str) -> None:
    scheme = AgencyScheme(id="AGENCIES", agency="TEST", name=NAME, items=_items(("A", ""), ("B", "A")))
    assert written(version, scheme).said == {"FORMAT-003 parents": ("B",)}


@in_all_versions
def test_categories_stand_in_each_other_and_their_urns_say_the_path(version: str) -> None:
    items = _items(("A", ""), ("X", "A"), ("X", "A.X"), ("B", ""), ("X", "B"), ("Y", "A"))
    message = written(version, CategoryScheme(id="CAT", agency="TEST", name=NAME, items=items))
    base = f"{URN}categoryscheme.Category=TEST:CAT(1.0)"
    assert [category.get("urn") for category in message.all("s:Category")] == [
        f"{base}.{path}" for path in ("A", "A.X", "A.X.X", "A.Y", "B", "B.X")
    ]
    assert [category.get("id") for category in message.all("s:CategoryScheme/s:Category")] == ["A", "B"]


def test_a_category_below_one_that_is_not_there_is_refused() -> None:
    with pytest.raises(StructureError) as error:
        written("2.1", CategoryScheme(id="CAT", agency="TEST", name=NAME, items=_items(("A", ""), ("X", "B"))))
    assert (error.value.message_id, error.value.params["parent"]) == ("parent-unknown", "B")
    assert error.value.where == "CategoryScheme=TEST:CAT(1.0).B.X"


@in_all_versions
def test_concepts_have_representations_and_iso_concepts(version: str) -> None:
    concept = Item(id="C", name=NAME, iso_concept=("ISO & co", "<scheme>", "id"))
    message = written(version, ConceptScheme(id="CS", agency="TEST", name=NAME, items=(concept,)))
    parts = [
        message.texts(f"s:ISOConceptReference/s:{tag}") for tag in ("ConceptAgency", "ConceptSchemeID", "ConceptID")
    ]
    assert parts == [["ISO & co"], ["<scheme>"], ["id"]]


@in_all_versions
def test_organisations_have_contacts_with_channels_in_their_order(version: str) -> None:
    contact = Contact(
        id="C",
        name=HARD,
        department={"en": "D", "fr": "Dé"},
        role={"en": "R"},
        channels=(("Email", "a@b"), ("Telephone", "1 & 2"), ("Email", "c@d"), ("URI", "https://e")),
    )
    provider = Item(id="P", name=NAME, contacts=(contact, Contact()))
    message = written(version, DataProviderScheme(id="DATA_PROVIDERS", agency="TEST", name=NAME, items=(provider,)))
    first, second = message.all("s:Contact")
    parts = [(str(part.tag).partition("}")[2], part.text) for part in first]
    assert first.get("id") == "C"
    assert parts == [
        *(("Name", text) for text in HARD.values()),
        ("Department", "D"),
        ("Department", "Dé"),
        ("Role", "R"),
        ("Email", "a@b"),
        ("Telephone", "1 & 2"),
        ("Email", "c@d"),
        ("URI", "https://e"),
    ]
    assert len(second) == 0


@in_3_x
def test_a_code_list_extends_others(version: str) -> None:
    other = Reference("Codelist", "TEST", "CL_OTHER", "1.0+.0")
    extensions = (
        Extension(other, prefix="P & ", members=(("A%", "true"), ("B", "false"), ("C", "excluderoot"))),
        Extension(other, include=False, members=(("D", "false"),)),
        Extension(other),
    )
    message = written(version, _codelist(("A", ""), extensions=extensions))
    first, second, third = message.all("s:CodelistExtension")
    assert [box.get("prefix") for box in (first, second, third)] == ["P & ", None, None]
    assert message.texts("s:CodelistExtension/s:Codelist") == [f"{URN}codelist.Codelist=TEST:CL_OTHER(1.0+.0)"] * 3
    included = [
        (value.text, value.get("cascadeValues")) for value in message.all("s:InclusiveCodeSelection/s:MemberValue")
    ]
    assert included == [("A%", "true"), ("B", None), ("C", "excluderoot")]
    assert message.texts("s:ExclusiveCodeSelection/s:MemberValue") == ["D"]
    assert len(third) == 1


def test_2_1_has_no_extensions() -> None:
    extension = Extension(Reference("Codelist", "TEST", "CL_OTHER", "1.0"))
    assert written("2.1", _codelist(extensions=(extension,))).said == {"FORMAT-003 extensions": ("TEST:CL_OTHER(1.0)",)}


@in_3_x
def test_an_extension_with_a_member_that_the_schema_refuses_is_lost_as_a_whole(version: str) -> None:
    extension = Extension(Reference("Codelist", "TEST", "CL_OTHER", "1.0"), members=(("A", "false"), ("A-B", "false")))
    message = written(version, _codelist(extensions=(extension,)))
    assert message.all("s:CodelistExtension") == []
    assert message.said == {"FORMAT-003 extensions": ("TEST:CL_OTHER(1.0)",)}


@in_3_x
def test_values_of_a_value_list_have_any_ids_and_need_no_names(version: str) -> None:
    items = (Item(id=' < 5\n& "x" ', name={}), Item(id="%", name=HARD, description=HARD))
    message = written(version, ValueList(id="VL", agency="TEST", name=NAME, items=items))
    assert [item.get("id") for item in message.all("s:ValueItem")] == [' < 5\n& "x" ', "%"]
    assert message.texts("s:ValueItem/c:Name") == list(HARD.values())


def test_what_values_of_a_value_list_cannot_have_is_told() -> None:
    items = (
        Item(id="A", name=NAME, links=(Link(rel="r", url="u"),)),
        Item(id="B", name=NAME, uri="https://b"),
        Item(id="C", name=NAME, parent="A"),
    )
    message = written("3.0", ValueList(id="VL", agency="TEST", name=NAME, items=items, partial=True))
    assert message.said == {
        "FORMAT-003 partial": (),
        "FORMAT-003 links": ("A", "B"),
        "FORMAT-003 parents": ("C",),
    }


@in_all_versions
@pytest.mark.parametrize(
    "scheme",
    [
        _codelist(("A B", "")),
        _codelist(("", "")),
        ConceptScheme(id="CS", agency="TEST", name=NAME, items=_items(("1", ""))),
        AgencyScheme(id="AGENCIES", agency="TEST", name=NAME, items=_items(("1", ""))),
    ],
    ids=["code with a space", "code without id", "concept with a digit", "agency with a digit"],
)
def test_an_item_with_an_id_that_the_schema_refuses_is_refused(version: str, scheme: ItemScheme) -> None:
    with pytest.raises(StructureError) as error:
        written(version, scheme)
    assert error.value.message_id == "id-refused"


@in_all_versions
def test_an_item_without_a_name_is_refused_and_named(version: str) -> None:
    with pytest.raises(StructureError) as error:
        written(version, Codelist(id="CL", agency="TEST", name=NAME, items=(Item(id="A"),)))
    assert (error.value.message_id, error.value.where) == ("structure-unnamed", "Codelist=TEST:CL(1.0).A")
