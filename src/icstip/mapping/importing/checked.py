"""What other tools call components and codes → those of the standard; what is none is told and left open."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from icstip.findings import Finding, Place
from icstip.mapping.figures import CellMeanings
from icstip.mapping.importing.imported import Part
from icstip.mapping.model import OPEN, LabelRule
from icstip.mapping.normalise import folded
from icstip.mapping.periods import Periods
from icstip.mapping.writing.toml_text import without_controls
from icstip.standard.model import Component, Role, Standard

UNKNOWN_COMPONENT = "IMPORT-001"
UNKNOWN_CODE = "IMPORT-002"
NO_SUCH_RULE = "IMPORT-003"
NO_SUCH_SETTING = "IMPORT-004"
OTHERWISE = "IMPORT-005"
NOTHING_SAID = "IMPORT-006"
TWO_MEANINGS = "IMPORT-007"
FROM_CELL = "IMPORT-008"


class Checked:
    """The components and codes of a standard.

    Args:
        standard: The standard.
        periods: The words for times.
        meanings: What kinds of cells mean.
    """

    def __init__(self, standard: Standard, periods: Periods, meanings: CellMeanings) -> None:
        self._standard = standard
        self._periods = periods
        self.meanings = meanings
        self.components: Mapping[str, Component] = {
            one.id: one for structure in standard.structures.values() for one in structure.components
        }

    def refusal(self, component: str, told: str, place: Place) -> Finding | None:
        """Return why a mapping cannot say what a component comes from, or None.

        Args:
            component: Id of the component.
            told: What the other tool says that it comes from.
            place: Where it says so.
        """
        known = self.components.get(component)
        if known is None:
            return Finding(UNKNOWN_COMPONENT, place, component, {"said": told})
        if known.role is Role.MEASURE or component in {self.meanings.lower, self.meanings.upper}:
            return Finding(NO_SUCH_RULE, place, told, {"component": component})
        return None

    def is_time(self, component: str) -> bool:
        """Return whether a component is the time."""
        known = self.components.get(component)
        return known is not None and known.role is Role.TIME_DIMENSION

    def is_measure(self, component: str) -> bool:
        """Return whether a component is the figure itself."""
        known = self.components.get(component)
        return known is not None and known.role is Role.MEASURE

    def code(self, component: str, value: str, place: Place) -> tuple[str, tuple[Finding, ...]]:
        """Return the code that a value is, or ``?`` and why it is none.

        Args:
            component: Id of a component that there is.
            value: What the other tool says.
            place: Where.
        """
        known = self.components[component]
        told = without_controls(value)
        if known.codelist:
            is_code = value in self._standard.codelists[known.codelist].by_id
            codelist = known.codelist
        else:
            is_code = not self.is_time(component) or self._periods.period(value) == value
            codelist = component
        if is_code and value:
            return told, ()
        return OPEN, (Finding(UNKNOWN_CODE, place, told, {"codelist": codelist, "component": component}),)

    def needed(self, given: Iterable[str]) -> list[str]:
        """Return the components that a mapping must say something of, and that are not among these."""
        there = set(given)
        return [
            one.id
            for one in self.components.values()
            if one.id not in there
            and one.id != self._periods.component  # it follows from the time
            and (one.role is Role.TIME_DIMENSION or (one.role is Role.DIMENSION and not one.total))
        ]


class Meanings:
    """What labels mean, each label of a column once.

    Args:
        checked: The standard.
    """

    def __init__(self, checked: Checked) -> None:
        self._checked = checked
        self._rules: dict[tuple[str, str, str], LabelRule] = {}
        self.remarks: dict[tuple[str, str, str], tuple[Finding, ...]] = {}

    @property
    def rules(self) -> tuple[LabelRule, ...]:
        """The rules, in the order in which they were added."""
        return tuple(self._rules.values())

    def add(self, column: str, component: str, label: str, value: str, place: Place) -> None:
        """Add what a label means; a label that is said to mean two things is open."""
        code, remarks = self._checked.code(component, value, place)
        label = without_controls(label)
        known = self._rules.setdefault(
            (column, component, folded(label)), LabelRule(column, component, label, code, note="")
        )
        at = (column, component, known.label)
        if known.code != code and OPEN not in (known.code, code):
            both = {"codes": f"{known.code}, {code}", "column": column}
            self._rules[(column, component, folded(label))] = replace(known, code=OPEN)
            remarks = (Finding(TWO_MEANINGS, place, label, both),)
        told = self.remarks.get(at, ())
        if new := tuple(remark for remark in remarks if remark not in told):
            self.remarks[at] = (*told, *new)


def constants_part(
    constants: Mapping[str, tuple[str, tuple[Finding, ...]]], open_ones: Iterable[str], place: Place
) -> Part:
    """Return the constants of a mapping, and those of which nothing is said as open.

    Args:
        constants: Codes by component, with what is to be known of them.
        open_ones: The components that must be given and are not.
        place: What says nothing of them.
    """
    lacking = {one: (OPEN, (Finding(NOTHING_SAID, place, one),)) for one in open_ones}
    every = {**constants, **lacking}
    return Part(
        "[constants]",
        {component: code for component, (code, _) in every.items()},
        of_keys={component: remarks for component, (_, remarks) in every.items() if remarks},
    )
