"""Messages made worse: some mutations in a row, chosen by a number, so that the same number gives the same message."""

import random

from tests.fuzz.byte_mutations import BYTES, Mutation, pack
from tests.fuzz.csv_mutations import CSV
from tests.fuzz.json_mutations import JSON
from tests.fuzz.xml_mutations import XML

OF_FAMILY: dict[str, tuple[Mutation, ...]] = {"ml": XML, "json": JSON, "csv": CSV}


def mutated(rng: random.Random, content: bytes, family: str) -> bytes:
    """Return a message with some mutations, at most as long as what a few of them make.

    Args:
        rng: What chooses.
        content: The message.
        family: ``ml``, ``json`` or ``csv``.
    """
    for _ in range(rng.choice([1, 1, 1, 2, 2, 3, 5])):
        kind = OF_FAMILY[family] if rng.random() < 0.6 else BYTES
        content = rng.choice(kind)(rng, content)
    return pack(rng, content) if rng.random() < 0.01 else content
