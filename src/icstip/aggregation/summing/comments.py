"""The coverage of a figure as a text: one sentence each for what there is to tell, always in the same order."""

from string import Formatter

import polars as pl

from icstip.aggregation.columns import BESIDE, CARRIED_FROM, EXPECTED_AREAS, HIDDEN, REPORTING, SHARE
from icstip.texts import texts


def comment(language: str) -> pl.Expr:
    """Return the text of each sum: areas that report, of how many, and what else there is to know of them.

    Args:
        language: One of the languages of the product.
    """
    numbers = {
        "reporting": pl.col(REPORTING).list.len(),
        "expected": pl.col(EXPECTED_AREAS),
        "hidden": pl.col(HIDDEN).list.len(),
        "carried": pl.col(CARRIED_FROM).list.len(),
        "beside": pl.col(BESIDE).list.len(),
        "share": (pl.col(SHARE) * 100).round(1),
    }
    optional = [
        pl.when(numbers[name].fill_null(0) > 0).then(_filled(f"aggregation.comment.{name}", language, numbers))
        for name in ("hidden", "carried", "beside")
    ]
    share = pl.when(numbers["share"].is_not_null()).then(_filled("aggregation.comment.share", language, numbers))
    areas = _filled("aggregation.comment.areas", language, numbers)
    return pl.concat_str([areas, share, *optional], separator=" ", ignore_nulls=True)


def _filled(key: str, language: str, numbers: dict[str, pl.Expr]) -> pl.Expr:
    """Return a text with numbers in its placeholders."""
    parts: list[pl.Expr] = []
    for before, name, _, _ in Formatter().parse(texts(language)[key]):
        parts.append(pl.lit(before))
        if name is not None:
            parts.append(numbers[name].cast(pl.String))
    return pl.concat_str(parts)
