"""The header of a structure message."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sdmx.message import Header
from sdmx.model.common import Agency

from icstip.errors import StructureError
from icstip.messages.structure_header import Party, StructureHeader

PREPARED = datetime(2025, 3, 1, 8, 30, tzinfo=UTC)


def _header() -> Header:
    return Header(id="M1", prepared=PREPARED, sender=Agency(id="TEST", name={"en": "Test"}), source={"en": "A source"})


def test_it_says_what_the_header_of_the_message_says() -> None:
    header = StructureHeader.of(_header())
    assert (header.id, header.prepared, header.test) == ("M1", "2025-03-01T08:30:00Z", False)
    assert header.sender == Party("TEST", {"en": "Test"})
    assert (header.receiver, header.source) == (None, {"en": "A source"})


def test_id_and_time_that_are_given_take_precedence() -> None:
    given = datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=3)))
    header = StructureHeader.of(_header(), message_id="M2", prepared=given)
    assert (header.id, header.prepared) == ("M2", "2026-01-01T00:00:00+03:00")


@pytest.mark.parametrize(
    ("field", "name"), [("id", "ID"), ("prepared", "Prepared"), ("sender", "Sender")], ids=["id", "time", "sender"]
)
def test_what_is_missing_is_named_and_never_made_up(field: str, name: str) -> None:
    header = _header()
    setattr(header, field, None)
    with pytest.raises(StructureError, match=f"has no {name} "):
        StructureHeader.of(header)


def test_a_sender_without_an_id_is_missing() -> None:
    header = _header()
    header.sender = Agency()
    with pytest.raises(StructureError, match="Sender"):
        StructureHeader.of(header)
