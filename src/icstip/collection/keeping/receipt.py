"""Receipts: who sent what and when, what was found in it, and what it changed."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any, Final, Self

from icstip.messages.dataset import Action

ANY_AREA: Final = ""
"""Stands for the area of rows that have none, or are about all of them."""


class Status(StrEnum):
    """Whether the observations of a submission count."""

    ACCEPTED = "accepted"
    QUARANTINED = "quarantined"
    WITH_REASON = "accepted-with-reason"


class Origin(StrEnum):
    """Where something that is known of a submission comes from."""

    ARGUMENT = "argument"
    HEADER = "header"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one structure with one action, in a file of their own.

    Attributes:
        structure: Id of the data structure.
        schema: By which the structure is found as it was then.
        dataflow: What the sender said that the data belong to, or empty.
        action: What a receiver is asked to do.
        sha256: Of the file of rows.
        rows: How many there are.
        areas: How many there are of each area.
        columns: Ids of the components that are not empty.
    """

    structure: str
    schema: str
    dataflow: str
    action: Action
    sha256: str
    rows: int
    areas: Mapping[str, int]
    columns: tuple[str, ...]

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Return the part that a receipt has written."""
        return cls(**{**values, "action": Action(values["action"]), "columns": tuple(values["columns"])})


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is known of a submission.

    Attributes:
        id: Number in the order in which submissions were added, and the beginning of the hash of the file.
        number: That number, from 1.
        sender: Id of the organisation that sent it.
        sender_from: Where that is known from.
        received: When it was received: a date, or a time in UTC, in ISO 8601.
        received_from: Where that is known from.
        status: Whether its observations count.
        reason: Why a submission with errors was accepted, or empty.
        file: Name of the file.
        original: Name under which the file is kept.
        sha256: Hash of the file.
        size: Its size in bytes.
        format: Name of the format of a data message, or empty for a table.
        mapping: What a table was read with, or empty.
        mapping_sha256: Hash of that, or empty.
        icstip: Version of this software.
        standard: Agency and version of the standard that it was checked by.
        findings: How many findings of each severity its report has.
        set_aside: Rows that could not be kept as observations: they lack a dimension, or their number is none.
        parts: Its rows, in the order of the file.
        added, changed, removed: How many observations it added, changed and removed when it was added; for one in
            quarantine, would have.
        report_sha256: Hash of its report.
    """

    id: str
    number: int
    sender: str
    sender_from: Origin
    received: str
    received_from: Origin
    status: Status
    reason: str
    file: str
    original: str
    sha256: str
    size: int
    format: str
    mapping: str
    mapping_sha256: str
    icstip: str
    standard: str
    findings: Mapping[str, int] = field(default_factory=dict)
    set_aside: int = 0
    parts: tuple[Part, ...] = ()
    added: int = 0
    changed: int = 0
    removed: int = 0
    report_sha256: str = ""

    @property
    def counts(self) -> bool:
        """Whether its observations count."""
        return self.status is not Status.QUARANTINED

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas that it has rows of, in their order."""
        return tuple(sorted({area for part in self.parts for area in part.areas if area != ANY_AREA}))

    @property
    def structures(self) -> tuple[str, ...]:
        """Ids of the structures that it has rows of, in their order."""
        return tuple(sorted({part.structure for part in self.parts}))

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return sum(part.rows for part in self.parts)

    @property
    def order(self) -> tuple[str, int]:
        """What submissions are ordered by: when they were received, then the order in which they were added."""
        return self.received, self.number

    @property
    def content(self) -> tuple[str, str, str]:
        """What makes it the same as another: the same file of the same sender, read in the same way."""
        return self.sha256, self.sender, self.mapping_sha256

    def is_known_on(self, date: str | None) -> bool:
        """Return whether it had been received on a date, or by a time; always if there is none."""
        return date is None or self.received[: len(date)] <= date

    def to_json(self, indent: int | None = None) -> str:
        """Return the receipt as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=indent)

    @classmethod
    def from_json(cls, written: str | bytes) -> Self:
        """Return the receipt that JSON holds.

        Raises:
            ValueError, KeyError, TypeError: It is none.
        """
        values = json.loads(written)
        if not isinstance(values, dict):
            raise TypeError
        known = {one.name for one in fields(cls)}
        kept = {name: value for name, value in values.items() if name in known}  # a later version may say more
        return cls(
            **{
                **kept,
                "sender_from": Origin(kept["sender_from"]),
                "received_from": Origin(kept["received_from"]),
                "status": Status(kept["status"]),
                "parts": tuple(Part.from_dict(part) for part in kept["parts"]),
            }
        )
