"""Cells of arrays as columns of texts, whole columns at a time."""

from collections.abc import Mapping, Sequence
from itertools import chain, zip_longest
from typing import Final

import polars as pl

from icstip.messages.data_json.reading.node import Context, chosen

_NONE: Final = type(None)


def columns_of(arrays: Sequence[object], context: Context, path: str) -> list[Sequence[object]]:
    """Return the columns of arrays; None where an array is shorter.

    Args:
        arrays: The arrays; None stands for an empty one.
        context: What is known while they are read.
        path: The path to them.

    Raises:
        FormatError: One is no array.
    """
    kinds = set(map(type, arrays))
    if kinds - {list, _NONE}:
        raise context.broken(path, "what is said of a key is no array")
    rows = [[] if array is None else array for array in arrays] if _NONE in kinds else arrays
    widths = set(map(len, rows))  # type: ignore[arg-type] # they are lists
    if len(widths) == 1:
        width = widths.pop()
        flat: list[object] = list(chain.from_iterable(rows))  # type: ignore[arg-type]
        return [flat[place::width] for place in range(width)]
    return list(zip_longest(*rows))  # type: ignore[call-overload]


def texts_of(cells: Sequence[object], values: pl.Series | None, context: Context, path: str) -> pl.Series:
    """Return cells as texts.

    Args:
        cells: Places of values, or values.
        values: The values of the component by their places; None when they stand in the cells themselves.
        context: What is known while they are read.
        path: The path to them, ending with the id of the component.

    Raises:
        FormatError: A place is beyond the values, or a cell is neither a place nor a value.
    """
    kinds = set(map(type, cells))
    if values is None:
        return _in_place(cells, kinds, context, path)
    if kinds <= {int, _NONE}:
        return _looked_up(cells, values, context, path)
    places = [cell if type(cell) is int else None for cell in cells]
    found = _looked_up(places, values, context, path)
    # Only what cannot be a place stands for itself (SDMX-JSON field guide: NaN, #N/A).
    others: list[object] = [None if type(cell) is int else cell for cell in cells]
    if list in kinds:
        others = [_each(cell, values, context, path) if isinstance(cell, list) else cell for cell in others]
    return pl.select(pl.coalesce(found, _in_place(others, set(map(type, others)), context, path))).to_series()


def scalar_text(value: object, context: Context, path: str) -> str | None:
    """Return one value as a text; None when there is none, or several, which is told.

    Args:
        value: The value.
        context: What is known while it is read.
        path: The path to it, ending with the id of the component.

    Raises:
        FormatError: It is no value.
    """
    name = path.rpartition(".")[2]
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        return chosen(value, context, name)
    if isinstance(value, list):
        if len(value) > 1:
            context.not_read(f"{name}[]")
            return None
        return scalar_text(value[0], context, path) if value else None
    raise context.broken(path, "it is no value")


def repeated(value: str | None, height: int, name: str = "") -> pl.Series:
    """Return a column of one value."""
    return pl.Series(name, [value], pl.String).new_from_index(0, height)


def _each(cell: list[object], values: pl.Series, context: Context, path: str) -> object:
    found = _looked_up(cell, values, context, path).to_list() if set(map(type, cell)) <= {int, _NONE} else cell
    return [value for value in found if value is not None]


def _in_place(cells: Sequence[object], kinds: set[type], context: Context, path: str) -> pl.Series:
    if kinds <= {str, _NONE}:
        return pl.Series(cells, dtype=pl.String)
    if kinds <= {int, str, _NONE}:
        if str not in kinds:
            try:
                return pl.Series(cells, dtype=pl.Int64).cast(pl.String)
            except (OverflowError, TypeError):  # a whole number of more than 64 bits
                pass
        return pl.Series([None if cell is None else str(cell) for cell in cells], dtype=pl.String)
    return pl.Series([scalar_text(cell, context, path) for cell in cells], dtype=pl.String)


def _looked_up(cells: Sequence[object], values: pl.Series, context: Context, path: str) -> pl.Series:
    try:
        places = pl.Series(cells, dtype=pl.UInt32)
    except (OverflowError, TypeError):
        raise context.broken(path, "a place is none of a value") from None
    most = places.max()
    if isinstance(most, int) and most >= len(values):
        raise context.broken(path, f"there is no value at the place {most}")
    return values.gather(places)


def looked_up(
    keys: pl.Series, dimensions: Mapping[str, pl.Series], context: Context, path: str
) -> dict[str, pl.Series]:
    """Return the values of dimensions that keys stand for.

    Args:
        keys: Places of values, separated by colons.
        dimensions: The values of the dimensions in the order of the keys.
        context: What is known while they are read.
        path: The path to them.

    Raises:
        FormatError: A key has another number of parts, or a part is no place of a value.
    """
    found = {}
    for (name, values), part in zip(dimensions.items(), parts_of(keys, len(dimensions), context, path), strict=True):
        places = part.cast(pl.UInt32, strict=False)
        if places.null_count():
            raise context.broken(f"{path}[{_first(keys, places.is_null())}]", f"it has no place of a value of {name}")
        if len(places) and places.max() >= len(values):  # type: ignore[operator] # a number, as there are some
            wrong = _first(keys, places >= len(values))
            raise context.broken(f"{path}[{wrong}]", f"there is no such value of {name}")
        found[name] = values.gather(places)
    return found


def parts_of(keys: pl.Series, number: int, context: Context, path: str) -> list[pl.Series]:
    """Return the parts of keys.

    Args:
        keys: The keys.
        number: How many parts they must have.
        context: What is known while they are read.
        path: The path to them.

    Raises:
        FormatError: A key has another number of parts.
    """
    if number:
        signed = keys.str.contains("+", literal=True)  # which polars takes for a part of a number
        wrong = signed | (keys.str.count_matches(":", literal=True) != number - 1)
    else:  # the key of the one observation of a message that has all dimensions at the data set
        wrong = ~keys.is_in(["", "0"])
    if wrong.any():
        raise context.broken(f"{path}[{_first(keys, wrong)}]", f"the key has not {number} parts")
    if number < 2:
        return [keys] * number
    return keys.str.splitn(":", number).struct.unnest().get_columns()


def _first(keys: pl.Series, which: pl.Series) -> str:
    return str(keys.filter(which)[0])
