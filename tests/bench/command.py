"""Measurements, side by side in one run, as ratios: what is alternated is disturbed by the machine alike.

Every measurement is kept in `.bench/results.json` and shown as tables in `.bench/report.md`.
"""

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.bench.jobs import JOBS, K, M
from tests.bench.measuring import Effort, measure
from tests.bench.report import put_into, report
from tests.bench.results import Results, machine

ROOT: Final = Path(__file__).parents[2]
KEPT: Final = ROOT / ".bench"
CONVERSION: Final = "conversion"
COLLECTION: Final = "collection"
_SIZES: Final = (10 * K, 100 * K, M, 10 * M)
_UNITS: Final = {"k": K, "m": M}
_SHARED_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it


def main() -> None:
    """Measure, keep what was measured, and show it."""
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))  # so that no large files stay behind
    asked = _arguments()
    results = Results.load(KEPT / "results.json") if asked.add or asked.show else Results()
    if not asked.show:
        results.rounds, results.machine = asked.rounds, machine()
        _measure(asked, results)
    text = report(results)
    KEPT.mkdir(exist_ok=True)
    (KEPT / "report.md").write_text(text, encoding="utf-8")
    if asked.write:
        put_into(Path(asked.write), text)
    sys.stdout.write(text)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=_size, nargs="+", default=_SIZES, help="numbers of observations: 10k 1M")
    parser.add_argument("--rounds", type=int, default=5, help="how often each job is done")
    parser.add_argument("--seconds", type=float, default=60, help="no further round for a tool that took so long")
    parser.add_argument("--jobs", nargs="+", default=(), help=f"beginnings of {', '.join(_ids())}")
    parser.add_argument("--quick", action="store_true", help="three rounds with 10k and 100k only")
    parser.add_argument("--add", action="store_true", help="keep what an earlier run measured of other jobs and sizes")
    parser.add_argument("--show", action="store_true", help="measure nothing, show the last run again")
    parser.add_argument("--write", metavar="PAGE", help="put the tables into a page, between its markers")
    parser.add_argument("--folder", help="where files are put; in memory by default")
    asked = parser.parse_args()
    if asked.quick:
        asked.sizes, asked.rounds = (10 * K, 100 * K), 3
    return asked


def _size(text: str) -> int:
    unit = _UNITS.get(text[-1:].lower(), 1)
    return int(text.rstrip("kKmM")) * unit


def _ids() -> Sequence[str]:
    return [CONVERSION, COLLECTION, *(job.id for job in JOBS)]


def _measure(asked: argparse.Namespace, results: Results) -> None:
    def wanted(name: str) -> bool:
        return not asked.jobs or any(name.startswith(begin) for begin in asked.jobs)

    if wanted(CONVERSION):
        from tests.bench.conversion import conversion_table  # noqa: PLC0415 - the other jobs do without its imports

        _tell(CONVERSION)
        results.conversion = conversion_table()
    if wanted(COLLECTION):
        from tests.bench.collecting import collection_table  # noqa: PLC0415 - as above

        _tell(COLLECTION)
        results.collection = collection_table()
    chosen = [(job, rows) for job in JOBS if wanted(job.id) for rows in sorted(asked.sizes)]
    effort = Effort(asked.rounds, asked.seconds)
    start = time.monotonic()
    with _folder(asked.folder) as folder:
        for number, (job, rows) in enumerate(chosen, 1):
            head = f"[{number}/{len(chosen)}] {job.title}, {rows:,}"

            def tell(what: str, head: str = head) -> None:
                _tell(f"{time.monotonic() - start:5.0f} s {head}: {what}")

            measured = measure(job, rows, folder, effort, tell)
            if measured:
                results.add(job.id, rows, measured)
                results.save(KEPT / "results.json")
    _tell("")


def _tell(what: str) -> None:
    """Show what is going on, in one line where somebody looks on."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{what[:110]}")
    elif what:
        sys.stderr.write(f"{what}\n")
    sys.stderr.flush()


@contextmanager
def _folder(asked: str | None) -> Iterator[str]:
    where = asked or (str(_SHARED_MEMORY) if _SHARED_MEMORY.is_dir() else None)
    with tempfile.TemporaryDirectory(prefix="icstip-bench-", dir=where) as folder:
        yield folder
