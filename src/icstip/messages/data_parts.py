"""What readers of data messages hand over: what is said of a data set, and its rows as texts, in parts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import polars as pl

from icstip.artefacts.base import Reference
from icstip.messages.data_notices import DataNotices
from icstip.messages.dataset import Action
from icstip.messages.header import MessageHeader
from icstip.schema import Level, Schema
from icstip.standard.model import Role

LINE: Final = "\0line"
"""Column of a part with the lines in the file that its rows begin in, where the reader knows them."""

PART_ROWS: Final = 100_000
"""About how many rows a part has."""

Generation = Literal["2.1", "3.0", "3.1"]
"""The version of the information model that a format belongs to."""


@dataclass(frozen=True, slots=True)
class DataHead:
    """What a message says of a data set before its observations.

    Attributes:
        structure: The data structure, dataflow or provision agreement; None where nothing is said.
        action: What a receiver is asked to do.
        generation: The version of the information model; one before 3.0 cannot say that a version is a draft.
        roles: What the components are, as far as the message says.
        levels: The levels of attributes, as far as the message says.
        attached_to: The dimensions that attributes of series and groups are attached to, as far as it says.
        names: Names of components by language, as far as it says.
        line: Line where it begins.
    """

    structure: Reference | None
    action: Action
    generation: Generation
    roles: Mapping[str, Role] = field(default_factory=dict)
    levels: Mapping[str, Level] = field(default_factory=dict)
    attached_to: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    line: int | None = None


@dataclass(frozen=True, slots=True)
class DataPart:
    """Some rows of a data set, in the order of the message.

    Attributes:
        head: What is said of the data set: the same object in all its parts. Each data set has at least one part.
        frame: String columns by component id (columns that a message does not have are absent), and `LINE` or not. A
            value that is not there is null. A row whose dimensions are not all there holds attributes of all that have
            those that are there: so groups, and attributes of a data set without observations, are told.
    """

    head: DataHead
    frame: pl.DataFrame


SchemaOf = Callable[[DataHead], Schema | None]
"""Finds the schema of a data set; None when its structure is not at hand."""


class Reading:
    """What is known while a message is read.

    Attributes:
        where: File or address, for messages.
        schema_of: Finds the schema of a data set.
        notices: What is found.
        format_id: Format that the message is in; set by its reader before the first part.
        header: Its header; set by its reader before the first part, None where the format has none.
        keeps_lines: Whether data sets are to say which lines their rows begin in.
    """

    def __init__(self, where: str, schema_of: SchemaOf, *, keeps_lines: bool = False) -> None:
        self.where = where
        self.schema_of = schema_of
        self.keeps_lines = keeps_lines
        self.notices = DataNotices(where)
        self.format_id = ""
        self.header: MessageHeader | None = None
