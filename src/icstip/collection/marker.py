"""The file by which a folder is known as a collection."""

import tomllib
from pathlib import Path
from typing import Final

from icstip.errors import CollectionError

FILE: Final = "collection.toml"
FORMAT: Final = 1
"""How folders are laid out; a later way of doing it has a higher number."""

_MARKER: Final = f"""\
# A collection of submissions of data, kept by icstip. Files are not to be changed: icstip collect verify finds out.
format = {FORMAT}
"""


def written_marker() -> bytes:
    """Return the content of the file."""
    return _MARKER.encode()


def check_format(folder: Path) -> None:
    """Refuse a folder that is no collection, or one that a later version made.

    Raises:
        CollectionError: It is.
    """
    path = folder / FILE
    try:
        made = tomllib.loads(path.read_text(encoding="utf-8"))["format"]
    except FileNotFoundError as error:
        raise CollectionError("collection-none", where=str(folder)) from error
    except (OSError, ValueError, KeyError) as error:
        raise CollectionError("collection-damaged", where=str(path)) from error
    if made != FORMAT:
        raise CollectionError("collection-format", where=str(folder), made=made, known=FORMAT)
