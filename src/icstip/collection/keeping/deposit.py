"""Putting a submission into a collection: made apart, whole on the disk, and visible by one renaming."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from icstip.collection.keeping.disk import Disk
from icstip.collection.keeping.index import INDEX, RECEIPT, SUBMISSIONS
from icstip.collection.keeping.receipt import Origin, Part, Receipt, Status
from icstip.collection.keeping.rows import rows_of
from icstip.collection.keeping.schema_file import KeptStructure, name_of
from icstip.errors import CollectionError
from icstip.hashing import sha256_of
from icstip.messages.dataset import DataSet

STAGING: Final = ".staging"
STRUCTURES: Final = "structures"
REPORT: Final = "report.json"
_ENDING: Final = re.compile(r"(\.[A-Za-z0-9]{1,8}){1,2}$")
_LETTERS: Final = 8


@dataclass(frozen=True)
class Submission:
    """What is put into a collection.

    Attributes:
        file: The file as it came.
        sha256: Its hash, when it was read and checked.
        sender: Id of the organisation that sent it.
        sender_from: Where that is known from.
        received: When it was received.
        received_from: Where that is known from.
        status: Whether its observations count.
        reason: Why a submission with errors is accepted, or empty.
        format: Name of the format of a data message, or empty for a table.
        mapping: What a table was read with, or empty.
        mapping_sha256: Hash of that, or empty.
        icstip: Version of this software.
        standard: Agency and version of the standard that it was checked by.
        report: The report of its check, as JSON.
        findings: How many findings of each severity that has.
        data: Its data sets, in the order of the file, each with its structure.
    """

    file: Path
    sha256: str
    sender: str
    sender_from: Origin
    received: str
    received_from: Origin
    status: Status = Status.ACCEPTED
    reason: str = ""
    format: str = ""
    mapping: str = ""
    mapping_sha256: str = ""
    icstip: str = ""
    standard: str = ""
    report: str = "{}\n"
    findings: Mapping[str, int] = field(default_factory=dict)
    data: Sequence[tuple[DataSet, KeptStructure]] = ()


def part_name(number: int) -> str:
    """Return the name of the file of rows of a part, from 0."""
    return f"part-{number + 1:03}.parquet"


class Deposit:
    """Puts submissions into the folder of a collection, whose lock its user holds."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._folder = folder
        self._disk = disk

    def clean(self) -> None:
        """Remove what runs that were ended have left."""
        with suppress(FileNotFoundError):
            self._disk.remove(self._folder / STAGING)

    def put(self, submission: Submission, number: int, counted: Callable[[Receipt, Path], Receipt]) -> Receipt:
        """Put a submission into the collection.

        Args:
            submission: What is put in.
            number: Its number.
            counted: Returns the receipt of the submission, whose rows are in a folder, with what it changes.

        Raises:
            CollectionError: The file is not any more what was checked.
            OSError: A step failed. The collection is as before, or, where only the last steps failed, as after it.
        """
        stage = self._folder / STAGING / f"{number:06}"
        self._disk.make_folder(stage)
        try:
            receipt = counted(self._written(submission, number, stage), stage)
            self._disk.write(stage / RECEIPT, f"{receipt.to_json(1)}\n".encode())
            self._disk.settle(stage)
            self._disk.make_folder(self._folder / SUBMISSIONS)
            self._disk.publish(stage, self._folder / SUBMISSIONS / receipt.id)
        except BaseException:
            with suppress(OSError):
                self._disk.remove(self._folder / STAGING)
            raise
        with suppress(OSError):  # the index is never needed
            self._disk.append(self._folder / INDEX, receipt.to_json())
            self.clean()
        return receipt

    def _written(self, submission: Submission, number: int, stage: Path) -> Receipt:
        ending = _ENDING.search(submission.file.name)
        original = f"original{ending[0].lower() if ending else ''}"
        sha256 = self._disk.copy(submission.file, stage / original)
        if sha256 != submission.sha256:
            raise CollectionError("collection-file-changed", where=str(submission.file))
        self._disk.write(stage / REPORT, submission.report.encode("utf-8", "replace"))
        parts, set_aside = [], 0
        for place, (data, structure) in enumerate(submission.data):
            kept, aside = self._part(data, structure, stage / part_name(place))
            parts.append(kept)
            set_aside += aside
        return Receipt(
            id=f"{number:06}-{sha256[:_LETTERS]}",
            number=number,
            sender=submission.sender,
            sender_from=submission.sender_from,
            received=submission.received,
            received_from=submission.received_from,
            status=submission.status,
            reason=_as_text(submission.reason),
            file=_as_text(submission.file.name),
            original=original,
            sha256=sha256,
            size=(stage / original).stat().st_size,
            format=submission.format,
            mapping=_as_text(submission.mapping),
            mapping_sha256=submission.mapping_sha256,
            icstip=submission.icstip,
            standard=submission.standard,
            findings=dict(submission.findings),
            set_aside=set_aside,
            parts=tuple(parts),
            report_sha256=sha256_of(stage / REPORT),
        )

    def _part(self, data: DataSet, structure: KeptStructure, path: Path) -> tuple[Part, int]:
        rows = rows_of(data, structure.area)
        self._disk.write_rows(path, rows.frame)
        part = Part(
            structure=data.schema.structure.id,
            schema=self._keep(structure),
            dataflow="" if data.schema.dataflow is None else str(data.schema.dataflow),
            action=data.action,
            sha256=sha256_of(path),
            rows=rows.frame.height,
            areas=rows.areas,
            columns=tuple(rows.frame.columns),
        )
        return part, rows.set_aside

    def _keep(self, structure: KeptStructure) -> str:
        """Keep a structure, unless it is there; return its name. One that no submission comes to use does no harm."""
        written = structure.written
        name = name_of(written)
        path = self._folder / STRUCTURES / f"{name}.json"
        if not path.exists():
            self._disk.make_folder(path.parent)
            staged = self._folder / STAGING / path.name
            self._disk.write(staged, written)
            self._disk.publish(staged, path)
        return name


def _as_text(given: str) -> str:
    """Return what was given to the command without what is no text: names of files may be any octets."""
    return given.encode("utf-8", "replace").decode()
