"""What a comparison finds: changes, by artefact."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from icstip.artefacts.base import Reference, Texts, no_texts
from icstip.artefacts.kinds import ORGANISATION_SCHEMES
from icstip.structures.diff.kinds import RULES, ChangeKind, Reason, Rule
from icstip.structures.diff.versioning import Bump, next_version

_ITEM: Final = "item-"
_ITEM_WORDS: Final[Mapping[str, str]] = {"Codelist": "code", "ConceptScheme": "concept", "CategoryScheme": "category"}


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an artefact.

    Attributes:
        kind: What changed.
        artefact: The artefact as it is now; as it was, if it is gone.
        path: Id of the item or component, a dotted path for one that is nested; empty for the artefact itself.
        language: Language of a text that changed, empty for a text of no language; None for anything else.
        before: What there was; None for nothing, and for an item or component, of which `names` tells.
        after: What there is; the same.
        names: The names of the item or component, for people.
        bump: How far the version of the artefact must move because of it.
    """

    kind: ChangeKind
    artefact: Reference
    path: str = ""
    language: str | None = None
    before: str | None = None
    after: str | None = None
    names: Texts = field(default_factory=no_texts)
    bump: Bump = Bump.NONE

    @property
    def rule(self) -> Rule:
        """The rule for this kind of change."""
        return RULES[self.kind]

    @property
    def title(self) -> str:
        """The key of the text that says what changed: codes, concepts and categories are called by their names."""
        kind, word = str(self.kind), _ITEM_WORDS.get(self.artefact.kind)
        told = f"{word}-{kind.removeprefix(_ITEM)}" if word and kind.startswith(_ITEM) else kind
        return f"structure-diff.kind.{told}"

    @property
    def reason(self) -> Reason:
        """Why the version must move so far."""
        return self.rule.reason if self.bump else Reason.FIXED


@dataclass(frozen=True, slots=True)
class ArtefactDiff:
    """What changed in an artefact.

    Attributes:
        old: The artefact as it was, or None if it is new.
        new: The artefact as it is, or None if it is gone.
        names: Its names.
        changes: The changes.
        frozen: Whether it must not change under the version that it had.
    """

    old: Reference | None
    new: Reference | None
    names: Texts
    changes: tuple[Change, ...] = ()
    frozen: bool = False

    @property
    def reference(self) -> Reference:
        """The artefact as it is now; as it was, if it is gone."""
        known = self.new or self.old
        assert known is not None  # noqa: S101 - an artefact of neither side is not made
        return known

    @property
    def bump(self) -> Bump:
        """How far its version must move."""
        return max((change.bump for change in self.changes), default=Bump.NONE)

    @property
    def next_version(self) -> str | None:
        """The least version that it must have now; None for one that is new or gone."""
        return next_version(self.old.version, self.bump) if self.old and self.new else None

    @property
    def has_new_version(self) -> bool:
        """Whether it was there before, under another version."""
        return self.old is not None and self.new is not None and self.old.version != self.new.version

    @property
    def has_fixed_version(self) -> bool:
        """Whether it is of a class whose version is always 1.0, whatever changes (SDMX 3.0)."""
        return self.reference.kind in ORGANISATION_SCHEMES


class Omission(StrEnum):
    """Why something was not compared."""

    UNSAYABLE = "unsayable"
    EXTERNAL = "external"
    PARTIAL = "partial"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class NotCompared:
    """Something that was not compared.

    Attributes:
        artefact: The artefact.
        why: `UNSAYABLE`: one side is in a format that cannot say it; `EXTERNAL`: one side has only its head;
            `PARTIAL`: one side has only some of its items or languages; `OLDER`: the same side has a later version.
        what: The kind of change that was left out; None for the artefact as a whole.
    """

    artefact: Reference
    why: Omission
    what: ChangeKind | None = None


@dataclass(frozen=True)
class Diff:
    """What changed between two sets of artefacts.

    Attributes:
        artefacts: All artefacts of both sides that were compared, also those that did not change.
        not_compared: What was left out, and why.
    """

    artefacts: tuple[ArtefactDiff, ...] = ()
    not_compared: tuple[NotCompared, ...] = ()

    @cached_property
    def bump(self) -> Bump:
        """How far the version of the whole set must move, if it has one: as far as that of any of its artefacts."""
        return max((artefact.bump for artefact in self.artefacts), default=Bump.NONE)

    @cached_property
    def changed(self) -> tuple[ArtefactDiff, ...]:
        """The artefacts with changes, those that are new or gone among them."""
        return tuple(artefact for artefact in self.artefacts if artefact.changes)

    @property
    def changes(self) -> Iterator[Change]:
        """All changes."""
        return (change for artefact in self.artefacts for change in artefact.changes)

    def of_kind(self, *kinds: ChangeKind) -> tuple[Change, ...]:
        """Return the changes of some kinds."""
        return tuple(change for change in self.changes if change.kind in kinds)
