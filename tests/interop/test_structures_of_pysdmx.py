"""What pysdmx writes in SDMX-ML, we read."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pysdmx.io import write_sdmx
from pysdmx.io.format import Format
from pysdmx.model import (
    Agency,
    AgencyScheme,
    Annotation,
    AvailabilityConstraint,
    Category,
    CategoryScheme,
    Code,
    Codelist,
    Component,
    Components,
    Concept,
    ConceptScheme,
    ConstraintAttachment,
    Contact,
    CubeKeyValue,
    CubeRegion,
    CubeValue,
    Dataflow,
    DataProvider,
    DataProviderScheme,
    DataStructureDefinition,
    DataType,
    Facets,
    HierarchicalCode,
    Hierarchy,
    Organisation,
    ProvisionAgreement,
    Role,
)
from pysdmx.model.message import Header

from icstip.artefacts import base, data_structure, hierarchies, items
from icstip.artefacts.base import Reference, Representation, TextFormat
from icstip.artefacts.data_structure import Level, Relationship
from icstip.messages.document import StructureDocument
from icstip.messages.structure_header import Party
from icstip.messages.structure_ml.read import read

FORMATS = {
    "sdmx-ml-2.1": Format.STRUCTURE_SDMX_ML_2_1,
    "sdmx-ml-3.0": Format.STRUCTURE_SDMX_ML_3_0,
    "sdmx-ml-3.1": Format.STRUCTURE_SDMX_ML_3_1,
}
URN = "urn:sdmx:org.sdmx.infomodel"
DESCRIBED = {"agency": "T", "version": "1.0"}


def _concept(identity: str) -> Concept:
    return Concept(identity, name=identity, urn=f"{URN}.conceptscheme.Concept=T:CS(1.0).{identity}")


def _component(identity: str, role: Role, concept: str, *, required: bool = True, **more: object) -> Component:
    return Component(id=identity, required=required, role=role, concept=_concept(concept), **more)


def _structures() -> list[object]:
    note = Annotation(id="N", title="t", type="NOTE", text="& <text>", url="https://example.org/?a=1")
    codes = [Code("A", name="A & <b>"), Code("B", name="B's", description="Description")]
    codelist = Codelist(id="CL", name="List", items=codes, annotations=[note], agency="T", version="1.0.0")
    concepts = [_concept(name) for name in ("AREA", "TIME_PERIOD", "VALUE", "NOTE")]
    structure = DataStructureDefinition(
        id="DSD",
        name="Structure",
        components=Components(
            [
                _component("AREA", Role.DIMENSION, "AREA", local_codes=codelist),
                _component("TIME_PERIOD", Role.DIMENSION, "TIME_PERIOD", local_dtype=DataType.PERIOD),
                _component(
                    "OBS_VALUE", Role.MEASURE, "VALUE", local_dtype=DataType.DOUBLE, local_facets=Facets(min_value=0)
                ),
                _component("O", Role.ATTRIBUTE, "NOTE", local_dtype=DataType.STRING, attachment_level="O"),
                _component("S", Role.ATTRIBUTE, "NOTE", required=False, attachment_level="AREA"),
                _component("D", Role.ATTRIBUTE, "NOTE", required=False, attachment_level="D"),
            ]
        ),
        **DESCRIBED,
    )
    provider = DataProvider("P", name="Provider", contacts=[Contact(name="Desk", emails=["a@example.org"])])
    deep = Category("X", name="X", categories=[Category("Y", name="Y")])
    below = HierarchicalCode("B", name="B", urn=f"{URN}.codelist.Code=T:CL(1.0.0).B")
    tree = HierarchicalCode("A", name="A", urn=f"{URN}.codelist.Code=T:CL(1.0.0).A", codes=[below])
    return [
        AgencyScheme(agency="SDMX", name="Agencies", items=[Agency("T", name="T")]),
        DataProviderScheme(agency="T", name="Providers", items=[provider]),
        codelist,
        ConceptScheme(id="CS", name="Concepts", items=concepts, **DESCRIBED),
        structure,
        Dataflow(id="DF", name="Flow", structure=f"{URN}.datastructure.DataStructure=T:DSD(1.0)", **DESCRIBED),
        ProvisionAgreement(
            id="PA",
            name="Agreement",
            dataflow=f"{URN}.datastructure.Dataflow=T:DF(1.0)",
            provider=f"{URN}.base.DataProvider=T:DATA_PROVIDERS(1.0).P",
            **DESCRIBED,
        ),
        CategoryScheme(id="CATS", name="Categories", items=[deep], **DESCRIBED),
        Hierarchy(id="H", name="Tree", codes=[tree], **DESCRIBED),
    ]


@pytest.fixture(scope="module", params=FORMATS)
def document(request: pytest.FixtureRequest) -> StructureDocument:
    header = Header(id="M", prepared=datetime(2020, 1, 1, tzinfo=UTC), sender=Organisation("S", name="Sender"))
    content = write_sdmx(_structures(), FORMATS[request.param], header=header)
    assert content is not None
    found = read(content.encode(), "message.xml")
    assert (found.format_id, found.findings) == (request.param, ())
    return found


def _only(document: StructureDocument, cls: type[base.Maintainable]) -> base.Maintainable:
    (found,) = document.artefacts.all_of(cls)
    return found


def test_the_header_comes(document: StructureDocument) -> None:
    assert (document.header.id, document.header.sender) == ("M", Party("S", {"en": "Sender"}))
    assert document.header.prepared.startswith("2020-01-01T00:00:00")


def test_all_artefacts_come(document: StructureDocument) -> None:
    assert [artefact.id for artefact in document.artefacts] == [
        "AGENCIES",
        "DATA_PROVIDERS",
        "CL",
        "CS",
        "DSD",
        "DF",
        "PA",
        "CATS",
        "H",
    ]


def test_codes_come_with_texts_and_annotations(document: StructureDocument) -> None:
    codelist = _only(document, items.Codelist)
    assert isinstance(codelist, items.Codelist)
    assert codelist.items == (
        items.Item(id="A", name={"en": "A & <b>"}),
        items.Item(id="B", name={"en": "B's"}, description={"en": "Description"}),
    )
    urls = {"": "https://example.org/?a=1"}
    assert codelist.annotations == (
        base.Annotation(id="N", title="t", type="NOTE", urls=urls, text={"en": "& <text>"}),
    )


def test_organisations_and_categories_come(document: StructureDocument) -> None:
    providers = _only(document, items.DataProviderScheme)
    assert isinstance(providers, items.DataProviderScheme)
    desk = items.Contact(name={"en": "Desk"}, channels=(("Email", "a@example.org"),))
    assert providers.items == (items.Item(id="P", name={"en": "Provider"}, contacts=(desk,)),)
    categories = _only(document, items.CategoryScheme)
    assert isinstance(categories, items.CategoryScheme)
    assert [category.path for category in categories.items] == ["X", "X.Y"]


def test_components_come(document: StructureDocument) -> None:
    found = _only(document, data_structure.DataStructure)
    assert isinstance(found, data_structure.DataStructure)
    draft = "1.0.0-draft" if document.format_id == "sdmx-ml-2.1" else "1.0.0"
    assert [(dimension.id, dimension.kind, dimension.representation) for dimension in found.dimensions] == [
        ("AREA", "Dimension", Representation(Reference("Codelist", "T", "CL", draft))),
        ("TIME_PERIOD", "TimeDimension", Representation(format=TextFormat("ObservationalTimePeriod"))),
    ]
    measure = Representation(format=TextFormat("Double", {"minValue": "0"}))
    assert [(one.id, one.concept.item, one.representation) for one in found.measures] == [
        ("OBS_VALUE", "VALUE", measure)
    ]
    about = () if document.format_id == "sdmx-ml-2.1" else ("OBS_VALUE",)
    assert {attribute.id: (attribute.relationship, attribute.mandatory) for attribute in found.attributes} == {
        "O": (Relationship(Level.OBSERVATION, measures=about), True),
        "S": (Relationship(Level.DIMENSIONS, dimensions=("AREA",)), False),
        "D": (Relationship(Level.DATASET), False),
    }


def test_references_and_hierarchies_come(document: StructureDocument) -> None:
    agreement = _only(document, data_structure.ProvisionAgreement)
    assert isinstance(agreement, data_structure.ProvisionAgreement)
    assert agreement.dataflow == Reference("Dataflow", "T", "DF", "1.0")
    assert agreement.provider == Reference("DataProvider", "T", "DATA_PROVIDERS", "1.0", "P")
    tree = _only(document, hierarchies.Hierarchy)
    assert isinstance(tree, hierarchies.Hierarchy)
    assert [(path, code.code.item) for path, code in tree.walk()] == [("A", "A"), ("A.B", "B")]


def test_constraints_on_what_there_is_are_the_same_in_all_versions() -> None:
    constraint = AvailabilityConstraint(
        constraint_attachment=ConstraintAttachment(
            data_provider=None, dataflows=[f"{URN}.datastructure.Dataflow=T:DF(1.0)"]
        ),
        cube_region=CubeRegion(key_values=[CubeKeyValue(id="AREA", values=[CubeValue("A")])], is_included=True),
        series_count=2,
        obs_count=30,
    )
    found = []
    for sdmx_format in FORMATS.values():
        content = write_sdmx([constraint], sdmx_format)
        assert content is not None
        document = read(content.encode(), "message.xml")
        assert document.findings == ()
        found.append(replace(document.artefacts.artefacts[0], final=None))
    assert found[0] == found[1] == found[2]
    assert (found[0].id, found[0].name) == ("DF", {"en": "Availability for DF"})
