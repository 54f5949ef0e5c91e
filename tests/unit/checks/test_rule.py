"""What rules find is grouped, capped, weighed, and never lost from the counts."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples.checking import ALL, Row, checked, codes, found, observed

from icstip.checks.observations import ROW
from icstip.checks.rule import MORE, RULES, VALUE, Findings, Group, Hits, found_on_reading, rule
from icstip.checks.run import all_rules
from icstip.checks.settings import Limits, RuleSettings
from icstip.findings import SEVERITIES, Finding, Place, Severity
from icstip.reports.validation.report import standing_for


def wanted(listed: int = 200, **severities: Severity) -> RuleSettings:
    weights = {code.replace("_", "-"): severity for code, severity in severities.items()}
    return RuleSettings(severities=weights, limits=Limits(listed=listed))


def collected(hits: list[list[tuple[int, str]]], settings: RuleSettings, code: str = "VALUE-001") -> list[Finding]:
    """Return the findings of hits: rows with what stands there."""
    rows = 1 + max((row for one in hits for row, _ in one), default=0)
    findings = Findings(observed([{"TIME": str(2000 + row)} for row in range(rows)]), settings)
    for one in hits:
        frame = pl.DataFrame(one, schema={ROW: pl.UInt32, VALUE: pl.String}, orient="row")
        findings.add(code, Hits(frame))
    return list(findings.all())


def test_the_same_value_is_told_once_with_all_its_places() -> None:
    first, second = collected([[(3, "-1"), (0, "-2"), (1, "-1"), (5, "-1")]], wanted())
    assert (first.value, first.count, first.place.row) == ("-2", 1, 1)
    assert (second.value, second.count, second.cells) == ("-1", 3, ("4", "2", "6"))


def test_other_parameters_are_another_finding() -> None:
    findings = Findings(observed([{}, {}]), wanted())
    rows = pl.DataFrame({ROW: [0, 1], VALUE: ["x", "x"], "component": ["A", "B"]}, schema_overrides={ROW: pl.UInt32})
    findings.add("STRUCT-001", Hits(rows))
    assert [one.params["component"] for one in findings.all()] == ["A", "B"]


@given(
    hits=st.lists(st.lists(st.tuples(st.integers(0, 30), st.sampled_from("abcdefgh")), max_size=12), max_size=4),
    listed=st.integers(1, 6),
)
def test_what_is_listed_and_what_is_counted_beyond_are_all_that_was_found(
    hits: list[list[tuple[int, str]]], listed: int
) -> None:
    findings = collected(hits, wanted(listed))
    told = [one for one in findings if one.code != MORE]
    assert len(told) == min(listed, sum(len({value for _, value in one}) for one in hits))
    assert sum(one.count for one in findings) == sum(map(len, hits))
    assert sum(map(standing_for, findings)) == sum(len({value for _, value in one}) for one in hits)


@given(number=st.integers(0, 12), listed=st.integers(1, 6), times=st.integers(1, 3))
def test_findings_that_rules_make_themselves_are_counted_in_the_same_way(number: int, listed: int, times: int) -> None:
    findings = Findings(observed([{}]), wanted(listed))
    for row in range(number):
        findings.add("PREVIOUS-003", Finding("PREVIOUS-003", Place("data", row=row), "1", {"times": times}))
    told = findings.all()
    assert sum(one.code != MORE for one in told) == min(number, listed)
    assert sum(one.count for one in told) == number * times
    assert sum(map(standing_for, told)) == number


def test_what_is_beyond_weighs_as_much_as_what_it_stands_for() -> None:
    for weight in (Severity.INFO, Severity.WARNING, Severity.ERROR):
        told = collected([[(row, str(row)) for row in range(3)]], wanted(1, VALUE_001=weight))
        assert [one.severity for one in told] == [weight, weight]
        assert (told[1].code, told[1].params["of"]) == (MORE, "VALUE-001")


def test_a_rule_that_is_off_tells_nothing() -> None:
    settings = replace(wanted(), off={"VALUE-001": "why"})
    assert collected([[(0, "-1")]], settings) == []
    assert "VALUE-001" not in checked(observed([{"VALUE": -1}]), settings).rules


def _women_too_many(number: int) -> list[Row]:
    """Return totals that are less than all their parts and, every second one, less than the one that they have."""
    given: list[Row] = []
    for year in range(number):
        sexes = ("F", "M", ALL) if year % 2 else ("F", ALL)
        given += [{"SEX": sex, "TIME": str(2000 + year), "VALUE": 50.0 - (sex == ALL)} for sex in sexes]
    return given


@pytest.mark.parametrize("listed", [1, 3, 200])
def test_totals_beyond_those_that_are_told_are_counted_by_their_code(listed: int) -> None:
    data = observed(_women_too_many(12), limits=Limits(listed=listed))
    every = {code: codes(observed(_women_too_many(12))).count(code) for code in ("SUM-001", "SUM-004")}
    assert every == {"SUM-001": 6, "SUM-004": 6}
    told = found(data)
    for code, number in every.items():
        of = [one for one in told if code in (one.code, one.params.get("of"))]
        assert sum(map(standing_for, of)) == number
        assert {one.severity for one in of} == {SEVERITIES[code]}


def test_of_totals_that_nobody_wants_to_know_none_are_counted_beyond() -> None:
    data = observed(_women_too_many(12), limits=Limits(listed=1))
    settings = RuleSettings(off={"SUM-001": "why"}, limits=data.limits)
    told = found(data, settings)
    assert "SUM-001" not in {one.code for one in told} | {one.params.get("of") for one in told}
    assert all(total.code != "SUM-001" for total in checked(data, settings).totals)


def test_a_code_has_one_rule_and_a_severity() -> None:
    with pytest.raises(ValueError, match="VALUE-001"):
        found_on_reading(Group.VALUES, "VALUE-001")
    with pytest.raises(ValueError, match="NONE-001"):
        rule(Group.VALUES, "NONE-001")(lambda _: ())


def test_all_rules_are_there_once_by_their_groups() -> None:
    rules = all_rules()
    assert sorted(code for one in rules for code in one.codes) == sorted(RULES)
    order = [list(Group).index(one.group) for one in rules]
    assert order == sorted(order)
    assert all(one.code == one.codes[0] for one in rules)


def test_nothing_is_found_in_no_observations() -> None:
    result = checked(observed([]))
    assert (result.findings, result.totals, result.answers, result.coverage) == ((), (), (), None)
