"""Ids of organisations that send data."""

import re
from typing import Final

# SDMX 3.0 §2: ids of organisations, and of agencies below agencies. The first character is a letter or digit, so that
# no id is taken for an option or a formula.
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_@$\-]*(?:\.[A-Za-z0-9][A-Za-z0-9_@$\-]*)*")


def is_id(text: str) -> bool:
    """Return whether a text can be the id of an organisation.

    >>> is_id("UNODC"), is_id("KE.NSO"), is_id("=A1"), is_id("")
    (True, True, False, False)
    """
    return _ID.fullmatch(text) is not None
