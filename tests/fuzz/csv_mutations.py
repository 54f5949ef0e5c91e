"""Mutations of SDMX-CSV: fields, rows, columns, delimiters, quotes."""

import csv
import io
import random
from collections.abc import Callable

from tests.fuzz.byte_mutations import NUMBERS, PIECES, Mutation

Rows = list[list[str]]

_FIELDS = (
    *(
        "",
        " ",
        '"',
        '""',
        "a,b",
        "a;b",
        "a\nb",
        "a\r\nb",
        "a\rb",
        "A: b",
        "A:b",
        "#N/A",
        "NaN",
        "~",
        "-",
        "*",
        "D",
        "M",
    ),
    *("A:DF(1.0)", "A:DF(1.0.0)", "dataflow", "datastructure", "dataprovision", "x" * 5000, "\ufeff", "\x00", "\x85"),
    *(
        "I",
        "R",
        "delete",
        "A.B:C(9.9)",
        "B:X",
        "مرحبا",
        "e\u0301",
        "\u2028",
        "=1",
        "'",
        "\\",
        '"x"',
        '"x',
        'x"y',
        " x ",
    ),
)
_HEADS = (
    *(
        "DATAFLOW",
        "STRUCTURE",
        "STRUCTURE_ID",
        "STRUCTURE_NAME",
        "ACTION",
        "STRUCTURE[;]",
        "STRUCTURE[|]",
        "STRUCTURE[]",
    ),
    *(
        "OBS_VALUE",
        "OBS_VALUE: Value",
        "OBS_VALUE[]",
        "TIME_PERIOD",
        "X",
        "",
        " ",
        "SERIES_KEY",
        "OBS_KEY",
        "Custom one",
    ),
)


def other_delimiter(rng: random.Random, content: bytes) -> bytes:
    """Separate fields by something else, everywhere or in some places."""
    new = rng.choice([b";", b"\t", b"|", b" ", b",,", b":", b"~", b"\x1f"])
    return content.replace(b",", new) if rng.random() < 0.7 else content.replace(b",", new, rng.randint(1, 4))


def well_delimited(rng: random.Random, content: bytes) -> bytes:
    """Separate fields by something else, quoted where that needs it."""
    rows = _rows(content)
    return _text(rows, delimiter=rng.choice(";\t|,:"), quoting=rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))


def change_field(rng: random.Random, content: bytes) -> bytes:
    """Put something odd into a field."""

    def change(rows: Rows) -> None:
        row = rng.choice(rows)
        if row:
            odd = rng.choice([rng.choice(_FIELDS), rng.choice(NUMBERS).decode(), rng.choice(PIECES).decode("latin-1")])
            row[rng.randrange(len(row))] = odd

    return _changed(content, change)


def change_head(rng: random.Random, content: bytes) -> bytes:
    """Give a column another name, perhaps one that another has."""

    def change(rows: Rows) -> None:
        if rows[0]:
            rows[0][rng.randrange(len(rows[0]))] = rng.choice(
                [*_HEADS, rng.choice(rows[0]), rng.choice(rows[0]).lower()]
            )

    return _changed(content, change)


def drop_field(rng: random.Random, content: bytes) -> bytes:
    """Take a field away: the row is too short."""

    def change(rows: Rows) -> None:
        row = rng.choice(rows)
        if row:
            del row[rng.randrange(len(row))]

    return _changed(content, change)


def add_field(rng: random.Random, content: bytes) -> bytes:
    """Put one more field into a row, which is then too long."""

    def change(rows: Rows) -> None:
        row = rng.choice(rows)
        row[rng.randint(0, len(row)) :] = [rng.choice(_FIELDS)] * rng.choice([1, 1, 2, 30])

    return _changed(content, change)


def drop_column(rng: random.Random, content: bytes) -> bytes:
    """Take a column away."""

    def change(rows: Rows) -> None:
        place = rng.randrange(max(len(rows[0]), 1))
        for row in rows:
            del row[place : place + 1]

    return _changed(content, change)


def add_column(rng: random.Random, content: bytes) -> bytes:
    """Put one more column in, empty or not, with a name of its own or not."""

    def change(rows: Rows) -> None:
        place, name, value = rng.randint(0, len(rows[0])), rng.choice(_HEADS), rng.choice(_FIELDS)
        for number, row in enumerate(rows):
            row.insert(place, value if number else name)

    return _changed(content, change)


def swap_columns(rng: random.Random, content: bytes) -> bytes:
    """Put columns in another order."""

    def change(rows: Rows) -> None:
        order = list(range(len(rows[0])))
        rng.shuffle(order)
        for row in rows:
            row[:] = [row[place] for place in order if place < len(row)]

    return _changed(content, change)


def odd_row(rng: random.Random, content: bytes) -> bytes:
    """Put in a row that is empty, or all empty fields, or the header again."""
    lines = content.split(b"\n")
    odd = rng.choice([b"", b" ", b",", b"," * 9, b'""', lines[0], b"\r", b'"', b"#comment", b"\x00"])
    lines.insert(rng.randint(0, len(lines)), odd)
    return b"\n".join(lines)


def odd_quotes(rng: random.Random, content: bytes) -> bytes:
    """Put quotes where they do not belong, or take them away."""
    if rng.random() < 0.2:
        return content.replace(b'"', rng.choice([b"", b"'", b'""', b'\\"', b'" ']))
    place = rng.choice([place for place, byte in enumerate(content) if byte in b',\n"'] or [0])
    return content[:place] + rng.choice([b'"', b'""', b' "', b'" ', b"'"]) + content[place + rng.randint(0, 1) :]


def labels(rng: random.Random, content: bytes) -> bytes:
    """Put names after ids in a column."""

    def change(rows: Rows) -> None:
        place = rng.randrange(max(len(rows[0]), 1))
        for row in rows:
            if place < len(row) and rng.random() < 0.9:
                row[place] += rng.choice([": Name", ": a, b", ":x", ": "])

    return _changed(content, change)


def _rows(content: bytes) -> Rows:
    text = content.decode("utf-8", "replace")
    try:
        return [row for row in csv.reader(io.StringIO(text, newline="")) if row] or [[""]]
    except csv.Error:
        return [line.split(",") for line in text.split("\n")]


def _text(rows: Rows, *, delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator="\n")  # type: ignore[arg-type]
    writer.writerows(rows)
    return file.getvalue().encode("utf-8", "replace")


def _changed(content: bytes, change: Callable[[Rows], None]) -> bytes:
    rows = _rows(content)
    change(rows)
    return _text(rows)


CSV: tuple[Mutation, ...] = (
    *(other_delimiter, well_delimited, change_field, change_field, change_field, change_head, change_head, drop_field),
    *(add_field, drop_column, add_column, swap_columns, odd_row, odd_quotes, odd_quotes, labels),
)
