"""The one table of formats, and reading and writing in any of them. What reads or writes one is imported when used."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Literal

from icstip.errors import FormatError

if TYPE_CHECKING:  # what the table itself does not need is imported with a writer
    from icstip.artefacts.collection import Artefacts
    from icstip.artefacts.notices import Notices
    from icstip.messages.data_options import DataOptions
    from icstip.messages.data_parts import DataPart, Reading
    from icstip.messages.data_source import DataSource
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
        model: Version of the information model that it belongs to, which SDMX-JSON and SDMX-CSV number otherwise.
        reader: Module and function that reads it; empty for structures, whose formats are told apart by their reader.
        has_series: Whether it knows other layouts than flat.
    """

    id: str
    kind: Kind
    extension: str
    media_type: str
    writer: str
    lacks: frozenset[str] = frozenset()
    model: str = ""
    reader: str = ""
    has_series: bool = False

    @property
    def name(self) -> str:
        """The name as the standard writes it, for example ``SDMX-ML 3.0``."""
        family, version, *kind = re.split(r"-(?=\d)|(?<=\d)-", self.id)
        return " ".join([family.upper(), version, *kind])

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
        written: bytes = _load(self.writer)(artefacts, header, notices)
        return written

    def write_data(
        self,
        parts: "Iterable[DataSet]",
        file: BinaryIO,
        header: "MessageHeader",
        options: "DataOptions",
        notices: "Notices",
    ) -> None:
        """Write data sets as one message in this format: equal ones give equal bytes.

        Args:
            parts: Data sets in parts: consecutive ones of the same schema and action are one data set. They are taken
                one by one, so that a message can be larger than memory.
            file: Where the message goes.
            header: Who sends it and when it was prepared.
            options: What the format leaves to choose.
            notices: Where it is said what the format cannot say.

        Raises:
            StructureError: The format cannot say what the data are, for example because of several measures.
        """
        _load(self.writer)(parts, file, header, options, notices)

    def read_data(self, source: "DataSource", reading: "Reading") -> "Iterator[DataPart]":
        """Yield the data sets of a message in parts. The reader of a family sees by itself which version it is.

        Args:
            source: The message.
            reading: Where header, format and findings go.

        Raises:
            FormatError: It is no such message, or broken; what was yielded before then is of no use.
        """
        parts: Iterator[DataPart] = _load(self.reader)(source, reading)
        return parts


def _load(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    loaded: Callable[..., Any] = getattr(import_module(module), function)
    return loaded


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


def _data(format_id: str, media_type: str, writer: str, model: str) -> Format:
    family = format_id.split("-")[1]
    return Format(
        format_id,
        "data",
        {"ml": "xml"}.get(family, family),
        media_type,
        f"icstip.messages.data_{family}.write:{writer}",
        model=model,
        reader=f"icstip.messages.data_{family}.read:read",
        has_series=family != "csv",
    )


FORMATS: Final[tuple[Format, ...]] = (
    _structures("sdmx-ml-3.0", "3.0.0", "ml.write:write_30", "3.0"),
    _structures("sdmx-ml-3.1", "3.1.0", "ml.write:write_31", "3.1"),
    _structures("sdmx-ml-2.1", "2.1", "ml.write:write_21", "2.1"),
    _structures("sdmx-json-2.0", "2.0.0", "json.write:write_20", "3.0"),
    _structures("sdmx-json-2.1", "2.1.0", "json.write:write_21", "3.1"),
    _structures("sdmx-json-1.0", "1.0.0", "json.write:write_10", "2.1"),
    _data("sdmx-csv-1.0", "application/vnd.sdmx.data+csv;version=1.0.0", "write_10", "2.1"),
    _data("sdmx-csv-2.0", "application/vnd.sdmx.data+csv;version=2.0.0", "write_20", "3.0"),
    _data("sdmx-csv-2.1", "application/vnd.sdmx.data+csv;version=2.1.0", "write_21", "3.1"),
    _data("sdmx-ml-2.1", "application/vnd.sdmx.structurespecificdata+xml;version=2.1", "write_21", "2.1"),
    _data("sdmx-ml-2.1-generic", "application/vnd.sdmx.genericdata+xml;version=2.1", "write_21_generic", "2.1"),
    _data("sdmx-ml-3.0", "application/vnd.sdmx.data+xml;version=3.0.0", "write_30", "3.0"),
    _data("sdmx-ml-3.1", "application/vnd.sdmx.data+xml;version=3.1.0", "write_31", "3.1"),
    _data("sdmx-json-1.0", "application/vnd.sdmx.data+json;version=1.0.0", "write_10", "2.1"),
    _data("sdmx-json-2.0", "application/vnd.sdmx.data+json;version=2.0.0", "write_20", "3.0"),
    _data("sdmx-json-2.1", "application/vnd.sdmx.data+json;version=2.1.0", "write_21", "3.1"),
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
