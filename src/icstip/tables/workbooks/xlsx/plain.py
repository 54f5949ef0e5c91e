"""Cells of which the reader of values tells everything: found by patterns, so that only the others need a closer look.

The patterns know cells as spreadsheet programs write them. A cell that is written otherwise is not found, and gets the
closer look.
"""

import re
from collections.abc import Collection

_MAX_SPECIAL = 100  # styles in a pattern; with more of them, each cell with a style gets the closer look

# The reader gives fractions with nine decimals, so only short whole numbers are safe with it.
_NUMBER = rb'(?: t="n")?>(?:<f[^<]*(?:</f>)?)?<v>-?[0-9]{1,15}</v></c>'


def _style(special: Collection[int]) -> bytes:
    """Return the pattern of the attribute of a style that shows a value as a number."""
    none = b"(?!)" if 0 in special else b""  # a cell without the attribute has the first style
    if len(special) > _MAX_SPECIAL:
        return none
    but = rb'(?!(?:%b)")' % b"|".join(b"%d" % style for style in special) if special else b""
    return rb'(?: s="%b[0-9]+"|%b)' % (but, none)


def plain_cell(special: Collection[int]) -> re.Pattern[bytes]:
    """Return the pattern of a cell that is blank, points to a text, or holds a short whole number shown as such.

    Args:
        special: The numbers of the styles that show a number otherwise than as a number.
    """
    ends = rb'(?: s="[0-9]+")?(?:/>| t="s"><v>[0-9]+</v></c>)|%b%b' % (_style(special), _NUMBER)
    return re.compile(rb'<c r="[A-Z]+[0-9]+"(?:%b)' % ends)


def number_cell() -> re.Pattern[bytes]:
    """Return the pattern of a cell that holds a number: its column, row, style and value are groups."""
    number = rb"(-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?)"
    formula = rb"(?:<f[^<]*(?:</f>)?)?"
    return re.compile(
        rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]+)")?(?: t="n")?>%b<v>%b</v></c>' % (formula, number)
    )


def other_cell(special: Collection[int]) -> re.Pattern[bytes]:
    """Return the pattern of the start of a cell that is none of these, nor a text of its own.

    Args:
        special: The numbers of the styles that show a number otherwise than as a number.
    """
    # What most cells have stands first and once more by itself: the pattern is tried at every cell of a large table.
    ends = rb' t="s"|(?: s="[0-9]+")?(?:/>| t="(?:s|inlineStr)")|%b%b' % (_style(special), _NUMBER)
    return re.compile(rb'<c r="(?![A-Z]+[0-9]+"(?:%b))' % ends)
