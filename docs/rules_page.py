"""The page on the rules by which data are checked, from the registry of rules, their texts and the limits."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from inspect import getdoc
from itertools import groupby

from markdown_text import page, plain, shown, table

from icstip.checks.rule import Group, Rule
from icstip.checks.run import all_rules
from icstip.checks.settings import Limits
from icstip.findings import SEVERITIES
from icstip.texts import texts

INTRODUCTION = """\
`icstip validate` applies these rules: [How to check your data](../howto/check-your-data.md). `icstip rules list` prints
the list. Words in ‹angle quotes› stand for what a finding names. An error makes the exit code 1.

A rule *found on reading* is applied as a message is read, before there are observations. Reading can find more than
these rules: that a file cannot be understood, or that a label of a table has no code. [All findings](findings.md)."""

SETTINGS = """\
Whoever checks can give a file of the format TOML with `--rules`. All parts of it are optional. What it does not know it
refuses.

```toml
today = 2026-06-30            # the day by which a period lies in the future; without it that of the clock

[rules.SERIES-001]
severity = "error"            # error, warning or info

[rules.ABSENT-001]
off = true
reason = "ages are collected from 2027 on"

[limits]
revision = 0.1
listed = 1000
```

A rule that is off needs a reason. The reports tell which rules were off and why, which have another severity than
usual, and all limits."""

LIMITS = """\
A limit is a number above zero. *Rules* are those that it applies to."""

GROUPS: Mapping[Group, str] = {
    Group.STRUCTURE: "Structure",
    Group.CODES: "Codes",
    Group.KEYS: "Keys",
    Group.TIME: "Time",
    Group.VALUES: "Values and units",
    Group.COHERENCE: "Totals and their parts",
    Group.SERIES: "Series",
    Group.PREVIOUS: "Earlier submission",
    Group.ABSENT: "What is expected",
}

LIMITS_OF: Mapping[str, tuple[str, ...]] = {
    "outlier": ("SERIES-001",),
    "outlier_factor": ("SERIES-001",),
    "outlier_periods": ("SERIES-001",),
    "outlier_least": ("SERIES-001",),
    "repeated_periods": ("SERIES-002", "SERIES-004"),
    "repeated_least": ("SERIES-002",),
    "repeated_cells_least": ("SERIES-004",),
    "copied_figures": ("SERIES-003",),
    "revision": ("PREVIOUS-001", "PREVIOUS-002"),
    "revision_least": ("PREVIOUS-001", "PREVIOUS-002"),
    "population": ("VALUE-004",),
    "listed": (),
}
"""The rules that each limit applies to; none stands for all."""


def rules_page() -> str:
    """Return the reference of the rules."""
    lines = [INTRODUCTION, "", "## Settings", "", SETTINGS, "", "### Limits", "", LIMITS, "", *_limits()]
    for group, rules in groupby(all_rules(), key=lambda one: one.group):
        lines += ["", f"## {GROUPS[group]}"]
        for rule in rules:
            for code in rule.codes:
                lines += ["", f"### {code}", "", *_rule(rule, code)]
    return page("Rules", lines)


def _limits() -> Iterator[str]:
    english = texts("en")
    rows = (
        (
            f"`{one.name}`",
            f"{one.default:g}",
            plain(english[f"validation.limits.{one.name.replace('_', '-')}"]),
            ", ".join(f"[{code}](#{code.lower()})" for code in LIMITS_OF[one.name]) or "all",
        )
        for one in fields(Limits)
    )
    yield from table(("Limit", "Default", "Meaning", "Rules"), rows)


def _rule(rule: Rule, code: str) -> Iterator[str]:
    english = texts("en")
    title, message, hint = (english[f"finding.{code}.{part}"] for part in ("title", "message", "hint"))
    yield f"**{plain(title)}** ({SEVERITIES[code]})"
    if rule.run is not None:
        yield from ("", _purpose(rule))
    yield from ("", f"- What it says: {shown(message)}", f"- What to do: {shown(hint)}")
    if limits := [f"`{name}`" for name, codes in LIMITS_OF.items() if code in codes]:
        yield f"- [Limits](#limits): {', '.join(limits)}"
    if rule.run is None:
        yield "- Found on reading."


def _purpose(rule: Rule) -> str:
    """Return what a rule finds, as its function says it."""
    said = plain(getdoc(rule.run) or "")
    return f"Finds {said.removeprefix('Find ')}"
