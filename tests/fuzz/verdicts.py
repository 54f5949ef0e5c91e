"""What is to be said of one mutated message, and the smallest one of which the same is to be said."""

import random
import resource
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.mutations import mutated
from tests.fuzz.oracle import broken
from tests.fuzz.readings import difference, plain, usual
from tests.fuzz.seeds import seeds

from icstip.schema import Schema

ACCEPTED, REFUSED = "accepted", "refused"
CRASH, DIFFERENCE, UNNOTICED, SLOW, MEMORY = "crash", "difference", "read though broken", "slow", "memory"

_MOST_MEMORY = 400 << 20  # more than before, of a message of some kilobytes
_ARCHIVES = (b"\x1f\x8b", b"PK")
_TRIES = 250
_SECONDS = 20.0


@dataclass(frozen=True)
class Verdict:
    """What is to be said of a message.

    Attributes:
        kind: How it went.
        reason: What was wrong; the same for the same fault, as far as that can be seen.
        details: All that is known.
    """

    kind: str
    reason: str = ""
    details: str = ""

    @property
    def is_fault(self) -> bool:
        """Whether something is wrong with the reader."""
        return self.kind not in {ACCEPTED, REFUSED}


@dataclass(frozen=True)
class Case:
    """A mutated message, and the schema that it is read with: what a number makes.

    Attributes:
        content: The message.
        schema: The schema; None when the structure is not at hand.
    """

    content: bytes
    schema: Schema | None


def case_of(format_id: str, seed: int, number: int) -> Case:
    """Return the message of a number."""
    rng = random.Random(f"{format_id} {seed} {number}")  # noqa: S311 - the same numbers again
    content, schema = rng.choice(seeds(format_id))
    return Case(mutated(rng, content, format_id.split("-")[1]), schema if rng.random() < 0.7 else None)


def verdict_of(case: Case, path: Path, family: str, limit: float) -> Verdict:
    """Return what is to be said of a message.

    Args:
        case: The message.
        path: Where to put it.
        family: ``ml``, ``json`` or ``csv``.
        limit: How many seconds it may take.
    """
    path.write_bytes(case.content)
    before, start = _memory(), time.monotonic()
    try:
        one, other = usual(path, case.schema), plain(path, case.schema)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return Verdict(CRASH, _reason(error), traceback.format_exc())
    seconds = time.monotonic() - start
    if found := difference(one, other):
        return Verdict(DIFFERENCE, found.split("\n")[0].split(":")[0], found)
    if not one.refused and not case.content.startswith(_ARCHIVES) and (wrong := broken(case.content, family)):
        return Verdict(UNNOTICED, wrong.split(":")[0], wrong)
    if seconds > limit:
        return Verdict(SLOW, "slow", f"{seconds:.1f} s")
    if (grown := _memory() - before) > _MOST_MEMORY:
        return Verdict(MEMORY, "memory", f"{grown >> 20} MB")
    return Verdict(REFUSED if one.refused else ACCEPTED, one.refused)


def smallest(case: Case, is_fault: Callable[[Case], bool]) -> Case:
    """Return a message from which nothing can be taken away without the fault going away, as far as there is time.

    Args:
        case: A message that shows the fault.
        is_fault: Whether a message shows it.
    """
    end, tries = time.monotonic() + _SECONDS, 0
    size = len(case.content) // 2
    while size and tries < _TRIES and time.monotonic() < end:
        place, shorter = 0, False
        while place < len(case.content) and tries < _TRIES and time.monotonic() < end:
            rest = Case(case.content[:place] + case.content[place + size :], case.schema)
            tries += 1
            if is_fault(rest):
                case, shorter = rest, True
            else:
                place += size
        size = size if shorter and size > 1 else size // 2
    return case


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10


def _reason(error: BaseException) -> str:
    """Return the kind of an exception and the last place in our code that it went through."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "/icstip/" in frame.filename]
    last = ours[-1] if ours else None
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.name}" if last else type(error).__name__
