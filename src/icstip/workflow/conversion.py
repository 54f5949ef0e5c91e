"""A table into data sets: read, resolve, check, write, and account for every figure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final, Union, cast

import polars as pl

from icstip.artefacts.data_structure import Dataflow, DataStructure
from icstip.artefacts.notices import Notices, warn_of_losses
from icstip.checks.keys import check_keys
from icstip.coherence.knowledge import Knowledge, read_knowledge
from icstip.errors import OutputError
from icstip.findings import Balance, Finding, Place, Report
from icstip.hashing import sha256_of
from icstip.mapping.figures import CellMeanings
from icstip.mapping.labels import Labels
from icstip.mapping.model import TableMapping
from icstip.mapping.observations import Observed, observe
from icstip.mapping.periods import Periods
from icstip.mapping.reading.mapping import find_mapping, read_mapping
from icstip.mapping.reading.needed import check_needed
from icstip.mapping.resolve import FATE, ResolvedLabel
from icstip.mapping.vocabulary import read_cell_meanings, read_periods, read_vocabulary
from icstip.messages.data_frames import is_of_pandas
from icstip.messages.data_options import DataOptions
from icstip.messages.data_parts import PART_ROWS
from icstip.messages.dataset import DataSet
from icstip.messages.formats import Format, format_of
from icstip.messages.header import MessageHeader
from icstip.messages.structure_header import Party
from icstip.reports.conversion import ConversionReport, conversion_json
from icstip.reports.html import conversion_page
from icstip.reports.summary import summarise
from icstip.schema import Schema
from icstip.staging import staged
from icstip.standard.location import standard_folder
from icstip.standard.model import Standard
from icstip.standard.read import read_standard
from icstip.structures.building.build import build_artefacts
from icstip.structures.refused_codes import refused_codes
from icstip.tables.frames import FRAME, grid_of_frame
from icstip.tables.grid import Grid
from icstip.tables.header import find_table
from icstip.tables.layouts.cross import read_layouts
from icstip.tables.layouts.layout import Layout
from icstip.tables.read import read_grids
from icstip.tables.records import ROW, Records
from icstip.workflow.schemas import Schemas
from icstip.workflow.thematic import thematic_datasets

if TYPE_CHECKING:
    import pandas as pd

TableOrFrame = Union[Path, pl.DataFrame, "pd.DataFrame"]


@dataclass(frozen=True)
class Conversion:
    """What a table came to.

    Attributes:
        datasets: By structure id.
        balance: What became of every figure.
        report: The findings.
        labels: Every distinct label and what it was taken for.
        input: What was converted.
        places: By structure id, what says where an observation stands, by its row in the data set.
    """

    datasets: Mapping[str, DataSet]
    balance: Balance
    report: Report
    labels: tuple[ResolvedLabel, ...]
    input: Mapping[str, str | None]
    places: Mapping[str, Callable[[int], Place]] = field(default_factory=dict, compare=False, repr=False)


class Converter:
    """Converts tables with one standard, whose tables are read once.

    Attributes:
        folder: The folder of the standard.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Prepare to convert.

        Args:
            folder: The folder of the standard; the one that is installed by default.
        """
        self.folder = folder or standard_folder()

    @cached_property
    def standard(self) -> Standard:
        """The standard."""
        return read_standard(self.folder)

    @cached_property
    def _labels(self) -> Labels:
        return Labels(self.standard, read_vocabulary(self.folder))

    @cached_property
    def _meanings(self) -> CellMeanings:
        return read_cell_meanings(self.folder)

    @cached_property
    def _periods(self) -> Periods:
        return read_periods(self.folder)

    @cached_property
    def schemas(self) -> Mapping[str, Schema]:
        """The schemas of all data of each structure, by its id."""
        artefacts = build_artefacts(self.standard)
        flows = {flow.id: flow for flow in artefacts.all_of(Dataflow)}
        schemas = Schemas(artefacts, lambda structure: refused_codes(self.standard, structure))
        return {
            structure.id: schemas.of(structure, flows.get(self.standard.whole_dataflow(structure.id)))
            for structure in artefacts.all_of(DataStructure)
        }

    def mapping(self, name: str) -> TableMapping:
        """Return a mapping, all of which has been checked that can be without a table.

        Args:
            name: Name of a built-in mapping, or a mapping file or folder.

        Raises:
            MappingError: The mapping cannot be used; a `MistakesError` names every mistake.
        """
        standard = self.standard  # read first: without its folder there is no mapping either
        mapping = read_mapping(find_mapping(name, self.folder / "mappings"), standard)
        check_needed(mapping, standard, self._meanings, self._periods)
        return mapping

    def convert(
        self, table: "TableOrFrame", mapping: str, *, sheet: str | None = None, accept_suggestions: bool = False
    ) -> Conversion:
        """Return the observations of a table, with the fate of every figure.

        Args:
            table: A workbook (xlsx, xls, ods) or a delimited text; or a frame of polars or pandas, of which in all
                places the header is row 1 and the first row is row 2.
            mapping: Name of a built-in mapping, or a mapping file or folder.
            sheet: Only this sheet; by default the first one that has the columns of the mapping.
            accept_suggestions: Whether a code that a label only resembles is used (and reported).

        Raises:
            TableError: The table cannot be read or is not the one that the mapping expects.
            MappingError: The mapping cannot be used.
        """
        rules = self.mapping(mapping)
        path = None if isinstance(table, pl.DataFrame) or is_of_pandas(table) else Path(cast("Path", table))
        where = FRAME if path is None else str(path)
        grids = iter([_grid(table)]) if path is None else read_grids(path, sheet or rules.sheet or None)
        found: Records = (
            read_layouts(grids, _on_sheet(rules.layouts, sheet), where)
            if rules.layouts
            else find_table(grids, rules.needed_columns(), where)
        )
        meanings, periods = self._meanings, self._periods
        observed = observe(
            found, rules, self.standard, self._labels, meanings, periods, accept_suggestions=accept_suggestions
        )
        datasets, places, aside, repeated = self._datasets(
            observed, found, rules.figure_column, (meanings.lower, meanings.upper)
        )
        findings = (*rules.findings, *found.findings, *observed.findings, *repeated)
        described = {
            "file": found.file,
            "sheet": found.sheet,
            "sha256": None if path is None else sha256_of(path),
            "mapping": rules.id,
            "title": rules.title,
            "attribution": rules.attribution,
        }
        return Conversion(
            datasets, _balance(observed, aside, datasets), Report.of(findings), observed.labels, described, places
        )

    def _datasets(
        self, observed: Observed, table: Records, figures: str, bounds: Sequence[str]
    ) -> tuple[dict[str, DataSet], dict[str, Callable[[int], Place]], list[pl.DataFrame], list[Finding]]:
        datasets: dict[str, DataSet] = {}
        places: dict[str, Callable[[int], Place]] = {}
        aside: list[pl.DataFrame] = []
        findings: list[Finding] = []
        for structure, frame in observed.observations.items():
            schema = self.schemas[structure]
            said = [*schema.measures, *(bound for bound in bounds if bound in frame.columns), *_statuses(schema)]
            kept, repeated, found = check_keys(
                frame, schema.dimensions, said, ROW, lambda row: table.place(figures, row)
            )
            aside.append(repeated)
            findings += found
            if kept.height:
                datasets[structure] = DataSet(schema, typed(kept.drop(ROW), schema))
                places[structure] = _places(table, figures, kept[ROW])
        return datasets, places, aside, findings


class WithStandard:
    """What works with one standard, whose tables are read once.

    Attributes:
        converter: What converts tables with the same standard.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Prepare to work with a standard.

        Args:
            folder: The folder of the standard; the one that is installed by default.
        """
        self.converter = Converter(folder)

    @property
    def standard(self) -> Standard:
        """The standard."""
        return self.converter.standard

    @property
    def schemas(self) -> Mapping[str, Schema]:
        """The schemas of all data of each structure, by its id."""
        return self.converter.schemas

    @cached_property
    def knowledge(self) -> Knowledge:
        """What the standard says of components and codes."""
        return read_knowledge(self.converter.folder, self.standard)


def _places(table: Records, figures: str, rows: pl.Series) -> Callable[[int], Place]:
    """Return what says where an observation stands: the cell of its figure."""
    return lambda number: table.place(figures, rows[number])


def convert(
    table: "str | TableOrFrame", mapping: str, *, sheet: str | None = None, accept_suggestions: bool = False
) -> Conversion:
    """Return the observations of a table and the fate of every figure: `Converter.convert`, installed standard."""
    given = Path(table) if isinstance(table, str) else table
    return _installed().convert(given, mapping, sheet=sheet, accept_suggestions=accept_suggestions)


def _grid(frame: object) -> Grid:
    """Return a frame as a sheet; an index of pandas that has a name is a column like others."""
    if is_of_pandas(frame):
        named = any(name is not None for name in frame.index.names)
        frame = pl.from_pandas(frame.reset_index() if named else frame)
    return grid_of_frame(cast("pl.DataFrame", frame))


@cache
def _installed() -> Converter:
    return Converter()


def write_conversion(
    conversion: Conversion,
    folder: Path,
    formats: Sequence[str],
    standard: Standard,
    *,
    language: str = "en",
    prepared: str = "",
    thematic: bool = False,
) -> list[Path]:
    """Write the data sets of a conversion and its report; all files or none.

    Args:
        conversion: What was converted.
        folder: Where the files belong: ``<structure>.<format>.<extension>``, ``report.json``, ``report.html``.
        formats: Ids of data formats.
        standard: The standard that the data use.
        language: Language of the report.
        prepared: Time in the message headers; by default that of the standard.
        thematic: Whether each thematic dataflow has files of its own as well, named after it.

    What a format cannot say of the data is in the report, and each loss is a `LossWarning` as well.

    Returns:
        The files, in the order in which they are listed in the report.

    Raises:
        OutputError: The folder cannot be written, or `prepared` is no time.
    """
    chosen = [format_of(name, "data") for name in formats]
    check_time(prepared)
    datasets = {**conversion.datasets, **(_thematic(conversion, standard) if thematic else {})}
    sender = Party(standard.agency, dict(standard.agency_name))
    losses: list[Finding] = []
    with staged(folder) as stage:
        for name, data in datasets.items():
            header = MessageHeader(name, sender, prepared or standard.prepared)
            for fmt in chosen:
                losses += write_data_set(data, stage / fmt.file_name(name), fmt, header)
        report = _report(conversion, chosen, losses, standard, language)
        (stage / "report.json").write_text(conversion_json(report, language), encoding="utf-8", newline="\n")
        (stage / "report.html").write_text(conversion_page(report, language), encoding="utf-8", newline="\n")
    warn_of_losses(losses)
    data_files = [folder / fmt.file_name(name) for name in datasets for fmt in chosen]
    return [*data_files, folder / "report.json", folder / "report.html"]


def write_data_set(data: DataSet, path: Path, fmt: Format, header: MessageHeader) -> Sequence[Finding]:
    """Write a data set as a message of its own, and return what the format cannot say of it."""
    notices = Notices(path.name, fmt.name)
    with path.open("w+b") as file:
        fmt.write_data(data.slices(PART_ROWS), file, header, DataOptions(), notices)
    return notices.findings


def _on_sheet(layouts: Sequence[Layout], sheet: str | None) -> list[Layout]:
    """Return layouts on a sheet that was asked for, instead of on those that they name."""
    return [layout if sheet is None else replace(layout, sheets=(sheet,)) for layout in layouts]


def _report(
    conversion: Conversion, formats: Sequence[Format], losses: Sequence[Finding], standard: Standard, language: str
) -> ConversionReport:
    return ConversionReport(
        icstip=version("icstip"),
        input=conversion.input,
        balance=conversion.balance,
        labels=tuple({**label.to_dict(), "name": _name(label, standard, language)} for label in conversion.labels),
        report=Report.of((*conversion.report.findings, *losses)),
        datasets=tuple(
            summarise(data, standard, tuple(fmt.file_name(structure) for fmt in formats))
            for structure, data in conversion.datasets.items()
        ),
    )


def _thematic(conversion: Conversion, standard: Standard) -> dict[str, DataSet]:
    """Return the data sets of the thematic dataflows by the ids of those."""
    parts = (part for data in conversion.datasets.values() for part in thematic_datasets(data, standard))
    return {part.schema.dataflow.id: part for part in parts if part.schema.dataflow is not None}


def check_time(prepared: str) -> None:
    """Refuse a time of messages that is none; an empty one stands for that of the standard.

    Raises:
        OutputError: It is none.
    """
    try:
        datetime.fromisoformat(prepared or "2000-01-01")
    except ValueError as error:
        raise OutputError("output-time", where=prepared) from error


def _name(label: ResolvedLabel, standard: Standard, language: str) -> str:
    """Return the name of the code that a label was taken for."""
    components = (
        c for structure in standard.structures.values() for c in structure.components if c.id == label.component
    )
    codelist = next((component.codelist for component in components), "")
    code = standard.codelists[codelist].by_id.get(label.code) if codelist else None
    return code.name.get(language, "") if code else ""


USUAL_FORMATS: Final = ("sdmx-csv-2.0", "sdmx-ml-3.0")
"""What a table is converted into when nobody says otherwise: one for people and spreadsheets, one for registries."""


def _statuses(schema: Schema) -> list[str]:
    """Return the mandatory coded attributes of an observation: what they say belongs to what the observation says."""
    return [column.id for column in schema.columns if column.attachment == "observation" and column.mandatory]


def typed(frame: pl.DataFrame, schema: Schema) -> pl.DataFrame:
    """Return the frame with coded columns as enumerations of their code lists; a code outside its list cannot pass."""
    coded = {column.id: pl.Enum(column.codes) for column in schema.columns if column.codes is not None}
    return frame.with_columns(pl.col(name).cast(dtype) for name, dtype in coded.items() if name in frame.columns)


def _balance(observed: Observed, aside: Sequence[pl.DataFrame], datasets: Mapping[str, DataSet]) -> Balance:
    fates = [observed.fates[FATE].drop_nulls(), *(frame["code"] for frame in aside)]
    counts = pl.concat(fates).value_counts(name="n").sort(FATE)
    set_aside = dict(counts.iter_rows())
    return Balance(observed.fates.height, sum(len(data) for data in datasets.values()), set_aside)
