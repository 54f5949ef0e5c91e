"""Small artefacts to compare, and what is found when they are."""
# ruff: noqa: ANN401 - any field of an artefact can be given

from dataclasses import replace
from typing import Any

from icstip.artefacts.base import Maintainable, Reference, Representation, TextFormat
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.constraints import DataConstraint, Region, Selection, Value
from icstip.artefacts.data_structure import Attribute, Dataflow, DataStructure, Dimension, Level, Measure, Relationship
from icstip.artefacts.hierarchies import HierarchicalCode, Hierarchy
from icstip.artefacts.items import CategoryScheme, Codelist, ConceptScheme, Item
from icstip.artefacts.maps import MappedValue, RepresentationMap, ValueMapping
from icstip.structures.diff.changes import Diff
from icstip.structures.diff.compare import diff_artefacts
from icstip.structures.diff.versioning import Bump

AGENCY = "TEST"
STABLE = "1.0.0"

Found = list[tuple[str, str, Bump]]


def diff(old: Maintainable, new: Maintainable, **options: Any) -> Diff:
    """Return what changed in one artefact."""
    return diff_artefacts(Artefacts((old,)), Artefacts((new,)), **options)


def found(old: Maintainable, new: Maintainable, **options: Any) -> Found:
    """Return kind, place and bump of each change of one artefact."""
    return [(str(change.kind), change.path, change.bump) for change in diff(old, new, **options).changes]


def item(identifier: str, called: str = "", parent: str = "", **fields: Any) -> Item:
    """Return an item with a name in two languages."""
    named = called or f"Name of {identifier}"
    return Item(id=identifier, parent=parent, **{"name": {"en": named, "fr": f"{named} (fr)"}, **fields})


def codelist(*codes: Item, **fields: Any) -> Codelist:
    """Return a code list."""
    return Codelist(items=codes, **{**_head("CL_FORM"), **fields})


def concepts(*items: Item, **fields: Any) -> ConceptScheme:
    """Return a concept scheme."""
    return ConceptScheme(items=items, **{**_head("CS"), **fields})


def categories(*items: Item, **fields: Any) -> CategoryScheme:
    """Return a category scheme."""
    return CategoryScheme(items=items, **{**_head("CAT"), **fields})


def reference(kind: str, identifier: str, item: str = "", *, version: str = STABLE, agency: str = AGENCY) -> Reference:
    """Return a reference."""
    return Reference(kind, agency, identifier, version, item)


def concept(identifier: str, **fields: Any) -> Reference:
    """Return a reference to a concept."""
    return reference("Concept", "CS", identifier, **fields)


def coded(identifier: str = "CL_FORM", **fields: Any) -> Representation:
    """Return a representation by a code list."""
    return Representation(reference("Codelist", identifier, **fields))


def text_format(data_type: str | None = None, **facets: str) -> Representation:
    """Return a representation by a format."""
    return Representation(format=TextFormat(data_type, facets))


def dimension(identifier: str, **fields: Any) -> Dimension:
    """Return a dimension."""
    return Dimension(id=identifier, **{"concept": concept(identifier), **fields})


def attribute(identifier: str, **fields: Any) -> Attribute:
    """Return an optional attribute of observations."""
    given = {"concept": concept(identifier), "relationship": Relationship(Level.OBSERVATION), **fields}
    return Attribute(id=identifier, **given)


def measure(identifier: str = "OBS_VALUE", **fields: Any) -> Measure:
    """Return an optional measure."""
    return Measure(id=identifier, **{"concept": concept(identifier), **fields})


def structure(**fields: Any) -> DataStructure:
    """Return a data structure with two dimensions, a measure and an attribute."""
    given = {
        "dimensions": (dimension("AREA"), dimension("FORM", representation=coded())),
        "measures": (measure(),),
        "attributes": (attribute("NOTE"),),
    }
    return DataStructure(**{**_head("DSD"), **given, **fields})


def dataflow(identifier: str = "DF", **fields: Any) -> Dataflow:
    """Return a dataflow."""
    return Dataflow(**{**_head(identifier), "structure": reference("DataStructure", "DSD"), **fields})


def selection(identifier: str, *values: str, **fields: Any) -> Selection:
    """Return the selected values of a dimension."""
    return Selection(id=identifier, values=tuple(map(Value, values)), **fields)


def region(*selections: Selection, include: bool = True) -> Region:
    """Return a region."""
    return Region(selections=selections, include=include)


def constraint(*regions: Region, **fields: Any) -> DataConstraint:
    """Return a constraint on the data structure."""
    attachment = (reference("DataStructure", "DSD"),)
    return DataConstraint(**{**_head("CON"), "regions": regions, "attachment": attachment, **fields})


def place(identifier: str, *children: HierarchicalCode, **fields: Any) -> HierarchicalCode:
    """Return a code in a hierarchy."""
    given = {"code": reference("Code", "CL_FORM", identifier), **fields}
    return HierarchicalCode(id=identifier, children=children, **given)


def hierarchy(*codes: HierarchicalCode, **fields: Any) -> Hierarchy:
    """Return a hierarchy."""
    return Hierarchy(codes=codes, **{**_head("H"), **fields})


def value_map(*pairs: tuple[str, str], **fields: Any) -> RepresentationMap:
    """Return a map from values to values."""
    given = {
        "sources": (reference("Codelist", "CL_FORM"),),
        "targets": (reference("Codelist", "CL_OTHER"),),
        "mappings": tuple(ValueMapping(sources=(MappedValue(one),), targets=(other,)) for one, other in pairs),
    }
    return RepresentationMap(**{**_head("RM"), **given, **fields})


def at_version(artefact: Maintainable, version: str) -> Any:
    """Return an artefact under another version."""
    return replace(artefact, version=version)


def _head(identifier: str) -> dict[str, Any]:
    return {"id": identifier, "agency": AGENCY, "version": STABLE, "name": {"en": f"Name of {identifier}"}}
