"""What stands elsewhere, as the tables name it: ``AGENCY:ID(VERSION)``, and the patterns of what is taken there."""

import re

from icstip.artefacts.base import Reference

FORM = "AGENCY:ID(VERSION)"

_NAMED = re.compile(
    r"(?P<agency>[A-Za-z][A-Za-z0-9_.\-]*):(?P<id>[A-Za-z0-9_@$\-]+)"
    r"\((?P<version>\d+(\.\d+){0,2}(-[0-9A-Za-z.\-]+)?)\)"
)


def is_foreign(name: str) -> bool:
    """Return whether a name is meant for something that is not in the standard."""
    return ":" in name


def whole_value(pattern: str) -> str:
    """Return the regular expression (RE2) of values that a pattern describes from their beginning to their end."""
    return f"(?s)^(?:{pattern})$"


def foreign_reference(kind: str, name: str) -> Reference | None:
    """Return the reference that a name stands for, or None if it is not one.

    Args:
        kind: Class of what is named, for example ``Codelist``.
        name: Its name.

    Example:
        >>> foreign_reference("Codelist", "SDMX:CL_SEX(2.1)")
        Reference(kind='Codelist', agency='SDMX', id='CL_SEX', version='2.1', item='')
        >>> foreign_reference("Codelist", "CL_SEX") is None
        True
    """
    named = _NAMED.fullmatch(name)
    return Reference(kind, named["agency"], named["id"], named["version"]) if named else None
