"""How the versions of SDMX-ML differ in structure messages: a table that the writer and the reader go by.

The words of the information model are those of `icstip.artefacts`. An element is named as the class of what it holds,
as far as `Dialect.class_of` does not say otherwise.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from icstip.artefacts.kinds import ITEM_KINDS, ORDER, ORGANISATION_SCHEMES
from icstip.messages.xml import ML_21, ML_30, ML_31, Namespaces

PARENT: Final = "PARENT"
"""Type of the annotation that holds a parent which the schema does not let an element hold."""


REPORTING_YEAR_START_DAY: Final = "REPORTING_YEAR_START_DAY"
"""The one id that SDMX-ML 2.1 allows the attribute of this class."""

ORGANISATION_SCHEME_IDS: Final[Mapping[str, str]] = {
    "AgencyScheme": "AGENCIES",
    "DataProviderScheme": "DATA_PROVIDERS",
    "DataConsumerScheme": "DATA_CONSUMERS",
    "MetadataProviderScheme": "METADATA_PROVIDERS",
}
"""The one id that each of these schemes can have."""

FIXED_VERSION: Final = "1.0"
"""The version of what has no versions of its own."""

COMPONENT_LISTS: Final[Mapping[str, str]] = {
    "DimensionList": "DimensionDescriptor",
    "AttributeList": "AttributeDescriptor",
    "MeasureList": "MeasureDescriptor",
}
"""The lists of components of a data structure, with their class, which is their id too."""

FACETS: Final = (
    "isSequence",
    "interval",
    "startValue",
    "endValue",
    "timeInterval",
    "startTime",
    "endTime",
    "minLength",
    "maxLength",
    "minValue",
    "maxValue",
    "decimals",
    "pattern",
    "isMultiLingual",
)
"""The facets of a text format, which are attributes, in the order of the schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One version of SDMX-ML.

    Attributes:
        format_id: Id of the format, for example ``sdmx-ml-3.0``.
        name: Its name for people.
        namespaces: Its namespaces.
        containers: The element that holds the artefacts of each class, in the order of the schema. A class that is not
            here is one that the version does not have.
        classes: Classes that have another name in this version than in the information model.
        absent_classes: Classes that cannot be referred to.
        versions: Versions that a reference can have.
        references_are_urns: Whether references are URNs as text; otherwise an element ``Ref``, or one ``URN``.
        says_final: Whether the attribute ``isFinal`` says what is final; otherwise the version itself says it.
        fixed_versions: Classes whose version is always `FIXED_VERSION`; SDMX-ML 3.x does not write it.
        has_links: Whether identifiable things have links.
        has_annotation_values: Whether annotations have values and addresses in several languages.
        has_partial_language: Whether the attribute ``isPartialLanguage`` exists.
        has_metadata_attributes: Whether data structures have metadata attributes, and ``Metadata``.
        has_evolving: Whether the attribute ``evolvingStructure`` exists.
        has_dimension_constraint: Whether dataflows have dimension constraints.
        has_extensions: Whether code lists extend others.
        code_parent: Parents that a code can have as an element; others are an annotation of type `PARENT`.
        usage: Attribute that says whether an attribute must be reported, and its values for that it must or need not.
        measure_usage: Whether measures have that attribute as well.
        data_set_tag: Element that relates an attribute to the whole data set.
        observation_tag: Element that relates an attribute to observations.
        has_attachment_groups: Whether an attribute of dimensions can say in which groups it is reported.
        has_measure_relationship: Whether an attribute can say which measures it is about.
        has_group_constraint: Whether a group can be made by an attachment constraint.
        provision_flow_tag: Element that refers from a provision agreement to its dataflow.
        constraint_role: Attribute that says whether a constraint is on what is allowed or what there is; None if the
            class says it.
        component_tag: Element with the selected values of a component that is no dimension.
        has_data_sources: Whether constraints are attached to data sources.
        has_release_calendar: Whether constraints have a release calendar.
        selections_are_common: Whether what stands in a region or key is of the common namespace.
        regions_have_more: Whether regions have annotations, and values a validity, a language and ``excluderoot``.
        keys_have_components: Whether the keys of a key set have values of components that are no dimensions.
        keys_have_several_values: Whether a key can have several values of a dimension.
        formal_levels: Attribute that says whether the levels of a hierarchy are the same everywhere.
        hierarchy_in_list: Whether a hierarchy stands in a hierarchical code list.
    """

    format_id: str
    name: str
    namespaces: Namespaces
    containers: Mapping[str, str]
    classes: Mapping[str, str]
    absent_classes: frozenset[str]
    versions: re.Pattern[str]
    references_are_urns: bool = True
    says_final: bool = False
    fixed_versions: frozenset[str] = ORGANISATION_SCHEMES
    has_links: bool = True
    has_annotation_values: bool = True
    has_partial_language: bool = False
    has_metadata_attributes: bool = True
    has_evolving: bool = False
    has_dimension_constraint: bool = False
    has_extensions: bool = True
    code_parent: re.Pattern[str] = field(default=re.compile(r"[A-Za-z0-9_@$\-]+"))
    usage: tuple[str, str, str] = ("usage", "mandatory", "optional")
    measure_usage: bool = True
    data_set_tag: str = "Dataflow"
    observation_tag: str = "Observation"
    has_attachment_groups: bool = False
    has_measure_relationship: bool = True
    has_group_constraint: bool = False
    provision_flow_tag: str = "Dataflow"
    constraint_role: str | None = "role"
    component_tag: str = "Component"
    has_data_sources: bool = True
    has_release_calendar: bool = True
    selections_are_common: bool = False
    regions_have_more: bool = True
    keys_have_components: bool = True
    keys_have_several_values: bool = False
    formal_levels: str = "hasFormalLevels"
    hierarchy_in_list: bool = False

    def class_of(self, kind: str) -> str:
        """Return what this version calls a class of the information model: in elements, URNs and references."""
        return self.classes.get(kind, kind)

    def kind_of(self, name: str) -> str:
        """Return the class of the information model for the name that this version has for it."""
        return _KINDS.get(name, name)

    def item_tag(self, kind: str) -> str:
        """Return the local name of the elements of the items of a scheme, for example ``Code`` of a ``Codelist``."""
        return ITEM_KINDS[kind]


# Names of SDMX 2.1 for classes of the model. A measure dimension is one of the kinds of dimensions in the model.
_KINDS: Final[Mapping[str, str]] = {
    "HierarchicalCodelist": "Hierarchy",
    "ContentConstraint": "DataConstraint",
    "AvailabilityConstraint": "DataConstraint",
    "PrimaryMeasure": "Measure",
}

_CLASSES_21: Final[Mapping[str, str]] = {
    "Hierarchy": "HierarchicalCodelist",
    "DataConstraint": "ContentConstraint",
    "Measure": "PrimaryMeasure",
}

_ABSENT_21: Final = frozenset(
    {
        "ValueList",
        "GeographicCodelist",
        "GeoGridCodelist",
        "HierarchyAssociation",
        "MetadataProviderScheme",
        "MetadataProvider",
        "MetadataConstraint",
        "AvailabilityConstraint",
        "MetadataProvisionAgreement",
        "RepresentationMap",
        "StructureMap",
        "ConceptSchemeMap",
        "CategorySchemeMap",
        "OrganisationSchemeMap",
        "ReportingTaxonomyMap",
    }
)

# Names of 2.1 that a reference may still have, and kinds of components that 3.x does not tell apart.
_CLASSES_3X: Final[Mapping[str, str]] = {
    "HierarchicalCodelist": "Hierarchy",
    "ContentConstraint": "DataConstraint",
    "PrimaryMeasure": "Measure",
    "MeasureDimension": "Dimension",
    "ReportingYearStartDay": "DataAttribute",
}

_PLURALS: Final[Mapping[str, str]] = {"Hierarchy": "Hierarchies"}

_CONTAINERS_21: Final[Mapping[str, str]] = {
    "AgencyScheme": "OrganisationSchemes",
    "DataProviderScheme": "OrganisationSchemes",
    "DataConsumerScheme": "OrganisationSchemes",
    "OrganisationUnitScheme": "OrganisationSchemes",
    "Dataflow": "Dataflows",
    "CategoryScheme": "CategorySchemes",
    "Categorisation": "Categorisations",
    "Codelist": "Codelists",
    "Hierarchy": "HierarchicalCodelists",
    "ConceptScheme": "Concepts",
    "DataStructure": "DataStructures",
    "DataConstraint": "Constraints",
    "ProvisionAgreement": "ProvisionAgreements",
}

# SDMX-ML 3.x allows any order of the containers.
_CONTAINERS_3X: Final[Mapping[str, str]] = {kind: _PLURALS.get(kind, f"{kind}s") for kind in ORDER}

AVAILABILITY: Final = ("AvailabilityConstraints", "AvailabilityConstraint")
"""Container and element of constraints on what there is in SDMX-ML 3.1; they have neither id nor name."""

_NUMBERS: Final = re.compile(r"[0-9]+(\.[0-9]+)*")
# The patterns of URNs in the schemas of 3.x: one or two numbers, a semantic version, or one with a ``+`` in one place.
_VERSIONS_3X: Final = re.compile(
    r"\d+(\.\d+)?|\d+\.\d+\.\d+(-[0-9A-Za-z.\-]+)?|\d+\+\.\d+\.\d+|\d+\.\d+\+\.\d+|\d+\.\d+\.\d+\+"
)

# The schema of SDMX-ML 3.0 has the wrong type for the parent of a code: codes may start with a digit or an underscore,
# their parents may not. Known as https://github.com/sdmx-twg/sdmx-ml/issues/30 and corrected in SDMX-ML 3.1.
_PARENT_30: Final = re.compile(r"[A-Za-z][A-Za-z0-9_\-]*")

D21: Final = Dialect(
    format_id="sdmx-ml-2.1",
    name="SDMX-ML 2.1",
    namespaces=ML_21,
    containers=_CONTAINERS_21,
    classes=_CLASSES_21,
    absent_classes=_ABSENT_21,
    versions=_NUMBERS,
    references_are_urns=False,
    says_final=True,
    has_links=False,
    has_annotation_values=False,
    has_metadata_attributes=False,
    has_extensions=False,
    usage=("assignmentStatus", "Mandatory", "Conditional"),
    measure_usage=False,
    data_set_tag="None",
    observation_tag="PrimaryMeasure",
    has_attachment_groups=True,
    has_measure_relationship=False,
    has_group_constraint=True,
    provision_flow_tag="StructureUsage",
    constraint_role="type",
    component_tag="Attribute",
    selections_are_common=True,
    regions_have_more=False,
    keys_have_components=False,
    formal_levels="leveled",
    hierarchy_in_list=True,
)

D30: Final = Dialect(
    format_id="sdmx-ml-3.0",
    name="SDMX-ML 3.0",
    namespaces=ML_30,
    containers=_CONTAINERS_3X,
    classes=_CLASSES_3X,
    absent_classes=frozenset(),
    versions=_VERSIONS_3X,
    code_parent=_PARENT_30,
)

D31: Final = Dialect(
    format_id="sdmx-ml-3.1",
    name="SDMX-ML 3.1",
    namespaces=ML_31,
    containers=_CONTAINERS_3X,
    classes=_CLASSES_3X,
    absent_classes=frozenset(),
    versions=_VERSIONS_3X,
    fixed_versions=ORGANISATION_SCHEMES | {"Categorisation"},
    has_partial_language=True,
    has_evolving=True,
    has_dimension_constraint=True,
    constraint_role=None,
    has_data_sources=False,
    has_release_calendar=False,
    keys_have_several_values=True,
)

DIALECTS: Final = (D21, D30, D31)
