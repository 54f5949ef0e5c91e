"""A mapping file as it is written: where each of its keys stands, and the mistakes in how it is written."""

import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from icstip.findings import Place
from icstip.mapping.reading.mistakes import Mistakes
from icstip.mapping.reading.positions import Keys
from icstip.tables.header import folded_header

Toml = dict[str, object]

Values = dict[str, Any]
"""A table of a mapping in which each value that is there has the shape that it must have."""

_MOST_SHOWN: Final = 60
_NO_RULES: Final = frozenset({"mapping", "table", "figures", "constants", "left_out"})
_SAY_COLUMN: Final = frozenset({"column", "component", "components"})


class MappingSource:
    """A mapping file.

    Attributes:
        path: The TOML file.
        mistakes: Those found so far.
        doubtful: Where it is not written as it must be, so that what it says there is not known.
    """

    def __init__(self, path: Path, lines: Mapping[Keys, int], mistakes: Mistakes) -> None:
        self.path = path
        self.mistakes = mistakes
        self.doubtful: list[Keys] = []
        self._lines = lines

    def place(self, keys: Keys) -> Place:
        """Return the line where a value stands, or that of the nearest table or array around it that has one."""
        while keys and keys not in self._lines:
            keys = keys[:-1]
        return Place(str(self.path), row=self._lines.get(keys))

    def tell(self, code: str, keys: Keys, value: str, variant: str = "", **params: object) -> None:
        """Note a mistake in the way something is written."""
        self.doubtful.append(keys)
        self.mistakes.add(code, self.place(keys), value, variant, **params)

    def refuse_type(self, keys: Keys, value: object, expected: str) -> None:
        """Note that a value is not of the kind that it must be."""
        key = next((str(key) for key in reversed(keys) if isinstance(key, str)), self.path.name)
        self.tell("MAP-002", keys, _shown(value), key=key, expected=expected)

    def section(self, keys: Keys) -> str:
        """Return a table as its header is written: ``[time]``, ``[[columns]]``."""
        name = ".".join(key for key in keys if isinstance(key, str))
        if not name:
            return self.path.name
        return f"[[{name}]]" if isinstance(keys[-1], int) else f"[{name}]"


class Doubts:
    """Knows of which columns and components it cannot be told whether a rule reads them, because of a mistake there.

    Args:
        values: What the mapping file says.
        doubtful: Where it is not written as it must be.
        times: The components that are times.
    """

    def __init__(self, values: Values, doubtful: Collection[Keys], times: Collection[str]) -> None:
        self._everything = any(len(keys) == 1 and keys[0] not in {*_NO_RULES, "time"} for keys in doubtful)
        self._columns: set[str] = set()
        self._components = set(times if any(keys[0] == "time" for keys in doubtful if keys) else ())
        rules = dict(enumerate(values.get("columns") or ()))
        for _, rule, *key in (keys for keys in doubtful if keys[:1] == ("columns",) and len(keys) > 1):
            given = rules[int(rule)] or {}
            column, components = given.get("column", ""), [given.get("component"), *(given.get("components") or ())]
            known = [component for component in components if component]
            if not key or key[0] in _SAY_COLUMN or not (column and known):
                self.doubt(column, known)

    def doubt(self, column: str, components: Iterable[str]) -> None:
        """Take into account that a rule has a mistake in its column or components."""
        known = set(components)
        self._components |= known
        self._columns |= {folded_header(column)} if column else set()
        self._everything |= not (column or known)

    def concern(self, column: str, component: str) -> bool:
        """Return whether it cannot be told if a component is read from a column."""
        return self._everything or folded_header(column) in self._columns or component in self._components


def _shown(value: object) -> str:
    """Return a value about as TOML writes it, the beginning of it if it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
