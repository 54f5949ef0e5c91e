"""The commands on data messages."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from icstip.cli.app import CLEAN, ERRORS, app
from icstip.cli.options import LanguageOption, listed
from icstip.cli.output import STREAM
from icstip.findings import Finding, Severity
from icstip.messages.data_options import DataOptions, Labels, Layout
from icstip.texts import text

if TYPE_CHECKING:  # a command loads what it needs when it runs
    from icstip.workflow.exchange import Reformatted

_MOST_LINES = 30


@app.command("reformat")
def reformat(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="IN", help="Data message: SDMX-ML, SDMX-JSON or SDMX-CSV, also as gzip or zip; - for stdin."
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT", help="File or folder for the result, or - for stdout.")
    ],
    form: Annotated[str, typer.Option("--format", "-f", help="Format of the result, for example sdmx-ml-3.0.")],
    structures: Annotated[
        Path | None,
        typer.Option("--structures", "-s", help="File or folder with the structure of the data, if not the standard."),
    ] = None,
    layout: Annotated[
        Layout, typer.Option("--layout", help="How observations are laid out in SDMX-ML and SDMX-JSON.")
    ] = Layout.FLAT,
    dimension: Annotated[
        str, typer.Option("--dimension", help="With --layout series: dimension at the observation, if not time.")
    ] = "",
    labels: Annotated[
        Labels, typer.Option("--labels", help="What SDMX-CSV shows of components and codes.")
    ] = Labels.ID,
    labels_language: Annotated[str, typer.Option("--labels-language", help="Language of the labels.")] = "en",
    delimiter: Annotated[str, typer.Option("--delimiter", help="What separates the fields of SDMX-CSV.")] = ",",
    message_id: Annotated[str, typer.Option("--id", help="Id of the message, if not that of IN.")] = "",
    sender: Annotated[str, typer.Option("--sender", help="Id of the sender, if not that of IN.")] = "",
    receivers: Annotated[
        list[str] | None, typer.Option("--receiver", help="Id of a receiver; may be repeated.")
    ] = None,
    prepared: Annotated[str, typer.Option("--prepared", help="Time in the header, if not that of IN (ISO 8601).")] = "",
    report: Annotated[Path | None, typer.Option("--report", help="File (JSON) for all findings.")] = None,
    language: LanguageOption = "en",
) -> None:
    """Write a data message in another format; what was found in it, and what the format cannot say, is told."""
    from icstip.workflow.exchange import HeaderChoice
    from icstip.workflow.exchange import reformat as reformat_message

    console = Console(stderr=True, highlight=False)
    with console.status(text("cli.reading", language, file=file.name, rows="0")) as status:
        done = reformat_message(
            file,
            output,
            form,
            schema=structures,
            header=HeaderChoice(message_id, sender, listed(receivers), prepared),
            options=DataOptions(layout, dimension, labels, labels_language, delimiter),
            progress=lambda rows: status.update(text("cli.reading", language, file=file.name, rows=f"{rows:,}")),
        )
    _tell(done, form, language)
    if report is not None:
        _save(done, file, report, language)
    if output != STREAM:
        typer.echo(str(done.path))
    errors = any(finding.severity is Severity.ERROR for finding in done.findings)
    raise typer.Exit(ERRORS if errors else CLEAN)


def _tell(done: "Reformatted", form: str, language: str) -> None:
    from icstip.messages.formats import format_of

    names = {"source": done.source_format, "target": format_of(form, "data").name}
    typer.echo(text("cli.reformatted", language, rows=f"{done.rows:,}", **names), err=True)
    for line in _lines(done.findings, language):
        typer.echo(line, err=True)


def _lines(findings: Sequence[Finding], language: str) -> Iterator[str]:
    for finding in findings[:_MOST_LINES]:
        yield finding.line(language)
    if len(findings) > _MOST_LINES:
        yield text("cli.more_findings", language, number=len(findings) - _MOST_LINES)


def _save(done: "Reformatted", source: Path, report: Path, language: str) -> None:
    from icstip.staging import staged

    found = {
        "source": str(source),
        "format": done.source_format,
        "output": str(done.path),
        "rows": done.rows,
        "findings": [finding.to_dict(language) for finding in done.findings],
    }
    with staged(report.parent) as stage:
        content = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
        (stage / report.name).write_text(content, encoding="utf-8", newline="\n")
