"""Data structures: dimensions, groups, attributes and measures, as every version of SDMX-ML has them."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import ClassVar, Final

from lxml import etree
from sdmx.model import v21, v30
from sdmx.model.common import (
    AttributeRelationship,
    BaseDataStructureDefinition,
    Component,
    Concept,
    DataAttribute,
    DimensionComponent,
    DimensionRelationship,
    Facet,
    GroupDimensionDescriptor,
    GroupRelationship,
    MaintainableArtefact,
    Representation,
    TimeDimension,
)

from icstip.errors import StructureError
from icstip.messages.artefact_xml import ArtefactXml
from icstip.messages.xml import child
from icstip.structures.data_types import data_type_name
from icstip.structures.relationships import relationship_of

# Names in sdmx1 and in SDMX-ML, in the order of the schema.
_FACETS: Final[Mapping[str, str]] = {
    "is_sequence": "isSequence",
    "interval": "interval",
    "start_value": "startValue",
    "end_value": "endValue",
    "time_interval": "timeInterval",
    "start_time": "startTime",
    "end_time": "endTime",
    "min_length": "minLength",
    "max_length": "maxLength",
    "min_value": "minValue",
    "max_value": "maxValue",
    "decimals": "decimals",
    "pattern": "pattern",
}
_CLASSES: Final[Mapping[str, str]] = {"Attribute": "DataAttribute"}


class DataStructureXml(ArtefactXml):
    """Writes data structures. A subclass says how its version of SDMX-ML differs."""

    #: Name of the format, for messages.
    format_name: ClassVar[str]
    #: Classes that can enumerate the values of a component.
    enumerations: ClassVar[frozenset[str]]
    #: Element that relates an attribute to the whole data set.
    data_set_tag: ClassVar[str]
    #: Whether an attribute of some dimensions can say in which group it is reported.
    has_attachment_groups: ClassVar[bool]

    @abstractmethod
    def ordered(self, dsd: BaseDataStructureDefinition) -> Iterable[DimensionComponent]:
        """Return the dimensions in the order in which they are written."""

    @abstractmethod
    def dimension_tag(self, dimension: DimensionComponent) -> str:
        """Return the local name of the element of a dimension."""

    @abstractmethod
    def measures(self, parent: etree._Element, dsd: BaseDataStructureDefinition) -> None:
        """Add the list of measures."""

    @abstractmethod
    def usage(self, *, mandatory: bool) -> dict[str, str]:
        """Return the attribute that says whether an attribute must be reported."""

    @abstractmethod
    def related_to_observation(self, relationship: etree._Element) -> None:
        """Add what relates an attribute to the observation."""

    @abstractmethod
    def text_format(self, component_tag: str, facet: Facet) -> dict[str, str]:
        """Return the attributes that differ between versions in the text format of a component."""

    def data_structure(self, parent: etree._Element, dsd: BaseDataStructureDefinition) -> None:
        """Add a data structure.

        Raises:
            StructureError: This version of SDMX-ML cannot express it.
        """
        element = self.maintainable(parent, "DataStructure", dsd)
        if not dsd.dimensions.components:
            return
        components = child(element, self.namespaces.structure_tag("DataStructureComponents"))
        self._dimensions(components, dsd)
        for group in dsd.group_dimensions.values():
            self._group(components, group, dsd)
        if dsd.attributes.components:
            self._attributes(components, dsd)
        self.measures(components, dsd)

    def component_list(self, parent: etree._Element, tag: str, kind: str, dsd: MaintainableArtefact) -> etree._Element:
        """Return the new element of a list of components, whose id is the name of its class."""
        return child(parent, self.namespaces.structure_tag(tag), id=kind, urn=self.urn(kind, dsd, kind))

    def component(
        self,
        parent: etree._Element,
        tag: str,
        component: Component,
        dsd: BaseDataStructureDefinition,
        attributes: Mapping[str, str],
    ) -> etree._Element:
        """Return the new element of a component, with its concept, representation and role.

        Args:
            parent: The element of the list of components.
            tag: Local name of the element.
            component: The component.
            dsd: The data structure that it belongs to.
            attributes: Further attributes of the element.

        Raises:
            StructureError: It has no concept, or its values cannot be expressed.
        """
        where = f"{dsd.id}.{component.id}"
        urn = self.urn(_CLASSES.get(tag, tag), dsd, component.id)
        element = child(
            parent, self.namespaces.structure_tag(tag), id=component.id, urn=urn, uri=component.uri, **attributes
        )
        self.annotations(element, self.annotations_of(component))
        if component.concept_identity is None:
            raise StructureError("component-without-concept", where=where)
        self._concept_reference(element, "ConceptIdentity", component.concept_identity)
        self.representation(element, "LocalRepresentation", _representation(component), where=where)
        role = getattr(component, "concept_role", None)
        if role is not None:
            self._concept_reference(element, "ConceptRole", role)
        return element

    def representation(
        self, element: etree._Element, tag: str, representation: Representation | None, *, where: str
    ) -> None:
        """Add the representation of a component or concept, if it has one.

        Raises:
            StructureError: This version of SDMX-ML does not allow such an enumeration.
        """
        if representation is None or (representation.enumerated is None and not representation.non_enumerated):
            return
        box = child(element, self.namespaces.structure_tag(tag))
        if representation.enumerated is not None:
            kind = type(representation.enumerated).__name__
            if kind not in self.enumerations:
                raise StructureError("enumeration-unwritten", where=where, kind=kind, format=self.format_name)
            self.reference(box, "Enumeration", kind, representation.enumerated)
        for facet in representation.non_enumerated[:1]:
            attributes = _facet_attributes(facet)
            if representation.enumerated is not None:
                child(box, self.namespaces.structure_tag("EnumerationFormat"), **attributes)
            else:
                attributes |= self.text_format(etree.QName(element).localname, facet)
                child(box, self.namespaces.structure_tag("TextFormat"), **attributes)

    def _dimensions(self, parent: etree._Element, dsd: BaseDataStructureDefinition) -> None:
        element = self.component_list(parent, "DimensionList", "DimensionDescriptor", dsd)
        for position, dimension in enumerate(self.ordered(dsd), start=1):
            tag = self.dimension_tag(dimension)
            # A time dimension is always the last one, and SDMX-ML 3.0 does not allow it a position.
            attributes = {} if tag == "TimeDimension" else {"position": str(position)}
            self.component(element, tag, dimension, dsd, attributes)

    def _group(self, parent: etree._Element, group: GroupDimensionDescriptor, dsd: BaseDataStructureDefinition) -> None:
        urn = self.urn("GroupDimensionDescriptor", dsd, group.id)
        element = child(parent, self.namespaces.structure_tag("Group"), id=group.id, urn=urn)
        self.annotations(element, self.annotations_of(group))
        for dimension in group.components:
            self.local_reference(
                child(element, self.namespaces.structure_tag("GroupDimension")), "DimensionReference", dimension.id
            )

    def _attributes(self, parent: etree._Element, dsd: BaseDataStructureDefinition) -> None:
        element = self.component_list(parent, "AttributeList", "AttributeDescriptor", dsd)
        for attribute in dsd.attributes:
            where = f"{dsd.id}.{attribute.id}"
            if not isinstance(attribute, DataAttribute):
                kind = type(attribute).__name__
                raise StructureError("structure-kind-unwritten", where=where, kind=kind, format=self.format_name)
            usage = self.usage(mandatory=getattr(attribute.usage_status, "name", "") == "mandatory")
            box = self.component(element, "Attribute", attribute, dsd, usage)
            relationship = child(box, self.namespaces.structure_tag("AttributeRelationship"))
            self._relationship(relationship, relationship_of(attribute, dsd), where=where)

    def _relationship(self, element: etree._Element, relationship: AttributeRelationship | None, *, where: str) -> None:
        match relationship:
            case v30.ObservationRelationship() | v21.PrimaryMeasureRelationship():
                self.related_to_observation(element)
            case v30.DataflowRelationship() | v21.NoSpecifiedRelationship():
                child(element, self.namespaces.structure_tag(self.data_set_tag))
            case DimensionRelationship():
                for dimension in relationship.dimensions:
                    self.local_reference(element, "Dimension", dimension.id)
                if relationship.group_key is not None and self.has_attachment_groups:
                    self.local_reference(element, "AttachmentGroup", relationship.group_key.id)
            case GroupRelationship() if relationship.group_key is not None:
                self.local_reference(element, "Group", relationship.group_key.id)
            case _:
                raise StructureError("attribute-unattached", where=where)

    def _concept_reference(self, element: etree._Element, tag: str, concept: Concept) -> None:
        scheme = concept.get_scheme()
        if scheme is None:
            raise StructureError("concept-without-scheme", where=concept.id)
        self.reference(element, tag, "Concept", scheme, concept.id)


def _representation(component: Component) -> Representation | None:
    representation = component.local_representation
    if isinstance(component, TimeDimension) and (representation is None or not representation.non_enumerated):
        # The one representation that SDMX-ML requires, and the widest that it allows.
        return Representation(non_enumerated=[Facet(value_type=v30.FacetValueType.observationalTimePeriod)])
    return representation


def _facet_attributes(facet: Facet) -> dict[str, str]:
    attributes = {} if facet.value_type is None else {"textType": data_type_name(facet.value_type)}
    for name, xml_name in _FACETS.items():
        value = getattr(facet.type, name)
        if value is not None:
            attributes[xml_name] = _facet_text(value)
    return attributes


def _facet_text(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case float():
            return f"{value:.15g}"
        case timedelta():
            return f"PT{value.total_seconds():.15g}S"
        case _:
            return str(value)
