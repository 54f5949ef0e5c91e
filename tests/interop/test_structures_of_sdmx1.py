"""What sdmx1 writes in SDMX-ML 2.1, we read."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
import sdmx
from sdmx.message import Header, StructureMessage
from sdmx.model import v21
from sdmx.model.common import (
    Agency,
    Categorisation,
    Category,
    CategoryScheme,
    Code,
    Codelist,
    Concept,
    ConceptScheme,
    Contact,
    DataProvider,
    DataProviderScheme,
    HierarchicalCode,
)

from icstip.artefacts import base, constraints, data_structure, hierarchies, items
from icstip.artefacts.base import Reference
from icstip.messages.document import StructureDocument
from icstip.messages.structure_ml.read import read

DESCRIBED = {"maintainer": Agency(id="T"), "version": "1.0", "is_final": False, "is_external_reference": False}


def _described(identity: str) -> dict[str, object]:
    return {"id": identity, "name": {"en": identity}, **DESCRIBED}


def _codelist() -> Codelist:
    note = v21.Annotation(id="N", title="t", type="NOTE", text={"en": "& <text>"})
    codelist = Codelist(**{**_described("CL"), "name": {"en": "A & <b>", "fr": " é "}}, annotations=[note])
    total = Code(id="_T", name={"en": "Total"})
    codelist.append(total)
    codelist.append(Code(id="1", name={"en": "One"}, description={"ar": "واحد"}, parent=total))
    return codelist


def _message() -> StructureMessage:
    header = Header(id="M", prepared=datetime(2020, 1, 1, tzinfo=UTC), sender=Agency(id="S"), test=True)
    message = StructureMessage(header=header)
    codelist = _codelist()
    concepts = ConceptScheme(**{**_described("CS"), "version": "1.0.0"})
    concepts.append(Concept(id="AREA", name={"en": "Area"}))
    categories, category = CategoryScheme(**_described("CATS")), Category(id="X", name={"en": "X"})
    categories.append(category)
    providers = DataProviderScheme(**_described("DATA_PROVIDERS"))
    desk = Contact(name={"en": "Desk"}, email=["a@example.org"], telephone="1")
    providers.append(DataProvider(id="P", name={"en": "P"}, contact=[desk]))
    flow = v21.DataflowDefinition(**_described("DF"), structure=v21.DataStructureDefinition(**_described("DSD")))
    constraint = v21.ContentConstraint(
        **_described("CC"), role=v21.ConstraintRole(role=v21.ConstraintRoleType["allowable"]), content={flow}
    )
    area = v21.Dimension(id="AREA")
    selection = v21.MemberSelection(values_for=area, values=[v21.MemberValue(value="1")])
    constraint.data_content_region.append(v21.CubeRegion(included=False, member={area: selection}))
    tree = v21.HierarchicalCodelist(**_described("H"))
    inner = v21.Hierarchy(id="H", name={"en": "H"})
    below = HierarchicalCode(id="1", code=codelist["1"])
    inner.codes["_T"] = HierarchicalCode(id="_T", code=codelist["_T"], child=[below])
    tree.hierarchy.append(inner)
    place = Categorisation(**_described("C"), artefact=flow, category=category)
    for artefact in (codelist, concepts, categories, providers, flow, constraint, tree, place):
        message.add(artefact)
    return message


@pytest.fixture(scope="module")
def document() -> StructureDocument:
    found = read(sdmx.to_xml(_message(), pretty_print=True), "message.xml")
    assert found.findings == ()
    return found


def _only(document: StructureDocument, cls: type[base.Maintainable]) -> base.Maintainable:
    (found,) = document.artefacts.all_of(cls)
    return found


def test_the_header_comes(document: StructureDocument) -> None:
    assert (document.format_id, document.header.id, document.header.sender.id) == ("sdmx-ml-2.1", "M", "S")
    assert document.header.test


def test_item_schemes_come(document: StructureDocument) -> None:
    fields = {"agency": "T", "version": "1.0", "final": False}
    codes = (
        items.Item(id="_T", name={"en": "Total"}),
        items.Item(id="1", name={"en": "One"}, description={"ar": "واحد"}, parent="_T"),
    )
    note = base.Annotation(id="N", title="t", type="NOTE", text={"en": "& <text>"})
    name = {"en": "A & <b>", "fr": " é "}
    assert _only(document, items.Codelist) == items.Codelist(
        id="CL", name=name, annotations=(note,), items=codes, agency="T", version="1.0", final=False
    )
    concepts = _only(document, items.ConceptScheme)
    assert (concepts.version, concepts.final) == ("1.0.0-draft", None)
    desk = items.Contact(name={"en": "Desk"}, channels=(("Telephone", "1"), ("Email", "a@example.org")))
    providers = _only(document, items.DataProviderScheme)
    assert isinstance(providers, items.DataProviderScheme)
    assert providers.items[0].contacts == (desk,)
    assert {name: getattr(_only(document, items.CategoryScheme), name) for name in fields} == fields


def test_constraints_hierarchies_and_categorisations_come(document: StructureDocument) -> None:
    flow = Reference("Dataflow", "T", "DF", "1.0")
    constraint = _only(document, constraints.DataConstraint)
    assert isinstance(constraint, constraints.DataConstraint)
    assert (constraint.role, constraint.attachment) == (constraints.ALLOWED, (flow,))
    selection = constraints.Selection(id="AREA", values=(constraints.Value("1"),))
    assert constraint.regions == (constraints.Region(include=False, selections=(selection,)),)
    tree = _only(document, hierarchies.Hierarchy)
    assert isinstance(tree, hierarchies.Hierarchy)
    assert [(path, code.code) for path, code in tree.walk()] == [
        ("_T", Reference("Code", "T", "CL", "1.0", "_T")),
        ("_T.1", Reference("Code", "T", "CL", "1.0", "1")),
    ]
    place = _only(document, data_structure.Categorisation)
    assert isinstance(place, data_structure.Categorisation)
    assert (place.source, place.target) == (flow, Reference("Category", "T", "CATS", "1.0", "X"))


def test_our_own_code_lists_come_back_as_they_were_when_sdmx1_read_and_wrote_them() -> None:
    content = (Path(__file__).parents[2] / "registry_samples" / "structures.sdmx-ml-2.1.xml").read_bytes()
    between = sdmx.read_sdmx(BytesIO(content))
    message = StructureMessage(header=between.header)
    for codelist in between.codelist.values():
        message.add(codelist)
    found = read(sdmx.to_xml(message), "message.xml")
    assert found.findings == ()
    assert found.artefacts.artefacts == read(content, "ours.xml").artefacts.all_of(items.Codelist)
