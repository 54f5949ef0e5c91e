"""What the lists of a standard say of headers."""

from collections.abc import Mapping, Sequence
from typing import Final

from icstip.mapping.model import OPEN
from icstip.mapping.suggesting.recognise import Recogniser
from icstip.mapping.suggesting.recognising.guess import Guess, Meaning
from icstip.mapping.suggesting.shaping.columns import Words

UNIT: Final = "UNIT_MEASURE"
SHARE: Final = "PT"


def header_words(recogniser: Recogniser) -> Words:
    """Return what headers say of columns, by the lists that a recogniser has.

    Args:
        recogniser: What recognises columns.
    """
    measures = (*recogniser.deciding, UNIT)
    return Words(
        recogniser.value_headers,
        recogniser.label_headers,
        lambda header: bool(recogniser.members(measures, [header])),
    )


def open_shares(guess: Guess, recogniser: Recogniser, labels: Sequence[str]) -> Mapping[str, Meaning]:
    """Return the labels of shares beside other units as open: nothing says of what they are shares.

    Args:
        guess: What a header row seems to be.
        recogniser: What recognises labels.
        labels: The labels of the row.
    """
    if guess.components != (UNIT,):
        return {}
    codes = recogniser.codes(UNIT, labels)
    shares = [label for label, code in codes.items() if code == SHARE]
    return {label: Meaning(UNIT, OPEN) for label in shares} if len(shares) < len(codes) else {}
