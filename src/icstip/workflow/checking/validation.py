"""Data messages, and tables with their mapping, against the rules: what is wrong, where, and what to do."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Final

import polars as pl

from icstip.checks.keys import PlaceOf, place_in_message
from icstip.checks.observations import ROW, Observations, with_numbers
from icstip.checks.results import Checked
from icstip.checks.rule import RULES
from icstip.checks.run import all_rules, applied_codes, check
from icstip.checks.settings import RuleSettings, read_settings
from icstip.errors import FormatError, IcstipError, TableError
from icstip.findings import Finding, Place, Severity, TextId
from icstip.hashing import sha256_of
from icstip.messages.data_assembly import together
from icstip.messages.data_schema.validate import validate_xml
from icstip.messages.dataset import Action, DataSet
from icstip.messages.formats import format_of
from icstip.messages.header import MessageHeader
from icstip.reports.validation.report import DataSetReport, FileReport, ValidationReport
from icstip.schema import Schema
from icstip.standard.model import TOTAL, Constraint
from icstip.structures.building.constraints import fixed_dimensions
from icstip.workflow.conversion import WithStandard
from icstip.workflow.exchange import input_file, open_message
from icstip.workflow.schemas import Given, Schemas

NO_STRUCTURE: Final = "DATA-001"
NOT_CHECKED: Final = "FILE-001"


@dataclass(frozen=True, slots=True)
class Located:
    """A data set whose observations have places."""

    data: DataSet
    place_of: PlaceOf


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was read, and not checked yet.

    Attributes:
        report: What was found as it was read.
        located: Its observations, with their places.
        datasets: All its data sets, with those that ask for something to be deleted.
        header: The header of a message that has one.
    """

    report: FileReport
    located: list[Located]
    datasets: tuple[DataSet, ...]
    header: MessageHeader | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that was checked, with what it holds.

    Attributes:
        report: What is wrong with it.
        datasets: Its data sets in their order; none if it could not be read.
        header: The header of a message that has one.
        error: Why it could not be read, if it could not.
    """

    report: ValidationReport
    datasets: tuple[DataSet, ...] = ()
    header: MessageHeader | None = None
    error: IcstipError | None = None


class Validator(WithStandard):
    """Checks data by the rules, with one standard, whose tables are read once."""

    def __init__(
        self,
        folder: Path | None = None,
        *,
        rules: Path | str | None = None,
        against: Given = None,
        today: date | None = None,
    ) -> None:
        """Prepare to check.

        Args:
            folder: The folder of the standard; the one that is installed by default.
            rules: A TOML that says which rules are applied, how much they weigh, and where their limits are.
            against: Where the structure of messages comes from, if it is not the standard: see `read`. An XML schema
                (``.xsd``) is applied beside the rules.
            today: The day by which periods lie in the future, where the rules do not say one; that of the clock.

        Raises:
            FormatError: The rules cannot be read, or say what is not known.
        """
        super().__init__(folder)
        all_rules()  # they are registered now
        settings = RuleSettings() if rules is None else read_settings(Path(rules), frozenset(RULES))
        self._settings = settings
        self._today = settings.today or today or date.today()  # noqa: DTZ011 - the day of whoever checks
        named = Path(against) if isinstance(against, str | Path) else None
        self._xml_schema = named if named is not None and named.suffix.lower() == ".xsd" else None
        self._given = against if self._xml_schema is None else None

    @cached_property
    def _against(self) -> Given:
        """Where the structure of messages comes from: what was given for it, else the standard."""
        return Schemas.of_standard(self.standard) if self._given is None else self._given

    def validate(
        self,
        files: Sequence[Path | str],
        *,
        mapping: str = "",
        sheet: str | None = None,
        previous: Path | str | None = None,
        progress: Callable[[Path], None] = lambda _: None,
    ) -> ValidationReport:
        """Return what is wrong with files.

        Args:
            files: Data messages in any format; with a mapping, tables.
            mapping: Name of a built-in mapping, or a mapping file or folder, for tables.
            sheet: Only this sheet of tables.
            previous: An earlier submission of the same data, as a message, or a table that the same mapping reads.
            progress: Called with each file before it is read.

        Returns:
            The report. Of several files, one that cannot be read is an error in it.

        Raises:
            IcstipError: The only file cannot be read or is no data, or the mapping or the earlier submission cannot.
        """
        before = None if previous is None else Path(previous)
        earlier = {} if before is None else self._earlier(before, mapping, sheet)
        reports = []
        for file in map(Path, files):
            progress(file)
            try:
                reports.append(self._file(self._opened(file, mapping, sheet), earlier))
            except (FormatError, TableError) as error:
                if len(files) == 1:
                    raise
                reports.append(_unread(file, error))
        return self._report(reports, "" if before is None else before.name)

    def examine(self, file: Path, *, mapping: str = "") -> Examined:
        """Return what is wrong with a file together with what it holds, for those who go on with it.

        Args:
            file: A data message in any format; with a mapping, a table.
            mapping: Name of a built-in mapping, or a mapping file or folder, for tables.

        Returns:
            The report, the data sets and the header. That a file cannot be read is an error in the report.

        Raises:
            IcstipError: The mapping cannot be used.
        """
        try:
            opened = self._opened(file, mapping, None)
        except (FormatError, TableError) as error:
            return Examined(self._report([_unread(file, error)]), error=error)
        return Examined(self._report([self._file(opened, {})]), opened.datasets, opened.header)

    def _report(self, files: Sequence[FileReport], previous: str = "") -> ValidationReport:
        return ValidationReport(
            version("icstip"), self._settings, applied_codes(self._settings), tuple(files), previous
        )

    def check(self, data: DataSet, place_of: PlaceOf | None = None, previous: pl.DataFrame | None = None) -> Checked:
        """Return what the rules find in a data set.

        Args:
            data: The data set.
            place_of: Where each observation stands; by default its number, from 1.
            previous: The observations of an earlier submission.
        """
        return self._checked(data.schema, *_complete(data), place_of, previous)

    def _checked(
        self,
        schema: Schema,
        frame: pl.DataFrame,
        numbers: pl.Series,
        place_of: PlaceOf | None,
        previous: pl.DataFrame | None,
    ) -> Checked:
        thematic = self._constraint(schema)
        where = place_of or (lambda row: Place("data", row=row + 1))
        observations = Observations(
            schema=schema,
            frame=frame,
            place_of=lambda row: where(numbers[row]),
            knowledge=self.knowledge,
            limits=self._settings.limits,
            today=self._today,
            previous=previous,
            allowed=self._allowed(schema, thematic),
            expected=self._expected(schema, thematic),
            flow=(schema.dataflow or schema.structure).id,
        )
        return check(observations, self._settings)

    def _opened(self, file: Path, mapping: str, sheet: str | None) -> Opened:
        return self._table(file, mapping, sheet) if mapping else self._message(file)

    def _file(self, opened: Opened, earlier: dict[str, pl.DataFrame]) -> FileReport:
        found = opened.report.findings
        return replace(
            opened.report,
            datasets=tuple(self._data_set(one, earlier) for one in opened.located),
            findings=tuple(self._weighed(one) for one in found if one.code not in self._settings.off),
        )

    def _weighed(self, finding: Finding) -> Finding:
        """Return what was found on reading with the severity that is wanted."""
        # Where the structure is not at hand, hardly anything could be checked.
        usual = Severity.ERROR if finding.code == NO_STRUCTURE else None
        return replace(finding, weight=self._settings.severities.get(finding.code, usual))

    def _data_set(self, one: Located, earlier: dict[str, pl.DataFrame]) -> DataSetReport:
        schema = one.data.schema
        frame, numbers = _complete(one.data)
        checked = self._checked(schema, frame, numbers, one.place_of, earlier.get(schema.structure.id))
        values, bounded = self._known(frame, schema)
        return DataSetReport(schema, frame.height, values, bounded, frame.height - values - bounded, checked)

    def _known(self, frame: pl.DataFrame, schema: Schema) -> tuple[int, int]:
        """Return how many observations have a value, and how many only bounds."""
        if not schema.measures:
            return 0, 0
        is_known = pl.col(schema.measures[0]).is_not_null()
        names = {self.knowledge.components[role] for role in ("lower", "upper")}.intersection(frame.columns)
        has_bound = pl.any_horizontal(pl.lit(value=False), *(pl.col(name).is_not_null() for name in sorted(names)))
        return frame.select(is_known.sum(), (~is_known & has_bound).sum().alias("bounded")).row(0)

    def _table(self, file: Path, mapping: str, sheet: str | None) -> Opened:
        conversion = self.converter.convert(file, mapping, sheet=sheet)
        located = [Located(data, conversion.places[name]) for name, data in conversion.datasets.items()]
        report = FileReport(
            file=str(conversion.input["file"]),
            sha256=conversion.input["sha256"] or "",
            mapping=conversion.input["mapping"] or "",
            sheet=conversion.input["sheet"],
            balance=conversion.balance,
            findings=conversion.report.findings,
        )
        return Opened(report, located, tuple(conversion.datasets.values()))

    def _message(self, file: Path) -> Opened:
        name = file.name
        with input_file(file) as given:
            message = open_message(given, self._against, where=str(file), keeps_lines=True)
            parts = list(message.parts)
            digest, by_schema = sha256_of(given), self._by_xml_schema(given)
        sets = _sets(parts)
        stated = [part for part in parts if part.action is not Action.DELETE]
        # What stands before and after a deletion is checked as one: totals and series do not end at it.
        checked = sets if len(stated) == len(parts) else _sets(stated)
        reading = message.reading
        findings = (*reading.notices.findings, *by_schema)
        report = FileReport(
            file=name,
            format=format_of(reading.format_id, "data").name,
            sha256=digest,
            findings=tuple(replace(one, place=replace(one.place, file=name)) for one in findings),
        )
        located = [Located(data, place_in_message(name, data)) for data in checked]
        return Opened(report, located, sets, reading.header)

    def _by_xml_schema(self, file: Path) -> tuple[Finding, ...]:
        return () if self._xml_schema is None else validate_xml(file, self._xml_schema)

    def _earlier(self, file: Path, mapping: str, sheet: str | None) -> dict[str, pl.DataFrame]:
        """Return the observations of an earlier submission by their structure."""
        located = self._opened(file, mapping, sheet).located
        if not located:
            raise FormatError("data-sets-several", where=str(file), number=0)
        found: dict[str, pl.DataFrame] = {}
        for one in located:
            frame = _complete(one.data)[0].drop(ROW)
            name = one.data.schema.structure.id
            found[name] = pl.concat([found[name], frame], how="diagonal_relaxed") if name in found else frame
        return found

    def _constraint(self, schema: Schema) -> Constraint | None:
        """Return the constraint of the thematic dataflow that data are of, if they are."""
        flow = schema.dataflow
        if flow is None or flow.agency != self.standard.agency:
            return None
        return next((one for one in self.standard.constraints.values() if one.dataflow == flow.id), None)

    def _allowed(self, schema: Schema, thematic: Constraint | None) -> dict[str, frozenset[str]]:
        structure = self.standard.structures.get(schema.structure.id)
        if thematic is None or structure is None:
            return {}
        fixed = {one.id: frozenset({TOTAL}) for one in fixed_dimensions(thematic, structure)}
        return {**fixed, **{name: frozenset(codes) for name, codes in thematic.allowed.items()}}

    def _expected(self, schema: Schema, thematic: Constraint | None) -> tuple[str, ...]:
        """Return the breakdowns that the dataflow asks for; where it has all data of a unit, those of the first one."""
        if schema.structure.agency != self.standard.agency:
            return ()
        flows = self.standard.dataflows
        of_unit = (
            one
            for one in self.standard.constraints.values()
            if one.dataflow and flows[one.dataflow].structure == schema.structure.id
        )
        asked = thematic or next(of_unit, None)
        return () if asked is None else asked.free


def _unread(file: Path, error: IcstipError) -> FileReport:
    """Return the report of a file that stopped its own check, and nobody else's."""
    reason = TextId(f"error.{error.message_id}", tuple(error.params.items()))
    return FileReport(file.name, findings=(Finding(NOT_CHECKED, Place(file.name), file.name, {"reason": reason}),))


def _sets(parts: Iterable[DataSet]) -> tuple[DataSet, ...]:
    """Return data sets: consecutive parts of the same schema and action are one."""
    return tuple(together(list(found)) for _, found in groupby(parts, key=lambda part: (part.schema, part.action)))


def _complete(data: DataSet) -> tuple[pl.DataFrame, pl.Series]:
    """Return the observations of a data set, numbered from 0, and the rows that they are in the data set.

    A row that lacks dimensions has attributes of several observations, or is told as it is read.
    """
    rows = data.frame.with_row_index(ROW).drop_nulls(list(data.schema.dimensions))
    return with_numbers(rows.drop(ROW), data.schema.measures).with_row_index(ROW), rows[ROW]
