"""The commands on registries: fetch structures, compare them, plan a publication, submit it, let them check data."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from icstip.artefacts.selection import References
from icstip.cli.app import CLEAN, ERRORS, registry_app
from icstip.cli.commands.checks import tell_validation
from icstip.cli.commands.structures import AgencyOption, FinalOption, OnlyOption, VersionOption, WithoutOption, part_of
from icstip.cli.options import FolderOption, LanguageOption, chosen_language, listed
from icstip.cli.output import STREAM, list_paths, print_bytes, put, show_losses
from icstip.errors import OutputError, RegistryError
from icstip.registry.queries import REFERENCES, Rest, parse_query
from icstip.registry.submitting.interfaces import Interface
from icstip.texts import text

if TYPE_CHECKING:  # a command loads what it needs when it runs
    from rich.status import Status

    from icstip.registry.fetching import Fetched
    from icstip.registry.submitting.submission import Submission
    from icstip.workflow.publication import Structures
    from icstip.workflow.publishing.registries import Registry

UrlArgument = Annotated[
    str, typer.Argument(metavar="URL", help="Address of the registry, or the id of a service that sdmx1 knows: SGR3.")
]
ApiOption = Annotated[
    Rest | None, typer.Option("--api", help="Version of the web service standard, if it cannot be found out by asking.")
]
FormatOption = Annotated[
    str, typer.Option("--format", "-f", help="Format to send, if not SDMX-ML 3.0 (2.1 for services of version 1).")
]
CacheOption = Annotated[
    Path | None,
    typer.Option("--cache", envvar="ICSTIP_CACHE", help="Folder for answers that are kept.", show_default="the user's"),
]
OfflineOption = Annotated[bool, typer.Option("--offline", help="Use only answers that were kept.")]


@registry_app.command("fetch")
def fetch(
    url: UrlArgument,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the messages, or - for one to stdout.")],
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WHAT]...",
            help="codelist/AGENCY/ID/VERSION, datastructure=AGENCY:ID(VERSION) or a URN. The version is a number, "
            "latest, + (latest stable), 1.0+.0 or *. Without it: all of the standard's agency.",
        ),
    ] = None,
    references: Annotated[
        str, typer.Option("--references", help="What comes along: none, children, descendants, parents, all, …")
    ] = "none",
    formats: Annotated[
        list[str] | None, typer.Option("--format", "-f", help="Format to ask for; without it whichever there is.")
    ] = None,
    api: ApiOption = None,
    cache: CacheOption = None,
    offline: OfflineOption = False,
    dsd: FolderOption = None,
    language: LanguageOption = "en",
) -> None:
    """Fetch structures from any SDMX web service, as they are there."""
    if references not in REFERENCES:
        raise typer.BadParameter(f"{references}: {', '.join(REFERENCES)}", param_hint="--references")
    queries = [parse_query(one) for one in what or [_all_of_the_standard(dsd)]]
    with _waiting() as status:
        registry = _registry(url, api, status, cache, offline=offline, formats=listed(formats))
        found = [_needed(registry.fetch(replace(query, references=references)), registry) for query in queries]
    if output == STREAM:
        if len(found) != 1:
            raise OutputError("output-stream", where=str(STREAM), number=len(found))
        print_bytes(found[0].content)
    else:
        _save_all(found, output)
    for one in found:
        counted = text(
            "registry.receipt.fetched", language, number=len(one.document.artefacts), format=one.document.format_id
        )
        typer.echo(counted, err=True)
        show_losses(one.document.findings, language)


@registry_app.command("diff")
def diff(
    url: UrlArgument,
    form: Annotated[str, typer.Option("--format", "-f", help="text, json or html.")] = "text",
    output: Annotated[Path, typer.Option("--output", "-o", help="File for the result, or - for stdout.")] = STREAM,
    only: OnlyOption = None,
    without: WithoutOption = None,
    agency: AgencyOption = None,
    version: VersionOption = None,
    final: FinalOption = None,
    api: ApiOption = None,
    cache: CacheOption = None,
    offline: OfflineOption = False,
    dsd: FolderOption = None,
    language: LanguageOption = "en",
) -> None:
    """Say what publishing the standard would change in a registry, and the least versions that say so."""
    from functools import partial

    from icstip.reports.structure_diff import diff_html, diff_json, diff_text

    page = partial(diff_html, old_name=url, new_name="icstip")
    forms: dict[str, Callable[..., str]] = {"text": diff_text, "json": diff_json, "html": page}
    if form not in forms:
        raise typer.BadParameter(f"{form}: {', '.join(forms)}", param_hint="--format")
    structures = _structures(only, without, agency, version, final, dsd)
    kinds = {artefact.kind for artefact in structures.artefacts} if only or without else set()
    with _waiting() as status:
        registry = _registry(url, api, status, cache, offline=offline)
        found, unread = registry.diff(structures.artefacts, kinds)
    put(forms[form](found, language).encode(), output)
    show_losses(unread, language)


@registry_app.command("plan")
def plan(
    url: UrlArgument,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File (plan.json) for the plan, to be reviewed and submitted.")
    ] = None,
    message_format: FormatOption = "",
    only: OnlyOption = None,
    without: WithoutOption = None,
    agency: AgencyOption = None,
    version: VersionOption = None,
    final: FinalOption = None,
    api: ApiOption = None,
    dsd: FolderOption = None,
    language: LanguageOption = "en",
) -> None:
    """Say step by step what publishing the standard would do, and what the rules have against it. Changes nothing."""
    from icstip.reports.registry.plan import plan_json, plan_text

    structures = _structures(only, without, agency, version, final, dsd)
    with _waiting() as status:
        registry = _registry(url, api, status)
        planned = registry.plan(structures.artefacts, message_format)
    typer.echo(plan_text(planned, language), nl=False)
    show_losses(planned.unread, language)
    if output is not None:
        put(plan_json(planned, language).encode(), output)
    raise typer.Exit(ERRORS if planned.forbidden else CLEAN)


@registry_app.command("submit")
def submit(
    url: UrlArgument,
    reviewed: Annotated[
        Path | None, typer.Option("--plan", help="The plan that was reviewed: nothing else than this is done.")
    ] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="Send it. Without this nothing is sent.")] = False,
    receipt: Annotated[Path | None, typer.Option("--receipt", help="File (JSON) for what became of it.")] = None,
    interface: Annotated[
        Interface | None, typer.Option("--interface", help="How the registry takes structures, if not as it seems.")
    ] = None,
    message_format: FormatOption = "",
    only: OnlyOption = None,
    without: WithoutOption = None,
    agency: AgencyOption = None,
    version: VersionOption = None,
    final: FinalOption = None,
    api: ApiOption = None,
    dsd: FolderOption = None,
    language: LanguageOption = "en",
) -> None:
    """Publish the standard in a registry, and read back what it has. A dry run unless --confirm is given."""
    from icstip.registry.planning.plan_file import check_reviewed, read_reviewed
    from icstip.reports.registry.plan import plan_text
    from icstip.reports.registry.receipt import receipt_json, receipt_text

    wanted = None if reviewed is None else read_reviewed(reviewed)
    structures = _structures(only, without, agency, version, final, dsd)
    with _waiting() as status:
        registry = _registry(url, api, status)
        planned = registry.plan(structures.artefacts, message_format)
        if wanted is not None:
            check_reviewed(planned, wanted)
        typer.echo(plan_text(planned, language), nl=False)
        show_losses(planned.unread, language)
        if planned.forbidden:
            raise typer.Exit(ERRORS)
        submission = registry.submission(
            structures,
            planned,
            interface,
            lambda done, every: status.update(_progress(done, every, language)),
        )
        if not confirm:
            _tell_dry_run(submission, language)
            raise typer.Exit(CLEAN)
        got = registry.submit(submission)
    typer.echo(receipt_text(got, language), nl=False)
    if receipt is not None:
        put(receipt_json(got, language).encode(), receipt)
    raise typer.Exit(CLEAN if got.is_complete else ERRORS)


@registry_app.command("check-data")
def check_data(
    url: UrlArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Data message of any format.")],
    structure: Annotated[
        str, typer.Option("--structure", help="URN of the dataflow or structure, if not the one that the data name.")
    ] = "",
    reports: Annotated[
        list[Path] | None,
        typer.Option("--report", help="File for a report: .html, .xlsx, .json or .csv; may be repeated."),
    ] = None,
    api: ApiOption = None,
    dsd: FolderOption = None,
    language: LanguageOption = "en",
) -> None:
    """Check data by our rules and by the data validation service of a registry, in one report."""
    from icstip.findings import Severity
    from icstip.workflow.checking.files import check_report_names, write_reports
    from icstip.workflow.publishing.data_checks import check_with_registry

    check_report_names(reports or [], [file])
    with _waiting(text("cli.checking", language, file=file.name)) as status:
        registry = _registry(url, api, status)
        report = check_with_registry(registry, file, structure, folder=dsd)
        written = write_reports(report, reports or [], [file], language=language)
    tell_validation(report, language, are_all_shown=bool(written))
    list_paths(written)
    raise typer.Exit(ERRORS if report.count(Severity.ERROR) else CLEAN)


def _waiting(told: str = "") -> "Status":
    """Return what shows on a terminal that something goes on."""
    return Console(stderr=True, highlight=False).status(told)


def _registry(
    url: str,
    api: Rest | None,
    status: "Status",
    cache: Path | None = None,
    *,
    offline: bool = False,
    formats: Sequence[str] = (),
) -> "Registry":
    from icstip.workflow.publishing.registries import Registry

    return Registry(
        url,
        rest=api,
        prompt=lambda place: _asked(place, status),
        cache=cache or _user_cache(),
        offline=offline,
        formats=formats,
    )


def _user_cache() -> Path:
    """Return the folder where the programs of a user keep what can be fetched again."""
    usual = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    return Path(usual) / "icstip" / "registry"


def _asked(place: str, status: "Status") -> tuple[str, str] | None:
    """Ask who sits at the terminal for user and password; None if nobody sits there."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    language = chosen_language()
    status.stop()  # it would write over the question
    user = typer.prompt(text("registry.prompt.user", language, place=place), err=True)
    password = typer.prompt(text("registry.prompt.password", language, place=place), hide_input=True, err=True)
    status.start()
    return user, password


def _structures(
    only: list[str] | None,
    without: list[str] | None,
    agency: str | None,
    version: str | None,
    final: bool | None,
    dsd: Path | None,
) -> "Structures":
    from icstip.standard.read import read_standard
    from icstip.workflow.publication import standard_structures

    standard = read_standard(dsd).reissued(agency=agency, version=version, final=final)
    return standard_structures(standard).part(part_of(only, without, References.NONE, None))


def _all_of_the_standard(dsd: Path | None) -> str:
    from icstip.standard.read import read_standard

    return f"*/{read_standard(dsd).agency}/*/latest"


def _needed(found: "Fetched | None", registry: "Registry") -> "Fetched":
    if found is None:
        raise RegistryError("registry-nothing", where=registry.address)
    return found


def _save_all(found: "list[Fetched]", folder: Path) -> None:
    from icstip.staging import staged

    with staged(folder) as stage:
        for one in found:
            (stage / one.file_name).write_bytes(one.content)
    list_paths(folder / one.file_name for one in found)


def _tell_dry_run(submission: "Submission", language: str) -> None:
    for sending in submission.requests():
        told = text(
            "registry.receipt.would_send",
            language,
            method=sending.method,
            address=sending.address,
            number=len(sending.references),
            bytes=f"{len(submission.message(sending)):,}",
        )
        typer.echo(told)
    if submission.plan.to_do:
        typer.echo(text("registry.receipt.dry", language))


def _progress(done: int, every: int, language: str) -> str:
    if done == every:
        return text("registry.receipt.reading_back", language)
    return text("registry.receipt.sending", language, done=done + 1, all=every)
