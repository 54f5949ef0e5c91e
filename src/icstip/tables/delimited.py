"""Delimited text (csv, tsv, txt) → a grid. Encoding and delimiter are found, and what was assumed is said."""

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import zip_longest
from pathlib import Path

import polars as pl

from icstip.errors import TableError
from icstip.findings import Finding, Place
from icstip.tables.encoding import decode
from icstip.tables.grid import MAX_CELLS, MAX_COLUMNS, Grid, clean_cells, letters_of

MAX_BYTES = 2 * 1024**3
MAX_FIELD = 64 * 1024**2  # the module's own limit is met by long notes, and says that a quotation mark is wrong
csv.field_size_limit(MAX_FIELD)
DELIMITERS = "\t;|,"  # of two that split a text alike, the one that is rarer within texts
_DECIMAL = ","  # which stands in the figures of many languages, so that it splits what it should not
_SEPARATOR_LINE = re.compile(r'"?sep=(?P<delimiter>[^"\r\n])"?[ \t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
# What many sites call xls, and spreadsheet programs open: pages, and workbooks as a single XML.
_MARKUP = re.compile(r"\s*<(?:!doctype|\?xml|html|head|body|meta|style|table|office:|workbook)\b", re.IGNORECASE)


def read_delimited(path: Path) -> Grid:
    """Return the cells of a delimited text; a record is a row, as in a spreadsheet.

    Args:
        path: The file. An encoding that had to be assumed gives a finding.

    Raises:
        TableError: Not a text, a web page or other markup, too large, or a quote that is not closed, with the line
            where its record begins.
    """
    if path.stat().st_size > MAX_BYTES:
        raise TableError("table-too-large", where=str(path), what=f"{path.stat().st_size:,} bytes")
    content, assumed = _content(path)
    records = [record for _, record in _records(content, path)]
    cells = max(map(len, records), default=0) * len(records)
    if cells > MAX_CELLS:
        raise TableError("table-too-large", where=str(path), what=f"{cells:,} > {MAX_CELLS:,}")
    columns = list(zip_longest(*records))
    frame = pl.DataFrame(
        {letters_of(i): column for i, column in enumerate(columns, 1)},
        schema_overrides=dict.fromkeys((letters_of(i) for i in range(1, len(columns) + 1)), pl.String),
    )
    findings = (Finding("TABLE-003", Place(path.name), assumed),) if assumed else ()
    return Grid(path.name, None, clean_cells(frame) if frame.width else frame, findings)


def read_fields(path: Path, names: Collection[str]) -> tuple[list[tuple[int, list[str]]], str | None]:
    """Return the records of a delimited text whose columns are known, and the encoding that had to be assumed.

    Args:
        path: The file.
        names: Names of its columns, which tell the delimiter.

    Returns:
        The 1-based line where each record begins, and its fields; the name of the encoding, or None where it is sure.

    Raises:
        TableError: Not a text, or a quote that is not closed, with the line where its record begins.
    """
    content, assumed = _content(path)
    header = content.partition("\n")[0]

    def fitting(delimiter: str) -> int:
        return len({field.strip(' "\r').casefold() for field in header.split(delimiter)} & set(names))

    return list(_records(content, path, max(DELIMITERS, key=fitting))), assumed


def _content(path: Path) -> tuple[str, str | None]:
    """Return the text, and the name of its encoding if that was assumed."""
    decoded = decode(path.read_bytes(), path)
    if _MARKUP.match(decoded.text):
        raise TableError("table-markup", where=str(path))
    return decoded.text, decoded.assumed


def _records(content: str, path: Path, usual: str = "") -> Iterator[tuple[int, list[str]]]:
    """Yield the records with the lines where they begin; the usual delimiter is that of a text that does not say it."""
    text = io.StringIO(content, newline="")
    said = _SEPARATOR_LINE.match(content)
    if said:  # a line for the spreadsheet program, which shows the next one as row 1
        text.seek(said.end())
    delimiter = said["delimiter"] if said else usual or _delimiter(content)
    counted = _cells_in(content, delimiter)
    if counted > MAX_CELLS:
        raise TableError("table-too-large", where=str(path), what=f"{counted:,} > {MAX_CELLS:,}")
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    above = 1 if said else 0
    first_line = 1 + above
    cells = 0
    try:
        for record in reader:
            cells += len(record)
            if cells > MAX_CELLS or len(record) > MAX_COLUMNS:
                what = f"{path.name}:{first_line} → {letters_of(len(record))}"
                raise TableError("table-too-large", where=str(path), what=what)
            yield first_line, record
            first_line = reader.line_num + 1 + above
    except csv.Error as error:  # a quotation mark that is not closed takes all lines that follow
        raise TableError("table-bad-quotes", where=f"{path}:{first_line}") from error


def _cells_in(content: str, delimiter: str) -> int:
    """Return how many cells a text has, as far as that is told without reading it: too many are told at once."""
    cells = content.count(delimiter) + content.count("\n")
    if cells <= MAX_CELLS or '"' not in content:
        return cells
    return sum(part.count(delimiter) + part.count("\n") for part in content.split('"')[::2])  # not those in quotes


def _delimiter(content: str) -> str:
    """Return the delimiter that splits most of the first records into as many columns, and these into the most."""
    lines = content[:65536].splitlines()[:50]

    def score(delimiter: str) -> tuple[int, bool, int]:
        widths = Counter(len(record) for record in csv.reader(lines, delimiter=delimiter) if len(record) > 1)
        count, width = max(((count, width) for width, count in widths.items()), default=(0, 1))
        return count, delimiter != _DECIMAL, width

    return max(DELIMITERS, key=score)
