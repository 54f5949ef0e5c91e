"""Whether versions are high enough for what changed."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from icstip.artefacts.collection import Artefacts
from icstip.artefacts.versions import is_semantic
from icstip.findings import Finding, Place, TextId
from icstip.structures.diff.changes import ArtefactDiff, Change, Diff
from icstip.structures.diff.compare import diff_artefacts
from icstip.structures.diff.versioning import is_frozen, next_version, numbers, precedence

TOO_LOW = "VERSION-001"
NOT_CHANGED = "VERSION-002"
GOES_BACK = "VERSION-003"
NOTHING_IN_COMMON = "VERSION-004"


@dataclass(frozen=True, slots=True)
class VersionFault:
    """A version that does not say what changed.

    Attributes:
        code: Code of the finding that tells it.
        old: The version before.
        new: The version that there is.
        needed: The least version that would do.
        demanding: A change that asks for it; None when the version went back without any.
    """

    code: str
    old: str
    new: str
    needed: str
    demanding: Change | None = None

    def finding(self, place: Place) -> Finding:
        """Return the finding that tells it.

        Args:
            place: Where the version stands.
        """
        params: dict[str, object] = {"old": self.old, "needed": self.needed}
        if self.demanding is not None:
            params["change"] = TextId(self.demanding.title)
            params["artefact"] = _told(self.demanding)
        return Finding(self.code, place, self.new, params)


def check_version(diff: Diff) -> tuple[tuple[ArtefactDiff, VersionFault], ...]:
    """Return the artefacts whose version is not high enough for what changed in them, with what is wrong.

    A stable artefact may not change at all without a new version (SDMX 3.0 section 6, semantic versioning). One that
    was a draft may change freely: how far its version must move follows from the last stable one, which is not known
    here. Nor is anything asked of a version below 1.0.0, of one of two parts that is not final, and of organisation
    schemes. But no version may go back.

    Args:
        diff: What changed.
    """
    return tuple(_artefact_faults(diff))


def check_against(
    standard_artefacts: Artefacts,
    published: Artefacts,
    version_place: Place,
    *,
    unsayable: Collection[str] = (),
    ignore_agency: bool = False,
) -> tuple[Finding, ...]:
    """Return what is wrong with the one version of the standard, compared with what was published.

    The version must move as far as any of the artefacts asks for. Where a stable version was published, it counts, and
    not the drafts after it: what a draft added and the standard takes back was never promised. Where only drafts were
    published, nothing is asked for but that the version does not go back: whoever uses a draft knows that anything in
    it may change, and section 6 measures a draft by the stable version before it. Artefacts of other agencies that were
    published with the standard have versions of their own and do not count.

    Args:
        standard_artefacts: The artefacts of the standard as it is.
        published: What was published.
        version_place: Where the version of the standard stands.
        unsayable: What is not compared: see `icstip.structures.diff.compare.diff_artefacts`.
        ignore_agency: Whether it may have been published under another agency.
    """
    last = _without_later_drafts(published)
    diff = diff_artefacts(last, standard_artefacts, unsayable=unsayable, ignore_agency=ignore_agency)
    own = _own(diff.artefacts)
    kept = [(one, one.old, one.new) for one in own if one.old and one.new and not one.has_fixed_version]
    if not kept:
        return (Finding(NOTHING_IN_COMMON, version_place),) if len(published) else ()
    # What refers to lists whose version has two parts has such a version itself, beside the one of the standard.
    versioned = [entry for entry in kept if is_semantic(entry[2].version)] or kept
    latest, before, _ = max(versioned, key=lambda entry: (precedence(entry[1].version), entry[0].frozen))
    new = max((is_now.version for _, _, is_now in versioned), key=precedence)
    fault = _fault(before.version, new, Diff(own), frozen=latest.frozen)
    return () if fault is None else (fault.finding(version_place),)


def _artefact_faults(diff: Diff) -> Iterator[tuple[ArtefactDiff, VersionFault]]:
    for one in diff.artefacts:
        if one.old is not None and one.new is not None and not one.has_fixed_version:
            fault = _fault(one.old.version, one.new.version, Diff((one,)), frozen=one.frozen)
            if fault is not None:
                yield one, fault


def _fault(old: str, new: str, diff: Diff, *, frozen: bool) -> VersionFault | None:
    """Return what is wrong with a version after a change, if anything is."""
    # What had two parts and now has three moves as if it had had three all along.
    base = ".".join(map(str, numbers(old))) if is_semantic(new) and not is_semantic(old) else old
    needed = next_version(base, diff.bump) if frozen else old
    same = numbers(new) == numbers(old)
    if numbers(new) < numbers(old) or (same and precedence(new) < precedence(old) and not (frozen and diff.bump)):
        return VersionFault(GOES_BACK, old, new, needed)
    if numbers(new) >= numbers(needed):
        return None
    return VersionFault(NOT_CHANGED if same else TOO_LOW, old, new, needed, _demanding(diff))


def _demanding(diff: Diff) -> Change | None:
    """Return the first of the changes that ask for most. What is referred to goes before what refers to it."""
    return next((change for change in diff.changes if change.bump is diff.bump), None)


def _own(artefacts: Sequence[ArtefactDiff]) -> tuple[ArtefactDiff, ...]:
    """Return the artefacts of the agency of the standard: the one that most of them have that were there and are."""
    kept = [(one.old.agency, one.new.agency) for one in artefacts if one.old and one.new and not one.has_fixed_version]
    if not kept:
        return ()
    agency = Counter(new for _, new in kept).most_common(1)[0][0]
    agencies = {agency, *(old for old, new in kept if new == agency)}
    return tuple(one for one in artefacts if one.reference.agency in agencies)


def _without_later_drafts(published: Artefacts) -> Artefacts:
    """Return what was published without the drafts of agencies that published something stable."""
    stable = {artefact.agency for artefact in published if is_frozen(artefact)}
    return Artefacts.of(one for one in published if one.agency not in stable or "-" not in one.version)


def _told(change: Change) -> str:
    """Return what changed: class, artefact, and the item or component in it."""
    path = f".{change.path}" if change.path else ""
    return f"{change.artefact.kind}={change.artefact}{path}"
