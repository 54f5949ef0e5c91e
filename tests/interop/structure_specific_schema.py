"""An XML schema for the flat structure-specific data of one structure, as SDMX 3.0 says that it is derived."""

from pathlib import Path

from lxml import etree

from icstip.schema import Column, Schema
from icstip.standard.model import Role

_SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0"
_TYPES = {
    "Decimal": "xs:decimal",
    "String": "xs:string",
    "ObservationalTimePeriod": "common:ObservationalTimePeriodType",
}


def schema_of(schema: Schema, message_xsd: Path, folder: Path) -> etree.XMLSchema:
    """Return the schema of messages of a dataflow: the general one, and the types of its data set and observations."""
    namespace = f"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow={schema.dataflow}:ObsLevelDim:AllDimensions"
    base = message_xsd.parent
    simple = "".join(_enumeration(column) for column in schema.columns if column.codes is not None)
    attributes = "".join(_attribute(column) for column in schema.columns)
    own = folder / "own.xsd"
    own.write_text(
        f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:ss="{_SCHEMAS}/data/structurespecific"
  xmlns:common="{_SCHEMAS}/common" xmlns:own="{namespace}" targetNamespace="{namespace}">
<xs:import namespace="{_SCHEMAS}/data/structurespecific"
  schemaLocation="{(base / "SDMXDataStructureSpecific.xsd").as_uri()}"/>
<xs:import namespace="{_SCHEMAS}/common" schemaLocation="{(base / "SDMXCommon.xsd").as_uri()}"/>
{simple}
<xs:complexType name="DataSetType"><xs:complexContent><xs:restriction base="ss:DataSetType"><xs:sequence>
  <xs:element name="Obs" type="own:ObsType" form="unqualified" minOccurs="0" maxOccurs="unbounded"/>
</xs:sequence></xs:restriction></xs:complexContent></xs:complexType>
<xs:complexType name="ObsType"><xs:complexContent><xs:restriction base="ss:ObsType">
  <xs:sequence/>{attributes}
</xs:restriction></xs:complexContent></xs:complexType>
</xs:schema>""",
        encoding="utf-8",
    )
    driver = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:import namespace="{_SCHEMAS}/message" schemaLocation="{message_xsd.as_uri()}"/>
<xs:import namespace="{namespace}" schemaLocation="{own.as_uri()}"/>
</xs:schema>"""
    return etree.XMLSchema(etree.fromstring(driver))


def _enumeration(column: Column) -> str:
    values = "".join(f'<xs:enumeration value="{code}"/>' for code in column.codes or ())
    return (
        f'<xs:simpleType name="{column.id}"><xs:restriction base="xs:string">{values}</xs:restriction></xs:simpleType>'
    )


def _attribute(column: Column) -> str:
    if column.role is Role.TIME_DIMENSION:
        return ""  # the type that is restricted has it already
    kind = f"own:{column.id}" if column.codes is not None else _TYPES[column.data_type]
    use = "required" if column.mandatory else "optional"
    return f'<xs:attribute name="{column.id}" type="{kind}" use="{use}"/>'
