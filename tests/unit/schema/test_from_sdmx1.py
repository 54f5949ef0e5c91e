"""What a data set must look like."""

import pytest
from sdmx.model import v21, v30
from sdmx.model.common import (
    Agency,
    AttributeDescriptor,
    Code,
    Codelist,
    Concept,
    DataAttribute,
    Dimension,
    DimensionDescriptor,
    DimensionRelationship,
    Facet,
    FacetValueType,
    GroupDimensionDescriptor,
    GroupRelationship,
    Representation,
    TimeDimension,
    UsageStatus,
)

from icstip.errors import StructureError
from icstip.schema import ArtefactKey, Level, Schema
from icstip.standard.model import Role, Standard
from icstip.structures.build import build_structures
from icstip.structures.refused_codes import refused_codes


@pytest.fixture(scope="module")
def schema(small_standard: Standard) -> Schema:
    message = build_structures(small_standard)
    refused = refused_codes(small_standard, "VICTIM")
    return Schema.from_dsd(message.structure["VICTIM"], message.dataflow["DF_VICTIM"], refused)


def _dsd21() -> v21.DataStructureDefinition:
    """A structure of SDMX 2.1: a code list at the concept, a group, an attribute of each level."""
    codelist = Codelist(id="CL", items={"B": Code(id="B"), "A": Code(id="A")})
    coded, plain = Concept(id="CODED"), Concept(id="PLAIN")
    coded.core_representation = Representation(enumerated=codelist)
    first, second = Dimension(id="FIRST", concept_identity=coded), Dimension(id="SECOND", concept_identity=plain)
    time = TimeDimension(id="TIME_PERIOD", concept_identity=plain)
    group = GroupDimensionDescriptor(id="GROUP", components=[second])
    relationships = {
        "AT_OBSERVATION": v21.PrimaryMeasureRelationship(),
        "AT_TIME": DimensionRelationship(dimensions=[first, time]),
        "AT_SERIES": DimensionRelationship(dimensions=[first]),
        "AT_GROUP": GroupRelationship(group_key=group),
        "AT_DATASET": v21.NoSpecifiedRelationship(),
    }
    attributes = [DataAttribute(id=name, concept_identity=plain, related_to=to) for name, to in relationships.items()]
    attributes[0].usage_status = UsageStatus.mandatory
    double = Representation(non_enumerated=[Facet(value_type=FacetValueType.double)])
    measure = v21.PrimaryMeasure(id="OBS_VALUE", concept_identity=plain, local_representation=double)
    return v21.DataStructureDefinition(
        id="DSD",
        maintainer=Agency(id="OTHER"),
        dimensions=DimensionDescriptor(components=[first, second, time]),
        group_dimensions={"GROUP": group},
        attributes=AttributeDescriptor(components=attributes),
        measures=v21.MeasureDescriptor(components=[measure]),
    )


def test_structure_and_dataflow_are_named_by_agency_id_and_version(schema: Schema) -> None:
    assert schema.structure == ArtefactKey("TEST", "VICTIM", "1.0.0-draft")
    assert str(schema.dataflow) == "TEST:DF_VICTIM(1.0.0-draft)"


def test_columns_are_dimensions_then_measures_then_attributes(schema: Schema) -> None:
    assert schema.dimensions == ("AREA", "FORM", "TIME_PERIOD")
    assert schema.series_dimensions == ("AREA", "FORM")
    assert schema.time_dimension == "TIME_PERIOD"
    assert schema.measures == ("OBS_VALUE",)
    assert schema.attributes == ("STATUS", "COMMENT", "TITLE")
    assert tuple(schema.by_id) == schema.dimensions + schema.measures + schema.attributes


def test_a_coded_column_has_its_codes_in_order(schema: Schema) -> None:
    column = schema.by_id["FORM"]
    assert (column.codes, column.codelist) == (("_T", "LABOUR", "SLAVERY", "_U"), "CL_FORM")
    assert column.data_type == "String"


def test_an_uncoded_column_has_a_data_type(schema: Schema) -> None:
    assert (schema.by_id["OBS_VALUE"].codes, schema.by_id["OBS_VALUE"].data_type) == (None, "Decimal")
    assert schema.by_id["TIME_PERIOD"].data_type == "ObservationalTimePeriod"


def test_attributes_have_their_level_and_others_have_none(schema: Schema) -> None:
    levels = {column.id: column.attachment for column in schema.columns if column.attachment}
    assert levels == {"STATUS": Level.OBSERVATION, "COMMENT": Level.SERIES, "TITLE": Level.DATASET}
    assert schema.by_id["COMMENT"].attached_to == ("AREA", "FORM")


def test_dimensions_and_mandatory_attributes_are_mandatory(schema: Schema) -> None:
    assert {column.id for column in schema.columns if column.mandatory} == {*schema.dimensions, "STATUS"}


def test_refused_codes_are_kept_and_cannot_be_changed(schema: Schema) -> None:
    assert schema.refused == {"AREA": {"_T"}, "FORM": {"_U"}}
    with pytest.raises(TypeError):
        schema.refused["FORM"] = frozenset()  # type: ignore[index]


def test_the_code_list_of_the_concept_counts_where_the_component_has_none() -> None:
    schema = Schema.from_dsd(_dsd21())
    assert schema.by_id["FIRST"].codes == ("B", "A")
    assert schema.by_id["SECOND"].codes is None


def test_a_structure_of_sdmx_2_1_has_the_same_levels_and_groups() -> None:
    schema = Schema.from_dsd(_dsd21())
    assert [schema.by_id[name].attachment for name in schema.attributes] == [
        Level.OBSERVATION,
        Level.OBSERVATION,
        Level.SERIES,
        Level.GROUP,
        Level.DATASET,
    ]
    assert schema.by_id["AT_GROUP"].attached_to == ("SECOND",)
    assert schema.by_id["AT_OBSERVATION"].mandatory
    assert schema.by_id["OBS_VALUE"].data_type == "Double"
    assert schema.by_id["TIME_PERIOD"].role is Role.TIME_DIMENSION


def test_a_structure_without_a_version_is_version_1_0() -> None:
    assert str(Schema.from_dsd(_dsd21()).structure) == "OTHER:DSD(1.0)"
    assert Schema.from_dsd(_dsd21()).dataflow is None


def test_a_code_list_that_is_only_referred_to_is_refused() -> None:
    dsd = _dsd21()
    stub = Codelist(id="CL_FAR", is_external_reference=True)
    dsd.dimensions[0].local_representation = Representation(enumerated=stub)
    with pytest.raises(StructureError, match=r"DSD\.FIRST: the codes of code list CL_FAR are not in the message"):
        Schema.from_dsd(dsd)


def test_a_code_list_that_extends_others_is_refused() -> None:
    dsd = _dsd21()
    extended = Codelist(id="CL_MORE")
    extended.extends = [v30.CodelistExtension(extends=Codelist(id="CL"))]
    dsd.dimensions[0].local_representation = Representation(enumerated=extended)
    with pytest.raises(StructureError, match="CL_MORE extends other lists"):
        Schema.from_dsd(dsd)


def test_an_attribute_that_may_be_of_a_group_or_the_data_set_is_refused() -> None:
    dsd = _dsd21()
    dsd.attributes[0].related_to = None
    with pytest.raises(StructureError, match="no level of attachment"):
        Schema.from_dsd(dsd)


def test_the_values_of_a_value_list_are_codes() -> None:
    dsd = _dsd21()
    values = v30.ValueList(id="VL", items=[v30.ValueItem(id="$"), v30.ValueItem(id="€")])
    dsd.dimensions[0].local_representation = Representation(enumerated=values)
    assert Schema.from_dsd(dsd).by_id["FIRST"].codes == ("$", "€")
