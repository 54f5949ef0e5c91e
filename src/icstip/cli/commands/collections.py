"""The commands on collections of submissions."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from icstip.cli.app import CLEAN, COULD_NOT_RUN, ERRORS, collect_app
from icstip.cli.options import FolderOption, LanguageOption, RulesOption, listed
from icstip.cli.output import STREAM, print_bytes
from icstip.errors import IcstipError
from icstip.reports.collection.form import TableForm
from icstip.texts import text

if TYPE_CHECKING:  # a command loads what it needs when it runs
    from icstip.workflow.collecting.collector import Added

CollectionOption = Annotated[
    Path,
    typer.Option("--collection", "-c", metavar="DIR", help="Folder of the collection.", envvar="ICSTIP_COLLECTION"),
]
FormOption = Annotated[TableForm, typer.Option("--format", "-f", help="How it is shown.")]
AreasOption = Annotated[list[str] | None, typer.Option("--area", help="Only this area; may be repeated.")]
StructuresOption = Annotated[
    list[str] | None, typer.Option("--structure", help="Only this data structure, for example TIP_VICTIM.")
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", help="As known on this date (2026-01-31) or at this time (ISO 8601, UTC).")
]


@collect_app.command("add")
def add(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Data messages of any format; with --mapping, tables.")
    ],
    collection: CollectionOption,
    mapping: Annotated[
        str, typer.Option("--mapping", "-m", help="For tables: a built-in mapping, or a mapping file or folder.")
    ] = "",
    structures: Annotated[
        Path | None,
        typer.Option("--structures", "-s", help="File or folder with the structure of messages, if not the standard."),
    ] = None,
    sender: Annotated[
        str, typer.Option("--sender", help="Id of the organisation that sent it, if the message does not say so.")
    ] = "",
    date: Annotated[
        str,
        typer.Option("--date", help="When it was received (ISO 8601), if not when the message was prepared, or now."),
    ] = "",
    accept: Annotated[
        bool, typer.Option("--accept", help="Let it count although it has errors; needs --reason.")
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help="Why it is accepted, for the record.")] = "",
    again: Annotated[
        bool, typer.Option("--again", help="Take it as a new submission although the same file is there.")
    ] = False,
    rules: RulesOption = None,
    dsd: FolderOption = None,
    language: LanguageOption = "en",
) -> None:
    """Keep submissions as they came, check them, and let those without errors count."""
    from icstip.workflow.collecting.collector import Collector, check_files

    if accept != bool(reason.strip()):
        raise typer.BadParameter("--accept and --reason need each other", param_hint="--reason")
    check_files(files)
    console = Console(stderr=True, highlight=False)
    collector = Collector(collection, dsd, against=structures, rules=rules)
    done: list[Added] = []
    unread = 0
    with console.status("") as status:
        for file in files:
            status.update(text("collection.adding", language, file=file.name))
            try:
                added = collector.add(
                    file,
                    mapping=mapping,
                    sender=sender,
                    date=date,
                    reason=reason.strip(),
                    again=again,
                    language=language,
                )
            except IcstipError as error:
                if len(files) == 1:
                    raise
                unread += 1
                typer.echo(f"icstip: {error.line(language)}", err=True)
                continue
            done.append(added)
            _tell(added, file, collection, language)
    if len(files) > 1:
        _tell_all(done, unread, language)
    quarantined = any(not one.receipt.counts for one in done)
    raise typer.Exit(COULD_NOT_RUN if unread else ERRORS if quarantined else CLEAN)


def _tell(added: "Added", file: Path, collection: Path, language: str) -> None:
    from icstip.reports.collection.added import added_lines

    for line in added_lines(added.receipt, added.report, str(file), str(collection), language, is_new=added.is_new):
        typer.echo(line)
    if added.later is not None:
        later = added.later
        told = {"id": added.receipt.id, "received": added.receipt.received, "later": later.id, "then": later.received}
        typer.echo(text("collection.later", language, **told), err=True)


def _tell_all(done: "list[Added]", unread: int, language: str) -> None:
    new = [one for one in done if one.is_new]
    accepted = sum(one.receipt.counts for one in new)
    numbers = {"files": len(done) + unread, "accepted": accepted, "known": len(done) - len(new), "unread": unread}
    typer.echo(text("collection.added", language, quarantined=len(new) - accepted, **numbers), err=True)


@collect_app.command("list")
def list_submissions(
    collection: CollectionOption, form: FormOption = TableForm.TEXT, language: LanguageOption = "en"
) -> None:
    """List the submissions in the order in which they were added."""
    from icstip.collection.store import Collection
    from icstip.reports.collection.submissions import submissions_table
    from icstip.reports.collection.table import written

    receipts = Collection(collection).submissions
    _show(written(submissions_table(receipts, form, language), form))


@collect_app.command("show")
def show(
    collection: CollectionOption,
    areas: AreasOption = None,
    structures: StructuresOption = None,
    senders: Annotated[list[str] | None, typer.Option("--sender", help="Only what this sender says.")] = None,
    as_of: AsOfOption = None,
    history: Annotated[
        bool, typer.Option("--history", help="Every version of each cell, not only the latest.")
    ] = False,
    form: FormOption = TableForm.TEXT,
    language: LanguageOption = "en",
) -> None:
    """Show what is known of areas: each cell, what it says, and which submission says so."""
    from icstip.collection.store import Collection
    from icstip.reports.collection.known import known_cells, known_text

    opened = Collection(collection)
    asked = (listed(structures), listed(areas), listed(senders), as_of)
    found = known_cells(opened, *asked, has_history=history)
    _show(known_text(found, form, language))


@collect_app.command("diff")
def diff(
    submission: Annotated[str, typer.Argument(metavar="ID", help="Id of a submission, or its number.")],
    collection: CollectionOption,
    against: Annotated[
        str | None,
        typer.Option("--against", help="Another submission, instead of what its sender had said before."),
    ] = None,
    form: FormOption = TableForm.TEXT,
    language: LanguageOption = "en",
) -> None:
    """Show what a submission changed: what is new, revised, withdrawn, or not sent again."""
    from icstip.collection.store import Collection
    from icstip.reports.collection.changes import changes_table, changes_text
    from icstip.reports.collection.table import written

    opened = Collection(collection)
    found = opened.changes(submission, against)
    if form is TableForm.TEXT:
        other = None if against is None else opened.submission(against)
        _show(changes_text(found, opened.submission(submission), other, language))
    else:
        _show(written(changes_table(found), form))


@collect_app.command("export")
def export(
    collection: CollectionOption,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="File, or - for standard output.")],
    form: Annotated[str, typer.Option("--format", "-f", help="Format of data, for example sdmx-csv-2.0.")],
    areas: AreasOption = None,
    structures: StructuresOption = None,
    senders: Annotated[
        list[str] | None,
        typer.Option("--sender", help="Only what this sender says; of several, the first one that has a cell counts."),
    ] = None,
    as_of: AsOfOption = None,
    language: LanguageOption = "en",
) -> None:
    """Write the latest observations, or those known on a date, as a data message."""
    from icstip.cli.output import show_losses
    from icstip.collection.store import Collection
    from icstip.workflow.collecting.exporting import Asked
    from icstip.workflow.collecting.exporting import export as export_message

    asked = Asked(listed(structures), listed(areas), listed(senders), as_of)
    done = export_message(Collection(collection), output, form, asked)
    show_losses(done.findings, language)
    if done.left_out:
        typer.echo(text("collection.left_out", language, columns=", ".join(done.left_out)), err=True)
    typer.echo(text("collection.exported", language, rows=f"{done.rows:,}"), err=True)
    if output != STREAM:
        typer.echo(str(output))


@collect_app.command("verify")
def verify(collection: CollectionOption, language: LanguageOption = "en") -> None:
    """Check that every file of a collection is what it was when it was added."""
    from icstip.collection.verification import verify as verify_collection

    done = verify_collection(collection)
    for damage in done.damages:
        typer.echo(f"{damage.file}: {text(f'collection.fault.{damage.fault}', language)}")
    numbers = {"submissions": done.submissions, "files": done.files, "damaged": len(done.damages)}
    typer.echo(text("collection.verified", language, **numbers), err=True)
    raise typer.Exit(ERRORS if done.damages else CLEAN)


def _show(content: str) -> None:
    print_bytes(content.encode("utf-8", "replace"))
