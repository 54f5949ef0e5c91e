"""The header of a data message. Nothing in it comes from a clock: the same data give the same file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MessageHeader:
    """Who sends a message and when it was prepared.

    Attributes:
        id: Id of the message.
        sender: Id of the organisation that sends it.
        prepared: Date and time (ISO 8601).
        test: Whether the message is only a test.
    """

    id: str
    sender: str
    prepared: str
    test: bool = False
