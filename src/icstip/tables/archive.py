"""A look into a workbook's archive before it is opened: is it one, how large does it get, how far do its sheets go.

The reader of workbooks holds a sheet as one dense block from its first to its last cell, copies a text for each cell
that shows it, and trusts what the archive says of itself.
So the archive is inflated once, piece by piece, within limits, and what each sheet will come to is read off its cells.
"""

import copy
import sys
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import Unpack

import numpy as np
import numpy.typing as npt

from icstip.errors import TableError
from icstip.tables.extent import BytesScan, Extent, TagsScan
from icstip.tables.grid import MAX_CELLS, letters_of
from icstip.tables.markup import Handlers, read_tags
from icstip.tables.shared_text import SharedTexts, copied_bytes

__all__ = ["Extent", "sheet_extents"]

MAX_PARTS = 2_000
MAX_INFLATED_BYTES = 2 * 1024**3  # of all parts
MAX_RATIO = 500  # a sheet of blank rows comes to 100; what a bomb needs starts at 1,000
MIN_BYTES_FOR_RATIO = 10 * 1024**2
MAX_TEXT_BYTES = 2 * 1024**3  # of a sheet, each text counted once for each cell that shows it

_CHUNK = 1 << 20
_OVERLAP = 256  # longer than any word that is looked for
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # ISO/IEC 29500-2 allows no others
_ENCRYPTED = 0x41  # flags of a part: encrypted, strongly encrypted
_BOOK, _RELATIONS, _TEXTS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "sharedstrings.xml"


def sheet_extents(path: Path) -> dict[str, Extent | None]:
    """Return the extent of each sheet of an xlsx workbook, having made sure that it can be opened safely.

    Args:
        path: The workbook.

    Returns:
        By the names of the sheets, in their order; None for one that is no table but, say, a chart.

    Raises:
        TableError: No archive, no workbook, broken, encrypted, larger than the limits, or with a document type in its
            XML.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _Workbook(archive, path).extents()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise TableError("table-broken-archive", where=str(path)) from error


class _Workbook:
    """An archive that is looked through part by part."""

    def __init__(self, archive: zipfile.ZipFile, path: Path) -> None:
        self._archive = archive
        self._where = str(path)
        self._file_size = path.stat().st_size
        self._inflated: dict[zipfile.ZipInfo, int] = {}  # a part that is read twice counts once
        self._check_directory()

    def extents(self) -> dict[str, Extent | None]:
        """Return the extent of each sheet by its name, in their order; None for one that is no table."""
        # Any part can be made out to be a sheet; so all are looked at, whatever they are called.
        scanned = [(info, self._extent(info)) for info in self._archive.infolist()]
        for info, extent in scanned:
            self._check_text(info, extent)
        extents = {info.filename.casefold(): extent for info, extent in scanned}
        return {
            name: extents.get(part.casefold(), Extent()) if kind.endswith("/worksheet") else None
            for name, kind, part in self._sheets()
        }

    def _check_directory(self) -> None:
        parts = self._archive.infolist()
        if not {_BOOK, _RELATIONS} <= {info.filename for info in parts}:
            raise TableError("table-no-workbook", where=self._where)
        if len(parts) > MAX_PARTS:
            raise TableError("table-too-large", where=self._where, what=f"{len(parts):,} > {MAX_PARTS:,}")
        if any(info.flag_bits & _ENCRYPTED for info in parts):
            raise TableError("table-encrypted", where=self._where)
        if any(info.compress_type not in _METHODS for info in parts):
            raise TableError("table-broken-archive", where=self._where)

    def _chunks(self, info: zipfile.ZipInfo) -> Generator[bytes]:
        """Yield a part piece by piece, stopping at the limits whatever the archive's directory says of its size."""
        unbounded = copy.copy(info)
        unbounded.file_size = sys.maxsize  # zipfile stops at the size that the directory gives; readers do not
        packed = max(1, min(info.compress_size, self._file_size))
        inflated = 0
        with self._archive.open(unbounded) as part:
            while chunk := part.read(_CHUNK):
                inflated += len(chunk)
                self._inflated[info] = inflated
                too_dense = inflated > MIN_BYTES_FOR_RATIO and inflated > MAX_RATIO * packed
                if too_dense or sum(self._inflated.values()) > MAX_INFLATED_BYTES:
                    raise TableError("table-bomb", where=self._where, part=info.filename)
                yield chunk

    def _extent(self, info: zipfile.ZipInfo) -> Extent:
        scan = BytesScan()
        with closing(self._chunks(info)) as chunks:
            for piece in self._cells(info, chunks):
                scan.feed(piece)
        extent = scan.extent()
        if not extent.usual:
            tags = TagsScan()
            self._read_tags(info, on_start=tags.start, on_end=tags.end)
            extent = tags.extent()
        if extent.last_row * extent.last_column > MAX_CELLS:
            what = f"{info.filename} → {letters_of(extent.last_column)}{extent.last_row}"
            raise TableError("table-too-large", where=self._where, what=what)
        return extent

    def _cells(self, info: zipfile.ZipInfo, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Yield the pieces of a part from where its cells begin; of a part without cells, none."""
        is_xml = info.filename.casefold().endswith((".xml", ".rels"))
        has_cells = False
        tail = b""
        for chunk in chunks:
            piece = tail + chunk
            if is_xml and (b"<!DOCTYPE" in piece or b"<!ENTITY" in piece):
                raise TableError("table-doctype", where=self._where, part=info.filename)
            if has_cells:
                yield chunk
            elif b"sheetData" in piece:  # without this word, readers find no cells
                has_cells = True
                yield piece
            tail = piece[-_OVERLAP:]

    def _read_tags(self, info: zipfile.ZipInfo, **handlers: Unpack[Handlers]) -> None:
        with closing(self._chunks(info)) as chunks:
            read_tags(chunks, self._where, info.filename, **handlers)

    def _check_text(self, info: zipfile.ZipInfo, extent: Extent) -> None:
        if extent.cells * sum(self._inflated.get(part, 0) for part in self._texts()) <= MAX_TEXT_BYTES:
            return
        text = extent.cells * int(self._lengths.max(initial=0))
        if text > MAX_TEXT_BYTES and extent.usual:
            with closing(self._chunks(info)) as chunks:
                text = copied_bytes(chunks, extent.cells, self._lengths)
        if text > MAX_TEXT_BYTES:
            raise TableError("table-too-large", where=self._where, what=f"{info.filename} → {text:,} bytes")

    @cached_property
    def _lengths(self) -> npt.NDArray[np.int64]:
        """The lengths of the texts that cells can point to."""
        texts = SharedTexts()
        for info in self._texts():
            self._read_tags(info, on_start=texts.start, on_end=texts.end, on_text=texts.text)
        return texts.lengths()

    def _texts(self) -> list[zipfile.ZipInfo]:
        found = [info for info in self._archive.infolist() if info.filename.casefold().endswith(_TEXTS)]
        if len(found) > 1:  # which one would be read?
            raise TableError("table-broken-archive", where=self._where)
        return found

    def _sheets(self) -> list[tuple[str, str, str]]:
        """Return name, type and part of each sheet."""
        targets: dict[str, tuple[str, str]] = {}
        sheets: list[tuple[str, str]] = []

        def relation(name: str, attributes: dict[str, str]) -> None:
            if name == "Relationship":
                targets[attributes.get("Id", "")] = attributes.get("Type", ""), attributes.get("Target", "")

        def sheet(name: str, attributes: dict[str, str]) -> None:
            if name == "sheet":
                ids = (value for key, value in attributes.items() if key.endswith(":id"))
                sheets.append((attributes.get("name", ""), next(ids, "")))

        for part, on_start in ((_RELATIONS, relation), (_BOOK, sheet)):
            self._read_tags(self._archive.getinfo(part), on_start=on_start)
        found = [(name, *targets.get(identifier, ("", ""))) for name, identifier in sheets]
        return [(name, kind, target[1:] if target.startswith("/") else f"xl/{target}") for name, kind, target in found]
