"""Reading SDMX-ML data messages: structure-specific data of SDMX 2.1, 3.0 and 3.1, generic data of SDMX 2.1."""

from collections.abc import Iterator

from icstip.messages.data_ml.fast.reader import read_fast
from icstip.messages.data_ml.plain.reader import PlainReader
from icstip.messages.data_parts import DataPart, Reading
from icstip.messages.data_source import DataSource

_BLOCK = 1 << 20


def read(source: DataSource, reading: Reading) -> Iterator[DataPart]:
    """Yield the data sets of a message in parts.

    Args:
        source: The message.
        reading: Where header, format and findings go.

    Raises:
        FormatError: It is no data message, or broken; what was yielded before then is of no use.
    """
    return read_fast(source, reading)


def read_plain(source: DataSource, reading: Reading) -> Iterator[DataPart]:
    """Yield the same as `read`, in the way that is right for every message.

    Args:
        source: The message.
        reading: Where header, format and findings go.

    Raises:
        FormatError: It is no data message, or broken; what was yielded before then is of no use.
    """
    reader = PlainReader(reading)
    with source.open() as file:
        while block := file.read(_BLOCK):
            reader.feed(block)
            yield from reader.take()
    reader.close()
    yield from reader.take()
