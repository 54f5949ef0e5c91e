"""The head of a data message in SDMX-ML: root, header, the structures of the data sets; and how a data set begins."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from icstip.artefacts.base import Reference
from icstip.artefacts.data_structure import TIME_DIMENSION
from icstip.artefacts.urn import urn_of
from icstip.messages.data_parts import Generation
from icstip.messages.dataset import Action
from icstip.messages.formats import format_of
from icstip.messages.header import MessageHeader
from icstip.messages.structure_header import Party
from icstip.messages.xml import escape
from icstip.messages.xml_text import Element, XmlText

ALL_DIMENSIONS: Final = "AllDimensions"
"""What stands for the dimension at the observation when all are there."""

_SCHEMAS: Final = "http://www.sdmx.org/resources/sdmxml/schemas/v"
_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9_.\-]")
_STARTS_NAME: Final = re.compile(r"[A-Za-z_]")
_KINDS: Final[Mapping[str, str]] = {"Dataflow": "StructureUsage", "DataStructure": "Structure"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """A format of SDMX-ML data.

    Attributes:
        format_id: Its id.
        model: Version of the information model.
        is_generic: Whether elements say which component a value is of; otherwise the names of XML attributes do.
    """

    format_id: str
    model: Generation
    is_generic: bool = False

    @property
    def name(self) -> str:
        """The name as the standard writes it."""
        return format_of(self.format_id, "data").name

    @property
    def is_first(self) -> bool:
        """Whether it is one of SDMX 2.1: one measure, groups before observations, messages for time series."""
        return self.model == "2.1"

    @property
    def namespaces(self) -> Mapping[str, str]:
        """The namespaces by the prefixes that SDMX tools write."""
        base = f"{_SCHEMAS}{self.model.replace('.', '_')}"
        data = ("gen", f"{base}/data/generic") if self.is_generic else ("ss", f"{base}/data/structurespecific")
        return {
            "xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "mes": f"{base}/message",
            data[0]: data[1],
            "com": f"{base}/common",
        }


D21: Final = Dialect("sdmx-ml-2.1", "2.1")
D21_GENERIC: Final = Dialect("sdmx-ml-2.1-generic", "2.1", is_generic=True)
D30: Final = Dialect("sdmx-ml-3.0", "3.0")
D31: Final = Dialect("sdmx-ml-3.1", "3.1")


@dataclass(frozen=True, slots=True)
class DataStructureHead:
    """What the header says of the structure of data sets.

    Attributes:
        reference: Dataflow or data structure.
        at_observation: Dimension at the observation, or `ALL_DIMENSIONS`.
        id: Id by which data sets refer to it.
        prefix: Prefix of the namespace of its structure-specific schema.
    """

    reference: Reference
    at_observation: str
    id: str
    prefix: str

    @property
    def namespace(self) -> str:
        """The namespace of its structure-specific schema (SDMX 3.0 §3A part IV)."""
        return f"{urn_of(self.reference)}:ObsLevelDim:{self.at_observation}"


class Head:
    """The head of a message; it grows with the structures that data sets are of.

    Args:
        header: What is said of the message.
        dialect: Format.
        is_time_series: Whether the message is one of those that SDMX 2.1 has for time series.
    """

    def __init__(self, header: MessageHeader, dialect: Dialect, *, is_time_series: bool) -> None:
        self._header = header
        self._dialect = dialect
        self._is_time_series = is_time_series and dialect.is_first
        self.structures: dict[tuple[Reference, str], DataStructureHead] = {}

    def structure(self, reference: Reference, at_observation: str) -> DataStructureHead:
        """Return what the header says of a structure, and let it say so.

        Args:
            reference: Dataflow or data structure.
            at_observation: Dimension at the observation, or `ALL_DIMENSIONS`.
        """
        known = self.structures.get((reference, at_observation))
        if known is None:
            used = {one.id for one in self.structures.values()}
            number = len(self.structures) + 1
            known = DataStructureHead(reference, at_observation, _name(reference.id, used), f"ns{number}")
            self.structures[reference, at_observation] = known
        return known

    @property
    def is_time_series(self) -> bool:
        """Whether it is a message for time series; the generic one has room for one structure only (SDMX 2.1)."""
        if not self._is_time_series or (self._dialect.is_generic and len(self.structures) > 1):
            return False
        return all(at == TIME_DIMENSION for _, at in self.structures)

    @property
    def tag(self) -> str:
        """The name of the root."""
        kind = "Generic" if self._dialect.is_generic else "StructureSpecific"
        return f"mes:{kind}{'TimeSeries' if self.is_time_series else ''}Data"

    def content(self) -> bytes:
        """Return the beginning of the message up to the first data set.

        Raises:
            StructureError: XML cannot hold a character in it.
        """
        names = {f"xmlns:{prefix}": uri for prefix, uri in self._dialect.namespaces.items()}
        if not self._dialect.is_generic:
            names |= {f"xmlns:{one.prefix}": one.namespace for one in self.structures.values()}
        document = XmlText(self.tag, **names)
        self._write_header(document.root.child("mes:Header"))
        return document.content().removesuffix(f"</{self.tag}>\n".encode())

    def _write_header(self, element: Element) -> None:
        header = self._header
        element.child("mes:ID", header.id)
        element.child("mes:Test", str(header.test).lower())
        element.child("mes:Prepared", header.prepared)
        _write_party(element, "mes:Sender", header.sender)
        for receiver in header.receivers:
            _write_party(element, "mes:Receiver", receiver)
        for one in self.structures.values():
            self._write_structure(element, one)
        for language, text in header.source.items():
            element.localised("mes:Source", language, text)

    def _write_structure(self, header: Element, one: DataStructureHead) -> None:
        element = header.child(
            "mes:Structure",
            structureID=one.id,
            namespace=None if self._dialect.is_generic else one.namespace,
            dimensionAtObservation=one.at_observation,
        )
        kind = f"com:{_KINDS[one.reference.kind]}"
        if not self._dialect.is_first:
            element.child(kind, urn_of(one.reference))
            return
        # SDMX 2.1 §3A part II: a reference by its parts, which every tool reads; some read no URN there.
        element.child(kind).child(
            "Ref",
            agencyID=one.reference.agency,
            id=one.reference.id,
            version=one.reference.version,
            **{"class": one.reference.kind},
        )


def dataset_opening(dialect: Dialect, structure: DataStructureHead, action: Action, values: Mapping[str, str]) -> str:
    """Return how a data set begins, with a line end.

    Args:
        dialect: Format.
        structure: What the header says of its structure.
        action: What a receiver is asked to do.
        values: The attributes of the data set.

    Raises:
        StructureError: XML cannot hold a character in it.
    """
    reference = escape(structure.id)
    if dialect.is_generic:
        opening = f'  <mes:DataSet structureRef="{reference}" action="{action.value}">\n'
        said = "".join(f'<gen:Value id="{name}" value="{escape(value)}"/>' for name, value in values.items())
        return f"{opening}    <gen:Attributes>{said}</gen:Attributes>\n" if said else opening
    scope = f' ss:dataScope="{structure.reference.kind}"' if dialect.is_first else ""
    said = "".join(f' {name}="{escape(value)}"' for name, value in values.items())
    return (
        f'  <mes:DataSet ss:structureRef="{reference}" xsi:type="{structure.prefix}:DataSetType"{scope}'
        f' ss:action="{action.value}"{said}>\n'
    )


DATASET_CLOSING: Final = "  </mes:DataSet>\n"
"""How a data set ends."""


def _write_party(header: Element, tag: str, party: Party) -> None:
    element = header.child(tag, id=party.id)
    for language, name in party.name.items():
        element.localised("com:Name", language, name)


def _name(wanted: str, used: set[str]) -> str:
    """Return an id that XML takes for a name and that is not used yet (XML Schema §3.3.8, ID)."""
    name = _NOT_IN_NAMES.sub("_", wanted)
    if not _STARTS_NAME.match(name):
        name = f"_{name}"
    found, number = name, 1
    while found in used:
        number += 1
        found = f"{name}_{number}"
    return found
