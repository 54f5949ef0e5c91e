"""Reading structure messages of any format: what they are in is seen, not asked for."""

from pathlib import Path
from typing import Final

from icstip.errors import FormatError
from icstip.messages.document import StructureDocument
from icstip.messages.structure_json.read import read as read_json
from icstip.messages.structure_ml.read import read as read_ml

LARGEST: Final = 1 << 30
"""The largest file of structures that is read, in bytes: a hundred times the largest that registries publish."""

_BYTE_ORDER_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read_structure_file(path: Path) -> StructureDocument:
    """Return the structure message in a file, in whichever format of SDMX-ML or SDMX-JSON it is.

    Args:
        path: The file.

    Raises:
        FormatError: It cannot be read, is too large, or is no structure message.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise FormatError("structure-file-large", where=str(path), most=LARGEST)
        content = path.read_bytes()
    except OSError as error:
        raise FormatError("structure-file-unreadable", where=str(path), reason=error.strerror or error) from error
    return read_structures(content, str(path))


def read_structures(content: bytes, where: str) -> StructureDocument:
    """Return a structure message, in whichever format of SDMX-ML or SDMX-JSON it is.

    Args:
        content: The message.
        where: The file or address that it comes from, for messages.

    Raises:
        FormatError: It is no structure message, or not well-formed.
    """
    return read_json(content, where) if _is_json(content) else read_ml(content, where)


def _is_json(content: bytes) -> bool:
    start = content[:200].replace(b"\x00", b"")
    for mark in _BYTE_ORDER_MARKS:
        start = start.removeprefix(mark)
    return start.lstrip()[:1] in {b"{", b"["}
