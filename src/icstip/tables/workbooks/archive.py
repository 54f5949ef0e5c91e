"""The archive that a workbook is: its parts, inflated piece by piece and within limits.

Readers of workbooks trust what an archive says of itself. So each part is inflated here first, or only here.
"""

import copy
import sys
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Unpack

from icstip.errors import TableError
from icstip.tables.workbooks.markup import Handlers, read_tags

MAX_PARTS = 2_000
MAX_INFLATED_BYTES = 2 * 1024**3  # of all parts
MAX_RATIO = 500  # a sheet of blank rows comes to 100; what a bomb needs starts at 1,000
MIN_BYTES_FOR_RATIO = 10 * 1024**2

CHUNK = 1 << 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # ISO/IEC 29500-2 and OpenDocument 1.3 part 2 allow no others
_ENCRYPTED = 0x41  # flags of a part: encrypted, strongly encrypted


@contextmanager
def open_archive(path: Path) -> Iterator["Archive"]:
    """Open an archive to look through it.

    Args:
        path: The file.

    Raises:
        TableError: No archive, broken, encrypted, or with more parts than the limit; or, while it is open, a part that
            cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield Archive(archive, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise TableError("table-broken-archive", where=str(path)) from error


class Archive:
    """An archive that is looked through part by part.

    Attributes:
        where: The file, for messages.
        parts: The parts, in the order of the directory.
    """

    def __init__(self, archive: zipfile.ZipFile, path: Path) -> None:
        self.where = str(path)
        self.parts = archive.infolist()
        self._archive = archive
        self._file_size = path.stat().st_size
        self._inflated: dict[zipfile.ZipInfo, int] = {}  # a part that is read twice counts once
        if len(self.parts) > MAX_PARTS:
            raise TableError("table-too-large", where=self.where, what=f"{len(self.parts):,} > {MAX_PARTS:,}")
        if any(info.flag_bits & _ENCRYPTED for info in self.parts):
            raise TableError("table-encrypted", where=self.where)
        if any(info.compress_type not in _METHODS for info in self.parts):
            raise TableError("table-broken-archive", where=self.where)

    def __contains__(self, name: str) -> bool:
        """Return whether there is a part of this name."""
        return any(info.filename == name for info in self.parts)

    def part(self, name: str) -> zipfile.ZipInfo:
        """Return the part of this name, which is there."""
        return self._archive.getinfo(name)

    def inflated(self, info: zipfile.ZipInfo) -> int:
        """Return to how many bytes a part has come so far."""
        return self._inflated.get(info, 0)

    def chunks(self, info: zipfile.ZipInfo) -> Generator[bytes]:
        """Yield a part piece by piece, stopping at the limits whatever the archive's directory says of its size.

        Raises:
            TableError: The part, or all that were read, come to more than can be read safely.
        """
        unbounded = copy.copy(info)
        unbounded.file_size = sys.maxsize  # zipfile stops at the size that the directory gives; readers do not
        packed = max(1, min(info.compress_size, self._file_size))
        inflated = 0
        with self._archive.open(unbounded) as part:
            while chunk := part.read(CHUNK):
                inflated += len(chunk)
                self._inflated[info] = inflated
                too_dense = inflated > MIN_BYTES_FOR_RATIO and inflated > MAX_RATIO * packed
                if too_dense or sum(self._inflated.values()) > MAX_INFLATED_BYTES:
                    raise TableError("table-bomb", where=self.where, part=info.filename)
                yield chunk

    def read_tags(self, info: zipfile.ZipInfo, **handlers: Unpack[Handlers]) -> None:
        """Tell of each tag and text of a part that is XML.

        Args:
            info: The part.
            **handlers: What is to be told.

        Raises:
            TableError: Not well-formed, with a document type, or too large.
        """
        with closing(self.chunks(info)) as chunks:
            read_tags(chunks, self.where, info.filename, **handlers)
