"""The table of rules: every kind of change has one, and words for it."""

import pytest

from icstip.artefacts.kinds import ORDER
from icstip.structures.diff.kinds import RULES, UNSAYABLE, ChangeKind, Reason
from icstip.structures.diff.versioning import Bump
from icstip.texts import LANGUAGES, texts


def test_every_kind_of_change_has_a_rule() -> None:
    assert set(RULES) == set(ChangeKind)


@pytest.mark.parametrize("kind", ChangeKind)
def test_every_rule_asks_for_something(kind: ChangeKind) -> None:
    assert RULES[kind].bump > Bump.NONE
    assert RULES[kind].sign in "+-~"


def test_what_is_gone_asks_for_more_than_a_minor_version_but_for_what_frees_data() -> None:
    freed = {ChangeKind.ATTACHMENT_REMOVED, ChangeKind.ROLE_REMOVED}
    gone = {kind for kind, rule in RULES.items() if rule.sign == "-"}
    assert {kind for kind in gone if RULES[kind].bump < Bump.MAJOR} == freed


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_reason_and_class_has_words(language: str) -> None:
    known = texts(language)
    needed = [f"kind.{kind}" for kind in ChangeKind]
    needed += [f"reason.{reason}" for reason in Reason]
    needed += [f"class.{kind}" for kind in ORDER]
    needed += [f"{part}.{bump.label}" for part in ("bump", "overall") for bump in Bump]
    assert [key for key in needed if f"structure-diff.{key}" not in known] == []


def test_what_formats_cannot_say_are_classes_and_kinds_of_change() -> None:
    assert set().union(*UNSAYABLE.values()) <= {*ORDER, *ChangeKind}
