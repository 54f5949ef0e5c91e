"""Values as a mapping file writes them: TOML, with comments for people."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def quoted(value: str) -> str:
    """Return a text as TOML writes it.

    >>> quoted("a # b")
    '"a # b"'
    """
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def key(name: str) -> str:
    """Return a key as TOML writes it: bare where it can be.

    >>> key("SEX"), key(":")
    ('SEX', '":"')
    """
    return name if _BARE.fullmatch(name) else quoted(name)


def listed(texts: Iterable[str]) -> str:
    """Return a list of texts as TOML writes it."""
    return "[" + ", ".join(map(quoted, texts)) + "]"


def inline(pairs: Mapping[str, str]) -> str:
    """Return texts by names as TOML writes them in a line.

    Labels are compared without control characters, and mappings are read without them.
    """
    return "{ " + ", ".join(f"{key(name)} = {quoted(without_controls(text))}" for name, text in pairs.items()) + " }"


def written(value: "str | bool | Sequence[str | int] | Mapping[str, str]") -> str:
    """Return a value as TOML writes it.

    >>> written(["A"]), written([3, 4]), written(True), written({"SEX": "F"})
    ('["A"]', '[3, 4]', 'true', '{ SEX = "F" }')
    """
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return quoted(without_controls(value))
        case Mapping():
            return inline(value)
        case _:
            return "[" + ", ".join(quoted(one) if isinstance(one, str) else str(one) for one in value) + "]"


def comment(told: str) -> str:
    """Return a text as one line of comment: TOML has no control characters there."""
    return "# " + " ".join(without_controls(told).split())


def without_controls(value: str) -> str:
    """Return a text with a blank in the place of each control character."""
    return "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in value)
