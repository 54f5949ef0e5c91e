"""The semantic comparison of two sets of artefacts, whatever format each comes from."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.constraints import ALLOWED, DataConstraint
from icstip.artefacts.data_structure import Categorisation, Dataflow, DataStructure, ProvisionAgreement
from icstip.artefacts.hierarchies import Hierarchy
from icstip.artefacts.items import ItemScheme
from icstip.artefacts.kinds import ORDER, ORGANISATION_SCHEMES
from icstip.artefacts.maps import RepresentationMap, StructureMap
from icstip.artefacts.versions import without_extension
from icstip.structures.diff.changes import ArtefactDiff, Change, Diff, NotCompared, Omission
from icstip.structures.diff.kinds import RULES, ChangeKind
from icstip.structures.diff.rules.comparison import Comparison, Identity, Side, Sides, identity
from icstip.structures.diff.rules.components import (
    compare_agreements,
    compare_categorisations,
    compare_data_structures,
    compare_dataflows,
)
from icstip.structures.diff.rules.constraints import compare_constraints
from icstip.structures.diff.rules.hierarchies import compare_hierarchies
from icstip.structures.diff.rules.items import compare_items
from icstip.structures.diff.rules.maps import compare_representation_maps, compare_structure_maps
from icstip.structures.diff.rules.texts import compare_head
from icstip.structures.diff.versioning import Bump, is_frozen, is_wildcard, precedence, reference_bump

Pair = tuple[Maintainable | None, Maintainable | None]


def diff_artefacts(
    old: Artefacts, new: Artefacts, *, unsayable: Collection[str] = (), ignore_agency: bool = False
) -> Diff:
    """Return what changed between two sets of artefacts, by meaning.

    Artefacts are the same when class, agency and id are the same, whatever their version. Of several versions on one
    side the latest is compared. What one side says and the other takes for granted is no difference.

    Args:
        old: What there was.
        new: What there is.
        unsayable: Classes of artefacts and kinds of change that are not compared, because the format of one side cannot
            say them: see `icstip.structures.diff.kinds.UNSAYABLE`.
        ignore_agency: Whether artefacts of the same class and id under different agencies are the same too.
    """
    before, older = _latest(old)
    after, later_older = _latest(new)
    pairs, agencies = _paired(before, after, ignore_agency=ignore_agency)
    sides = Sides(Side(before), Side(after), agencies)
    omitted = [NotCompared(artefact, Omission.OLDER) for artefact in (*older, *later_older)]
    found: list[Comparison | ArtefactDiff] = []
    for was, is_now in _in_order(pairs):
        told = next(artefact for artefact in (is_now, was) if artefact is not None)
        if any(_is_unsayable(artefact, unsayable) for artefact in (was, is_now) if artefact is not None):
            omitted.append(NotCompared(told.reference, Omission.UNSAYABLE))
        elif was is None or is_now is None:
            found.append(_alone(was, is_now, sides))
        else:
            comparison = _compared(was, is_now, sides)
            omitted.extend(NotCompared(told.reference, why) for why in comparison.omissions)
            omitted.extend(
                NotCompared(told.reference, Omission.UNSAYABLE, what) for what in _drop(comparison, unsayable)
            )
            found.append(comparison)
    return Diff(tuple(_finished(found)), tuple(omitted))


def _latest(artefacts: Artefacts) -> tuple[dict[Identity, Maintainable], list[Reference]]:
    """Return of each artefact the latest version, and the others that are there."""
    latest: dict[Identity, Maintainable] = {}
    older: list[Reference] = []
    for artefact in artefacts:
        known = latest.get(identity(artefact))
        if known is not None and precedence(known.version) > precedence(artefact.version):
            older.append(artefact.reference)
            continue
        if known is not None:
            older.append(known.reference)
        latest[identity(artefact)] = artefact
    return latest, older


def _paired(
    old: dict[Identity, Maintainable], new: dict[Identity, Maintainable], *, ignore_agency: bool
) -> tuple[list[Pair], dict[str, str]]:
    """Return each artefact with what it was, and the agencies that changed."""
    pairs: list[Pair] = []
    agencies: dict[str, str] = {}
    left = {key: artefact for key, artefact in old.items() if key not in new}
    by_id = {(kind, known_id): (kind, agency, known_id) for kind, agency, known_id in reversed(left)}
    for key, artefact in new.items():
        was = old.get(key)
        if was is None and ignore_agency:
            was = left.pop(by_id.pop((artefact.kind, artefact.id), key), None)
            if was is not None:
                agencies.setdefault(was.agency, artefact.agency)
        pairs.append((was, artefact))
    pairs.extend((artefact, None) for artefact in left.values())
    return pairs, agencies


def _in_order(pairs: Sequence[Pair]) -> list[Pair]:
    places = {kind: place for place, kind in enumerate(ORDER)}
    return sorted(pairs, key=lambda pair: min(places[side.kind] for side in pair if side is not None))


def _is_unsayable(artefact: Maintainable, unsayable: Collection[str]) -> bool:
    if artefact.kind in unsayable:
        return True
    # SDMX 2.1 has exactly one measure: data structures with another number of them are not in such a file.
    single = ChangeKind.MEASURE_ADDED in unsayable
    return single and isinstance(artefact, DataStructure) and len(artefact.measures) != 1


def _alone(was: Maintainable | None, is_now: Maintainable | None, sides: Sides) -> ArtefactDiff:
    """Return what there is to say of an artefact that is only on one side."""
    if is_now is None:
        assert was is not None  # noqa: S101 - it is on one of the sides
        change = _change(ChangeKind.ARTEFACT_REMOVED, was)
        return ArtefactDiff(was.reference, None, was.name, (change,), is_frozen(was))
    restricts = (
        isinstance(is_now, DataConstraint) and is_now.role == ALLOWED and any(map(sides.was_there, is_now.attachment))
    )
    kind = ChangeKind.CONSTRAINT_ADDED if restricts else ChangeKind.ARTEFACT_ADDED
    return ArtefactDiff(None, is_now.reference, is_now.name, (_change(kind, is_now),))


def _change(kind: ChangeKind, artefact: Maintainable) -> Change:
    return Change(kind, artefact.reference, names=artefact.name, bump=RULES[kind].bump)


def _compared(old: Maintainable, new: Maintainable, sides: Sides) -> Comparison:
    comparison = Comparison(old, new, sides, fixed=new.kind in ORGANISATION_SCHEMES)
    if old == new:
        return comparison
    if old.external != new.external:
        comparison.omit(Omission.EXTERNAL)
    else:
        compare_head(comparison, old, new)
        _compare_content(comparison, old, new)
    return comparison


def _compare_content(comparison: Comparison, old: Maintainable, new: Maintainable) -> None:
    match old, new:
        case ItemScheme(), ItemScheme():
            compare_items(comparison, old, new)
        case DataStructure(), DataStructure():
            compare_data_structures(comparison, old, new)
        case Dataflow(), Dataflow():
            compare_dataflows(comparison, old, new)
        case ProvisionAgreement(), ProvisionAgreement():
            compare_agreements(comparison, old, new)
        case Categorisation(), Categorisation():
            compare_categorisations(comparison, old, new)
        case DataConstraint(), DataConstraint():
            compare_constraints(comparison, old, new)
        case Hierarchy(), Hierarchy():
            compare_hierarchies(comparison, old, new)
        case RepresentationMap(), RepresentationMap():
            compare_representation_maps(comparison, old, new)
        case StructureMap(), StructureMap():
            compare_structure_maps(comparison, old, new)


def _drop(comparison: Comparison, unsayable: Collection[str]) -> list[ChangeKind]:
    """Take out of a comparison what cannot be said on one side; return the kinds of it."""
    dropped = {change.kind: None for change in comparison.changes if change.kind in unsayable}
    comparison.changes = [change for change in comparison.changes if change.kind not in dropped]
    for move in [move for move in comparison.moves if _move_kind(*move) in unsayable]:
        dropped[_move_kind(*move)] = None
        del comparison.moves[move]
    return list(dropped)


def _move_kind(old: Reference, new: Reference) -> ChangeKind:
    wild = is_wildcard(old.version) or is_wildcard(new.version)
    return ChangeKind.REFERENCE_WILDCARD if wild else ChangeKind.REFERENCE_VERSION


def _finished(found: Sequence[Comparison | ArtefactDiff]) -> Iterator[ArtefactDiff]:
    """Yield what changed in each artefact, with what its references ask for."""
    bumps = _Bumps([entry for entry in found if isinstance(entry, Comparison)])
    for entry in found:
        if isinstance(entry, ArtefactDiff):
            yield entry
            continue
        for (old, new), paths in entry.moves.items():
            path = paths[0] if len(paths) == 1 else ""
            entry.add(_move_kind(old, new), path, before=str(old), after=str(new), bump=bumps.asked_by(old, new))
        changes = tuple(entry.changes)
        yield ArtefactDiff(entry.old.reference, entry.new.reference, entry.new.name, changes, is_frozen(entry.old))


class _Bumps:
    """How far the version of each artefact must move, with what its references bring into it.

    A reference to a new version of an artefact that was compared brings what changed in that artefact; the reference
    itself changed at any rate, so that it is a patch at least. Of what was not compared only the versions tell.
    """

    def __init__(self, comparisons: Iterable[Comparison]) -> None:
        self._comparisons = {identity(comparison.old): comparison for comparison in comparisons}
        self._bumps = {
            key: max((change.bump for change in comparison.changes), default=Bump.NONE)
            for key, comparison in self._comparisons.items()
        }
        # What is referred to goes before what refers to it, but lists extend each other: so until nothing moves.
        while self._moved():
            pass

    def asked_by(self, old: Reference, new: Reference) -> Bump:
        """Return what a reference to another version asks for."""
        referred = self._comparisons.get(identity(old))
        if referred is None or not _refers_to(old, referred.old) or not _refers_to(new, referred.new):
            return reference_bump(old.version, new.version)
        return max(Bump.PATCH, self._bumps[identity(old)])

    def _moved(self) -> bool:
        moved = False
        for key, comparison in self._comparisons.items():
            asked = max((self.asked_by(old, new) for old, new in comparison.moves), default=Bump.NONE)
            if asked > self._bumps[key] and comparison.new.kind not in ORGANISATION_SCHEMES:
                self._bumps[key] = asked
                moved = True
        return moved


def _refers_to(reference: Reference, artefact: Maintainable) -> bool:
    same = without_extension(reference.version) == without_extension(artefact.version)
    return same and reference.agency == artefact.agency
