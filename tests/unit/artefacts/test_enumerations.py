"""The codes that a code list has, also from lists that it extends."""

from dataclasses import replace

import pytest
from tests.examples.survey import AREAS, SEXES

from icstip.artefacts.base import Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.enumerations import scheme_of, selected
from icstip.artefacts.items import Codelist, Extension, Item
from icstip.errors import StructureError

EVERY_AREA = {"W", "AF", "CI", "EU"}


def ids(items: tuple[Item, ...]) -> list[str]:
    return [item.id for item in items]


@pytest.mark.parametrize(
    ("members", "found"),
    [
        ([("AF", "false")], {"AF"}),
        ([("AF", "true")], {"AF", "CI"}),
        ([("W", "excluderoot")], {"AF", "CI", "EU"}),
        ([("%F", "false")], {"AF"}),
        ([("%", "false")], EVERY_AREA),
        ([("E%", "true"), ("W", "false")], {"EU", "W"}),
        ([("XX", "true")], set()),
        ([("A.", "false")], set()),
        ([], set()),
    ],
)
def test_codes_are_selected_by_id_or_pattern_with_or_without_those_below(
    members: list[tuple[str, str]], found: set[str]
) -> None:
    assert selected(AREAS.items, members) == found


def test_codes_that_are_below_each_other_are_selected_once() -> None:
    items = (Item(id="A", parent="B"), Item(id="B", parent="A"))
    assert selected(items, [("A", "true")]) == {"A", "B"}


@pytest.mark.parametrize(
    ("extension", "found"),
    [
        (Extension(AREAS.reference), ["W", "AF", "CI", "EU", "F", "M", "T"]),
        (Extension(AREAS.reference, prefix="A_"), ["A_W", "A_AF", "A_CI", "A_EU", "F", "M", "T"]),
        (Extension(AREAS.reference, members=(("AF", "true"),)), ["AF", "CI", "F", "M", "T"]),
        (Extension(AREAS.reference, include=False, members=(("AF", "true"),)), ["W", "EU", "F", "M", "T"]),
    ],
)
def test_a_code_list_has_the_codes_of_those_it_extends(extension: Extension, found: list[str]) -> None:
    extended = replace(SEXES, extensions=(extension,))
    artefacts = Artefacts.of((AREAS, extended))
    assert ids(scheme_of(artefacts, extended.reference, where="SEX").items) == found


def test_a_code_of_its_own_goes_before_one_that_a_code_list_extends() -> None:
    own = Codelist(agency="TEST", id="OWN", version="1.0.0", items=(Item(id="W", name={"en": "Mine"}),))
    extended = replace(own, extensions=(Extension(AREAS.reference),))
    scheme = scheme_of(Artefacts.of((AREAS, extended)), own.reference, where="AREA")
    assert {item.id: item.name["en"] for item in scheme.items}["W"] == "Mine"


def test_code_lists_that_extend_each_other_have_the_codes_of_both() -> None:
    first = replace(SEXES, extensions=(Extension(AREAS.reference),))
    second = replace(AREAS, extensions=(Extension(SEXES.reference),))
    scheme = scheme_of(Artefacts.of((first, second)), SEXES.reference, where="SEX")
    assert set(ids(scheme.items)) == {"W", "AF", "CI", "EU", "F", "M", "T"}


@pytest.mark.parametrize(
    "lists",
    [(), (replace(SEXES, items=(), external=True),), (replace(SEXES, extensions=(Extension(AREAS.reference),)),)],
)
def test_a_code_list_that_is_not_there_with_its_codes_is_told(lists: tuple[Codelist, ...]) -> None:
    with pytest.raises(StructureError, match="not in the message"):
        scheme_of(Artefacts.of(lists), SEXES.reference, where="SEX")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("1.0.0", "1.0.0"),
        ("1.0+.0", "1.1.0"),
        ("1+.0.0", "2.0.0"),
        ("1.0.0+", "1.0.3"),
        ("1.0.2+", "1.0.3"),
        ("*", "2.0.0"),
        ("1.2+.0", None),
        ("3.0.0", None),
        ("new+", None),
    ],
)
def test_an_open_version_is_the_latest_that_fits(wanted: str, found: str | None) -> None:
    versions = ("1.0.0", "1.0.3", "1.1.0-draft", "1.1.0", "2.0.0")
    lists = [replace(SEXES, version=version, items=(Item(id=version),)) for version in versions]
    reference = Reference("Codelist", "TEST", "CL_SEX", wanted)
    if found is None:
        with pytest.raises(StructureError):
            scheme_of(Artefacts.of(lists), reference, where="SEX")
    else:
        assert ids(scheme_of(Artefacts.of(lists), reference, where="SEX").items) == [found]
