"""Structure messages in SDMX-ML 3.0."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import ClassVar

from lxml import etree
from sdmx.message import StructureMessage
from sdmx.model.common import (
    AnnotableArtefact,
    BaseAnnotation,
    BaseDataStructureDefinition,
    DimensionComponent,
    Facet,
    Item,
    MaintainableArtefact,
    TimeDimension,
)

from icstip.messages import artefact_xml
from icstip.messages.artefact_xml import titled
from icstip.messages.structure_header import StructureHeader
from icstip.messages.structure_xml import StructureXml, parent_of
from icstip.messages.xml import ML_30, Namespaces, child
from icstip.structures.data_types import data_type_name

PARENT = "PARENT"
"""Type of the annotation that holds a parent which the schema does not let an element hold."""

# The schema of SDMX-ML 3.0 has the wrong type for the parent of a code: codes may start with a digit or an underscore,
# their parents may not. Known as https://github.com/sdmx-twg/sdmx-ml/issues/30 and corrected in SDMX-ML 3.1.
_SCHEMA_PARENT = re.compile(r"[A-Za-z][A-Za-z0-9_\-]*")


class StructureMl30(StructureXml):
    """Writes structure messages in SDMX-ML 3.0."""

    format_name: ClassVar[str] = "SDMX-ML 3.0"
    namespaces: ClassVar[Namespaces] = ML_30
    enumerations: ClassVar[frozenset[str]] = frozenset({"Codelist", "ValueList"})
    data_set_tag: ClassVar[str] = "Dataflow"
    has_attachment_groups: ClassVar[bool] = False
    containers: ClassVar[Mapping[str, str]] = {
        "codelist": "Codelists",
        "concept_scheme": "ConceptSchemes",
        "structure": "DataStructures",
        "dataflow": "Dataflows",
    }

    def version(self, artefact: MaintainableArtefact) -> str:
        """Return the version with its extension, for example ``1.0.0-draft``."""
        return artefact_xml.version(artefact)

    def standing(self, artefact: MaintainableArtefact) -> dict[str, str]:
        """Return nothing: the version says it (SDMX 3.0 §6, versioning)."""
        del artefact
        return {}

    def reference(
        self, parent: etree._Element, tag: str, kind: str, artefact: MaintainableArtefact, item: str | None = None
    ) -> None:
        """Add a reference, which is a URN."""
        child(parent, self.namespaces.structure_tag(tag), self.urn(kind, artefact, item))

    def local_reference(self, parent: etree._Element, tag: str, target: str) -> None:
        """Add a local reference, which is an id."""
        child(parent, self.namespaces.structure_tag(tag), target)

    def annotations_of(self, annotable: AnnotableArtefact) -> Iterable[BaseAnnotation]:
        """Return the annotations, and the parent of an item where the schema does not let an element hold it."""
        yield from annotable.annotations
        parent = parent_of(annotable) if isinstance(annotable, Item) else None
        if parent is not None and not _SCHEMA_PARENT.fullmatch(parent):
            yield titled(PARENT, parent)

    def item_parent(self, element: etree._Element, item: Item) -> None:
        """Add the parent of an item, where the schema lets an element hold it."""
        parent = parent_of(item)
        if parent is not None and _SCHEMA_PARENT.fullmatch(parent):
            self.local_reference(element, "Parent", parent)

    def ordered(self, dsd: BaseDataStructureDefinition) -> Iterable[DimensionComponent]:
        """Return the dimensions with the time dimension last, as the schema has it."""
        return sorted(dsd.dimensions, key=lambda dimension: isinstance(dimension, TimeDimension))

    def dimension_tag(self, dimension: DimensionComponent) -> str:
        """Return the local name of the element of a dimension; SDMX 3.0 has no measure dimension."""
        return "TimeDimension" if isinstance(dimension, TimeDimension) else "Dimension"

    def measures(self, parent: etree._Element, dsd: BaseDataStructureDefinition) -> None:
        """Add the measures. A value may always be missing, so each is optional."""
        if dsd.measures.components:
            element = self.component_list(parent, "MeasureList", "MeasureDescriptor", dsd)
            for measure in dsd.measures:
                self.component(element, "Measure", measure, dsd, self.usage(mandatory=False))

    def usage(self, *, mandatory: bool) -> dict[str, str]:
        """Return the usage."""
        return {"usage": "mandatory" if mandatory else "optional"}

    def related_to_observation(self, relationship: etree._Element) -> None:
        """Add an empty element."""
        child(relationship, self.namespaces.structure_tag("Observation"))

    def text_format(self, component_tag: str, facet: Facet) -> dict[str, str]:
        """Return that a text is in one language: SDMX-ML 3.0 assumes several, which the objects cannot hold."""
        is_text = facet.value_type is None or data_type_name(facet.value_type) == "String"
        return {"isMultiLingual": "false"} if is_text and component_tag in {"Attribute", "Measure"} else {}


def write(message: StructureMessage, *, message_id: str | None = None, prepared: datetime | None = None) -> bytes:
    """Return a structure message in SDMX-ML 3.0.

    Args:
        message: The artefacts.
        message_id: Id of the message; without it the one of its header.
        prepared: When the message was prepared; without it the time of its header.

    Raises:
        StructureError: The message holds what cannot be written in SDMX-ML 3.0, or its header is incomplete.
    """
    header = StructureHeader.of(message.header, message_id=message_id, prepared=prepared)
    return StructureMl30().write(message, header)
