"""A mapping file as it is written: values of the kinds expected, and the line where each mistake stands."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from rapidfuzz import process

from icstip.errors import MappingError

Toml = dict[str, object]

KEYS: Mapping[str, frozenset[str]] = {
    "": frozenset({"mapping", "table", "figures", "time", "constants", "columns", "left_out"}),
    "mapping": frozenset({"title", "attribution"}),
    "table": frozenset(
        {"sheet", "sheets", "figures", "name", "headers", "stubs", "fill", "flags", "skipped", "sections", "split"}
    ),
    "sections": frozenset({"name", "column", "labels"}),
    "split": frozenset({"column", "by", "into"}),
    "figures": frozenset({"thousands", "decimal", "signs", "marks", "whole"}),
    "time": frozenset({"column", "part"}),
    "columns": frozenset({"column", "component", "components", "when", "only", "blank", "sets"}),
    "left_out": frozenset({"column", "when", "reason"}),
}
_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "table": ("figures",),
    "sections": ("column", "labels"),
    "split": ("column", "by", "into"),
    "columns": ("column",),
    "left_out": ("reason",),
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # no message can carry them


class MappingSource:
    """What a mapping file says; knows where it stands, so that mistakes can be located.

    Args:
        path: The TOML file.
        content: Its text.
    """

    def __init__(self, path: Path, content: str) -> None:
        self.path = path
        self._lines = content.splitlines()

    def texts(self, raw: object, key: str) -> dict[str, str]:
        """Return a table of texts; numbers become texts."""
        if not isinstance(raw, dict):
            raise self.mistake("mapping-type", key, key=key, expected="{ … }")
        for name, value in raw.items():
            if isinstance(value, list | dict | bool) or _CONTROL.search(str(value)):
                raise self.mistake("mapping-type", str(name), key=name, expected='"…"')
        return {str(name): str(value) for name, value in raw.items()}

    def text(self, raw: Toml, key: str) -> str:
        """Return a text, an empty one where there is none."""
        value = raw.get(key, "")
        if not isinstance(value, str):
            raise self.mistake("mapping-type", key, key=key, expected='"…"')
        return value

    def listed(self, raw: Toml, key: str) -> tuple[str, ...]:
        """Return a list of texts, an empty one where there is none."""
        values = raw.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self.mistake("mapping-type", key, key=key, expected='["…"]')
        return tuple(values)

    def table(self, raw: Toml, key: str) -> Toml:
        """Return a table with keys that it can have, an empty one where there is none."""
        table = raw.get(key, {})
        if not isinstance(table, dict):
            raise self.mistake("mapping-type", key, key=key, expected=f"[{key}]")
        self.check_keys(key, table)
        return table

    def tables(self, raw: Toml, key: str) -> list[Toml]:
        """Return an array of tables with keys that they can have, an empty one where there is none."""
        tables = raw.get(key, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise self.mistake("mapping-type", key, key=key, expected=f"[[{key}]]")
        for table in tables:
            self.check_keys(key, table)
        return tables

    def check_keys(self, section: str, table: Toml) -> None:
        """Refuse keys that a table of this kind cannot have, and one that it lacks."""
        for key in table:
            if key not in KEYS[section]:
                if near := near_words(key, KEYS[section]):
                    raise self.mistake("mapping-key", key, key=key, near=near)
                raise self.mistake("mapping-key-alone", key, key=key, known=", ".join(sorted(KEYS[section])))
        for key in _REQUIRED.get(section, ()):
            if key not in table:
                raise self.mistake("mapping-lacks", section, section=section, key=key)

    def mistake(self, message: str, token: str, where: str = "", **params: object) -> MappingError:
        """Return the error of a mistake, at the line where a token stands or at a place that is known."""
        return MappingError(message, where=where or self._locate(token), **params)

    def _locate(self, token: str) -> str:
        """Return the file and the first line that has the token; TOML readers keep no lines."""
        word = re.compile(rf"(?<!\w){re.escape(token)}(?!\w)")
        line = next((n for n, text in enumerate(self._lines, 1) if token and word.search(text.split("#")[0])), None)
        return f"{self.path}:{line}" if line else str(self.path)


def near_words(word: str, known: Iterable[str]) -> str:
    """Return the known words that look most like this one, or nothing."""
    return ", ".join(match for match, *_ in process.extract(word, list(known), limit=3, score_cutoff=50))
