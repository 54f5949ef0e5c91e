"""The comparison of one artefact while it is being made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from icstip.artefacts.base import Maintainable, Reference, Representation, Texts, no_texts
from icstip.artefacts.collection import maintainable_reference
from icstip.artefacts.items import ConceptScheme
from icstip.artefacts.versions import without_extension
from icstip.structures.diff.changes import Change, Omission
from icstip.structures.diff.kinds import RULES, ChangeKind
from icstip.structures.diff.versioning import Bump

Identity = tuple[str, str, str]
"""Class, agency and id of an artefact: what it is, whatever its version."""

Target = tuple[str, str, str, str]
"""Class, agency, id and item of what a reference refers to, whatever the version."""


def identity(artefact: Maintainable | Reference) -> Identity:
    """Return what an artefact is, whatever its version; of a reference, what it refers to."""
    return artefact.kind, artefact.agency, artefact.id


@dataclass(frozen=True)
class Side:
    """The artefacts of one side: of each the one that is compared."""

    artefacts: Mapping[Identity, Maintainable]

    @cached_property
    def representations(self) -> Mapping[tuple[str, str, str], Representation | None]:
        """The core representation of each concept by agency, scheme and id."""
        return {
            (scheme.agency, scheme.id, item.id): item.representation
            for scheme in self.artefacts.values()
            if isinstance(scheme, ConceptScheme)
            for item in scheme.items
        }

    def core_representation(self, concept: Reference) -> Representation | None:
        """Return the core representation of a concept; None also for one that stands elsewhere."""
        return self.representations.get((concept.agency, concept.id, concept.item))


@dataclass(frozen=True)
class Sides:
    """Both sides.

    Attributes:
        agencies: Agencies of the old side by those of the new one that count as the same.
    """

    old: Side
    new: Side
    agencies: Mapping[str, str] = field(default_factory=dict)

    def same(self, old: Reference, new: Reference) -> bool:
        """Return whether two references refer to the same thing, whatever the version."""
        return _target(new) in self.targets(old)

    def gone(self, old: Iterable[Reference], new: Iterable[Reference]) -> list[Reference]:
        """Return the references of the old side to what no reference of the new side refers to."""
        kept = {_target(reference) for reference in new}
        return [reference for reference in old if kept.isdisjoint(self.targets(reference))]

    def come(self, old: Iterable[Reference], new: Iterable[Reference]) -> list[Reference]:
        """Return the references of the new side to what no reference of the old side refers to."""
        known = {target for reference in old for target in self.targets(reference)}
        return [reference for reference in new if _target(reference) not in known]

    def was_there(self, new: Reference) -> bool:
        """Return whether the artefact that a reference of the new side refers to was there before."""
        kind, agency, known_id = identity(maintainable_reference(new))
        agencies = [agency, *(old for old, reissued in self.agencies.items() if reissued == agency)]
        return any((kind, before, known_id) in self.old.artefacts for before in agencies)

    def targets(self, old: Reference) -> set[Target]:
        """Return what a reference of the old side can refer to on the new one."""
        kind, agency, known_id, item = _target(old)
        return {(kind, agency, known_id, item), (kind, self.agencies.get(agency, agency), known_id, item)}


class Comparison:
    """The comparison of an artefact with what it was.

    Args:
        old: The artefact as it was.
        new: The artefact as it is.
        sides: What there is beside them.
        fixed: Whether the version never changes, whatever changes in the artefact.
    """

    def __init__(self, old: Maintainable, new: Maintainable, sides: Sides, *, fixed: bool = False) -> None:
        self.old = old
        self.new = new
        self.sides = sides
        self.changes: list[Change] = []
        self.moves: dict[tuple[Reference, Reference], list[str]] = {}
        self.omissions: list[Omission] = []
        self._artefact = new.reference
        self._fixed = fixed

    def add(
        self,
        kind: ChangeKind,
        path: str = "",
        *,
        before: str | None = None,
        after: str | None = None,
        language: str | None = None,
        names: Texts | None = None,
        bump: Bump | None = None,
    ) -> None:
        """Say that something changed.

        Args:
            kind: What changed.
            path: Item or component.
            before: What there was.
            after: What there is.
            language: Language of a text.
            names: Names of the item or component.
            bump: How far the version must move, where the rules do not say it.
        """
        asked = RULES[kind].bump if bump is None else bump
        told = no_texts() if names is None else names
        self.changes.append(
            Change(kind, self._artefact, path, language, before, after, told, Bump.NONE if self._fixed else asked)
        )

    def differ(self, kind: ChangeKind, path: str, old: object, new: object) -> None:
        """Say that something changed if two values are not equal; None, false and nothing are the same."""
        before, after = told(old), told(new)
        if before != after:
            self.add(kind, path, before=before, after=after)

    def refer(self, kind: ChangeKind, path: str, old: Reference | None, new: Reference | None) -> bool:
        """Compare references; return whether they refer to the same thing, in whatever version.

        Args:
            kind: What changed if they do not.
            path: Where they stand.
            old: The reference as it was.
            new: The reference as it is.
        """
        if old is None or new is None:
            self.differ(kind, path, old, new)
            return old is new
        if not self.sides.same(old, new):
            self.add(kind, path, before=str(old), after=str(new))
            return False
        if without_extension(old.version) != without_extension(new.version):
            moved = (maintainable_reference(old), maintainable_reference(new))
            self.moves.setdefault(moved, []).append(path)
        return True

    def refer_each(self, path: str, old: Iterable[Reference], new: Iterable[Reference]) -> None:
        """Note the versions of references that stand on both sides, in whatever order."""
        after = {_target(reference): reference for reference in new}
        for reference in old:
            for target in self.sides.targets(reference):
                if target in after:
                    self.refer(ChangeKind.REFERENCE, path, reference, after[target])
                    break

    def omit(self, why: Omission) -> None:
        """Say that a part was not compared."""
        if why not in self.omissions:
            self.omissions.append(why)


def told(value: object) -> str | None:
    """Return a value as reports tell it; None for nothing at all."""
    if value is None or value is False or value == "":
        return None
    return "true" if value is True else str(value)


def _target(reference: Reference) -> Target:
    return reference.kind, reference.agency, reference.id, reference.item
