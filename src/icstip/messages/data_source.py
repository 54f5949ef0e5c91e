"""The bytes of a data message, wherever they are: a file as it is, gzip, or the one file in a zip archive.

An archive is unpacked as it is read, never as a whole, and within limits.
"""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, cast

from icstip.errors import FormatError

START: Final = 1 << 16
"""How many bytes are enough to see what a message is in."""

_MAX_RATIO: Final = 300  # XML that repeats itself comes to 60; what a bomb needs starts at 1,000
_FREE: Final = 64 << 20  # up to here the ratio does not count
_GZIP: Final = b"\x1f\x8b"
_ZIP: Final = b"PK\x03\x04"
_ENCRYPTED: Final = 0x1


class DataSource:
    """A message in a file.

    Args:
        path: The file.
        where: What it is called in messages; its path by default.

    Raises:
        FormatError: The file cannot be read.
    """

    def __init__(self, path: Path, where: str = "") -> None:
        self.where = where or str(path)
        self._path = path
        with self._told(), path.open("rb") as file:
            magic = file.read(4)
        self._packed = "gzip" if magic.startswith(_GZIP) else "zip" if magic == _ZIP else ""

    @property
    def path(self) -> Path | None:
        """The file, when it holds the message as it is: then it can be mapped into memory."""
        return None if self._packed else self._path

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Yield the message from its beginning.

        Raises:
            FormatError: It cannot be read, is a broken archive or one of several files, or unpacks to far more than
                data can. Also while it is read.
        """
        with self._told():
            if self._packed == "gzip":
                with self._path.open("rb") as file, gzip.GzipFile(fileobj=file) as packed:
                    yield _limited(cast("BinaryIO", packed), self._path.stat().st_size, self.where)
            elif self._packed == "zip":
                with zipfile.ZipFile(self._path) as archive:
                    part = self._only_part(archive)
                    with archive.open(part) as packed:
                        yield _limited(cast("BinaryIO", packed), part.compress_size, self.where)
            else:
                with self._path.open("rb") as file:
                    yield file

    def start(self) -> bytes:
        """Return the first bytes of the message, up to `START`.

        Raises:
            FormatError: As for `open`.
        """
        with self.open() as file:
            return file.read(START)

    def _only_part(self, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
        parts = [part for part in archive.infolist() if not part.is_dir() and not part.filename.startswith("__MACOSX/")]
        if len(parts) != 1:
            raise FormatError("data-archive-parts", where=self.where, number=len(parts))
        if parts[0].flag_bits & _ENCRYPTED:
            raise FormatError("data-archive-encrypted", where=self.where)
        return parts[0]

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (zipfile.BadZipFile, zlib.error, gzip.BadGzipFile, EOFError, NotImplementedError) as error:
            raise FormatError("data-archive-broken", where=self.where) from error
        except OSError as error:
            raise FormatError("data-unreadable", where=self.where, reason=error.strerror or error) from error


def _limited(file: BinaryIO, packed: int, where: str) -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(_Limited(file, packed, where), 1 << 20))


class _Limited(io.RawIOBase):
    """A stream that is unpacked, up to a limit."""

    def __init__(self, file: BinaryIO, packed: int, where: str) -> None:
        self._file = file
        self._left = max(_FREE, packed * _MAX_RATIO)
        self._where = where

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast("bytearray", buffer))
        chunk = self._file.read(len(view))
        self._left -= len(chunk)
        if self._left < 0:
            raise FormatError("data-archive-bomb", where=self._where)
        view[: len(chunk)] = chunk
        return len(chunk)
