"""The codes that somebody may have meant who wrote what is none."""

from collections.abc import Iterator, Mapping
from typing import Final

from rapidfuzz import fuzz, process, utils

from icstip.artefacts.base import Texts, no_texts
from icstip.schema import Column

_LEAST: Final = 60.0  # out of 100: below, a text is as like to any other
_BEHIND: Final = 15.0  # what is so much less like than the nearest is not what was meant
_MOST: Final = 3


def similar_codes(value: str, column: Column) -> Mapping[str, Texts]:
    """Return the codes most like to a text, the nearest first, with their names by language.

    A code is as like as its id, or its name in any language, is; small and large letters are the same.

    Args:
        value: What stands where a code should.
        column: A coded component.
    """
    scored = process.extract(
        value,
        {place: known for place, (_, known) in enumerate(_known(column))},
        scorer=fuzz.ratio,
        processor=utils.default_process,
        limit=None,
        score_cutoff=_LEAST,
    )
    codes = [code for code, _ in _known(column)]
    near = dict.fromkeys(codes[place] for _, score, place in scored if score >= scored[0][1] - _BEHIND)
    return {code: column.code_names.get(code, no_texts()) for code in list(near)[:_MOST]}


def _known(column: Column) -> Iterator[tuple[str, str]]:
    """Yield each code with its id and its names."""
    for code in column.codes or ():
        yield code, code
        for name in column.code_names.get(code, no_texts()).values():
            yield code, name
