"""Markdown, as the generated pages have it."""

import re
from collections.abc import Iterable, Iterator, Sequence

NOTICE = "<!-- Written by docs/generate.py: `make reference` writes it again. Changes made here are lost. -->"


def page(title: str, lines: Iterable[str]) -> str:
    """Return a page that is generated."""
    return "\n".join([f"# {title}", "", NOTICE, "", *lines]) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table."""
    yield f"| {' | '.join(heads)} |"
    yield "|" + " --- |" * len(heads)
    for row in rows:
        yield f"| {' | '.join(row)} |"


def plain(text: str) -> str:
    """Return a text for a line of Markdown: one line, and no sign that Markdown reads as its own."""
    return re.sub(r"([\\`*_|<>\[\]])", r"\\\1", " ".join(text.split()))


def shown(template: str) -> str:
    """Return the text of a finding for a line of Markdown, its placeholders in angle quotes."""
    return plain(re.sub(r"\{(\w+)\}", r"‹\1›", template).replace("{{", "{").replace("}}", "}"))
