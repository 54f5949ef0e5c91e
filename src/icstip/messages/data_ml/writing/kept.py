"""The rows of a data set, kept until all are known: in memory up to a limit, beyond it in files."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Final, Self

import polars as pl

SLICE_ROWS: Final = 50_000
"""About how many rows are written at a time."""

_IN_MEMORY: Final = 128 << 20


def alike(frames: Sequence[pl.DataFrame]) -> list[pl.DataFrame]:
    """Return frames with the same columns, of texts where their types differ; what one lacks is null."""
    dtypes: dict[str, pl.DataType] = {}
    for frame in frames:
        for name, dtype in frame.schema.items():
            dtypes[name] = dtype if dtypes.get(name, dtype) == dtype else pl.String()
    return [
        frame.select(
            pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype).alias(name)
            for name, dtype in dtypes.items()
        )
        for frame in frames
    ]


class Kept:
    """Frames in the order in which they were put in."""

    def __init__(self) -> None:
        self._frames: list[pl.DataFrame | pl.LazyFrame] = []
        self._left = _IN_MEMORY
        self._folder: TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._frames.clear()
        if self._folder is not None:
            self._folder.cleanup()

    def __len__(self) -> int:
        return len(self._frames)

    def add(self, frame: pl.DataFrame) -> None:
        """Put a frame in."""
        self._left -= int(frame.estimated_size())
        self._frames.append(frame if self._left >= 0 else self._put_away(frame))

    def part(self, place: int, start: int = 0, rows: int | None = None) -> pl.DataFrame:
        """Return rows of one of the frames."""
        frame = self._frames[place].slice(start, rows)
        return frame.collect() if isinstance(frame, pl.LazyFrame) else frame

    def __iter__(self) -> Iterator[pl.DataFrame]:
        return (self.part(place) for place in range(len(self)))

    def _put_away(self, frame: pl.DataFrame) -> pl.LazyFrame:
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="icstip-", ignore_cleanup_errors=True)
        path = Path(self._folder.name, f"{len(self)}.arrow")
        frame.write_ipc(path, compression="uncompressed")
        return pl.scan_ipc(path)
