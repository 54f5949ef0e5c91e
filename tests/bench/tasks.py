"""What is measured: one tool doing one thing to data of one size."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, Literal, Self, TypeAlias

import polars as pl

Action = Literal["write", "read", "reformat", "check"]
Layout = Literal["flat", "series"]

Timed: TypeAlias = Callable[[], object]
"""What is measured. It returns what it made, so that letting go of that is not measured."""

Prepared: TypeAlias = Callable[[], Timed]
"""Gives what is measured in one round; what a round needs and should not count is done before."""

_ENDINGS: Final = {"ml": "xml", "csv": "csv", "json": "json"}


@dataclass(frozen=True, slots=True)
class Task:
    """What a tool is to do.

    Attributes:
        tool: Name of the tool.
        action: Write data from memory to a file, read a file to memory, turn a file into another one, or check data,
            which makes its own.
        format: Id of the format that is written or read.
        layout: Whether observations stand by themselves or in series.
        rows: How many observations.
        folder: Where all files are.
        nulls: Whether values are missing.
        source: Name of the tool that wrote the file that is read.
    """

    tool: str
    action: Action
    format: str
    layout: Layout
    rows: int
    folder: str
    nulls: bool = False
    source: str = "icstip"

    @property
    def frame_path(self) -> Path:
        """The data, for those who write them."""
        return Path(self.folder) / f"data-{self.rows}{'-nulls' if self.nulls else ''}.arrow"

    @property
    def input(self) -> Path:
        """The file that is read."""
        kind = f"{self.format}-{self.layout}-{self.rows}{'-nulls' if self.nulls else ''}"
        return Path(self.folder) / f"{kind}-by-{self.source}.{_ending(self.format)}"

    @property
    def output(self) -> Path:
        """The file that is written."""
        return Path(self.folder) / f"out-{self.tool}.{_ending(self.format)}"

    def frame(self) -> pl.DataFrame:
        """Return the data."""
        return pl.read_ipc(self.frame_path).rechunk()

    def making_input(self) -> "Task":
        """Return the task that writes what this one reads."""
        return replace(self, tool=self.source, action="write")

    def of_rows(self, rows: int) -> "Task":
        """Return the same task with another size."""
        return replace(self, rows=rows)

    def as_record(self) -> dict[str, object]:
        """Return the task as JSON can carry it."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: dict[str, object]) -> Self:
        """Return the task of a record."""
        return cls(**record)  # type: ignore[arg-type] # it is what `as_record` gave


def _ending(format_id: str) -> str:
    return _ENDINGS[format_id.split("-")[1]]
