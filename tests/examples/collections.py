"""Submissions of a small structure, and a model of what they come to: plain dictionaries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

from icstip.collection.keeping.deposit import Submission
from icstip.collection.keeping.disk import Disk
from icstip.collection.keeping.receipt import Origin, Status
from icstip.collection.keeping.schema_file import KeptStructure
from icstip.collection.store import Collection
from icstip.hashing import sha256_of
from icstip.messages.dataset import Action, DataSet
from icstip.schema import ArtefactKey, Column, Level, Schema
from icstip.standard.model import Role

AREAS: Final = ("KE", "TZ", "UG")
SEXES: Final = ("F", "M")
PERIODS: Final = ("2020", "2021")
DIMENSIONS: Final = ("REF_AREA", "SEX", "TIME_PERIOD")
SAID: Final = ("OBS_VALUE", "OBS_STATUS", "LOWER_BOUND", "COMMENT_OBS")

Key = tuple[str, ...]
Row = Mapping[str, object]


class QuickDisk(Disk):
    """A file system that nobody waits for: what is written is in memory when a step returns."""

    def write(self, path: Path, content: bytes) -> None:
        path.write_bytes(content)

    def write_rows(self, path: Path, rows: pl.DataFrame) -> None:
        rows.write_parquet(path)

    def settle(self, folder: Path) -> None:
        """Do nothing."""


def _column(name: str, role: Role, codes: tuple[str, ...] | None = None, kind: str = "String") -> Column:
    level = Level.OBSERVATION if role is Role.ATTRIBUTE else None
    codelist = None if codes is None else f"CL_{name}"
    return Column(name, role, codes, codelist, kind, level, (), role in {Role.DIMENSION, Role.TIME_DIMENSION})


def small_structure(structure: str = "SMALL", version: str = "1.0.0", agency: str = "TEST") -> KeptStructure:
    """Return a structure with three dimensions."""
    schema = Schema(
        ArtefactKey(agency, structure, version),
        None,
        (
            _column("REF_AREA", Role.DIMENSION, AREAS),
            _column("SEX", Role.DIMENSION, SEXES),
            _column("TIME_PERIOD", Role.TIME_DIMENSION),
            _column("OBS_VALUE", Role.MEASURE, kind="Decimal"),
            _column("OBS_STATUS", Role.ATTRIBUTE, ("A", "P", "Q")),
            _column("LOWER_BOUND", Role.ATTRIBUTE, kind="Decimal"),
            _column("COMMENT_OBS", Role.ATTRIBUTE),
        ),
    )
    return KeptStructure(schema, "REF_AREA", {"status": "OBS_STATUS", "lower": "LOWER_BOUND"})


STRUCTURE: Final = small_structure()


def row(area: str | None, sex: str | None, period: str | None, value: float | None = None, **others: object) -> Row:
    """Return a row; a dimension of a row that is deleted may be None."""
    return {"REF_AREA": area, "SEX": sex, "TIME_PERIOD": period, "OBS_VALUE": value, **others}


def data_set(rows: Sequence[Row], action: Action = Action.INFORMATION, structure: KeptStructure = STRUCTURE) -> DataSet:
    """Return rows as a data set of a small structure."""
    types: dict[str, pl.DataType] = {
        column.id: pl.Enum(column.codes)
        if column.codes
        else pl.Float64()
        if column.data_type == "Decimal"
        else pl.String()
        for column in structure.schema.columns
    }
    frame = pl.DataFrame([{name: one.get(name) for name in types} for one in rows], schema=types)
    return DataSet(structure.schema, frame, action)


@dataclass(frozen=True)
class Sent:
    """A submission before it is put in: who sends it, when it is received, and its data sets."""

    sender: str = "A"
    received: str = "2026-01-01"
    parts: Sequence[tuple[Action, Sequence[Row]]] = field(default_factory=list)
    status: Status = Status.ACCEPTED


def put(collection: Collection, sent: Sent, name: str = "data.csv", structure: KeptStructure = STRUCTURE) -> str:
    """Put a submission into a collection; return its id. Its file is named, and says what it holds."""
    file = collection.folder.parent / name
    file.write_text(repr(sent), encoding="utf-8")
    receipt, _ = collection.add(submission(sent, file, structure), again=True)
    return receipt.id


def submission(sent: Sent, file: Path, structure: KeptStructure = STRUCTURE) -> Submission:
    """Return a submission whose file is there."""
    return Submission(
        file=file,
        sha256=sha256_of(file),
        sender=sent.sender,
        sender_from=Origin.ARGUMENT,
        received=sent.received,
        received_from=Origin.ARGUMENT,
        status=sent.status,
        data=[(data_set(rows, action, structure), structure) for action, rows in sent.parts],
    )


State = dict[tuple[str, Key], tuple[str, dict[str, object]]]
"""By sender and key: the submission that a cell is of, and what it says."""


def expected_state(sent: Iterable[tuple[str, Sent]]) -> State:
    """Return what submissions come to, one row after the other.

    Args:
        sent: Ids and submissions, in the order in which they take effect.
    """
    state: State = {}
    for name, one in sent:
        if one.status is Status.QUARANTINED:
            continue
        for action, rows in one.parts:
            for said in rows:
                _apply(state, (name, one.sender), action, said)
    return state


def _apply(state: State, by: tuple[str, str], action: Action, said: Row) -> None:
    name, sender = by
    key = tuple(said[dimension] for dimension in DIMENSIONS)
    if action is Action.DELETE:
        for cell in [cell for cell in state if cell[0] == sender and _matches(cell[1], key)]:
            del state[cell]
        return
    whole = (sender, tuple(str(part) for part in key))
    values = {component: said.get(component) for component in SAID}
    if action is Action.MERGE and whole in state:
        before = state[whole][1]
        values = {component: before[component] if value is None else value for component, value in values.items()}
    state[whole] = (name, values)


def _matches(key: Key, pattern: Sequence[object]) -> bool:
    return all(wanted is None or wanted == part for part, wanted in zip(key, pattern, strict=True))


def state_of(frame: pl.DataFrame) -> State:
    """Return rows of a collection as the model has them."""
    return {
        (one["_SENDER"], tuple(one[dimension] for dimension in DIMENSIONS)): (
            one["_SUBMISSION"],
            {component: one.get(component) for component in SAID},
        )
        for one in frame.iter_rows(named=True)
    }
