"""Answers that were kept: asked for again only when they changed, and there when the network is not."""

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from icstip.errors import OutputError

_LARGEST_HEAD: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was kept.

    Attributes:
        content: Its body.
        tag: The header ``ETag``; empty where there was none.
        modified: The header ``Last-Modified``; empty where there was none.
    """

    content: bytes = field(repr=False)
    tag: str
    modified: str

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask only for what changed since (RFC 9110 §13)."""
        asked = {"If-None-Match": self.tag, "If-Modified-Since": "" if self.tag else self.modified}
        return {name: value for name, value in asked.items() if value}


class KeptAnswers:
    """A folder of answers, a file each. A file is whole or not there.

    Args:
        folder: The folder; made, for its owner alone, when something is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, address: str, accepted: str) -> Kept | None:
        """Return what was kept of an address for some media types; None if nothing, or nothing whole."""
        try:
            head, _, content = self._path(address, accepted).read_bytes().partition(b"\n")
        except OSError:
            return None
        try:
            said = json.loads(head[:_LARGEST_HEAD])
        except ValueError:
            return None
        if not isinstance(said, dict) or said.get("sha256") != hashlib.sha256(content).hexdigest():
            return None
        return Kept(content, str(said.get("tag", "")), str(said.get("modified", "")))

    def keep(self, address: str, accepted: str, answer: Kept) -> None:
        """Keep an answer instead of an earlier one.

        Raises:
            OutputError: The folder cannot be written.
        """
        said = {
            "address": address,
            "tag": answer.tag,
            "modified": answer.modified,
            "sha256": hashlib.sha256(answer.content).hexdigest(),
        }
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".icstip-", dir=self.folder)
            with os.fdopen(handle, "wb") as file:
                file.write(json.dumps(said).encode() + b"\n" + answer.content)
            Path(name).replace(self._path(address, accepted))
        except OSError as error:
            raise OutputError("output-write", where=str(self.folder), reason=error.strerror or error) from error

    def _path(self, address: str, accepted: str) -> Path:
        return self.folder / hashlib.sha256(f"{address}\n{accepted}".encode()).hexdigest()
