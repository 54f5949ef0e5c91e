"""What is said of the observations that are added up."""

from pathlib import Path

from tests.examples.collections import Sent, put, row

from icstip.collection.store import Collection
from icstip.messages.dataset import Action
from icstip.workflow.aggregating.given import Collected


def test_only_the_submissions_that_were_known_on_the_date_are_named(tmp_path: Path) -> None:
    collection = Collection.made(tmp_path / "collection")
    for day in ("2026-01-01", "2026-02-01"):
        put(collection, Sent("A", day, [(Action.APPEND, [row("KE", "F", "2020", 1.0)])]))
    first, second = (one.id for one in collection.submissions)
    assert Collected(collection, "2026-01-31").to_dict()["submissions"] == [first]
    assert Collected(collection).to_dict()["submissions"] == [first, second]
