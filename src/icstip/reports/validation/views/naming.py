"""Names of dimensions and codes, for people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from icstip.reports.parts.lettering import clipped, named
from icstip.schema import Schema
from icstip.standard.model import TOTAL

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Naming:
    """How components and codes of a data set are called in a language."""

    schema: Schema
    language: str

    def component(self, component: str) -> str:
        """Return the name of a component, or its id where it has none."""
        column = self.schema.by_id.get(component)
        return clipped((named(column.name, self.language) if column else "") or component, LONGEST_NAME)

    def code(self, component: str, code: str) -> str:
        """Return the name of a code, or the code itself where it has none."""
        column = self.schema.by_id.get(component)
        names = column.code_names.get(code, {}) if column else {}
        return clipped(named(names, self.language) or code, LONGEST_NAME)

    def key(self, key: Mapping[str, str], but: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
        """Return names of dimensions with those of their codes, without totals and without some dimensions."""
        left_out = frozenset(but)
        return tuple(
            (self.component(component), self.code(component, code))
            for component, code in key.items()
            if code != TOTAL and component not in left_out
        )


def shared(keys: Iterable[Mapping[str, str]]) -> Mapping[str, str]:
    """Return the dimensions that all keys have, with the same code in all; nothing for a single key."""
    listed = list(keys)
    if len(listed) < 2:
        return {}
    first = listed[0]
    return {name: code for name, code in first.items() if all(key.get(name) == code for key in listed)}
