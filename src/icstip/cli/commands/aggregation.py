"""The command that adds figures of countries up to those of regions and of the world."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from icstip.cli.app import CLEAN, ERRORS, app
from icstip.cli.options import FolderOption, LanguageOption, listed
from icstip.cli.output import list_paths
from icstip.findings import Finding, Severity
from icstip.texts import text

_MOST_OF_A_CODE = 3

if TYPE_CHECKING:  # a command loads what it needs when it runs
    from icstip.workflow.aggregating.aggregation import Aggregation


@app.command("aggregate")
def aggregate(
    sources: Annotated[
        list[Path], typer.Argument(metavar="SOURCE", help="Data messages of any format, or the folder of a collection.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the files.")],
    by: Annotated[
        str,
        typer.Option("--by", help="M49 for the regions of the standard, or a table of groups (group, area, from, to)."),
    ] = "M49",
    groups: Annotated[
        list[str] | None, typer.Option("--group", help="Only this group, for example 001; may be repeated.")
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option("--where", metavar="DIM=CODE", help="Only observations with this code; may be repeated."),
    ] = None,
    structure: Annotated[str, typer.Option("--structure", "-s", help="Only data of this structure.")] = "",
    expected: Annotated[
        Path | None,
        typer.Option("--expected", help="Table of the areas that are expected to report (area, from, to)."),
    ] = None,
    population: Annotated[
        Path | None,
        typer.Option("--population", help="Table of populations (area, year, population, and sex or age)."),
    ] = None,
    rates: Annotated[
        bool, typer.Option("--rates", help="With --population: rates of all counts, not only those that areas sent.")
    ] = False,
    carry_forward: Annotated[
        int,
        typer.Option("--carry-forward", min=0, help="Use a figure of up to so many years before for a missing one."),
    ] = 0,
    source_order: Annotated[
        list[str] | None,
        typer.Option("--source-order", help="Senders, or names of files, the best first, separated by commas."),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="What the collection knew on this date (ISO 8601).")
    ] = None,
    previous: Annotated[
        Path | None, typer.Option("--previous", "-p", help="Folder of an earlier aggregation: what changed since then?")
    ] = None,
    formats: Annotated[list[str] | None, typer.Option("--format", "-f", help="Format; may be repeated.")] = None,
    dsd: FolderOption = None,
    language: LanguageOption = "en",
) -> None:
    """Add figures of countries up to those of regions and of the world, with their bounds and their coverage."""
    from icstip.messages.formats import format_of
    from icstip.workflow.aggregating.aggregation import Aggregator
    from icstip.workflow.aggregating.choices import Choices
    from icstip.workflow.aggregating.output import read_earlier, write_aggregation
    from icstip.workflow.conversion import USUAL_FORMATS

    if rates and population is None:
        raise typer.BadParameter("only with --population", param_hint="--rates")
    choices = Choices(
        by=by,
        groups=listed(groups),
        where=_slice(where),
        structure=structure,
        expected=expected,
        population=population,
        with_rates=rates,
        carry_forward=carry_forward,
        source_order=listed(source_order),
        as_of=as_of,
    )
    chosen = listed(formats) or USUAL_FORMATS
    for name in chosen:  # a long run should not end with a format that there is not
        format_of(name, "data")
    earlier = None if previous is None else read_earlier(previous)
    console = Console(stderr=True, highlight=False)
    aggregator = Aggregator(dsd)
    with console.status("") as status:
        done = aggregator.aggregate(
            sources,
            choices,
            language=language,
            progress=lambda name, rows: status.update(
                text("aggregation.command.reading", language, structure=name, rows=f"{rows:,}")
            ),
        )
        paths = write_aggregation(done, output, chosen, aggregator.standard, language=language, previous=earlier)
    _tell(done, language)
    list_paths(paths)
    raise typer.Exit(ERRORS if done.report.has_errors else CLEAN)


def _slice(where: Sequence[str] | None) -> dict[str, list[str]]:
    """Return the codes that are asked for, by dimension."""
    found: dict[str, list[str]] = {}
    for one in where or ():
        dimension, sign, codes = one.partition("=")
        if not sign or not listed([codes]):
            raise typer.BadParameter(f"{one}: DIM=CODE or DIM=CODE,CODE", param_hint="--where")
        found.setdefault(dimension.strip(), []).extend(listed([codes]))
    return found


def _tell(done: "Aggregation", language: str) -> None:
    """Show what became of the observations, and what there is to tell."""
    for name, count in done.counts.items():
        rows = [(text("aggregation.command.read", language, structure=name), count.read)]
        rows.append((text("aggregation.command.used", language), count.used))
        rows += [(f"{text(f'finding.{code}.title', language)} ({code})", n) for code, n in count.set_aside.items()]
        width = len(f"{count.read:,}")
        for told, number in rows:
            typer.echo(f"{number:>{width},}  {told}", err=True)
        exact = {"exact": f"{count.exact:,}", "bounded": f"{count.written - count.exact:,}"}
        key = "aggregation.command.written" if count.written else "aggregation.command.nothing"
        typer.echo(text(key, language, structure=name, written=f"{count.written:,}", **exact), err=True)
    shown = list(_first_of_each(done.report.findings))
    for finding in shown:
        weight = text(f"validation.severity.{finding.severity}", language)
        typer.echo(f"{weight}: {finding.line(language)}", err=True)
    if more := len(done.report.findings) - len(shown):
        typer.echo(text("cli.more_findings_told", language, number=more), err=True)
    typer.echo(text("cli.adds_up" if done.adds_up else "cli.does_not_add_up", language), err=True)


def _first_of_each(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the first findings of each code, the weightiest ones first."""
    weights = list(Severity)
    counts: Counter[str] = Counter()
    for finding in sorted(findings, key=lambda one: weights.index(one.severity)):
        counts[finding.code] += 1
        if counts[finding.code] <= _MOST_OF_A_CODE:
            yield finding
