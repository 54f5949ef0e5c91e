"""Reading data messages of any format: what they are in is seen, not asked for."""

import re
from collections.abc import Iterator
from typing import Final

from icstip.errors import FormatError
from icstip.messages.data_assembly import assemble
from icstip.messages.data_parts import Reading
from icstip.messages.data_source import DataSource
from icstip.messages.dataset import DataSet
from icstip.messages.formats import format_of

_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_XML, _JSON, _CSV = "sdmx-ml-3.0", "sdmx-json-2.0", "sdmx-csv-2.0"
_CSV_HEAD: Final = re.compile(rb'"?(?:STRUCTURE(?:\[.{1,4}\])?|DATAFLOW)"?[^\w]', re.DOTALL)


def read_data(source: DataSource, reading: Reading) -> Iterator[DataSet]:
    """Yield the data sets of a message in parts; consecutive ones with the same schema and action belong together.

    Args:
        source: The message, in any format of data.
        reading: Where header, format and findings go, and where schemas come from.

    Raises:
        FormatError: It is no data message, or broken. What was yielded before then is of no use.
    """
    start = source.start().replace(b"\x00", b"")
    for mark in _MARKS:
        start = start.removeprefix(mark)
    family = _family(start.lstrip())
    if not family:
        raise FormatError("not-a-data-message", where=source.where)
    yield from assemble(format_of(family, "data").read_data(source, reading), reading)


def _family(start: bytes) -> str:
    """Return a format of the family that a message begins like; its reader tells the versions apart."""
    if start.startswith(b"<"):
        return _XML
    if start[:1] in {b"{", b"["}:
        return _JSON
    return _CSV if _CSV_HEAD.match(start) else ""
