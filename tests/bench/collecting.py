"""Collections of submissions: adding one beside few and many others, and looking through all of a long history.

Each area has sent all of its cells again and again, every time with other figures: by default 1,000 submissions of
50,000 observations, fifty million. ICSTIP_BENCH_SUBMISSIONS sets another number. They are written by the store itself,
but neither checked nor counted, which would take an hour.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from icstip.collection.keeping.deposit import Deposit, Submission
from icstip.collection.keeping.disk import Disk
from icstip.collection.keeping.receipt import Origin
from icstip.collection.keeping.schema_file import KeptStructure
from icstip.collection.store import Collection
from icstip.hashing import sha256_of
from icstip.messages.dataset import DataSet
from icstip.schema import Schema
from icstip.workflow.collecting.collector import Collector
from icstip.workflow.exchange import write

SUBMISSIONS: Final = int(os.environ.get("ICSTIP_BENCH_SUBMISSIONS", "1000"))
ROWS: Final = 50_000
MESSAGE_ROWS: Final = 5_000
AREAS: Final = 100
ROUNDS: Final = 15
SIZES: Final = tuple(sorted({0, 100, SUBMISSIONS}))
_STRUCTURE: Final = "TIP_VICTIM"
_AREA: Final = "REF_AREA"

_SCAN = """
import json, resource, sys, time
import polars as pl
from icstip.collection.store import Collection
start = time.perf_counter()
latest = Collection(sys.argv[1]).scan("TIP_VICTIM")
sums = latest.group_by("REF_AREA", "SEX", "TIME_PERIOD").agg(pl.col("OBS_VALUE").sum(), pl.len())
found = sums.collect(engine="streaming")
print(json.dumps({
    "seconds": time.perf_counter() - start,
    "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "cells": found["len"].sum(),
}))
"""

_ADD_UP = """
import json, resource, sys, time
from icstip.workflow.aggregating.aggregation import Aggregator
start = time.perf_counter()
(counts,) = Aggregator().aggregate([sys.argv[1]]).counts.values()
print(json.dumps({
    "seconds": time.perf_counter() - start,
    "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "cells": counts.read,
}))
"""


def collection_table() -> str:
    """Return what adding and looking through take, as tables in Markdown."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("ICSTIP_BENCH_FOLDER")) as folder:
        collector = Collector(Path(folder) / "0")
        schema = collector.schemas[_STRUCTURE]
        structure = KeptStructure(schema, _AREA, {})
        for size in SIZES[1:]:
            _fill(Path(folder) / str(size), structure, size)
        return f"{_adding(collector, Path(folder), schema)}\n{_looking(Path(folder) / str(SUBMISSIONS))}"


class _Waitless(Disk):
    """A file system that nobody waits for."""

    def settle(self, folder: Path) -> None:
        """Do nothing."""


def _fill(folder: Path, structure: KeptStructure, number: int) -> None:
    collection = Collection.made(folder)
    deposit = Deposit(collection.folder, _Waitless())
    file = folder / ".file"
    for place in range(number):
        file.write_text(f"submission {place}", encoding="ascii")
        data = DataSet(structure.schema, _rows(structure.schema, place % AREAS, place // AREAS, ROWS))
        sent = Submission(
            file=file,
            sha256=sha256_of(file),
            sender=f"S{place % AREAS}",
            sender_from=Origin.ARGUMENT,
            received=f"{2000 + place // AREAS}-01-01",
            received_from=Origin.ARGUMENT,
            data=[(data, structure)],
        )
        deposit.put(sent, place + 1, lambda receipt, _: receipt)
    file.unlink()


def _rows(schema: Schema, area: int, times: int, number: int) -> pl.DataFrame:
    """Return the cells of an area, each once; what they say depends on how often they were sent."""
    place = np.arange(number)
    values = np.random.default_rng(area * 1000 + times).integers(0, 500, number).astype(float)
    columns = []
    for name in schema.series_dimensions:
        codes = schema.by_id[name].codes or ("_T",)
        used = 1 if name == _AREA else min(len(codes), 5)
        chosen = place % used + (area if name == _AREA else 0)
        columns.append(
            pl.Series(name, chosen).cast(pl.UInt32).replace_strict(range(len(codes)), codes).cast(pl.Enum(codes))
        )
        place = place // used
    years = pl.Series("TIME_PERIOD", place % 20 + 2000).cast(pl.String)
    status = pl.Series("OBS_STATUS", ["A"] * number, dtype=pl.Enum(schema.by_id["OBS_STATUS"].codes or ()))
    return pl.DataFrame([*columns, years, pl.Series("OBS_VALUE", values), status])


def _adding(collector: Collector, folder: Path, schema: Schema) -> str:
    """Return how long adding a message takes beside so many submissions, in turn."""
    times: dict[int, list[float]] = {size: [] for size in SIZES}
    for turn in range(ROUNDS + 1):
        file = folder / f"message-{turn}.xml"
        write(DataSet(schema, _rows(schema, AREAS, turn, MESSAGE_ROWS)), file, "sdmx-ml-3.0")
        for size in sorted(SIZES, reverse=turn % 2 == 1):
            collector.collection = Collection.made(folder / (f"empty-{turn}" if size == 0 else str(size)))
            start = time.perf_counter()
            collector.add(file, sender=f"NEW{turn}", date="2026-01-01", reason="a measurement")
            if turn:  # first use is not what is measured
                times[size].append(time.perf_counter() - start)
    head = f"A message of {MESSAGE_ROWS:,} observations, read, checked and put on the disk; medians of {ROUNDS} rounds."
    lines = [head, "", "| beside so many submissions | seconds | ratio |", "|--:|--:|--:|"]
    base = statistics.median(times[0])
    for size, measured in times.items():
        lines.append(f"| {size:,} | {statistics.median(measured):.3f} | {statistics.median(measured) / base:.2f} |")
    return "\n".join(lines) + "\n"


def _looking(folder: Path) -> str:
    """Return how long looking through all of a collection takes, and the memory of the process that does it."""
    size = sum(path.stat().st_size for path in folder.rglob("*.parquet")) / 2**20
    history = f"{SUBMISSIONS * ROWS:,} observations ({size:,.0f} MiB of Parquet)"
    head = f"The latest state of {history}: summed by area, sex and year; and added up by region (`icstip aggregate`)."
    rows = [_measured("sums", _SCAN, folder), _measured("regions", _ADD_UP, folder)]
    return "\n".join([head, "", "| job | cells | seconds | MiB at most |", "|---|--:|--:|--:|", *rows]) + "\n"


def _measured(job: str, script: str, folder: Path) -> str:
    done = subprocess.run([sys.executable, "-c", script, str(folder)], check=True, capture_output=True, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    return f"| {job} | {found['cells']:,} | {found['seconds']:.1f} | {found['mib']:,.0f} |"
