"""Columns of labels → columns of codes, each distinct label looked up once.

The frame that goes through here keeps one row a record: `ROW`, the table's columns, for each component a column
``@COMPONENT``, and `FATE`: null as long as nothing speaks against the record, else the code of the first finding that
sets it aside.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from unicodedata import normalize

import polars as pl

from icstip.findings import Finding
from icstip.mapping.labels import How, Labels, Match
from icstip.mapping.members import REST, spread
from icstip.mapping.model import OPEN, ColumnRule, Conditions, LabelRule, TableMapping
from icstip.mapping.normalise import REPLACEMENT, damaged_pattern, folded
from icstip.tables.records import ROW, Records, column_named

FATE = "__fate"
COUNT = "__count"

_ALIAS, _EXACT, _REPAIRED = How.ALIAS, How.EXACT, How.REPAIRED
_REMARKS: Mapping[str, str] = {How.SUGGESTED: "LABEL-007", How.REPAIRED: "LABEL-008"}

BLANK = "LABEL-004"
UNEXPECTED = "ROW-001"
DISAGREE = "LABEL-006"
OVERRULED = "LABEL-010"

# What such a label says is known, and it is not what another column says: that column does not overrule it.
_AMBIGUOUS, _FINAL = "LABEL-002", frozenset({"LABEL-003", "LABEL-009", "OPEN-003", UNEXPECTED})


@dataclass(frozen=True, slots=True)
class ResolvedLabel:
    """A distinct label of a column: what it was taken for, how, and in how many rows."""

    column: str
    component: str
    label: str
    code: str
    how: str
    rows: int
    note: str = ""
    also: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, object]:
        """Return the label as reports write it."""
        plain = {
            "column": self.column,
            "component": self.component,
            "label": self.label,
            "code": self.code,
            "how": self.how,
        }
        return {**plain, "rows": self.rows, "also": dict(self.also), "note": self.note}


def component_column(component: str) -> str:
    """Return the name of the column that holds a component's codes."""
    return f"@{component}"


def rows_where(frame: pl.DataFrame, conditions: Conditions) -> pl.Expr:
    """Return the rows in which each column holds its label, compared as labels are."""
    met = pl.lit(True)  # noqa: FBT003 - polars takes literals by position
    for column, label in conditions.items():
        if not label:
            met = met & column_named(column).is_null()
            continue
        values = frame.select(column_named(column).drop_nulls().unique()).to_series()
        same = [value for value in values.to_list() if folded(value) == folded(label)]
        met = met & column_named(column).is_in(same).fill_null(value=False)
    return met


@dataclass(frozen=True)
class _Step:
    """One rule applied to the distinct labels of its column in its rows."""

    rule: ColumnRule
    rows: pl.Expr
    counts: Mapping[str, int]
    matches: Mapping[str, Match]

    @cached_property
    def codes(self) -> Mapping[str, str]:
        return {label: match.code for label, match in self.matches.items() if match.code}

    @cached_property
    def problems(self) -> Mapping[str, str]:
        return {label: match.problem for label, match in self.matches.items() if match.problem}

    def problems_of(self, kinds: frozenset[str]) -> Mapping[str, str]:
        return {label: problem for label, problem in self.problems.items() if problem in kinds}

    def taken(self, values: Mapping[str, str]) -> pl.Expr:
        """Return a value for each row whose label has one."""
        looked_up = column_named(self.rule.column).replace_strict(
            list(values), list(values.values()), default=None, return_dtype=pl.String
        )
        return pl.when(self.rows).then(looked_up)

    def speaks_against(self, code: pl.Expr) -> pl.Expr:
        """Return the rows whose label can mean several codes, and this one not."""
        ambiguous = ((label, match.candidates) for label, match in self.matches.items() if match.problem == _AMBIGUOUS)
        column = column_named(self.rule.column)
        others = [(column == label) & ~code.is_in(candidates) for label, candidates in ambiguous]
        return self.rows & pl.any_horizontal(pl.lit(value=False), *others)

    def codes_of_rows(self) -> pl.Expr:
        codes = self.taken(self.codes)
        if not self.rule.blank:
            return codes
        return (
            pl.when(self.rows & column_named(self.rule.column).is_null()).then(pl.lit(self.rule.blank)).otherwise(codes)
        )


class ColumnResolver:
    """Applies the column rules of a mapping to a table."""

    def __init__(
        self,
        table: Records,
        mapping: TableMapping,
        labels: Labels,
        codelists: Mapping[str, str],
        *,
        accept_suggestions: bool,
        optional: frozenset[str] = frozenset(),
    ) -> None:
        """Prepare to resolve a table.

        Args:
            table: The table.
            mapping: What its columns and labels mean.
            labels: The label indexes.
            codelists: Code list of each coded component.
            accept_suggestions: Whether a code that a label only resembles is used.
            optional: Components of which a blank label says nothing, and nothing needs to be said: attributes.
        """
        self._table = table
        self._mapping = mapping
        self._labels = labels
        self._codelists = codelists
        self._accept = accept_suggestions
        self._optional = optional
        self._declared: dict[tuple[str, str], dict[str, LabelRule]] = defaultdict(dict)
        for rule in mapping.labels:
            self._declared[rule.column, rule.component][folded(rule.label)] = rule
        self.findings: list[Finding] = []
        self.resolved: list[ResolvedLabel] = []

    def resolve(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the frame with the component columns that the rules give, and the fate of rows without a code."""
        by_component: dict[str, list[_Step]] = defaultdict(list)
        for rule in self._mapping.columns:
            by_component[rule.component].append(self._step(frame, rule))
        steps = [step for group in by_component.values() for step in group]
        frame = frame.with_columns(*(_merged(component, group) for component, group in by_component.items()))
        frame = self._judge(frame, by_component)
        frame = self._refuse_rows_without_rule(frame, steps)
        return _with_sets(frame, steps)

    def _step(self, frame: pl.DataFrame, rule: ColumnRule) -> _Step:
        rows = rows_where(frame, rule.when)
        column = column_named(rule.column)
        distinct = frame.filter(rows & column.is_not_null()).group_by(column, maintain_order=True).len(COUNT)
        counts = dict(distinct.iter_rows())
        if codelist := self._codelists.get(rule.component):
            self._labels[codelist].begin_column()
        return _Step(rule, rows, counts, {label: self._match(rule, label) for label in counts})

    def _match(self, rule: ColumnRule, label: str) -> Match:
        if rule.members:
            declared = [name for name in rule.members if self._declared_match(rule.column, name, label)]
            members = declared or rule.members  # what the mapping says of a label goes before what lists say
            found = spread(label, members, lambda component, text: self._meaning(rule.column, component, text))
            return found.get(rule.component, REST)
        match = self._meaning(rule.column, rule.component, label)
        if match.code and rule.only and match.code not in rule.only:
            return Match(problem=UNEXPECTED, candidates=(match.code,))
        return match

    def _meaning(self, column: str, component: str, label: str) -> Match:
        return self._declared_match(column, component, label) or self._looked_up(component, label)

    def _looked_up(self, component: str, label: str) -> Match:
        codelist = self._codelists.get(component)
        if codelist is None:
            return Match(label, _EXACT)
        match = self._labels[codelist].match(label)
        if match.problem == "LABEL-001" and self._accept:
            return self._labels[codelist].suggested(label) or match
        return match

    def _declared_match(self, column: str, component: str, label: str) -> Match | None:
        """Return what the mapping itself says of a label; a label without a code is declared to be none."""
        rules = self._declared.get((column, component), {})
        declared, how = rules.get(folded(label)), _ALIAS
        if declared is None and REPLACEMENT in label:
            damaged, how = damaged_pattern(label), _REPAIRED
            fitting = [known for known in rules.values() if damaged.fullmatch(normalize("NFC", known.label.casefold()))]
            declared = fitting[0] if len({known.code for known in fitting}) == 1 else None
        if declared is None:
            return None
        if not declared.code:
            return Match(problem="LABEL-009", note=declared.note)
        if declared.code == OPEN:
            return Match(problem="OPEN-003", note=declared.note)
        return Match(declared.code, how, note=declared.note, also=declared.also)

    def _judge(self, frame: pl.DataFrame, by_component: Mapping[str, Sequence[_Step]]) -> pl.DataFrame:
        """Return the frame with the fate of rows in which a component has no code, or two; report every label."""
        if not by_component:
            return frame
        verdicts = {component: _verdict_column(component) for component in by_component}
        frame = frame.with_columns(self._verdict(component, steps) for component, steps in by_component.items())
        occurs = frame.select(pl.col(verdict).is_not_null().any() for verdict in verdicts.values()).row(0)
        for happens, (component, steps) in zip(occurs, by_component.items(), strict=True):
            self._report_labels(frame, steps)
            if happens:
                self._report_rows(frame, component, steps)
        return frame.with_columns(pl.coalesce(FATE, *verdicts.values()).alias(FATE)).drop(verdicts.values())

    def _verdict(self, component: str, steps: Sequence[_Step]) -> pl.Expr:
        """Return what speaks against each row: its labels name different codes, or none where one is needed."""
        code = pl.col(component_column(component))
        disagree = pl.any_horizontal(
            (step.codes_of_rows() != code).fill_null(value=False) | step.speaks_against(code) for step in steps
        )
        final = [step.taken(known) for step in steps if (known := step.problems_of(_FINAL))]
        problem = pl.coalesce(
            *(step.taken(step.problems) for step in steps),
            pl.lit(None if component in self._optional else BLANK, dtype=pl.String),
        )
        concerned = pl.any_horizontal(step.rows for step in steps)
        verdict = (
            pl.when(disagree & code.is_not_null()).then(pl.lit(DISAGREE)).when(concerned & code.is_null()).then(problem)
        )
        return pl.coalesce(*final, verdict).alias(_verdict_column(component))

    def _report_labels(self, frame: pl.DataFrame, steps: Sequence[_Step]) -> None:
        for step in steps:
            component, column = step.rule.component, step.rule.column
            remarks: dict[str, str] = {}
            for label, match in step.matches.items():
                if match is REST:
                    continue
                how = match.how.value if match.how else ""
                count = step.counts[label]
                self.resolved.append(
                    ResolvedLabel(column, component, label, match.code, how, count, match.note, match.also)
                )
                if code := match.problem or _REMARKS.get(how, ""):
                    remarks[label] = code
            if not remarks:
                continue
            concerned = frame.filter(step.rows & column_named(column).is_in(list(remarks)))
            fine = pl.col(_verdict_column(component)).is_null().all().alias("fine")
            grouped = concerned.group_by(column_named(column), maintain_order=True).agg(ROW, fine)
            for label, rows, fine in grouped.iter_rows():
                match = step.matches[label]
                # Another column gave the code after all: worth knowing, and no figure is set aside for it.
                code = OVERRULED if match.problem and fine else remarks[label]
                self._find(code, column, pl.Series(rows), label, match, component)

    def _report_rows(self, frame: pl.DataFrame, component: str, steps: Sequence[_Step]) -> None:
        """Report blank labels, and columns that disagree."""
        column = steps[0].rule.column
        nothing = pl.all_horizontal(column_named(step.rule.column).is_null() | ~step.rows for step in steps)
        verdict = pl.col(_verdict_column(component))
        for code, rows in ((BLANK, (verdict == BLANK) & nothing), (DISAGREE, verdict == DISAGREE)):
            places = frame.filter(rows)
            if places.height:
                values = places.select(
                    pl.concat_str([column_named(s.rule.column) for s in steps], separator=" | ", ignore_nulls=True)
                ).to_series()
                distinct = "; ".join(value for value in values.unique(maintain_order=True).head(5).to_list() if value)
                self._find(code, column, places[ROW], distinct or None, Match(), component)

    def _refuse_rows_without_rule(self, frame: pl.DataFrame, steps: Iterable[_Step]) -> pl.DataFrame:
        """Set aside the rows that meet none of the conditions under which columns are read."""
        for group in _alternatives([step for step in steps if step.rule.component not in self._optional]):
            headers = list(dict.fromkeys(header for step in group for header in step.rule.when))
            stray = ~pl.any_horizontal(step.rows for step in group)
            told = [pl.concat_str(pl.lit(f"{header} = "), column_named(header).fill_null("–")) for header in headers]
            value = pl.concat_str(told, separator="; ").alias("__value")
            for text, rows in frame.filter(stray).group_by(value, maintain_order=True).agg(ROW).iter_rows():
                self._find(UNEXPECTED, headers[0], pl.Series(rows), text, Match(), group[0].rule.component)
            frame = frame.with_columns(pl.coalesce(FATE, pl.when(stray).then(pl.lit(UNEXPECTED))).alias(FATE))
        return frame

    def _find(self, code: str, column: str, rows: pl.Series, value: str | None, match: Match, component: str) -> None:
        cells = tuple(self._table.cell(column, row) for row in rows.to_list())
        codelist = self._codelists.get(component, "")
        named = (
            ", ".join(self._labels.described(codelist, candidate) for candidate in match.candidates) if codelist else ""
        )
        params = {
            "column": column,
            "component": component,
            "codelist": codelist,
            "candidates": named or "–",
            "code": match.code or "–",
            "needed": match.needed or "–",
        }
        place = self._table.place(column, rows[0])
        variant = ""
        if code == "LABEL-001" and not match.candidates:
            variant = "needed" if match.needed else "alone"
        self.findings.append(Finding(code, place, value, {**params, "note": match.note or "–"}, cells, variant))


def _verdict_column(component: str) -> str:
    return f"?{component}"


def _alternatives(steps: Sequence[_Step]) -> list[list[_Step]]:
    """Return the steps that are alternatives of one another: read under conditions on the same columns.

    A column that is also read without a condition is never without a rule.
    """
    always = {step.rule.column for step in steps if not step.rule.when}
    groups: list[list[_Step]] = []
    for step in steps:
        if not step.rule.when or step.rule.column in always:
            continue
        joined = [group for group in groups if any(step.rule.when.keys() & other.rule.when.keys() for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([*(other for group in joined for other in group), step])
    return groups


def _merged(component: str, steps: Sequence[_Step]) -> pl.Expr:
    return pl.coalesce(step.codes_of_rows() for step in steps).alias(component_column(component))


def _with_sets(frame: pl.DataFrame, steps: Iterable[_Step]) -> pl.DataFrame:
    """Return the frame with what rules and labels say of further components."""
    for step in steps:
        for component, code in step.rule.sets.items():
            frame = overwritten(frame, component, pl.when(step.rows).then(pl.lit(code)))
        for component in dict.fromkeys(name for match in step.matches.values() for name in match.also):
            values = {label: match.also[component] for label, match in step.matches.items() if component in match.also}
            frame = overwritten(frame, component, step.taken(values))
    return frame


def overwritten(frame: pl.DataFrame, component: str, codes: pl.Expr) -> pl.DataFrame:
    """Return the frame with codes of a component that go before those that it has."""
    column = component_column(component)
    before = [pl.col(column)] if column in frame.columns else []
    return frame.with_columns(pl.coalesce(codes, *before).alias(column))
