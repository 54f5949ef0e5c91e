"""Whether a collection is what it was: every file by its hash, every receipt beside its copy."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from icstip.collection.keeping.deposit import REPORT, STRUCTURES, part_name
from icstip.collection.keeping.index import RECEIPT, SUBMISSIONS, indexed, is_id, read_receipt
from icstip.collection.keeping.receipt import Receipt
from icstip.collection.keeping.schema_file import name_of
from icstip.collection.marker import check_format
from icstip.errors import CollectionError
from icstip.hashing import sha256_of


class Fault(StrEnum):
    """What is wrong with a file."""

    ABSENT = "absent"
    CHANGED = "changed"
    UNREADABLE = "unreadable"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not what it was.

    Attributes:
        file: Its path in the collection.
        fault: What is wrong with it.
    """

    file: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification came to.

    Attributes:
        submissions: How many submissions there are.
        files: How many files were looked at.
        damages: What is damaged, by path.
    """

    submissions: int
    files: int
    damages: tuple[Damage, ...]


def verify(folder: Path) -> Verified:
    """Return what is damaged in a collection.

    Raises:
        CollectionError: There is none.
    """
    check_format(folder)
    copies = indexed(folder)  # before the folders, as one that is added meanwhile is there before its copy
    names = _names(folder, SUBMISSIONS)
    ids = [path.name for path in names if is_id(path.name)]
    looked_at = [found for name in ids for found in _submission(folder, name, copies.get(name))]
    looked_at += [(Path(SUBMISSIONS) / name, Fault.ABSENT) for name in copies if name not in ids]
    looked_at += [(path, Fault.FOREIGN) for path in names if path.name not in ids]
    looked_at += [(path, _structure(folder / path)) for path in _names(folder, STRUCTURES)]
    damages = sorted({(str(path.as_posix()), fault) for path, fault in looked_at if fault is not None})
    return Verified(len(ids), len(looked_at), tuple(Damage(*one) for one in damages))


def _submission(folder: Path, name: str, copy: Receipt | None) -> Iterator[tuple[Path, Fault | None]]:
    own = Path(SUBMISSIONS) / name
    try:
        receipt = read_receipt(folder, name)
    except CollectionError:
        is_there = (folder / own / RECEIPT).exists()
        yield own / RECEIPT, Fault.UNREADABLE if is_there else Fault.ABSENT
        if copy is None:
            return
        receipt = copy
    else:
        is_same = receipt.id == name and (copy is None or copy == receipt)
        yield own / RECEIPT, None if is_same else Fault.CHANGED
    hashes = {receipt.original: receipt.sha256, REPORT: receipt.report_sha256}
    hashes |= {part_name(number): part.sha256 for number, part in enumerate(receipt.parts)}
    for file, sha256 in hashes.items():
        yield own / file, _fault(folder / own / file, sha256)
    for part in receipt.parts:
        path = Path(STRUCTURES) / f"{part.schema}.json"
        if not (folder / path).exists():
            yield path, Fault.ABSENT


def _names(folder: Path, inside: str) -> list[Path]:
    try:
        return [Path(inside) / path.name for path in sorted((folder / inside).iterdir())]
    except FileNotFoundError:
        return []


def _structure(path: Path) -> Fault | None:
    try:
        return None if name_of(path.read_bytes()) == path.stem else Fault.CHANGED
    except OSError:
        return Fault.UNREADABLE


def _fault(path: Path, sha256: str) -> Fault | None:
    try:
        return None if sha256_of(path) == sha256 else Fault.CHANGED
    except FileNotFoundError:
        return Fault.ABSENT
    except OSError:
        return Fault.UNREADABLE
