"""Versions and how far they must move: semantic versioning as SDMX 3.0 section 6 has it (annex, semantic versioning).

What it says of the three numbers: the patch number moves when only names, descriptions and annotations change; the
minor one when something is added to what goes on to be valid; the major one when something that was valid no longer is.
A version with an extension (``1.1.0-draft``) and one below 1.0.0 are not stable: what has them may change.
"""

from enum import IntEnum

from icstip.artefacts.base import Maintainable
from icstip.artefacts.versions import is_semantic, is_stable, without_extension

_LONGEST_NUMBER = 18


class Bump(IntEnum):
    """How far a version must move because of a change."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    @property
    def label(self) -> str:
        """The name of it in reports: ``none``, ``patch``, ``minor`` or ``major``."""
        return self.name.lower()


def is_frozen(artefact: Maintainable) -> bool:
    """Return whether an artefact may never change under the version that it has.

    It may not when its version is semantic, has no extension and is not below 1.0.0, and when SDMX 2.1 calls a version
    of two parts final. Below 1.0.0 anything may change at any time, and two parts promise nothing in SDMX 3.0.
    """
    if is_semantic(artefact.version):
        return is_stable(artefact.version) and numbers(artefact.version)[0] > 0
    return artefact.final is True


def next_version(old: str, bump: Bump) -> str:
    """Return the least version that something must have after a change.

    Below 1.0.0 the minor number moves where the major one otherwise would. Versions of two parts have no patch number.

    Args:
        old: The version before the change. What has an extension keeps it: a draft may change.
        bump: How far the version must move.

    Example:
        >>> next_version("1.2.3", Bump.MINOR), next_version("1.2", Bump.MAJOR), next_version("1.2.0-draft", Bump.MAJOR)
        ('1.3.0', '2.0', '1.2.0-draft')
    """
    if bump is Bump.NONE or "-" in old or not all(part.isdecimal() for part in old.split(".")):
        return old
    major, minor, patch = numbers(old)
    if not is_semantic(old):
        return f"{major + 1}.0" if bump is Bump.MAJOR else f"{major}.{minor + 1}"
    if bump is Bump.PATCH:
        return f"{major}.{minor}.{patch + 1}"
    return f"{major + 1}.0.0" if bump is Bump.MAJOR and major else f"{major}.{minor + 1}.0"


def numbers(version: str) -> tuple[int, int, int]:
    """Return major, minor and patch number of a version, without extension and wildcards; what is missing is 0.

    Example:
        >>> numbers("1.2"), numbers("2.3+.1"), numbers("1.0.0-draft")
        ((1, 2, 0), (2, 3, 1), (1, 0, 0))
    """
    parts = [part.strip("+") for part in without_extension(version).split(".")]
    found = [int(part[:_LONGEST_NUMBER]) if part.isdecimal() else 0 for part in (*parts, "", "")]
    return found[0], found[1], found[2]


def precedence(version: str) -> tuple[object, ...]:
    """Return a key by which versions sort: what has an extension goes before what has the same numbers without it.

    Example:
        >>> sorted(["1.0.0", "1.0.0-rc.1", "1.0.0-draft", "1.0.0-rc", "0.9.0"], key=precedence)
        ['0.9.0', '1.0.0-draft', '1.0.0-rc', '1.0.0-rc.1', '1.0.0']
    """
    extension = version.partition("-")[2]
    identifiers = tuple(_identifier(part) for part in extension.split(".")) if extension else ()
    return (*numbers(version), not extension, identifiers)


def reference_bump(old: str, new: str) -> Bump:
    """Return what a reference asks for whose version changed, when nothing is known but the two versions.

    A reference to a higher version of something brings what changed in it; one to a lower version takes it away again.
    One that begins or ceases to follow new versions (``1.0+.0``) asks for as much as it may bring.

    Args:
        old: The version in the reference as it was.
        new: The version in the reference as it is.
    """
    return max(_distance(numbers(old), numbers(new)), _follows(old, new))


def _distance(old: tuple[int, int, int], new: tuple[int, int, int]) -> Bump:
    if old[0] != new[0]:
        return Bump.MAJOR
    if old[1] != new[1]:
        return Bump.MINOR if new[1] > old[1] else Bump.MAJOR
    return Bump.PATCH


def _follows(old: str, new: str) -> Bump:
    if "*" in new:
        return Bump.MAJOR
    if "+" not in new:
        return Bump.MINOR if is_wildcard(old) else Bump.NONE
    place = next(place for place, part in enumerate(new.split(".")) if "+" in part)
    return (Bump.MAJOR, Bump.MINOR, Bump.PATCH)[min(place, 2)]


def is_wildcard(version: str) -> bool:
    """Return whether the version in a reference stands for several versions: ``1.0+.0``, ``*``."""
    return "+" in version or "*" in version


def _identifier(part: str) -> tuple[bool, int, str]:
    # Section 6: identifiers of digits are compared as numbers and go before those with letters.
    if part.isdecimal():
        return (False, int(part[:_LONGEST_NUMBER]), "")
    return (True, 0, part)
