"""The commands on crosswalks: which there are, and run one. Their names come from the tables of the standard."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from typer.core import TyperGroup

from icstip.cli.app import CLEAN, ERRORS, app
from icstip.cli.balance import show_balance
from icstip.cli.commands.tables import FormatsOption, OutputOption
from icstip.cli.options import FolderOption, LanguageOption, listed
from icstip.cli.output import list_paths
from icstip.findings import Finding, Severity
from icstip.texts import text

if TYPE_CHECKING:  # a command loads what it needs when it runs
    from collections.abc import Iterator, Sequence

    from typer._click.core import Command, Context  # what a group of typer is made of

    from icstip.workflow.crosswalking.crosswalker import CrosswalkResult

NAME = "NAME"
"""What stands for the names of crosswalks, which are in the tables."""

_MOST_LINES = 30
_MOST_ALIKE = 3


class CrosswalkGroup(TyperGroup):
    """Commands of which one has as many names as there are crosswalks."""

    def resolve_command(self, ctx: "Context", args: list[str]) -> tuple[str | None, "Command | None", list[str]]:
        """Return the command for a name: that of the crosswalk where no other command has it."""
        given = args[0]
        command = self.get_command(ctx, given)
        if command is not None and given != NAME:
            return given, command, args[1:]
        if given.startswith("-"):
            return super().resolve_command(ctx, args)
        return given, self.get_command(ctx, NAME), args[1:]


crosswalk_app = typer.Typer(
    name="crosswalk",
    cls=CrosswalkGroup,
    help="Data of one structure as data of another, by the crosswalks of the standard.",
    no_args_is_help=True,
)
app.add_typer(crosswalk_app)


def _assumed(values: list[str] | None) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for value in values or ():
        component, sign, given = value.partition("=")
        if not (sign and component and given):
            raise typer.BadParameter(f"{value}: COMPONENT=VALUE", param_hint="--set")
        pairs[component] = given
    return pairs


@crosswalk_app.command("list")
def list_crosswalks(dsd: FolderOption = None, language: LanguageOption = "en") -> None:
    """List the crosswalks: name, the structures that they lead from and to, and what they do."""
    from icstip.standard.read import read_standard

    for crosswalk in read_standard(dsd).crosswalks.values():
        said = crosswalk.name.get(language) or crosswalk.name.get("en", "")
        typer.echo(f"{crosswalk.command or crosswalk.id}\t{crosswalk.source}\t{crosswalk.target}\t{said}")


@crosswalk_app.command(NAME)
def run_crosswalk(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Data messages of any format, - for stdin; with --mapping, tables."),
    ],
    output: OutputOption,
    reverse: Annotated[
        bool, typer.Option("--reverse", help="The way back: data of the other structure become data of the standard.")
    ] = False,
    formats: FormatsOption = None,
    mapping: Annotated[
        str, typer.Option("--mapping", "-m", help="For tables: a built-in mapping, or a mapping file or folder.")
    ] = "",
    sheet: Annotated[str | None, typer.Option("--sheet", help="Only this sheet of tables.")] = None,
    group_forms: Annotated[
        bool,
        typer.Option("--group-forms", help="Sum single codes, such as forms of exploitation, into groups of theirs."),
    ] = False,
    assumed: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="COMPONENT=VALUE", help="An attribute where the data do not say it; repeatable."),
    ] = None,
    sender: Annotated[str, typer.Option("--sender", help="Id of the sender, if not the agency of the standard.")] = "",
    prepared: Annotated[
        str, typer.Option("--prepared", help="Time in the message headers, if not that of the standard (ISO 8601).")
    ] = "",
    report: Annotated[Path | None, typer.Option("--report", help="File (JSON) for the account and findings.")] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit code 1 as soon as an observation is set aside, whatever the reason.")
    ] = False,
    dsd: FolderOption = None,
    language: LanguageOption = "en",
) -> None:
    """Turn data into those of another structure; NAME is one of the list. Every observation is accounted for."""
    from icstip.workflow.checking.files import check_report_names
    from icstip.workflow.conversion import USUAL_FORMATS
    from icstip.workflow.crosswalking.crosswalker import Crosswalker
    from icstip.workflow.crosswalking.writing import FORMS, write_crosswalk, write_report

    if sheet is not None and not mapping:
        raise typer.BadParameter("only with --mapping: data messages have no sheets", param_hint="--sheet")
    if report is not None:
        check_report_names([report], files, FORMS)
    console = Console(stderr=True, highlight=False)
    with console.status("") as status:
        crosswalker = Crosswalker(dsd)
        result = crosswalker.run(
            context.info_name or "",
            files,
            reverse=reverse,
            mapping=mapping,
            sheet=sheet,
            sums=group_forms,
            assumed=_assumed(assumed),
            progress=lambda file: status.update(text("cli.reading_file", language, file=file.name)),
        )
        paths, losses = write_crosswalk(
            result,
            output,
            listed(formats) or USUAL_FORMATS,
            crosswalker.standard,
            sender=sender,
            prepared=prepared,
        )
        if report is not None:
            write_report(result, report, paths, losses, language=language)
    _tell(console, result, losses, language, are_all_shown=report is not None)
    list_paths(paths if report is None else [*paths, report])
    is_wrong = result.report.has_errors or (strict and bool(result.balance.set_aside))
    raise typer.Exit(ERRORS if is_wrong else CLEAN)


def _tell(
    console: Console,
    result: "CrosswalkResult",
    losses: tuple[Finding, ...],
    language: str,
    *,
    are_all_shown: bool,
) -> None:
    weights = list(Severity)
    found = sorted((*result.report.findings, *losses), key=lambda finding: weights.index(finding.severity))
    lines = list(_lines(found, language))
    for line in lines[:_MOST_LINES]:
        typer.echo(line, err=True)
    if len(lines) > _MOST_LINES:
        more = "cli.more_findings_told" if are_all_shown else "cli.more_findings"
        typer.echo(text(more, language, number=len(lines) - _MOST_LINES), err=True)
    show_balance(console, result.balance, result.report, language, read="cli.observations_read")
    if result.sums:
        typer.echo(text("cli.sums_written", language, number=f"{result.sums:,}"), err=True)


def _lines(findings: "Sequence[Finding]", language: str) -> "Iterator[str]":
    """Yield findings as lines: of those that say the same of many codes of a component, the first ones."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.code, str(finding.params.get("component", ""))), []).append(finding)
    for (code, component), group in alike.items():
        for finding in group[:_MOST_ALIKE]:
            yield f"{text(f'validation.severity.{finding.severity}', language)}: {finding.line(language)}"
        if len(group) > _MOST_ALIKE:
            number = len(group) - _MOST_ALIKE
            yield text("cli.more_alike", language, code=code, component=component or "–", number=number)
