"""Item schemes: code lists, concept schemes, category schemes, value lists, organisation schemes."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from icstip.artefacts.items import CategoryScheme, Codelist, Extension, Item, ItemScheme
from icstip.structures.diff.changes import Omission
from icstip.structures.diff.kinds import ChangeKind
from icstip.structures.diff.rules.comparison import Comparison
from icstip.structures.diff.rules.representations import compare_representations
from icstip.structures.diff.rules.texts import compare_texts

Items = Mapping[str, Item]


def compare_items(comparison: Comparison, old: ItemScheme, new: ItemScheme) -> None:
    """Compare the items of two schemes.

    An item is what has the same id, a category what has the same path. One that is gone while another one came with the
    same names and the same parent was probably renamed. What a partial scheme does not have is not gone.

    Args:
        comparison: The comparison of the scheme.
        old: It as it was.
        new: It as it is.
    """
    if old.items != new.items:
        _compare_all(comparison, old, new)
    if isinstance(old, Codelist) and isinstance(new, Codelist) and old.extensions != new.extensions:
        _compare_extensions(comparison, old.extensions, new.extensions)


def _compare_all(comparison: Comparison, old: ItemScheme, new: ItemScheme) -> None:
    before, after = _by_key(old), _by_key(new)
    gone = {key: item for key, item in before.items() if key not in after}
    come = {key: item for key, item in after.items() if key not in before}
    if (gone and new.partial) or (come and old.partial):
        comparison.omit(Omission.PARTIAL)
    gone, come = ({} if new.partial else gone), ({} if old.partial else come)
    nested = isinstance(new, CategoryScheme)
    moved = _moved(gone, come) if nested else {}
    gone, come = _without(gone, moved), _without(come, moved.values())
    renamed = _renamed(gone, come)
    _compare_pairs(comparison, before, after, moved, {**moved, **renamed})
    _say_gone_and_come(comparison, gone, come, renamed)
    _compare_order(comparison, before, after, by_parent=nested)


def _by_key(scheme: ItemScheme) -> dict[str, Item]:
    if isinstance(scheme, CategoryScheme):
        return {item.path: item for item in scheme.items}
    return {item.id: item for item in scheme.items}


def _compare_pairs(
    comparison: Comparison, before: Items, after: Items, moved: Mapping[str, str], parents: Mapping[str, str]
) -> None:
    for key, old in before.items():
        new = after.get(moved.get(key, key))
        if new is not None and old != new:
            _compare_item(comparison, key, old, new, parent=parents.get(old.parent, old.parent))


def _compare_item(comparison: Comparison, path: str, old: Item, new: Item, *, parent: str) -> None:
    compare_texts(comparison, path, old, new)
    if parent != new.parent:
        comparison.add(
            ChangeKind.ITEM_PARENT, path, before=old.parent or None, after=new.parent or None, names=new.name
        )
    compare_representations(comparison, path, old.representation, new.representation)
    if old.iso_concept != new.iso_concept:
        kind = ChangeKind.ISO_CONCEPT if old.iso_concept else ChangeKind.ISO_CONCEPT_ADDED
        comparison.differ(kind, path, _iso(old), _iso(new))
    if old.contacts != new.contacts:
        comparison.add(ChangeKind.CONTACT, path, names=new.name)


def _say_gone_and_come(comparison: Comparison, gone: Items, come: Items, renamed: Mapping[str, str]) -> None:
    for key, item in gone.items():
        if key in renamed:
            comparison.add(ChangeKind.ITEM_RENAMED, key, before=key, after=renamed[key], names=item.name)
        else:
            comparison.add(ChangeKind.ITEM_REMOVED, key, names=item.name)
    for key, item in _without(come, renamed.values()).items():
        comparison.add(ChangeKind.ITEM_ADDED, key, names=item.name)


def _without(items: Items, keys: Iterable[str]) -> dict[str, Item]:
    left_out = set(keys)
    return {key: item for key, item in items.items() if key not in left_out}


def _moved(gone: Items, come: Items) -> dict[str, str]:
    """Return the new path of each category that only stands elsewhere: its id is gone once, and came once."""
    last_gone, last_come = _only_once(gone), _only_once(come)
    return {last_gone[known]: last_come[known] for known in last_gone if known in last_come}


def _only_once(items: Items) -> dict[str, str]:
    """Return the keys of items by their ids, for ids that only one of them has."""
    keys: dict[str, str] = {}
    repeated: set[str] = set()
    for key, item in items.items():
        if item.id in keys:
            repeated.add(item.id)
        keys[item.id] = key
    return {known: key for known, key in keys.items() if known not in repeated}


def _renamed(gone: Items, come: Items) -> dict[str, str]:
    """Return the new id of each item that was probably renamed.

    The names are those of one item on each side, so that nothing is guessed where two have the same name; they agree in
    most of the languages, and the parents are the same, or the one was renamed to the other.
    """
    if not gone or not come:
        return {}
    named_gone, named_come = _by_name(gone), _by_name(come)
    renamed: dict[str, str] = {}
    taken: set[str] = set()
    for key, item in gone.items():
        votes: dict[str, int] = {}
        for language, name in item.name.items():
            candidate = named_come.get((language, name)) if named_gone.get((language, name)) else None
            if candidate:
                votes[candidate] = votes.get(candidate, 0) + 1
        best = max(votes, key=votes.__getitem__, default=None)
        if best is None or best in taken or come[best].parent != renamed.get(item.parent, item.parent):
            continue
        if 2 * votes[best] > len(item.name.keys() | come[best].name.keys()):
            renamed[key] = best
            taken.add(best)
    return renamed


def _by_name(items: Items) -> dict[tuple[str, str], str]:
    """Return the key of the one item that has a name in a language; empty for a name of several."""
    named: dict[tuple[str, str], str] = {}
    for key, item in items.items():
        for language, name in item.name.items():
            named[language, name] = "" if (language, name) in named else key
    return named


def _compare_order(comparison: Comparison, before: Items, after: Items, *, by_parent: bool) -> None:
    """Say which items stand elsewhere among the others: the fewest that explain the new order.

    Categories are nested, so that only the order below one parent is theirs.
    """
    place = {key: number for number, key in enumerate(after)}
    places: dict[str, list[int]] = {}
    for key, item in before.items():
        if key in place:
            places.setdefault(item.parent if by_parent else "", []).append(place[key])
    if all(_is_rising(group) for group in places.values()):
        return
    keys = tuple(after)
    for number in (number for group in places.values() for number in out_of_order(group)):
        comparison.add(ChangeKind.ITEM_ORDER, keys[number], names=after[keys[number]].name)


def _is_rising(numbers: Sequence[int]) -> bool:
    return all(first < second for first, second in pairwise(numbers))


def out_of_order(numbers: Sequence[int]) -> list[int]:
    """Return the fewest numbers without which the others rise, in order of size.

    Example:
        >>> out_of_order([1, 2, 9, 3, 4])
        [9]
    """
    # The longest rising part, by the least last number of a rising part of each length.
    ends: list[int] = []
    previous: dict[int, int | None] = {}
    for number in numbers:
        length = bisect_left(ends, number)
        previous[number] = ends[length - 1] if length else None
        ends[length : length + 1] = [number]
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = previous[last]
    return sorted(number for number in numbers if number not in kept)


def _compare_extensions(comparison: Comparison, old: Sequence[Extension], new: Sequence[Extension]) -> None:
    """Compare the lists whose codes belong to a list. Another prefix gives other ids, as if all codes were new."""
    left = list(new)
    for before in old:
        after = next((entry for entry in left if _is_same_extension(comparison, before, entry)), None)
        if after is None:
            comparison.add(ChangeKind.EXTENSION_REMOVED, before=_extension(before))
            continue
        left.remove(after)
        comparison.refer(ChangeKind.REFERENCE, "", before.codelist, after.codelist)
        _compare_members(comparison, before, after)
    for after in left:
        comparison.add(ChangeKind.EXTENSION_ADDED, after=_extension(after))


def _is_same_extension(comparison: Comparison, old: Extension, new: Extension) -> bool:
    return old.prefix == new.prefix and comparison.sides.same(old.codelist, new.codelist)


def _compare_members(comparison: Comparison, old: Extension, new: Extension) -> None:
    before, after = frozenset(old.members), frozenset(new.members)
    if (old.include, before) == (new.include, after):
        return
    was_all, is_all = not before, not after
    if old.include == new.include and not was_all and not is_all:
        wider = before < after if new.include else after < before
    else:
        wider = is_all
    kind = ChangeKind.EXTENSION_WIDENED if wider else ChangeKind.EXTENSION_NARROWED
    comparison.add(kind, before=_extension(old), after=_extension(new))


def _extension(extension: Extension) -> str:
    members = ", ".join(member for member, _ in sorted(extension.members))
    prefix = f" {extension.prefix}…" if extension.prefix else ""
    return f"{extension.codelist}{prefix}" + (f" {'=' if extension.include else '≠'} {members}" if members else "")


def _iso(item: Item) -> str | None:
    return ":".join(item.iso_concept) if item.iso_concept else None
