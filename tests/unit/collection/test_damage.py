"""What is broken is told by the name of its file, and what is whole is not told of."""

import errno
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from tests.examples.collections import Sent, put, row

from icstip.collection.keeping import lock
from icstip.collection.keeping.index import INDEX, SUBMISSIONS
from icstip.collection.store import Collection
from icstip.collection.verification import verify
from icstip.errors import CollectionError
from icstip.messages.dataset import Action

ONE = Sent("A", "2026-01-01", [(Action.APPEND, [row("KE", "F", "2020", 1.0), row("UG", "F", "2020", 2.0)])])
TWO = Sent("A", "2026-01-02", [(Action.APPEND, [row("KE", "F", "2020", 3.0)])])


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    made = Collection.made(tmp_path / "collection")
    put(made, ONE)
    return made


def _lost(path: Path) -> None:
    path.unlink()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [_lost, _cut, _emptied])
@pytest.mark.parametrize(
    "read",
    [
        lambda one: list(one.states("SMALL")),
        lambda one: list(one.history("SMALL")),
        lambda one: one.changes("1"),
        lambda one: put(one, TWO),
    ],
)
def test_a_file_of_rows_that_is_not_whole_is_named_whatever_is_asked_for(
    damage: Callable[[Path], None], read: Callable[[Collection], object], collection: Collection
) -> None:
    (rows,) = collection.folder.rglob("*.parquet")
    damage(rows)
    with pytest.raises(CollectionError, match="damaged") as told:
        read(collection)
    assert str(rows) in str(told.value)


def test_what_goes_wrong_with_files_that_are_whole_is_not_taken_for_damage(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise pl.exceptions.ComputeError("a mistake of ours")

    monkeypatch.setattr(pl, "collect_all", refuse)
    with pytest.raises(pl.exceptions.ComputeError):
        list(collection.states("SMALL"))


@pytest.mark.parametrize(("step", "of"), [("iterdir", SUBMISSIONS), ("read_bytes", INDEX)])
def test_what_is_added_as_a_collection_is_verified_is_not_taken_for_damage(
    step: str, of: str, collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = getattr(Path, step)
    waiting = [TWO]

    def step_before_another_is_added(path: Path) -> object:
        found = usual(path)
        if path.name == of and waiting:
            found = list(found) if step == "iterdir" else found
            put(Collection(collection.folder), waiting.pop())
        return found

    monkeypatch.setattr(Path, step, step_before_another_is_added)
    assert verify(collection.folder).damages == ()
    assert not waiting


def test_a_structure_that_is_lost_is_told_once_however_many_submissions_are_of_it(collection: Collection) -> None:
    put(collection, TWO)
    (structure,) = (collection.folder / "structures").iterdir()
    structure.unlink()
    assert [one.file for one in verify(collection.folder).damages] == [f"structures/{structure.name}"]


def test_a_file_system_without_locks_is_not_taken_for_another_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock, "_try", refuse)
    with pytest.raises(OSError, match="No locks"), lock.locked(tmp_path / "lock", patience=0.1):
        pass
