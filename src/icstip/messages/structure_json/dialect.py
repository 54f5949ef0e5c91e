"""How the versions of SDMX-JSON differ in structure messages: a table that the writer and the reader go by."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from icstip.messages.structure_json.text_forms import FORMS_1, FORMS_2, Forms

UNKNOWN_LANGUAGE: Final = "und"
"""The language tag of a text of no language (RFC 5646 §4.1)."""

_SCHEME_IDS: Final[Mapping[str, str]] = {
    "AgencyScheme": "AGENCIES",
    "DataProviderScheme": "DATA_PROVIDERS",
    "DataConsumerScheme": "DATA_CONSUMERS",
    "MetadataProviderScheme": "METADATA_PROVIDERS",
}

ITEMS: Final[Mapping[str, str]] = {
    "AgencyScheme": "agencies",
    "DataProviderScheme": "dataProviders",
    "DataConsumerScheme": "dataConsumers",
    "MetadataProviderScheme": "metadataProviders",
    "OrganisationUnitScheme": "organisationUnits",
    "Codelist": "codes",
    "ValueList": "valueItems",
    "ConceptScheme": "concepts",
    "CategoryScheme": "categories",
}
"""The property of each item scheme that has its items."""

SELF: Final = "self"
"""The relation of a link from something to itself, where its URN stands, and of one to the address of an annotation."""

SERVICE: Final = "service"
"""The relation of a link from an artefact to the service that it stands in."""

MIDNIGHT: Final = "T00:00:00Z"
"""What follows a date where SDMX-JSON has a time, but SDMX-ML a date."""

CHANNELS: Final[Mapping[str, str]] = {
    "Telephone": "telephones",
    "Fax": "faxes",
    "X400": "x400s",
    "URI": "uris",
    "Email": "emails",
}
"""The property of a contact that has its channels of each kind."""

PERIODS: Final[Mapping[str, str]] = {
    "before": "beforePeriod",
    "after": "afterPeriod",
    "start": "startPeriod",
    "end": "endPeriod",
}
"""The property of a time range that has each of its ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One version of SDMX-JSON.

    Attributes:
        format_id: Id of the format, for example ``sdmx-json-2.0``.
        name: Its name for people.
        schema: Address of its schema, by which a message says which version it is in.
        schema_on_top: Whether that stands at the top too, besides ``meta``, where older tools look for it.
        has_small_languages: Whether the languages of the content are told in small letters.
        collections: The property that holds the artefacts of each class. A class that is not here is one that the
            version does not have.
        classes: Classes that have another name in URNs than in the information model.
        misspelt: Those that have another one yet where a URN can be that of anything.
        unknown: Classes that its URNs cannot be of.
        versions: Versions that artefacts can have.
        referred: Versions that references can have.
        languages: Language tags that it knows.
        forms: Text formats: what can be said of the values of what.
        format_key: Property of a representation that has the text format.
        type_key: Property of a text format that has the data type.
        says_final: Whether ``isFinal`` says what is final; otherwise the version itself says it.
        scheme_ids: The one id that the organisation schemes of a class can have.
        has_partial_language: Whether artefacts can say ``isPartialLanguage``.
        has_annotation_values: Whether annotations have values.
        has_contact_ids: Whether contacts have ids.
        parents_are_urns: Whether concepts and organisation units refer to the item above them by its URN.
        iso_concept_is_urn: Whether an ISO 11179 concept is said by a URN.
        has_extensions: Whether code lists extend others.
        has_measures: Whether there are measures; otherwise one primary measure.
        usage: Property that says whether an attribute must be reported, and its values for that it must or need not.
        data_set_key: Property that relates an attribute to the whole data set.
        observation_key: Property that relates an attribute to observations.
        has_metadata_attributes: Whether data structures have metadata attributes.
        has_evolving: Whether data structures can say ``evolvingStructure``.
        has_dimension_constraint: Whether dataflows have dimension constraints.
        provision_flow_key: Property that refers from a provision agreement to its dataflow.
        role_key: Property that says whether a constraint is on what is allowed or what there is; None if the collection
            says it.
        include_key: Property of a cube region that says whether it is included.
        component_key: Property of a cube region that has the selected components that are no dimensions.
        has_regions_in_detail: Whether cube regions have annotations, and selections more than values.
        has_time_range_validity: Whether time ranges are valid for a time.
        has_several_values_in_keys: Whether a key can have several values of a dimension.
        hierarchy_in_list: Whether a hierarchy stands in a hierarchical code list.
        has_sources_and_calendar: Whether constraints have data sources and a release calendar.
    """

    format_id: str
    name: str
    schema: str
    schema_on_top: bool
    has_small_languages: bool
    collections: Mapping[str, str]
    classes: Mapping[str, str]
    versions: re.Pattern[str]
    referred: re.Pattern[str]
    languages: re.Pattern[str]
    forms: Forms
    misspelt: Mapping[str, str] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
    format_key: str = "format"
    type_key: str = "dataType"
    says_final: bool = False
    scheme_ids: Mapping[str, str] = field(default_factory=lambda: _SCHEME_IDS)
    has_partial_language: bool = False
    has_annotation_values: bool = True
    has_contact_ids: bool = True
    parents_are_urns: bool = False
    iso_concept_is_urn: bool = False
    has_extensions: bool = True
    has_measures: bool = True
    usage: tuple[str, str, str] = ("usage", "mandatory", "optional")
    data_set_key: str = "dataflow"
    observation_key: str = "observation"
    has_metadata_attributes: bool = True
    has_evolving: bool = False
    has_dimension_constraint: bool = False
    provision_flow_key: str = "dataflow"
    role_key: str | None = "role"
    include_key: str = "include"
    component_key: str = "components"
    has_regions_in_detail: bool = True
    has_time_range_validity: bool = False
    has_several_values_in_keys: bool = False
    hierarchy_in_list: bool = False
    has_sources_and_calendar: bool = True


AVAILABILITY: Final = "availabilityConstraints"
"""The property of SDMX-JSON 2.1 that holds constraints on what there is; they have neither id nor name."""

_COLLECTIONS_2: Final[Mapping[str, str]] = {
    "AgencyScheme": "agencySchemes",
    "DataProviderScheme": "dataProviderSchemes",
    "DataConsumerScheme": "dataConsumerSchemes",
    "MetadataProviderScheme": "metadataProviderSchemes",
    "OrganisationUnitScheme": "organisationUnitSchemes",
    "Codelist": "codelists",
    "ValueList": "valueLists",
    "ConceptScheme": "conceptSchemes",
    "DataStructure": "dataStructures",
    "Dataflow": "dataflows",
    "ProvisionAgreement": "provisionAgreements",
    "DataConstraint": "dataConstraints",
    "CategoryScheme": "categorySchemes",
    "Categorisation": "categorisations",
    "Hierarchy": "hierarchies",
    "RepresentationMap": "representationMaps",
    "StructureMap": "structureMaps",
}
_ONLY_2: Final = frozenset({"MetadataProviderScheme", "ValueList", "RepresentationMap", "StructureMap"})
_COLLECTIONS_1: Final[Mapping[str, str]] = {
    **{kind: name for kind, name in _COLLECTIONS_2.items() if kind not in _ONLY_2},
    "DataConstraint": "contentConstraints",
    "Hierarchy": "hierarchicalCodelists",
}

_CLASSES_1: Final[Mapping[str, str]] = {
    "DataConstraint": "ContentConstraint",
    "Hierarchy": "HierarchicalCodelist",
    "Measure": "PrimaryMeasure",
}
# Kinds of components that 2.x does not tell apart.
_CLASSES_2: Final[Mapping[str, str]] = {"MeasureDimension": "Dimension", "ReportingYearStartDay": "DataAttribute"}

_UNKNOWN_2: Final = frozenset(
    {"HierarchicalCodelist", "ContentConstraint", "AttachmentConstraint", "StructureSet", "PrimaryMeasure"}
    | {"GeographicCodelist", "GeoGridCodelist", "MetadataSet"}
)

KINDS: Final[Mapping[str, str]] = {
    "HierarchicalCodelist": "Hierarchy",
    "ContentConstraint": "DataConstraint",
    "AvailabilityConstraint": "DataConstraint",
    "PrimaryMeasure": "Measure",
    "Valuelist": "ValueList",
}
"""Classes of the information model by other names that URNs have for them."""

_NUMBERS: Final = re.compile(r"[0-9]+(\.[0-9]+)*")
_LEGACY_OR_SEMANTIC: Final = (
    r"(0|[1-9]\d*)(\.(0|[1-9]\d*))?|(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}(-[0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*)?"
)
_WILDCARDS: Final = r"\d+\+\.\d+\.\d+|\d+\.\d+\+\.\d+|\d+\.\d+\.\d+\+"

LOWER_TAG: Final = re.compile(
    r"([a-z]{2,3}(-[a-z]{3}){0,3}|[a-z]{4,8})(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([0-9a-z]{5,8}|[0-9][0-9a-z]{3}))*"
    r"(-[0-9a-wy-z](-[0-9a-z]{2,8})+)*(-x(-[0-9a-z]{1,8})+)?|x(-[0-9a-z]{1,8})+"
)
"""Language tags in small letters, which are all that some properties can have (RFC 5646 §2.1, without old ones)."""

_ANY_TAG: Final = re.compile(r"(?s).*")

JSON_10: Final = Dialect(
    format_id="sdmx-json-1.0",
    name="SDMX-JSON 1.0",
    schema=(
        "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/1.0/"
        "sdmx-json-structure-schema.json"
    ),
    schema_on_top=False,
    has_small_languages=True,
    collections=_COLLECTIONS_1,
    classes=_CLASSES_1,
    versions=_NUMBERS,
    referred=_NUMBERS,
    languages=_ANY_TAG,
    forms=FORMS_1,
    format_key="textFormat",
    type_key="textType",
    says_final=True,
    has_annotation_values=False,
    has_contact_ids=False,
    parents_are_urns=True,
    iso_concept_is_urn=True,
    has_extensions=False,
    has_measures=False,
    usage=("assignmentStatus", "Mandatory", "Conditional"),
    data_set_key="none",
    observation_key="primaryMeasure",
    has_metadata_attributes=False,
    provision_flow_key="structureUsage",
    role_key="type",
    include_key="isIncluded",
    component_key="attributes",
    has_regions_in_detail=False,
    hierarchy_in_list=True,
    scheme_ids={},
)

JSON_20: Final = Dialect(
    format_id="sdmx-json-2.0",
    name="SDMX-JSON 2.0",
    schema=(
        "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/"
        "sdmx-json-structure-schema.json"
    ),
    schema_on_top=False,
    has_small_languages=True,
    collections=_COLLECTIONS_2,
    classes=_CLASSES_2,
    # So the schema has it wherever the URN of any artefact can stand, but not where that of a value list must.
    misspelt={"ValueList": "Valuelist"},
    unknown=_UNKNOWN_2 | {"AvailabilityConstraint"},
    versions=re.compile(_LEGACY_OR_SEMANTIC),
    referred=re.compile(f"{_LEGACY_OR_SEMANTIC}|{_WILDCARDS}"),
    languages=_ANY_TAG,
    forms=FORMS_2,
)

JSON_21: Final = Dialect(
    format_id="sdmx-json-2.1",
    name="SDMX-JSON 2.1",
    schema="https://json.sdmx.org/2.1/sdmx-json-structure-schema.json",
    schema_on_top=True,
    has_small_languages=False,
    collections=_COLLECTIONS_2,
    classes=_CLASSES_2,
    unknown=_UNKNOWN_2,
    versions=re.compile(_LEGACY_OR_SEMANTIC),
    referred=re.compile(f"{_LEGACY_OR_SEMANTIC}|{_WILDCARDS}"),
    languages=re.compile(LOWER_TAG.pattern, re.IGNORECASE),
    forms=FORMS_2,
    has_partial_language=True,
    has_evolving=True,
    has_dimension_constraint=True,
    role_key=None,
    has_time_range_validity=True,
    has_several_values_in_keys=True,
    has_sources_and_calendar=False,
)

DIALECTS: Final = (JSON_10, JSON_20, JSON_21)
