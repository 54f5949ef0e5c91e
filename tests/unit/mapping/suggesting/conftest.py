"""What drafts are made with: the standard of this repository, read once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.examples.drafts import grid_of

from icstip.mapping.labels import Labels, Vocabulary
from icstip.mapping.suggesting.cells import Cells
from icstip.mapping.suggesting.draft import Draft
from icstip.mapping.suggesting.drafting import Drafting
from icstip.mapping.suggesting.recognise import Recogniser
from icstip.mapping.suggesting.recognising.words import RecogniserWords
from icstip.mapping.suggesting.shape import Shape, find_shape
from icstip.mapping.suggesting.shaping.headers import header_words
from icstip.mapping.vocabulary import read_headers, read_other_words, read_periods, read_vocabulary
from icstip.standard.model import Standard
from icstip.standard.read import read_standard

ShapeOf = Callable[..., Shape]
DraftOf = Callable[..., Draft]


@pytest.fixture(scope="session")
def standard(dsd_folder: Path) -> Standard:
    """The standard."""
    return read_standard(dsd_folder)


@pytest.fixture(scope="session")
def vocabulary(dsd_folder: Path) -> Vocabulary:
    """The words of the standard."""
    return read_vocabulary(dsd_folder)


@pytest.fixture(scope="session")
def recogniser(dsd_folder: Path, standard: Standard, vocabulary: Vocabulary) -> Recogniser:
    """What recognises columns."""
    labels, words = Labels(standard, vocabulary), RecogniserWords(**read_other_words(dsd_folder))
    return Recogniser(standard, labels, read_headers(dsd_folder), read_periods(dsd_folder), words)


@pytest.fixture(scope="session")
def shape_of(vocabulary: Vocabulary, recogniser: Recogniser) -> ShapeOf:
    """Finds the table in lines of text."""

    def shape(*lines: str) -> Shape:
        cells = Cells(grid_of(*lines), vocabulary.markers)
        found = find_shape(cells, header_words(recogniser))
        assert found is not None
        return found

    return shape


@pytest.fixture(scope="session")
def draft_of(shape_of: ShapeOf, recogniser: Recogniser) -> DraftOf:
    """Drafts the mapping of the table in lines of text, of which nothing is known beforehand."""

    def draft(*lines: str) -> Draft:
        return Drafting(shape_of(*lines), recogniser).draft({})

    return draft
