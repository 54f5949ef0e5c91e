"""Tools measured in turn, each in a process of its own: what disturbs the machine disturbs all of them alike."""

import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Self

from tests.bench.jobs import Job, Side
from tests.bench.tasks import Task
from tests.bench.worker import WARM_ROWS, Round

ROOT: Final = Path(__file__).parents[2]

_KEPT: Final = 1_000_000  # files of more rows are made anew for each job: they are too large to lie about

Tell = Callable[[str], None]


class ToolError(Exception):
    """A tool did not do its task; the text is what it said."""


@dataclass
class Measured:
    """What one side took for a job.

    Attributes:
        label: What the side is called.
        rounds: What each round took.
        error: Why there is none, or no more.
    """

    label: str
    rounds: list[Round] = field(default_factory=list)
    error: str = ""

    @property
    def wall(self) -> float:
        """The median of the seconds that passed."""
        return statistics.median(one.wall for one in self.rounds)

    @property
    def cpu(self) -> float:
        """The median of the seconds of processor time."""
        return statistics.median(one.cpu for one in self.rounds)

    @property
    def peak(self) -> float:
        """MiB that the process held at most in its first round; later ones find memory that was not given back."""
        return self.rounds[0].peak

    @property
    def added(self) -> float:
        """By how many MiB that was more than what it held before."""
        return self.rounds[0].peak - self.rounds[0].before

    def as_record(self) -> dict[str, Any]:
        """Return it as JSON can carry it."""
        rounds = [[one.wall, one.cpu, one.before, one.peak] for one in self.rounds]
        return {"label": self.label, "rounds": rounds, "error": self.error}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return what a record tells."""
        return cls(record["label"], [Round(*one) for one in record["rounds"]], record["error"])


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure.

    Attributes:
        rounds: How many rounds, where time allows.
        seconds: A side that has taken so long for a job does no further round.
    """

    rounds: int
    seconds: float


def measure(job: Job, rows: int, folder: str, effort: Effort, tell: Tell) -> list[Measured]:
    """Return what each side took for a job with so many rows; nothing when it is for fewer only.

    Args:
        job: The job.
        rows: How many observations.
        folder: Where files are put.
        effort: How long to measure.
        tell: Called with what is going on.
    """
    sides = list(job.tasks(rows, folder))
    if not sides:
        return []
    with ExitStack() as stack:
        workers: list[tuple[_Worker | None, Measured]] = []
        for side, task in sides:
            tell(f"{side.label} makes ready")
            workers.append(_started(side, task, stack))
        for number in range(effort.rounds):
            for worker, measured in workers:
                if worker is not None and not measured.error and _goes_on(measured, effort):
                    tell(f"round {number + 1} of {effort.rounds}, {measured.label}")
                    _do(worker, measured)
    _delete_files([task for _, task in sides])
    return [measured for _, measured in workers]


def _started(side: Side, task: Task, stack: ExitStack) -> tuple["_Worker | None", Measured]:
    measured = Measured(side.label)
    try:
        for needed in (task.of_rows(WARM_ROWS), task):
            _provide(needed)
        return stack.enter_context(_Worker(task)), measured
    except ToolError as error:
        measured.error = str(error)
        return None, measured


def _goes_on(measured: Measured, effort: Effort) -> bool:
    taken = [one.wall for one in measured.rounds]
    return not taken or sum(taken) + statistics.median(taken) <= effort.seconds


def _do(worker: "_Worker", measured: Measured) -> None:
    try:
        measured.rounds.append(worker.round())
    except ToolError as error:
        measured.error = str(error)


def _provide(task: Task) -> None:
    """Make the files that a task begins with, where they are not there yet and it does not make its own."""
    if task.action == "check":
        return
    if not task.frame_path.exists():
        _once(replace(task, tool="generator"))
    if task.action != "write" and not task.input.exists():
        making = task.making_input()
        _once(making)
        making.output.replace(task.input)


def _delete_files(tasks: Sequence[Task]) -> None:
    for task in tasks:
        if task.rows > _KEPT and task.action != "write":
            task.input.unlink(missing_ok=True)
        for path in (task.output, task.output.with_suffix(".xml")):
            path.unlink(missing_ok=True)


def _once(task: Task) -> None:
    command = [sys.executable, "-m", "tests.bench.worker", json.dumps(task.as_record()), "--once"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.stdout or done.returncode:
        raise ToolError(_error(done.stdout))


def _error(answer: str) -> str:
    return str(json.loads(answer)["error"]) if answer else "the process ended"


class _Worker:
    """A process that serves one task."""

    def __init__(self, task: Task) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.worker", json.dumps(task.as_record())],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        try:
            self._answer()
        except BaseException:  # also when the run is broken off
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def round(self) -> Round:
        """Let it do one round; return what that took."""
        assert self._process.stdin is not None
        self._process.stdin.write("round\n")
        self._process.stdin.flush()
        return Round(**self._answer())

    def _answer(self) -> dict[str, float]:
        """Return what it says; it says that it is ready before anything is measured: nobody makes ready meanwhile."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line or "error" in line:
            raise ToolError(_error(line))
        answer: dict[str, float] = json.loads(line)
        return answer
