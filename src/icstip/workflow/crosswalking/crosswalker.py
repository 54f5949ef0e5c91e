"""Data of one structure as data of another, by a crosswalk of the standard."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Final

import polars as pl

from icstip.checks.keys import DIFFERENT, check_keys
from icstip.crosswalk.causes import JOINED, ROW, TAKEN, Cause, cause_finding, cause_findings, cause_of
from icstip.crosswalk.cross import Crossed, Missing, cross
from icstip.crosswalk.route import Route, plan
from icstip.crosswalk.schemas import foreign_schema
from icstip.errors import StandardError, StructureError
from icstip.findings import Balance, Finding, Report
from icstip.messages.dataset import DataSet
from icstip.schema import Schema
from icstip.standard.foreign import is_foreign
from icstip.standard.model import Crosswalk
from icstip.workflow.conversion import WithStandard, typed
from icstip.workflow.crosswalking.gathering import Gathered
from icstip.workflow.schemas import Schemas

_CODE: Final = "code"


@dataclass(frozen=True)
class CrosswalkResult:
    """What a crosswalk came to.

    Attributes:
        crosswalk: The crosswalk.
        reverse: Whether it was run backwards.
        data: The observations, or None where there are none.
        balance: What became of every observation that was read, and of every figure of a table.
        sums: How many observations are sums of several; they are not in the balance, but their parts are.
        report: The findings.
        inputs: What was read.
    """

    crosswalk: Crosswalk
    reverse: bool
    data: DataSet | None
    balance: Balance
    sums: int
    report: Report
    inputs: tuple[Mapping[str, str | None], ...] = field(repr=False)

    def to_dict(
        self, language: str = "en", files: Sequence[Path] = (), losses: Sequence[Finding] = ()
    ) -> dict[str, object]:
        """Return the account as plain values.

        Args:
            language: Language of the findings.
            files: The data files that were written.
            losses: What their formats cannot say.
        """
        crosswalk, balance = self.crosswalk, self.balance
        return {
            "icstip": version("icstip"),
            "crosswalk": {
                "id": crosswalk.id,
                "source": crosswalk.source,
                "target": crosswalk.target,
                "reverse": self.reverse,
            },
            "inputs": [dict(one) for one in self.inputs],
            "balance": {
                "read": balance.figures_read,
                "carried": balance.observations,
                "set_aside": dict(balance.set_aside),
                "sums": self.sums,
                "written": self.written,
            },
            "files": [file.name for file in files],
            "findings": [one.to_dict(language) for one in Report.of((*self.report.findings, *losses)).findings],
        }

    @property
    def written(self) -> int:
        """How many observations there are."""
        return 0 if self.data is None else len(self.data)


class Crosswalker(WithStandard):
    """Runs the crosswalks of one standard, whose tables are read once."""

    def crosswalk(self, name: str) -> Crosswalk:
        """Return a crosswalk.

        Args:
            name: Its short name, or its id.

        Raises:
            StandardError: There is none of that name.
        """
        known = self.standard.crosswalks.values()
        found = next((one for one in known if name in {one.command, one.id}), None)
        if found is None:
            names = JOINED.join(one.command or one.id for one in known) or "–"
            raise StandardError("crosswalk-unknown", where=name, known=names)
        return found

    def run(
        self,
        name: str,
        files: Sequence[Path | str],
        *,
        reverse: bool = False,
        mapping: str = "",
        sheet: str | None = None,
        sums: bool = False,
        assumed: Mapping[str, str] | None = None,
        progress: Callable[[Path], None] = lambda _: None,
    ) -> CrosswalkResult:
        """Return what the observations of files become.

        Args:
            name: Short name of a crosswalk, or its id.
            files: Data messages in any format; with a mapping, tables.
            reverse: Whether data of its target become data of its source.
            mapping: Name of a built-in mapping, or a mapping file or folder, for tables.
            sheet: Only this sheet of tables.
            sums: Whether single codes are summed into groups, where the other structure has only those.
            assumed: Values of attributes that hold where the data do not say any, by the id of the attribute.
            progress: Called with each file before it is read.

        Raises:
            IcstipError: There is no such crosswalk, or its tables do not say enough; a file cannot be read; a value
                is assumed that cannot be.
        """
        gathered = self._prepared(name, reverse=reverse)
        values = _checked(assumed or {}, gathered.route)
        schemas = Schemas.of_standard(self.standard, (gathered.source,))
        for file in map(Path, files):
            progress(file)
            if mapping:
                gathered.add_table(self.converter.convert(file, mapping, sheet=sheet))
            else:
                gathered.add_message(file, schemas)
        return self._crossed(gathered, values, sums=sums)

    def run_data(
        self,
        name: str,
        data: DataSet,
        *,
        reverse: bool = False,
        sums: bool = False,
        assumed: Mapping[str, str] | None = None,
    ) -> CrosswalkResult:
        """Return what the observations of a data set become, whose places are their numbers, from 1.

        Args:
            name: Short name of a crosswalk, or its id.
            data: The data set.
            reverse: See `run`, as for the others.
            sums: Whether single codes are summed into groups.
            assumed: Values of attributes that hold where the data do not say any.

        Raises:
            IcstipError: As for `run`.
        """
        gathered = self._prepared(name, reverse=reverse)
        values = _checked(assumed or {}, gathered.route)
        gathered.add_data(data)
        return self._crossed(gathered, values, sums=sums)

    def schema(self, structure: str) -> Schema:
        """Return what data of a structure of the standard look like.

        Args:
            structure: Its id.
        """
        return self.schemas[structure]

    def _prepared(self, name: str, *, reverse: bool) -> Gathered:
        crosswalk = self.crosswalk(name)
        source = self._schema(crosswalk.target if reverse else crosswalk.source, crosswalk, is_read=True)
        return Gathered(self._route(crosswalk, reverse=reverse), source)

    def _crossed(self, gathered: Gathered, assumed: Mapping[str, str], *, sums: bool) -> CrosswalkResult:
        route = gathered.route
        read = Report.of(gathered.all_findings())
        frame, doubtful, repeated, findings = _once(gathered)
        frame, taken = _with_assumed(frame, assumed)
        crossed = cross(frame, route, self._missing, doubtful, sums=sums)
        findings += cause_findings(crossed.causes, route, gathered.place, are_all_read=not read.has_errors)
        findings += [cause_finding(one, route, gathered.place(one.row)) for one in (*crossed.notes, *taken)]
        aside = gathered.set_aside.copy()
        for causes in (repeated, crossed.causes.unique(ROW, keep="first", maintain_order=True)):
            aside.update(dict(causes[_CODE].value_counts().iter_rows()))
        carried = crossed.frame.height - crossed.sums
        balance = Balance(gathered.figures, carried, dict(sorted(aside.items())))
        return CrosswalkResult(
            crosswalk=route.crosswalk,
            reverse=route.reverse,
            data=_data(crossed, route.schema),
            balance=balance,
            sums=crossed.sums,
            report=Report.of((*read.findings, *findings)),
            inputs=tuple(gathered.inputs),
        )

    def _route(self, crosswalk: Crosswalk, *, reverse: bool) -> Route:
        target = crosswalk.source if reverse else crosswalk.target
        return plan(crosswalk, self.standard, self._schema(target, crosswalk), reverse=reverse)

    def _schema(self, name: str, crosswalk: Crosswalk, *, is_read: bool = False) -> Schema:
        return foreign_schema(name, crosswalk, is_read=is_read) if is_foreign(name) else self.schema(name)

    @cached_property
    def _missing(self) -> Missing:
        known = self.knowledge
        return Missing(known.components["status"], known.missing)


def _once(gathered: Gathered) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, list[Finding]]:
    """Return observations with one row a key, those that contradict each other, the rows set aside, and findings."""
    frame, source = gathered.frame, gathered.route.source
    key = [one.id for one in source.dimensions]
    said = [*(one.id for one in source.measures), *(one.id for one in source.attributes if one.codelist)]
    # Only what stands twice is put into an order, which takes longer than all else.
    twice = frame.filter(pl.struct(key).is_duplicated())
    _, repeated, findings = check_keys(twice, key, said, ROW, gathered.place)
    doubtful = twice.join(repeated.filter(pl.col(_CODE) == DIFFERENT), on=ROW, how="semi")
    return frame.join(repeated, on=ROW, how="anti", maintain_order="left"), doubtful, repeated, findings


def _with_assumed(frame: pl.DataFrame, assumed: Mapping[str, str]) -> tuple[pl.DataFrame, list[Cause]]:
    """Return observations with the values that were said to hold for all that say none, and what to tell of them."""
    notes: list[Cause] = []
    for component, value in assumed.items():
        silent = frame.filter(pl.col(component).is_null())
        if silent.height:
            notes.append(cause_of(silent, TAKEN, component, value, "set"))
    return frame.with_columns(pl.col(name).fill_null(value) for name, value in assumed.items()), notes


def _checked(assumed: Mapping[str, str], route: Route) -> Mapping[str, str]:
    """Return assumed values that attributes of the source can have.

    Raises:
        StructureError: The source has no such attribute, or its list does not have the code.
    """
    attributes = {one.id: one for one in route.source.attributes}
    for component, value in assumed.items():
        where = f"{component}={value}"
        if component not in attributes:
            raise StructureError("crosswalk-set-component", where=where, known=JOINED.join(attributes))
        codelist = route.codelists.get(attributes[component].codelist)
        if codelist is not None and value not in codelist.by_id:
            raise StructureError("crosswalk-set-code", where=where, known=JOINED.join(codelist.by_id))
    return assumed


def _data(crossed: Crossed, schema: Schema) -> DataSet | None:
    """Return the data set, coded columns as enumerations, in the order of its key."""
    frame = crossed.frame.drop(ROW)
    if not frame.height:
        return None
    return DataSet(schema, typed(frame, schema).sort(list(schema.dimensions)))
