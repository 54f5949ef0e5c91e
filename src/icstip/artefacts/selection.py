"""A part of artefacts: some classes, with what they refer to, in some languages."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from typing import TypeVar

from icstip.artefacts.base import Maintainable
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.kinds import ORDER
from icstip.artefacts.walk import references_of

M = TypeVar("M", bound=Maintainable)


class References(StrEnum):
    """Which of the artefacts that the chosen ones refer to are added, in the words of the SDMX web services."""

    NONE = "none"
    CHILDREN = "children"
    DESCENDANTS = "descendants"


KINDS_BY_NAME: Mapping[str, str] = {kind.lower(): kind for kind in ORDER}
"""The classes by the names under which the SDMX web services know them: ``codelist``, ``datastructure``, …"""


def select(artefacts: Artefacts, kinds: Collection[str], references: References = References.NONE) -> Artefacts:
    """Return the artefacts of some classes, with those that they refer to.

    Args:
        artefacts: What to select from.
        kinds: Classes as in `icstip.artefacts.kinds.ORDER`; none means all.
        references: `CHILDREN` adds what the chosen ones refer to, `DESCENDANTS` what that refers to in turn, and so on.
    """
    chosen = {artefact.reference: artefact for artefact in artefacts if not kinds or artefact.kind in kinds}
    newest = list(chosen.values())
    while newest and references is not References.NONE:
        newest = [artefact for artefact in _referred(newest, artefacts) if artefact.reference not in chosen]
        chosen |= {artefact.reference: artefact for artefact in newest}
        if references is References.CHILDREN:
            break
    return Artefacts(tuple(artefact for artefact in artefacts if artefact.reference in chosen))


def in_languages(artefacts: Artefacts, languages: Collection[str]) -> Artefacts:
    """Return artefacts with their texts in some languages only.

    A text that has none of them keeps its first language: a name is never lost. Artefacts that lose a text say that
    their languages are partial.

    Args:
        artefacts: The artefacts.
        languages: Language codes.
    """
    return Artefacts(tuple(_in_languages(artefact, frozenset(languages)) for artefact in artefacts))


def _referred(artefacts: Iterable[Maintainable], known: Artefacts) -> Iterator[Maintainable]:
    for artefact in artefacts:
        for reference in references_of(artefact):
            found = known.find(reference)
            if found is not None:
                yield found


def _in_languages(artefact: M, languages: frozenset[str]) -> M:
    changed = _kept(artefact, languages)
    assert isinstance(changed, type(artefact))  # noqa: S101 - replaced field by field, so of the same class
    return artefact if changed is artefact else replace(changed, partial_language=True)


def _kept(value: object, languages: frozenset[str]) -> object:
    if isinstance(value, Mapping):
        return _texts_kept(value, languages)
    if isinstance(value, tuple):
        parts = tuple(_kept(part, languages) for part in value)
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    if is_dataclass(value) and not isinstance(value, type):
        kept = {
            field.name: _kept(getattr(value, field.name), languages)
            for field in fields(value)
            if _has_texts(field.name)
        }
        changes = {name: part for name, part in kept.items() if part is not getattr(value, name)}
        return replace(value, **changes) if changes else value
    return value


def _has_texts(field: str) -> bool:
    return field != "facets"  # a mapping, but not of languages


def _texts_kept(texts: Mapping[str, str], languages: frozenset[str]) -> Mapping[str, str]:
    kept = {language: text for language, text in texts.items() if not language or language in languages}
    if len(kept) == len(texts):
        return texts
    return kept or dict(list(texts.items())[:1])
