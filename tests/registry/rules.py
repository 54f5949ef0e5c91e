"""The rules by which a registry takes or refuses artefacts: versions, references, permissions."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tests.registry.references import missing_references, references_in
from tests.registry.store import Key

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.collection import Artefacts, maintainable_reference
from icstip.artefacts.items import CategoryScheme, Item, ItemScheme
from icstip.artefacts.kinds import ORGANISATION_SCHEMES
from icstip.artefacts.versions import is_semantic

Held = Mapping[tuple[str, str, str, str], Maintainable]


class Fate(StrEnum):
    """What becomes of an artefact that is submitted."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    EXISTS = "exists already, and Append replaces nothing"
    FROZEN = "is stable: it may not change under this version"
    NOT_SEMANTIC = "has a semantic version and refers to what has none"
    NOT_RELEASED = "is stable and refers to what is not"
    UNRESOLVED = "refers to what is not there"
    BREAKS = "has lost what others refer to"


ACCEPTED = frozenset({Fate.CREATED, Fate.UPDATED, Fate.UNCHANGED})


@dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of one artefact.

    Attributes:
        submitted: The artefact as it came.
        result: What is to be stored.
        fate: What becomes of it.
        about: The references that are the reason.
    """

    submitted: Maintainable
    result: Maintainable
    fate: Fate
    about: tuple[Reference, ...] = ()

    @property
    def text(self) -> str:
        """What became of it, in English."""
        about = f": {', '.join(map(str, self.about))}" if self.about else ""
        return f"{Key.of(self.submitted)} {self.fate}{about}"


def is_frozen(artefact: Maintainable) -> bool:
    """Return whether an artefact may never change: it is stable (SDMX 3.0 §6), or final (SDMX 2.1).

    A version below 1.0.0 is one of first development and not stable.
    """
    if is_semantic(artefact.version):
        return "-" not in artefact.version and not artefact.version.startswith("0.")
    return artefact.final is True


def judge(held: Held, submitted: Sequence[Maintainable], *, append: bool = False, merge: bool = False) -> list[Judged]:
    """Return what becomes of artefacts that are submitted together.

    What is refused is not there for others to refer to, so that they may be refused because of it.

    Args:
        held: What is there.
        submitted: What is submitted.
        append: Whether what exists is refused.
        merge: Whether items are added to the item schemes that exist.
    """
    judged = [_by_version(held, artefact, append=append, merge=merge) for artefact in submitted]
    while True:
        after = Artefacts.of(_after(held, judged).values())
        again = [_by_references(one, after) if one.fate in ACCEPTED else one for one in judged]
        broken = _broken(held, again, Artefacts.of(_after(held, again).values()))
        again = [_broken_by(one, broken) if one.fate in ACCEPTED else one for one in again]
        if again == judged:
            return judged
        judged = again


def merged(old: Maintainable, new: Maintainable) -> Maintainable:
    """Return an item scheme with the items of a new one in it: in place of those of the same id, or at the end.

    FMR, SubmitStructuresWebService, MERGE; SDMX-REST 2.1, doc/maintenance.md, of a partial item scheme.
    """
    if not isinstance(old, ItemScheme) or not isinstance(new, ItemScheme):
        return new
    nested = isinstance(new, CategoryScheme)
    items: dict[str, Item] = {item.path if nested else item.id: item for item in old.items}
    items |= {item.path if nested else item.id: item for item in new.items}
    return replace(new, items=tuple(items.values()), partial=old.partial)


def referring(held: Iterable[Maintainable], target: Reference) -> Iterator[Maintainable]:
    """Yield what refers to an artefact, or to an item of it."""
    for artefact in held:
        if any(maintainable_reference(reference) == target for reference in references_in(artefact)):
            yield artefact


def _by_version(held: Held, artefact: Maintainable, *, append: bool, merge: bool) -> Judged:
    existing = held.get(Key.of(artefact))
    if existing is None:
        return Judged(artefact, artefact, Fate.CREATED)
    if append:
        return Judged(artefact, artefact, Fate.EXISTS)
    is_partial = isinstance(artefact, ItemScheme) and artefact.partial
    result = merged(existing, artefact) if merge or is_partial else artefact
    if result == existing:
        return Judged(artefact, result, Fate.UNCHANGED)
    return Judged(artefact, result, Fate.FROZEN if is_frozen(existing) else Fate.UPDATED)


def _by_references(judged: Judged, after: Artefacts) -> Judged:
    """Return what becomes of an artefact because of its references.

    SDMX 3.0 §6, semantic versioning and dependency management: what has a semantic version refers to such versions,
    what is released to nothing that is not. Organisation schemes have no versions of their own: all may refer to them.
    """
    missing = tuple(dict.fromkeys(missing_references(judged.result, after)))
    if missing:
        return replace(judged, fate=Fate.UNRESOLVED, about=missing)
    targets = dict.fromkeys(map(maintainable_reference, references_in(judged.result)))
    versioned = [target for target in targets if target.kind not in ORGANISATION_SCHEMES]
    loose = tuple(target for target in versioned if not is_semantic(target.version.replace("+", "")))
    if loose and is_semantic(judged.result.version):
        return replace(judged, fate=Fate.NOT_SEMANTIC, about=loose)
    drafts = tuple(target for target in versioned if "-" in target.version)
    if drafts and is_frozen(judged.result):
        return replace(judged, fate=Fate.NOT_RELEASED, about=drafts)
    return judged


def _broken(held: Held, judged: Collection[Judged], after: Artefacts) -> set[Reference]:
    """Return what is referred to by something that stays as it is, and would no longer be there."""
    replaced = {Key.of(one.result) for one in judged if one.fate in ACCEPTED}
    updated = {one.result.reference for one in judged if one.fate is Fate.UPDATED}
    staying = (artefact for key, artefact in held.items() if key not in replaced)
    return {
        maintainable_reference(reference)
        for artefact in staying
        if any(maintainable_reference(one) in updated for one in references_in(artefact))
        for reference in missing_references(artefact, after)
    }


def _broken_by(judged: Judged, broken: Collection[Reference]) -> Judged:
    return replace(judged, fate=Fate.BREAKS) if judged.result.reference in broken else judged


def _after(held: Held, judged: Iterable[Judged]) -> dict[tuple[str, str, str, str], Maintainable]:
    return {**held, **{Key.of(one.result): one.result for one in judged if one.fate in ACCEPTED}}
