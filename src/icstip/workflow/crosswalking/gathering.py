"""What is read for a crosswalk: observations of one structure from messages and tables, numbered, with their places."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

import polars as pl

from icstip.checks.keys import PlaceOf, place_in_message
from icstip.crosswalk.causes import NO_OBSERVATION, OTHER_STRUCTURE, ROW
from icstip.crosswalk.cross import BAD_NUMBER
from icstip.crosswalk.route import Route
from icstip.findings import Finding, Place, Severity
from icstip.hashing import sha256_of
from icstip.messages.data_assembly import together
from icstip.messages.data_typing import dtype_of
from icstip.messages.dataset import Action, DataSet
from icstip.messages.formats import format_of
from icstip.schema import ArtefactKey, Schema
from icstip.standard.model import Role
from icstip.workflow.conversion import Conversion
from icstip.workflow.exchange import input_file, open_message
from icstip.workflow.schemas import Schemas

DATA = "data"
"""What data without a file are called in findings."""


@dataclass
class Gathered:
    """Observations on which a crosswalk is run.

    Attributes:
        route: The crosswalk.
        source: What data of its source look like.
        figures: How many figures and observations were read.
        set_aside: How many of them were set aside before the crosswalk, by the code of the finding.
        findings: What was found on reading.
        inputs: What was read.
    """

    route: Route
    source: Schema
    figures: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    inputs: list[dict[str, str | None]] = field(default_factory=list)
    _frames: list[pl.DataFrame] = field(default_factory=list)
    _places: list[PlaceOf] = field(default_factory=list)
    _starts: list[int] = field(default_factory=lambda: [0])

    def add_table(self, conversion: Conversion) -> None:
        """Add the observations of a table."""
        said = conversion.input
        self.inputs.append({name: said[name] for name in ("file", "sheet", "sha256", "mapping")})
        self.figures += conversion.balance.figures_read
        self.set_aside.update(conversion.balance.set_aside)
        self.findings += conversion.report.findings
        for name, data in conversion.datasets.items():
            self._add(data, str(said["file"]), conversion.places[name])

    def add_message(self, file: Path, schemas: Schemas) -> None:
        """Add the observations of a message.

        Raises:
            FormatError: It is no data message, or broken.
        """
        name = file.name
        with input_file(file) as given:
            message = open_message(given, schemas, where=str(file), keeps_lines=True)
            parts = list(message.parts)
            digest = sha256_of(given)
        reading = message.reading
        form = format_of(reading.format_id, "data").name
        self.inputs.append({"file": name, "sha256": digest, "format": form})
        self.findings += [replace(one, place=replace(one.place, file=name)) for one in reading.notices.findings]
        for _, found in groupby(parts, key=lambda part: (part.schema, part.action)):
            data = together(list(found))
            self.figures += len(data)
            self._add(data, name, place_in_message(name, data))

    def all_findings(self) -> Iterator[Finding]:
        """Yield what was found on reading; that data are of another structure is an error where there are no others."""
        for finding in self.findings:
            is_all = finding.code == OTHER_STRUCTURE and not self._frames
            yield replace(finding, weight=Severity.ERROR) if is_all else finding

    def add_data(self, data: DataSet) -> None:
        """Add the observations of a data set that is at hand."""
        self.figures += len(data)
        self._add(data, DATA, lambda row: Place(DATA, row=row + 1))

    @property
    def frame(self) -> pl.DataFrame:
        """All observations, with their numbers."""
        if not self._frames:
            return self._normal(pl.DataFrame()).with_row_index(ROW)
        return pl.concat(self._frames).with_row_index(ROW)

    def place(self, number: int) -> Place:
        """Return where an observation stands."""
        index = bisect_right(self._starts, number) - 1
        return self._places[index](number - self._starts[index])

    def _add(self, data: DataSet, file: str, place_of: PlaceOf) -> None:
        if not len(data):
            return
        own = {_unversioned(key) for key in _keys(self.source)}
        named = _keys(data.schema)
        if not own.intersection(map(_unversioned, named)):
            params = {"times": len(data), "target": self.route.source.id, "expected": str(self.source.structure)}
            self._leave(OTHER_STRUCTURE, Place(file), str(named[-1]), len(data), params)
            return
        frame = data.frame.with_row_index(ROW)
        dimensions = [one.id for one in self.route.source.dimensions if one.id in frame.columns]
        is_none = pl.any_horizontal(
            pl.lit(value=data.action is Action.DELETE), *(pl.col(n).is_null() for n in dimensions)
        )
        none = frame.filter(is_none)
        if none.height:
            place = place_of(none[ROW][0])
            self._leave(NO_OBSERVATION, place, None, none.height, {"times": none.height})
        kept = frame.filter(~is_none)
        if kept.height:
            rows = kept[ROW]
            self._frames.append(self._normal(kept.drop(ROW)))
            self._places.append(lambda number: place_of(rows[number]))
            self._starts.append(self._starts[-1] + kept.height)

    def _leave(self, code: str, place: Place, value: str | None, count: int, params: dict[str, object]) -> None:
        self.set_aside[code] += count
        self.findings.append(Finding(code, place, value, params))

    def _normal(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the columns of the source: measures and other numbers as numbers, everything else as texts."""
        columns = []
        bad = [pl.lit(value=False)]
        for component in self.route.source.components:
            name = component.id
            if name not in frame.columns:
                dtype = pl.Float64 if component.role is Role.MEASURE else pl.String
                columns.append(pl.lit(None, dtype=dtype).alias(name))
            elif component.role is Role.MEASURE or dtype_of(self.source.by_id[name]).is_numeric():
                number = pl.col(name).cast(pl.Float64, strict=False)
                columns.append(number.alias(name))
                if component.role is Role.MEASURE:
                    bad.append(pl.col(name).is_not_null() & number.is_null())
            else:
                columns.append(pl.col(name).cast(pl.String).alias(name))
        if not frame.columns:
            return pl.select(*columns, pl.lit(value=False).alias(BAD_NUMBER)).clear()
        return frame.select(*columns, pl.any_horizontal(bad).alias(BAD_NUMBER))


def _keys(schema: Schema) -> list[ArtefactKey]:
    """Return what data call their structure and, last, their dataflow."""
    return [key for key in (schema.structure, schema.dataflow) if key is not None]


def _unversioned(key: ArtefactKey) -> tuple[str, str]:
    return key.agency, key.id
