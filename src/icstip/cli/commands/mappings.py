"""The commands on mappings."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from icstip.artefacts.selection import References
from icstip.cli.app import CLEAN, COULD_NOT_RUN, ERRORS, map_app
from icstip.cli.balance import show_balance
from icstip.cli.options import FolderOption, LanguageOption, listed
from icstip.cli.output import STREAM, list_paths, put, show_losses, stream_structures
from icstip.findings import Finding
from icstip.texts import text

TableArgument = Annotated[Path, typer.Argument(help="Workbook or delimited text.")]
SheetOption = Annotated[str | None, typer.Option(help="Sheet, if not the first one with figures.")]
MappingFolder = Annotated[Path, typer.Option("--output", "-o", help="Folder for the mapping.")]
GivenOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="COMPONENT=CODE", help="What holds for the whole table; may be repeated."),
]
ReplaceOption = Annotated[bool, typer.Option("--replace", help="Replace a mapping that is there.")]


@map_app.command("suggest")
def suggest(
    table: TableArgument,
    output: MappingFolder,
    sheet: SheetOption = None,
    given: GivenOption = None,
    replace: ReplaceOption = False,
    dsd: FolderOption = None,
    language: LanguageOption = "en",
) -> None:
    """Draft a mapping from a table; what cannot be known is left open for you."""
    console = Console(stderr=True, highlight=False)
    with console.status(text("cli.converting", language, file=table.name)):
        from icstip.workflow.suggestion import Suggester, open_points, write_suggestion

        suggester = Suggester(dsd)
        draft = suggester.suggest(table, sheet=sheet, constants=_constants(listed(given)))
        page = suggester.page(draft, language)
        paths = write_suggestion(draft, output, language=language, replace=replace, page=page)
    _show_open("suggested", open_points(draft, language), language)
    list_paths(paths)


@map_app.command("check")
def check(
    table: Annotated[
        Path | None,
        typer.Argument(help="Workbook or delimited text; without it, or with a mapping instead, only that is checked."),
    ] = None,
    mapping: Annotated[str, typer.Option("--mapping", "-m", help="Name, file or folder of the mapping.")] = "",
    sheet: SheetOption = None,
    dsd: FolderOption = None,
    language: LanguageOption = "en",
) -> None:
    """Check a mapping, and try it on a table: what becomes of each figure, without writing data."""
    if not mapping and table is not None and _is_mapping(table):
        table, mapping = None, str(table)
    if not mapping:
        typer.echo(f"icstip: {text('cli.no_mapping', language)}", err=True)
        raise typer.Exit(COULD_NOT_RUN)
    from icstip.mapping.reading.mistakes import MistakesError

    try:
        if table is None:
            _check_alone(mapping, dsd, language)
        else:
            _check_on_table(table, mapping, sheet, dsd, language)
    except MistakesError as error:
        _show_findings(error.findings, language)
        typer.echo(text("cli.mistakes", language, count=len(error.findings)), err=True)
        raise typer.Exit(ERRORS) from None


@map_app.command("schema")
def schema() -> None:
    """Print the JSON schema of mapping.toml, by which editors check and complete it."""
    from icstip.mapping.reading.keys import mapping_schema

    typer.echo(mapping_schema(), nl=False)


def _check_alone(mapping: str, dsd: Path | None, language: str) -> None:
    from icstip.workflow.conversion import Converter

    _show_findings(Converter(dsd).mapping(mapping).findings, language)
    typer.echo(text("cli.mistakes", language, count=0), err=True)


def _check_on_table(table: Path, mapping: str, sheet: str | None, dsd: Path | None, language: str) -> None:
    console = Console(stderr=True, highlight=False)
    with console.status(text("cli.converting", language, file=table.name)):
        from icstip.workflow.conversion import Converter

        conversion = Converter(dsd).convert(table, mapping, sheet=sheet)
    _show_findings(conversion.report.findings, language)
    show_balance(console, conversion.balance, conversion.report, language)
    raise typer.Exit(ERRORS if conversion.report.has_errors else CLEAN)


@map_app.command("import")
def import_(
    file: Annotated[
        Path,
        typer.Argument(
            help="Workbook with parameters of Eurostat's SDMX Converter, or SDMX mapping workbook of the World Bank."
        ),
    ],
    output: MappingFolder,
    sheet: Annotated[str | None, typer.Option(help="Sheet with the parameters, if there are several.")] = None,
    given: GivenOption = None,
    replace: ReplaceOption = False,
    dsd: FolderOption = None,
    language: LanguageOption = "en",
) -> None:
    """Make a mapping from one in the format of another tool, and say what could not be carried over."""
    from icstip.workflow.mapping_exchange import import_mapping, not_carried_over, open_in, write_imported

    imported = import_mapping(file, folder=dsd, sheet=sheet, constants=_constants(listed(given)))
    paths = write_imported(imported, output, language=language, overwrite=replace)
    for finding in not_carried_over(imported):
        typer.echo(finding.line(language), err=True)
    _show_open("imported", open_in(imported), language)
    list_paths(paths)


@map_app.command("export")
def export(
    mapping: Annotated[str, typer.Argument(help="Name, file or folder of the mapping.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the files, a file (.xml, .json), or - for stdout.")
    ],
    formats: Annotated[list[str] | None, typer.Option("--format", "-f", help="Format; may be repeated.")] = None,
    table: Annotated[
        Path | None, typer.Option("--table", help="Table whose labels are added, each with its code.")
    ] = None,
    references: Annotated[
        References, typer.Option("--references", help="What else they need of the standard: children or descendants.")
    ] = References.NONE,
    agency: Annotated[str, typer.Option(help="Agency of the maps, if not that of the standard.")] = "",
    dsd: FolderOption = None,
    language: LanguageOption = "en",
) -> None:
    """Write a mapping as SDMX 3.0 structure maps, and say what those cannot say."""
    from icstip.workflow.mapping_exchange import export_structures, mapping_formats
    from icstip.workflow.publication import only_format, write_message, write_structure_files

    structures, losses = export_structures(mapping, folder=dsd, table=table, agency=agency, references=references)
    chosen = listed(formats) or mapping_formats()[:1]
    if output == STREAM:
        lost = stream_structures(structures, chosen)
    elif output.suffix in {".xml", ".json"}:
        written, lost = write_message(structures, only_format(chosen))
        put(written, output)
    else:
        files = write_structure_files(structures, output, chosen, stem=Path(mapping).stem)
        lost = files.findings
        list_paths(files.paths)
    show_losses((*losses, *lost), language)


def _show_findings(findings: Iterable[Finding], language: str) -> None:
    for finding in findings:
        typer.echo(finding.line(language))


def _show_open(done: str, points: Sequence[str], language: str) -> None:
    """Say what was done, and what is left open."""
    key = f"cli.{done}_open" if points else f"cli.{done}"
    typer.echo(text(key, language, points=", ".join(points), number=len(points)), err=True)


def _is_mapping(path: Path) -> bool:
    from icstip.mapping.reading.mapping import MAPPING_FILE

    return path.suffix == ".toml" or (path / MAPPING_FILE).is_file()


def _constants(given: list[str]) -> dict[str, str]:
    pairs = [part.partition("=") for part in given]
    wrong = next((component for component, equals, code in pairs if not (component and equals and code)), None)
    if wrong is not None:
        raise typer.BadParameter("COMPONENT=CODE", param_hint="--set")
    return {component: code for component, _, code in pairs}
