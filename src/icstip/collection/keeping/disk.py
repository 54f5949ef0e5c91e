"""The steps on the file system of which adding is made: each is done and on the disk, or raises."""

import hashlib
import os
import shutil
from pathlib import Path
from typing import BinaryIO, Final

import polars as pl

ROWS_TOGETHER: Final = 50_000
"""Rows of a Parquet file that are read or skipped together: those of few areas, as the rows are sorted by area."""

_BLOCK: Final = 1 << 20


class Disk:
    """The file system. What is written is on the disk, not only in memory, when a step returns."""

    def make_folder(self, folder: Path) -> None:
        """Make a folder, with those around it."""
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, path: Path, content: bytes) -> None:
        """Write a new file."""
        with path.open("xb") as file:
            file.write(content)
            _on_disk(file)

    def copy(self, source: Path, path: Path) -> str:
        """Copy a file to a new one; return the SHA-256 of what was copied."""
        digest = hashlib.sha256()
        with source.open("rb") as given, path.open("xb") as file:
            while block := given.read(_BLOCK):
                digest.update(block)
                file.write(block)
            _on_disk(file)
        return digest.hexdigest()

    def write_rows(self, path: Path, rows: pl.DataFrame) -> None:
        """Write rows as a new Parquet file."""
        with path.open("xb") as file:
            rows.write_parquet(file, compression="zstd", statistics=True, row_group_size=ROWS_TOGETHER)
            _on_disk(file)

    def publish(self, path: Path, target: Path) -> None:
        """Give a file or folder the name by which it is found, in one step; a folder must not be there yet."""
        path.rename(target) if path.is_dir() else path.replace(target)
        self.settle(target.parent)

    def settle(self, folder: Path) -> None:
        """See to it that the names in a folder are on the disk."""
        if os.name == "nt":
            return  # which has no such call: its file system keeps names in a journal
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def append(self, path: Path, line: str) -> None:
        """Put a line at the end of a file, which need not end with a whole line."""
        with path.open("a+b") as file:
            file.seek(0, os.SEEK_END)
            if size := file.tell():
                file.seek(size - 1)
                if file.read(1) != b"\n":
                    line = f"\n{line}"
            file.write(f"{line}\n".encode())

    def remove(self, folder: Path) -> None:
        """Remove a folder and all in it."""
        shutil.rmtree(folder)


def _on_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
