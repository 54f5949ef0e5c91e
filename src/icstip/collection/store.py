"""A collection: a folder of submissions, and what they come to."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

import polars as pl

from icstip.collection.keeping.deposit import STAGING, STRUCTURES, Deposit, Submission
from icstip.collection.keeping.disk import Disk
from icstip.collection.keeping.index import INDEX, SUBMISSIONS, Receipts, number_of
from icstip.collection.keeping.lock import locked
from icstip.collection.keeping.receipt import Receipt, Status
from icstip.collection.keeping.schema_file import KeptStructure
from icstip.collection.marker import FILE, check_format, written_marker
from icstip.collection.moments import moment
from icstip.collection.state.changes import Changes, changes_between, changes_by
from icstip.collection.state.history import history
from icstip.collection.state.rows import Source
from icstip.collection.state.scanning import scan, states
from icstip.collection.state.selection import CHUNK_ROWS, steps_of
from icstip.errors import CollectionError, OutputError
from icstip.schema import ArtefactKey, Schema

LOCK: Final = ".lock"


class Collection:
    """Submissions as they came, and the observations in them with the history of each cell.

    What the folder holds is read when it is asked for, and once: another object sees what was added since.
    """

    def __init__(self, folder: Path | str, *, disk: Disk | None = None) -> None:
        """Open a collection.

        Args:
            folder: Its folder.
            disk: How it is written.

        Raises:
            CollectionError: There is none, or one that a later version made.
        """
        self.folder = Path(folder)
        self._disk = disk or Disk()
        self._receipts: Receipts | None = None
        self._structures: dict[str, KeptStructure] = {}
        self._staged: dict[str, Path] = {}
        check_format(self.folder)

    @classmethod
    def made(cls, folder: Path | str, *, disk: Disk | None = None) -> "Collection":
        """Return the collection in a folder; one is made if the folder is empty or not there.

        Raises:
            CollectionError: The folder has other files.
            OutputError: It cannot be written.
        """
        path = Path(folder)
        if not (path / FILE).exists():
            _make(path, disk or Disk())
        return cls(path, disk=disk)

    @property
    def submissions(self) -> tuple[Receipt, ...]:
        """The receipts of all submissions, in the order in which they were added."""
        return tuple(self._known.values())

    @property
    def _known(self) -> Receipts:
        if self._receipts is None:
            self._receipts = Receipts(self.folder)
        return self._receipts

    def submission(self, name: str) -> Receipt:
        """Return the receipt of a submission.

        Args:
            name: Its id, or its number.

        Raises:
            CollectionError: There is none.
        """
        found = self._known.get(name)
        if found is None and name.isascii() and name.isdigit():
            found = next((one for one in self._known.values() if one.number == int(name)), None)
        if found is None:
            raise CollectionError("collection-submission-unknown", where=str(self.folder), name=name)
        return found

    def same_as(self, content: tuple[str, str, str]) -> Receipt | None:
        """Return the submission with the same content, the one that counts first, or None."""
        same = [one for one in self.of_file(content[0]) if one.content == content]
        return max(same, key=lambda one: (one.counts, one.number), default=None)

    def of_file(self, sha256: str) -> list[Receipt]:
        """Return the receipts of the submissions of a file, in the order in which they were added."""
        return [one for one in self._known.saying("sha256", sha256) if one.sha256 == sha256]

    def of_sender(self, sender: str) -> list[Receipt]:
        """Return the receipts of what a sender has sent and counts, in the order in which they were added."""
        return [one for one in self._known.saying("sender", sender) if one.counts]

    def counting(self, as_of: str | None = None) -> list[Receipt]:
        """Return the receipts of what counts, in the order in which they were added.

        Args:
            as_of: As known on this date or at this time.

        Raises:
            CollectionError: The date is none.
        """
        known = None if as_of is None else moment(as_of)
        return [one for one in self._known.values() if one.counts and one.is_known_on(known)]

    def structures(self) -> tuple[str, ...]:
        """Return the ids of the data structures that there are observations of."""
        return tuple(sorted({name for one in self.counting() for name in one.structures}))

    def areas(self, structure_id: str) -> tuple[str, ...]:
        """Return the areas that there are observations of, in their order."""
        parts = (part for one in self.counting() for part in one.parts if part.structure == structure_id)
        return tuple(sorted({area for part in parts for area in part.areas if area}))

    def schema(self, structure_id: str) -> Schema:
        """Return the schema of a data structure, in its highest version.

        Raises:
            CollectionError: There are no observations of it.
        """
        return self.kept_structure(structure_id).schema

    def kept_structure(self, structure_id: str) -> KeptStructure:
        """Return a data structure with what the collection knows of its components, in its highest version.

        Raises:
            CollectionError: There are no observations of it.
        """
        return self._structure(structure_id, self.counting())

    def scan(
        self,
        structure_id: str,
        as_of: str | None = None,
        areas: Sequence[str] | None = None,
        *,
        chunk_rows: int = CHUNK_ROWS,
    ) -> pl.LazyFrame:
        """Return the latest observations of each sender, made as they are asked for: they may not fit into memory.

        Args:
            structure_id: Id of a data structure.
            as_of: As known on this date or at this time.
            areas: Only these areas; files without any of them are not opened.
            chunk_rows: About how many rows of history are looked at together, which bounds the memory.

        Returns:
            The components that occur: numbers as numbers, codes and texts as String; ``_SENDER``, ``_SUBMISSION`` and
            ``_RECEIVED`` as String. One row for each key and sender, in no order.

        Raises:
            CollectionError: There are no observations of the structure, or the date is none.
        """
        return scan(self._source(structure_id, as_of), areas, chunk_rows)

    def states(
        self, structure_id: str, as_of: str | None = None, areas: Sequence[str] | None = None
    ) -> Iterator[pl.DataFrame]:
        """Yield what `scan` gives in frames, by area in the order of these; no area is in two.

        Raises:
            CollectionError: There are no observations of the structure, or the date is none.
        """
        return states(self._source(structure_id, as_of), areas)

    def history(
        self, structure_id: str, areas: Sequence[str] | None = None, as_of: str | None = None
    ) -> Iterator[pl.DataFrame]:
        """Yield every version of each cell, by area: see `icstip.collection.state.history.history`.

        Raises:
            CollectionError: There are no observations of the structure, or the date is none.
        """
        return history(self._source(structure_id, as_of), areas)

    def changes(self, name: str, against: str | None = None) -> tuple[Changes, ...]:
        """Return what a submission changed, by structure.

        Args:
            name: Id or number of the submission. If it is in quarantine, what it would have changed.
            against: Id or number of another one, which its observations are compared with; by default what its sender
                had said before.

        Raises:
            CollectionError: There is no such submission.
        """
        receipt = self.submission(name)
        if against is not None:
            other = self.submission(against)
            names = sorted({*receipt.structures, *other.structures})
            return tuple(self._between(one, other, receipt) for one in names)
        return tuple(self._changes_by(receipt, one) for one in receipt.structures)

    def add(self, submission: Submission, *, again: bool = False) -> tuple[Receipt, bool]:
        """Put a submission into the collection; when it returns, it is on the disk.

        Args:
            submission: What is put in.
            again: Whether it is put in although the same one is there.

        Returns:
            Its receipt, and whether it is new: the same file of the same sender, read in the same way, is there once. A
            submission in quarantine can be put in again to be accepted.

        Raises:
            CollectionError: The collection is busy, or the file is not any more what was checked.
            OutputError: It cannot be written. The collection is as before.
        """
        try:
            with locked(self.folder / LOCK):
                return self._add(submission, again=again)
        except OSError as error:
            raise OutputError("output-write", where=str(self.folder), reason=error.strerror or error) from error

    def _add(self, submission: Submission, *, again: bool) -> tuple[Receipt, bool]:
        self._receipts = self._known.renewed()  # another run may have added something
        self._check_agencies(submission)
        deposit = Deposit(self.folder, self._disk)
        deposit.clean()
        content = (submission.sha256, submission.sender, submission.mapping_sha256)
        known = None if again else self.same_as(content)
        if known is not None and (known.counts or submission.status is Status.QUARANTINED):
            return known, False
        number = max(map(number_of, self._receipts), default=0) + 1
        receipt = deposit.put(submission, number, self._counted)
        self._receipts = self._receipts.renewed()
        return receipt, True

    def _counted(self, receipt: Receipt, stage: Path) -> Receipt:
        """Return the receipt of a submission that is being put in, with the numbers of what it changes."""
        self._staged = {receipt.id: stage}
        found = [self._changes_by(receipt, name) for name in receipt.structures]
        self._staged = {}
        return replace(
            receipt,
            added=sum(one.added for one in found),
            changed=sum(one.changed for one in found),
            removed=sum(one.removed for one in found),
        )

    def _source(self, structure_id: str, as_of: str | None = None) -> Source:
        return self._source_of(structure_id, self.counting(as_of))

    def _source_of(
        self, structure_id: str, receipts: Sequence[Receipt], described_by: Sequence[Receipt] = ()
    ) -> Source:
        structure = self._structure(structure_id, [*described_by, *receipts])
        steps = steps_of(self._folder_of, receipts, structure_id)
        return Source(structure, steps, sorted({one.receipt.sender for one in steps}))

    def _folder_of(self, receipt: Receipt) -> Path:
        return self._staged.get(receipt.id, self.folder / SUBMISSIONS / receipt.id)

    def _changes_by(self, receipt: Receipt, structure_id: str) -> Changes:
        before = [one for one in self.of_sender(receipt.sender) if one.order < receipt.order]
        return changes_by(self._source_of(structure_id, [*before, receipt]), receipt)

    def _between(self, structure_id: str, old: Receipt, new: Receipt) -> Changes:
        both = (old, new)
        return changes_between(*(self._source_of(structure_id, [one], both) for one in both))

    def _structure(self, structure_id: str, receipts: Sequence[Receipt]) -> KeptStructure:
        """Return a structure in its highest version among submissions, or among all that count if they have none."""
        names = _schemas_of(structure_id, receipts) or _schemas_of(structure_id, self.counting())
        if not names:
            raise CollectionError("collection-structure-unknown", where=str(self.folder), structure=structure_id)
        return self._read_structure(max((_version(self._read_structure(name)), name) for name in names)[1])

    def _read_structure(self, name: str) -> KeptStructure:
        if name not in self._structures:
            path = self.folder / STRUCTURES / f"{name}.json"
            try:
                self._structures[name] = KeptStructure.from_json(path.read_bytes())
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise CollectionError("collection-damaged", where=str(path)) from error
        return self._structures[name]

    def _check_agencies(self, submission: Submission) -> None:
        """Refuse a structure of another agency under an id that is taken: their cells would be taken for the same."""
        said: dict[str, ArtefactKey] = {}
        for data, _ in submission.data:
            key = data.schema.structure
            known = said.setdefault(key.id, self._key(key.id) or key)
            if known.agency != key.agency:
                raise CollectionError(
                    "collection-agency", where=submission.file.name, structure=str(key), known=str(known)
                )

    def _key(self, structure_id: str) -> ArtefactKey | None:
        """Return the structure of the observations under an id, if there are any: all that count are of one agency."""
        counting = (one for one in self._known.saying("structure", structure_id) if one.counts)
        first = next(counting, None)
        return None if first is None else self._structure(structure_id, [first]).schema.structure


def _make(folder: Path, disk: Disk) -> None:
    """Make a collection in a folder that is empty or not there."""
    ours = {FILE, STAGING, STRUCTURES, SUBMISSIONS, INDEX, LOCK}
    try:
        if folder.exists() and any(path.name not in ours for path in folder.iterdir()):
            raise CollectionError("collection-other-files", where=str(folder))
        new = [one for one in (folder, *folder.parents) if not one.exists()]
        disk.make_folder(folder)
        with locked(folder / LOCK):
            stage = folder / STAGING
            with suppress(FileNotFoundError):
                disk.remove(stage)
            if not (folder / FILE).exists():
                for one in new:
                    disk.settle(one.parent)
                for name in (STAGING, SUBMISSIONS, STRUCTURES):
                    disk.make_folder(folder / name)
                disk.write(stage / FILE, written_marker())
                disk.publish(stage / FILE, folder / FILE)  # which brings the names of all of them onto the disk
    except OSError as error:
        raise OutputError("output-folder", where=str(folder), reason=error.strerror or error) from error


def _schemas_of(structure_id: str, receipts: Sequence[Receipt]) -> set[str]:
    """Return the names of all versions of a structure that submissions are of."""
    return {part.schema for one in receipts for part in one.parts if part.structure == structure_id}


def _version(structure: KeptStructure) -> tuple[tuple[int, ...], bool]:
    """Return what versions are compared by; a draft comes before what it becomes."""
    numbers, _, extension = structure.schema.structure.version.partition("-")
    return tuple(int(part) for part in re.findall(r"\d+", numbers)), not extension
