"""The receipts of a collection: those in the index, which is quick to read, and those that it lacks.

The folders of the submissions are the truth. The index repeats their receipts, one a line, and is never needed: what
it lacks is read from the folders, what it has of folders that are not there is passed over, and so is a broken line.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from icstip.collection.keeping.receipt import Receipt
from icstip.errors import CollectionError

SUBMISSIONS: Final = "submissions"
INDEX: Final = "index.jsonl"
RECEIPT: Final = "receipt.json"
_ID: Final = re.compile(r"[0-9]{6,}-[0-9a-f]{8}")
_LINE: Final = re.compile(rb'\{"id": "([0-9]{6,}-[0-9a-f]{8})", ')


class Receipts(Mapping[str, Receipt]):
    """The receipts of a collection by id, in the order in which they were added.

    Each is made of its line when it is asked for: adding needs few of them, however many there are.
    """

    def __init__(
        self, folder: Path, lines: Mapping[str, bytes] | None = None, made: dict[str, Receipt] | None = None
    ) -> None:
        """Read what there is.

        Args:
            folder: The folder of the collection.
            lines: What was read before, by id; that of the index by default.
            made: The receipts that were made of it.

        Raises:
            CollectionError: A receipt cannot be read.
        """
        self._folder = folder
        self._made = {} if made is None else made
        known = _lines(folder) if lines is None else lines
        ids = sorted(_ids(folder), key=lambda name: (number_of(name), name))
        self._lines = {name: known[name] if name in known else self._read(name) for name in ids}

    def renewed(self) -> "Receipts":
        """Return what there is now. Receipts do not change: only what was added since is read."""
        return Receipts(self._folder, self._lines, self._made)

    def __getitem__(self, name: str) -> Receipt:
        line = self._lines[name]
        if name not in self._made:
            try:
                self._made[name] = Receipt.from_json(line)
            except (ValueError, KeyError, TypeError):
                self._made[name] = read_receipt(self._folder, name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def saying(self, component: str, value: str) -> Iterator[Receipt]:
        """Yield the receipts that have a text as the value of a component, of themselves or of one of their parts.

        Args:
            component: Name of the component.
            value: Its value: an id or a hash, which JSON writes as it is.
        """
        said = f'"{component}": "{value}"'.encode()
        return (self[name] for name, line in self._lines.items() if said in line)

    def _read(self, name: str) -> bytes:
        self._made[name] = read_receipt(self._folder, name)
        return self._made[name].to_json().encode()


def is_id(name: str) -> bool:
    """Return whether a folder of this name is that of a submission."""
    return _ID.fullmatch(name) is not None


def number_of(submission: str) -> int:
    """Return the number of a submission, which its id begins with."""
    return int(submission.partition("-")[0])


def read_receipt(folder: Path, submission: str) -> Receipt:
    """Return one receipt from the folder of its submission.

    Raises:
        CollectionError: It cannot be read.
    """
    path = folder / SUBMISSIONS / submission / RECEIPT
    try:
        return Receipt.from_json(path.read_bytes())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CollectionError("collection-damaged", where=str(path)) from error


def indexed(folder: Path) -> dict[str, Receipt]:
    """Return the receipts in the index by id, whether or not their submissions are there."""
    found: dict[str, Receipt] = {}
    for name, line in _lines(folder).items():
        try:
            found[name] = Receipt.from_json(line)
        except (ValueError, KeyError, TypeError):
            continue  # a run was ended as it wrote it
    return found


def _ids(folder: Path) -> set[str]:
    """Return the ids of the submissions in a collection: the names of their folders."""
    try:
        return {path.name for path in (folder / SUBMISSIONS).iterdir() if is_id(path.name)}
    except FileNotFoundError:
        return set()


def _lines(folder: Path) -> dict[str, bytes]:
    """Return the lines of the index that look whole, by the id that they begin with.

    A whole one ends with a hash; one that breaks off can end with the bracket of a part of it.
    """
    try:
        written = (folder / INDEX).read_bytes()
    except FileNotFoundError:
        return {}
    lines = ((_LINE.match(line), line) for line in written.splitlines() if line.endswith(b'"}'))
    return {found[1].decode(): line for found, line in lines if found}
