"""Settings know the line on which each value stands."""

from pathlib import Path

import pytest

from icstip.errors import StandardError
from icstip.standard.settings import load_settings


def test_each_value_has_its_line_or_that_of_the_table_around_it(dsd: Path) -> None:
    settings = load_settings(dsd)
    lines = {
        key: settings.place(*key).row
        for key in [
            ("standard", "version"),
            ("standard", "name", "ar"),
            ("standard", "missing"),
            ("concept_scheme", "name", "en"),
            ("structures", 0, "id"),
            ("structures", 0, "name", "ar"),
            ("nowhere", "at", "all"),
        ]
    }
    assert list(lines.values()) == [3, 9, 1, 21, 24, 27, 1]


def test_a_sub_table_belongs_to_the_structure_before_it(tmp_path: Path) -> None:
    (tmp_path / "standard.toml").write_text(
        '[[structures]]\nid = "A"\n[structures.name]\nen = "a"\n\n'
        '[[structures]]\nid = "B"\n[structures.name]\nen = "b"\n',
        encoding="utf-8",
    )
    settings = load_settings(tmp_path)
    assert settings.structure_ids == ("A", "B")
    assert [settings.place("structures", n, "name", "en").row for n in (0, 1)] == [4, 9]


def test_what_stands_in_a_text_of_several_lines_is_not_a_key(tmp_path: Path) -> None:
    (tmp_path / "standard.toml").write_text('[a]\nx = """\n[b]\ny = 1\n"""\ny = 2\n', encoding="utf-8")
    settings = load_settings(tmp_path)
    assert settings.place("a", "y").row == 6
    assert settings.place("b").row == 1


@pytest.mark.parametrize("key", [("standard",), ("standard", "final"), ("structures", 7, "id")])
def test_what_is_not_a_string_reads_as_empty(dsd: Path, key: tuple[str | int, ...]) -> None:
    assert load_settings(dsd).string(*key) == ""


def test_settings_that_are_not_toml_name_their_line(dsd: Path) -> None:
    (dsd / "standard.toml").write_text('[standard]\nagency = "A\n', encoding="utf-8")
    with pytest.raises(StandardError, match=r"^dsd/standard\.toml:2: this is not TOML"):
        load_settings(dsd).sound()


def test_settings_that_end_too_early_name_the_last_line(dsd: Path) -> None:
    (dsd / "standard.toml").write_text('[standard]\nlanguages = ["en",\n', encoding="utf-8")
    with pytest.raises(StandardError, match=r"^dsd/standard\.toml:3: this is not TOML"):
        load_settings(dsd).sound()
