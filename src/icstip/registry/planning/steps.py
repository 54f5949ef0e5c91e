"""The steps of a publication."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from icstip.artefacts.base import Reference
from icstip.findings import Finding
from icstip.structures.diff.versioning import Bump


class Action(StrEnum):
    """What is done with an artefact."""

    CREATE = "create"
    UPDATE = "update"
    MERGE = "merge"
    NOTHING = "nothing"
    OMIT = "omit"


class Why(StrEnum):
    """Why it is done, and under this version."""

    NEW = "new"
    NEW_VERSION = "new-version"
    MOVES = "moves"
    SAME = "same"
    DRAFT = "draft"
    FIXED_VERSION = "fixed-version"
    ANNOUNCED = "announced"
    KNOWN = "known"
    UNSAYABLE = "unsayable"


@dataclass(frozen=True, slots=True)
class Step:
    """What is done with one artefact.

    Attributes:
        reference: The artefact, with the version that it gets.
        action: What is done.
        why: Why.
        sha256: What its content can be recognised by.
        before: The version that it is compared with; None if the registry does not have it.
        bump: What changed in it since then.
        forbidden: What the rules have against it.
    """

    reference: Reference
    action: Action
    why: Why
    sha256: str
    before: str | None = None
    bump: Bump = Bump.NONE
    forbidden: tuple[Finding, ...] = ()

    @property
    def changes_something(self) -> bool:
        """Whether the registry is not afterwards as it was before."""
        return self.action in {Action.CREATE, Action.UPDATE, Action.MERGE}


@dataclass(frozen=True)
class Plan:
    """What publishing would do to a registry.

    Attributes:
        registry: The address of the registry.
        format_id: The format that is sent.
        steps: The steps: what is referred to goes before what refers to it.
        left_alone: What the registry has of the same agencies and what stays as it is.
        unread: What the registry has and could not be read, so that it seems not to be there.
    """

    registry: str
    format_id: str
    steps: tuple[Step, ...]
    left_alone: tuple[Reference, ...] = ()
    unread: tuple[Finding, ...] = ()

    @cached_property
    def to_do(self) -> tuple[Step, ...]:
        """The steps that change something."""
        return tuple(step for step in self.steps if step.changes_something)

    @cached_property
    def forbidden(self) -> tuple[Finding, ...]:
        """What the rules have against it. As long as there is something, nothing is sent."""
        return tuple(finding for step in self.steps for finding in step.forbidden)

    def number(self, action: Action) -> int:
        """Return how many steps have an action."""
        return sum(step.action is action for step in self.steps)
