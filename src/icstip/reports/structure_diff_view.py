"""What changed between structures, arranged for people: by artefact, and in it by what changed."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from icstip.artefacts.base import Reference
from icstip.structures.diff.changes import ArtefactDiff, Change, Diff, NotCompared, Omission
from icstip.structures.diff.kinds import ChangeKind
from icstip.structures.diff.versioning import Bump
from icstip.texts import RIGHT_TO_LEFT, text

NOTHING: Final = "–"

_FOLLOWS = frozenset({ChangeKind.REFERENCE_VERSION, ChangeKind.REFERENCE_WILDCARD})
_CONTEXT = 24
_CONTROLS = frozenset({"Cc", "Cs", "Zl", "Zp"})
# Marks that turn the direction of the text after them: in a name from a file they could hide what stands there.
_DIRECTIONS = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))


@dataclass(frozen=True, slots=True)
class Line:
    """A change as one line.

    Attributes:
        sign: ``+``, ``-`` or ``~``.
        path: Item or component, empty for the artefact itself.
        name: Its name, if it has one.
        language: Language of a text; empty for none, and for anything else.
        before: What there was; None where there is nothing to tell.
        after: What there is; the same.
    """

    sign: str
    path: str
    name: str
    language: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one kind in an artefact."""

    title: str
    reason: str
    bump: Bump
    lines: tuple[Line, ...]

    @property
    def has_languages(self) -> bool:
        """Whether any of them is a text in a language."""
        return any(line.language for line in self.lines)

    @property
    def has_values(self) -> bool:
        """Whether there is more to tell than what was added or taken out."""
        return any(line.before is not None or line.after is not None for line in self.lines)

    @property
    def has_places(self) -> bool:
        """Whether any of them is about an item or component."""
        return any(line.path for line in self.lines)


@dataclass(frozen=True, slots=True)
class ArtefactView:
    """An artefact that changed.

    Attributes:
        kind: What it is, in words.
        name: Its name.
        state: ``new``, ``gone`` or ``changed``.
    """

    diff: ArtefactDiff
    kind: str
    name: str
    state: str
    groups: tuple[Group, ...]

    @property
    def least(self) -> str | None:
        """The least version that it must have now; None where nothing is asked for."""
        return self.diff.next_version if self.diff.frozen else None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many artefacts changed, and how."""

    compared: int
    changed: int
    added: int
    removed: int
    unchanged: int
    only_version: int


def artefact_views(diff: Diff, language: str) -> tuple[tuple[ArtefactView, ...], tuple[ArtefactView, ...]]:
    """Return the artefacts that changed, and those that only refer to other versions than before."""
    views = [_artefact_view(artefact, language) for artefact in diff.changed]
    follows = [all(change.kind in _FOLLOWS for change in one.diff.changes) for one in views]
    return (
        tuple(one for one, only in zip(views, follows, strict=True) if not only),
        tuple(one for one, only in zip(views, follows, strict=True) if only),
    )


def counts_of(diff: Diff) -> Counts:
    """Return how many artefacts changed."""
    added = sum(one.old is None for one in diff.artefacts)
    removed = sum(one.new is None for one in diff.artefacts)
    changed, compared = len(diff.changed), len(diff.artefacts)
    return Counts(
        compared=compared,
        changed=changed - added - removed,
        added=added,
        removed=removed,
        unchanged=compared - changed,
        only_version=sum(one.has_new_version and not one.changes for one in diff.artefacts),
    )


def omissions(diff: Diff, language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield why something was not compared, with all that was left out because of it."""
    for why in Omission:
        left_out = tuple(_left_out(one, language) for one in diff.not_compared if one.why is why)
        if left_out:
            yield text(f"structure-diff.omission.{why}", language), left_out


def kind_name(reference: Reference, language: str) -> str:
    """Return what an artefact is, in words."""
    return text(f"structure-diff.class.{reference.kind}", language)


def name_in(names: Mapping[str, str], language: str) -> str:
    """Return a name in the language, else in English, else in any, else nothing."""
    return names.get(language) or names.get("en") or next(iter(names.values()), "")


def values_of(change: Change, language: str) -> tuple[str | None, str | None]:
    """Return what there was and what there is; of something that came or went its name, if nothing else is told."""
    before, after = change.before, change.after
    if before is None and after is None:
        name = name_in(change.names, language) or None
        before = name if change.rule.sign == "-" else None
        after = name if change.rule.sign == "+" else None
    return before, after


def shown(value: str) -> str:
    r"""Return a text from a file in one line, with what could command a terminal made visible.

    Example:
        >>> shown("one\n two\x1b[2J")
        'one two\\x1b[2J'
    """
    return "".join(_visible(character) for character in " ".join(value.split()))


def abridged(before: str, after: str, longest: int) -> tuple[str, str]:
    """Return two long texts from shortly before the place where they differ, cut after so many characters.

    Example:
        >>> abridged("The sex of a person, as recorded.", "The sex of a person, as stated.", 12)
        ('…n, as record…', '…n, as stated…')
    """
    if max(len(before), len(after)) <= longest:
        return before, after
    same = common_start(before, after)
    start = max(0, same - min(_CONTEXT, longest // 2))
    return _cut(before, start, longest), _cut(after, start, longest)


def common_start(before: str, after: str) -> int:
    """Return how many characters two texts have in common at the start."""
    pairs = zip(before, after, strict=False)
    return next((place for place, (one, other) in enumerate(pairs) if one != other), min(len(before), len(after)))


def isolated(value: str, language: str) -> str:
    """Return a text that does not turn the order of the words around it, in languages that run to the left."""
    return f"\u2068{value}\u2069" if language in RIGHT_TO_LEFT and value else value


def _artefact_view(artefact: ArtefactDiff, language: str) -> ArtefactView:
    state = "new" if artefact.old is None else "gone" if artefact.new is None else "changed"
    groups: dict[tuple[int, str], list[Change]] = {}
    for change in artefact.changes:
        groups.setdefault((-change.bump, change.title), []).append(change)
    return ArtefactView(
        diff=artefact,
        kind=kind_name(artefact.reference, language),
        name=name_in(artefact.names, language),
        state=state,
        groups=tuple(_group(groups[key], language) for key in sorted(groups, key=lambda key: key[0])),
    )


def _group(changes: Sequence[Change], language: str) -> Group:
    first = changes[0]
    return Group(
        title=text(first.title, language),
        reason=text(f"structure-diff.reason.{first.reason}", language),
        bump=first.bump,
        lines=tuple(_line(change, language) for change in changes),
    )


def _line(change: Change, language: str) -> Line:
    return Line(
        sign=change.rule.sign,
        path=change.path,
        name=name_in(change.names, language) if change.path else "",
        language=change.language or "",
        before=change.before,
        after=change.after,
    )


def _left_out(one: NotCompared, language: str) -> str:
    told = f"{kind_name(one.artefact, language)} {isolated(shown(str(one.artefact)), language)}"
    return told if one.what is None else f"{told} ({text(f'structure-diff.kind.{one.what}', language)})"


def _visible(character: str) -> str:
    if unicodedata.category(character) in _CONTROLS or character in _DIRECTIONS:
        return character.encode("unicode_escape").decode("ascii")
    return character


def _cut(value: str, start: int, longest: int) -> str:
    part = value[start : start + longest]
    return f"{'…' if start else ''}{part}{'…' if start + longest < len(value) else ''}"
