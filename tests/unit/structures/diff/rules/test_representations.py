"""Which values something can have: fewer are major, more are minor, and what goes without saying is no difference."""

import pytest
from tests.examples.diffs import attribute, coded, diff, found, reference, structure, text_format

from icstip.artefacts.base import Representation, TextFormat
from icstip.structures.diff.rules.representations import is_wider
from icstip.structures.diff.versioning import Bump

PATCH, MINOR, MAJOR = Bump.PATCH, Bump.MINOR, Bump.MAJOR


def kinds(old: Representation | None, new: Representation | None) -> list[tuple[str, Bump]]:
    before, after = (structure(attributes=(attribute("X", representation=one),)) for one in (old, new))
    return [(kind, bump) for kind, _, bump in found(before, after)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (None, text_format()),
        (None, text_format("String")),
        (text_format(), text_format("String", isMultiLingual="false", minLength="0")),
        (text_format("String", isSequence="0"), text_format("String")),
        (text_format("Decimal", minValue="1.0"), text_format("Decimal", minValue="1")),
        (coded(), Representation(reference("Codelist", "CL_FORM"), TextFormat(), 1, "1")),
    ],
)
def test_what_goes_without_saying_is_no_difference(old: Representation | None, new: Representation | None) -> None:
    assert kinds(old, new) == kinds(new, old) == []


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        (text_format("Integer"), text_format("Decimal")),
        (text_format("GregorianYear"), text_format("ObservationalTimePeriod")),
        (text_format("String", maxLength="20"), text_format("String", maxLength="100")),
        (text_format("String", maxLength="9"), text_format("String", maxLength="10")),
        (text_format("String", maxLength="20"), text_format("String")),
        (text_format("String", minLength="3"), text_format("String", minLength="2")),
        (text_format("Decimal", maxValue="1"), text_format("Decimal", maxValue="1.5")),
        (text_format("Decimal", decimals="1"), text_format("Decimal", decimals="2")),
        (text_format("String", pattern="[A-Z]"), text_format("String")),
        (text_format("String"), text_format("String", isMultiLingual="true")),
    ],
)
def test_less_is_major_and_more_is_minor(narrow: Representation, wide: Representation) -> None:
    assert kinds(wide, narrow) == [("format-narrowed", MAJOR)]
    assert kinds(narrow, wide) == [("format-widened", MINOR)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (text_format("Decimal"), text_format("Boolean")),
        (text_format("String", pattern="[A-Z]"), text_format("String", pattern="[0-9]")),
        (text_format("String", maxLength="some"), text_format("String", maxLength="many")),
        (text_format("Decimal", maxValue="sNaN"), text_format("Decimal", maxValue="1")),
    ],
)
def test_what_is_neither_less_nor_more_is_major(old: Representation, new: Representation) -> None:
    assert kinds(old, new) == [("format-changed", MAJOR)]


def test_data_types_have_the_values_of_narrower_ones() -> None:
    assert is_wider("String", than="Short")
    assert not is_wider("Short", than="String")
    assert not is_wider("String", than="XHTML")


def test_another_code_list_or_none_is_major() -> None:
    assert kinds(coded(), coded("CL_OTHER")) == [("enumeration", MAJOR)]
    assert kinds(coded(), text_format()) == kinds(text_format(), coded()) == [("enumeration", MAJOR)]


def test_a_format_beside_a_code_list_is_compared_too() -> None:
    strict = Representation(reference("Codelist", "CL_FORM"), TextFormat(None, {"maxLength": "2"}))
    assert kinds(coded(), strict) == [("format-narrowed", MAJOR)]


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        (Representation(max_occurs="1"), Representation(max_occurs="unbounded")),
        (Representation(max_occurs="2"), Representation(max_occurs="10")),
        (Representation(min_occurs=2), Representation(min_occurs=None)),
    ],
)
def test_fewer_values_are_major_and_more_are_minor(narrow: Representation, wide: Representation) -> None:
    assert kinds(wide, narrow) == [("occurrences-narrowed", MAJOR)]
    assert kinds(narrow, wide) == [("occurrences-widened", MINOR)]


def special(*names: str) -> Representation:
    return Representation(format=TextFormat("Decimal", {}, tuple(("-1", {"en": name}, {}) for name in names)))


def test_values_that_mean_something_of_their_own_come_go_and_are_named() -> None:
    none, one, named = special(), special("Unknown"), special("Not known")
    assert kinds(none, one) == [("sentinel-added", MINOR)]
    assert kinds(one, none) == [("sentinel-removed", MAJOR)]
    assert kinds(one, named) == [("sentinel-text", PATCH)]


def test_before_and_after_name_the_facet() -> None:
    old, new = (structure(attributes=(attribute("X", representation=text_format(maxLength=n)),)) for n in ("2", "3"))
    (change,) = diff(old, new).changes
    assert (change.before, change.after) == ("maxLength=2", "maxLength=3")
