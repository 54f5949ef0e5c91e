"""Records of a table → observations by data structure, each record either an observation or set aside for a reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from icstip.errors import StandardError
from icstip.findings import Finding
from icstip.mapping.figures import (
    LOWER,
    MARK,
    NOTE,
    NUMBER,
    PROBLEM,
    STATUS,
    UPPER,
    VALUE,
    CellMeanings,
    loses_digits,
    read_figures,
    statuses,
)
from icstip.mapping.labels import Labels
from icstip.mapping.model import OPEN, TableMapping
from icstip.mapping.normalise import folded
from icstip.mapping.periods import Periods
from icstip.mapping.reading.needed import check_needed
from icstip.mapping.resolve import FATE, ColumnResolver, ResolvedLabel, component_column, overwritten, rows_where
from icstip.standard.model import TOTAL, Component, Role, Standard, Structure
from icstip.tables.header import folded_header
from icstip.tables.records import ROW, Records, column_named

STRUCTURE = "__structure"
_PERIOD, _TIME = "__period", "__time"
_OPEN = "OPEN-001"


@dataclass(frozen=True)
class Observed:
    """What a table came to.

    Attributes:
        observations: By structure id, a frame with `ROW`, one String column a dimension and attribute, and the measure
            (Float64).
        fates: `ROW` and `FATE` of every record: null, or the code of the finding that sets it aside.
        labels: Every distinct label and what it was taken for.
    """

    observations: Mapping[str, pl.DataFrame]
    fates: pl.DataFrame
    findings: tuple[Finding, ...]
    labels: tuple[ResolvedLabel, ...]


def observe(
    table: Records,
    mapping: TableMapping,
    standard: Standard,
    labels: Labels,
    meanings: CellMeanings,
    periods: Periods,
    *,
    accept_suggestions: bool = False,
) -> Observed:
    """Return the observations of a table.

    Args:
        table: The table: one figure a row.
        mapping: What its columns, labels and signs mean.
        standard: The structures that observations belong to.
        labels: The label indexes of the standard.
        meanings: What kinds of cells mean.
        periods: The words for times.
        accept_suggestions: Whether a code that a label only resembles is used (and reported).

    Raises:
        MistakesError: The mapping leaves a dimension open that says what is measured.
    """
    return _Observer(table, mapping, standard, labels, meanings, periods, accept=accept_suggestions).run()


class _Observer:
    def __init__(
        self,
        table: Records,
        mapping: TableMapping,
        standard: Standard,
        labels: Labels,
        meanings: CellMeanings,
        periods: Periods,
        *,
        accept: bool,
    ) -> None:
        self._table = table
        self._mapping = mapping
        self._standard = standard
        self._meanings = meanings
        self._periods = periods
        self._findings: list[Finding] = []
        self._components: dict[str, Component] = {c.id: c for s in standard.structures.values() for c in s.components}
        codelists = {component.id: component.codelist for component in self._components.values() if component.codelist}
        self._attributes = frozenset(c.id for c in self._components.values() if c.role is Role.ATTRIBUTE)
        self._resolver = ColumnResolver(
            table, mapping, labels, codelists, accept_suggestions=accept, optional=self._attributes
        )
        self._statuses = statuses(mapping.figures, meanings)

    def run(self) -> Observed:
        self._check_meanings()
        check_needed(self._mapping, self._standard, self._meanings, self._periods)
        frame = self._records().with_columns(pl.lit(None, dtype=pl.String).alias(FATE))
        frame = self._leave_out(frame)
        # Nothing more is found in rows that are not wanted.
        left_out, frame = frame.filter(pl.col(FATE).is_not_null()), frame.filter(pl.col(FATE).is_null())
        frame = self._resolver.resolve(frame)
        frame = self._with_constants(frame)
        frame = self._with_time(frame)
        frame = self._with_figures(frame)
        frame = self._with_structure(frame)
        self._remark_figures(frame.filter(pl.col(FATE).is_null()))
        observations = {
            structure.id: self._observations(frame, structure) for structure in self._standard.structures.values()
        }
        return Observed(
            observations={key: rows for key, rows in observations.items() if rows.height},
            fates=pl.concat([left_out.select(ROW, FATE), frame.select(ROW, FATE)]).sort(ROW),
            findings=(*self._unused_columns(), *self._findings, *self._resolver.findings),
            labels=tuple(self._resolver.resolved),
        )

    def _check_meanings(self) -> None:
        """Refuse what the standard says of cells when its own structures and lists do not have it."""
        said = [*self._meanings.number.items(), *self._meanings.blank.items(), *self._meanings.bounded.items()]
        for component, code in [*said, (self._meanings.lower, ""), (self._meanings.upper, "")]:
            codelist = self._components[component].codelist if component in self._components else ""
            is_wrong = bool(code and codelist) and code not in self._standard.codelists[codelist].by_id
            if component not in self._components or is_wrong:
                raise StandardError("standard-reference", where="cells.toml", field=component, value=code or component)

    def _is_time(self, component: str) -> bool:
        return self._components[component].role is Role.TIME_DIMENSION

    def _time_component(self) -> str:
        return next(component for component in self._components if self._is_time(component))

    def _records(self) -> pl.DataFrame:
        """Return the rows that hold a figure or all labels of one; the others are notes between or below them."""
        by_component: dict[str, list[pl.Expr]] = {}
        for rule in self._mapping.columns:
            if rule.component not in self._attributes:
                there = column_named(rule.column).is_not_null() | pl.lit(bool(rule.blank))
                by_component.setdefault(rule.component, []).append(there)
        labels = [pl.any_horizontal(columns) for columns in by_component.values()]
        if self._mapping.time_column:
            labels.append(column_named(self._mapping.time_column).is_not_null())
        complete = pl.all_horizontal(labels or [pl.lit(value=False)])
        frame, figures = self._table.frame, self._mapping.figure_column
        is_record = column_named(figures).is_not_null() | complete
        told = pl.concat_str(pl.exclude(ROW), separator=" ", ignore_nulls=True)
        self._report(frame.filter(~is_record), "ROW-004", figures, told)
        return frame.filter(is_record)

    def _leave_out(self, frame: pl.DataFrame) -> pl.DataFrame:
        if self._table.beyond:
            # A separator inside a field that is not quoted: what stands in which column cannot be told any more.
            beyond = pl.concat_str(self._table.beyond, separator=" ", ignore_nulls=True)
            longer = pl.any_horizontal(pl.col(self._table.beyond).is_not_null())
            frame = self._set_aside(frame, longer, "ROW-006", self._mapping.figure_column, beyond)
        for rule in self._mapping.left_out:
            if rule.when:
                rows = rows_where(frame, rule.when)
                frame = self._set_aside(frame, rows, "ROW-003", next(iter(rule.when)), reason=rule.reason)
        for still in self._mapping.open_columns:
            rows = column_named(still.column).is_not_null() & rows_where(frame, still.when)
            frame = self._set_aside(frame, rows, "OPEN-002", still.column, pl.lit(still.column))
        return frame

    def _with_time(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the frame with the time period of each record; what is none sets its record aside."""
        time = self._time_component()
        rule = next((rule for rule in self._mapping.columns if rule.component == time), None)
        given = self._mapping.time_column or component_column(time)
        declared = [one for one in self._mapping.labels if (one.column, one.component) == (given, time)]
        for one in declared:
            if one.code in ("", OPEN):
                rows, code = rows_where(frame, {given: one.label}), "OPEN-003" if one.code else "LABEL-009"
                frame = self._set_aside(frame, rows, code, given, note=one.note or "–", codelist=time)
        codes = {folded(one.label): one.code for one in declared if one.code not in ("", OPEN)}
        columns = [given, *([self._mapping.part_column] if self._mapping.part_column else [])]
        periods = self._periods_of(frame, columns, codes)
        frame = frame.join(
            periods, on=list(map(column_named, columns)), how="left", nulls_equal=True, maintain_order="left"
        )
        column = self._mapping.time_column or (rule.column if rule else self._mapping.figure_column)
        unnamed = pl.lit(value=True) if self._mapping.time_column else pl.col(FATE).is_null()
        frame = self._set_aside(frame, pl.col(_PERIOD).is_null() & unnamed, "TIME-001", column, pl.col(_TIME))
        return frame.drop(component_column(time), _TIME, strict=False).rename({_PERIOD: component_column(time)})

    def _periods_of(self, frame: pl.DataFrame, columns: list[str], codes: Mapping[str, str]) -> pl.DataFrame:
        """Return each distinct time with its period, and how often such data are produced if nothing else says so.

        A part of the year that is blank does not stand for the whole.
        """
        distinct = frame.select(map(column_named, columns)).unique(maintain_order=True)
        times = [(codes.get(folded(label or ""), label or ""), *parts) for label, *parts in distinct.iter_rows()]
        periods = [None if None in time else self._periods.period(*time) or None for time in times]
        told = [" ".join(part or "–" for part in time if part != "") for time in times]
        found: dict[str, list[str | None]] = {_PERIOD: periods, _TIME: [*told]}
        frequency = self._periods.component
        if frequency in self._components and component_column(frequency) not in frame.columns:
            found[component_column(frequency)] = [self._periods.frequency(period or "") or None for period in periods]
        return distinct.with_columns(pl.Series(name, values, dtype=pl.String) for name, values in found.items())

    def _with_figures(self, frame: pl.DataFrame) -> pl.DataFrame:
        column = self._mapping.figure_column
        frame = frame.hstack(read_figures(frame[column], self._mapping.figures))
        for mark, codes in self._mapping.figures.marks.items():
            for component, code in codes.items():
                frame = overwritten(frame, component, pl.when(pl.col(MARK) == mark).then(pl.lit(code)))
        return self._set_aside(frame, pl.col(PROBLEM).is_not_null(), "FIGURE-001", column)

    def _remark_figures(self, frame: pl.DataFrame) -> None:
        column = self._mapping.figure_column
        self._report(frame.filter(column_named(column).is_null()), "FIGURE-002", column)
        self._report(
            frame.filter(pl.col(VALUE).is_not_null() & loses_digits(column_named(column))), "FIGURE-003", column
        )
        self._report(frame.filter(pl.col(NOTE).is_not_null()), "FIGURE-004", column, pl.col(NOTE))

    def _with_constants(self, frame: pl.DataFrame) -> pl.DataFrame:
        is_fine = pl.col(FATE).is_null() | (pl.col(FATE) == _OPEN)  # all that is open is told at once
        for component, code in self._mapping.constants.items():
            column = component_column(component)
            given = [pl.col(column)] if column in frame.columns else []
            if code == OPEN:
                lacking = pl.all_horizontal(is_fine, *(known.is_null() for known in given))
                frame = self._set_aside(
                    frame, lacking, _OPEN, self._mapping.figure_column, pl.lit(component), component=component
                )
            known = pl.lit(None if code == OPEN else code, dtype=pl.String)
            frame = frame.with_columns(pl.coalesce(*given, known).alias(column))
        return frame

    def _with_structure(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the frame with the structure of each record, found by the codes that a structure is restricted to."""
        structure = pl.lit(None, dtype=pl.String)
        for candidate in self._standard.structures.values():
            fits = pl.all_horizontal(
                pl.lit(value=True),
                *(self._code(frame, c).is_in(list(codes)) for c, codes in candidate.allowed.items()),
            )
            structure = pl.when(fits).then(pl.lit(candidate.id)).otherwise(structure)
        frame = frame.with_columns(structure.alias(STRUCTURE))
        deciding = list(dict.fromkeys(c for s in self._standard.structures.values() for c in s.allowed))
        frame = self._set_aside_codes(frame, pl.col(STRUCTURE).is_null(), "ROW-005", deciding)
        return self._refuse_components(frame)

    def _refuse_components(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Set aside records that break down by what their structure lacks, or use a total where there can be none."""
        refusals = [
            (structure.id, component, *refusal)
            for structure in self._standard.structures.values()
            for component in self._given_components(frame)
            if (refusal := self._refusal(structure, component))
        ]
        if not refusals:
            return frame
        occurs = frame.select(rows.any().alias(str(i)) for i, (*_, rows) in enumerate(refusals)).row(0)
        for happens, (structure_id, component, code, rows) in zip(occurs, refusals, strict=True):
            if happens:
                frame = self._set_aside_codes(frame, rows, code, [component], structure=structure_id)
        return frame

    def _refusal(self, structure: Structure, component: str) -> tuple[str, pl.Expr] | None:
        """Return the finding, and the rows it concerns, that a component can give in a structure."""
        if self._components[component].role is not Role.DIMENSION:
            return None
        given = next((own for own in structure.components if own.id == component), None)
        code, of_structure = pl.col(component_column(component)), pl.col(STRUCTURE) == structure.id
        if given is None:
            return "ROW-002", of_structure & (code != TOTAL)
        return None if given.total else ("CODE-001", of_structure & (code.fill_null(TOTAL) == TOTAL))

    def _code(self, frame: pl.DataFrame, component: str) -> pl.Expr:
        """Return the code of a dimension: what nothing breaks down is a total."""
        column = component_column(component)
        return pl.col(column).fill_null(TOTAL) if column in frame.columns else pl.lit(TOTAL)

    def _given_components(self, frame: pl.DataFrame) -> list[str]:
        return [component for component in self._components if component_column(component) in frame.columns]

    def _observations(self, frame: pl.DataFrame, structure: Structure) -> pl.DataFrame:
        rows = frame.filter(pl.col(FATE).is_null() & (pl.col(STRUCTURE) == structure.id))
        given = set(self._given_components(frame))
        columns: list[pl.Expr] = [pl.col(ROW)]
        columns += [self._code(frame, dimension.id).alias(dimension.id) for dimension in structure.dimensions]
        columns += [pl.col(VALUE).alias(measure.id) for measure in structure.measures]
        columns += [self._attribute(attribute, attribute.id in given) for attribute in structure.attributes]
        return rows.select(columns)

    def _attribute(self, attribute: Component, is_given: bool) -> pl.Expr:  # noqa: FBT001
        if attribute.id in {self._meanings.lower, self._meanings.upper}:
            return pl.col(LOWER if attribute.id == self._meanings.lower else UPPER).alias(attribute.id)
        of_number, *by_status = [codes.get(attribute.id) for codes in self._statuses]
        # A cell that is no figure says what it is; of a figure, a flag in the table says more than that it is one.
        values = [pl.col(component_column(attribute.id))] if is_given else []
        if any(by_status):
            kinds = list(range(1, len(by_status) + 1))
            values.insert(0, pl.col(STATUS).replace_strict(kinds, by_status, return_dtype=pl.String, default=None))
        values.append(pl.when(pl.col(STATUS) == NUMBER).then(pl.lit(of_number, dtype=pl.String)))
        return pl.coalesce(values).alias(attribute.id)

    def _set_aside_codes(
        self, frame: pl.DataFrame, rows: pl.Expr, code: str, components: list[str], **params: object
    ) -> pl.DataFrame:
        """Set rows aside, naming the columns that gave these components."""
        rows = rows & pl.col(FATE).is_null()
        rule = next((rule for rule in self._mapping.columns if rule.component in components), None)
        column = rule.column if rule else self._mapping.figure_column
        values = pl.concat_str([self._code(frame, c) for c in components], separator="; ")
        return self._set_aside(frame, rows, code, column, values, component=", ".join(components), **params)

    def _set_aside(
        self, frame: pl.DataFrame, rows: pl.Expr, code: str, column: str, value: pl.Expr | None = None, **params: object
    ) -> pl.DataFrame:
        self._report(frame.filter(rows), code, column, value, **params)
        return frame.with_columns(pl.coalesce(FATE, pl.when(rows).then(pl.lit(code))).alias(FATE))

    def _report(
        self, frame: pl.DataFrame, code: str, column: str, value: pl.Expr | None = None, **params: object
    ) -> None:
        """Report one finding for each distinct value in these rows, with all its cells."""
        if not frame.height:
            return
        shown = (column_named(column) if value is None else value).alias("__shown")
        for text, rows in frame.group_by(shown, maintain_order=True).agg(ROW).iter_rows():
            cells = tuple(self._table.cell(column, row) for row in rows)
            self._findings.append(
                Finding(code, self._table.place(column, rows[0]), text, {"column": column, **params}, cells)
            )

    def _unused_columns(self) -> Iterable[Finding]:
        used = {folded_header(header) for header in self._mapping.needed_columns()}
        for header, place in self._table.headers().items():
            if folded_header(header) not in used and not self._mapping.is_left_out(header):
                yield Finding("TABLE-001", place, header)
