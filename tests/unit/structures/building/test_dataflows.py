"""Dataflows and provision agreements."""

from dataclasses import replace

import pytest

from icstip.artefacts.base import Reference
from icstip.errors import StructureError
from icstip.standard.model import Standard
from icstip.structures.building.dataflows import build_agreements, build_dataflow
from icstip.structures.building.maintenance import Issue


def test_a_dataflow_refers_to_its_structure(full_standard: Standard) -> None:
    flow = build_dataflow(full_standard.dataflows["DF_VICTIM"], Issue(full_standard))
    assert flow.structure == Reference("DataStructure", "TEST", "VICTIM", "1.0.0-draft")
    assert (flow.name, flow.description, flow.version) == ({"en": "Victims"}, {"en": "Persons."}, "1.0.0-draft")
    assert [(note.type, note.title) for note in flow.annotations] == [("SOURCE", "GLOTIP")]


def test_a_dataflow_without_its_structure_is_refused(full_standard: Standard) -> None:
    issue = Issue(replace(full_standard, structures={}))
    with pytest.raises(StructureError, match="DF_VICTIM: refers to DataStructure 'VICTIM'"):
        build_dataflow(full_standard.dataflows["DF_VICTIM"], issue)


def test_an_agreement_is_called_after_dataflow_and_provider(full_standard: Standard) -> None:
    (agreement,) = build_agreements(full_standard, ["CI"], ["DF_EVENT"])
    assert (agreement.id, agreement.agency, agreement.version) == ("PA_DF_EVENT_CI", "TEST", "1.0.0-draft")
    assert agreement.name == {"en": "Events – Côte d'Ivoire", "fr": "Événements – Côte d'Ivoire"}
    assert agreement.dataflow == Reference("Dataflow", "TEST", "DF_EVENT", "1.0.0-draft")
    assert agreement.provider == Reference("DataProvider", "TEST", "DATA_PROVIDERS", "1.0", "CI")


def test_agreements_are_on_all_dataflows_unless_some_are_named(full_standard: Standard) -> None:
    agreements = build_agreements(full_standard, ["002", "CI", "002"])
    assert [agreement.id for agreement in agreements] == [
        "PA_DF_VICTIM_002",
        "PA_DF_VICTIM_CI",
        "PA_DF_EVENT_002",
        "PA_DF_EVENT_CI",
    ]


def test_a_provider_or_dataflow_that_the_standard_does_not_have_is_refused(full_standard: Standard) -> None:
    with pytest.raises(StructureError, match="TEST: the standard has no data provider 'XX'"):
        build_agreements(full_standard, ["XX"])
    with pytest.raises(StructureError, match="TEST: the standard has no dataflow 'DF_XX'"):
        build_agreements(full_standard, ["CI"], ["DF_XX"])
