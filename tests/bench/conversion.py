"""A national table converted, in the steps that it takes.

The table is UNODC's published one where it is at hand (ICSTIP_BENCH_TABLE, or a shared folder beside the repository),
else the example excerpt repeated to its size.
"""

import gc
import os
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import fastexcel
import xlsxwriter

from icstip.workflow.conversion import USUAL_FORMATS, Converter, write_conversion

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT.parent / "shared" / "data" / "glotip" / "data_glotip_a.xlsx"
EXCERPT = ROOT / "docs" / "examples" / "glotip_excerpt.xlsx"
ROWS = 19_780
ROUNDS = 7


def conversion_table() -> str:
    """Return what reading, converting and writing a table takes, as a table in Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        table = _path(Path(folder))
        converter = Converter()
        converter.convert(table, "glotip")  # imports and first use are not what is measured

        def read() -> object:
            return fastexcel.read_excel(str(table)).load_sheet(0, header_row=None, dtypes="string").to_polars()

        def convert() -> object:
            return converter.convert(table, "glotip")

        def from_scratch() -> object:
            fresh = Converter()
            conversion = fresh.convert(table, "glotip")
            return write_conversion(conversion, Path(folder) / "out", USUAL_FORMATS, fresh.standard)

        jobs: dict[str, Callable[[], object]] = {
            "read the sheet with fastexcel": read,
            "convert: read, resolve, check": convert,
            "convert and write, standard and labels read anew": from_scratch,
        }
        return _table_of(table, _medians(jobs), _peaks(jobs))


def _path(folder: Path) -> Path:
    asked = os.environ.get("ICSTIP_BENCH_TABLE")
    if asked:
        return Path(asked)
    if PUBLISHED.exists():
        return PUBLISHED
    excerpt = fastexcel.read_excel(str(EXCERPT)).load_sheet(0, header_row=None, skip_rows=0, dtypes="string")
    rows = excerpt.to_polars().rows()
    header, records = rows[:3], rows[3:]
    path = folder / "repeated.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for i, row in enumerate([*header, *(records * (ROWS // len(records) + 1))[:ROWS]]):
            sheet.write_row(i, 0, [cell or "" for cell in row])
    return path


def _medians(jobs: dict[str, Callable[[], object]]) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            gc.collect()
            start = time.perf_counter()
            job()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(measured) for name, measured in times.items()}


def _peaks(jobs: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the peak of Python's own memory in MiB; columns held by polars are not in it."""
    peaks = {}
    for name, job in jobs.items():
        tracemalloc.start()
        job()
        peaks[name] = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
    return peaks


def _table_of(table: Path, medians: dict[str, float], peaks: dict[str, float]) -> str:
    base = next(iter(medians.values()))
    lines = [f"`{table.name}`, medians of {ROUNDS} rounds, peaks of Python's own memory.", ""]
    lines += [f"| {'job':50} | seconds | ratio | MiB |", f"|{'-' * 52}|--------:|------:|----:|"]
    for name, seconds in medians.items():
        lines.append(f"| {name:50} | {seconds:7.3f} | {seconds / base:5.2f} | {peaks[name]:3.0f} |")
    return "\n".join(lines) + "\n"
