"""Arrays of measures and attributes as columns of texts."""

from collections.abc import Sequence

import polars as pl

from icstip.messages.data_json.reading.cells import columns_of, texts_of
from icstip.messages.data_json.reading.components import Component
from icstip.messages.data_json.reading.node import Context

Frame = dict[str, pl.Series]
"""Columns of texts by the ids of their components."""


class Arrays:
    """Reads arrays of one kind.

    Args:
        components: What stands in them, in its order; annotations follow.
        context: What is known while they are read.
        path: The path to them.
        has_defaults: Whether default values count where there are none.
    """

    def __init__(self, components: Sequence[Component], context: Context, path: str, *, has_defaults: bool) -> None:
        self._components = components
        self._context = context
        self._path = path
        self._has_defaults = has_defaults

    def columns(self, arrays: Sequence[object]) -> Frame:
        """Return the columns of arrays: all that any of them has, and those that have default values.

        Args:
            arrays: The arrays; None stands for an empty one.

        Raises:
            FormatError: They are broken.
        """
        cells = columns_of(arrays, self._context, self._path)
        found: Frame = {}
        for place, component in enumerate(self._components):
            if place < len(cells):
                path = f"{self._path}.{component.id}"
                found[component.id] = texts_of(cells[place], component.values, self._context, path).alias(component.id)
            if self._has_defaults and component.default is not None:
                empty = pl.Series(component.id, [None], pl.String).new_from_index(0, len(arrays))
                found[component.id] = found.get(component.id, empty).fill_null(component.default)
        for rest in cells[len(self._components) :]:
            self._annotations(rest)
        return found

    def _annotations(self, cells: Sequence[object]) -> None:
        """Say that annotations, to which whole numbers after everything else refer, are not read."""
        if not set(map(type, cells)) <= {int, type(None)}:
            raise self._context.broken(self._path, "an array has more than there are components")
        self._context.not_read("annotations", len(cells) - cells.count(None))
