"""The command line: it parses, calls the workflow, and shows what came of it.

Messages go to stderr, results to stdout or files.

Exit codes: 0 clean, 1 findings of severity error, 2 could not run.
"""

import sys
from typing import Annotated

import typer

from icstip.cli.options import LanguageOption, chosen_language
from icstip.errors import IcstipError

CLEAN, ERRORS, COULD_NOT_RUN = 0, 1, 2

app = typer.Typer(
    name="icstip",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
standard_app = typer.Typer(name="standard", help="The standard as tables: check them, show them.", no_args_is_help=True)
structures_app = typer.Typer(name="structures", help="The standard as SDMX structures.", no_args_is_help=True)
map_app = typer.Typer(
    name="map",
    help="Mappings: draft one from a table, check one, try one on a table, import and export them.",
    no_args_is_help=True,
)
rules_app = typer.Typer(
    name="rules", help="The rules by which data are checked: list them, export them.", no_args_is_help=True
)
registry_app = typer.Typer(
    name="registry",
    help="SDMX registries: fetch structures, compare them, plan and submit a publication, check data.",
    no_args_is_help=True,
)
collect_app = typer.Typer(
    name="collect",
    help="Collections of submissions: add what arrives, see what it says and changed, export it.",
    no_args_is_help=True,
)
app.add_typer(collect_app)
app.add_typer(map_app)
app.add_typer(registry_app)
app.add_typer(rules_app)
app.add_typer(standard_app)
app.add_typer(structures_app)


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(version("icstip"))
        raise typer.Exit(CLEAN)


@app.callback()
def icstip(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Statistics on trafficking in persons as SDMX: a working profile of ICS-TIP, national tables as data sets."""


def command_line() -> typer.Typer:
    """Return the app with all its commands: their modules register them as they are loaded."""
    from icstip.cli.commands import (  # noqa: F401
        aggregation,
        checks,
        collections,
        crosswalks,
        data,
        mappings,
        registries,
        structures,
        tables,
    )

    return app


def main() -> None:
    """Run the command line; an error is a line, or one for each thing to mend, and exit code 2."""
    try:
        command_line()()
    except IcstipError as error:
        *several, last = error.lines(chosen_language())
        sys.stderr.write("".join(f"{line}\n" for line in [*several, f"icstip: {last}"]))
        raise SystemExit(COULD_NOT_RUN) from None


__all__ = [
    "CLEAN",
    "COULD_NOT_RUN",
    "ERRORS",
    "LanguageOption",
    "app",
    "collect_app",
    "command_line",
    "main",
    "map_app",
    "registry_app",
    "rules_app",
    "standard_app",
    "structures_app",
]
