"""Artefacts of objects that somebody has made, or a reader of sdmx1: versions, references, what is not read."""

from collections.abc import Callable, Iterable
from datetime import date

import pytest
from sdmx.format import Version as FormatVersion
from sdmx.message import StructureMessage
from sdmx.model import common, v21, v30
from sdmx.model.common import Agency, Code, Codelist, Concept, ConceptScheme
from sdmx.model.version import Version

from icstip.artefacts.base import Annotation, Maintainable, Reference, Representation
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import Categorisation, Dataflow, DataStructure
from icstip.artefacts.items import AgencyScheme, CategoryScheme, ItemScheme
from icstip.artefacts.items import Codelist as CodelistArtefact
from icstip.artefacts.notices import NOT_READ, Notices
from icstip.errors import StructureError
from icstip.structures.sdmx_objects.from_objects import from_sdmx1

TEST = Agency(id="TEST")


def _message(*objects: object) -> StructureMessage:
    message = StructureMessage()
    for thing in objects:
        message.add(thing)
    return message


def _codelist(identity: str = "CL", *codes: Code, **fields: object) -> Codelist:
    codelist = Codelist(**{"id": identity, "maintainer": TEST, "version": "1.0", **fields})
    codelist.extend(codes)
    return codelist


def _read(*objects: object) -> tuple[Maintainable, ...]:
    return from_sdmx1(_message(*objects)).artefacts


def _items(scheme: object) -> list[tuple[str, str]]:
    (read,) = _read(scheme)
    assert isinstance(read, ItemScheme)
    return [(item.id, item.parent) for item in read.items]


def _versions(artefacts: Iterable[Maintainable]) -> list[tuple[str, bool | None]]:
    return [(artefact.version, artefact.final) for artefact in artefacts]


@pytest.mark.parametrize(
    ("version", "is_final", "read"),
    [
        ("1.0.0", False, ("1.0.0-draft", None)),
        ("1.0.0", None, ("1.0.0-draft", None)),
        ("1.0.0", True, ("1.0.0", None)),
        ("1.0.0", "true", ("1.0.0", None)),
        ("1.0.0-beta", True, ("1.0.0-beta", None)),
        (Version("2.1.0"), True, ("2.1.0", None)),
        ("1.0", False, ("1.0", False)),
        ("1.0", True, ("1.0", True)),
        (Version("1.3"), None, ("1.3", None)),
        (None, None, ("1.0", None)),
    ],
)
def test_in_sdmx_2_1_a_semantic_version_of_what_is_not_final_becomes_a_draft(
    version: object, is_final: object, read: tuple[str, bool | None]
) -> None:
    assert _versions(_read(_codelist(version=version, is_final=is_final))) == [read]


def test_references_to_what_becomes_a_draft_become_references_to_the_draft() -> None:
    codes, final = _codelist("CL", version="1.0.0"), _codelist("FINAL", version="1.0.0", is_final=True)
    concepts = ConceptScheme(id="CS", maintainer=TEST, version="1.0.0")
    for number, enumerated in enumerate((codes, final, _codelist("FAR", version="1.0.0"))):
        concept = Concept(id=f"C{number}")
        concept.core_representation = common.Representation(enumerated=enumerated)
        concepts.append(concept)
    dimension = common.Dimension(id="D", concept_identity=concepts["C0"])
    dsd = v21.DataStructureDefinition(id="DSD", maintainer=TEST, version="1.0.0")
    dsd.dimensions.append(dimension)
    flow = v21.DataflowDefinition(id="DF", maintainer=TEST, version="1.0.0", structure=dsd)
    read = {artefact.id: artefact for artefact in _read(codes, final, concepts, dsd, flow)}
    scheme, structure, dataflow = read["CS"], read["DSD"], read["DF"]
    assert isinstance(scheme, ItemScheme)
    assert [item.representation for item in scheme.items] == [
        Representation(Reference("Codelist", "TEST", "CL", "1.0.0-draft")),
        Representation(Reference("Codelist", "TEST", "FINAL", "1.0.0")),
        Representation(Reference("Codelist", "TEST", "FAR", "1.0.0")),
    ]
    assert isinstance(structure, DataStructure)
    assert structure.dimensions[0].concept == Reference("Concept", "TEST", "CS", "1.0.0-draft", "C0")
    assert isinstance(dataflow, Dataflow)
    assert dataflow.structure == structure.reference


def _extended(codelist: Codelist) -> Codelist:
    codelist.extends = []
    return codelist


@pytest.mark.parametrize(
    "make",
    [
        lambda: (_codelist(version="1.0.0"), v30.ValueList(id="VL", maintainer=TEST, version="1.0.0")),
        lambda: (_codelist(version="1.0.0"), v30.Dataflow(id="DF", maintainer=TEST, version="1.0.0")),
        lambda: (_codelist(version="1.0.0", annotations=[v30.Annotation(title="A")]),),
        lambda: (_codelist("CL", Code(id="A", annotations=[v30.Annotation(title="A")]), version="1.0.0"),),
        lambda: (_extended(_codelist(version="1.0.0")),),
    ],
    ids=["value list", "dataflow", "annotation", "annotation of a code", "code list as it is read"],
)
def test_in_sdmx_3_0_the_version_says_what_is_final(make: Callable[[], tuple[object, ...]]) -> None:
    assert {artefact.version for artefact in _read(*make())} == {"1.0.0"}


def test_in_a_message_of_sdmx_3_0_the_version_says_what_is_final() -> None:
    message = _message(_codelist(version="1.0.0", is_final=False))
    message.version = FormatVersion["3.0"]
    assert _versions(from_sdmx1(message)) == [("1.0.0", None)]


def test_texts_come_in_all_languages_and_those_without_a_text_are_absent() -> None:
    (read,) = _read(_codelist(name={"ar": "رموز", "fr": "Codes", "es": None}, description={"": "Of no language"}))
    assert list(read.name.items()) == [("ar", "رموز"), ("fr", "Codes")]
    assert read.description == {"": "Of no language"}


class _NoText:
    """What the reader of sdmx1 has for an element without text."""


def test_annotations_of_2_1_and_3_0_are_read() -> None:
    of_21 = v21.Annotation(id="N", type="T", title="Title", url="https://example.org", text={"en": "A", "fr": "B"})
    of_30 = v30.Annotation(value="1", type=_NoText())
    (read,) = _read(_codelist(annotations=[of_21, of_30]))
    assert read.annotations == (
        Annotation(id="N", type="T", title="Title", urls={"": "https://example.org"}, text={"en": "A", "fr": "B"}),
        Annotation(value="1"),
    )


def test_dates_that_are_objects_are_read_as_text() -> None:
    (read,) = _read(_codelist(valid_from=date(2024, 1, 2)))
    assert (read.valid_from, read.valid_to) == ("2024-01-02", None)


def test_a_list_that_says_as_text_that_it_is_partial_is_partial() -> None:
    (read,) = _read(_codelist(is_partial="true"))
    assert isinstance(read, CodelistArtefact)
    assert read.partial


def test_what_a_reader_made_of_a_reference_is_no_artefact() -> None:
    stub = _codelist("STUB", Code(id="A"), is_external_reference=True)
    named = _codelist("NAMED", is_external_reference=True, name={"en": "Far"})
    found = _codelist("FOUND", is_external_reference=True, structure_url="https://example.org/cl.xml")
    made_up = v21.DataflowDefinition(name={"en": "Made up"})
    assert [(artefact.id, artefact.external) for artefact in _read(stub, named, found, made_up)] == [
        ("NAMED", True),
        ("FOUND", True),
    ]


def test_an_object_without_an_id_is_told_and_left_out() -> None:
    notices = Notices("registry.xml", "sdmx1")
    assert from_sdmx1(_message(Codelist(maintainer=TEST, name={"en": "Codes"})), notices) == Artefacts()
    assert [finding.params["what"] for finding in notices.findings] == ["Codelist"]


def test_children_that_are_not_in_the_list_of_items_are_read_after_their_parents() -> None:
    scheme = common.CategoryScheme(id="CAT", maintainer=TEST)
    inner = common.Category(id="X", child=[common.Category(id="Y")])
    scheme.extend([common.Category(id="A", child=[inner]), common.Category(id="B", child=[common.Category(id="X")])])
    assert _items(scheme) == [("A", ""), ("X", "A"), ("Y", "A.X"), ("B", ""), ("X", "B")]


def test_items_above_each_other_are_read() -> None:
    first, second = Code(id="A"), Code(id="B")
    codelist = _codelist("CL", first, second)
    first.parent, second.parent = second, first
    assert _items(codelist) == [("A", "B"), ("B", "A")]


def test_a_deep_hierarchy_is_read() -> None:
    codelist = _codelist("CL", *(Code(id=str(number)) for number in range(3000)))
    for number in range(1, 3000):
        codelist[str(number)].parent = codelist[str(number - 1)]
    assert _items(codelist)[-1] == ("2999", "2998")


def _parent_note(code: str, **fields: object) -> Code:
    return Code(id="A", annotations=[v30.Annotation(type="PARENT", title=code, **fields)])


@pytest.mark.parametrize(("title", "parent"), [("0", "0"), ("_T", "_T"), ("WORLD", ""), ("no id", "")])
def test_a_parent_that_sdmx_ml_3_0_has_as_an_annotation_is_the_parent(title: str, parent: str) -> None:
    (read,) = _read(_codelist("CL", _parent_note(title)))
    assert isinstance(read, CodelistArtefact)
    assert read.items[0].parent == parent
    assert len(read.items[0].annotations) == (0 if parent else 1)


def test_addresses_of_contacts_are_read_whether_one_or_several() -> None:
    agencies = common.AgencyScheme(id="AGENCIES", maintainer=TEST)
    contact = common.Contact(
        name={"en": "Office"}, telephone="1", email="a@example.org", uri=["u", "v"], fax=[_NoText()]
    )
    agencies.append(Agency(id="A", contact=[contact]))
    (read,) = _read(agencies)
    assert isinstance(read, AgencyScheme)
    (known,) = read.items[0].contacts
    assert known.channels == (("Telephone", "1"), ("URI", "u"), ("URI", "v"), ("Email", "a@example.org"))
    assert (read.version, known.name) == ("1.0", {"en": "Office"})


def test_an_extended_list_that_is_a_urn_is_read() -> None:
    codelist = _codelist()
    later = v30.CodelistExtension(extends=_codelist("CL_B"), sequence=2)
    urn = "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=FAR:CL_A(1.0.0)"
    codelist.extends = [later, v30.CodelistExtension(extends=urn, sequence=1, prefix="X")]
    (read,) = _read(codelist)
    assert isinstance(read, CodelistArtefact)
    assert [(str(extension.codelist), extension.prefix) for extension in read.extensions] == [
        ("FAR:CL_A(1.0.0)", "X"),
        ("TEST:CL_B(1.0)", ""),
    ]


def test_the_version_with_a_wildcard_of_an_extended_list_which_sdmx1_does_not_keep_becomes_1_0() -> None:
    (read,) = _read(_extending("urn:sdmx:org.sdmx.infomodel.codelist.Codelist=FAR:CL_A(None)"))
    assert isinstance(read, CodelistArtefact)
    assert str(read.extensions[0].codelist) == "FAR:CL_A(1.0)"


def test_what_is_categorised_is_read_by_what_it_is_in_or_by_its_urn() -> None:
    scheme = common.CategoryScheme(id="CAT", maintainer=TEST, version="1.0")
    scheme.extend([common.Category(id="A", child=[common.Category(id="B")])])
    urn = "urn:sdmx:org.sdmx.infomodel.datastructure.Dimension=TEST:DSD(1.0).D"
    dimension = common.Dimension(id="D", urn=urn)
    one = common.Categorisation(id="ONE", maintainer=TEST, artefact=dimension, category=scheme["A"].child[0])
    (_, read) = _read(scheme, one)
    assert isinstance(read, Categorisation)
    assert read.source == Reference("Dimension", "TEST", "DSD", "1.0", "D")
    assert read.target == Reference("Category", "TEST", "CAT", "1.0", "A.B")


# What is not read is told.


def _concept_of(facet_type: common.FacetType) -> ConceptScheme:
    scheme, concept = ConceptScheme(id="CS", maintainer=TEST), Concept(id="C")
    concept.core_representation = common.Representation(non_enumerated=[common.Facet(type=facet_type, value="x")])
    scheme.append(concept)
    return scheme


def _extending(extended: object) -> Codelist:
    codelist = _codelist()
    codelist.extends = [v30.CodelistExtension(extends=extended)]
    return codelist


_LACKING: list[tuple[str, object]] = [
    ("MetadataStructureDefinition", v21.MetadataStructureDefinition(id="X", maintainer=TEST)),
    ("MetadataStructureDefinition", v30.MetadataStructureDefinition(id="X", maintainer=TEST)),
    ("Metadataflow", v30.Metadataflow(id="X", maintainer=TEST)),
    ("MetadataConstraint", v30.MetadataConstraint(id="X", maintainer=TEST)),
    ("StructureSet", v21.StructureSet(id="X", maintainer=TEST)),
    ("TransformationScheme", common.TransformationScheme(id="X", maintainer=TEST)),
    ("VTLMappingScheme", common.VTLMappingScheme(id="X", maintainer=TEST)),
    ("GeographicCodelist", v30.GeographicCodelist(id="X", maintainer=TEST)),
    ("Categorisation", common.Categorisation(id="X", maintainer=TEST, artefact={"id": "A"})),
    ("ProvisionAgreement", common.ProvisionAgreement(id="X", maintainer=TEST)),
]


@pytest.mark.parametrize(("name", "thing"), _LACKING)
def test_an_artefact_that_the_model_does_not_have_or_that_lacks_a_part_is_told_and_left_out(
    name: str, thing: common.MaintainableArtefact
) -> None:
    notices = Notices("registry.xml", "sdmx1")
    assert from_sdmx1(_message(_codelist(), thing), notices) == Artefacts((CodelistArtefact(id="CL", agency="TEST"),))
    (finding,) = notices.findings
    assert (finding.code, finding.params["what"]) == (NOT_READ, name)
    assert str(finding.params["artefact"]).endswith("=TEST:X(1.0)")


@pytest.mark.parametrize(
    ("names", "thing"),
    [
        (["SentinelValues", "Facet.value"], _concept_of(common.FacetType(sentinel_values="-"))),
        (["CodelistExtension"], _extending("no URN")),
    ],
    ids=["facets", "extension"],
)
def test_a_part_that_is_not_understood_is_told_and_the_rest_is_read(
    names: list[str], thing: common.MaintainableArtefact
) -> None:
    notices = Notices("registry.xml", "sdmx1")
    assert len(from_sdmx1(_message(thing), notices)) == 1
    assert [finding.params["what"] for finding in notices.findings] == names


@pytest.mark.parametrize(
    ("thing", "where"),
    [
        (_codelist(maintainer=None), "CL"),
        (_codelist(maintainer=Agency()), "CL"),
        (v21.DataflowDefinition(id="DF", structure=v21.DataStructureDefinition(id="DSD"), maintainer=TEST), "DSD"),
    ],
    ids=["no agency", "an agency without an id", "what it refers to has none"],
)
def test_what_has_no_agency_is_broken(thing: common.MaintainableArtefact, where: str) -> None:
    with pytest.raises(StructureError) as caught:
        from_sdmx1(_message(thing))
    assert (caught.value.message_id, caught.value.where) == ("structure-without-agency", where)


def test_the_message_is_not_changed_by_reading_it() -> None:
    codelist = _codelist("CL", Code(id="A"), version="1.0.0")
    assert _versions(_read(codelist)) == _versions(_read(codelist)) == [("1.0.0-draft", None)]
    assert (codelist.version, codelist.is_final) == ("1.0.0", None)


def test_an_empty_message_has_no_artefacts() -> None:
    assert from_sdmx1(StructureMessage()) == Artefacts()
    assert _read(common.CategoryScheme(id="CAT", maintainer=TEST)) == (CategoryScheme(id="CAT", agency="TEST"),)
