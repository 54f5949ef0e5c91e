"""Labels are compared without what people write differently, and with what they mean differently."""

import re

import pytest

from icstip.mapping.normalise import REPLACEMENT, damaged_pattern, folded, words_of

STOP_WORDS = frozenset({"the", "of", "de"})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ALBANIA", "albania"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("Côte-d'Ivoire", "  cote   d ivoire "),
        ("Curaçao", "Curac\u0327ao"),
        ("Türkiye", "TURKIYE"),
        ("İzlanda", "izlanda"),
        ("Œuvre", "oeuvre"),
        ("Đông", "dong"),
        ("Straße", "STRASSE"),
        ("St. Lucia", "St Lucia"),
        ("U.S.A.", "USA"),
        ("U. S. A.", "u.s.a"),
        ("D.R. Congo", "DR Congo"),
        ("Guinea\u00a0Bissau", "Guinea-Bissau"),
        ("Korea, Rep.", "KOREA (REP)"),
        ("إثيوبيا", "اثيوبيا"),
        ("سورية", "سوريه"),
        ("الأُرْدُنّ", "الاردن"),
        ("ＵＫ", "uk"),
        ("- Albania", "Albania"),
        ("10 - 17", "10–17"),
        (">=18", "≥18"),
        ("<= 17", "≤ 17"),
    ],
)
def test_labels_that_are_written_differently_are_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("18+", "18"),
        ("<18", "18"),
        ("≥18", "18"),
        ("≥18", "≤18"),
        (">= 18", "> 18"),
        ("<=17", "<17"),
        ("18%", "18"),
        ("-18", "18"),
        ("- de 18 ans", "de 18 ans"),
        ("−18 ans", "18 ans"),
        ("(-18)", "18"),
        ("Mineurs -18", "Mineurs 18"),
        ("18-", "18"),
        ("Chad?", "Chad"),
        ("sudan?s", "sudan s"),
        ("sudan\ufffds", "sudan s"),
        ("sudan├®s", "sudan s"),
        ("Niger", "Nigeria"),
        ("-", ".."),
        ("*", "—"),
    ],
)
def test_labels_that_mean_different_things_stay_different(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_a_label_without_letters_is_itself_and_an_empty_one_is_empty() -> None:
    assert folded("..") == ".."
    assert folded("  ") == ""


def test_words_have_no_order_and_no_articles() -> None:
    assert words_of("korea republic of", STOP_WORDS) == words_of("the republic of korea", STOP_WORDS)


def test_numbers_keep_their_order_among_the_words() -> None:
    assert words_of("0 to 17", STOP_WORDS) == words_of("to 0 17", STOP_WORDS)
    assert words_of("0 17", STOP_WORDS) != words_of("17 0", STOP_WORDS)


def test_a_label_of_articles_alone_keeps_them() -> None:
    assert words_of("the of", STOP_WORDS) == "of the"


def test_a_replaced_character_was_one_outside_ascii_or_an_apostrophe_or_dash() -> None:
    pattern = damaged_pattern(f"C{REPLACEMENT}te d{REPLACEMENT}Ivoire")
    assert pattern.fullmatch("côte d'ivoire")
    assert not pattern.fullmatch("cote d'ivoire")
    assert not pattern.fullmatch("côte dxivoire")


def test_two_replacements_can_stand_for_one_character_of_two_bytes() -> None:
    assert damaged_pattern(f"Cura{REPLACEMENT * 2}ao").fullmatch("curaçao")
    assert not damaged_pattern(f"Cura{REPLACEMENT}ao").fullmatch("curaçção")


def test_signs_of_a_label_are_no_signs_of_a_pattern() -> None:
    assert not damaged_pattern(f"(c.*){REPLACEMENT}").fullmatch("cxxé")


@pytest.mark.parametrize(
    "label", [REPLACEMENT, REPLACEMENT * 3, f"{REPLACEMENT * 2} {REPLACEMENT * 3}", f"a{REPLACEMENT}"]
)
def test_a_label_of_which_less_than_half_is_left_can_have_been_anything(label: str) -> None:
    assert not any(damaged_pattern(label).fullmatch(text) for text in ("é", "ééé", "éé ééé", "aé", "مصر"))


def test_a_pattern_is_compiled_for_a_label_without_damage_too() -> None:
    assert isinstance(damaged_pattern("Perú"), re.Pattern)
    assert damaged_pattern("PERÚ").fullmatch("perú")
