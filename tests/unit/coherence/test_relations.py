"""What makes up what is said once, and counts nobody twice."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.examples.checking import ALL, COLUMNS, KNOWN, dimension

from icstip.coherence.knowledge import Knowledge, read_knowledge
from icstip.coherence.relations import Relation, relations
from icstip.schema import Column
from icstip.standard.model import Standard
from icstip.standard.read import read_standard

BY_ID = {column.id: column for column in COLUMNS}


@pytest.fixture(scope="module")
def standard(dsd_folder: Path) -> Standard:
    return read_standard(dsd_folder)


@pytest.fixture(scope="module")
def known(dsd_folder: Path, standard: Standard) -> Knowledge:
    return read_knowledge(dsd_folder, standard)


def column(standard: Standard, codelist: str) -> Column:
    """Return a dimension of a list of the standard."""
    codes = standard.codelists[codelist].codes
    parents = {code.id: code.parent for code in codes if code.parent}
    return dimension(codelist.removeprefix("CL_"), [code.id for code in codes], **parents)


def said(one: Column, present: set[str], known: Knowledge = KNOWN) -> dict[str, list[set[str]]]:
    found: dict[str, list[set[str]]] = {}
    for relation in relations(one, present, known):
        found.setdefault(relation.whole, []).append(set(relation.parts))
    return found


def test_codes_below_another_one_make_it_up_and_those_at_the_top_the_total() -> None:
    codes = {"SEXUAL", "LABOUR", "FORCED", "SLAVERY", ALL}
    assert said(BY_ID["FORM"], codes) == {ALL: [{"SEXUAL", "LABOUR"}], "LABOUR": [{"FORCED", "SLAVERY"}]}


def test_parts_are_those_that_occur_in_the_order_of_the_list() -> None:
    assert relations(BY_ID["SEX"], {"M", "_T", "F", "_U"}, KNOWN) == [Relation(ALL, ("F", "M", "_U"))]


@pytest.mark.parametrize("present", [{"F", "M"}, {ALL}, {ALL, "_U"}, {ALL, "_Z"}, set()])
def test_without_a_total_or_known_parts_there_is_nothing_to_compare(present: set[str]) -> None:
    assert relations(BY_ID["SEX"], present, KNOWN) == []


def test_those_of_whom_nothing_is_known_are_in_the_total_and_in_no_part_of_it() -> None:
    found = said(BY_ID["FORM"], {"LABOUR", "FORCED", "_U", ALL})
    assert found == {ALL: [{"LABOUR", "_U"}], "LABOUR": [{"FORCED"}]}


def test_codes_that_the_list_does_not_have_are_part_of_nothing() -> None:
    assert said(BY_ID["SEX"], {"F", "M", "OTHER", ALL}) == {ALL: [{"F", "M"}]}


def test_a_dimension_without_a_list_has_those_codes_that_occur() -> None:
    text = Column("SEX", BY_ID["SEX"].role, None, None, "String", None, (), mandatory=True)
    assert said(text, {"b", "a", ALL}) == {ALL: [{"a", "b"}]}


def test_nationals_and_foreigners_make_up_all_though_groups_of_countries_are_beside() -> None:
    overlapping = dimension("GROUP", ("NATIONAL", "FOREIGN", "EU27", "_U", ALL))
    assert {ALL: [{"NATIONAL", "FOREIGN", "_U"}]}.items() <= said(
        overlapping, {"NATIONAL", "FOREIGN", "_U", ALL}
    ).items()


def test_ages_make_up_each_other_and_the_total() -> None:
    found = said(BY_ID["AGE"], {"Y0T8", "Y9T17", "Y0T17", "Y_GE18", "_U", ALL})
    assert found["Y0T17"] == [{"Y0T8", "Y9T17"}]
    assert {frozenset(parts) for parts in found[ALL]} == {
        frozenset({"Y0T17", "Y_GE18", "_U"}),
        frozenset({"Y0T8", "Y9T17", "Y_GE18", "_U"}),
    }


def test_of_ages_with_a_gap_those_that_do_not_overlap_are_compared() -> None:
    assert said(BY_ID["AGE"], {"Y0T8", "Y_GE18", ALL}) == {ALL: [{"Y0T8", "Y_GE18"}]}


def _assert_disjoint(relation: Relation, groupings: list[Mapping[str, str]]) -> None:
    """Fail if a part lies below another one, in a list or any grouping."""
    for grouping in groupings:
        for part in relation.parts:
            above, seen = grouping.get(part, ""), set()
            while above and above not in seen:
                assert above not in relation.parts, (relation.whole, part, above)
                seen.add(above)
                above = grouping.get(above, "")


@pytest.mark.parametrize("count", [2, 1])
def test_no_part_lies_below_another_part_in_any_list_of_the_standard(
    count: int, standard: Standard, known: Knowledge
) -> None:
    used = {one.codelist for structure in standard.structures.values() for one in structure.dimensions if one.codelist}
    for codelist in sorted(used):
        one = column(standard, codelist)
        codes = set(list(one.codes or ())[::count]) | {ALL}
        for relation in relations(one, codes, known):
            _assert_disjoint(relation, [one.parents, *known.hierarchies.get(codelist, ())])


def test_the_two_groupings_of_forms_are_two_ways_to_make_up_the_total(standard: Standard, known: Knowledge) -> None:
    one = column(standard, "CL_TIP_EXPLOITATION")
    by_glotip = {"SEXUAL", "LABOUR", "OTHER_GLOTIP", "_U"}
    by_sdg = {"SEXUAL", "LABOUR", "ORGANS", "OTHER_SDG", "_U"}
    found = said(one, by_glotip | by_sdg | {ALL}, known)
    assert by_glotip in found[ALL]
    assert by_sdg in found[ALL]
    assert found["OTHER_GLOTIP"] == [{"ORGANS", "OTHER_SDG"}]
    assert all(not {"OTHER_GLOTIP", "ORGANS"} <= parts for parts in found[ALL])


def test_countries_make_up_a_total_and_regions_those_of_them_that_occur(standard: Standard, known: Knowledge) -> None:
    one = column(standard, "CL_AREA_GROUP")
    found = said(one, {"KE", "UG", "FR", "NATIONAL", "FOREIGN", "EU27_2020", ALL}, known)
    assert {"KE", "UG", "FR"} in found[ALL]
    assert {"NATIONAL", "FOREIGN"} in found[ALL]
    assert all(not {"KE", "FOREIGN"} <= parts and "EU27_2020" not in parts for parts in found[ALL])
