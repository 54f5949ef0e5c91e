"""Labels of several components in one stub are side by side only where nothing speaks against it."""

from collections.abc import Callable

import pytest
from tests.examples.drafts import gives, reasons

from icstip.mapping.suggesting.draft import Draft

DraftOf = Callable[..., Draft]


@pytest.mark.parametrize(
    "labels",
    [
        ("Men", "0-17", "18+", "Women", "18-29", "30+"),
        ("Sexual exploitation", "Women", "Men", "Forced labour", "Adults", "Children"),
        ("Sexual exploitation", "Women", "Men"),
        ("Labour", "Sexual exploitation", "- Women", "- Men"),
        ("Kenya", "Men", "Women", "Mombasa", "0-17", "18+"),
    ],
)
def test_labels_that_can_stand_below_one_another_are_open(draft_of: DraftOf, labels: tuple[str, ...]) -> None:
    draft = draft_of("|2019|2020", *(f"{label}|{i}|{2 * i}" for i, label in enumerate(labels, 1)))
    assert (gives(draft), reasons(draft)) == ({"column A": ()}, {"column A": "nested"})


@pytest.mark.parametrize(
    "labels",
    [
        ("Total", "Men", "Women", "0-17", "18+"),
        ("Men", "Women", "Not known", "0-17", "18+", "Total"),
        ("18+", "Labour", "Men", "Under 18", "Women"),
    ],
)
def test_labels_side_by_side_are_read(draft_of: DraftOf, labels: tuple[str, ...]) -> None:
    draft = draft_of("|2019|2020", *(f"{label}|{i}|{2 * i}" for i, label in enumerate(labels, 1)))
    assert len(gives(draft)["column A"]) > 1
