"""Names, descriptions, annotations and links."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final

from icstip.artefacts.base import Annotation, Identifiable, Maintainable, Nameable, Texts
from icstip.structures.diff.changes import Omission
from icstip.structures.diff.kinds import ChangeKind
from icstip.structures.diff.rules.comparison import Comparison

NO_LANGUAGE: Final = ""
ENGLISH: Final = "en"

_BLANKS = re.compile(r"[ \t\r\n]+")

_Note = tuple[str, str, tuple[tuple[str, str], ...]]
"""Title, id and text of an annotation; its type stands beside it."""


def compare_head(comparison: Comparison, old: Maintainable, new: Maintainable) -> None:
    """Compare what every artefact has: texts, annotations, and the time in which it is valid.

    Whether it is final is not compared, nor where it stands: that is no change of what it says.
    """
    compare_texts(comparison, "", old, new)
    comparison.differ(ChangeKind.VALIDITY, "", _span(old.valid_from, old.valid_to), _span(new.valid_from, new.valid_to))


def compare_texts(comparison: Comparison, path: str, old: Nameable, new: Nameable) -> None:
    """Compare names, descriptions, annotations and links of two items or artefacts.

    Args:
        comparison: The comparison of the artefact.
        path: The item, empty for the artefact.
        old: It as it was.
        new: It as it is.
    """
    if old.name != new.name:
        compare_languages(comparison, ChangeKind.NAME, path, old.name, new.name, names=new.name)
    if old.description != new.description:
        compare_languages(comparison, ChangeKind.DESCRIPTION, path, old.description, new.description, names=new.name)
    compare_notes(comparison, path, old, new)


def compare_notes(comparison: Comparison, path: str, old: Identifiable, new: Identifiable) -> None:
    """Compare annotations, links and addresses.

    Links and addresses that only one side has are no difference: not every format can say them.
    """
    names = new.name if isinstance(new, Nameable) else None
    if old.annotations != new.annotations:
        compare_annotations(comparison, path, old.annotations, new.annotations, names)
    before, after = _links(old), _links(new)
    if before and after and before != after:
        comparison.add(ChangeKind.LINK, path, before=", ".join(before), after=", ".join(after), names=names)
    if old.uri and new.uri and old.uri != new.uri:
        comparison.add(ChangeKind.LINK, path, before=old.uri, after=new.uri, names=names)


def compare_languages(
    comparison: Comparison,
    kind: ChangeKind,
    path: str,
    old: Texts,
    new: Texts,
    *,
    names: Texts | None = None,
    prefix: str = "",
) -> None:
    """Compare a text language by language; runs of blanks are the same as one.

    A text of no language is the same as one in English: messages in XML take that for granted where no language stands.

    Args:
        comparison: The comparison of the artefact.
        kind: What changed if they are not equal.
        path: The item, empty for the artefact.
        old: The text as it was.
        new: The text as it is.
        names: Names of the item.
        prefix: What is told before the text: the type of an annotation.
    """
    old, new = _in_languages(old), _in_languages(new)
    for language in (*new, *(known for known in old if known not in new)):
        before, after = old.get(language) or None, new.get(language) or None
        if before == after or _plain(before) == _plain(after):
            continue
        if (before is None and comparison.old.partial_language) or (after is None and comparison.new.partial_language):
            comparison.omit(Omission.PARTIAL)
            continue
        if prefix:
            before, after = _prefixed(prefix, before), _prefixed(prefix, after)
        comparison.add(kind, path, language=language, before=before, after=after, names=names)


def compare_annotations(
    comparison: Comparison, path: str, old: Sequence[Annotation], new: Sequence[Annotation], names: Texts | None = None
) -> None:
    """Compare annotations by type, in whatever order the types stand.

    The value of an annotation (SDMX 3.0) is the same as a title, as which formats without it write it.
    """
    before, after = Counter(_notes(old)), Counter(_notes(new))
    gone, come = _by_type((before - after).elements()), _by_type((after - before).elements())
    for kind in (*come, *(known for known in gone if known not in come)):
        for was, is_now in zip_longest(gone.get(kind, ()), come.get(kind, ())):
            _compare_note(comparison, path, kind, was, is_now, names)
    addresses_before, addresses_after = _addresses(old), _addresses(new)
    if addresses_before and addresses_after and addresses_before != addresses_after:
        comparison.add(ChangeKind.ANNOTATION_URL, path, before=addresses_before, after=addresses_after, names=names)


def _compare_note(
    comparison: Comparison, path: str, kind: str, was: _Note | None, is_now: _Note | None, names: Texts | None
) -> None:
    prefix = f"{kind}: " if kind else ""
    old_head, new_head = _head(was), _head(is_now)
    if old_head != new_head:
        before, after = (None if note is None else f"{prefix}{_head(note)}" for note in (was, is_now))
        comparison.add(ChangeKind.ANNOTATION, path, before=before, after=after, names=names)
    old_text, new_text = (dict(note[2]) if note else {} for note in (was, is_now))
    compare_languages(comparison, ChangeKind.ANNOTATION, path, old_text, new_text, names=names, prefix=prefix)


def _notes(annotations: Iterable[Annotation]) -> Iterator[tuple[str, _Note]]:
    for annotation in annotations:
        title = annotation.title or annotation.value or ""
        yield annotation.type or "", (title, annotation.id or "", tuple(sorted(annotation.text.items())))
        if annotation.title and annotation.value:
            yield annotation.type or "", (annotation.value, "", ())


def _by_type(notes: Iterable[tuple[str, _Note]]) -> dict[str, list[_Note]]:
    grouped: dict[str, list[_Note]] = {}
    for kind, note in notes:
        grouped.setdefault(kind, []).append(note)
    return grouped


def _head(note: _Note | None) -> str:
    return "" if note is None else " ".join(part for part in (note[1] and f"[{note[1]}]", note[0]) if part)


def _addresses(annotations: Iterable[Annotation]) -> str:
    return ", ".join(sorted(f"{note.type or '–'}: {url}" for note in annotations for url in note.urls.values()))


def _links(identifiable: Identifiable) -> tuple[str, ...]:
    return tuple(sorted(f"{link.rel}: {link.url}" for link in identifiable.links))


def _span(start: str | None, end: str | None) -> str:
    return f"{start or ''}/{end or ''}" if start or end else ""


def _in_languages(texts: Texts) -> Texts:
    if NO_LANGUAGE not in texts or ENGLISH in texts:
        return texts
    return {language or ENGLISH: text for language, text in texts.items()}


def _prefixed(prefix: str, text: str | None) -> str | None:
    return None if text is None else f"{prefix}{text}"


def _plain(text: str | None) -> str:
    return "" if text is None else _BLANKS.sub(" ", text).strip()
