"""Structure messages in SDMX-ML 2.1. What SDMX 2.1 does not know is translated, or refused where that is impossible."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import ClassVar, Final

from lxml import etree
from sdmx.message import StructureMessage
from sdmx.model import v21
from sdmx.model.common import (
    AnnotableArtefact,
    BaseAnnotation,
    BaseDataStructureDefinition,
    DimensionComponent,
    Facet,
    FacetValueType,
    Item,
    MaintainableArtefact,
    TimeDimension,
)

from icstip.errors import StructureError
from icstip.messages import artefact_xml
from icstip.messages.artefact_xml import PACKAGES, agency, titled, truth
from icstip.messages.structure_header import StructureHeader
from icstip.messages.structure_xml import StructureXml, parent_of
from icstip.messages.xml import ML_21, Namespaces, child

PRIMARY_MEASURE: Final = "OBS_VALUE"
"""The one id that SDMX-ML 2.1 allows a primary measure."""


class StructureMl21(StructureXml):
    """Writes structure messages in SDMX-ML 2.1."""

    format_name: ClassVar[str] = "SDMX-ML 2.1"
    namespaces: ClassVar[Namespaces] = ML_21
    enumerations: ClassVar[frozenset[str]] = frozenset({"Codelist", "ConceptScheme"})
    data_set_tag: ClassVar[str] = "None"
    has_attachment_groups: ClassVar[bool] = True
    containers: ClassVar[Mapping[str, str]] = {
        "dataflow": "Dataflows",
        "codelist": "Codelists",
        "concept_scheme": "Concepts",
        "structure": "DataStructures",
    }

    def version(self, artefact: MaintainableArtefact) -> str:
        """Return the version without its extension: ``1.0.0-draft`` is ``1.0.0`` and not final."""
        return artefact_xml.version(artefact).partition("-")[0]

    def standing(self, artefact: MaintainableArtefact) -> dict[str, str]:
        """Return whether the artefact is final; a version with an extension never is."""
        is_stable = "-" not in artefact_xml.version(artefact)
        return {"isFinal": truth(value=is_stable and bool(artefact.is_final))}

    def reference(
        self, parent: etree._Element, tag: str, kind: str, artefact: MaintainableArtefact, item: str | None = None
    ) -> None:
        """Add a reference, whose parts are attributes."""
        identity = {"agencyID": agency(artefact), "package": PACKAGES[kind], "class": kind}
        version = self.version(artefact)
        if item is None:
            target = {"id": artefact.id, "version": version}
        else:
            target = {"id": item, "maintainableParentID": artefact.id, "maintainableParentVersion": version}
        child(child(parent, self.namespaces.structure_tag(tag)), "Ref", **target, **identity)

    def local_reference(self, parent: etree._Element, tag: str, target: str) -> None:
        """Add a local reference."""
        child(child(parent, self.namespaces.structure_tag(tag)), "Ref", id=target)

    def annotations_of(self, annotable: AnnotableArtefact) -> Iterable[BaseAnnotation]:
        """Return the annotations; the value, which SDMX 3.0 added, becomes the title of one of the same type."""
        for annotation in annotable.annotations:
            if annotation.value is None:
                yield annotation
            else:
                others = (annotation.title, annotation.url, *annotation.text.localizations)
                if any(others):
                    yield v21.Annotation(
                        id=annotation.id,
                        type=annotation.type,
                        title=annotation.title,
                        url=annotation.url,
                        text=annotation.text,
                    )
                yield titled(annotation.type, annotation.value)

    def item_parent(self, element: etree._Element, item: Item) -> None:
        """Add the parent of an item."""
        parent = parent_of(item)
        if parent is not None:
            self.local_reference(element, "Parent", parent)

    def ordered(self, dsd: BaseDataStructureDefinition) -> Iterable[DimensionComponent]:
        """Return the dimensions in their order."""
        return tuple(dsd.dimensions)

    def dimension_tag(self, dimension: DimensionComponent) -> str:
        """Return the local name of the element of a dimension."""
        if isinstance(dimension, v21.MeasureDimension):
            return "MeasureDimension"
        return "TimeDimension" if isinstance(dimension, TimeDimension) else "Dimension"

    def measures(self, parent: etree._Element, dsd: BaseDataStructureDefinition) -> None:
        """Add the primary measure, under the one id that it may have.

        Raises:
            StructureError: There is no measure, or more than one.
        """
        if len(dsd.measures.components) != 1:
            raise StructureError("measures-not-one", where=dsd.id, number=len(dsd.measures.components))
        element = self.component_list(parent, "MeasureList", "MeasureDescriptor", dsd)
        measure = dsd.measures.components[0]
        primary = v21.PrimaryMeasure(
            id=PRIMARY_MEASURE,
            annotations=measure.annotations,
            concept_identity=measure.concept_identity,
            local_representation=measure.local_representation,
        )
        self.component(element, "PrimaryMeasure", primary, dsd, {})

    def usage(self, *, mandatory: bool) -> dict[str, str]:
        """Return the assignment status."""
        return {"assignmentStatus": "Mandatory" if mandatory else "Conditional"}

    def related_to_observation(self, relationship: etree._Element) -> None:
        """Add a reference to the primary measure."""
        self.local_reference(relationship, "PrimaryMeasure", PRIMARY_MEASURE)

    def text_format(self, component_tag: str, facet: Facet) -> dict[str, str]:
        """Return a text type for places on the map, which SDMX 2.1 does not have."""
        del component_tag
        return {"textType": "String"} if facet.value_type is FacetValueType.geospatialInformation else {}


def write(message: StructureMessage, *, message_id: str | None = None, prepared: datetime | None = None) -> bytes:
    """Return a structure message in SDMX-ML 2.1.

    Args:
        message: The artefacts.
        message_id: Id of the message; without it the one of its header.
        prepared: When the message was prepared; without it the time of its header.

    Raises:
        StructureError: The message holds what cannot be written in SDMX-ML 2.1, or its header is incomplete.
    """
    header = StructureHeader.of(message.header, message_id=message_id, prepared=prepared)
    return StructureMl21().write(message, header)
