"""Classes of the information model and the classes of sdmx1 that stand for them: the one table of both directions."""

from collections.abc import Mapping
from typing import Final

from sdmx.model import common, v21, v30

CLASSES: Final[Mapping[str, type]] = {
    "AgencyScheme": common.AgencyScheme,
    "DataProviderScheme": common.DataProviderScheme,
    "DataConsumerScheme": common.DataConsumerScheme,
    "MetadataProviderScheme": v30.MetadataProviderScheme,
    "OrganisationUnitScheme": common.OrganisationScheme,  # sdmx1 has no class of its own for it
    "Codelist": common.Codelist,
    "GeographicCodelist": v30.GeographicCodelist,
    "GeoGridCodelist": v30.GeoGridCodelist,
    "ValueList": v30.ValueList,
    "Hierarchy": v30.Hierarchy,
    "HierarchyAssociation": v30.HierarchyAssociation,
    "ConceptScheme": common.ConceptScheme,
    "CategoryScheme": common.CategoryScheme,
    "Categorisation": common.Categorisation,
    "ReportingTaxonomy": v21.ReportingTaxonomy,
    "DataStructure": v30.DataStructureDefinition,
    "Dataflow": v30.Dataflow,
    "MetadataStructure": v30.MetadataStructureDefinition,
    "Metadataflow": v30.Metadataflow,
    "MetadataSet": v30.MetadataSet,
    "DataConstraint": v30.DataConstraint,
    "MetadataConstraint": v30.MetadataConstraint,
    "ProvisionAgreement": common.ProvisionAgreement,
    "StructureSet": v21.StructureSet,
    "TransformationScheme": common.TransformationScheme,
    "CustomTypeScheme": common.CustomTypeScheme,
    "NamePersonalisationScheme": common.NamePersonalisationScheme,
    "RulesetScheme": common.RulesetScheme,
    "UserDefinedOperatorScheme": common.UserDefinedOperatorScheme,
    "VtlMappingScheme": common.VTLMappingScheme,
}
"""The class of sdmx1 for each class of maintainable artefacts that it has."""

KINDS: Final[Mapping[type, str]] = {
    **{cls: kind for kind, cls in CLASSES.items()},
    common.BaseDataStructureDefinition: "DataStructure",
    common.BaseDataflow: "Dataflow",
    common.BaseMetadataStructureDefinition: "MetadataStructure",
    common.BaseMetadataflow: "Metadataflow",
    v21.ContentConstraint: "DataConstraint",
    v21.HierarchicalCodelist: "Hierarchy",
}
"""The class of the information model for classes of sdmx1, those of SDMX 2.1 included."""

ITEM_CLASSES: Final[Mapping[str, type]] = {
    "AgencyScheme": common.Agency,
    "DataProviderScheme": common.DataProvider,
    "DataConsumerScheme": common.DataConsumer,
    "MetadataProviderScheme": v30.MetadataProvider,
    "OrganisationUnitScheme": common.Organisation,
    "Codelist": common.Code,
    "ConceptScheme": common.Concept,
    "CategoryScheme": common.Category,
}
"""The class of sdmx1 for the items of each item scheme."""


def kind_of(artefact: object) -> str | None:
    """Return the class of the information model for a maintainable object of sdmx1, or None if it has none."""
    return next((KINDS[cls] for cls in type(artefact).__mro__ if cls in KINDS), None)
