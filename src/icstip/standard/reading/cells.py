"""Cells and rows as values of the model, with the error that says where one cannot be."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import TypeVar

from icstip.errors import StandardError
from icstip.findings import Place
from icstip.standard.model import Texts
from icstip.standard.tables import Row, Table

Item = TypeVar("Item")


def by_id(table: Table, build: Callable[[Row], Item]) -> Mapping[str, Item]:
    """Return what a function makes of each row, by its id.

    Raises:
        StandardError: The table has a fault, or an id is missing or stands twice.
    """
    items: dict[str, Item] = {}
    for row in table.sound().rows:
        if not row["id"]:
            raise StandardError("standard-value", where=str(table.place(row)), value="", field="id", expected="…")
        if row["id"] in items:
            raise repeated(row["id"], table.place(row))
        items[row["id"]] = build(row)
    return items


def texts_of(row: Row, kind: str, languages: Sequence[str]) -> Texts:
    """Return a text of a row by language; a language without a text is absent."""
    return {language: text for language in languages if (text := row.cells[f"{kind}_{language}"])}


def known(value: str, among: Container[str], field: str, place: Place) -> str:
    """Return an id that exists.

    Raises:
        StandardError: It does not.
    """
    if value not in among:
        raise StandardError("standard-reference", where=str(place), value=value, field=field)
    return value


def all_known(values: str, among: Container[str], field: str, place: Place) -> tuple[str, ...]:
    """Return ids of a cell, separated by blanks, that all exist.

    Raises:
        StandardError: One does not.
    """
    return tuple(known(value, among, field, place) for value in values.split())


def one_of(row: Row, field: str, allowed: Iterable[str], place: Place) -> str:
    """Return a cell that holds one of certain words.

    Raises:
        StandardError: It holds something else.
    """
    words = tuple(str(item) for item in allowed)
    if row[field] in words:
        return row[field]
    raise StandardError("standard-value", where=str(place), value=row[field], field=field, expected=", ".join(words))


def repeated(value: str, place: Place) -> StandardError:
    """Return the error that an id stands a second time."""
    return StandardError("standard-repeated", where=str(place), value=value)
