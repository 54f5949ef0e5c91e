"""What somebody meant who wrote a code that is none."""

import polars as pl
import pytest
from tests.examples.data_sets import dimension, measure, schema, time

from icstip.artefacts.base import Reference
from icstip.findings import Finding
from icstip.messages.data_assembly import assemble
from icstip.messages.data_parts import DataHead, DataPart, Reading
from icstip.messages.dataset import Action
from icstip.messages.similar_codes import similar_codes

NAMES = {
    "F": {"en": "Female", "fr": "Femmes", "ar": "إناث"},
    "M": {"en": "Male", "fr": "Hommes"},
    "_T": {"en": "Total"},
    "FORCED_LABOUR": {"en": "Forced labour"},
    "SLAVERY": {"fr": "Esclavage"},
}
SEX = dimension("SEX", *NAMES, names=NAMES)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("f", ["F"]),
        ("female", ["F"]),
        ("Femme", ["F"]),
        ("إناث", ["F"]),
        ("T", ["_T"]),
        ("FORCED-LABOR", ["FORCED_LABOUR"]),
        ("esclavages", ["SLAVERY"]),
    ],
)
def test_a_code_is_as_like_as_its_id_or_its_name_in_any_language_is(written: str, meant: list[str]) -> None:
    assert list(similar_codes(written, SEX)) == meant


@pytest.mark.parametrize("written", ["W", "?", "  ", "999", "something else altogether"])
def test_where_nothing_is_like_nothing_is_suggested(written: str) -> None:
    assert similar_codes(written, SEX) == {}


def test_of_many_codes_three_are_suggested_the_nearest_first() -> None:
    many = dimension("A", *(f"BAND_{number}" for number in range(20)))
    found = list(similar_codes("BAND_1O", many))
    assert len(found) == 3
    assert found[0] == "BAND_1" or "BAND_10" in found


def _told(value: str) -> Finding:
    given = schema(SEX, time(), measure())
    reading = Reading("file.csv", lambda _: given)
    head = DataHead(Reference("DataStructure", "A", "DSD", "1.0.0"), Action.REPLACE, "3.0")
    list(assemble([DataPart(head, pl.DataFrame({"SEX": [value], "TIME_PERIOD": ["2020"]}))], reading))
    (finding,) = reading.notices.findings
    return finding


def test_a_wrong_code_is_told_with_similar_ones_and_their_names_in_the_language_of_the_reader() -> None:
    finding = _told("femal")
    assert (finding.code, finding.variant) == ("CODE-002", "near")
    assert "F (Female)" in finding.message("en")
    assert "F (Femmes)" in finding.message("fr")
    assert "F (Female)" in finding.message("es")  # which has no name: English stands for it
    assert "F (إناث)" in finding.message("ar")
    assert _told("esclavag").message("en").endswith("similar: SLAVERY (Esclavage)")


def test_a_wrong_code_like_nothing_is_told_without_similar_ones() -> None:
    finding = _told("W")
    assert finding.variant == ""
    assert "similar" not in finding.message()
