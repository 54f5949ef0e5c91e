"""The header of a data message. Nothing in it comes from a clock: the same data give the same file."""

from dataclasses import dataclass, field

from icstip.artefacts.base import Texts, no_texts
from icstip.messages.structure_header import Party


@dataclass(frozen=True, slots=True)
class MessageHeader:
    """Who sends a message, to whom, and when it was prepared.

    Attributes:
        id: Id of the message.
        sender: The organisation that sends it.
        prepared: Date and time (ISO 8601).
        test: Whether the message is only a test.
        receivers: The organisations that it is sent to.
        source: Where the data come from, by language.
    """

    id: str
    sender: Party
    prepared: str
    test: bool = False
    receivers: tuple[Party, ...] = ()
    source: Texts = field(default_factory=no_texts)
