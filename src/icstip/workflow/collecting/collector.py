"""What arrives is read, checked, and put into a collection with all that is known of it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from icstip.collection.keeping.deposit import Submission
from icstip.collection.keeping.disk import Disk
from icstip.collection.keeping.receipt import Origin, Receipt, Status
from icstip.collection.keeping.schema_file import KeptStructure
from icstip.collection.moments import moment, now
from icstip.collection.store import Collection
from icstip.errors import CollectionError, FormatError
from icstip.findings import Severity
from icstip.hashing import sha256_of
from icstip.mapping.reading.codes import CODES_FILE
from icstip.mapping.reading.mapping import find_mapping
from icstip.messages.header import MessageHeader
from icstip.reports.parts.json_text import json_text
from icstip.reports.validation.report import ValidationReport
from icstip.schema import Schema
from icstip.standard.location import standard_folder
from icstip.workflow.checking.validation import Examined, Validator
from icstip.workflow.collecting.senders import is_id
from icstip.workflow.schemas import Given

_COMPONENTS: Final = ("status", "confidentiality", "lower", "upper")


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file.

    Attributes:
        receipt: Of its submission.
        is_new: Whether it was put in; otherwise it was there.
        later: The newest submission of the same sender that was received after it, which counts before it, or None.
        report: What is wrong with it; None if it was there.
    """

    receipt: Receipt
    is_new: bool
    later: Receipt | None = None
    report: ValidationReport | None = None


class Collector:
    """Puts files into a collection; the standard by which they are checked is read once."""

    def __init__(
        self,
        collection: Path | str,
        folder: Path | None = None,
        *,
        against: Given = None,
        rules: Path | str | None = None,
        disk: Disk | None = None,
    ) -> None:
        """Prepare to add.

        Args:
            collection: The folder of the collection; one is made if it is empty or not there.
            folder: The folder of the standard; the one that is installed by default.
            against: Where the structure of messages comes from, if it is not the standard: see `read`.
            rules: A TOML that says which rules are applied, how much they weigh, and where their limits are.
            disk: How the collection is written.

        Raises:
            CollectionError: The folder has other files.
            FormatError: The rules cannot be read.
        """
        self._folder = folder or standard_folder()
        self._validator = Validator(self._folder, against=against, rules=rules)
        self.collection = Collection.made(collection, disk=disk)
        self._structures: dict[int, KeptStructure] = {}

    @property
    def schemas(self) -> Mapping[str, Schema]:
        """The schemas of all data of each structure of the standard, by its id."""
        return self._validator.converter.schemas

    def add(
        self,
        file: Path | str,
        *,
        mapping: str = "",
        sender: str = "",
        date: str = "",
        reason: str = "",
        again: bool = False,
        language: str = "en",
    ) -> Added:
        """Put a file into the collection.

        Args:
            file: A data message in any format; with a mapping, a table.
            mapping: Name of a built-in mapping, or a mapping file or folder, for a table.
            sender: Id of the organisation that sent it, if the header of the message does not say so.
            date: When it was received, if it is not when the header says that it was prepared; the clock comes last.
            reason: Why it is accepted though it has errors; without one it is kept in quarantine then.
            again: Whether it is put in although the same file is there.
            language: Language of its report.

        Returns:
            What became of it.

        Raises:
            IcstipError: The file is not there, the mapping cannot be used, nobody knows who sent it, or it cannot be
                accepted; or the collection cannot be written.
        """
        path = Path(file)
        _check_arguments(path, sender, date)
        by_mapping = self._hash_of(mapping) if mapping else ""
        sha256 = _hashed(path)
        known = None if again else self._known(sha256, sender, by_mapping)
        if known is not None:
            return Added(known, is_new=False)
        examined = self._validator.examine(path, mapping=mapping)
        submission = self._submission(path, sha256, examined, mapping, by_mapping, (sender, date, reason), language)
        receipt, is_new = self.collection.add(submission, again=again)
        return Added(receipt, is_new, self._later(receipt), examined.report)

    def _known(self, sha256: str, sender: str, by_mapping: str) -> Receipt | None:
        """Return the submission that the same file is, if it counts; one in quarantine is checked again."""
        same = (one for one in self.collection.of_file(sha256) if one.counts and one.mapping_sha256 == by_mapping)
        by_sender = (one for one in same if one.sender == sender or (not sender and one.sender_from is Origin.HEADER))
        return next(by_sender, None)

    def _submission(
        self,
        path: Path,
        sha256: str,
        examined: Examined,
        mapping: str,
        by_mapping: str,
        said: tuple[str, str, str],
        language: str,
    ) -> Submission:
        sender, date, reason = said
        report = examined.report
        sender_id, sender_from = self._sender(path, sender, examined)
        received, received_from = self._received(date, examined.header)
        counts = {str(severity): report.count(severity) for severity in Severity}
        status = Status.ACCEPTED
        if counts[Severity.ERROR]:
            status = Status.WITH_REASON if reason else Status.QUARANTINED
        data = [(one, self._kept(one.schema)) for one in examined.datasets if one.schema.known]
        if status is Status.WITH_REASON:
            _check_usable(path, examined)
        standard = self._validator.standard
        return Submission(
            file=path,
            sha256=sha256,
            sender=sender_id,
            sender_from=sender_from,
            received=received,
            received_from=received_from,
            status=status,
            reason=reason if status is Status.WITH_REASON else "",
            format=report.files[0].format,
            mapping=report.files[0].mapping or mapping,
            mapping_sha256=by_mapping,
            icstip=report.icstip,
            standard=f"{standard.agency} {standard.version}",
            report=json_text(report.to_dict(language)),
            findings=counts,
            data=data,
        )

    def _sender(self, path: Path, given: str, examined: Examined) -> tuple[str, Origin]:
        if given:
            return given, Origin.ARGUMENT
        said = examined.header.sender.id if examined.header is not None else ""
        if is_id(said):
            return said, Origin.HEADER
        if examined.error is not None:
            raise examined.error
        raise CollectionError("collection-sender-unknown", where=str(path))

    def _received(self, given: str, header: MessageHeader | None) -> tuple[str, Origin]:
        """Return when something was received. A message that has the time of the standard was given none."""
        if given:
            return moment(given), Origin.ARGUMENT
        if header is not None and header.prepared != self._validator.standard.prepared:
            try:
                return moment(header.prepared), Origin.HEADER
            except CollectionError:
                pass  # it is no time
        return now(), Origin.CLOCK

    def _kept(self, schema: Schema) -> KeptStructure:
        """Return a structure as the collection keeps it: that of all data of it, where the standard has it."""
        whole = self.schemas.get(schema.structure.id)
        chosen = whole if whole is not None and whole.structure == schema.structure else schema
        if id(chosen) not in self._structures:
            components = self._validator.knowledge.components
            known = {role: components[role] for role in _COMPONENTS if components.get(role) in chosen.by_id}
            self._structures[id(chosen)] = KeptStructure(chosen, self._area(chosen), known)  # which keeps the id taken
        return self._structures[id(chosen)]

    def _area(self, schema: Schema) -> str:
        """Return the dimension that says whose data they are: by its list, or named as in the standard."""
        lists = self._validator.knowledge.areas
        columns = [schema.by_id[name] for name in schema.series_dimensions]
        by_list = (column.id for column in columns if column.codelist in lists)
        by_name = (column.id for column in columns if column.id in self._area_names)
        return next(by_list, next(by_name, ""))

    @cached_property
    def _area_names(self) -> frozenset[str]:
        lists = self._validator.knowledge.areas
        structures = self._validator.standard.structures.values()
        return frozenset(one.id for structure in structures for one in structure.components if one.codelist in lists)

    def _hash_of(self, mapping: str) -> str:
        """Return the hash of all that a mapping says."""
        file = find_mapping(mapping, self._folder / "mappings")
        digest = hashlib.sha256(file.read_bytes())
        codes = file.parent / CODES_FILE
        if codes.is_file():
            digest.update(codes.read_bytes())
        return digest.hexdigest()

    def _later(self, receipt: Receipt) -> Receipt | None:
        """Return the newest submission of the same sender that counts before one, if that was received later."""
        later = [one for one in self.collection.of_sender(receipt.sender) if one.order > receipt.order]
        return max(later, key=lambda one: one.order, default=None)


def check_files(files: Sequence[Path]) -> None:
    """Refuse files that are not there, before anything is done with the others.

    Raises:
        FormatError: One is not there, or is a folder.
    """
    for file in files:
        if not file.is_file():
            raise FormatError("collection-file", where=str(file))


def _check_arguments(path: Path, sender: str, date: str) -> None:
    check_files([path])
    if sender and not is_id(sender):
        raise CollectionError("collection-sender", where=str(path), sender=sender)
    if date:
        moment(date)


def _check_usable(path: Path, examined: Examined) -> None:
    """Refuse to accept what cannot be read, or is of a structure that nobody knows: there is nothing to count."""
    if examined.error is not None:
        raise examined.error
    unknown = next((one.schema.structure for one in examined.datasets if not one.schema.known), None)
    if unknown is not None:
        raise CollectionError("collection-structure-none", where=str(path), structure=str(unknown))


def _hashed(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError as error:
        raise FormatError("data-unreadable", where=str(path), reason=error.strerror or error) from error
