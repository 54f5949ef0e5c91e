"""One at a time: a lock that the system gives back when its holder ends, however that ends."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from icstip.errors import CollectionError

_PATIENCE: Final = 300.0
_PAUSE: Final = 0.02

if sys.platform == "win32":
    import msvcrt

    def _try(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(path: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Hold a lock while the block runs.

    Args:
        path: The file that stands for the lock; it stays, and what it holds means nothing.
        patience: For how many seconds to wait for another holder.

    Raises:
        CollectionError: Another holder has it for too long.
        OSError: The file system cannot have it held.
    """
    with path.open("a+b") as file:
        _wait(file, path, time.monotonic() + patience)
        yield


def _wait(file: BinaryIO, path: Path, end: float) -> None:
    while True:
        try:
            _try(file)
        except (BlockingIOError, PermissionError) as error:  # the latter on Windows
            if time.monotonic() >= end:
                raise CollectionError("collection-busy", where=str(path.parent)) from error
            time.sleep(_PAUSE)
        else:
            return
