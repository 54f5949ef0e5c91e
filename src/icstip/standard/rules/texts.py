"""Rules for texts: each is there, in the script of its language, and no name stands twice in a list."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ftfy.badness import is_bad

from icstip.findings import Finding, Place
from icstip.standard.folder import StandardFolder
from icstip.standard.settings import Key
from icstip.standard.tables import Table

_ARABIC_LETTER = re.compile(
    "[\u0620-\u064a\u066e-\u06d3\u06fa-\u06fc\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
)
_CYRILLIC_LETTER = re.compile("[\u0400-\u052f]")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+")
_ACRONYM = re.compile("[A-Z]|[A-Z]{2,}s?")
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class _Text:
    """One text of something that has an id; `described` says whether it cannot do without a description."""

    place: Place
    owner: str
    kind: str
    language: str
    text: str
    described: bool = False


def check_texts(source: StandardFolder) -> Iterator[Finding]:
    """Yield each name and description that is missing, and each text that is not in the script of its language."""
    words = frozenset(source.settings.strings("lint", "latin_words"))
    for text in _all_texts(source):
        params = {"id": text.owner, "language": text.language}
        if text.text:
            if found := foreign(text.text, text.language, words):
                yield Finding("STD-007", text.place, text.text, {"found": found, **params})
        elif text.kind == "name":
            yield Finding("STD-006", text.place, text.language, params)
        elif text.kind == "description" and text.described:
            yield Finding("STD-017", text.place, text.language, params)


def check_repeated_names(source: StandardFolder) -> Iterator[Finding]:
    """Yield each code whose name another code of its list already has in the same language."""
    for codelist, table in source.codes.items():
        chain = [source.codes[part] for part in source.lineage(codelist) if part in source.codes]
        for language in source.settings.languages:
            yield from _repeated_names(chain, table, f"name_{language}", language)


def foreign(text: str, language: str, allowed: frozenset[str] = frozenset()) -> str:
    """Return what in a text is not of its language's script, or an empty string.

    Args:
        text: A name, description or note.
        language: Its language; a language whose script is not known here is only searched for broken encodings.
        allowed: Latin words that may stand in an Arabic text; acronyms in capitals, and so ids, always may.
    """
    if _REPLACEMENT in text or is_bad(text):
        return next((word for word in text.split() if _REPLACEMENT in word or is_bad(word)), text)
    if language == "ar":
        words = (word for word in _LATIN_WORD.findall(text) if not _ACRONYM.fullmatch(word) and word not in allowed)
        return next(words, "" if _ARABIC_LETTER.search(text) else text)
    if language in {"en", "fr", "es"}:
        found = _ARABIC_LETTER.search(text) or _CYRILLIC_LETTER.search(text)
        return found[0] if found else ""
    return ""


def _all_texts(source: StandardFolder) -> Iterator[_Text]:
    languages = source.settings.languages
    yield from _settings_texts(source)
    yield from _table_texts(source.concepts, languages, ("name", "description", "counting"), described=True)
    yield from _table_texts(source.codelists, languages, described=True)
    for table in _published_tables(source):
        yield from _table_texts(table, languages)
    prefix = source.settings.string("lint", "described_prefix")
    for codelist, table in source.codes.items():
        yield from _table_texts(table, languages, described=bool(prefix) and codelist.startswith(prefix))
    for crosswalk in source.crosswalk_tables.values():
        yield from _table_texts(crosswalk.facts["reasons"], languages, ("description",), described=True)
    for row in source.sources.rows:
        # Short names explain sources to the maintainers of the tables and are not published: English is enough.
        for kind in ("name", "description"):
            if kind in row:
                yield _Text(source.sources.place(row), row["id"], kind, "en", row[kind], described=True)


def _published_tables(source: StandardFolder) -> Iterator[Table]:
    yield from (source.dataflows, source.constraints, source.categories, source.hierarchies, source.crosswalks)
    yield from (crosswalk.code_maps for crosswalk in source.crosswalk_tables.values())


def _table_texts(
    table: Table, languages: Sequence[str], kinds: Sequence[str] = ("name", "description"), *, described: bool = False
) -> Iterator[_Text]:
    for row in table.rows:
        for kind in kinds:
            for language in languages:
                column = f"{kind}_{language}"
                if column in row:
                    # What is said in one language is said in all of them.
                    said = described or any(row[f"{kind}_{other}"] for other in languages)
                    yield _Text(table.place(row), row["id"], kind, language, row[column], said)


def _settings_texts(source: StandardFolder) -> Iterator[_Text]:
    settings = source.settings
    if settings.faults:
        return
    keys: list[Key] = [("standard",), ("agency",), ("concept_scheme",)]
    keys.extend((key,) for key in ("category_scheme", "provider_scheme") if settings.value(key) is not None)
    keys.extend(("structures", n) for n in range(settings.structure_count))
    for key in keys:
        owner = settings.string(*key, "id") or str(key[0])
        for kind in ("name", "description"):
            for language in settings.languages:
                place = settings.place(*key, kind, language)
                yield _Text(place, owner, kind, language, settings.string(*key, kind, language))


def _repeated_names(chain: Sequence[Table], own: Table, column: str, language: str) -> Iterator[Finding]:
    first: dict[str, tuple[str, Place]] = {}
    for table in chain:
        for row, name in table.column(column):
            key = " ".join(unicodedata.normalize("NFC", name).casefold().split())
            if not key:
                continue
            other, place = first.setdefault(key, (row["id"], table.place(row)))
            # The same id twice is a finding of its own.
            if table is own and other != row["id"]:
                params = {"id": row["id"], "other": other, "first": str(place), "language": language}
                yield Finding("STD-018", table.place(row), name, params)
