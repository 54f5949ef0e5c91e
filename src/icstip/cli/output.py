"""Where commands on structures put what they made: files, standard output, and standard error for what was lost."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from icstip.errors import OutputError
from icstip.findings import Finding

if TYPE_CHECKING:  # a command loads what it needs when it runs
    from icstip.workflow.publication import Structures

STREAM = Path("-")


def stream_structures(structures: "Structures", formats: list[str]) -> tuple[Finding, ...]:
    """Write the one message to standard output, and return what its format cannot say."""
    from icstip.workflow.publication import only_format, write_message

    written, findings = write_message(structures, only_format(formats))
    print_bytes(written)
    return findings


def print_bytes(content: bytes) -> None:
    """Write to standard output.

    Raises:
        OutputError: Nobody takes it.
    """
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except OSError as error:
        raise OutputError("output-stream-broken", where=str(STREAM), reason=error.strerror or error) from error


def put(content: bytes, output: Path) -> None:
    """Write to a file, whose name is shown, or to standard output."""
    if output == STREAM:
        print_bytes(content)
        return
    save(content, output)
    typer.echo(str(output))


def save(content: bytes, path: Path) -> None:
    """Write a file whole, or not at all."""
    from icstip.staging import staged

    with staged(path.parent) as stage:
        (stage / path.name).write_bytes(content)


def list_paths(paths: Iterable[Path]) -> None:
    """Show the names of files, one a line."""
    for path in paths:
        typer.echo(str(path))


def show_losses(findings: Iterable[Finding], language: str) -> None:
    """Show what was lost or said in another way, on standard error."""
    from icstip.reports.losses import loss_lines

    for line in loss_lines(findings, language):
        typer.echo(line, err=True)
