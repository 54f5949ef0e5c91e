"""A draft of a mapping: what a table seems to say, why, and what is left to decide. Frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from icstip.mapping.suggesting.recognising.guess import Meaning
from icstip.mapping.suggesting.shape import Shape
from icstip.tables.layouts.layout import Layout

UNSAID: Final = "suggest.unsaid"
"""Why a column is open that holds figures of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is in a draft: a text of the product with what fills its placeholders."""

    id: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ColumnDraft:
    """What a column seems to give.

    Attributes:
        column: Its name in the mapping.
        components: One, several, or none where that is open.
        reason: Why.
        when: The rows that this is about, as conditions of a mapping.
        blank: The code of a blank, or empty.
        blank_reason: Why a blank has that code, or that it is open which one it has.
        meanings: What labels mean, as far as the mapping has to say it.
    """

    column: str
    components: tuple[str, ...]
    reason: Reason
    when: Mapping[str, str] = field(default_factory=dict)
    blank: str = ""
    blank_reason: Reason | None = None
    meanings: Mapping[str, Meaning] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """How figures are written.

    Attributes:
        thousands: The sign between thousands, or empty.
        decimal: The decimal sign; ``?`` where it is open.
        reason: Why, where that is not plain.
        signs: Texts in the place of figures of which it is open what they mean.
        marks: Signs at figures, with the codes that each means; where that is open, with none.
    """

    thousands: str = ""
    decimal: str = "."
    reason: Reason | None = None
    signs: tuple[str, ...] = ()
    marks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft of a mapping.

    Attributes:
        shape: The table in its sheet.
        layout: Where the figures stand, in a table with several in a row.
        figures: Header of the column with the figures in other tables.
        time: Name of the column with the time, or empty.
        part: Name of the column with the part of the year, or empty.
        constants: What holds for the whole table, with the reason; a code ``?`` is open.
        columns: What columns give.
        left_out: Columns that are not used, and why.
        written: How figures are written.
        times: What labels of the time mean, as far as the mapping has to say it.
        unread: Names of other sheets that have figures.
    """

    shape: Shape
    layout: Layout | None
    figures: str
    time: str
    part: str
    constants: Mapping[str, tuple[str, Reason]]
    columns: tuple[ColumnDraft, ...]
    left_out: Mapping[str, Reason]
    written: Written
    times: Mapping[str, Meaning] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
