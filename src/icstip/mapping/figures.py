"""Texts of figures → values, bounds and status. Zero, missing and suppressed are never confused.

What each kind of cell means for the attributes of its observation is data (`dsd/cells.toml`), as are the signs that a
mapping declares.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from icstip.mapping.model import OPEN, Codes, FigureFormat
from icstip.tables.digits import RAISED

VALUE, LOWER, UPPER, STATUS, PROBLEM = "__value", "__lower", "__upper", "__status", "__problem"
MARK, NOTE = "__mark", "__note"
EXACT_DIGITS = 15  # a 64-bit number holds this many decimal digits of any figure

_BELOW = re.compile(r"<\s*([1-9]\d*)")
_AT_MOST = re.compile(r"(?:≤|<=)\s*(\d+)")
_RANGE = re.compile(r"(\d+)\s*[-–]\s*(\d+)")
_NOTE = re.compile(rf"[{RAISED}](?:[{RAISED}, ]*[{RAISED}])?$")


@dataclass(frozen=True, slots=True)
class CellMeanings:
    """The attribute codes of an observation by kind of cell.

    Attributes:
        number: A figure.
        blank: Nothing is written: nobody knows.
        bounded: A small count of which only the bounds are published.
        lower, upper: The attributes that hold the bounds.
    """

    number: Codes
    blank: Codes
    bounded: Codes
    lower: str
    upper: str


def read_figures(texts: pl.Series, written: FigureFormat) -> pl.DataFrame:
    """Return what each text of a figure means.

    Args:
        texts: String; null where the cell is blank.
        written: How the table writes figures.

    Returns:
        A frame of the same height: `VALUE`, `LOWER`, `UPPER` (Float64, null where absent), `STATUS` (UInt32, an index
        into `statuses(written, meanings)`), `PROBLEM` (String: code of the finding, null where the text is understood),
        `MARK` (String: the declared mark at the figure, or null) and `NOTE` (String: one that is raised and that the
        mapping does not declare, or null).
    """
    # A sign may look like a number (9999 for "not known"); what the mapping declares goes first.
    is_sign = pl.col("text").is_in([*written.signs, *_folded_signs(written)])
    number = pl.when(~is_sign).then(_plain_number(written))
    frame = pl.DataFrame({"text": texts}).with_columns(number.alias(VALUE))
    others = frame.filter(pl.col("text").is_not_null() & pl.col(VALUE).is_null())["text"].unique().to_list()
    rules = _rules(others, written)
    by_kind = (
        pl.when(pl.col("text").is_null())
        .then(_BLANK)
        .when(pl.col(VALUE).is_not_null())
        .then(NUMBER)
        .otherwise(pl.col(STATUS))
    )
    return frame.join(rules, on="text", how="left", maintain_order="left").select(
        pl.coalesce(VALUE, _SIGN_VALUE), LOWER, UPPER, by_kind.cast(pl.UInt32).alias(STATUS), PROBLEM, MARK, NOTE
    )


def _rules(texts: Sequence[str], written: FigureFormat) -> pl.DataFrame:
    """Return what each of these texts means that are no plain numbers."""
    parts = [_parted(text, written) for text in texts]
    numbers = pl.DataFrame({"text": pl.Series([core for core, *_ in parts], dtype=pl.String)}).select(
        _plain_number(written).alias(VALUE)
    )
    rules = []
    for text, (core, mark, note), number in zip(texts, parts, numbers[VALUE], strict=True):
        is_number = core != text and number is not None
        outcome = (number, None, None, NUMBER, None) if is_number else _read_other(core, written)
        rules.append((text, *outcome, mark, note) if outcome[-1] is None else (text, *outcome, None, None))
    return pl.DataFrame(rules, schema=_RULES, orient="row")


def _parted(text: str, written: FigureFormat) -> tuple[str, str | None, str | None]:
    """Return a figure without the marks at it, the declared mark, and one that is raised and not declared."""
    note = _NOTE.search(text)
    if text in written.signs or (note and note[0] in written.marks):
        note = None
    core = text[: note.start()].rstrip() if note else text
    for mark in sorted(written.marks, key=len, reverse=True):
        if core not in written.signs and mark in (core[: len(mark)], core[-len(mark) :]):
            core = core.removesuffix(mark) if core.endswith(mark) else core.removeprefix(mark)
            return core.strip(), mark, note[0] if note else None
    return core, None, note[0] if note else None


_Outcome = tuple[float | None, float | None, float | None, int | None, str | None]
_SIGN_VALUE = "__sign_value"
_RULES = {
    "text": pl.String,
    _SIGN_VALUE: pl.Float64,
    LOWER: pl.Float64,
    UPPER: pl.Float64,
    STATUS: pl.UInt32,
    PROBLEM: pl.String,
    MARK: pl.String,
    NOTE: pl.String,
}
NUMBER, _BLANK, _BOUNDED, _FIRST_SIGN = 0, 1, 2, 3


def statuses(written: FigureFormat, meanings: CellMeanings) -> list[Codes]:
    """Return the attribute codes that `STATUS` points to; a sign has those of a number or a blank beside its own."""
    of_signs = [
        {**(meanings.number if sign in written.sign_values else meanings.blank), **codes}
        for sign, codes in written.signs.items()
    ]
    return [meanings.number, meanings.blank, meanings.bounded, *of_signs]


def loses_digits(texts: pl.Expr) -> pl.Expr:
    """Return whether a figure has more significant digits than a number keeps."""
    return texts.str.replace_all(r"\D", "").str.strip_chars_start("0").str.len_chars() > EXACT_DIGITS


def _plain_number(written: FigureFormat) -> pl.Expr:
    """Return the value of texts that are numbers as the mapping says they are written, else null."""
    point = re.escape(written.decimal)
    group = f"[{re.escape(written.thousands)}]" if written.thousands.strip() else r"[\s\u00a0\u202f]"
    fraction = "" if written.decimal == OPEN else rf"(?:{point}\d+)?"
    grouped = rf"[1-9]\d{{0,2}}(?:{group}\d{{3}})+|" if written.thousands else ""  # 0,240 is a decimal, if anything
    pattern = rf"^[+\-−]?(?:{grouped}\d+){fraction}(?:[eE][+\-]?\d+)?$"
    if written.whole:  # counts: neither below zero nor with a part of one, but for zeroes behind the point
        pattern = rf"^\+?(?:{grouped}\d+)" + (rf"(?:{point}0+)?$" if fraction else "$")
    text = pl.col("text")
    cleaned = text.str.replace_all(group, "") if written.thousands else text
    cleaned = cleaned.str.replace(point, ".").str.replace("−", "-").str.strip_prefix("+")
    value = pl.when(text.str.contains(pattern)).then(cleaned).cast(pl.Float64, strict=False)
    vanished = (value == 0) & text.str.contains("^[^eE]*[1-9]")  # 1e-400 is not none
    return pl.when(value.is_finite() & ~vanished).then(value)


def _folded_signs(written: FigureFormat) -> dict[str, str]:
    """Return the signs by their folded form, where only one has it: x and X can be declared apart."""
    folded = [sign.casefold() for sign in written.signs]
    return {sign.casefold(): sign for sign in written.signs if folded.count(sign.casefold()) == 1}


def _read_other(text: str, written: FigureFormat) -> _Outcome:
    """Return what a text is that is no plain number: a declared sign, bounds, or neither."""
    sign = text if text in written.signs else _folded_signs(written).get(text.casefold())
    if sign is not None:
        return written.sign_values.get(sign), None, None, list(written.signs).index(sign) + _FIRST_SIGN, None
    if below := _BELOW.fullmatch(text):
        # Counts: fewer than five is at most four. Nothing says that there was at least one.
        return None, 0.0, float(below[1]) - 1, _BOUNDED, None
    if at_most := _AT_MOST.fullmatch(text):
        return None, 0.0, float(at_most[1]), _BOUNDED, None
    between = _RANGE.fullmatch(text)
    if between and int(between[1]) <= int(between[2]):
        return None, float(between[1]), float(between[2]), _BOUNDED, None
    return None, None, None, None, "FIGURE-001"
