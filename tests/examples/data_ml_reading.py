"""SDMX-ML data messages written by hand, and what the plain reader makes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from icstip.findings import Finding
from icstip.messages.data_ml.plain.reader import PlainReader
from icstip.messages.data_parts import LINE, DataPart, Reading
from icstip.schema import Schema

SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/v"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
URN = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=A:DSD(1.0.0)"
ALL = "AllDimensions"

HEADER = """<mes:ID>M1</mes:ID><mes:Test>false</mes:Test><mes:Prepared>2026-01-01T00:00:00Z</mes:Prepared>
<mes:Sender id="ICSTIP"/>"""

Rows = list[dict[str, Any]]


def root(content: str, version: str = "3.0", name: str = "StructureSpecificData") -> str:
    """A message with the usual prefixes."""
    base = f"{SCHEMAS}{version.replace('.', '_')}"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<mes:{name} xmlns:mes="{base}/message" xmlns:com="{base}/common" xmlns:gen="{base}/data/generic"
  xmlns:foo="{base}/message/footer" xmlns:ss="{base}/data/structurespecific" xmlns:ns1="{URN}:ObsLevelDim"
  xmlns:xsi="{XSI}">{content}</mes:{name}>"""


def header(
    version: str = "3.0", at: str = ALL, more: str = "", reference: str | None = None, attributes: str = ""
) -> str:
    """A header that describes one structure, of the id ``S``."""
    urn = URN if version != "2.1" else f"<URN>{URN}</URN>"
    told = reference if reference is not None else f"<com:Structure>{urn}</com:Structure>"
    at_observation = f' dimensionAtObservation="{at}"' if at else ""
    return f"""<mes:Header>{HEADER}
<mes:Structure structureID="S" namespace="{URN}:ObsLevelDim"{at_observation} {attributes}>{told}</mes:Structure
>{more}</mes:Header>"""


def specific(
    body: str, version: str = "3.0", at: str = ALL, attributes: str = "", *, name: str = "StructureSpecificData"
) -> str:
    """A structure-specific message with one data set."""
    dataset = f'<mes:DataSet ss:structureRef="S" xsi:type="ns1:DataSetType" {attributes}>{body}</mes:DataSet>'
    return root(header(version, at) + dataset, version, name)


def generic(body: str, at: str = ALL, attributes: str = "", *, name: str = "GenericData") -> str:
    """A generic message with one data set."""
    dataset = f'<mes:DataSet structureRef="S" {attributes}>{body}</mes:DataSet>'
    return root(header("2.1", at) + dataset, "2.1", name)


def values(element: str, given: dict[str, str]) -> str:
    """A key or attributes of generic data."""
    told = "".join(f'<gen:Value id="{name}" value="{value}"/>' for name, value in given.items())
    return f"<gen:{element}>{told}</gen:{element}>"


@dataclass(frozen=True)
class Read:
    """What was read of a message."""

    parts: Sequence[DataPart]
    reading: Reading

    @property
    def rows(self) -> Rows:
        """The rows of all parts, without what they do not have."""
        return [
            {name: value for name, value in row.items() if value is not None and name != LINE}
            for part in self.parts
            for row in part.frame.iter_rows(named=True)
        ]

    @property
    def columns(self) -> list[str]:
        """The columns of the first part."""
        return [name for name in self.parts[0].frame.columns if name != LINE]

    @property
    def lines(self) -> list[int]:
        """The lines of the rows of all parts."""
        return pl.concat([part.frame[LINE] for part in self.parts]).to_list()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found."""
        return self.reading.notices.findings

    @property
    def told(self) -> list[tuple[str, str | None]]:
        """Codes and values of what was found."""
        return [(finding.code, finding.value) for finding in self.findings]


def read_pieces(message: str | bytes, size: int = 1 << 20, schema: Schema | None = None) -> Read:
    """What the plain reader makes of a message that it is given in pieces of a size."""
    content = message.encode() if isinstance(message, str) else message
    reading = Reading("message", lambda _: schema)
    reader = PlainReader(reading)
    parts: list[DataPart] = []
    for start in range(0, len(content), size):
        reader.feed(content[start : start + size])
        parts += reader.take()
    reader.close()
    parts += reader.take()
    return Read(parts, reading)
