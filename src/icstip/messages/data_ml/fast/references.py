"""References to characters in values of XML attributes (XML 1.0 §4.1, §4.6), resolved in whole columns."""

import re
from typing import Final

import polars as pl

# The five entities that XML knows, and the characters that writers escape as numbers.
_USUAL: Final = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&#9;": "\t", "&#10;": "\n", "&#13;": "\r"}
_AMPERSAND: Final = "&amp;"
_REFERENCE: Final = re.compile(
    r"&(?:#(?P<number>[0-9]{1,8})|#x(?P<hex>[0-9A-Fa-f]{1,8})|(?P<name>lt|gt|quot|apos|amp));"
)
_NAMES: Final = {"lt": "<", "gt": ">", "quot": '"', "apos": "'", "amp": "&"}


def without_references(values: pl.Series) -> pl.Series | None:
    """Return texts with references to characters resolved, or None if anything else begins with an ampersand.

    Args:
        values: Texts as they stand in the message.
    """
    with_some = values.str.contains("&", literal=True)
    if not with_some.any():
        return values
    distinct = values.filter(with_some).unique()
    usual = "&(?:lt|gt|quot|apos|amp|#9|#10|#13);"
    rest = distinct.filter(distinct.str.replace_all(usual, "").str.contains("&", literal=True))
    if rest.len() == 0:
        return _usual(values)
    resolved = [_resolved(text) for text in rest]
    if any(text is None for text in resolved):
        return None
    # Texts with other references are replaced whole, so that what they resolve to is not looked at again.
    others = pl.DataFrame({"text": rest, "plain": pl.Series(resolved, dtype=pl.String)})
    frame = pl.DataFrame({"text": values}).join(others, on="text", how="left", maintain_order="left")
    return frame.select(pl.coalesce("plain", _usual(frame["text"]).alias("usual")).alias(values.name))[values.name]


def _usual(values: pl.Series) -> pl.Series:
    """Return texts with the usual references resolved; the ampersand last, so that nothing is resolved twice."""
    return values.str.replace_many(list(_USUAL), list(_USUAL.values())).str.replace_all(_AMPERSAND, "&", literal=True)


def _resolved(text: str) -> str | None:
    broken = False

    def character(found: "re.Match[str]") -> str:
        nonlocal broken
        if found["name"]:
            return _NAMES[found["name"]]
        number = int(found["number"]) if found["number"] else int(found["hex"], 16)
        if not _is_character(number):
            broken = True
            return ""
        return chr(number)

    plain = _REFERENCE.sub(character, text)
    unresolved = "&" in _REFERENCE.sub("", text)
    return None if broken or unresolved else plain


def _is_character(number: int) -> bool:
    """Return whether XML has a character of this number (XML 1.0 §2.2)."""
    return (
        number in {0x9, 0xA, 0xD}
        or 0x20 <= number <= 0xD7FF
        or 0xE000 <= number <= 0xFFFD
        or 0x10000 <= number <= 0x10FFFF
    )
