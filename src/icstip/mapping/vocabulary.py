"""The tables that tell what labels and cells mean: `dsd/labels/*.csv`, `dsd/vocabulary.toml`, `dsd/cells.toml`."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any

from icstip.errors import StandardError
from icstip.mapping.ages import AgeList, AgePattern, AgeReader
from icstip.mapping.figures import CellMeanings
from icstip.mapping.labels import Synonym, Vocabulary
from icstip.mapping.normalise import folded
from icstip.mapping.periods import Periods
from icstip.mapping.suggesting.recognising.words import LetterSystem
from icstip.standard.files import text_of, toml_of
from icstip.standard.folder import AGE_PATTERNS, HEADERS, label_files

_WORDS = "vocabulary.toml"


def read_vocabulary(folder: Path) -> Vocabulary:
    """Return what the label tables of a standard say.

    Args:
        folder: The folder of the standard (`dsd/`).

    Raises:
        StandardError: A table is missing or unreadable.
    """
    words = toml_of(folder / _WORDS)
    synonyms: dict[str, list[Synonym]] = defaultdict(list)
    for path in label_files(folder):
        for row in _rows(path, Synonym._fields):
            synonyms[row[0]].append(Synonym._make(row))
    try:
        markers = frozenset(str(marker).casefold() for marker in words["markers"])
        ages = _age_reader(folder, words["ages"]) if "ages" in words else None
        return Vocabulary(synonyms, markers, _of_all_languages(words["stop_words"]), ages)
    except (KeyError, AttributeError, TypeError) as error:
        raise StandardError("standard-toml", where=str(folder / _WORDS), value=error) from error


def read_headers(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the words that tables have as headers, folded, with the components that each can be the header of.

    A standard without a table of headers has none.

    Args:
        folder: The folder of the standard (`dsd/`).

    Raises:
        StandardError: The table is unreadable.
    """
    headers: dict[str, tuple[str, ...]] = {}
    path = folder / HEADERS
    for component, label in _rows(path, ("component", "label")) if path.exists() else ():
        known = headers.get(folded(label), ())
        headers[folded(label)] = known if component in known else (*known, component)
    return headers


def read_note_words(folder: Path) -> frozenset[str]:
    """Return the words, folded, with which notes and sources below a table begin.

    Args:
        folder: The folder of the standard (`dsd/`).

    Raises:
        StandardError: The table of words is missing or unreadable.
    """
    try:
        words = _of_all_languages(toml_of(folder / _WORDS).get("note_words", {}))
        return frozenset(folded(word) for word in words)
    except (AttributeError, TypeError) as error:
        raise StandardError("standard-toml", where=str(folder / _WORDS), value=error) from error


def read_other_words(folder: Path) -> Mapping[str, Any]:
    """Return words that are not labels, and what they say.

    Args:
        folder: The folder of the standard (`dsd/`).

    Returns:
        What `RecogniserWords` has, by its names.

    Raises:
        StandardError: The table of words is missing or unreadable.
    """
    words = toml_of(folder / _WORDS)
    try:
        subjects = words.get("subjects", {}).items()
        multipliers, letters = words.get("multipliers", {}), words.get("letters", {})
        persons = words.get("persons", {})
        return {
            "subjects": {folded(word): code for code, known in subjects for word in _of_all_languages(known)},
            "in_brackets": frozenset(words.get("brackets", {}).get("components", ())),
            "own": words.get("own_breakdown", {}).get("component", ""),
            "multipliers": frozenset(map(folded, _of_all_languages(multipliers.get("words", {})))),
            "multiplier": multipliers.get("component", ""),
            "letters": tuple(
                LetterSystem(system["codes"], frozenset(system["languages"])) for system in letters.get("systems", ())
            ),
            "languages": _languages_of_headers(folder / HEADERS),
            "boys": _codes_by_word(persons.get("beside_girls", {}), persons.get("components", ())),
            "of_letters": letters.get("component", ""),
            "persons": _codes_by_word(persons.get("always", {}), persons.get("components", ())),
            "adults": _codes_by_word(persons.get("beside_children", {}), persons.get("components", ())),
            "lead": frozenset(map(folded, _of_all_languages(words.get("lead", {})))),
        }
    except (AttributeError, KeyError, TypeError) as error:
        raise StandardError("standard-toml", where=str(folder / _WORDS), value=error) from error


def _languages_of_headers(path: Path) -> Mapping[str, frozenset[str]]:
    languages: dict[str, frozenset[str]] = {}
    for label, language in _rows(path, ("label", "language")) if path.exists() else ():
        languages[folded(label)] = languages.get(folded(label), frozenset()) | {language}
    return languages


def _codes_by_word(tables: Mapping[str, Any], components: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """Return the codes of components by the folded words that the tables of these codes list."""
    return {
        folded(word): dict(zip(components, codes.split(), strict=True))
        for codes, words in tables.items()
        for word in _of_all_languages(words)
    }


def read_cell_meanings(folder: Path) -> CellMeanings:
    """Return what kinds of cells mean for the attributes of an observation.

    Args:
        folder: The folder of the standard (`dsd/`).

    Raises:
        StandardError: The table is missing or unreadable.
    """
    kinds = toml_of(folder / "cells.toml")
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
    words = toml_of(folder / "periods.toml")
    try:
        frequency = words["frequency"]
        return Periods.of(words["parts"], words["words"], frequency["component"], frequency["periods"])
    except (KeyError, TypeError, AttributeError) as error:
        raise StandardError("standard-toml", where=str(folder / "periods.toml"), value=error) from error


def _age_reader(folder: Path, settings: Mapping[str, Any]) -> AgeReader:
    ages = AgeList(**{name: value for name, value in settings.items() if name != "words"})
    patterns = [AgePattern._make(row) for row in _rows(folder / AGE_PATTERNS, AgePattern._fields)]
    return AgeReader(ages, patterns, _of_all_languages(settings["words"]))


def _of_all_languages(words: Mapping[str, Sequence[str]]) -> frozenset[str]:
    return frozenset(chain.from_iterable(words.values()))


def _rows(path: Path, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the cells of these columns, row by row."""
    with io.StringIO(text_of(path), newline="") as file:
        rows = csv.reader(file)
        columns = {name: i for i, name in enumerate(next(rows, []))}
        if lacking := [name for name in names if name not in columns]:
            raise StandardError("standard-columns", where=str(path), value=", ".join(lacking))
        try:
            yield from map(itemgetter(*(columns[name] for name in names)), rows)
        except IndexError as error:
            raise StandardError("standard-cells", where=f"{path}:{rows.line_num}", value="…") from error
