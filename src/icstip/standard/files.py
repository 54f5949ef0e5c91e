"""The files of a standard as texts and tables of TOML."""

import tomllib
from pathlib import Path
from typing import Any

from icstip.errors import StandardError


def toml_of(path: Path) -> dict[str, Any]:
    """Return the tables of a TOML file.

    Raises:
        StandardError: It is missing, not UTF-8, or no TOML.
    """
    try:
        return tomllib.loads(text_of(path))
    except tomllib.TOMLDecodeError as error:
        raise StandardError("standard-toml", where=str(path), value=error) from error


def text_of(path: Path) -> str:
    """Return the text of a file.

    Raises:
        StandardError: It is missing, or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise StandardError("standard-file", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise StandardError("standard-encoding", where=str(path), value=error.start) from error
