"""What the tables of this repository become."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from icstip.artefacts.base import Nameable
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.constraints import DataConstraint
from icstip.artefacts.data_structure import Categorisation, Dataflow, DataStructure
from icstip.artefacts.hierarchies import Hierarchy
from icstip.artefacts.items import Codelist, DataProviderScheme, ItemScheme
from icstip.artefacts.maps import StructureMap
from icstip.artefacts.walk import references_of
from icstip.standard.model import TOTAL, Standard
from icstip.standard.read import read_standard
from icstip.structures.building.build import build_artefacts
from icstip.structures.building.dataflows import build_agreements


@pytest.fixture(scope="module")
def standard(dsd_folder: Path) -> Standard:
    return read_standard(dsd_folder)


@pytest.fixture(scope="module")
def artefacts(standard: Standard) -> Artefacts:
    return build_artefacts(standard)


def _selected(constraint: DataConstraint) -> dict[str, list[str]]:
    selections = (selection for region in constraint.regions for selection in region.selections)
    return {selection.id: [value.value for value in selection.values] for selection in selections}


def _constraints(artefacts: Artefacts, kind: str) -> Iterator[tuple[str, DataConstraint]]:
    for constraint in artefacts.all_of(DataConstraint):
        yield from ((target.id, constraint) for target in constraint.attachment if target.kind == kind)


def test_there_are_four_structures_and_at_least_ten_dataflows(artefacts: Artefacts) -> None:
    assert len(artefacts.all_of(DataStructure)) == 4
    assert len(artefacts.all_of(Dataflow)) >= 10


def test_what_is_referred_to_is_there_unless_it_belongs_to_others(artefacts: Artefacts, standard: Standard) -> None:
    references = (reference for artefact in artefacts for reference in references_of(artefact))
    own = (reference for reference in references if reference.agency == standard.agency)
    assert [str(reference) for reference in own if artefacts.find(reference) is None] == []


def test_every_structure_says_which_codes_its_data_may_have(artefacts: Artefacts, standard: Standard) -> None:
    constraints = dict(_constraints(artefacts, "DataStructure"))
    assert set(constraints) == set(standard.structures)
    for structure, constraint in constraints.items():
        selected = _selected(constraint)
        refused = [dimension.id for dimension in standard.structures[structure].dimensions if not dimension.total]
        assert not any(TOTAL in selected.get(dimension, ()) for dimension in refused)
        for component, codes in standard.structures[structure].allowed.items():
            assert set(selected[component]) == codes - {TOTAL}


def test_every_dataflow_but_one_of_each_structure_has_a_constraint(artefacts: Artefacts, standard: Standard) -> None:
    constrained = dict(_constraints(artefacts, "Dataflow"))
    free = [flow.structure for flow in standard.dataflows.values() if flow.id not in constrained]
    assert sorted(free) == sorted(standard.structures)


def test_a_dataflow_varies_only_in_its_free_dimensions(artefacts: Artefacts, standard: Standard) -> None:
    free = {constraint.dataflow: constraint.free for constraint in standard.constraints.values()}
    for dataflow, constraint in _constraints(artefacts, "Dataflow"):
        selected = _selected(constraint)
        structure = standard.structures[standard.dataflows[dataflow].structure]
        fixed = [dim.id for dim in structure.dimensions if dim.total and dim.id not in free[dataflow]]
        assert fixed
        assert {tuple(selected[dimension]) for dimension in fixed} == {(TOTAL,)}
        assert not any(selected.get(dimension) == [TOTAL] for dimension in free[dataflow])


def test_every_selected_code_is_in_the_list_of_its_component(artefacts: Artefacts, standard: Standard) -> None:
    for constraint in artefacts.all_of(DataConstraint):
        (target,) = constraint.attachment
        structure = standard.dataflows[target.id].structure if target.kind == "Dataflow" else target.id
        codelists = {component.id: component.codelist for component in standard.structures[structure].components}
        for component, codes in _selected(constraint).items():
            assert codes
            assert set(codes) <= standard.codelists[codelists[component]].by_id.keys()


def test_every_dataflow_is_in_a_category(artefacts: Artefacts, standard: Standard) -> None:
    assert {found.source.id for found in artefacts.all_of(Categorisation)} == set(standard.dataflows)


def test_every_place_of_a_hierarchy_has_a_code_of_the_standard(artefacts: Artefacts) -> None:
    hierarchies = artefacts.all_of(Hierarchy)
    assert hierarchies
    for hierarchy in hierarchies:
        for _, place in hierarchy.walk():
            codelist = artefacts.find(place.code)
            assert isinstance(codelist, Codelist)
            assert place.code.item in {code.id for code in codelist.items}


def test_there_is_a_structure_map_to_data_of_others(artefacts: Artefacts, standard: Standard) -> None:
    maps = artefacts.all_of(StructureMap)
    assert any(found.target.agency != standard.agency for found in maps)
    # They refer to versions of two numbers, and so have such a version themselves.
    assert {len(found.version.split(".")) for found in maps if found.target.version.count(".") == 1} == {2}


def test_every_artefact_and_item_has_a_name_in_each_language(artefacts: Artefacts, standard: Standard) -> None:
    # The name of the agency scheme is a text of the product, which has its own tests.
    named: list[Nameable] = [artefact for artefact in artefacts if artefact.kind != "AgencyScheme"]
    named.extend(item for scheme in artefacts if isinstance(scheme, ItemScheme) for item in scheme.items)
    assert [found.id for found in named if set(found.name) != set(standard.languages)] == []


def test_every_provider_can_agree_to_send_every_dataflow(artefacts: Artefacts, standard: Standard) -> None:
    (scheme,) = artefacts.all_of(DataProviderScheme)
    providers = [provider.id for provider in scheme.items]
    agreements = build_agreements(standard, providers)
    assert len({agreement.id for agreement in agreements}) == len(providers) * len(standard.dataflows) > 0
    assert all(set(agreement.name) == set(standard.languages) for agreement in agreements)
