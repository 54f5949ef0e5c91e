"""The commands on the quality of data: check them, and show the rules by which they are checked."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from icstip.cli.app import CLEAN, ERRORS, app, rules_app
from icstip.cli.options import FolderOption, LanguageOption, RulesOption
from icstip.cli.output import STREAM, list_paths, put
from icstip.findings import Severity
from icstip.texts import text

if TYPE_CHECKING:  # a command loads what it needs when it runs
    from collections.abc import Sequence

    from icstip.reports.validation.report import ValidationReport

_MOST_LINES = 50


class FailOn(StrEnum):
    """From which severity on the exit code is 1."""

    ERROR = "error"
    WARNING = "warning"


@app.command("validate")
def validate(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Data messages of any format; with --mapping, tables.")
    ],
    mapping: Annotated[
        str, typer.Option("--mapping", "-m", help="For tables: a built-in mapping, or a mapping file or folder.")
    ] = "",
    sheet: Annotated[str | None, typer.Option("--sheet", help="Only this sheet of tables.")] = None,
    against: Annotated[
        Path | None,
        typer.Option("--against", "-a", help="Structures (file or folder), or an XML schema, if not the standard."),
    ] = None,
    previous: Annotated[
        Path | None,
        typer.Option(
            "--previous", "-p", help="An earlier submission of the same kind: what was revised, what is gone?"
        ),
    ] = None,
    reports: Annotated[
        list[Path] | None,
        typer.Option("--report", help="File for a report: .html, .xlsx, .json or .csv; may be repeated."),
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="From which severity on the exit code is 1.")
    ] = FailOn.ERROR,
    rules: RulesOption = None,
    dsd: FolderOption = None,
    language: LanguageOption = "en",
) -> None:
    """Check data: what is wrong, where, and what to do about it."""
    from icstip.workflow.checking.files import check_report_names, write_reports
    from icstip.workflow.checking.validation import Validator

    _refuse_what_says_nothing(files, mapping, sheet, against, previous)
    check_report_names(reports or [], [*files, *(path for path in (previous, rules, against) if path is not None)])
    console = Console(stderr=True, highlight=False)
    validator = Validator(dsd, rules=rules, against=against)
    with console.status("") as status:
        report = validator.validate(
            files,
            mapping=mapping,
            sheet=sheet,
            previous=previous,
            progress=lambda file: status.update(text("cli.checking", language, file=file.name)),
        )
        written = write_reports(report, reports or [], files, language=language)
    tell_validation(report, language, are_all_shown=bool(written))
    list_paths(written)
    wanted = {Severity.ERROR} | ({Severity.WARNING} if fail_on is FailOn.WARNING else set())
    raise typer.Exit(ERRORS if any(report.count(severity) for severity in wanted) else CLEAN)


def _refuse_what_says_nothing(
    files: "Sequence[Path]", mapping: str, sheet: str | None, against: Path | None, previous: Path | None
) -> None:
    """Refuse options that would be ignored, or that compare a file with what others have."""
    if sheet is not None and not mapping:
        raise typer.BadParameter("only with --mapping: data messages have no sheets", param_hint="--sheet")
    if against is not None and mapping:
        raise typer.BadParameter("not with --mapping: it names the structure", param_hint="--against")
    if previous is not None and len(files) > 1:
        raise typer.BadParameter("only with one file, which is compared with it", param_hint="--previous")


def tell_validation(report: "ValidationReport", language: str, *, are_all_shown: bool) -> None:
    """Show what was found in data, the worst first, and how much of it there is."""
    findings = report.report.findings
    weights = list(Severity)
    shown = sorted(findings, key=lambda finding: weights.index(finding.severity))[:_MOST_LINES]
    for finding in shown:
        typer.echo(f"{text(f'validation.severity.{finding.severity}', language)}: {finding.line(language)}")
    if len(findings) > len(shown):
        more = "cli.more_findings_told" if are_all_shown else "cli.more_findings_report"
        typer.echo(text(more, language, number=len(findings) - len(shown)), err=True)
    counts = {str(severity): f"{report.count(severity):,}" for severity in Severity}
    typer.echo(text("cli.validated", language, files=len(report.files), **counts), err=True)


@rules_app.command("list")
def list_rules(language: LanguageOption = "en") -> None:
    """List the rules: code, severity, group and what each finds."""
    from icstip.checks.run import all_rules
    from icstip.findings import SEVERITIES

    for rule in all_rules():
        for code in rule.codes:
            typer.echo(f"{code}\t{SEVERITIES[code]}\t{rule.group}\t{text(f'finding.{code}.title', language)}")


@rules_app.command("vtl")
def vtl(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="File, or - for stdout.")] = STREAM,
    dsd: FolderOption = None,
) -> None:
    """Write the rules on totals and their parts as VTL hierarchical rulesets."""
    from icstip.workflow.checking.rulesets import hierarchical_rulesets

    put(hierarchical_rulesets(dsd).encode(), output)
