"""No message breaks a reader, and the fast and the plain way never differ: the short form of `tests.fuzz.run`."""

import os
from collections import Counter
from pathlib import Path

import pytest
from tests.fuzz.verdicts import case_of, verdict_of

from icstip.messages.formats import formats_of

MESSAGES = int(os.environ.get("ICSTIP_FUZZ_MESSAGES", "200"))
SECONDS = 20.0
"""Far more than a message of some kilobytes needs, even on a machine with much else to do."""


@pytest.mark.parametrize("format_id", [one.id for one in formats_of("data")])
def test_mutated_messages_are_read_or_refused_and_both_ways_agree(format_id: str, tmp_path: Path) -> None:
    kinds: Counter[str] = Counter()
    for number in range(MESSAGES):
        found = verdict_of(case_of(format_id, 0, number), tmp_path / "message", format_id.split("-")[1], SECONDS)
        assert not found.is_fault, f"message {number}: {found.kind}: {found.reason}\n{found.details}"
        kinds[found.kind] += 1
    assert set(kinds) == {"accepted", "refused"}  # otherwise the mutations are too weak, or too strong
