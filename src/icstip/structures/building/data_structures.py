"""Data structure definitions."""

from icstip.artefacts.base import Annotation, Reference, Representation, TextFormat
from icstip.artefacts.data_structure import Attribute, DataStructure, Dimension, Level, Measure, Relationship
from icstip.artefacts.data_types import SIMPLE_TYPES
from icstip.errors import StructureError
from icstip.standard import model
from icstip.standard.model import Attachment, Role
from icstip.structures.building.maintenance import Issue, provenance


def build_data_structure(structure: model.Structure, issue: Issue) -> DataStructure:
    """Return a data structure: its dimensions by position, its measures and attributes in the order of the table.

    Raises:
        StructureError: A component refers to a concept or a code list that does not exist, or has a data type that SDMX
            does not know; or an attribute has no level of attachment.
    """
    parts = _Parts(structure, issue)
    return DataStructure(
        id=structure.id,
        name=structure.name,
        description=structure.description,
        dimensions=tuple(parts.dimension(component) for component in structure.dimensions),
        measures=tuple(parts.measure(component) for component in structure.measures),
        attributes=tuple(parts.attribute(component) for component in structure.attributes),
        **issue.maintained,
    )


class _Parts:
    def __init__(self, structure: model.Structure, issue: Issue) -> None:
        self._structure = structure
        self._issue = issue

    def dimension(self, component: model.Component) -> Dimension:
        return Dimension(
            id=component.id,
            kind="TimeDimension" if component.role is Role.TIME_DIMENSION else "Dimension",
            concept=self._concept(component),
            representation=self._representation(component),
            annotations=_notes(component),
        )

    def measure(self, component: model.Component) -> Measure:
        return Measure(
            id=component.id,
            mandatory=component.mandatory,
            concept=self._concept(component),
            representation=self._representation(component),
            annotations=_notes(component),
        )

    def attribute(self, component: model.Component) -> Attribute:
        return Attribute(
            id=component.id,
            mandatory=component.mandatory,
            relationship=self._relationship(component),
            concept=self._concept(component),
            representation=self._representation(component),
            annotations=_notes(component),
        )

    def _concept(self, component: model.Component) -> Reference:
        return self._issue.concept(component.concept, where=self._where(component))

    def _representation(self, component: model.Component) -> Representation:
        where = self._where(component)
        if component.codelist:
            return Representation(self._issue.codelist(component.codelist, where=where))
        if component.data_type not in SIMPLE_TYPES:
            raise StructureError("data-type-unknown", where=where, data_type=component.data_type)
        return Representation(format=TextFormat(component.data_type))

    def _relationship(self, component: model.Component) -> Relationship:
        match component.attachment:
            case Attachment.OBSERVATION:
                return Relationship(Level.OBSERVATION)
            case Attachment.SERIES:
                # SDMX 3.0 §2 5.3.3: an attribute of a series is related to every dimension but time.
                keys = (dim.id for dim in self._structure.dimensions if dim.role is not Role.TIME_DIMENSION)
                return Relationship(Level.DIMENSIONS, tuple(keys))
            case Attachment.DATASET:
                return Relationship(Level.DATASET)
            case None:
                raise StructureError("attribute-unattached", where=component.id)

    def _where(self, component: model.Component) -> str:
        return f"{self._structure.id}.{component.id}"


def _notes(component: model.Component) -> tuple[Annotation, ...]:
    return provenance(component.source)
