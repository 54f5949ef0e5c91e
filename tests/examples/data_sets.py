"""Data sets for tests of messages, with what it takes to write and read them."""

import io
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from icstip.artefacts.notices import Notices
from icstip.findings import Finding
from icstip.messages.data_assembly import together
from icstip.messages.data_files import read_data
from icstip.messages.data_options import DataOptions
from icstip.messages.data_parts import Reading
from icstip.messages.data_source import DataSource
from icstip.messages.dataset import DataSet
from icstip.messages.formats import format_of
from icstip.messages.header import MessageHeader
from icstip.messages.structure_header import Party
from icstip.schema import ArtefactKey, Column, Level, Schema
from icstip.standard.model import Role

HEADER = MessageHeader("TEST", Party("ICSTIP", {}), "2026-01-01T00:00:00Z")
ODD = "a \"b\" <c> & 'd', ; é ع\nnext\ttab"
STRUCTURE = ArtefactKey("A", "DSD", "1.0.0")
FLOW = ArtefactKey("A", "DF", "1.0.0")


def dimension(name: str, *codes: str, names: dict[str, dict[str, str]] | None = None) -> Column:
    """A dimension, coded when it has codes."""
    return Column(
        name,
        Role.DIMENSION,
        codes or None,
        f"CL_{name}" if codes else None,
        "String",
        None,
        (),
        mandatory=True,
        name={"en": name.title(), "fr": f"{name.title()} (fr)"},
        code_names=names or {code: {"en": f"Name of {code}", "fr": f"Nom de {code}"} for code in codes},
    )


def time(name: str = "TIME_PERIOD") -> Column:
    """The time dimension."""
    return Column(
        name, Role.TIME_DIMENSION, None, None, "ObservationalTimePeriod", None, (), mandatory=True, name={"en": "Time"}
    )


def measure(name: str = "OBS_VALUE", data_type: str = "Decimal") -> Column:
    """A measure."""
    return Column(name, Role.MEASURE, None, None, data_type, None, (), mandatory=False, name={"en": "Value"})


def attribute(
    name: str,
    level: Level,
    *codes: str,
    to: Sequence[str] = (),
    group: str | None = None,
    data_type: str = "String",
) -> Column:
    """An attribute of a level, coded when it has codes."""
    return Column(
        name,
        Role.ATTRIBUTE,
        codes or None,
        f"CL_{name}" if codes else None,
        data_type,
        level,
        tuple(to),
        mandatory=False,
        group=group,
        name={"en": name.title()},
        code_names={code: {"en": f"Name of {code}"} for code in codes},
    )


def schema(
    *columns: Column, groups: dict[str, tuple[str, ...]] | None = None, flow: ArtefactKey | None = FLOW
) -> Schema:
    """A schema of columns."""
    return Schema(STRUCTURE, flow, columns, groups=groups or {}, name={"en": "Example", "fr": "Exemple"})


FULL = schema(
    dimension("FREQ", "A", "Q"),
    dimension("AREA", "CI", "002", "_T"),
    dimension("SEX", "F", "M", "_T"),
    time(),
    measure(),
    attribute("STATUS", Level.OBSERVATION, "A", "O", "Q"),
    attribute("LOWER", Level.OBSERVATION, data_type="Decimal"),
    attribute("COMMENT", Level.OBSERVATION),
    attribute("RULE", Level.SERIES, "PRINCIPAL", "MULTIPLE", to=("FREQ", "AREA", "SEX")),
    attribute("CONTACT", Level.GROUP, to=("AREA",), group="BY_AREA"),
    attribute("TITLE", Level.DATASET),
    groups={"BY_AREA": ("AREA",)},
)
"""Attributes at all levels, codes that begin with a digit, a group."""


def full() -> DataSet:
    """Observations of `FULL`: a value, bounds, nothing, and a value with every odd character in its comment."""
    frame = pl.DataFrame(
        {
            "FREQ": ["A", "A", "A", "A", "A"],
            "AREA": ["CI", "CI", "CI", "002", "002"],
            "SEX": ["F", "F", "M", "_T", "_T"],
            "TIME_PERIOD": ["2020", "2021", "2020", "2020", "2021-Q1"],
            "OBS_VALUE": [1240.0, None, None, 0.1, -3.5],
            "STATUS": ["A", "Q", "O", "A", None],
            "LOWER": [None, 0.0, None, None, None],
            "COMMENT": [None, None, None, ODD, "x"],
            "RULE": ["PRINCIPAL", "PRINCIPAL", None, "MULTIPLE", "MULTIPLE"],
            "CONTACT": ["a@b", "a@b", "a@b", None, None],
            "TITLE": ["Victims & co"] * 5,
        }
    )
    return of(FULL, frame)


def of(given: Schema, frame: pl.DataFrame) -> DataSet:
    """A data set with its coded columns as enumerations."""
    coded = [pl.col(one.id).cast(pl.Enum(one.codes)) for one in given.columns if one.codes and one.id in frame.columns]
    return DataSet(given, frame.with_columns(coded))


def written(
    data: DataSet | Sequence[DataSet],
    format_id: str,
    options: DataOptions | None = None,
    header: MessageHeader = HEADER,
    notices: Notices | None = None,
) -> bytes:
    """A message."""
    file = io.BytesIO()
    parts = [data] if isinstance(data, DataSet) else data
    said = notices or Notices("test", format_id)
    format_of(format_id, "data").write_data(parts, file, header, options or DataOptions(), said)
    return file.getvalue()


def read(
    content: bytes, folder: Path, given: Schema | None = FULL
) -> tuple[list[DataSet], tuple[Finding, ...], Reading]:
    """The data sets of a message, put together where they are of one schema and action; findings; what is known."""
    path = folder / "message"
    path.write_bytes(content)
    reading = Reading("message", lambda _: given)
    found: list[list[DataSet]] = []
    for part in read_data(DataSource(path, "message"), reading):
        if found and (found[-1][0].schema, found[-1][0].action) == (part.schema, part.action):
            found[-1].append(part)
        else:
            found.append([part])
    return [together(parts) for parts in found], reading.notices.findings, reading
