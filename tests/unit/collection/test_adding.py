"""A submission is in the collection or it is not: whatever fails, whenever a run is ended, however many run at once."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from tests.examples.collections import STRUCTURE, Sent, data_set, put, row, small_structure, state_of, submission

from icstip.collection.keeping.disk import Disk
from icstip.collection.keeping.receipt import Status
from icstip.collection.store import LOCK, Collection
from icstip.collection.verification import verify
from icstip.errors import CollectionError, OutputError
from icstip.messages.dataset import Action

ROOT = Path(__file__).parents[3]
ONE = Sent("A", "2026-01-01", [(Action.APPEND, [row("KE", "F", "2020", 1.0), row("UG", "F", "2020", 2.0)])])
TWO = Sent(
    "A", "2026-01-02", [(Action.APPEND, [row("KE", "F", "2020", 3.0)]), (Action.DELETE, [row("UG", None, None)])]
)
STEPS = ("make_folder", "write", "copy", "write_rows", "publish", "settle", "append", "remove")


class BrokenDisk(Disk):
    """A file system of which the step of a number fails: before it does anything, or half done."""

    def __init__(self, fails_at: int, *, is_half_done: bool) -> None:
        self._left = fails_at
        self._is_half_done = is_half_done
        self.has_failed = False

    def __getattribute__(self, name: str) -> object:
        method = super().__getattribute__(name)
        return self._counted(method, name) if name in STEPS else method

    def _counted(self, method: Callable[..., object], name: str) -> Callable[..., object]:
        def step(*arguments: object) -> object:
            self._left -= 1
            if self._left:
                return method(*arguments)
            self.has_failed = True
            if self._is_half_done:
                _half(method, name, arguments)
            raise OSError(28, "No space left on device")

        return step


def _half(method: Callable[..., object], name: str, arguments: tuple[object, ...]) -> None:
    method(*arguments)
    if name in {"write", "copy", "write_rows"}:
        path = next(one for one in reversed(arguments) if isinstance(one, Path))
        path.write_bytes(path.read_bytes()[:-1])


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    made = Collection.made(tmp_path / "collection")
    put(made, ONE)
    return made


def _state(folder: Path) -> object:
    opened = Collection(folder)
    return [one.id for one in opened.submissions], state_of(opened.scan("SMALL").collect())


@pytest.mark.parametrize("is_half_done", [False, True])
def test_whichever_step_fails_the_collection_is_as_before_or_as_after(
    collection: Collection, *, is_half_done: bool
) -> None:
    before = _state(collection.folder)
    seen = set()
    for step in range(1, 100):
        disk = BrokenDisk(step, is_half_done=is_half_done)
        try:
            put(Collection(collection.folder, disk=disk), TWO)
        except OutputError:
            seen.add(_state(collection.folder) == before)
        if not disk.has_failed:
            break
        after = _state(collection.folder)
        is_before = after == before
        assert is_before or len(Collection(collection.folder).submissions) == 2
        assert verify(collection.folder).damages == ()
        if not is_before:
            _take_back(collection.folder)
    assert step > 10
    assert True in seen


def _take_back(folder: Path) -> None:
    """Remove the second submission, so that it can be put in again."""
    (name,) = [one.id for one in Collection(folder).submissions if one.number == 2]
    Disk().remove(folder / "submissions" / name)
    (folder / "index.jsonl").unlink(missing_ok=True)


_ADDS = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.examples.collections import Sent, put, row
from icstip.collection.store import Collection
from icstip.messages.dataset import Action
collection = Collection.made(Path({folder!r}))
print("ready", flush=True)
for number in range({times}):
    rows = [row("KE", "F", "2020", float(number)), row("TZ", "M", "2021", float(number))]
    sent = Sent({sender!r}, f"2026-01-01T00:00:{{number:02}}Z", [(Action.APPEND, rows), (Action.MERGE, rows)])
    print(put(collection, sent, {sender!r} + ".csv"), flush=True)
"""


def _adding(folder: Path, sender: str, times: int) -> "subprocess.Popen[str]":
    code = _ADDS.format(root=str(ROOT), folder=str(folder), sender=sender, times=times)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
def test_a_run_that_is_killed_at_any_moment_loses_nothing_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    moments = random.Random(7)  # noqa: S311 - to be repeated, not to be secret
    folder = tmp_path / "collection"
    for _ in range(12):
        with _adding(folder, "A", 50) as run:
            assert run.stdout is not None
            assert run.stdout.readline() == "ready\n"
            time.sleep(moments.uniform(0, 0.6))
            run.send_signal(signal.SIGKILL)
            said = run.stdout.read().split()
        known = {one.id for one in Collection(folder).submissions}
        assert known.issuperset(name for name in said if "-" in name)  # what was said to be in is in
        assert verify(folder).damages == ()
    latest = put(Collection(folder), Sent("A", "2026-02-01", [(Action.APPEND, [row("KE", "F", "2020", 99.0)])]))
    assert not (folder / ".staging").exists()
    found = Collection(folder).scan("SMALL").filter(pl.col("REF_AREA") == "KE").collect()
    assert found.select("OBS_VALUE", "_SUBMISSION").row(0) == (99.0, latest)


def test_several_runs_that_add_at_the_same_time_all_come_in_each_with_a_number_of_its_own(tmp_path: Path) -> None:
    runs = [_adding(tmp_path / "collection", sender, 8) for sender in ("A", "B", "C")]
    names = [name for run in runs for name in run.communicate()[0].split() if "-" in name]
    found = Collection(tmp_path / "collection").submissions
    assert [one.number for one in found] == list(range(1, 25))
    assert sorted(names) == [one.id for one in found]
    assert verify(tmp_path / "collection").damages == ()


def test_the_same_file_of_the_same_sender_is_there_once(collection: Collection, tmp_path: Path) -> None:
    same = submission(ONE, tmp_path / "data.csv")
    receipt, is_new = collection.add(same)
    assert (receipt.id, is_new) == (collection.submissions[0].id, False)
    of_another = submission(Sent("B", ONE.received, ONE.parts), tmp_path / "data.csv")
    assert collection.add(of_another)[1]
    assert collection.add(same, again=True)[1]


def test_a_submission_in_quarantine_does_not_count_until_it_is_accepted(collection: Collection, tmp_path: Path) -> None:
    file = tmp_path / "wrong.csv"
    file.write_text("wrong", encoding="utf-8")
    wrong = [(Action.APPEND, [row("KE", "F", "2020", -5.0)])]
    kept, _ = collection.add(submission(Sent("A", "2026-01-03", wrong, Status.QUARANTINED), file))
    assert (kept.counts, kept.changed) == (False, 1)  # what it would change
    assert collection.add(submission(Sent("A", "2026-01-04", wrong, Status.QUARANTINED), file)) == (kept, False)
    accepted, is_new = collection.add(submission(Sent("A", "2026-01-05", wrong, Status.WITH_REASON), file))
    assert (accepted.counts, is_new, accepted.number) == (True, True, 3)
    values = collection.scan("SMALL", areas=["KE"]).collect()["OBS_VALUE"].to_list()
    assert values == [-5.0]


def test_a_file_that_changed_since_it_was_checked_is_refused(collection: Collection, tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("one", encoding="utf-8")
    checked = submission(TWO, file)
    file.write_text("another", encoding="utf-8")
    with pytest.raises(CollectionError, match="changed"):
        collection.add(checked)
    assert len(Collection(collection.folder).submissions) == 1


def test_a_run_that_waits_too_long_for_another_one_says_so(collection: Collection) -> None:
    from icstip.collection.keeping.lock import locked  # noqa: PLC0415

    with locked(collection.folder / LOCK), pytest.raises(CollectionError, match="another run"):  # noqa: SIM117
        with locked(collection.folder / LOCK, patience=0.1):
            pass


def test_the_name_of_a_file_is_data_and_no_place(collection: Collection) -> None:
    name = put(collection, TWO, "=cmd|x; rm -rf .xlsx.EXE")
    receipt = collection.submission(name)
    assert (receipt.file, receipt.original) == ("=cmd|x; rm -rf .xlsx.EXE", "original.xlsx.exe")
    assert (collection.folder / "submissions" / name / "original.xlsx.exe").is_file()


def test_a_folder_with_other_files_is_no_place_for_a_collection(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(CollectionError, match="other files"):
        Collection.made(tmp_path)
    with pytest.raises(CollectionError, match="no collection"):
        Collection(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are texts")
def test_a_name_that_is_no_text_is_kept_as_far_as_it_is_one(collection: Collection) -> None:
    file = collection.folder.parent / os.fsdecode(b"donn\xe9es.csv")
    file.write_text("1", encoding="utf-8")
    named = replace(submission(TWO, file), report=json.dumps({"file": file.name}, ensure_ascii=False))
    receipt, _ = collection.add(named)
    assert receipt.file == "donn?es.csv"
    assert Collection(collection.folder).submission(receipt.id) == receipt
    assert verify(collection.folder).damages == ()


OTHER = small_structure(agency="OTHER")


def test_two_structures_under_one_id_are_refused_in_one_message(tmp_path: Path) -> None:
    empty = Collection.made(tmp_path / "collection")
    file = tmp_path / "data.csv"
    file.touch()
    rows = [row("KE", "F", "2020", 1.0)]
    both = [(data_set(rows, Action.APPEND, one), one) for one in (STRUCTURE, OTHER)]
    with pytest.raises(CollectionError, match="OTHER:SMALL"):
        empty.add(replace(submission(ONE, file), data=both))
    assert empty.submissions == ()


def test_a_structure_of_another_agency_is_refused_also_when_another_run_has_just_added_the_first(
    tmp_path: Path,
) -> None:
    opened = Collection.made(tmp_path / "collection")
    assert opened.submissions == ()
    put(Collection(opened.folder), ONE)
    with pytest.raises(CollectionError, match="OTHER:SMALL"):
        put(opened, ONE, structure=OTHER)


class WatchedDisk(Disk):
    """A file system that keeps what names were in a folder when these were brought onto the disk."""

    def __init__(self) -> None:
        self.settled: dict[Path, set[str]] = {}

    def settle(self, folder: Path) -> None:
        self.settled[folder] = {path.name for path in folder.iterdir()}


def test_the_names_of_all_folders_are_on_the_disk_when_a_collection_is_made(tmp_path: Path) -> None:
    disk = WatchedDisk()
    made = Collection.made(tmp_path / "all" / "collection", disk=disk)
    assert disk.settled[tmp_path] >= {"all"}
    assert disk.settled[tmp_path / "all"] == {"collection"}
    assert disk.settled[made.folder] >= {"collection.toml", "submissions", "structures"}
