"""A process of its own that looks at messages: when it hangs or dies, the others are looked at by another one."""

import os
import tempfile
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

_STARTING = 60.0  # seconds to import everything


@dataclass(frozen=True)
class Job:
    """Which messages to look at.

    Attributes:
        format_id: Format of the messages to begin with.
        seed: Chooses the mutations.
        first: Number of the first message.
        end: Number after the last one.
        limit: How many seconds a message may take.
    """

    format_id: str
    seed: int
    first: int
    end: int
    limit: float


@dataclass(frozen=True)
class Said:
    """What a worker says of a message.

    Attributes:
        number: Number of the message.
        kind: What is to be said of it; empty when it is still being looked at.
        reason: Why.
        details: All that is known of a fault.
        smallest: The smallest message that shows a fault.
    """

    number: int
    kind: str = ""
    reason: str = ""
    details: str = ""
    smallest: bytes = b""


class Worker:
    """A process that looks at the messages of a job."""

    def __init__(self, job: Job) -> None:
        os.environ.setdefault("POLARS_MAX_THREADS", "1")  # small frames: more threads only wait for each other
        context = get_context("spawn")
        self._limit = job.limit
        self._ours, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_look, args=(job, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._begun = False

    def next(self) -> Said | str | None:
        """Return what is said next, None when all is said, or what became of the process: ``hang`` or ``died``."""
        seconds = self._limit * 2 if self._begun else _STARTING
        if not self._ours.poll(seconds):
            self.stop()
            return "hang"
        try:
            said: Said | None = self._ours.recv()
        except EOFError:
            self.stop()
            return "died"
        self._begun = True
        if said is None:
            self._process.join()
        return said

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()


def _look(job: Job, connection: Connection) -> None:
    # What reads and writes is imported here, because the process that waits does not need it.
    from tests.fuzz.verdicts import Case, Verdict, case_of, smallest, verdict_of  # noqa: PLC0415

    family = job.format_id.split("-")[1]
    seen: set[tuple[str, str]] = set()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "message"

        def verdict(case: Case) -> Verdict:
            connection.send(Said(number))
            return verdict_of(case, path, family, job.limit)

        for number in range(job.first, job.end):
            case = case_of(job.format_id, job.seed, number)
            found = verdict(case)
            content = b""
            if found.is_fault and (found.kind, found.reason) not in seen:
                seen.add((found.kind, found.reason))
                key = found.kind, found.reason
                content = smallest(case, lambda one, key=key: _key(verdict(one)) == key).content  # type: ignore[misc]
            connection.send(Said(number, found.kind, found.reason, found.details, content))
    connection.send(None)


def _key(verdict: object) -> tuple[str, str]:
    return verdict.kind, verdict.reason  # type: ignore[attr-defined]
