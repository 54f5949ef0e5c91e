"""What the figures and labels of a table say beyond the words: what follows from what, what a blank stands for."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import polars as pl

from icstip.mapping.model import OPEN
from icstip.mapping.suggesting.draft import Reason, Written

_VALUE: Final = "__value"
_GROUPED: Final = r"^[+\-−]?[1-9]\d{0,2}(?:%s\d{3})+(?:[.,]\d+)?$"
_SEVERAL: Final = 3
_MANY: Final = 10
_STRONG: Final = 0.9
_ABOUT: Final = (0.75, 1.05)  # of a whole: some can be of unknown members, a few can be counted twice
_SIGNS: Final = {",": ",", ".": r"\.", " ": r"[ \u00a0\u202f]", "'": "'", "’": "’"}


def follows(frame: pl.DataFrame, column: str, known: Sequence[str]) -> str:
    """Return the first of some columns with different labels from each of which a column follows, or nothing.

    Args:
        frame: String columns.
        column: The column.
        known: Columns from which it can follow.
    """
    for other in known:
        pairs = frame.select(column, other).drop_nulls(other).unique()
        if pairs[other].n_unique() > 1 and pairs.height == pairs[other].n_unique():
            return other
    return ""


def blank_is_total(
    frame: pl.DataFrame, column: str, keys: Sequence[str], figures: str, members: Collection[str]
) -> bool:
    """Return whether the figures beside blanks of a column are what those beside its members come to.

    For the same labels in all other columns there are a figure beside a blank and others beside members. Counts beside
    the blank are never smaller than the largest of them, and nearly always about what they add up to: those of persons
    of whom nothing is known are not. Rates, which have decimals, are between the smallest and the largest. One of the
    two must hold for all figures, or for those of one label of another column, such as a unit.

    Args:
        frame: String columns.
        column: The column with blanks.
        keys: All other columns with labels.
        figures: The column with figures.
        members: The labels of the column that are members: not its totals, not unknown ones.
    """
    value = pl.col(figures).str.replace_all(r"[ ,\u00a0\u202f]", "").cast(pl.Float64, strict=False).alias(_VALUE)
    values = frame.select(*keys, column, value).drop_nulls(_VALUE)
    of_members = pl.col(_VALUE).filter(pl.col(column).is_in(list(members)))
    groups = values.group_by(keys).agg(
        whole=pl.col(_VALUE).filter(pl.col(column).is_null()),
        least=of_members.min(),
        most=of_members.max(),
        together=of_members.sum(),
        members=of_members.len(),
    )
    groups = groups.filter((pl.col("whole").list.len() == 1) & pl.col("most").is_not_null())
    groups = groups.with_columns(pl.col("whole").list.first())
    if _holds(groups):
        return True
    parts = (groups.filter(pl.col(key) == label) for key in keys for label in groups[key].drop_nulls().unique())
    return any(_holds(part) for part in parts)


def _holds(groups: pl.DataFrame) -> bool:
    if groups.height < _SEVERAL:
        return False
    whole, least, most, together = (groups[name] for name in ("whole", "least", "most", "together"))
    adds_up = (whole >= most) & (together.is_between(_ABOUT[0] * whole, _ABOUT[1] * whole))
    if adds_up.sum() >= _STRONG * groups.height and (whole > most).any():
        return True
    between = whole.is_between(least, most) & (groups["members"] > 1)
    is_of_rates = (whole != whole.round()).sum() * 2 >= groups.height
    return is_of_rates and between.sum() >= _STRONG * groups.height and (least < most).sum() >= _SEVERAL


def how_written(texts: Sequence[str], signs: Sequence[str]) -> Written:
    """Return how figures are written, as far as they decide it.

    ``1,234`` alone can be a thousand or a little more than one. It is decided by a number with two such signs or with
    decimals behind them, by one with another number of digits behind the sign, or by many such numbers and whole ones
    below a thousand, none from a thousand on.

    Args:
        texts: The distinct figures.
        signs: Texts in the place of figures.
    """
    for sign, pattern in _SIGNS.items():
        having = [text for text in texts if re.search(rf"\d{pattern}\d", text)]
        if not having:
            continue
        if not all(re.match(_GROUPED % pattern, text) for text in having):
            if sign == ",":  # a point is the decimal sign by itself
                reason = Reason("suggest.decimal", {"example": having[0]})
                return Written(_beside_comma(texts), ",", reason, tuple(signs))
        elif sign in {" ", "'", "’"} or _is_decided(having, texts, sign):
            decimal = "," if sign == "." else "."
            return Written(sign, decimal, Reason("suggest.thousands", {"example": having[0]}), tuple(signs))
        else:
            return Written("", OPEN, Reason("suggest.number", {"example": having[0]}), tuple(signs))
    return Written(signs=tuple(signs))


def _beside_comma(texts: Sequence[str]) -> str:
    """Return the sign between thousands of figures with a decimal comma, or nothing."""
    for sign, pattern in _SIGNS.items():
        having = [text for text in texts if sign != "," and re.search(rf"\d{pattern}\d", text)]
        if having and all(re.match(_GROUPED % pattern, text) for text in having):
            return sign
    return ""


def _is_decided(grouped: Sequence[str], texts: Sequence[str], sign: str) -> bool:
    other = "," if sign == "." else "."
    if any(text.count(sign) > 1 or other in text for text in grouped):
        return True
    plain = [text for text in texts if re.fullmatch(r"\d+", text)]
    return len(grouped) >= _MANY and len(plain) >= _SEVERAL and all(len(text) <= len("999") for text in plain)


def agree(frame: pl.DataFrame, column: str, other: str, codes: Mapping[str, str], known: Mapping[str, str]) -> bool:
    """Return whether two columns say the same of a component wherever both say something.

    Args:
        frame: String columns.
        column: A column.
        other: Another one.
        codes: The codes of the labels of the first.
        known: Those of the other one.
    """
    pairs = frame.select(column, other).unique().iter_rows()
    told = ((codes.get(one or ""), known.get(two or "")) for one, two in pairs)
    return all(first == second for first, second in told if first and second)
