"""Validating data as the Fusion Metadata Registry does, with a reader of its own.

FMR knowledge base, DataValidationWebService: ``POST {base}/ws/public/data/validate``, a form with the file
``uploadFile`` or the data themselves, the header ``Structure`` with a URN, which goes before what the data say. The
answer is JSON: 200 where the data were validated, whatever is wrong with them, 400 where they cannot be read or their
structure is not there. The layout of the report (``Status``, ``Errors``, ``Datasets`` with ``DSD``, ``Dataflow``,
``KeysCount``, ``ObsCount``, ``Errors`` and ``ValidationReport``; in it ``Type`` and ``Errors`` with ``ErrorCode``,
``Message``, ``Dataset``, ``ComponentId``, ``Position``, ``Keys``, ``ReportedValue``) follows those pages, and a report
of a real one in the documentation of sdmxthon (``MandatoryAttributes``, ``REG-201-051``). The names of other types and
codes are those of this registry: the pages that could be read have no list of them.

What is checked, of SDMX-CSV and of whatever pysdmx reads: that each dimension and each mandatory attribute is reported,
that codes are in the code lists, and that no key comes twice.
"""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

import pysdmx.errors
from pysdmx.io import read_sdmx
from tests.registry.answers import JSON
from tests.registry.bodies import uploaded
from tests.registry.exchange import Answer, RefusedError, Request
from tests.registry.schema_query import schema_artefacts

from icstip.artefacts.base import Maintainable
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import Attribute, Component, Dataflow, DataStructure, Dimension, ProvisionAgreement
from icstip.artefacts.items import ItemScheme
from icstip.artefacts.resolution import representation_of, resolve
from icstip.artefacts.urn import parse_urn, urn_of
from icstip.errors import StructureError

Rows = Sequence[Mapping[str, str]]

_CONTEXTS: Final = (Dataflow, DataStructure, ProvisionAgreement)
_KINDS: Final = {"dataflow": "Dataflow", "datastructure": "DataStructure", "dataprovision": "ProvisionAgreement"}
_ABOUT_DATA: Final = frozenset({"DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION"})


@dataclass(slots=True)
class Report:
    """What is wrong with one data set, by the type of it."""

    errors: defaultdict[str, list[dict[str, object]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, kind: str, code: str, message: str, *, component: str, keys: Sequence[str], value: str = "") -> None:
        """Say that something is wrong.

        Args:
            kind: Type of the error.
            code: Code of the error.
            message: What is wrong, in English.
            component: Component that it concerns; empty for a whole key.
            keys: The keys that it concerns.
            value: The value that is wrong.
        """
        error: dict[str, object] = {"ErrorCode": code, "Message": message, "Dataset": 0, "Position": "Observation"}
        error |= {"ComponentId": component} if component else {}
        error |= {"ReportedValue": value} if value else {}
        self.errors[kind].append({**error, "Keys": list(keys)})

    def listed(self) -> list[dict[str, object]]:
        """Return the errors as a report lists them."""
        return [{"Type": kind, "Errors": errors} for kind, errors in self.errors.items()]


def validate(request: Request, artefacts: Artefacts) -> Answer:
    """Return the report on the data that a request sends.

    Args:
        request: The request.
        artefacts: All structures that there are.

    Raises:
        RefusedError: The data cannot be read, or there is no such structure.
    """
    content = uploaded(request).content
    try:
        rows, said = _rows_of(content)
        context = _context(request.header("Structure") or said, artefacts)
    except RefusedError as refused:
        # The pages have reports with the status Error and one text for data that cannot be read.
        body = json.dumps({"Status": "Error", "Error": refused.reason}).encode()
        return Answer(HTTPStatus.BAD_REQUEST, body, JSON)
    data_set = _data_set(rows, context, artefacts)
    message = {"Status": "Complete", "Errors": data_set["Errors"], "Datasets": [data_set]}
    return Answer(HTTPStatus.OK, json.dumps(message).encode(), JSON)


def _data_set(rows: Rows, context: Maintainable, artefacts: Artefacts) -> dict[str, object]:
    about = schema_artefacts(context, artefacts)
    structure = about.all_of(DataStructure)[0]
    dimensions = [component.id for component in structure.dimensions]
    report = Report()
    _check_dimensions(rows, dimensions, report)
    for component in structure.components:
        _check_codes(rows, component, dimensions, about, report)
    _check_duplicates(rows, dimensions, report)
    time = {part.id for part in structure.dimensions if part.kind == "TimeDimension"}
    series = {tuple(row.get(name, "") for name in dimensions if name not in time) for row in rows}
    return {
        "DSD": urn_of(structure.reference),
        **({"Dataflow": urn_of(context.reference)} if isinstance(context, Dataflow) else {}),
        "KeysCount": len(series),
        "ObsCount": len(rows),
        "GroupsCount": 0,
        "Errors": bool(report.errors),
        "ValidationReport": report.listed(),
    }


def _check_dimensions(rows: Rows, dimensions: Sequence[str], report: Report) -> None:
    for name in dimensions:
        keys = [_key(row, dimensions) for row in rows if not row.get(name)]
        if keys:
            message = f"Missing value for dimension '{name}'"
            report.add("MissingDimensions", "REG-201-050", message, component=name, keys=keys)


def _check_codes(rows: Rows, component: Component, dimensions: Sequence[str], about: Artefacts, report: Report) -> None:
    if isinstance(component, Attribute) and component.mandatory:
        keys = [_key(row, dimensions) for row in rows if not row.get(component.id)]
        if keys:
            message = f"Missing mandatory attribute '{component.id}'"
            report.add("MandatoryAttributes", "REG-201-051", message, component=component.id, keys=keys)
    codes = _codes_of(component, about)
    wrong: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows if codes is not None else ():
        value = row.get(component.id, "")
        if value and codes is not None and value not in codes:
            wrong[value].append(_key(row, dimensions))
    place = "Dimension" if isinstance(component, Dimension) else "Component"
    for value, keys in wrong.items():
        message = f"{place} '{component.id}' is reporting value which is not a valid representation: '{value}'"
        report.add("Representation", "REG-201-070", message, component=component.id, keys=keys, value=value)


def _check_duplicates(rows: Rows, dimensions: Sequence[str], report: Report) -> None:
    seen: set[str] = set()
    for key in (_key(row, dimensions) for row in rows):
        if key in seen:
            report.add("Duplicates", "REG-201-060", f"Duplicate observation '{key}'", component="", keys=[key])
        seen.add(key)


def _codes_of(component: Component, about: Artefacts) -> frozenset[str] | None:
    try:
        representation, _ = representation_of(about, component)
    except StructureError:
        return None
    enumeration = resolve(about, representation.enumeration) if representation.enumeration else None
    return frozenset(item.id for item in enumeration.items) if isinstance(enumeration, ItemScheme) else None


def _key(row: Mapping[str, str], dimensions: Iterable[str]) -> str:
    return ":".join(row.get(name, "") for name in dimensions)


def _context(said: str, artefacts: Artefacts) -> Maintainable:
    reference = parse_urn(said)
    found = resolve(artefacts, reference) if reference is not None else None
    if not isinstance(found, _CONTEXTS):
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"Could not resolve the structure '{said}'")
    return found


def _rows_of(content: bytes) -> tuple[Rows, str]:
    """Return the observations in data, a value for each component, and the URN of the structure that they name."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in {b"<", b"{"}:
        return _rows_of_csv(content)
    try:
        data_sets = list(read_sdmx(io.BytesIO(content), validate=False).data or ())
    except (pysdmx.errors.PysdmxError, ValueError, KeyError) as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"Could not read the data: {error}") from error
    if not data_sets:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "There are no data")
    return [row for data_set in data_sets for row in _rows_of_frame(data_set)], _long_urn(data_sets[0].short_urn)


def _rows_of_frame(data_set: Any) -> Iterator[Mapping[str, str]]:  # noqa: ANN401 - pysdmx publishes no usable types
    for row in data_set.data.to_dict("records"):
        yield {name: str(value) for name, value in row.items() if value == value and value is not None}  # noqa: PLR0124 - not NaN


def _rows_of_csv(content: bytes) -> tuple[Rows, str]:
    try:
        lines = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "Could not read the data: not in UTF-8") from error
    given = [row for row in lines if None not in row]
    if not given:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "Could not determine what type of data this is")
    first = given[0]
    if "DATAFLOW" in first:
        said = _urn("Dataflow", first["DATAFLOW"])
    else:
        said = _urn(_KINDS.get((first.get("STRUCTURE") or "").lower(), ""), first.get("STRUCTURE_ID") or "")
    rows = [{name: value or "" for name, value in row.items() if name not in _ABOUT_DATA} for row in given]
    return rows, said


def _urn(kind: str, short: str) -> str:
    package = "registry" if kind == "ProvisionAgreement" else "datastructure"
    return f"urn:sdmx:org.sdmx.infomodel.{package}.{kind}={short.partition(':')[0]}:{short.partition(':')[2]}"


def _long_urn(short: str) -> str:
    kind, _, name = short.partition("=")
    return _urn(kind, name)
