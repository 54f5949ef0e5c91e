"""Delimited text (csv, tsv, txt) → a grid. Encoding and delimiter are found, and what was assumed is said."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import polars as pl

from icstip.errors import TableError
from icstip.findings import Finding, Place
from icstip.tables.grid import MAX_CELLS, Grid, clean_cells, letters_of

MAX_BYTES = 2 * 1024**3
MAX_COLUMNS = 16_384  # as many as a sheet of a workbook has
MAX_FIELD = 64 * 1024**2  # the module's own limit is met by long notes, and says that a quotation mark is wrong
csv.field_size_limit(MAX_FIELD)
DELIMITERS = "\t;|,"  # of two that split a text alike, the one that is rarer within texts
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_FALLBACK = "windows-1252"


def read_delimited(path: Path) -> Grid:
    """Return the cells of a delimited text; a record is a row, as in a spreadsheet.

    Args:
        path: The file: UTF-8, UTF-16 with a byte order mark, or else Windows-1252, which gives a finding.

    Raises:
        TableError: Not a text, too large, or a quote that is not closed, with the line where its record begins.
    """
    if path.stat().st_size > MAX_BYTES:
        raise TableError("table-too-large", where=str(path), what=f"{path.stat().st_size:,} bytes")
    content, encoding = _decoded(path)
    records = list(_records(content, path))
    cells = max(map(len, records), default=0) * len(records)
    if cells > MAX_CELLS:
        raise TableError("table-too-large", where=str(path), what=f"{cells:,} > {MAX_CELLS:,}")
    columns = list(zip_longest(*records))
    frame = pl.DataFrame(
        {letters_of(i): column for i, column in enumerate(columns, 1)},
        schema_overrides=dict.fromkeys((letters_of(i) for i in range(1, len(columns) + 1)), pl.String),
    )
    assumed = (Finding("TABLE-003", Place(path.name), encoding),) if encoding == _FALLBACK else ()
    return Grid(path.name, None, clean_cells(frame) if frame.width else frame, assumed)


def _decoded(path: Path) -> tuple[str, str]:
    raw = path.read_bytes()
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            try:
                return raw.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise TableError("table-not-text", where=str(path)) from error
    if b"\x00" in raw[:65536]:
        raise TableError("table-not-text", where=str(path))
    for encoding in ("utf-8", _FALLBACK):
        try:
            return raw.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise TableError("table-not-text", where=str(path))


def _records(content: str, path: Path) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=_delimiter(content), strict=True)
    first_line = 1
    cells = 0
    try:
        for record in reader:
            cells += len(record)
            if cells > MAX_CELLS or len(record) > MAX_COLUMNS:
                what = f"{path.name}:{first_line} → {letters_of(len(record))}"
                raise TableError("table-too-large", where=str(path), what=what)
            yield record
            first_line = reader.line_num + 1
    except csv.Error as error:  # a quotation mark that is not closed takes all lines that follow
        raise TableError("table-bad-quotes", where=f"{path}:{first_line}") from error


def _delimiter(content: str) -> str:
    """Return the delimiter that splits the first records into the most columns most often."""
    lines = content[:65536].splitlines()[:50]

    def score(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(record) for record in csv.reader(lines, delimiter=delimiter) if len(record) > 1)
        return max(((count, width) for width, count in widths.items()), default=(0, 1))

    return max(DELIMITERS, key=score)
