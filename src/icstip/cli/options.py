"""Options that several commands have."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from icstip.texts import LANGUAGES

_chosen = ["en"]


def _language(value: str) -> str:
    if value not in LANGUAGES:
        raise typer.BadParameter(f"{value}: {', '.join(LANGUAGES)}")
    _chosen[0] = value
    return value


def chosen_language() -> str:
    """Return the language that the running command was asked for, which its error message uses too."""
    return _chosen[0]


LanguageOption = Annotated[
    str,
    typer.Option(
        "--language", "-l", envvar="ICSTIP_LANGUAGE", callback=_language, is_eager=True, help="en, fr, es or ar."
    ),
]

FolderOption = Annotated[
    Path | None, typer.Option("--dsd", help="Folder with the tables of the standard, if not the installed ones.")
]

RulesOption = Annotated[
    Path | None,
    typer.Option("--rules", "-r", help="TOML with severities, limits, and rules that are off with the reason."),
]


def listed(values: Iterable[str] | None) -> list[str]:
    """Return the values of an option that may be repeated, or hold several values separated by commas."""
    return [part.strip() for value in values or () for part in value.split(",") if part.strip()]
