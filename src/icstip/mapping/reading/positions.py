"""A TOML text → the line of each of its keys, which TOML readers do not keep.

The text has been read already and is known to be TOML, so that this scanner only follows it. What it finds is what the
reader found: a property of the tests.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Final

Keys = tuple[str | int, ...]
"""Where a value stands in a document: keys of tables, and positions in arrays, from the outermost inwards."""

_NEWLINE: Final = re.compile(r"\n")
_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")  # comments are blank as well
_SPACE: Final = re.compile(r"[ \t]*")
_NAME: Final = re.compile(r"[A-Za-z0-9_-]+")
# A text over several lines may end with up to two quotation marks of its own before the three that close it.
_TEXT: Final = re.compile(
    r"""
    \"{3}(?:\\.|[^\\])*?\"{3}\"{0,2} | '{3}.*?'{3}'{0,2}  # over several lines
    | \"(?:\\.|[^\"\\])*\" | '[^']*'
    """,
    re.DOTALL | re.VERBOSE,
)
_WORD: Final = re.compile(r"[^,\]}\n#]*")  # a number, a time or a truth value


def lines_of(content: str) -> Mapping[Keys, int]:
    r"""Return the 1-based line where each key and each item of an array begins.

    A table that is not written itself, only its parts, begins where the first of them does.

    Args:
        content: TOML; what it is for anything else is not said.

    Example:
        >>> lines_of("[a]\nb = [1,\n2]")
        {('a',): 1, ('a', 'b'): 2, ('a', 'b', 0): 2, ('a', 'b', 1): 3}
    """
    scanner = _Scanner(content)
    scanner.document()
    return scanner.lines


class _Scanner:
    """Goes through a text once; `lines` is what it has found."""

    def __init__(self, content: str) -> None:
        self.lines: dict[Keys, int] = {}
        self._content = content
        self._at = 0
        self._starts = [found.end() for found in _NEWLINE.finditer(content)]
        self._tables: dict[Keys, int] = {}  # arrays of tables, with the number of their tables so far

    def document(self) -> None:
        """Go through the whole document."""
        table: Keys = ()
        self._skip(_BLANK)
        while self._at < len(self._content):
            if self._next() == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)

    def _header(self) -> Keys:
        """Go through ``[table]`` or ``[[table]]``; return where the keys below it belong."""
        line = self._line()
        brackets = 2 if self._content.startswith("[[", self._at) else 1
        self._at += brackets
        names = self._key()
        self._skip(_SPACE)
        self._at += brackets
        table: Keys = ()
        for position, name in enumerate(names, 1):
            table = self._found((*table, name), line)
            if position == len(names) and brackets == 2:
                self._tables[table] = self._tables.get(table, 0) + 1
            if table in self._tables:
                table = self._found((*table, self._tables[table] - 1), line)
        return table

    def _pair(self, table: Keys) -> None:
        line = self._line()
        for name in self._key():
            table = self._found((*table, name), line)
        self._skip(_SPACE)
        self._at += 1  # the equals sign
        self._skip(_SPACE)
        self._value(table)

    def _key(self) -> list[str]:
        names = []
        while True:
            self._skip(_SPACE)
            names.append(self._name())
            self._skip(_SPACE)
            if self._next() != ".":
                return names
            self._at += 1

    def _name(self) -> str:
        if self._next() not in {'"', "'"}:
            return self._taken(_NAME)
        return str(tomllib.loads(f"name = {self._taken(_TEXT)}")["name"])

    def _value(self, keys: Keys) -> None:
        opening = self._next()
        if opening == "[":
            self._several("]", lambda position: self._item((*keys, position)))
        elif opening == "{":
            self._several("}", lambda _: self._pair(keys))
        else:
            self._skip(_TEXT if opening in {'"', "'"} else _WORD)

    def _several(self, closing: str, part: Callable[[int], None]) -> None:
        """Go through the parts of an array or an inline table."""
        self._at += 1
        self._skip(_BLANK)
        position = 0
        while self._next() != closing:
            part(position)
            position += 1
            self._skip(_BLANK)
            if self._next() == ",":
                self._at += 1
                self._skip(_BLANK)
        self._at += 1

    def _item(self, keys: Keys) -> None:
        self._value(self._found(keys, self._line()))

    def _found(self, keys: Keys, line: int) -> Keys:
        self.lines.setdefault(keys, line)
        return keys

    def _line(self) -> int:
        return bisect_right(self._starts, self._at) + 1

    def _next(self) -> str:
        return self._content[self._at : self._at + 1]

    def _skip(self, pattern: re.Pattern[str]) -> None:
        self._taken(pattern)

    def _taken(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._content, self._at)
        taken = found[0] if found else ""
        self._at += len(taken)
        return taken
