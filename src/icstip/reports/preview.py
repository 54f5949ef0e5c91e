"""A sheet as it is, each cell coloured by what it was taken for, as one page that needs nothing but itself."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from icstip.reports.parts.lettering import clipped, direction_of
from icstip.reports.templates import template
from icstip.texts import RIGHT_TO_LEFT, text

TAKEN: Final = ("figure", "label", "time", "open", "left_out", "note")
"""What cells can be taken for, in the order in which the page explains it."""


def preview_page(
    rows: Sequence[Sequence[tuple[str, str, str]]],
    columns: Sequence[str],
    title: str,
    points: Sequence[str],
    *,
    total_rows: int,
    language: str = "en",
) -> str:
    """Return a page with the picture of a sheet, the same for the same sheet.

    Args:
        rows: The cells that are shown: text, what it was taken for (one of `TAKEN`, or another word), and its codes.
        columns: Letters of the columns.
        title: Name of the file, with that of the sheet.
        points: What is left to decide.
        total_rows: How many rows the sheet has.
        language: One of `icstip.texts.LANGUAGES`.
    """
    return template("preview.html.j2").render(
        language=language,
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
        t=_words(language),
        rows=rows,
        columns=columns,
        title=title,
        points=points,
        more=max(0, total_rows - len(rows)),
        taken=TAKEN,
        clipped=clipped,
        direction_of=direction_of,
    )


def _words(language: str) -> Callable[..., str]:
    return partial(_text, language)


def _text(language: str, key: str, /, **params: object) -> str:
    return text(f"preview.{key}", language, **params)
