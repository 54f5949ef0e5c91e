"""What was measured, kept in a file, so that a table can be shown again and a long run can be broken off."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Final, Self

from tests.bench.measuring import Measured

_PACKAGES: Final = ("polars", "pyarrow", "pandas", "lxml", "pysdmx", "sdmx1")


def machine() -> Mapping[str, str]:
    """Return what is worth knowing of the machine and of what is installed."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    facts = {"processors": str(os.cpu_count()), "processor": _processor(), "memory": f"{memory:.0f} GiB"}
    return facts | {"Python": platform.python_version()} | {name: version(name) for name in _PACKAGES}


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


@dataclass
class Results:
    """What was measured.

    Attributes:
        jobs: By id of the job and number of rows, what each side took.
        machine: Where.
        rounds: How many rounds were asked for.
        conversion: The table of the conversion, or nothing.
        collection: The tables of collections, or nothing.
    """

    jobs: dict[str, dict[int, Sequence[Measured]]] = field(default_factory=dict)
    machine: Mapping[str, str] = field(default_factory=machine)
    rounds: int = 0
    conversion: str = ""
    collection: str = ""

    def add(self, job: str, rows: int, measured: Sequence[Measured]) -> None:
        """Keep what the sides took for a job, in place of what was kept of it."""
        self.jobs.setdefault(job, {})[rows] = measured

    def save(self, path: Path) -> None:
        """Write them to a file."""
        jobs = {
            job: {str(rows): [one.as_record() for one in measured] for rows, measured in sizes.items()}
            for job, sizes in self.jobs.items()
        }
        tables = {"conversion": self.conversion, "collection": self.collection}
        record = {"machine": self.machine, "rounds": self.rounds, **tables, "jobs": jobs}
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(record, indent=1), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return what a file holds; nothing when there is none."""
        if not path.exists():
            return cls()
        record = json.loads(path.read_text(encoding="utf-8"))
        jobs: dict[str, dict[int, Sequence[Measured]]] = {
            job: {int(rows): [Measured.from_record(one) for one in measured] for rows, measured in sizes.items()}
            for job, sizes in record["jobs"].items()
        }
        return cls(jobs, record["machine"], record["rounds"], record["conversion"], record.get("collection", ""))
