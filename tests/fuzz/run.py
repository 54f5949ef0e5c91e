"""Reads many mutated messages: ``python -m tests.fuzz.run --messages 10000 --format sdmx-csv-2.0 --seed 1``.

Each message is read as users read it and the plain way throughout. It is a fault when anything but an error of ours is
raised, when the two ways differ, when a message is read that is not even XML, JSON or UTF-8, and when it takes too
long or too much memory. The same seed gives the same messages.
"""

import argparse
import hashlib
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.worker import Job, Said, Worker

from icstip.messages.formats import format_of, formats_of

KEPT = Path(".fuzz")
_KINDS = ("accepted", "refused")
_FAULTS = ("difference", "crash", "hang", "died", "slow", "memory", "read though broken")


@dataclass
class Tally:
    """What was found in the messages of a format.

    Attributes:
        format_id: The format.
        kinds: How many messages there are of each kind.
        faults: How often each fault shows, by its kind and reason.
    """

    format_id: str
    kinds: Counter[str] = field(default_factory=Counter)
    faults: Counter[tuple[str, str]] = field(default_factory=Counter)

    def line(self, seconds: float) -> str:
        """Return the closing line."""
        told = [f"{self.kinds[kind]} {kind}" for kind in _KINDS]
        told += [
            f"{self.kinds[kind]} {kind}" for kind in _FAULTS if self.kinds[kind] or kind in {"difference", "crash"}
        ]
        return f"{self.format_id}: {self.kinds.total()} messages, {', '.join(told)} ({seconds:.0f} s)"


def run(format_id: str, messages: int, seed: int, limit: float, kept: Path = KEPT) -> Tally:
    """Return what is found in so many mutated messages of a format.

    Args:
        format_id: The format.
        messages: How many.
        seed: Chooses the mutations.
        limit: How many seconds a message may take.
        kept: Folder where the smallest message of each fault is put.
    """
    tally, first = Tally(format_id), 0
    while first < messages:
        worker, current = Worker(Job(format_id, seed, first, messages, limit)), first
        while isinstance(said := worker.next(), Said):
            current = said.number
            if said.kind:
                _count(tally, said, kept, seed)
                current += 1
        if said is None:
            break
        _count(tally, Said(current, said, said), kept, seed)
        first = current + 1
    return tally


def _count(tally: Tally, said: Said, kept: Path, seed: int) -> None:
    tally.kinds[said.kind] += 1
    if said.kind in _KINDS:
        return
    fault = said.kind, said.reason
    tally.faults[fault] += 1
    if tally.faults[fault] > 1:
        return
    content = said.smallest or _again(tally.format_id, seed, said.number)
    name = f"{said.kind.replace(' ', '-')}-{hashlib.sha256(said.reason.encode()).hexdigest()[:8]}"
    folder = kept / tally.format_id
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.{format_of(tally.format_id, 'data').extension}"
    path.write_bytes(content)
    told = f"{said.kind}: {said.reason}\nmessage {said.number} of seed {seed}\n\n{said.details}\n"
    path.with_suffix(".txt").write_text(told, encoding="utf-8", errors="backslashreplace")
    sys.stdout.write(f"{tally.format_id}: {said.kind}: {said.reason} (message {said.number}; {path})\n")


def _again(format_id: str, seed: int, number: int) -> bytes:
    from tests.fuzz.verdicts import case_of  # noqa: PLC0415 - only needed when a worker hangs or dies

    return case_of(format_id, seed, number).content


def main() -> int:
    """Print one closing line a format; return 1 when there is any fault."""
    known = [one.id for one in formats_of("data")]
    parser = argparse.ArgumentParser(description="Read mutated data messages.")
    parser.add_argument("--messages", type=int, default=10_000, help="how many of each format")
    parser.add_argument("--format", action="append", choices=known, help="only this format; may be given again")
    parser.add_argument("--seed", type=int, default=1, help="chooses the mutations")
    parser.add_argument("--limit", type=float, default=10.0, help="seconds that a message may take")
    given = parser.parse_args()
    faults = 0
    for format_id in given.format or known:
        start = time.monotonic()
        tally = run(format_id, given.messages, given.seed, given.limit)
        sys.stdout.write(f"{tally.line(time.monotonic() - start)}\n")
        sys.stdout.flush()
        faults += tally.faults.total()
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
