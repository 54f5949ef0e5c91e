"""The values of a component in a message, each with the place at which it first came."""

from typing import Final

import numpy as np
import polars as pl

from icstip.messages.data_json.writing.texts import plain
from icstip.schema import Column

_NONE: Final = -1
_MANY: Final = 20_000
"""So many values are more than it is worth to look through again."""


class Values:
    """The values of a component, in the order in which they were met.

    Args:
        column: The component.
    """

    def __init__(self, column: Column) -> None:
        self.column = column
        self.texts: list[str] = []
        self._places: dict[str, int] = {}
        # The codes of the enumeration that the last frame had, with their places.
        self._enum = pl.Enum([])
        self._of_codes = np.empty(0, np.int64)
        self._all = pl.Enum([])  # the values, when they are few
        self._told: dict[tuple[str, str], pl.Series] = {}

    def place(self, text: str) -> int | None:
        """Return the place of a value, or None when it was not met."""
        return self._places.get(text)

    def places(self, values: pl.Series) -> pl.Series:
        """Return the places of values as UInt32; null where there is no value.

        Args:
            values: A column of a data set.
        """
        if not isinstance(values.dtype, pl.Enum):
            texts = plain(values)
            known = texts.cast(self._all, strict=False)
            if known.null_count() == texts.null_count():
                return known.to_physical().cast(pl.UInt32)
            values = texts.cast(pl.Enum(texts.drop_nulls().unique(maintain_order=True)))
            self._look_up(values)
            if len(self.texts) <= _MANY:
                self._all = pl.Enum(self.texts)
        else:
            self._look_up(values)
        return pl.Series(values.name, self._of_codes, pl.UInt32, strict=False).gather(values.to_physical())

    def told(self, places: pl.Series, before: str, after: str = "") -> pl.Series:
        """Return places as texts, with something before and after each; null where there is none.

        Args:
            places: Places of values.
            before: What comes before.
            after: What comes after.
        """
        if len(self.texts) > _MANY:
            return before + places.cast(pl.String) + after
        told = self._told.get((before, after))
        if told is None or len(told) < len(self.texts):
            told = pl.Series([f"{before}{place}{after}" for place in range(len(self.texts))], dtype=pl.String)
            self._told[before, after] = told
        return told.gather(places)

    def _look_up(self, values: pl.Series) -> None:
        """Find the places of the codes of an enumeration that values have; those that are new get one."""
        enum = values.dtype
        assert isinstance(enum, pl.Enum)  # noqa: S101 - so it is called
        if enum != self._enum:
            self._enum = enum
            self._of_codes = np.full(len(enum.categories), _NONE, np.int64)
        met = values.to_physical().drop_nulls().unique(maintain_order=True)
        new = [code for code in met if self._of_codes[code] == _NONE]
        for code, text in zip(new, enum.categories.gather(new) if new else (), strict=True):
            self._of_codes[code] = self._places.setdefault(text, len(self._places))
            if len(self._places) > len(self.texts):
                self.texts.append(text)
