"""Choices out of a few drawn bytes, because hypothesis takes its time for every single draw."""

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st

Thing = TypeVar("Thing")


class Tape:
    """Choices that some bytes make; the plainest ones when they have come to their end.

    Args:
        content: The bytes.
    """

    def __init__(self, content: bytes) -> None:
        self._bytes = iter(content)

    def below(self, number: int) -> int:
        """Return a whole number from 0 to below another one."""
        return next(self._bytes, 0) % number

    def one(self, things: Sequence[Thing]) -> Thing:
        """Return one of some things, of which the first is the plainest."""
        return things[self.below(len(things))]

    def some(self, things: Sequence[Thing], least: int, most: int) -> list[Thing]:
        """Return some things that follow each other, the first one after the last."""
        first, number = self.below(len(things)), least + self.below(most - least + 1)
        return [things[(first + place) % len(things)] for place in range(min(number, len(things)))]

    def subset(self, things: Sequence[Thing]) -> tuple[Thing, ...]:
        """Return some of some things, at least one, in their order."""
        chosen = self.below(2 ** len(things) - 1) + 1
        return tuple(thing for place, thing in enumerate(things) if chosen >> place & 1)

    def rarely(self, times: int = 8) -> bool:
        """Return whether something happens that happens once in so many times."""
        return self.below(times) == times - 1


def tapes(size: int) -> st.SearchStrategy[Tape]:
    """Return tapes of so many bytes."""
    return st.binary(min_size=size, max_size=size).map(Tape)
