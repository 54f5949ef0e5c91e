"""The rulesets are VTL, and say what the checks of totals do."""

import re
from pathlib import Path

import pytest

from icstip.coherence.knowledge import Knowledge, read_knowledge
from icstip.standard.model import Standard
from icstip.standard.read import read_standard
from icstip.workflow.checking.rulesets import hierarchical_rulesets

NAME = r"[A-Z][A-Z0-9_]*"
RULESET = re.compile(
    rf"define hierarchical ruleset (?P<name>{NAME}) \(variable rule (?P<variable>{NAME})\) is\n"
    r"(?P<rules>.*?)\nend hierarchical ruleset;\n",
    re.DOTALL,
)
CODE = r"'[A-Za-z0-9_@$-]+'"
RULE = re.compile(
    rf"  (?P<name>{NAME}) : (?P<whole>{CODE}) (?P<sign>=|>=|<=) (?P<parts>{CODE}(?: \+ {CODE})*)"
    r' errorcode "(?P<code>[A-Z]+-\d{3})" errorlevel (?P<level>\d)'
)

Rule = tuple[str, str, tuple[str, ...], str]


@pytest.fixture(scope="module")
def text(dsd_folder: Path) -> str:
    return hierarchical_rulesets(dsd_folder)


@pytest.fixture(scope="module")
def standard(dsd_folder: Path) -> Standard:
    return read_standard(dsd_folder)


@pytest.fixture(scope="module")
def known(dsd_folder: Path, standard: Standard) -> Knowledge:
    return read_knowledge(dsd_folder, standard)


def parsed(text: str) -> dict[str, list[Rule]]:
    """Return the rules of each variable: total, sign, parts, code."""
    found: dict[str, list[Rule]] = {}
    at = 0
    while at < len(text):
        ruleset = RULESET.match(text, at)
        assert ruleset, text[at : at + 80]
        assert ruleset["name"] == f"HR_{ruleset['variable']}"
        names = set()
        for line in ruleset["rules"].split(";\n"):
            rule = RULE.fullmatch(line)
            assert rule, line
            names.add(rule["name"])
            parts = tuple(part.strip("'") for part in rule["parts"].split(" + "))
            found.setdefault(ruleset["variable"], []).append(
                (rule["whole"].strip("'"), rule["sign"], parts, rule["code"])
            )
        assert len(names) == len(found[ruleset["variable"]])
        at = ruleset.end()
        at += text.startswith("\n", at)
    return found


def test_the_text_is_rulesets_and_nothing_else(text: str) -> None:
    assert len(parsed(text)) > 5


def test_what_is_counted_in_which_unit_and_how_often_makes_up_nothing(text: str, known: Knowledge) -> None:
    assert known.no_sums.isdisjoint(parsed(text))


def test_every_code_is_one_of_the_list_of_its_dimension(text: str, standard: Standard) -> None:
    lists = {
        one.id: standard.codelists[one.codelist]
        for s in standard.structures.values()
        for one in s.dimensions
        if one.codelist
    }
    for variable, rules in parsed(text).items():
        codes = {code.id for code in lists[variable].codes}
        for whole, _, parts, _ in rules:
            assert {whole, *parts} <= codes
            assert whole not in parts
            assert len(set(parts)) == len(parts)


def test_no_rule_is_said_twice(text: str) -> None:
    for rules in parsed(text).values():
        assert len(set(rules)) == len(rules)


def test_equality_is_asked_only_where_each_person_is_counted_once(text: str, known: Knowledge) -> None:
    for variable, rules in parsed(text).items():
        signs = {sign for _, sign, _, _ in rules}
        assert signs == ({">=", "<="} if variable in known.multiple else {"="})


def test_where_persons_are_counted_several_times_a_part_is_compared_alone(text: str) -> None:
    rules = [rule for rules in parsed(text).values() for rule in rules]
    assert all((len(parts) == 1) and code == "SUM-004" for _, sign, parts, code in rules if sign == ">=")
    assert all(code == "SUM-003" for _, sign, _, code in rules if sign == "<=")


def test_sexes_make_up_all(text: str) -> None:
    (rule,) = parsed(text)["SEX"]
    assert rule[:2] == ("_T", "=")
    assert {"F", "M", "_U"} <= set(rule[2])


def test_it_is_the_same_each_time(text: str, dsd_folder: Path) -> None:
    assert hierarchical_rulesets(dsd_folder) == text
