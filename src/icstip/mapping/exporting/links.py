"""What columns of a table become in a data structure: values by values, as far as a structure map can say it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from icstip.artefacts.maps import MappedValue, ValueMapping
from icstip.mapping.model import OPEN, ColumnRule, LabelRule, TableMapping
from icstip.mapping.normalise import folded
from icstip.standard.model import TOTAL, Component, Role, Structure

BLANK: Final = MappedValue("^$", regex=True)
"""A blank cell as the value of a source."""


@dataclass(frozen=True, slots=True)
class Link:
    """Columns that become components.

    Attributes:
        columns: The columns.
        targets: Ids of the components.
        mappings: What their values become; None where the values stay as they are.
    """

    columns: tuple[str, ...]
    targets: tuple[str, ...]
    mappings: tuple[ValueMapping, ...] | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """What a structure map cannot say: a key of the texts ``loss.mapping-…``, and the component that it concerns."""

    what: str
    component: str = ""


class LabelCodes:
    """What labels mean, as a mapping declares it and as they were resolved in a table.

    Args:
        mapping: The mapping.
        resolved: Further labels with their codes, as they stand in a table.
    """

    def __init__(self, mapping: TableMapping, resolved: Iterable[LabelRule] = ()) -> None:
        self._rules: dict[tuple[str, str], dict[str, LabelRule]] = {}
        for rule in (*resolved, *mapping.labels):
            if rule.code not in ("", OPEN):
                self._rules.setdefault((rule.column, rule.component), {}).setdefault(rule.label, rule)

    def of(self, column: str, component: str) -> list[LabelRule]:
        """Return the labels of a column that have a code of a component."""
        return list(self._rules.get((column, component), {}).values())


class Links:
    """The links from the columns of a mapping to the components of a structure.

    Args:
        mapping: The mapping.
        structure: The structure.
        codes: What labels mean.
        is_complete: Whether all labels that are used are among these.
    """

    def __init__(self, mapping: TableMapping, structure: Structure, codes: LabelCodes, *, is_complete: bool) -> None:
        self._mapping = mapping
        self._components: Mapping[str, Component] = {one.id: one for one in structure.components}
        self._codes = codes
        self._is_complete = is_complete
        self.losses: list[Loss] = []
        self.fixed: dict[str, str] = {}
        self.links: list[Link] = []
        self._given: set[str] = set()
        self._find()

    def _find(self) -> None:
        self._add_figures_and_time()
        self._add_members()
        by_component: dict[str, list[ColumnRule]] = {}
        for rule in self._mapping.columns:
            if rule.component in self._components and not rule.members:
                by_component.setdefault(rule.component, []).append(rule)
        for component, rules in by_component.items():
            self._add_rules(component, rules)
        self._add_sets()
        self._add_constants()

    def _add_figures_and_time(self) -> None:
        for component in self._components.values():
            if component.role is Role.MEASURE:
                self.links.append(Link((self._mapping.figure_column,), (component.id,)))
                self._given.add(component.id)
            elif component.role is Role.TIME_DIMENSION and self._mapping.time_column:
                self._given.add(component.id)
                if self._mapping.part_column:
                    self._lose("mapping-time-parts", component.id)
                else:
                    self.links.append(Link((self._mapping.time_column,), (component.id,)))
                    self._lose("mapping-time-words", component.id)

    def _add_members(self) -> None:
        """Add the columns with members of several components: a label of one stands for all of the others."""
        columns: dict[str, list[ColumnRule]] = {}
        for rule in self._mapping.columns:
            if rule.members:
                columns.setdefault(rule.column, []).append(rule)
        for column, rules in columns.items():
            targets = tuple(one for one in rules[0].members if one in self._components)
            self._given |= set(targets)
            if any(rule.when for rule in rules) or not targets:
                self._lose("mapping-conditions", ", ".join(rules[0].members))
                continue
            said: dict[str, dict[str, str]] = {}
            for rule in rules:
                for label in self._codes.of(column, rule.component):
                    said.setdefault(label.label, {}).update({rule.component: label.code, **label.also})
            mappings = [_mapping([label], [codes.get(one, TOTAL) for one in targets]) for label, codes in said.items()]
            if rules[0].blank:
                mappings.append(ValueMapping(sources=(BLANK,), targets=(rules[0].blank,) * len(targets)))
            self._add_link((column,), targets, mappings)

    def _add_rules(self, component: str, rules: Sequence[ColumnRule]) -> None:
        self._given.add(component)
        if all(not rule.when for rule in rules):
            self._add_plain(rules[0])
            if len(rules) > 1:
                self._lose("mapping-second-column", component)
            return
        columns = tuple(dict.fromkeys(column for rule in rules for column in (rule.column, *rule.when)))
        if any({rule.column, *rule.when} != set(columns) or not rule.when for rule in rules):
            self._lose("mapping-conditions", component)
            return
        mappings = [mapping for rule in rules for mapping in self._conditional(rule, columns)]
        self._add_link(columns, (component,), mappings)

    def _add_plain(self, rule: ColumnRule) -> None:
        if not self._components[rule.component].codelist:
            self.links.append(Link((rule.column,), (rule.component,)))
            return
        labels = [one for one in self._codes.of(rule.column, rule.component) if self._is_taken(rule, one)]
        implied = [one for label in labels for one in label.also]
        further = tuple(one for one in dict.fromkeys(implied) if self._is_free(one))
        if set(implied) - set(further):
            self._lose("mapping-also", rule.component)
        self._given |= set(further)
        mappings = [
            _mapping([one.label], [one.code, *(one.also.get(other, TOTAL) for other in further)]) for one in labels
        ]
        if rule.blank:
            mappings.append(ValueMapping(sources=(BLANK,), targets=(rule.blank, *(TOTAL for _ in further))))
        self._add_link((rule.column,), (rule.component, *further), mappings)

    def _is_free(self, component: str) -> bool:
        """Return whether a component is a dimension of the structure that nothing else gives."""
        known = self._components.get(component)
        read = {rule.component for rule in self._mapping.columns} | set(self._mapping.constants)
        return known is not None and known.role is Role.DIMENSION and known.total and component not in read

    def _conditional(self, rule: ColumnRule, columns: Sequence[str]) -> Iterator[ValueMapping]:
        labels = [
            (one.label, one.code) for one in self._codes.of(rule.column, rule.component) if self._is_taken(rule, one)
        ]
        labels += [("", rule.blank)] if rule.blank else []
        for label, code in labels:
            if folded(rule.when.get(rule.column, label)) == folded(label):
                yield _mapping([label if column == rule.column else rule.when[column] for column in columns], [code])

    def _is_taken(self, rule: ColumnRule, label: LabelRule) -> bool:
        return not rule.only or label.code in rule.only

    def _add_link(self, columns: tuple[str, ...], targets: tuple[str, ...], mappings: Sequence[ValueMapping]) -> None:
        if not self._is_complete:
            self._lose("mapping-known-labels", ", ".join(targets))
        if mappings:
            self.links.append(Link(columns, targets, tuple(mappings)))
        elif len(columns) == len(targets) == 1:
            self.links.append(Link(columns, targets))
        else:
            self._lose("mapping-conditions", ", ".join(targets))

    def _add_sets(self) -> None:
        """Add what rules set besides: by the columns of their conditions, if those are always the same."""
        setting: dict[str, list[ColumnRule]] = {}
        for rule in self._mapping.columns:
            for component in rule.sets:
                if component in self._components:
                    setting.setdefault(component, []).append(rule)
        for component, rules in setting.items():
            columns = tuple(rules[0].when)
            if component in self._given or any(set(rule.when) != set(columns) for rule in rules):
                self._lose("mapping-sets", component)
            elif not columns:
                self.fixed.setdefault(component, rules[0].sets[component])
            else:
                mappings = [_mapping([rule.when[one] for one in columns], [rule.sets[component]]) for rule in rules]
                self.links.append(Link(columns, (component,), tuple(dict.fromkeys(mappings))))
            self._given.add(component)

    def _add_constants(self) -> None:
        for component, code in self._mapping.constants.items():
            if component not in self._components:
                continue
            if code == OPEN:
                self._lose("mapping-open", component)
            elif component in self._given:
                self._lose("mapping-fallback", component)
            else:
                self.fixed[component] = code
            self._given.add(component)
        for known in self._components.values():
            if known.id in self._given or known.id in self.fixed or known.role is not Role.DIMENSION:
                continue
            if known.total:
                self.fixed[known.id] = TOTAL  # what no column breaks down by
            else:
                self._lose("mapping-frequency", known.id)

    def _lose(self, what: str, component: str) -> None:
        self.losses.append(Loss(what, component))


def _mapping(labels: Sequence[str], codes: Sequence[str]) -> ValueMapping:
    sources = tuple(MappedValue(label) if label else BLANK for label in labels)
    return ValueMapping(sources=sources, targets=tuple(codes))
