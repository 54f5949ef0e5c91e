"""Data structure definitions and dataflows as sdmx1 objects."""

from collections.abc import Mapping
from dataclasses import dataclass

from sdmx.model.common import (
    AttributeDescriptor,
    AttributeRelationship,
    Codelist,
    ConceptScheme,
    DataAttribute,
    Dimension,
    DimensionDescriptor,
    DimensionRelationship,
    Facet,
    Representation,
    TimeDimension,
    UsageStatus,
)
from sdmx.model.v30 import (
    Dataflow,
    DataflowRelationship,
    DataStructureDefinition,
    Measure,
    MeasureDescriptor,
    ObservationRelationship,
)

from icstip.errors import StructureError
from icstip.standard import model
from icstip.standard.model import Attachment, Role
from icstip.structures.data_types import value_type_of
from icstip.structures.maintenance import maintained, nameable, provenance, referred


@dataclass(frozen=True, slots=True)
class DataStructureBuilder:
    """Builds the data structures of a standard from its code lists and its concept scheme.

    Attributes:
        standard: The standard.
        codelists: The code lists as sdmx1 objects by their id.
        concepts: The concept scheme as an sdmx1 object.
    """

    standard: model.Standard
    codelists: Mapping[str, Codelist]
    concepts: ConceptScheme

    def build(self, structure: model.Structure) -> DataStructureDefinition:
        """Return a data structure with its components in the order of the table.

        Raises:
            StructureError: A component refers to a concept or a code list that does not exist, or has a data type that
                SDMX does not know; or an attribute has no level of attachment.
        """
        dimensions = [self._dimension(component, structure) for component in structure.dimensions]
        measures = [Measure(**self._component(component, structure)) for component in structure.measures]
        attributes = [self._attribute(component, structure, dimensions) for component in structure.attributes]
        return DataStructureDefinition(
            id=structure.id,
            dimensions=DimensionDescriptor(id="DimensionDescriptor", components=dimensions),
            measures=MeasureDescriptor(id="MeasureDescriptor", components=measures),
            attributes=AttributeDescriptor(id="AttributeDescriptor", components=attributes),
            **nameable(structure.name, structure.description),
            **maintained(self.standard),
        )

    def build_dataflow(self, dataflow: model.Dataflow, structures: Mapping[str, DataStructureDefinition]) -> Dataflow:
        """Return a dataflow over one of the structures.

        Raises:
            StructureError: Its structure does not exist.
        """
        return Dataflow(
            id=dataflow.id,
            structure=referred(structures, "DataStructure", dataflow.structure, where=dataflow.id),
            annotations=provenance(dataflow.source),
            **nameable(dataflow.name, dataflow.description),
            **maintained(self.standard),
        )

    def _dimension(self, component: model.Component, structure: model.Structure) -> Dimension | TimeDimension:
        kind = TimeDimension if component.role is Role.TIME_DIMENSION else Dimension
        return kind(order=component.position, **self._component(component, structure))

    def _attribute(
        self, component: model.Component, structure: model.Structure, dimensions: list[Dimension]
    ) -> DataAttribute:
        return DataAttribute(
            related_to=_relationship(component, dimensions),
            usage_status=UsageStatus.mandatory if component.mandatory else UsageStatus.conditional,
            **self._component(component, structure),
        )

    def _component(self, component: model.Component, structure: model.Structure) -> dict[str, object]:
        where = f"{structure.id}.{component.id}"
        return {
            "id": component.id,
            "annotations": provenance(component.source),
            "concept_identity": referred(self.concepts.items, "Concept", component.concept, where=where),
            "local_representation": self._representation(component, where),
        }

    def _representation(self, component: model.Component, where: str) -> Representation:
        if component.codelist:
            return Representation(enumerated=referred(self.codelists, "Codelist", component.codelist, where=where))
        return Representation(non_enumerated=[Facet(value_type=value_type_of(component.data_type, where=where))])


def _relationship(component: model.Component, dimensions: list[Dimension]) -> AttributeRelationship:
    # SDMX 3.0 §2 5.3.3: an attribute of a series is related to every dimension but time.
    match component.attachment:
        case Attachment.OBSERVATION:
            return ObservationRelationship()
        case Attachment.SERIES:
            return DimensionRelationship(dimensions=[d for d in dimensions if not isinstance(d, TimeDimension)])
        case Attachment.DATASET:
            return DataflowRelationship()
        case None:
            raise StructureError("attribute-unattached", where=component.id)
