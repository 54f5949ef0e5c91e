"""Schemas are found by what data say that they are of."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.examples.data_sets import FULL

from icstip.artefacts.base import Reference
from icstip.artefacts.collection import Artefacts
from icstip.messages.data_parts import DataHead, Generation, Reading
from icstip.messages.dataset import Action
from icstip.schema import ArtefactKey, Schema
from icstip.standard.model import Standard
from icstip.structures.build import build_structures
from icstip.structures.building.build import build_artefacts
from icstip.workflow.schemas import Schemas, schema_of


def _head(kind: str, name: str, version: str, generation: Generation = "3.0", agency: str = "TEST") -> DataHead:
    return DataHead(Reference(kind, agency, name, version), Action.INFORMATION, generation)


def _reading() -> Reading:
    return Reading("file", lambda _: None)


@pytest.fixture(scope="module")
def schemas(small_standard: Standard) -> Schemas:
    return Schemas.of_standard(small_standard)


def test_data_are_of_a_data_structure_or_a_dataflow(schemas: Schemas) -> None:
    of_structure = schemas.find(_head("DataStructure", "VICTIM", "1.0.0-draft"))
    of_flow = schemas.find(_head("Dataflow", "DF_VICTIM", "1.0.0-draft"))
    assert of_structure is not None
    assert of_flow is not None
    assert (of_structure.dataflow, str(of_flow.dataflow)) == (None, "TEST:DF_VICTIM(1.0.0-draft)")
    assert of_structure.columns == of_flow.columns
    assert of_flow.refused["AREA"] == {"_T"}


def test_sdmx_2_1_cannot_say_that_a_version_is_a_draft(schemas: Schemas) -> None:
    assert schemas.find(_head("DataStructure", "VICTIM", "1.0.0", "2.1")) is not None
    assert schemas.find(_head("DataStructure", "VICTIM", "1.0.0", "3.0")) is None


@pytest.mark.parametrize(
    "head",
    [
        _head("DataStructure", "OTHER", "1.0.0-draft"),
        _head("DataStructure", "VICTIM", "2.0.0"),
        _head("DataStructure", "VICTIM", "1.0.0-draft", agency="OTHER"),
        _head("ProvisionAgreement", "PA", "1.0"),
    ],
)
def test_what_is_not_there_is_not_found(head: DataHead, schemas: Schemas) -> None:
    assert schemas.find(head) is None


def test_a_version_with_wildcards_is_the_latest_that_fits(schemas: Schemas) -> None:
    assert schemas.find(_head("DataStructure", "VICTIM", "1.0+.0")) is not None
    assert schemas.find(_head("DataStructure", "VICTIM", "2.0+.0")) is None


def test_data_that_say_nothing_are_of_the_only_structure(small_standard: Standard) -> None:
    artefacts = build_artefacts(small_standard)
    head = DataHead(None, Action.INFORMATION, "3.0")
    assert Schemas(artefacts).find(head) is None
    one = Artefacts(tuple(artefact for artefact in artefacts if artefact.id != "EVENT"))
    found = Schemas(one).find(head)
    assert found is not None
    assert found.structure.id == "VICTIM"


def test_names_of_concepts_and_codes_come_along(schemas: Schemas) -> None:
    found = schemas.find(_head("DataStructure", "VICTIM", "1.0.0-draft"))
    assert found is not None
    assert found.by_id["AREA"].name == {"en": "Area", "fr": "Zone"}
    assert found.by_id["FORM"].code_names["SLAVERY"] == {"en": "Slavery", "fr": "Esclavage"}


def test_a_schema_that_is_given_is_used_and_another_name_in_the_message_is_told() -> None:
    reading = _reading()
    find = schema_of(FULL, reading)
    assert find(_head("Dataflow", "DF", "1.0.0", agency="A")) is FULL
    assert not reading.notices.findings
    assert find(_head("Dataflow", "DF", "2.0.0", agency="A")) is FULL
    (finding,) = reading.notices.findings
    assert (finding.code, finding.value) == ("DATA-006", "A:DF(2.0.0)")


def test_a_structure_that_is_given_takes_the_dataflow_from_the_message() -> None:
    found = schema_of(replace(FULL, dataflow=None), _reading())(_head("Dataflow", "MINE", "1.0.0"))
    assert found is not None
    assert found.dataflow == ArtefactKey("TEST", "MINE", "1.0.0")


def test_structures_of_sdmx1_and_files_are_taken(small_standard: Standard, dsd_folder: Path) -> None:
    message = build_structures(small_standard)
    head = _head("DataStructure", "VICTIM", "1.0.0-draft")
    dsd = message.structure["VICTIM"]
    found = [schema_of(given, _reading())(head) for given in (message, dsd, build_artefacts(small_standard))]
    assert [isinstance(one, Schema) for one in found] == [True] * 3
    ours = _head("DataStructure", "TIP_VICTIM", "1.0.0-draft", agency="ICSTIP")
    assert isinstance(schema_of(dsd_folder, _reading())(ours), Schema)


def test_the_installed_standard_is_looked_at_last(small_standard: Standard) -> None:
    ours = _head("Dataflow", "DF_TIP_VICTIM", "1.0.0-draft", agency="ICSTIP")
    for given in (None, build_artefacts(small_standard)):
        found = schema_of(given, _reading())(ours)
        assert found is not None
        assert found.structure.id == "TIP_VICTIM"


def test_a_schema_without_artefacts_is_found_by_its_structure_and_its_dataflow(small_standard: Standard) -> None:
    other = replace(
        FULL, structure=ArtefactKey("OTHER", "COUNTS", "2.1"), dataflow=ArtefactKey("OTHER", "DF_COUNTS", "2.1")
    )
    schemas = Schemas.of_standard(small_standard, (other,))
    assert schemas.find(_head("DataStructure", "COUNTS", "2.1", agency="OTHER")) == other
    assert schemas.find(_head("Dataflow", "DF_COUNTS", "2.1", agency="OTHER")) == other
    assert schemas.find(_head("Dataflow", "DF_COUNTS", "3.0", agency="OTHER")) is None
    assert schemas.find(_head("DataStructure", "VICTIM", "1.0.0-draft")) is not None


def _one_structure(standard: Standard) -> Artefacts:
    artefacts = build_artefacts(standard)
    left_out = {"EVENT", "DF_VICTIM"}
    return Artefacts(tuple(one for one in artefacts if one.id not in left_out))


def test_the_only_structure_of_a_file_is_that_of_data_whose_dataflow_it_does_not_have(small_standard: Standard) -> None:
    find = schema_of(_one_structure(small_standard), _reading())
    found = find(_head("Dataflow", "DF_OTHER", "1.0"))
    assert found is not None
    assert (found.structure.id, str(found.dataflow)) == ("VICTIM", "TEST:DF_OTHER(1.0)")


def test_it_is_not_that_of_data_of_another_structure(small_standard: Standard) -> None:
    assert schema_of(_one_structure(small_standard), _reading())(_head("DataStructure", "OTHER", "1.0")) is None


def test_of_two_structures_of_a_file_none_is_taken(small_standard: Standard) -> None:
    find = schema_of(build_artefacts(small_standard), _reading())
    assert find(_head("Dataflow", "DF_OTHER", "1.0")) is None
