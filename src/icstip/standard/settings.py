"""`standard.toml`: the settings of the standard, each with the line on which it stands."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from icstip.findings import Place
from icstip.standard.model import Texts
from icstip.standard.tables import MISSING, Fault, decode, fault_error, file_name
from icstip.texts import LANGUAGES

NAME = "standard.toml"
SYNTAX = "standard-toml"
PREPARED = "2026-11-22T00:00:00Z"
"""The time in message headers when the settings give none."""

Key = tuple[str | int, ...]
"""Where a value stands: ``("structures", 0, "name", "en")``."""


@dataclass(frozen=True)
class Settings:
    """The settings as they stand in the file, whatever is wrong with them."""

    file: str
    values: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[Key, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    def place(self, *key: str | int) -> Place:
        """Return the place of a value, or of the nearest table around it."""
        nearest = (self.lines[key[:n]] for n in range(len(key), 0, -1) if key[:n] in self.lines)
        return Place(self.file, row=next(nearest, 1))

    def value(self, *key: str | int) -> object:
        """Return the value of a key, or None."""
        found: object = self.values
        for part in key:
            if isinstance(found, Mapping) and isinstance(part, str):
                found = found.get(part)
            elif isinstance(found, list) and isinstance(part, int) and part < len(found):
                found = found[part]
            else:
                return None
        return found

    def string(self, *key: str | int) -> str:
        """Return the value of a key that holds a string, else an empty one."""
        found = self.value(*key)
        return found if isinstance(found, str) else ""

    def strings(self, *key: str | int) -> tuple[str, ...]:
        """Return the strings in the array of a key."""
        found = self.value(*key)
        return tuple(item for item in found if isinstance(item, str)) if isinstance(found, list) else ()

    def texts(self, *key: str | int) -> Texts:
        """Return a text in the languages of the standard; a language without a text is absent."""
        return {language: text for language in self.languages if (text := self.string(*key, language))}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the standard; while the setting cannot be used, those of the product."""
        return self.strings("standard", "languages") or LANGUAGES

    @property
    def structure_count(self) -> int:
        """How many structures the settings name."""
        found = self.value("structures")
        return len(found) if isinstance(found, list) else 0

    @property
    def structure_ids(self) -> tuple[str, ...]:
        """The ids of the structures in their order."""
        return tuple(self.string("structures", n, "id") for n in range(self.structure_count))

    def sound(self) -> "Settings":
        """Return the settings themselves when the file could be read.

        Raises:
            StandardError: It could not.
        """
        for fault in self.faults:
            raise fault_error(fault, self.file)
        return self


def load_settings(folder: Path) -> Settings:
    """Return the settings of a folder with the faults of their file.

    Args:
        folder: Folder of the standard, as an absolute path.
    """
    file = file_name(folder, NAME)
    try:
        data = (folder / NAME).read_bytes()
    except FileNotFoundError:
        return Settings(file, faults=(Fault(MISSING, None, (file,)),))
    text, faults = decode(data)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Settings(file, faults=(*faults, _syntax_fault(str(error), text)))
    return Settings(file, values, _lines(text), faults)


def _syntax_fault(message: str, text: str) -> Fault:
    found = re.search(r"at line (\d+)", message)
    return Fault(SYNTAX, int(found[1]) if found else text.count("\n") + 1, (message,))


_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]")
_ENTRY = re.compile(r"""\s*([\w\-."']+(?:\s*\.\s*[\w\-"']+)*)\s*=""")


def _lines(text: str) -> dict[Key, int]:
    """Return the line of each table header and key, which the TOML parser does not keep."""
    lines: dict[Key, int] = {}
    counts: dict[str, int] = {}
    table: Key = ()
    quoted = False
    for number, line in enumerate(text.split("\n"), start=1):
        if not quoted:
            if header := _HEADER.match(line):
                table = _table_key(header[2], counts, opens=header[1] == "[[")
                lines.setdefault(table, number)
            elif entry := _ENTRY.match(line):
                lines.setdefault((*table, *_parts(entry[1])), number)
        quoted ^= (line.count('"""') + line.count("'''")) % 2 == 1
    return lines


def _table_key(header: str, counts: dict[str, int], *, opens: bool) -> Key:
    first, *rest = _parts(header)
    if opens and not rest:
        counts[first] = counts.get(first, -1) + 1
    return (first, counts[first], *rest) if first in counts else (first, *rest)


def _parts(dotted: str) -> Sequence[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]
