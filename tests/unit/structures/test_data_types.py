"""Names of SDMX data types."""

import pytest
from sdmx.model.common import ExtendedFacetValueType, FacetValueType

from icstip.errors import StructureError
from icstip.structures.data_types import data_type_name, value_type_of


@pytest.mark.parametrize("value_type", FacetValueType)
def test_every_data_type_is_found_by_its_name(value_type: FacetValueType) -> None:
    assert value_type_of(data_type_name(value_type), where="X") is value_type


@pytest.mark.parametrize(
    ("value_type", "name"),
    [
        (FacetValueType.observationalTimePeriod, "ObservationalTimePeriod"),
        (FacetValueType.uri, "URI"),
        (FacetValueType.timesRange, "TimeRange"),
        (ExtendedFacetValueType.Xhtml, "XHTML"),
    ],
)
def test_names_are_those_of_the_schemas(value_type: FacetValueType, name: str) -> None:
    assert data_type_name(value_type) == name


def test_a_data_type_that_sdmx_does_not_have_is_refused_by_name() -> None:
    with pytest.raises(StructureError, match=r"VICTIM\.X: 'Text' is not an SDMX data type"):
        value_type_of("Text", where="VICTIM.X")
