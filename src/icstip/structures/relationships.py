"""What the attributes of a data structure are related to."""

from sdmx.model.common import AttributeRelationship, BaseDataStructureDefinition, DataAttribute
from sdmx.model.v30 import DataflowRelationship


def relationship_of(attribute: DataAttribute, dsd: BaseDataStructureDefinition) -> AttributeRelationship | None:
    """Return the relationship of an attribute, or None when nobody can tell.

    The reader of sdmx1 does not keep two of the relationships of SDMX-ML 3.0: to the data set and to a group. Where the
    structure has no groups, an attribute without a relationship is therefore one of the data set.

    Args:
        attribute: The attribute.
        dsd: The data structure that it belongs to.
    """
    if attribute.related_to is None and not dsd.group_dimensions:
        return DataflowRelationship()
    return attribute.related_to
