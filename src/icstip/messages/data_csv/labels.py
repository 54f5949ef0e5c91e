"""The names of components and codes in SDMX-CSV (field guides, optional parameter ``labels``)."""

from collections import Counter
from collections.abc import Callable, Sequence

import polars as pl

from icstip.artefacts.base import Texts
from icstip.messages.data_csv.header import SEPARATOR
from icstip.messages.data_options import Labels
from icstip.schema import Column

_FALLBACK = "en"


def name_in(texts: Texts, language: str) -> str:
    """Return a name in a language, else in English, else in any; empty when there is none.

    The field guides leave it open what stands for a name that is not there in the language that was asked for.

    Example:
        >>> name_in({"en": "Annual", "es": "Anual"}, "fr")
        'Annual'
    """
    return texts.get(language) or texts.get(_FALLBACK) or next(iter(texts.values()), "")


def with_name(identifier: str, name: str) -> str:
    """Return an id with a name, or alone when there is none.

    Example:
        >>> with_name("A", "Annual")
        'A: Annual'
    """
    return f"{identifier}{SEPARATOR}{name}" if name else identifier


def heads(ids: Sequence[str], columns: Sequence[Column], labels: Labels, language: str) -> list[str]:
    """Return what the header says of components: one text of each, and two with `Labels.NAME`.

    Args:
        ids: What they are called.
        columns: The components.
        labels: What stands for components and codes.
        language: Language of the names.
    """
    names = [name_in(column.name, language) for column in columns]
    if labels is Labels.BOTH:
        return [with_name(identifier, name) for identifier, name in zip(ids, names, strict=True)]
    if labels is Labels.ID:
        return list(ids)
    times = Counter([*ids, *names])
    told: list[str] = []
    for identifier, name in zip(ids, names, strict=True):
        # Headers are unique, names of components need not be.
        unique = name if times[name] == 1 else f"{name} ({identifier})"
        told += [identifier, unique if name else f"{identifier}_NAME"]
    return told


def ids_and_names(values: pl.Series, column: Column, language: str) -> pl.Series:
    """Return a coded column with the names of its codes, as ``A: Annual``; what has no name stays as it is.

    Args:
        values: Codes, as an Enum or as texts.
        column: The component.
        language: Language of the names.
    """
    return _each_code(values, lambda code: with_name(code, name_in(column.code_names.get(code, {}), language)))


def names(values: pl.Series, column: Column, language: str) -> pl.Series:
    """Return the names of the codes of a column; null for what has none.

    Args:
        values: Codes, as an Enum or as texts.
        column: The component.
        language: Language of the names.
    """
    return _each_code(values, lambda code: name_in(column.code_names.get(code, {}), language) or None)


def _each_code(values: pl.Series, text: Callable[[str], str | None]) -> pl.Series:
    """Return a column with another text for each code; each code is looked up once."""
    codes = values.dtype.categories if isinstance(values.dtype, pl.Enum) else values.drop_nulls().unique()
    texts = pl.Series([text(code) for code in codes], dtype=pl.String)
    return texts.gather(values.cast(pl.Enum(codes)).to_physical())
