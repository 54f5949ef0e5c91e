"""The receipts of a collection: those in the index, which is quick to read, and those that it lacks.

The folders of the submissions are the truth. The index repeats their receipts, one a line, and is never needed: what
it lacks is read from the folders, what it has of folders that are not there is passed over, and so is a broken line.
"""

import re
from pathlib import Path
from typing import Final

from icstip.collection.keeping.receipt import Receipt
from icstip.errors import CollectionError

SUBMISSIONS: Final = "submissions"
INDEX: Final = "index.jsonl"
RECEIPT: Final = "receipt.json"
_ID: Final = re.compile(r"[0-9]{6,}-[0-9a-f]{8}")


def submission_ids(folder: Path) -> set[str]:
    """Return the ids of the submissions in a collection: the names of their folders."""
    try:
        return {path.name for path in (folder / SUBMISSIONS).iterdir() if _ID.fullmatch(path.name)}
    except FileNotFoundError:
        return set()


def read_receipts(folder: Path) -> dict[str, Receipt]:
    """Return the receipts of a collection by id, in the order in which they were added.

    Raises:
        CollectionError: A receipt cannot be read.
    """
    ids = submission_ids(folder)
    found = {name: receipt for name, receipt in indexed(folder).items() if name in ids}
    for name in ids.difference(found):
        found[name] = read_receipt(folder, name)
    return dict(sorted(found.items(), key=lambda item: item[1].number))


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
    try:
        with (folder / INDEX).open("rb") as file:
            for line in file:
                try:
                    receipt = Receipt.from_json(line)
                except (ValueError, KeyError, TypeError):
                    continue  # a run was ended as it wrote it
                found[receipt.id] = receipt
    except FileNotFoundError:
        pass
    return found
