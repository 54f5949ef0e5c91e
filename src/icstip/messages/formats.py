"""The one table of formats, and writing in any of them. A writer is imported when it is used, not before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from icstip.errors import FormatError

if TYPE_CHECKING:  # what the table itself does not need is imported with a writer
    from sdmx.message import StructureMessage

    from icstip.messages.dataset import DataSet
    from icstip.messages.header import MessageHeader

Kind = Literal["structure", "data"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of SDMX messages.

    Attributes:
        id: What people call it by, for example ``sdmx-ml-3.0``.
        kind: Whether it carries structures or data.
        extension: Extension of its files, without the dot.
        media_type: Media type by which it is asked for and sent.
        writer: Module and function that write it, for example ``icstip.messages.structure_ml30:write``.
    """

    id: str
    kind: Kind
    extension: str
    media_type: str
    writer: str

    def file_name(self, stem: str) -> str:
        """Return the name of a file in this format: ``<stem>.<format>.<extension>``."""
        return f"{stem}.{self.id}.{self.extension}"

    def write_structures(
        self, message: "StructureMessage", *, message_id: str | None = None, prepared: datetime | None = None
    ) -> bytes:
        """Return a structure message in this format: equal messages give equal bytes.

        Args:
            message: Any structure message of sdmx1.
            message_id: Id of the message; without it the one of its header.
            prepared: When the message was prepared; without it the time of its header. Never the clock.

        Raises:
            StructureError: The format cannot express something in the message, or its header is incomplete.
        """
        written: bytes = self._load()(message, message_id=message_id, prepared=prepared)
        return written

    def write_data(self, dataset: "DataSet", path: Path, header: "MessageHeader") -> None:
        """Write a data set in this format.

        Args:
            dataset: The observations.
            path: The file.
            header: Who sends it and when it was prepared.
        """
        self._load()(dataset, path, header)

    def _load(self) -> Callable[..., Any]:
        module, _, function = self.writer.partition(":")
        writer: Callable[..., Any] = getattr(import_module(module), function)
        return writer


FORMATS: Final[tuple[Format, ...]] = (
    Format(
        "sdmx-ml-3.0",
        "structure",
        "xml",
        "application/vnd.sdmx.structure+xml;version=3.0.0",
        "icstip.messages.structure_ml30:write",
    ),
    Format(
        "sdmx-ml-2.1",
        "structure",
        "xml",
        "application/vnd.sdmx.structure+xml;version=2.1",
        "icstip.messages.structure_ml21:write",
    ),
    Format(
        "sdmx-csv-2.0",
        "data",
        "csv",
        "application/vnd.sdmx.data+csv;version=2.0.0",
        "icstip.messages.data_csv:write",
    ),
    Format(
        "sdmx-ml-3.0",
        "data",
        "xml",
        "application/vnd.sdmx.data+xml;version=3.0.0",
        "icstip.messages.data_ml30:write",
    ),
)

_BY_ID: Final[Mapping[tuple[str, str], Format]] = {(entry.id, entry.kind): entry for entry in FORMATS}


def formats_of(kind: Kind) -> tuple[Format, ...]:
    """Return the formats of a kind of message, in the order of the table."""
    return tuple(entry for entry in FORMATS if entry.kind == kind)


def format_of(format_id: str, kind: Kind) -> Format:
    """Return a format.

    Args:
        format_id: Its id, for example ``sdmx-ml-3.0``.
        kind: Whether it is to carry structures or data: both may have the same id.

    Raises:
        FormatError: There is no such format; the message lists the ones that there are.
    """
    try:
        return _BY_ID[format_id, kind]
    except KeyError:
        known = ", ".join(entry.id for entry in formats_of(kind))
        raise FormatError("format-unknown", where=format_id, known=known) from None


def write_structures(
    message: "StructureMessage", format_id: str, *, message_id: str | None = None, prepared: datetime | None = None
) -> bytes:
    """Return a structure message in a format: `Format.write_structures` by the id of the format.

    Args:
        message: Any structure message of sdmx1, for example of `icstip.structures.build.build_structures`.
        format_id: Id of the format, for example ``sdmx-ml-3.0``.
        message_id: Id of the message; without it the one of its header.
        prepared: When the message was prepared; without it the time of its header. Never the clock.

    Raises:
        FormatError: There is no such format of structures.
        StructureError: The format cannot express something in the message, or its header is incomplete.
    """
    return format_of(format_id, "structure").write_structures(message, message_id=message_id, prepared=prepared)
