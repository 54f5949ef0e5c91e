"""A message is read as it is, from gzip or from the one file of a zip archive; archives are unpacked within limits."""

import gzip
import zipfile
from pathlib import Path

import pytest

from icstip.errors import FormatError
from icstip.messages.data_source import DataSource

CONTENT = b"<a>\xc3\xa9</a>" * 10


def _all(path: Path) -> bytes:
    with DataSource(path).open() as file:
        return file.read()


def _zip(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_a_file_is_read_as_it_is_and_can_be_mapped(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(CONTENT)
    assert (_all(path), DataSource(path).path, DataSource(path).start()) == (CONTENT, path, CONTENT)


def test_gzip_is_unpacked_whatever_the_file_is_called(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(gzip.compress(CONTENT))
    assert (_all(path), DataSource(path).path) == (CONTENT, None)


def test_the_one_file_of_a_zip_archive_is_the_message(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", **{"__MACOSX/x": b"", "folder/": b"", "folder/a.csv": CONTENT})
    assert _all(path) == CONTENT


@pytest.mark.parametrize("parts", [{}, {"a": CONTENT, "b": CONTENT}])
def test_an_archive_of_no_or_several_files_is_refused(parts: dict[str, bytes], tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", **(parts or {"folder/": b""}))
    with pytest.raises(FormatError, match=f"has {len(parts)} files"):
        _all(path)


def test_an_archive_that_grows_beyond_what_data_do_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    with gzip.open(path, "wb") as file:
        for _ in range(80):
            file.write(bytes(1 << 20))
    with pytest.raises(FormatError, match="far more than data can"):
        _all(path)


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(CONTENT, mtime=0)[:-6], gzip.compress(CONTENT, mtime=0)[:12] + b"x" * 30, b"PK\x03\x04broken"],
)
def test_a_broken_archive_is_told(packed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(packed)
    with pytest.raises(FormatError, match="damaged"):
        _all(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        DataSource(tmp_path / "none")
