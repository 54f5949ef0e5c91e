"""The commands on the tables of the standard and on tables of figures. Each loads what it needs when it runs."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from icstip.cli.app import CLEAN, ERRORS, app, standard_app
from icstip.cli.balance import show_balance
from icstip.cli.options import FolderOption, LanguageOption, listed
from icstip.cli.output import list_paths
from icstip.standard.location import standard_folder
from icstip.texts import text

OutputOption = Annotated[Path, typer.Option("--output", "-o", help="Folder for the files.")]
FormatsOption = Annotated[list[str] | None, typer.Option("--format", "-f", help="Format; may be repeated.")]


@standard_app.command("check")
def check(
    against: Annotated[
        Path | None,
        typer.Option("--against", help="What was published: is the version high enough for what changed since?"),
    ] = None,
    dsd: FolderOption = None,
    language: LanguageOption = "en",
) -> None:
    """Check the tables of the standard; every fault is located at its file and line."""
    from icstip.standard.lint import check_standard

    folder = dsd or standard_folder()
    if against is None:
        report = check_standard(folder)
    else:
        from icstip.workflow.structures import check_published

        report = check_published(folder, against)
    for finding in report.findings:
        typer.echo(finding.line(language))
    typer.echo(text("cli.checked", language, count=len(report)), err=True)
    raise typer.Exit(ERRORS if report.has_errors else CLEAN)


@standard_app.command("show")
def show(
    item: Annotated[
        str, typer.Argument(help="A code list (CL_…) or a structure (TIP_…); without it, what there is.")
    ] = "",
    language: LanguageOption = "en",
    dsd: FolderOption = None,
) -> None:
    """Show a code list as a tree, or a structure as a table."""
    from icstip.standard.read import read_standard
    from icstip.standard.show import show_standard

    typer.echo(show_standard(read_standard(dsd), item or None, language))


@app.command("convert")
def convert(
    table: Annotated[Path, typer.Argument(help="Workbook (xlsx, xls, ods) or delimited text (csv, tsv, txt).")],
    mapping: Annotated[
        str, typer.Option("--mapping", "-m", help="Name of a built-in mapping, or a mapping file or folder.")
    ],
    output: OutputOption,
    formats: FormatsOption = None,
    sheet: Annotated[str | None, typer.Option(help="Sheet, if not the first one that has the columns.")] = None,
    accept_suggestions: Annotated[
        bool, typer.Option("--accept-suggestions", help="Use codes that labels only resemble.")
    ] = False,
    prepared: Annotated[
        str, typer.Option(help="Time in the message headers, if not that of the standard (ISO 8601).")
    ] = "",
    thematic: Annotated[
        bool, typer.Option("--thematic", help="Also write a file for each thematic dataflow that has observations.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit code 1 as soon as a figure is set aside, whatever the reason.")
    ] = False,
    dsd: FolderOption = None,
    language: LanguageOption = "en",
) -> None:
    """Convert a table into SDMX data sets and account for every figure."""
    console = Console(stderr=True, highlight=False)
    with console.status(text("cli.converting", language, file=table.name)):
        from icstip.workflow.conversion import USUAL_FORMATS, Converter, write_conversion

        converter = Converter(dsd)
        chosen = listed(formats) or USUAL_FORMATS
        conversion = converter.convert(table, mapping, sheet=sheet, accept_suggestions=accept_suggestions)
        paths = write_conversion(
            conversion,
            output,
            chosen,
            converter.standard,
            language=language,
            prepared=prepared,
            thematic=thematic,
        )
    show_balance(console, conversion.balance, conversion.report, language)
    list_paths(paths)
    is_wrong = conversion.report.has_errors or (strict and bool(conversion.balance.set_aside))
    raise typer.Exit(ERRORS if is_wrong else CLEAN)
