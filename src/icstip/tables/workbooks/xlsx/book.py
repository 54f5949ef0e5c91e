"""A look into an xlsx workbook before it is opened: is it one, how far do its sheets go, what do they say but values.

The reader of workbooks holds a sheet as one dense block from its first to its last cell, and copies a text for each
cell that shows it. So the archive is inflated once, within limits, and what each sheet will come to is read off its
cells.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from icstip.errors import TableError
from icstip.tables.grid import MAX_CELLS, letters_of
from icstip.tables.workbooks.archive import Archive, open_archive
from icstip.tables.workbooks.markup import read_tags
from icstip.tables.workbooks.sheet import MAX_TEXT_BYTES, Details
from icstip.tables.workbooks.xlsx.details import SheetDetails
from icstip.tables.workbooks.xlsx.extent import BytesScan, Extent, TagsScan
from icstip.tables.workbooks.xlsx.plain import other_cell
from icstip.tables.workbooks.xlsx.raised import RaisedTexts
from icstip.tables.workbooks.xlsx.shared_text import SharedTexts, copied_bytes
from icstip.tables.workbooks.xlsx.styles import Styles, read_formats

BOOK = "xl/workbook.xml"
"""Name of the part that says that an archive is an xlsx workbook."""

_RELATIONS, _TEXTS = "xl/_rels/workbook.xml.rels", "sharedstrings.xml"
_RAISED = b"vertAlign"
_OVERLAP = 256  # longer than any word that is looked for
_COUNT = re.compile(rb"""uniqueCount\s*=\s*["'][\s+]*([0-9]{1,30})""")
_HIDDEN = {"hidden", "veryHidden"}  # ECMA-376-1 18.18.68


def _says_more(piece: bytes) -> bool:
    """Return whether a piece hides, joins or raises anything; some programs say of each row that it is shown."""
    return (
        b"mergeCell" in piece
        or _RAISED in piece
        or piece.count(b"hidden") > sum(map(piece.count, (b'hidden="false"', b'hidden="0"')))
    )


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook.

    Attributes:
        extent: How far it goes; None for a sheet that is no table but, say, a chart.
        hidden: Whether it is not shown.
        part: The name of its part; None if the archive lacks it.
    """

    extent: Extent | None
    hidden: bool
    part: str | None


@dataclass(frozen=True)
class Book:
    """A workbook that can be opened safely.

    Attributes:
        sheets: By their names, in their order.
        styles: How its cells show numbers.
        raised: The texts with raised or lowered parts, by the numbers that cells point to.
    """

    sheets: dict[str, Sheet]
    styles: Styles
    raised: Mapping[int, str] = field(default_factory=dict)


def read_book(path: Path) -> Book:
    """Return the sheets of an xlsx workbook, having made sure that it can be opened safely.

    Args:
        path: The workbook.

    Raises:
        TableError: No archive, no workbook, broken, encrypted, larger than the limits, or with a document type in its
            XML.
    """
    with open_archive(path) as archive:
        return _Look(archive).book()


def read_details(path: Path, book: Book, name: str) -> Details:
    """Return what a sheet says besides plain values; where it says nothing more, it is not read.

    Args:
        path: The workbook.
        book: What is known of it.
        name: Of a sheet.

    Raises:
        TableError: The sheet is broken, or has more of something than can be read safely.
    """
    sheet = book.sheets[name]
    if sheet.extent is None or sheet.part is None or (sheet.extent.plain and not book.raised):
        return Details(hidden=sheet.hidden)
    with open_archive(path) as archive:
        details = SheetDetails(book.styles, archive.where, book.raised)
        with closing(archive.chunks(archive.part(sheet.part))) as chunks:
            pieces = details.without_usual_cells(chunks) if sheet.extent.usual else chunks
            read_tags(
                pieces, archive.where, sheet.part, on_start=details.start, on_end=details.end, on_text=details.text
            )
    return details.details(hidden=sheet.hidden)


class _Look:
    """A workbook that is looked through part by part."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._has_raised = False
        if not (BOOK in archive and _RELATIONS in archive):
            raise TableError("table-no-workbook", where=archive.where)

    def book(self) -> Book:
        """Return the sheets and styles."""
        listed, from_1904 = self._sheets()
        styles = Styles(read_formats(self._archive), from_1904)
        # Any part can be made out to be a sheet; so all are looked at, whatever they are called.
        scanned = {info: self._extent(info, styles) for info in self._archive.parts}
        for info, extent in scanned.items():
            self._check_text(info, extent)
        parts = {info.filename.casefold(): info for info in scanned}
        sheets = {}
        for name, kind, target, state in listed:
            part = parts.get(target.casefold())
            extent = Extent() if part is None else scanned[part]
            sheets[name] = Sheet(
                extent if kind.endswith("/worksheet") else None,
                state in _HIDDEN,
                None if part is None else part.filename,
            )
        return Book(sheets, styles, self._raised_texts())

    def _raised_texts(self) -> Mapping[int, str]:
        texts = RaisedTexts()
        for info in self._texts() if self._has_raised else ():
            self._archive.read_tags(info, on_start=texts.start, on_end=texts.end, on_text=texts.text)
        return texts.found

    def _extent(self, info: zipfile.ZipInfo, styles: Styles) -> Extent:
        scan = BytesScan(other_cell(styles.formats))
        with closing(self._archive.chunks(info)) as chunks:
            for piece in self._cells(info, chunks, scan):
                scan.feed(piece)
        extent = scan.extent()
        if not extent.usual:
            tags = TagsScan()
            self._archive.read_tags(info, on_start=tags.start, on_end=tags.end)
            extent = tags.extent()
        if extent.last_row * extent.last_column > MAX_CELLS:
            what = f"{info.filename} → {letters_of(extent.last_column)}{extent.last_row}"
            raise TableError("table-too-large", where=self._archive.where, what=what)
        return extent

    def _cells(self, info: zipfile.ZipInfo, chunks: Iterator[bytes], scan: BytesScan) -> Iterator[bytes]:
        """Yield the pieces of a part from where its cells begin; of a part without cells, none."""
        is_xml = info.filename.casefold().endswith((".xml", ".rels"))
        has_texts = info.filename.casefold().endswith(_TEXTS)
        has_cells = False
        texts = 0
        tail = b""
        for chunk in chunks:
            piece = tail + chunk
            if has_texts:
                texts = max(texts, *map(int, _COUNT.findall(piece)), 0)
                self._has_raised |= _RAISED in piece
            if is_xml and (b"<!DOCTYPE" in piece or b"<!ENTITY" in piece):
                raise TableError("table-doctype", where=self._archive.where, part=info.filename)
            scan.plain = scan.plain and not _says_more(piece)
            if has_cells:
                yield chunk
            elif b"sheetData" in piece:  # without this word, readers find no cells
                has_cells = True
                yield piece
            tail = piece[-_OVERLAP:]
        if texts > self._archive.inflated(info):  # the reader makes room for as many before it looks at the first one
            raise TableError("table-broken-archive", where=self._archive.where)

    def _check_text(self, info: zipfile.ZipInfo, extent: Extent) -> None:
        if extent.cells * sum(map(self._archive.inflated, self._texts())) <= MAX_TEXT_BYTES:
            return
        text = extent.cells * int(self._lengths.max(initial=0))
        if text > MAX_TEXT_BYTES and extent.usual:
            with closing(self._archive.chunks(info)) as chunks:
                text = copied_bytes(chunks, extent.cells, self._lengths)
        if text > MAX_TEXT_BYTES:
            raise TableError("table-too-large", where=self._archive.where, what=f"{info.filename} → {text:,} bytes")

    @cached_property
    def _lengths(self) -> npt.NDArray[np.int64]:
        """The lengths of the texts that cells can point to."""
        texts = SharedTexts()
        for info in self._texts():
            self._archive.read_tags(info, on_start=texts.start, on_end=texts.end, on_text=texts.text)
        return texts.lengths()

    def _texts(self) -> list[zipfile.ZipInfo]:
        found = [info for info in self._archive.parts if info.filename.casefold().endswith(_TEXTS)]
        if len(found) > 1:  # which one would be read?
            raise TableError("table-broken-archive", where=self._archive.where)
        return found

    def _sheets(self) -> tuple[list[tuple[str, str, str, str]], bool]:
        """Return name, type, part and state of each sheet, and whether days are counted from 1904."""
        targets: dict[str, tuple[str, str]] = {}
        sheets: list[tuple[str, str, str]] = []
        from_1904 = False

        def relation(name: str, attributes: dict[str, str]) -> None:
            if name == "Relationship":
                targets[attributes.get("Id", "")] = attributes.get("Type", ""), attributes.get("Target", "")

        def sheet(name: str, attributes: dict[str, str]) -> None:
            nonlocal from_1904
            if name == "sheet":
                ids = (value for key, value in attributes.items() if key.endswith(":id"))
                sheets.append((attributes.get("name", ""), next(ids, ""), attributes.get("state", "")))
            elif name == "workbookPr":
                from_1904 = attributes.get("date1904") in {"1", "true"}

        for part, on_start in ((_RELATIONS, relation), (BOOK, sheet)):
            self._archive.read_tags(self._archive.part(part), on_start=on_start)
        found = [(name, *targets.get(identifier, ("", "")), state) for name, identifier, state in sheets]
        return [
            (name, kind, target[1:] if target.startswith("/") else f"xl/{target}", state)
            for name, kind, target, state in found
        ], from_1904
