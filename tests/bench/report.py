"""What was measured, as tables in Markdown."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from tests.bench.jobs import GROWTH, JOBS, OURS, Job, Target
from tests.bench.measuring import Measured
from tests.bench.results import Results

BEGIN: Final = "<!-- begin: written by `make bench` -->"
END: Final = "<!-- end -->"
_FROM: Final = 100_000  # below, what every call costs hides how time grows
_MIB_TO_MB: Final = 1.048576

_TARGETS: Final = ("job", "observations", "icstip", "compared with", "ratio", "of processor time", "target", "")
_ABOUT_TARGETS: Final = (
    "`≥` is how many times faster than the other icstip has to be, `≤` how many times longer it may take. "
    "Memory is the most that the process held."
)
_ABOUT_GROWTH: Final = (
    "Exponents: 1.00 is ten times the time for ten times the observations. "
    f"Of icstip at most {GROWTH} is asked from {_FROM:,} observations to the most that were measured."
)
_ABOUT_ALL: Final = (
    "Seconds that passed · seconds of processor time · MiB that were added to what the process held before. "
    "Medians of {} rounds; in brackets how many there were where it took too long for that."
)


def report(results: Results) -> str:
    """Return everything that is to be said of results."""
    jobs = [job for job in JOBS if job.id in results.jobs]
    parts = [_machine(results)]
    targets, growth = list(_targets(jobs, results)), list(_growth(jobs, results))
    if targets:
        parts += ["### Targets", _ABOUT_TARGETS, _table(_TARGETS, targets)]
    if growth:
        heads = [f"{_count(small)} → {_count(large)}" for small, large in _steps(results)]
        parts += ["### Growth", _ABOUT_GROWTH, _table(["job", "who", *heads, ""], growth)]
    if jobs:
        heads = [_count(size) for size in _sizes(results)]
        about = _ABOUT_ALL.format(results.rounds)
        parts += ["### All that was measured", about, _table(["job", "who", *heads], _all(jobs, results))]
    if results.conversion:
        parts += ["### Converting a table", results.conversion.rstrip()]
    if results.collection:
        parts += ["### Collecting submissions", results.collection.rstrip()]
    return "\n\n".join(parts) + "\n"


def put_into(page: Path, text: str) -> None:
    """Put a text between the markers of a page.

    Raises:
        ValueError: The page has no markers.
    """
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page} lacks {BEGIN} or {END}")
    page.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")


def _machine(results: Results) -> str:
    facts = dict(results.machine)
    head = f"{facts.pop('processors')} processors ({facts.pop('processor')}), {facts.pop('memory')} of memory"
    return f"{head}; " + ", ".join(f"{name} {version}" for name, version in facts.items()) + "."


def _targets(jobs: Sequence[Job], results: Results) -> Iterator[Sequence[str]]:
    for job in jobs:
        for target in job.targets:
            for rows in target.rows:
                sides = {one.label: one for one in results.jobs[job.id].get(rows, ())}
                if sides:
                    yield [job.title, _count(rows), *_compared(target, sides)]


def _compared(target: Target, sides: Mapping[str, Measured]) -> Sequence[str]:
    ours = sides[OURS]
    if not ours.rounds:
        return [f"failed: {_cell_text(ours.error)}", "", "", "", _asked(target), "**missed**"]
    if target.kind == "memory":
        peak = f"{ours.peak * _MIB_TO_MB:,.0f} MB"
        return [_seconds(ours.wall), "", peak, "", _asked(target), _met(met=ours.peak <= target.bound)]
    other = sides.get(target.against)
    if other is None or not other.rounds:
        why = "" if other is None else f" failed: {_cell_text(other.error)}"
        return [_seconds(ours.wall), target.against + why, "", "", _asked(target), "not measured"]
    faster = target.kind == "faster"
    first, second = (other, ours) if faster else (ours, other)
    ratio, work = first.wall / second.wall, first.cpu / second.cpu
    met = ratio >= target.bound if faster else ratio <= target.bound
    compared = f"{target.against}, {_seconds(other.wall)}"
    return [_seconds(ours.wall), compared, f"{ratio:.3g}×", f"{work:.3g}×", _asked(target), _met(met=met)]


def _asked(target: Target) -> str:
    if target.kind == "memory":
        return f"≤ {target.bound * _MIB_TO_MB:,.0f} MB"
    return f"{'≥' if target.kind == 'faster' else '≤'} {target.bound:g}×"


def _met(*, met: bool) -> str:
    return "met" if met else "**missed**"


def _growth(jobs: Sequence[Job], results: Results) -> Iterator[Sequence[str]]:
    steps = _steps(results)
    for job in jobs:
        for label in _labels(job, results):
            times = _times(results.jobs[job.id], label)
            cells = [_exponent(times, small, large) for small, large in steps]
            if any(cells):
                yield [job.title, label, *cells, _grown(times, label)]


def _steps(results: Results) -> Sequence[tuple[int, int]]:
    """Return from which sizes to which growth is shown: from each to the next, and over all that it is asked for."""
    sizes = _sizes(results)
    over = [(_FROM, sizes[-1])] if _FROM in sizes[:-2] else []
    return [*pairwise(sizes), *over]


def _labels(job: Job, results: Results) -> Sequence[str]:
    return list(dict.fromkeys(one.label for measured in results.jobs[job.id].values() for one in measured))


def _grown(times: Mapping[int, float], label: str) -> str:
    exponent = _exponent(times, _FROM, max(times)) if max(times, default=0) > _FROM else ""
    return _met(met=float(exponent) <= GROWTH) if exponent and label == OURS else ""


def _times(sizes: Mapping[int, Sequence[Measured]], label: str) -> Mapping[int, float]:
    return {rows: one.wall for rows, measured in sizes.items() for one in measured if one.label == label and one.rounds}


def _exponent(times: Mapping[int, float], small: int, large: int) -> str:
    if small not in times or large not in times:
        return ""
    return f"{math.log(times[large] / times[small]) / math.log(large / small):.2f}"


def _all(jobs: Sequence[Job], results: Results) -> Iterator[Sequence[str]]:
    sizes = _sizes(results)
    for job in jobs:
        for label in _labels(job, results):
            yield [job.title, label, *(_cell(results, job, size, label) for size in sizes)]


def _cell(results: Results, job: Job, rows: int, label: str) -> str:
    one = next((one for one in results.jobs[job.id].get(rows, ()) if one.label == label), None)
    if one is None:
        return ""
    if not one.rounds:
        return f"failed: {_cell_text(one.error)}"
    fewer = f" ({len(one.rounds)})" if len(one.rounds) < results.rounds else ""
    return f"{_number(one.wall)} · {_number(one.cpu)} · {one.added:,.0f}{fewer}"


def _sizes(results: Results) -> Sequence[int]:
    return sorted({rows for sizes in results.jobs.values() for rows in sizes})


def _count(rows: int) -> str:
    return f"{rows:,}"


def _seconds(value: float) -> str:
    return f"{_number(value)} s"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:#.3g}"


def _cell_text(error: str) -> str:
    return error.replace("|", "/").replace("\n", " ")[:80]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
