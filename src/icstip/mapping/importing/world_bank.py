"""The World Bank's SDMX mapping workbook (sheets INFO, COMP_MAPPING, REP_MAPPING) → a mapping.

Source: WB-DECIS/tidysdmx (GitHub), `structures/template.py`. COMP_MAPPING has a row for each component: SOURCE, TARGET,
MAPPING_RULES (``fixed:VALUE``, ``implicit``, ``representation``, ``multi_representation``) and, if wanted,
DEFAULT_VALUE. REP_MAPPING has the values: a column ``S:…`` for each source and ``T:…`` for each target. A row without a
rule or without a target is not used.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from icstip.errors import MappingError
from icstip.findings import Finding, Place, TextId
from icstip.mapping.importing.checked import (
    NO_SUCH_RULE,
    NO_SUCH_SETTING,
    NOTHING_SAID,
    Checked,
    Meanings,
    constants_part,
)
from icstip.mapping.importing.imported import Imported, Part, Value
from icstip.mapping.importing.value_table import VALUES, ValueTable
from icstip.mapping.model import OPEN
from icstip.tables.grid import Grid

INFO, COMPONENTS = "info", "comp_mapping"

_REQUIRED: Final = ("SOURCE", "TARGET", "MAPPING_RULES")
_DEFAULT: Final = "DEFAULT_VALUE"
_FIXED, _IMPLICIT, _VALUES, _SEVERAL = "fixed:", "implicit", "representation", "multi_representation"
_MISSING: Final = frozenset({"", "nan", "<na>"})
_STRUCTURES: Final = ("datastructure", "dataflow", "provisionagreement")
_MOST_RULES: Final = 200  # of one column, for values of several columns together


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of COMP_MAPPING."""

    source: str
    target: str
    rule: str
    default: str
    place: Place

    @property
    def kind(self) -> str:
        """What the rule is, as this module names it."""
        rule = self.rule.strip().casefold()
        return _FIXED if rule.startswith(_FIXED) else rule

    @property
    def fixed(self) -> str:
        """The value that is fixed."""
        return self.rule.strip()[len(_FIXED) :].strip()

    @property
    def told(self) -> str:
        """The rule as people read it."""
        return f"{self.source} {self.rule}".strip()


def is_world_bank(grids: Sequence[Grid]) -> bool:
    """Return whether a workbook has a sheet COMP_MAPPING."""
    return _sheet(grids, COMPONENTS) is not None


def import_world_bank(grids: Sequence[Grid], checked: Checked, constants: Mapping[str, str], title: str) -> Imported:
    """Return the mapping that a workbook describes.

    Args:
        grids: Its sheets.
        checked: The standard.
        constants: Codes of components that hold for all of the table, as its owner knows; they go before its own.
        title: What the table is, if INFO does not say which structure it is for.

    Raises:
        MappingError: COMP_MAPPING lacks a column.
    """
    return _Import(grids, checked, constants).imported(_structure(grids) or title)


class _Import:
    def __init__(self, grids: Sequence[Grid], checked: Checked, constants: Mapping[str, str]) -> None:
        self._checked = checked
        self._rules = list(_rules(_sheet(grids, COMPONENTS)))
        self._values = ValueTable.of(_sheet(grids, VALUES))
        self._given = constants
        self._place = self._rules[0].place if self._rules else Place(grids[0].file)
        self._constants: dict[str, tuple[str, tuple[Finding, ...]]] = {}
        self._columns: list[Part] = []
        self._meanings = Meanings(checked)
        self._dropped: list[Finding] = []
        self._figures: Part | None = None
        self._time: Part | None = None

    def imported(self, title: str) -> Imported:
        for rule in self._rules:
            self._rule(rule)
        for rule in self._rules:  # last: they need the rules of single columns
            if rule.kind == _SEVERAL and self._is_sayable(rule):
                self._several(rule)
        self._constants |= {component: (code, ()) for component, code in self._given.items()}
        given = {str(part.pairs["component"]) for part in self._columns}
        given |= {str(set_) for part in self._columns for set_ in _sets(part)}
        given |= {one for one in self._checked.components if self._checked.is_time(one) and self._time}
        lacking = self._checked.needed({*self._constants, *given})
        parts = [
            self._figures or Part("[table]", {"figures": OPEN}, (Finding(NOTHING_SAID, self._place, self._measure()),)),
            *([self._time] if self._time else []),
            constants_part(self._constants, lacking, self._place),
            *self._columns,
            *([Part(remarks=tuple(self._dropped))] if self._dropped else []),
        ]
        return Imported("import.world-bank", title, tuple(parts), self._meanings.rules, self._meanings.remarks)

    def _measure(self) -> str:
        return next(one for one in self._checked.components if self._checked.is_measure(one))

    def _rule(self, rule: Rule) -> None:
        """Carry over what a row says, but for values of several columns together."""
        if rule.kind == _SEVERAL and rule.target in self._checked.components:
            return
        if self._checked.is_measure(rule.target) and rule.kind == _IMPLICIT and _is_header(rule.source):
            self._figures = Part("[table]", {"figures": rule.source})
        elif not self._is_sayable(rule):
            pass
        elif rule.kind == _FIXED:
            self._constants[rule.target] = self._checked.code(rule.target, rule.fixed, rule.place)
        elif rule.kind in {_IMPLICIT, _VALUES} and _is_header(rule.source):
            self._column(rule, tuple(self._defaults(rule)))
        else:
            self._leave_open(rule)

    def _is_sayable(self, rule: Rule) -> bool:
        refusal = self._checked.refusal(rule.target, rule.told, rule.place)
        if refusal and refusal not in self._dropped:
            self._dropped.append(refusal)
        return refusal is None

    def _leave_open(self, rule: Rule) -> None:
        self._constants[rule.target] = (OPEN, (self._not_sayable(rule),))

    def _not_sayable(self, rule: Rule) -> Finding:
        return Finding(NO_SUCH_RULE, rule.place, rule.told, {"component": rule.target})

    def _defaults(self, rule: Rule) -> Iterator[Finding]:
        if rule.default:
            told = f"{_DEFAULT} = {rule.default}"
            yield Finding(NO_SUCH_SETTING, rule.place, told, {"reason": TextId("import.no-catch-all")})

    def _column(self, rule: Rule, remarks: tuple[Finding, ...]) -> None:
        if rule.kind == _VALUES:
            values, told = self._values.pairs([rule.source], rule.target, rule.place)
            remarks = (*remarks, *told)
            for (label,), value, place in values:
                self._meanings.add(rule.source, rule.target, label, value, place)
        if not self._checked.is_time(rule.target):
            self._columns.append(Part("[[columns]]", {"column": rule.source, "component": rule.target}, remarks))
        elif self._time is None:
            self._time = Part("[time]", {"column": rule.source}, remarks)
        else:
            self._dropped.append(self._not_sayable(rule))

    def _several(self, rule: Rule) -> None:
        """Carry over values of several columns together: as what a rule of one of these columns sets besides."""
        sources = [source for one in rule.source.split("|") if (source := one.strip())]
        if not sources or not all(map(_is_header, sources)):
            self._leave_open(rule)
            return
        values, told = self._values.pairs(sources, rule.target, rule.place)
        carrier = next(
            (
                part
                for part in self._columns
                if part.pairs["column"] in sources and part.pairs["component"] != OPEN and "when" not in part.pairs
            ),
            None,
        )
        remarks = (*self._defaults(rule), *told)
        if carrier is None or not 0 < len(values) <= _MOST_RULES or self._checked.is_time(rule.target):
            self._columns.append(
                Part(
                    "[[columns]]",
                    {"column": sources[0], "component": OPEN},
                    (self._not_sayable(rule), *remarks),
                )
            )
            return
        at = self._columns.index(carrier)
        rules: list[Part] = []
        for labels, value, place in values:
            code, wrong = self._checked.code(rule.target, value, place)
            pairs: dict[str, Value] = {**carrier.pairs, "when": dict(zip(sources, labels, strict=True))}
            if code == OPEN:
                self._dropped += wrong
                continue
            before = () if rules else (*carrier.remarks, *remarks)
            rules.append(Part("[[columns]]", {**pairs, "sets": {rule.target: code}}, before))
        self._columns[at : at + 1] = rules


def _sets(part: Part) -> Iterator[str]:
    sets = part.pairs.get("sets")
    if isinstance(sets, Mapping):
        yield from sets


def _is_header(name: str) -> bool:
    """Return whether a mapping can name a column so (see the reader of mappings)."""
    return bool(name) and name not in {"*", OPEN} and not (name.startswith("^") and name.endswith("$"))


def _sheet(grids: Sequence[Grid], name: str) -> Grid | None:
    return next((grid for grid in grids if (grid.sheet or "").casefold() == name), None)


def _structure(grids: Sequence[Grid]) -> str:
    """Return the reference to the structure that INFO names, or an empty text."""
    info = _sheet(grids, INFO)
    if info is None:
        return ""
    rows = ([cell for cell in row if cell] for row in info.frame.iter_rows())
    said = {row[0].strip().casefold(): row[1] for row in rows if len(row) > 1}
    return next((said[kind] for kind in _STRUCTURES if kind in said), "")


def _rules(grid: Grid | None) -> Iterator[Rule]:
    """Yield the rows of COMP_MAPPING that are used.

    Raises:
        MappingError: A column is missing.
    """
    if grid is None:
        return
    header = [(cell or "").strip() for cell in grid.frame.row(0)] if grid.frame.height else []
    if lacking := [name for name in _REQUIRED if name not in header]:
        raise MappingError("import-columns", where=str(grid.place("A", 1)), lacking=", ".join(lacking))
    at = {name: header.index(name) for name in (*_REQUIRED, *([_DEFAULT] if _DEFAULT in header else []))}
    for number, row in enumerate(grid.frame.iter_rows(), 1):
        source, target, rule, *default = [row[i] or "" for i in at.values()]
        if number > 1 and target and rule.casefold() not in _MISSING:
            place = grid.place(grid.frame.columns[at["TARGET"]], number)
            yield Rule(source, target, rule, default[0] if default else "", place)
