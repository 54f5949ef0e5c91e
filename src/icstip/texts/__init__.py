"""Everything that a person reads, in the languages of the product: a folder of TOML tables a language."""

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "fr", "es", "ar")
RIGHT_TO_LEFT = frozenset({"ar"})

RUNS_LEFT = frozenset({"R", "AL"})
"""Bidirectional classes of letters that run to the left (Unicode Standard Annex 9)."""

_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


@cache
def texts(language: str) -> dict[str, str]:
    """Return the texts of a language: ``{"finding.LABEL-001.message": "…", …}``.

    Args:
        language: One of `LANGUAGES`.
    """
    flat: dict[str, str] = {}
    for table in sorted((files(__name__) / language).iterdir(), key=lambda entry: entry.name):
        _flatten("", tomllib.loads(table.read_text(encoding="utf-8")), flat)
    return flat


def text(key: str, language: str = "en", /, **params: object) -> str:
    """Return one text with its placeholders filled.

    Args:
        key: Dotted key, for example ``error.table-missing``.
        language: One of `LANGUAGES`.
        **params: Values for the placeholders ``{name}``.

    Raises:
        KeyError: The key is not in the table of this language: a mistake of ours, not of the user's.
    """
    isolated = {name: _isolated(value, language) for name, value in params.items()}
    return texts(language)[key].format(**isolated)


def _isolated(value: object, language: str) -> object:
    """Return a value that does not turn the order of the words around it where two directions of writing meet."""
    if not isinstance(value, str) or not value:
        return value
    if language not in RIGHT_TO_LEFT and value.isascii():
        return value
    if language in RIGHT_TO_LEFT or any(unicodedata.bidirectional(letter) in RUNS_LEFT for letter in value):
        return f"{_FIRST_STRONG_ISOLATE}{value}{_POP_ISOLATE}"
    return value


def _flatten(prefix: str, table: dict[str, object], into: dict[str, str]) -> None:
    for key, value in table.items():
        if isinstance(value, dict):
            _flatten(f"{prefix}{key}.", value, into)
        else:
            into[f"{prefix}{key}"] = str(value)
