"""SDMX data types: their names in SDMX messages and the sdmx1 objects that stand for them."""

from collections.abc import Mapping
from enum import Enum

from sdmx.model.common import ExtendedFacetValueType, FacetValueType

from icstip.errors import StructureError

# sdmx1 writes these differently from the messages, where every other name only has a capital letter first.
_IRREGULAR: Mapping[str, str] = {"uri": "URI", "timesRange": "TimeRange", "Xhtml": "XHTML"}


def data_type_name(value_type: Enum) -> str:
    """Return the name of a data type as SDMX messages write it, for example ``ObservationalTimePeriod``.

    Args:
        value_type: A member of `sdmx.model.common.FacetValueType` or `ExtendedFacetValueType`.
    """
    name = value_type.name
    return _IRREGULAR.get(name, name[0].upper() + name[1:])


VALUE_TYPES: Mapping[str, FacetValueType | ExtendedFacetValueType] = {
    **{data_type_name(member): member for member in ExtendedFacetValueType},
    **{data_type_name(member): member for member in FacetValueType},
}
"""The sdmx1 object for the name of each data type. One kind of objects has ``XHTML``, the other has all the rest."""


def value_type_of(data_type: str, *, where: str) -> FacetValueType | ExtendedFacetValueType:
    """Return the sdmx1 object for the name of a data type.

    Args:
        data_type: Name as SDMX messages write it, for example ``Decimal``.
        where: What uses it, for the message.

    Raises:
        StructureError: SDMX has no such data type.
    """
    try:
        return VALUE_TYPES[data_type]
    except KeyError:
        raise StructureError("data-type-unknown", where=where, data_type=data_type) from None
