"""The tables that tell what labels and cells mean: `dsd/labels/*.csv`, `dsd/vocabulary.toml`, `dsd/cells.toml`."""

import csv
import io
import tomllib
from collections import defaultdict
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any

from icstip.errors import StandardError
from icstip.mapping.figures import CellMeanings
from icstip.mapping.labels import Synonym, Vocabulary
from icstip.mapping.periods import Periods


def read_vocabulary(folder: Path) -> Vocabulary:
    """Return what the label tables of a standard say.

    Args:
        folder: The folder of the standard (`dsd/`).

    Raises:
        StandardError: A table is missing or unreadable.
    """
    words = _toml(folder / "vocabulary.toml")
    synonyms: dict[str, list[Synonym]] = defaultdict(list)
    for path in sorted((folder / "labels").glob("*.csv")):
        with io.StringIO(_text(path), newline="") as file:
            rows = csv.reader(file)
            columns = {name: i for i, name in enumerate(next(rows, []))}
            if lacking := [name for name in Synonym._fields if name not in columns]:
                raise StandardError("standard-columns", where=str(path), value=", ".join(lacking))
            wanted = itemgetter(*(columns[name] for name in Synonym._fields))
            try:
                for row in map(wanted, rows):
                    synonyms[row[0]].append(Synonym._make(row))
            except IndexError as error:
                raise StandardError("standard-cells", where=f"{path}:{rows.line_num}", value="…") from error
    try:
        markers = frozenset(str(marker).casefold() for marker in words["markers"])
        return Vocabulary(synonyms, markers, frozenset(chain.from_iterable(words["stop_words"].values())))
    except (KeyError, AttributeError, TypeError) as error:
        raise StandardError("standard-toml", where=str(folder / "vocabulary.toml"), value=error) from error


def read_cell_meanings(folder: Path) -> CellMeanings:
    """Return what kinds of cells mean for the attributes of an observation.

    Args:
        folder: The folder of the standard (`dsd/`).

    Raises:
        StandardError: The table is missing or unreadable.
    """
    kinds = _toml(folder / "cells.toml")
    try:
        bounds = kinds["bounds"]
        return CellMeanings(kinds["number"], kinds["blank"], kinds["bounded"], bounds["lower"], bounds["upper"])
    except (KeyError, TypeError) as error:
        raise StandardError("standard-toml", where=str(folder / "cells.toml"), value=error) from error


def read_periods(folder: Path) -> Periods:
    """Return the words for times.

    Args:
        folder: The folder of the standard (`dsd/`).

    Raises:
        StandardError: The table is missing or unreadable.
    """
    words = _toml(folder / "periods.toml")
    try:
        frequency = words["frequency"]
        return Periods.of(words["parts"], words["words"], frequency["component"], frequency["periods"])
    except (KeyError, TypeError, AttributeError) as error:
        raise StandardError("standard-toml", where=str(folder / "periods.toml"), value=error) from error


def _toml(path: Path) -> dict[str, dict[str, Any]]:
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise StandardError("standard-toml", where=str(path), value=error) from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise StandardError("standard-file", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise StandardError("standard-encoding", where=str(path), value=error.start) from error
