"""The header of a structure message. Nothing in it comes from a clock: equal messages give equal files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self

from icstip.errors import StructureError

if TYPE_CHECKING:
    from sdmx.message import Header


@dataclass(frozen=True, slots=True)
class Party:
    """A sender or receiver, with its name by language."""

    id: str
    name: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StructureHeader:
    """What the header of a structure message says.

    Attributes:
        id: Id of the message.
        prepared: When it was prepared (ISO 8601).
        sender: Who sends it.
        receiver: Whom it is for, or None.
        source: Where the content comes from, by language.
        test: Whether it is only a test.
    """

    id: str
    prepared: str
    sender: Party
    receiver: Party | None
    source: Mapping[str, str]
    test: bool

    @classmethod
    def of(cls, header: "Header", *, message_id: str | None = None, prepared: datetime | None = None) -> Self:
        """Return the header for a message of sdmx1.

        Args:
            header: The header of the message.
            message_id: Id to write instead of the one in the header.
            prepared: Time to write instead of the one in the header.

        Raises:
            StructureError: Id, time or sender is neither in the header nor given.
        """
        identity = message_id or header.id
        time = prepared or header.prepared
        sender = _party(header.sender)
        if not identity or time is None or sender is None:
            parts = {"ID": identity, "Prepared": time, "Sender": sender}
            missing = ", ".join(name for name, value in parts.items() if not value)
            raise StructureError("header-incomplete", where=identity or "?", missing=missing)
        return cls(
            id=identity,
            prepared=iso_time(time),
            sender=sender,
            receiver=_party(header.receiver),
            source=dict(header.source.localizations),
            test=bool(header.test),
        )


def iso_time(time: datetime) -> str:
    """Return a time as headers write it (ISO 8601), with ``Z`` for Coordinated Universal Time."""
    return time.isoformat().replace("+00:00", "Z")


def _party(organisation: object) -> Party | None:
    identity = getattr(organisation, "id", None)
    if not isinstance(identity, str) or not identity:
        return None
    name = getattr(organisation, "name", None)
    return Party(identity, dict(name.localizations) if name else {})
