"""Versions of artefacts (SDMX 3.0 §6, semantic versioning)."""

import re
from collections.abc import Iterable
from typing import Final

# Three numbers without leading zeroes, and an extension.
SEMANTIC: Final = re.compile(
    r"(?P<major>0|[1-9]\d*)\.(?P<minor>0|[1-9]\d*)\.(?P<patch>0|[1-9]\d*)"
    r"(?P<extension>-[0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*)?"
)
_OPEN: Final = re.compile(r"(\d+\+?|\*)(\.(\d+\+?|\*))*")
_LEADING: Final = re.compile(r"\d+(\.\d+)*")
DRAFT: Final = "-draft"
"""The extension of what SDMX 2.1 calls not final."""


def is_semantic(version: str) -> bool:
    """Return whether a version is a semantic one: three numbers, with or without an extension."""
    return SEMANTIC.fullmatch(version) is not None


def is_stable(version: str) -> bool:
    """Return whether what has this version can never change: it is semantic and has no extension."""
    return is_semantic(version) and "-" not in version


def without_extension(version: str) -> str:
    """Return a version without its extension.

    Example:
        >>> without_extension("1.0.0-draft")
        '1.0.0'
    """
    return version.partition("-")[0]


def has_wildcard(version: str) -> bool:
    """Return whether a reference with this version can mean several versions: ``1.0+.0``, ``2+``, ``*``."""
    return "+" in version or "*" in version


def fits(version: str, wanted: str) -> bool:
    """Return whether a version is one that a version with wildcards can mean (SDMX 3.0 §6, semantic versioning).

    ``*`` stands for any number. A number with ``+`` may be higher: then those before it are fixed, and those after it
    only count where it is not higher.

    Example:
        >>> fits("1.4.0", "1.2+.3"), fits("1.2.2", "1.2+.3"), fits("2.0.0", "1.2+.3")
        (True, False, False)
    """
    if not _OPEN.fullmatch(without_extension(wanted)):
        return False
    numbers, parts = numbers_of(version), without_extension(wanted).split(".")
    plus = next((place for place, part in enumerate(parts) if part.endswith("+")), None)
    if plus is not None:
        lowest = numbers_of(wanted)
        return numbers[:plus] == lowest[:plus] and numbers >= lowest
    return all(
        part == "*" or (place < len(numbers) and part == str(numbers[place])) for place, part in enumerate(parts)
    )


def latest_fitting(versions: Iterable[str], wanted: str) -> str | None:
    """Return the latest of some versions that a version with wildcards can mean, or None; drafts before the stable one.

    Args:
        versions: The versions that there are.
        wanted: A version with wildcards.
    """
    fitting = (version for version in versions if fits(version, wanted))
    return max(fitting, key=lambda version: (numbers_of(version), "-" not in version), default=None)


def without_wildcards(version: str) -> str:
    """Return the numbers that a version with wildcards begins with; ``1.0`` where it begins with none.

    Example:
        >>> without_wildcards("2.1+.0"), without_wildcards("*")
        ('2.1.0', '1.0')
    """
    found = _LEADING.match(version.replace("+", ""))
    return found[0] if found else "1.0"


def numbers_of(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, with or without wildcards, for comparisons.

    Example:
        >>> numbers_of("1.10.0-draft")
        (1, 10, 0)
    """
    parts = without_extension(version).replace("+", "").split(".")
    return tuple(int(part) for part in parts if part.isdecimal())
