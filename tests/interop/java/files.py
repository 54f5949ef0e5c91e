"""The files that readers are asked to read: what is in them, told without any reader of SDMX."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from lxml import etree

Kind = Literal["structures", "data"]

HEAD: Final = 16_384
"""So much of a file is looked at to see what is in it, in bytes."""

_VERSION: Final = re.compile(r"schemas/v?(\d)[._](\d)|json\.sdmx\.org/(\d)\.(\d)")
_ROOT: Final = re.compile(r"<(?:\w+:)?(\w+)[\s>]")


@dataclass(frozen=True, slots=True)
class Subject:
    """A file, what it carries, and its format as we name it, for example ``sdmx-ml-2.1``."""

    path: Path
    kind: Kind
    format_id: str

    @classmethod
    def of(cls, path: Path) -> "Subject":
        """Return the file as a subject.

        Args:
            path: An XML, JSON or CSV file.
        """
        head = path.read_bytes()[:HEAD].decode("utf-8-sig", errors="replace")
        if path.suffix == ".csv":
            return cls(path, "data", "sdmx-csv-1.0" if head.startswith("DATAFLOW") else "sdmx-csv-2.0")
        found = _VERSION.search(head)
        version = ".".join(number for number in found.groups() if number) if found else "?"
        if path.suffix == ".json":
            return cls(path, "structures" if "structure-schema" in head else "data", f"sdmx-json-{version}")
        root = _ROOT.search(head)
        return cls(path, "structures" if root and root[1] == "Structure" else "data", f"sdmx-ml-{version}")

    def mentions(self, artefact_id: str) -> bool:
        """Say whether the beginning of the file has an id as a word."""
        head = self.path.read_bytes()[:HEAD].decode("utf-8", errors="replace")
        return re.search(rf"(?<![\w-]){re.escape(artefact_id)}(?![\w-])", head) is not None

    def observations(self) -> int | None:
        """Return how many observations a data file has; None where it takes a reader to see."""
        if self.path.suffix == ".csv":
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                return sum(1 for _ in csv.reader(file)) - 1
        if self.path.suffix == ".xml":
            return sum(1 for _, element in etree.iterparse(self.path, tag="{*}Obs") if element is not None)
        return None


def files_in(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder that can hold SDMX messages, by their names.

    Args:
        folder: Also what is in the folders in it.
    """
    yield from sorted(path for path in folder.rglob("*") if path.suffix in {".xml", ".json", ".csv"})
