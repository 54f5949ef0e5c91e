"""The jobs that are measured, who does each of them, and what is asked of us: one table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tests.bench.tasks import Action, Layout, Task

K, M = 1_000, 1_000_000
OURS: Final = "icstip"

# No tool is asked for more than it does in a few minutes.
_MOST: Final = {"icstip": 10 * M, "pysdmx": M, "sdmx1": 10 * K, "polars": 10 * M, "pyarrow": 10 * M}


@dataclass(frozen=True, slots=True)
class Side:
    """Who does a job.

    Attributes:
        label: What it is called in tables.
        tool: Name of the tool.
        most: With how many rows at most.
        format: Format, where it is another than that of the job.
    """

    label: str
    tool: str
    most: int
    format: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked of us.

    Attributes:
        kind: ``faster``: at least so many times faster than another. ``within``: at most so many times as long.
            ``memory``: at most so many MiB.
        bound: How many.
        against: Label of the other.
        rows: The sizes that it is asked for.
    """

    kind: Literal["faster", "within", "memory"]
    bound: float
    against: str = ""
    rows: Sequence[int] = (100 * K, M)


@dataclass(frozen=True, slots=True)
class Job:
    """One thing that several tools do, in turn.

    Attributes:
        id: What it is chosen by.
        title: What it is called in tables.
        action: What is done.
        format: Id of the format.
        layout: Whether observations stand by themselves or in series.
        sides: Who does it; we are the first.
        targets: What is asked of us.
        nulls: Whether values are missing.
        source: Tool that wrote the file that is read.
    """

    id: str
    title: str
    action: Action
    format: str
    layout: Layout
    sides: Sequence[Side]
    targets: Sequence[Target] = ()
    nulls: bool = False
    source: str = OURS

    def tasks(self, rows: int, folder: str) -> Iterator[tuple[Side, Task]]:
        """Yield who does the job with so many rows."""
        for side in self.sides:
            if rows <= side.most:
                format_id = side.format or self.format
                yield (
                    side,
                    Task(side.tool, self.action, format_id, self.layout, rows, folder, self.nulls, self.source),
                )


def _sides(*tools: str, most: int = 10 * M) -> tuple[Side, ...]:
    return tuple(Side(tool, tool, min(_MOST[tool], most)) for tool in (OURS, *tools))


def _faster(bound: float) -> Target:
    return Target("faster", bound, "pysdmx")


_RAW: Final = ("pysdmx", "polars", "pyarrow")
_OBJECTS: Final = ("pysdmx", "sdmx1")
_OUR_CSV: Final = Side("icstip CSV 2.0", OURS, 10 * M, "sdmx-csv-2.0")
_READ_CSV: Final = (_faster(3), Target("within", 1.5, "polars"))
_WRITE_CSV: Final = (_faster(12), Target("within", 2, "polars"))
_ML21, _ML30, _GENERIC, _CSV, _JSON = (
    "sdmx-ml-2.1",
    "sdmx-ml-3.0",
    "sdmx-ml-2.1-generic",
    "sdmx-csv-2.0",
    "sdmx-json-2.0",
)

_WRITING: Final = (
    Job("write-ml-2.1", "write SDMX-ML 2.1", "write", _ML21, "flat", _sides(*_OBJECTS), [_faster(30)]),
    Job("write-ml-3.0", "write SDMX-ML 3.0", "write", _ML30, "flat", _sides("pysdmx"), [_faster(30)]),
    Job("write-series", "write SDMX-ML 2.1 by series", "write", _ML21, "series", _sides("pysdmx"), [_faster(100)]),
    Job("write-csv", "write SDMX-CSV 2.0", "write", _CSV, "flat", _sides(*_RAW), _WRITE_CSV),
    Job(
        "write-json",
        "write SDMX-JSON 2.0",
        "write",
        _JSON,
        "flat",
        (*_sides(), _OUR_CSV),
        [Target("within", 3, _OUR_CSV.label)],
    ),
)
_READING: Final = (
    Job("read-ml-2.1", "read SDMX-ML 2.1", "read", _ML21, "flat", _sides(*_OBJECTS), [_faster(12)]),
    Job("read-ml-3.0", "read SDMX-ML 3.0", "read", _ML30, "flat", _sides(*_OBJECTS), [_faster(12)]),
    Job("read-series", "read SDMX-ML 2.1 by series", "read", _ML21, "series", _sides(*_OBJECTS), [_faster(12)]),
    Job("read-series-3.0", "read SDMX-ML 3.0 by series", "read", _ML30, "series", _sides("pysdmx"), [_faster(12)]),
    Job("read-generic", "read SDMX-ML 2.1 generic", "read", _GENERIC, "flat", _sides(*_OBJECTS), [_faster(30)]),
    Job(
        "read-generic-series",
        "read SDMX-ML 2.1 generic by series",
        "read",
        _GENERIC,
        "series",
        _sides(*_OBJECTS),
        [_faster(30)],
    ),
    Job("read-csv", "read SDMX-CSV 2.0", "read", _CSV, "flat", _sides(*_RAW), _READ_CSV),
    Job("read-json", "read SDMX-JSON 2.0", "read", _JSON, "flat", (*_sides(), _OUR_CSV)),
)


def _missing(job: Job) -> Job:
    return Job(
        f"{job.id}-nulls",
        f"{job.title}, values missing",
        job.action,
        job.format,
        job.layout,
        [side for side in job.sides if side.tool != "sdmx1"],
        job.targets,
        nulls=True,
    )


def _foreign(job: Job) -> Job:
    """Return the job of reading files that pysdmx wrote, as large as it writes them in a minute."""
    return Job(
        f"{job.id}-foreign",
        f"{job.title}, written by pysdmx",
        job.action,
        job.format,
        job.layout,
        _sides("pysdmx", most=100 * K),
        [Target(one.kind, one.bound, one.against, [100 * K]) for one in job.targets if one.against == "pysdmx"],
        source="pysdmx",
    )


_READING_IT: Final = "icstip reading them"
_CHECKING: Final = Job(
    "check",
    "apply all rules to data of victims",
    "check",
    _ML30,
    "flat",
    (Side(OURS, "rules", M), Side(_READING_IT, "reading", M)),
    [Target("within", 1, _READING_IT)],
)

_BY_ID: Final = {job.id: job for job in (*_WRITING, *_READING)}
_WITH_NULLS: Final = ("write-ml-3.0", "write-csv", "read-ml-3.0", "read-csv")

JOBS: Final[Sequence[Job]] = (
    *_BY_ID.values(),
    *(_missing(_BY_ID[name]) for name in _WITH_NULLS),
    *(_foreign(job) for job in _READING if job.format != _JSON),
    Job(
        "reformat",
        "turn SDMX-CSV 2.0 into SDMX-ML 3.0",
        "reformat",
        _CSV,
        "flat",
        _sides("pysdmx"),
        [Target("memory", 1000 / 1.048576, rows=[10 * M])],
    ),
    _CHECKING,
)

GROWTH: Final = 1.05
"""At most so steeply does our time grow: ten times the observations, ten times the time and a little."""
