"""The commands on mappings."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from icstip.cli.app import CLEAN, ERRORS, map_app
from icstip.cli.balance import show_balance
from icstip.cli.options import FolderOption, LanguageOption, listed
from icstip.texts import text

TableArgument = Annotated[Path, typer.Argument(help="Workbook or delimited text.")]
SheetOption = Annotated[str | None, typer.Option(help="Sheet, if not the first one with figures.")]


@map_app.command("suggest")
def suggest(
    table: TableArgument,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the mapping.")],
    sheet: SheetOption = None,
    given: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="COMPONENT=CODE", help="What holds for the whole table; may be repeated."),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace a mapping that is there.")] = False,
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
    still_open = open_points(draft)
    key = "cli.suggested_open" if still_open else "cli.suggested"
    typer.echo(text(key, language, points=", ".join(still_open), number=len(still_open)), err=True)
    for path in paths:
        typer.echo(str(path))


@map_app.command("check")
def check(
    table: TableArgument,
    mapping: Annotated[str, typer.Option("--mapping", "-m", help="Name, file or folder of the mapping.")],
    sheet: SheetOption = None,
    dsd: FolderOption = None,
    language: LanguageOption = "en",
) -> None:
    """Try a mapping on a table: what becomes of each figure, without writing data."""
    console = Console(stderr=True, highlight=False)
    with console.status(text("cli.converting", language, file=table.name)):
        from icstip.workflow.conversion import Converter

        conversion = Converter(dsd).convert(table, mapping, sheet=sheet)
    for finding in conversion.report.findings:
        typer.echo(finding.line(language))
    show_balance(console, conversion.balance, conversion.report, language)
    raise typer.Exit(ERRORS if conversion.report.has_errors else CLEAN)


def _constants(given: list[str]) -> dict[str, str]:
    pairs = [part.partition("=") for part in given]
    wrong = next((component for component, equals, code in pairs if not (component and equals and code)), None)
    if wrong is not None:
        raise typer.BadParameter("COMPONENT=CODE", param_hint="--set")
    return {component: code for component, _, code in pairs}
