"""The plan of a publication: what a registry has against what it is to have."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.collection import Artefacts, maintainable_reference
from icstip.artefacts.items import ItemScheme
from icstip.artefacts.kinds import ORGANISATION_SCHEMES
from icstip.artefacts.notices import Notices
from icstip.artefacts.resolution import resolve
from icstip.artefacts.urn import urn_of
from icstip.artefacts.versions import is_semantic, is_stable
from icstip.artefacts.walk import references_of
from icstip.findings import Finding, Place
from icstip.messages.formats import format_of
from icstip.messages.structure_header import Party, StructureHeader
from icstip.registry.planning.steps import Action, Plan, Step, Why
from icstip.structures.diff.changes import ArtefactDiff, Diff
from icstip.structures.diff.compare import diff_artefacts
from icstip.structures.diff.publication import VersionFault, check_version
from icstip.structures.diff.rules.comparison import Identity, identity
from icstip.structures.diff.versioning import Bump, is_frozen, precedence

MISSING: Final = "REG-001"
NOT_SEMANTIC: Final = "REG-002"
UNSTABLE: Final = "REG-003"

_CANONICAL: Final = "sdmx-json-2.1"
"""The format in which the content of an artefact is recognised: it has all classes and texts."""

_HEAD: Final = StructureHeader("CONTENT", "1970-01-01T00:00:00Z", Party("ICSTIP", {}), None, {}, test=False)


@dataclass(frozen=True)
class Sides:
    """What is to be published, and what is there.

    Attributes:
        registry: The address of the registry.
        wanted: What is to be published.
        there: What the registry has of the same agencies, in all versions.
        unread: What it has of them and could not be read.
        unsayable: What its format cannot say: classes of artefacts and kinds of change.
        has: Says whether the registry has something that is neither wanted nor of the same agencies.
    """

    registry: str
    wanted: Artefacts
    there: Artefacts
    unread: tuple[Finding, ...]
    unsayable: Collection[str]
    has: Callable[[Reference], bool]

    @cached_property
    def versions(self) -> Mapping[Identity, tuple[Maintainable, ...]]:
        """The versions of each artefact that are there, the latest last."""
        found: dict[Identity, tuple[Maintainable, ...]] = {}
        for artefact in sorted(self.there, key=lambda one: precedence(one.version)):
            found[identity(artefact)] = (*found.get(identity(artefact), ()), artefact)
        return found

    def nearest(self, artefact: Maintainable) -> Maintainable | None:
        """Return what an artefact is compared with: the same version, else the latest that is stable, else the latest.

        A scheme of organisations has one version, whatever it is called.
        """
        versions = self.versions.get(identity(artefact), ())
        same = next((one for one in versions if one.version == artefact.version), None)
        return same or self.stable(artefact) or next(iter(reversed(versions)), None)

    def stable(self, artefact: Maintainable) -> Maintainable | None:
        """Return the latest version that can never change; None if there is none."""
        return next((one for one in reversed(self.versions.get(identity(artefact), ())) if is_frozen(one)), None)

    @cached_property
    def changes(self) -> Mapping[Identity, ArtefactDiff]:
        """What changed in each artefact since the one that it is compared with."""
        return {identity(one.reference): one for one in self._since_nearest.artefacts}

    @cached_property
    def faults(self) -> Mapping[Identity, VersionFault]:
        """The artefacts whose version does not say what changed since the latest stable one, or since the same one."""
        found: dict[Identity, VersionFault] = {}
        for diff in (self._since_nearest, self._since(self.stable)):
            found |= {identity(artefact.reference): fault for artefact, fault in check_version(diff)}
        return found

    @cached_property
    def _since_nearest(self) -> Diff:
        return self._since(self.nearest)

    def _since(self, chosen: Callable[[Maintainable], Maintainable | None]) -> Diff:
        before = Artefacts.of(one for one in map(chosen, self.wanted) if one is not None)
        return diff_artefacts(before, self.wanted, unsayable=self.unsayable)

    @cached_property
    def known(self) -> Artefacts:
        """All that a reference can be resolved with: what is wanted, then what is there."""
        return Artefacts((*self.wanted, *self.there))


def make_plan(sides: Sides, format_id: str) -> Plan:
    """Return what publishing would do.

    Nothing is ever deleted: what the registry has and the standard does not is left alone.

    Args:
        sides: What is to be published, and what is there.
        format_id: The format that would be sent.
    """
    lacks = format_of(format_id, "structure").lacks
    steps = tuple(_step(artefact, sides, lacks) for artefact in _in_order(sides.wanted))
    published = {artefact.reference for artefact in sides.wanted}
    alone = tuple(artefact.reference for artefact in sides.there if artefact.reference not in published)
    return Plan(sides.registry, format_id, steps, tuple(sorted(alone, key=str)), sides.unread)


def content_sha256(artefact: Maintainable) -> str:
    """Return what the content of an artefact can be recognised by, whoever sends it and whenever."""
    fmt = format_of(_CANONICAL, "structure")
    message = fmt.write_structures(Artefacts((artefact,)), _HEAD, Notices(_CANONICAL, fmt.name))
    return hashlib.sha256(message).hexdigest()


def is_announced(artefact: Maintainable) -> bool:
    """Return whether only some items of a scheme of others are published: they are added to it, and replace nothing."""
    return isinstance(artefact, ItemScheme) and artefact.partial


def has_items(scheme: Maintainable | None, wanted: Maintainable) -> bool:
    """Return whether a scheme has all items of another one, under the same ids."""
    if not isinstance(scheme, ItemScheme) or not isinstance(wanted, ItemScheme):
        return False
    return {item.id for item in wanted.items} <= {item.id for item in scheme.items}


def _step(artefact: Maintainable, sides: Sides, lacks: Collection[str]) -> Step:
    reference, before = artefact.reference, sides.nearest(artefact)
    changed = sides.changes.get(identity(artefact))
    action, why = _decided(artefact, before, changed, lacks)
    forbidden: tuple[Finding, ...] = ()
    if action in {Action.CREATE, Action.UPDATE}:
        forbidden = tuple(_forbidden(artefact, sides))
    bump = changed.bump if changed is not None and before is not None else Bump.NONE
    version = before.version if before is not None else None
    return Step(reference, action, why, content_sha256(artefact), version, bump, forbidden)


def _decided(
    artefact: Maintainable, before: Maintainable | None, changed: ArtefactDiff | None, lacks: Collection[str]
) -> tuple[Action, Why]:
    if artefact.kind in lacks:
        return Action.OMIT, Why.UNSAYABLE
    if before is None:
        return Action.CREATE, Why.NEW
    if is_announced(artefact):
        return (Action.NOTHING, Why.KNOWN) if has_items(before, artefact) else (Action.MERGE, Why.ANNOUNCED)
    is_same = changed is None or not changed.changes
    if before.version == artefact.version:
        fixed = artefact.kind in ORGANISATION_SCHEMES
        return (Action.NOTHING, Why.SAME) if is_same else (Action.UPDATE, Why.FIXED_VERSION if fixed else Why.DRAFT)
    return Action.CREATE, Why.MOVES if is_same else Why.NEW_VERSION


def _forbidden(artefact: Maintainable, sides: Sides) -> Iterator[Finding]:
    place = Place(sides.registry, key=urn_of(artefact.reference))
    fault = sides.faults.get(identity(artefact))
    if fault is not None:
        yield fault.finding(place)
    for target in dict.fromkeys(map(maintainable_reference, references_of(artefact))):
        code = _fault_of(artefact, target, sides)
        if code:
            yield Finding(code, place, artefact.version, {"target": f"{target.kind}={target}"})


def _fault_of(artefact: Maintainable, target: Reference, sides: Sides) -> str:
    """Return the code of what a reference must not be, or nothing (SDMX 3.0 §6, semantic versioning)."""
    found = resolve(sides.known, target)
    if found is None and not sides.has(target):
        return MISSING
    version = target.version if found is None else found.version
    if target.kind in ORGANISATION_SCHEMES or not is_semantic(artefact.version):
        return ""
    if not is_semantic(version):
        return NOT_SEMANTIC
    return UNSTABLE if is_stable(artefact.version) and not is_stable(version) else ""


def _in_order(artefacts: Artefacts) -> Iterator[Maintainable]:
    """Yield artefacts, what is referred to before what refers to it; otherwise in their order."""
    done: set[Reference] = set()

    def visit(artefact: Maintainable) -> Iterator[Maintainable]:
        if artefact.reference in done:
            return
        done.add(artefact.reference)
        for reference in references_of(artefact):
            target = resolve(artefacts, reference)
            if target is not None:
                yield from visit(target)
        yield artefact

    for artefact in artefacts:
        yield from visit(artefact)
