"""The one table of formats, and writing in any of them. A writer is imported when it is used, not before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from icstip.errors import FormatError

if TYPE_CHECKING:  # what the table itself does not need is imported with a writer
    from icstip.artefacts.collection import Artefacts
    from icstip.artefacts.notices import Notices
    from icstip.messages.dataset import DataSet
    from icstip.messages.header import MessageHeader
    from icstip.messages.structure_header import StructureHeader

Kind = Literal["structure", "data"]

_SDMX_3_ONLY: Final = frozenset({"ValueList", "MetadataProviderScheme", "RepresentationMap", "StructureMap"})


@dataclass(frozen=True, slots=True)
class Format:
    """A format of SDMX messages.

    Attributes:
        id: What people call it by, for example ``sdmx-ml-3.0``.
        kind: Whether it carries structures or data.
        extension: Extension of its files, without the dot.
        media_type: Media type by which it is asked for and sent.
        writer: Module and function that write it, for example ``icstip.messages.structure_ml.write:write_30``.
        lacks: Classes of artefacts that it does not have.
        model: Version of the information model of a format of structures, which SDMX-JSON numbers otherwise.
    """

    id: str
    kind: Kind
    extension: str
    media_type: str
    writer: str
    lacks: frozenset[str] = frozenset()
    model: str = ""

    @property
    def name(self) -> str:
        """The name as the standard writes it, for example ``SDMX-ML 3.0``."""
        family, _, version = self.id.rpartition("-")
        return f"{family.upper()} {version}"

    def file_name(self, stem: str) -> str:
        """Return the name of a file in this format: ``<stem>.<format>.<extension>``."""
        return f"{stem}.{self.id}.{self.extension}"

    def write_structures(self, artefacts: "Artefacts", header: "StructureHeader", notices: "Notices") -> bytes:
        """Return structures as a message in this format: equal ones give equal bytes.

        Args:
            artefacts: The artefacts.
            header: Who sends them and when they were prepared.
            notices: Where it is said what the format cannot say.

        Raises:
            StructureError: An artefact is broken in itself: it has no name, or an id that cannot be written.
        """
        written: bytes = self._load()(artefacts, header, notices)
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


def _structures(format_id: str, version: str, writer: str, model: str) -> Format:
    extension = "json" if "json" in format_id else "xml"
    lacks = _SDMX_3_ONLY if model == "2.1" else frozenset()
    return Format(
        format_id,
        "structure",
        extension,
        f"application/vnd.sdmx.structure+{extension};version={version}",
        f"icstip.messages.structure_{writer}",
        lacks,
        model,
    )


FORMATS: Final[tuple[Format, ...]] = (
    _structures("sdmx-ml-3.0", "3.0.0", "ml.write:write_30", "3.0"),
    _structures("sdmx-ml-3.1", "3.1.0", "ml.write:write_31", "3.1"),
    _structures("sdmx-ml-2.1", "2.1", "ml.write:write_21", "2.1"),
    _structures("sdmx-json-2.0", "2.0.0", "json.write:write_20", "3.0"),
    _structures("sdmx-json-2.1", "2.1.0", "json.write:write_21", "3.1"),
    _structures("sdmx-json-1.0", "1.0.0", "json.write:write_10", "2.1"),
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
