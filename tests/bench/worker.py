"""A process that does one task as often as it is asked: ``python -m tests.bench.worker TASK [--once]``.

It says an empty object when it is ready. Then each line on standard input asks for a round, and each line on standard
output says what the round took, in JSON. A process serves one task only, so that what one tool leaves in memory does
not burden another.
"""

import contextlib
import gc
import json
import os
import sys
import time
import warnings
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final, TextIO

from tests.bench.tasks import Prepared, Task

WARM_ROWS: Final = 1_000
"""Size of the data that each process does its task with before it is measured: imports and first use do not count."""

# Loaded when they are needed: a process is to hold nothing but its own tool.
_TOOLS: Final = {
    "generator": "generated:prepare",
    "icstip": "by_icstip:prepare",
    "rules": "by_checks:prepare_rules",
    "reading": "by_checks:prepare_reading",
    "pysdmx": "by_pysdmx:prepare",
    "sdmx1": "by_sdmx1:prepare",
    "polars": "by_columns:prepare_polars",
    "pyarrow": "by_columns:prepare_pyarrow",
}
_STATUS: Final = Path("/proc/self/status")
_CLEAR: Final = Path("/proc/self/clear_refs")
_MIB: Final = 1024  # both are told in KiB


@dataclass(frozen=True, slots=True)
class Round:
    """What one round took.

    Attributes:
        wall: Seconds that passed.
        cpu: Seconds of processor time, of all threads.
        before: MiB that the process held before.
        peak: MiB that it held at most.
    """

    wall: float
    cpu: float
    before: float
    peak: float


def main() -> None:
    """Do a task for each line that comes, or once."""
    with _answers() as answers:
        warnings.simplefilter("ignore")
        task = Task.from_record(json.loads(sys.argv[1]))
        try:
            if "--once" in sys.argv[2:]:
                _prepared(task)()()
                return
            _warmed(task)
            prepared = _prepared(task)
            _say(answers, {})
            for _ in sys.stdin:
                _say(answers, asdict(_round(prepared, task)))
        except Exception as error:  # noqa: BLE001 - whatever stops a tool is what is to be told of it
            _say(answers, {"error": f"{type(error).__name__}: {error}"})


def _say(answers: TextIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


@contextlib.contextmanager
def _answers() -> Iterator[TextIO]:
    """Yield the standard output; what a tool prints goes to the standard error instead."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)
        yield answers


def _prepared(task: Task) -> Prepared:
    module, _, name = _TOOLS[task.tool].partition(":")
    prepared: Prepared = getattr(import_module(f"tests.bench.{module}"), name)(task)
    return prepared


def _warmed(task: Task) -> None:
    small = task.of_rows(WARM_ROWS)
    small.output.unlink(missing_ok=True)
    result = _prepared(small)()()
    import_module(f"tests.bench.{_TOOLS[task.tool].partition(':')[0]}").check(small, result)


def _round(prepared: Prepared, task: Task) -> Round:
    task.output.unlink(missing_ok=True)
    timed = prepared()
    gc.collect()
    before = _forgotten_peak()
    wall, cpu = time.perf_counter(), time.process_time()
    result = timed()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = _memory("VmHWM")
    del result
    return Round(wall, cpu, before, peak)


def _forgotten_peak() -> float:
    """Forget what the process held at most so far; return what it holds."""
    _CLEAR.write_text("5", encoding="ascii")
    return _memory("VmRSS")


def _memory(what: str) -> float:
    lines = _STATUS.read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith(what)).split()[1]) / _MIB


if __name__ == "__main__":
    main()
