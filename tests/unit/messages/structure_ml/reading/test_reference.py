"""References in all their forms, and what becomes of those to drafts, constraints and hierarchies of SDMX-ML 2.1."""

import pytest
from tests.examples.ml_messages import URN, VERSIONS, document, unread

from icstip.artefacts.base import Reference
from icstip.artefacts.data_structure import Categorisation, Dataflow, ProvisionAgreement

STRUCTURE = Reference("DataStructure", "A.B", "DSD", "1.0")


def _flow(version: str, reference: str) -> Reference | None:
    flow = f'<s:Dataflow id="DF" agencyID="T"><s:Structure>{reference}</s:Structure></s:Dataflow>'
    (found,) = document(version, f"<s:A>{flow}</s:A>").artefacts.all_of(Dataflow)
    return found.structure


def _source(reference: str, more: str = "") -> Reference:
    target = '<s:Target><Ref id="C" maintainableParentID="CS" agencyID="T"/></s:Target>'
    source = f"<s:Source>{reference}</s:Source>"
    categorisation = f'<s:Categorisation id="X" agencyID="T">{source}{target}</s:Categorisation>'
    (found,) = document("2.1", f"<s:A>{more}{categorisation}</s:A>").artefacts.all_of(Categorisation)
    return found.source


def _ref(kind: str, identity: str, version: str = "1.0") -> str:
    return f'<Ref id="{identity}" agencyID="T" version="{version}" class="{kind}" package="any"/>'


def _part(kind: str, identity: str, of: str, more: str = "") -> str:
    parent = f'maintainableParentID="{of}" maintainableParentVersion="1.0"'
    return f'<Ref id="{identity}" agencyID="T" {parent} {more} class="{kind}" package="any"/>'


@pytest.mark.parametrize(
    "reference",
    [
        '<Ref id="DSD" agencyID="A.B" version="1.0" class="DataStructure" package="datastructure"/>',
        '<Ref id=" DSD " agencyID="A.B"/>',
        f"<URN>{URN}datastructure.DataStructure=A.B:DSD(1.0)</URN>",
        f'<Ref id="DSD" agencyID="A.B"/><URN>{URN}datastructure.DataStructure=A.B:DSD(1.0)</URN>',
        f" {URN}datastructure.DataStructure=A.B:DSD(1.0) ",
    ],
)
@pytest.mark.parametrize("version", VERSIONS)
def test_a_reference_to_an_artefact_is_read_in_any_form(version: str, reference: str) -> None:
    assert _flow(version, reference) == STRUCTURE


def test_a_reference_of_3_x_can_have_wildcards_in_its_version() -> None:
    found = _flow("3.0", f"{URN}datastructure.DataStructure=A.B:DSD(1.0+.0)")
    assert found == Reference("DataStructure", "A.B", "DSD", "1.0+.0")


def test_a_reference_without_agency_stays_in_the_agency() -> None:
    assert _flow("2.1", '<Ref id="DSD"/>') == Reference("DataStructure", "T", "DSD", "1.0")


@pytest.mark.parametrize(
    "reference",
    ["", "nonsense", "<Ref/>", "<URN/>", '<Ref id="A" agencyID="T" class="Strange"/>', f"{URN}x.Strange=T:A(1.0)"],
)
def test_an_artefact_with_a_reference_that_is_not_understood_is_left_out_and_told(reference: str) -> None:
    flow = f'<s:Dataflow id="DF" agencyID="T"><s:Structure>{reference}</s:Structure></s:Dataflow>'
    assert len(document("3.0", f"<s:A>{flow}</s:A>").artefacts) == 0
    assert unread("3.0", flow) == [("Dataflow=T:DF(1.0)", "Structure"), ("Dataflow=T:DF(1.0)", "Dataflow")]


def test_an_item_is_not_an_artefact() -> None:
    target = '<s:Target><Ref id="C" agencyID="T"/></s:Target>'
    source = f"<s:Source>{_ref('Dataflow', 'DF')}</s:Source>"
    categorisation = f'<s:Categorisation id="X" agencyID="T">{source}{target}</s:Categorisation>'
    assert [what for _, what in unread("2.1", categorisation)] == ["Target", "Categorisation"]


@pytest.mark.parametrize(
    ("version", "flow", "provider"),
    [
        (
            "2.1",
            f"<s:StructureUsage>{_ref('Dataflow', 'DF', '1.1')}</s:StructureUsage>",
            '<Ref id="P" agencyID="T" maintainableParentID="DATA_PROVIDERS"/>',
        ),
        (
            "3.0",
            f"<s:Dataflow>{URN}datastructure.Dataflow=T:DF(1.1)</s:Dataflow>",
            f"{URN}base.DataProvider=T:DATA_PROVIDERS(1.0).P",
        ),
        (
            "3.1",
            f"<s:Dataflow>{URN}datastructure.Dataflow=T:DF(1.1)</s:Dataflow>",
            f"{URN}base.DataProvider=T:DATA_PROVIDERS(7.0).P",
        ),
    ],
)
def test_a_provision_agreement_refers_to_a_dataflow_and_a_provider(version: str, flow: str, provider: str) -> None:
    inside = f"{flow}<s:DataProvider>{provider}</s:DataProvider>"
    agreement = f'<s:ProvisionAgreement id="PA" agencyID="T">{inside}</s:ProvisionAgreement>'
    (found,) = document(version, f"<s:A>{agreement}</s:A>").artefacts.all_of(ProvisionAgreement)
    assert found.dataflow == Reference("Dataflow", "T", "DF", "1.1")
    assert found.provider == Reference("DataProvider", "T", "DATA_PROVIDERS", "1.0", "P")


def test_a_provision_agreement_on_metadata_is_left_out_and_told() -> None:
    inside = f"<s:StructureUsage>{_ref('Metadataflow', 'MDF')}</s:StructureUsage>"
    agreement = f'<s:ProvisionAgreement id="PA" agencyID="T">{inside}</s:ProvisionAgreement>'
    place = "ProvisionAgreement=T:PA(1.0)"
    assert unread("2.1", agreement) == [(place, "Metadataflow"), (place, "ProvisionAgreement")]


def test_a_categorisation_refers_to_a_nested_category() -> None:
    source = f"<s:Source>{_ref('Codelist', 'CL', '2.0')}</s:Source>"
    target = (
        '<s:Target><Ref id="A.B" maintainableParentID="CS" maintainableParentVersion="3.0" agencyID="X"/></s:Target>'
    )
    categorisation = f'<s:Categorisation id="X" agencyID="T">{source}{target}</s:Categorisation>'
    (found,) = document("2.1", f"<s:A>{categorisation}</s:A>").artefacts.all_of(Categorisation)
    assert found.target == Reference("Category", "X", "CS", "3.0", "A.B")
    assert found.source == Reference("Codelist", "T", "CL", "2.0")


def test_a_categorisation_that_stands_elsewhere_is_left_out_and_told() -> None:
    head = '<s:Categorisation id="X" agencyID="T" isExternalReference="true"><c:Name>X</c:Name></s:Categorisation>'
    assert [what for _, what in unread("2.1", head)] == ["Source", "Categorisation"]


@pytest.mark.parametrize("version", ["1.0", "1.0.0"])
def test_classes_of_2_1_become_those_of_the_model(version: str) -> None:
    assert _source(_ref("ContentConstraint", "CC", version)) == Reference("DataConstraint", "T", "CC", version)
    assert _source(_ref("HierarchicalCodelist", "HC", version)) == Reference("Hierarchy", "T", "HC", version)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (_part("Hierarchy", "HC", "HC"), Reference("Hierarchy", "T", "HC", "1.0")),
        (_part("Hierarchy", "H", "HC"), Reference("Hierarchy", "T", "HC_H", "1.0")),
        (
            _part("HierarchicalCode", "A.B", "HC", 'containerID="H"'),
            Reference("HierarchicalCode", "T", "HC_H", "1.0", "A.B"),
        ),
        (
            f"<URN>{URN}codelist.HierarchicalCode=T:HC(1.0).HC.A.B</URN>",
            Reference("HierarchicalCode", "T", "HC", "1.0", "A.B"),
        ),
        (f"<URN>{URN}codelist.Level=T:HC(1.0).H.L</URN>", Reference("Level", "T", "HC_H", "1.0", "L")),
    ],
)
def test_what_is_in_a_hierarchical_code_list_elsewhere_is_found_by_its_path(
    reference: str, expected: Reference
) -> None:
    assert _source(reference) == expected


@pytest.mark.parametrize(
    ("hierarchies", "reference", "expected"),
    [
        ("HC", _ref("HierarchicalCodelist", "HC", "1.0.0"), Reference("Hierarchy", "T", "HC", "1.0.0-draft")),
        ("", _ref("HierarchicalCodelist", "HC", "1.0.0"), Reference("Hierarchy", "T", "HC", "1.0.0-draft")),
        (
            "A B",
            _ref("HierarchicalCodelist", "HC", "1.0.0"),
            Reference("HierarchicalCodelist", "T", "HC", "1.0.0-draft"),
        ),
        (
            "HC",
            f"<URN>{URN}codelist.Hierarchy=T:HC(1.0.0).HC</URN>",
            Reference("Hierarchy", "T", "HC", "1.0.0-draft"),
        ),
        (
            "A HC",
            f"<URN>{URN}codelist.Hierarchy=T:HC(1.0.0).HC</URN>",
            Reference("Hierarchy", "T", "HC_HC", "1.0.0-draft"),
        ),
        (
            "A B",
            f"<URN>{URN}codelist.HierarchicalCode=T:HC(1.0.0).B.X</URN>",
            Reference("HierarchicalCode", "T", "HC_B", "1.0.0-draft", "X"),
        ),
    ],
)
def test_references_follow_hierarchies_out_of_a_hierarchical_code_list(
    hierarchies: str, reference: str, expected: Reference
) -> None:
    inside = "".join(f'<s:Hierarchy id="{identity}"/>' for identity in hierarchies.split())
    listed = f'<s:HierarchicalCodelist id="HC" agencyID="T" version="1.0.0">{inside}</s:HierarchicalCodelist>'
    assert _source(reference, listed) == expected
