"""Which files of rows say something of what is asked, in the order in which they take effect."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from icstip.collection.keeping.deposit import part_name
from icstip.collection.keeping.receipt import ANY_AREA, Part, Receipt

CHUNK_ROWS: Final = 1_000_000
"""About so many rows of history are looked at together: what bounds the memory."""


@dataclass(frozen=True, slots=True)
class Step:
    """Rows that take effect together.

    Attributes:
        order: Its number among those of the structure, from 0.
        path: Their file.
        part: What is known of them.
        receipt: The submission that they are of.
    """

    order: int
    path: Path
    part: Part
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Chunk:
    """Cells that are looked at together.

    Attributes:
        areas: Their areas, in their order; none where all rows are meant.
        bucket: Which part of the cells of the one area it is, from 0.
        buckets: Into how many parts that is divided.
    """

    areas: tuple[str, ...]
    bucket: int = 0
    buckets: int = 1


def steps_of(folder_of: Callable[[Receipt], Path], receipts: Iterable[Receipt], structure: str) -> list[Step]:
    """Return the rows of submissions of one structure, in the order in which they take effect.

    Args:
        folder_of: Returns the folder of a submission.
        receipts: The submissions.
        structure: Id of the structure.
    """
    found = (
        (folder_of(receipt) / part_name(number), part, receipt)
        for receipt in sorted(receipts, key=lambda one: one.order)
        for number, part in enumerate(receipt.parts)
        if part.structure == structure and part.rows
    )
    return [Step(order, *step) for order, step in enumerate(found)]


def touching(steps: Iterable[Step], areas: Sequence[str]) -> list[Step]:
    """Return the steps that have rows of any of some areas, or of all areas."""
    wanted = {ANY_AREA, *areas}
    return [step for step in steps if not wanted.isdisjoint(step.part.areas)]


def chunks_of(
    steps: Sequence[Step],
    areas: Sequence[str] | None,
    rows: int = CHUNK_ROWS,
    *,
    by_area: bool = True,
    divides: bool = True,
) -> Iterator[Chunk]:
    """Yield the cells that steps have rows of, in chunks of about so many rows; by area in the order of these.

    Args:
        steps: The steps.
        areas: Only these areas; all by default.
        rows: How many rows.
        by_area: Whether the structure has areas.
        divides: Whether the cells of an area that has more rows are divided.
    """
    most = rows if divides else 0
    if not by_area:
        yield from _divided((), sum(step.part.rows for step in steps), most)
        return
    sizes: dict[str, int] = {}
    for step in steps:
        for area, number in step.part.areas.items():
            if area != ANY_AREA and (areas is None or area in areas):
                sizes[area] = sizes.get(area, 0) + number
    together: list[str] = []
    for area in sorted(sizes):
        if together and sum(sizes[one] for one in together) + sizes[area] > rows:
            yield from _divided(tuple(together), sum(sizes[one] for one in together), most)
            together = []
        together.append(area)
    if together:
        yield from _divided(tuple(together), sum(sizes[one] for one in together), most)


def _divided(areas: tuple[str, ...], size: int, most: int) -> Iterator[Chunk]:
    buckets = max(1, round(size / most)) if most else 1
    for bucket in range(buckets):
        yield Chunk(areas, bucket, buckets)
