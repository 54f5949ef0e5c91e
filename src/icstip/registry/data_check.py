"""The data validation service of Fusion Metadata Registry (``/ws/public/data/validate``)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from icstip.artefacts.base import Reference
from icstip.artefacts.urn import urn_of
from icstip.errors import FormatError, RegistryError
from icstip.findings import Finding, Place
from icstip.messages.structure_json.reading.base import parse
from icstip.registry.http.addresses import shown_origin
from icstip.registry.http.connection import Connection
from icstip.registry.service import Service, check_status

PATH: Final = "/ws/public/data/validate"
FOUND: Final = "REG-004"

_REFUSED: Final = 400
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class DataCheck:
    """Sends data to the validation service of a registry.

    Attributes:
        connection: The connection to the registry.
        service: Its web service.
    """

    connection: Connection
    service: Service

    def findings(self, path: Path, structure: Reference | None, *, is_csv: bool) -> tuple[Finding, ...]:
        """Return what a registry finds in a data message.

        Args:
            path: The data message.
            structure: What the data are of, where the registry is not to go by the message.
            is_csv: Whether it is a text with commas, which the service does not see by itself.

        Raises:
            RegistryError: The registry has no such service, cannot read the data or the structure, or its answer
                cannot be understood.
        """
        headers = {"Accept": "application/json"}
        if structure is not None:
            headers["Structure"] = urn_of(structure)
        if is_csv:
            headers["Data-Format"] = "csv;delimiter=comma"
        address = self.service.root + PATH
        try:
            content = path.read_bytes()
        except OSError as error:
            raise RegistryError("registry-file", where=str(path), reason=error.strerror or error) from error
        answer = self.connection.send("POST", address, headers, files={"uploadFile": (path.name, content)})
        where = shown_origin(address)
        if answer.status == _REFUSED:
            raise RegistryError("registry-data-refused", where=where, file=path.name)
        check_status(answer)
        try:
            told = parse(answer.content, where)
        except FormatError:
            raise RegistryError("registry-data-answer", where=where) from None
        if "Datasets" not in told and "Status" not in told:
            raise RegistryError("registry-data-answer", where=where)
        return tuple(self._findings(told, str(path)))

    def _findings(self, told: Mapping[str, Any], file: str) -> Iterator[Finding]:
        for entry in _errors(told):
            keys = entry.get("Keys") or entry.get("Key") or []
            key = next(iter(keys), None) if isinstance(keys, list) else keys
            value = entry.get("ReportedValue", entry.get("Value"))
            params = {
                "told": self._shown(entry.get("Message") or entry.get("Type") or ""),
                "error": self._shown(entry.get("ErrorCode") or entry.get("Code") or entry.get("Type") or "?"),
                "component": self._shown(entry.get("ComponentId") or entry.get("Component") or "–"),
                "times": len(keys) if isinstance(keys, list) and keys else 1,
            }
            place = Place(file, key=_key_text(self._shown(key)) if key else None)
            yield Finding(FOUND, place, None if value is None else self._shown(value), params)

    def _shown(self, value: object) -> str:
        """Return what came from a registry on one line, without what a terminal obeys, and without secrets."""
        shown = "".join(letter if letter.isprintable() else " " for letter in str(value))
        return self.connection.hidden_in(" ".join(shown.split()))[:_LONGEST]


def _errors(told: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the errors of a report, each with the type of check that found it."""
    for dataset in _objects(told.get("Datasets")):
        for check in _objects(dataset.get("ValidationReport")):
            for error in _objects(check.get("Errors")):
                yield {"Type": check.get("Type"), **error}
    for error in _objects(told.get("Errors")):
        yield error


def _objects(value: object) -> Iterator[Mapping[str, Any]]:
    yield from (one for one in value if isinstance(one, Mapping)) if isinstance(value, list) else ()


def _key_text(key: str) -> str:
    """Return a key as our findings have it: the registry separates its parts by colons."""
    return key if "." in key else key.replace(":", ".")
