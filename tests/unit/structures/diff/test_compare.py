"""Two sets of artefacts: which are the same, what is compared, and what references bring into what refers."""

from dataclasses import replace

import pytest
from tests.examples.diffs import (
    at_version,
    attribute,
    coded,
    codelist,
    concepts,
    dataflow,
    diff,
    dimension,
    found,
    item,
    measure,
    reference,
    structure,
)

from icstip.artefacts.base import Maintainable
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.items import AgencyScheme, Extension, Item
from icstip.artefacts.walk import with_references
from icstip.structures.diff.changes import Diff, NotCompared, Omission
from icstip.structures.diff.compare import diff_artefacts
from icstip.structures.diff.kinds import UNSAYABLE, ChangeKind
from icstip.structures.diff.versioning import Bump

NONE, PATCH, MINOR, MAJOR = Bump
A, B = item("A"), item("B")


def both(*artefacts: Maintainable) -> Artefacts:
    return Artefacts.of(artefacts)


def bumps(told: Diff) -> dict[str, Bump]:
    return {one.reference.id: one.bump for one in told.artefacts}


def test_what_is_the_same_has_not_changed() -> None:
    told = diff_artefacts(both(codelist(A), structure()), both(codelist(A), structure()))
    assert (told.changed, told.bump, len(told.artefacts)) == ((), NONE, 2)


def test_a_new_artefact_asks_nothing_of_the_others() -> None:
    told = diff_artefacts(both(structure()), both(structure(), codelist(A)))
    assert bumps(told) == {"CL_FORM": MINOR, "DSD": NONE}
    (new,) = told.changed
    assert (new.old, new.next_version, new.changes[0].kind) == (None, None, ChangeKind.ARTEFACT_ADDED)


def test_an_artefact_that_is_gone_is_major_for_the_set() -> None:
    told = diff_artefacts(both(structure(), codelist(A)), both(structure()))
    assert (bumps(told), told.bump) == ({"CL_FORM": MAJOR, "DSD": NONE}, MAJOR)


def test_the_order_of_artefacts_makes_no_difference() -> None:
    one, other = codelist(A, id="CL_A"), codelist(B, id="CL_B")
    assert diff_artefacts(Artefacts((one, other)), Artefacts((other, one))).changed == ()


def test_a_version_is_no_change_and_is_told() -> None:
    (one,) = diff(codelist(A), at_version(codelist(A), "1.1.0")).artefacts
    assert (one.changes, one.has_new_version, one.next_version) == ((), True, "1.0.0")


def test_of_several_versions_the_latest_is_compared_and_the_others_are_told() -> None:
    old = both(codelist(A, version="1.0.0"), codelist(A, B, version="1.10.0"), codelist(version="1.9.0"))
    told = diff_artefacts(old, both(codelist(A, B, version="1.10.0")))
    assert told.changed == ()
    assert [(one.artefact.version, one.why) for one in told.not_compared] == [
        ("1.0.0", Omission.OLDER),
        ("1.9.0", Omission.OLDER),
    ]


def test_a_stable_version_is_later_than_its_draft() -> None:
    old = both(codelist(A, B, version="1.0.0"), codelist(A, version="1.0.0-draft"))
    assert diff_artefacts(old, both(codelist(A, B, version="1.0.0"))).changed == ()


def test_another_agency_is_another_artefact_unless_that_is_ignored() -> None:
    reissued = codelist(A, B, agency="OTHER")
    assert {kind for kind, _, _ in found(codelist(A), reissued)} == {"artefact-removed", "artefact-added"}
    assert found(codelist(A), reissued, ignore_agency=True) == [("item-added", "B", MINOR)]


def reissued(artefact: Maintainable) -> Maintainable:
    changed = with_references(artefact, lambda one: replace(one, agency="OTHER") if one.agency == "TEST" else one)
    return replace(changed, agency="OTHER")


def test_references_of_a_re_issue_are_to_its_own_artefacts() -> None:
    old = (codelist(A), concepts(item("AREA"), item("FORM"), item("NOTE"), item("OBS_VALUE")), structure(), dataflow())
    told = diff_artefacts(both(*old), both(*map(reissued, old)), ignore_agency=True)
    assert told.changed == ()
    foreign = structure(dimensions=(dimension("FORM", representation=coded(agency="SDMX")),))
    own = replace(structure(), dimensions=(dimension("FORM", representation=coded()),))
    told = diff_artefacts(both(foreign, codelist(A)), both(*map(reissued, (own, codelist(A)))), ignore_agency=True)
    assert [change.kind for change in told.changes] == [ChangeKind.ENUMERATION]


def test_the_exact_agency_goes_before_one_that_is_ignored() -> None:
    old = both(codelist(A), codelist(B, agency="SDMX"))
    told = diff_artefacts(old, both(codelist(B, agency="SDMX"), codelist(A, agency="NEW")), ignore_agency=True)
    assert told.changed == ()


def test_classes_that_one_side_cannot_say_are_not_compared() -> None:
    flow = dataflow()
    told = diff_artefacts(both(codelist(A), flow), both(codelist(A)), unsayable={"Dataflow"})
    assert told.changed == ()
    assert told.not_compared == (NotCompared(flow.reference, Omission.UNSAYABLE),)


def test_changes_that_one_side_cannot_say_are_not_compared() -> None:
    old, new = structure(measures=(measure(mandatory=True),)), structure()
    told = diff(old, new, unsayable={ChangeKind.MEASURE_OPTIONAL})
    assert (told.changed, told.bump) == ((), NONE)
    assert told.not_compared == (NotCompared(new.reference, Omission.UNSAYABLE, ChangeKind.MEASURE_OPTIONAL),)


def test_structures_with_several_measures_are_not_looked_for_in_sdmx_2_1() -> None:
    several = structure(measures=(measure("M"), measure("N")))
    assert diff_artefacts(both(several), both(), unsayable=UNSAYABLE["2.1"]).changed == ()
    assert diff_artefacts(both(structure()), both(), unsayable=UNSAYABLE["2.1"]).bump is MAJOR


def test_a_reference_that_follows_new_versions_is_said_as_one_version_in_sdmx_2_1() -> None:
    old = structure(dimensions=(dimension("FORM", representation=coded(version="1.0+.0")),))
    new = structure(dimensions=(dimension("FORM", representation=coded(version="1.2.0")),))
    assert found(old, new) == [("reference-wildcard", "FORM", MINOR)]
    told = diff(old, new, unsayable=UNSAYABLE["2.1"])
    assert (told.changed, told.not_compared[0].what) == ((), ChangeKind.REFERENCE_WILDCARD)


def test_the_head_of_an_artefact_is_not_compared_with_the_whole() -> None:
    head = codelist(external=True)
    assert diff(head, head).not_compared == ()
    told = diff(codelist(A), head)
    assert (told.changed, told.not_compared) == ((), (NotCompared(head.reference, Omission.EXTERNAL),))


def test_a_draft_that_became_stable_has_not_changed() -> None:
    def draft(artefact: Maintainable) -> Maintainable:
        changed = with_references(artefact, lambda one: replace(one, version="1.0.0-draft"))
        return replace(changed, version="1.0.0-draft")

    stable = (codelist(A), structure(), dataflow())
    assert diff_artefacts(both(*map(draft, stable)), both(*stable)).changed == ()


def second(*codes: Item) -> Artefacts:
    """Return a list with some codes, a structure over it and a dataflow, all of the next version."""
    artefacts = (codelist(*codes), structure(), dataflow())
    own = {artefact.id for artefact in artefacts}
    moved = (
        with_references(artefact, lambda one: replace(one, version="2.0.0") if one.id in own else one)
        for artefact in artefacts
    )
    return Artefacts.of(replace(artefact, version="2.0.0") for artefact in moved)


@pytest.mark.parametrize(
    ("codes", "bump"),
    [((A,), PATCH), ((item("A", "Renamed"),), PATCH), ((A, B), MINOR), ((), MAJOR)],
)
def test_a_reference_to_a_new_version_brings_what_changed_there(codes: tuple[Item, ...], bump: Bump) -> None:
    told = diff_artefacts(both(codelist(A), structure(), dataflow()), second(*codes))
    list_bump, *others = (bumps(told)[one] for one in ("CL_FORM", "DSD", "DF"))
    assert list_bump is (NONE if codes == (A,) else bump)
    assert others == [bump, bump]


def test_a_reference_to_what_is_not_there_asks_for_what_its_version_says() -> None:
    old, new = (dataflow(structure=reference("DataStructure", "DSD", version=v)) for v in ("1.2.0", "1.3.0"))
    (change,) = diff(old, new).changes
    assert (change.kind, change.before, change.after, change.bump) == (
        "reference-version",
        "TEST:DSD(1.2.0)",
        "TEST:DSD(1.3.0)",
        MINOR,
    )


def over(version: str, *components: str) -> Maintainable:
    attributes = tuple(attribute(one, representation=coded(version=version)) for one in components)
    return structure(dimensions=(), measures=(), attributes=attributes)


def test_references_to_one_artefact_are_told_once() -> None:
    assert found(over("1.0.0", "X", "Y"), over("1.1.0", "X", "Y")) == [("reference-version", "", MINOR)]
    assert found(over("1.0.0", "X"), over("1.1.0", "X")) == [("reference-version", "X", MINOR)]


def extending_each_other(version: str, *codes: Item) -> Artefacts:
    def extending(one: str, other: str, *own: Item) -> Maintainable:
        extension = Extension(reference("Codelist", other, version=version))
        return codelist(*own, id=one, version=version, extensions=(extension,))

    return Artefacts((extending("CL_A", "CL_B", *codes), extending("CL_B", "CL_A")))


def test_lists_that_extend_each_other_do_not_keep_the_comparison_going() -> None:
    told = diff_artefacts(extending_each_other("1.0.0", A), extending_each_other("2.0.0"))
    assert bumps(told) == {"CL_A": MAJOR, "CL_B": MAJOR}


def test_the_agency_scheme_has_no_version_to_move() -> None:
    old = AgencyScheme(id="AGENCIES", agency="TEST", items=(A, B))
    assert diff(old, replace(old, items=(A,))).bump is NONE


def test_changes_can_be_asked_for_by_kind() -> None:
    told = diff(codelist(A), codelist(B))
    assert [change.path for change in told.of_kind(ChangeKind.ITEM_ADDED)] == ["B"]
