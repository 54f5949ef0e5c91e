"""The rows of a message in SDMX-CSV as frames, each block read the fast way where that is certain to be right."""

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

import numpy as np
import polars as pl

from icstip.messages.data_csv.fast import Block, block_of, whole_rows
from icstip.messages.data_csv.plain import Rows
from icstip.messages.data_csv.text import Text
from icstip.messages.data_parts import LINE

_THREADS: Final = min(4, os.cpu_count() or 1)
"""Several blocks are read at a time, so that no processor waits while others are typed."""


def frames_of(text: Text, rows: Rows, delimiter: str, width: int, *, fast: bool) -> Iterator[pl.DataFrame]:
    """Yield the rows of a message in frames: String columns by the numbers of the fields, null where empty, and `LINE`.

    Args:
        text: The text, after its header.
        rows: Its rows.
        delimiter: What separates fields.
        width: How many fields each row has.
        fast: Whether the fast way may be taken.

    Raises:
        FormatError: A row is no CSV, no UTF-8, too large, or has another number of fields.
    """
    with ThreadPoolExecutor(_THREADS) as pool:
        ahead = _Ahead(text, pool, delimiter, width)
        while True:
            if fast:
                text.give_back()
                yield from ahead.frames()
            frame = rows.frame(width)
            if frame is None:
                return
            yield frame


class _Ahead:
    """Blocks that are read ahead."""

    def __init__(self, text: Text, pool: ThreadPoolExecutor, delimiter: str, width: int) -> None:
        self._text = text
        self._pool = pool
        self._delimiter = delimiter
        self._width = width
        self._waiting: deque[tuple[bytes, Future[Block | None]]] = deque()
        self._most = 2

    def frames(self) -> Iterator[pl.DataFrame]:
        """Yield frames up to the first block that must be read the plain way; the text begins with it then."""
        while True:
            self._read_ahead()
            if not self._waiting:
                return
            block = self._waiting[0][1].result()
            if block is None:
                self._put_back()
                return
            self._waiting.popleft()
            self._most = min(self._most + 1, 2 * _THREADS)
            lines = pl.Series(LINE, (block.places + self._text.line).astype(np.uint32))
            self._text.line += block.lines
            yield pl.DataFrame([*block.frame.get_columns(), lines])

    def _read_ahead(self) -> None:
        while len(self._waiting) < self._most and (rows := whole_rows(self._text)):
            self._waiting.append((rows, self._pool.submit(block_of, rows, self._delimiter, self._width)))

    def _put_back(self) -> None:
        """Put all blocks back. Where one is odd others may be, too: the next ones are read one at a time."""
        self._text.buffer = b"".join([*(rows for rows, _ in self._waiting), self._text.buffer])
        for _, future in self._waiting:
            future.cancel()
        self._waiting.clear()
        self._most = 1
