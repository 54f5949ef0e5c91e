"""Versions as queries ask for them (SDMX-REST 2.1, doc/querying_versions.md; SDMX-REST 1.5, 4.3 structural queries)."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from tests.registry.exchange import RefusedError

_VERSION: Final = re.compile(r"(?P<numbers>\d+(\.\d+){0,2})(?P<extension>-[0-9A-Za-z\-.]+)?")
_PART: Final = re.compile(r"(?P<number>\d*)(?P<operator>[+~*]?)")


def order(version: str) -> tuple[object, ...]:
    """Return a key by which versions sort: drafts before what is released (SDMX 3.0 §6, precedence)."""
    numbers, _, extension = version.partition("-")
    padded = [*(int(part) for part in numbers.split(".")), 0, 0]
    parts = [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in extension.split(".")]
    return (*padded[:3], not extension, *parts)


@dataclass(frozen=True, slots=True)
class VersionQuery:
    """One version, the latest one, the latest stable one, or all of some.

    Attributes:
        exact: The version, where it is one; else empty.
        operator: ``+`` for the latest stable one, ``~`` for the latest one, ``*`` for all.
        place: Number of the part that may be higher, from 0.
        lowest: The numbers that there must be at least; empty for any.
    """

    exact: str = ""
    operator: str = ""
    place: int = 0
    lowest: tuple[int, ...] = ()

    def of(self, versions: Iterable[str]) -> set[str]:
        """Return the versions that are meant."""
        if self.exact:
            return {version for version in versions if version == self.exact}
        fitting = {version for version in versions if self._fits(version)}
        return fitting if self.operator == "*" or not fitting else {max(fitting, key=order)}

    def _fits(self, version: str) -> bool:
        text, _, extension = version.partition("-")
        numbers = tuple(int(part) for part in text.split("."))
        if self.operator == "+" and (extension or len(numbers) != 3 or numbers[0] == 0):
            return False
        if not self.lowest:
            return True
        same = numbers[: self.place] == self.lowest[: self.place]
        return len(numbers) == len(self.lowest) and same and numbers >= self.lowest


def parse_versions(text: str) -> tuple[VersionQuery, ...]:
    """Return what a version in a query of SDMX-REST 2.x means.

    Raises:
        RefusedError: It is no such version.
    """
    return tuple(_parsed(part) for part in text.split(","))


def parse_old_versions(text: str) -> tuple[VersionQuery, ...]:
    """Return what a version in a query of SDMX-REST 1.5 means: ``all``, ``latest``, or versions with ``+`` between.

    Raises:
        RefusedError: It is no such version.
    """
    if text == "all":
        return (VersionQuery(operator="*"),)
    if text == "latest":
        return (VersionQuery(operator="~"),)
    parts = text.split("+")
    if not all(re.fullmatch(r"\d+(\.\d+)*", part) for part in parts):
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"'{text}' is no version, nor all or latest")
    return tuple(VersionQuery(exact=part) for part in parts)


def meant(queries: Collection[VersionQuery], versions: Collection[str]) -> set[str]:
    """Return the versions that one of some queries means."""
    return {version for query in queries for version in query.of(versions)}


def _parsed(text: str) -> VersionQuery:
    if _VERSION.fullmatch(text):
        return VersionQuery(exact=text)
    parts = [_PART.fullmatch(part) for part in text.split(".")]
    whole = [part for part in parts if part is not None and part[0]]
    operators = [(place, part["operator"]) for place, part in enumerate(whole) if part["operator"]]
    if len(whole) != len(parts) or len(operators) != 1 or len(parts) > 3:
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"'{text}' is no version, nor one with one of the signs + ~ *")
    place, operator = operators[0]
    if len(whole) == 1 and not whole[0]["number"]:
        return VersionQuery(operator=operator)
    return VersionQuery("", operator, place, tuple(int(part["number"] or 0) for part in whole))
