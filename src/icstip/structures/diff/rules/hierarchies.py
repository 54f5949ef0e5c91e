"""Hierarchies of codes."""

from collections.abc import Iterable, Mapping, Sequence

from icstip.artefacts.hierarchies import HierarchicalCode, Hierarchy, Level
from icstip.structures.diff.kinds import ChangeKind
from icstip.structures.diff.rules.comparison import Comparison
from icstip.structures.diff.rules.texts import compare_notes, compare_texts

Codes = Mapping[str, HierarchicalCode]


def compare_hierarchies(comparison: Comparison, old: Hierarchy, new: Hierarchy) -> None:
    """Compare two hierarchies place by place. A place is what has the same path.

    Args:
        comparison: The comparison of the hierarchy.
        old: It as it was.
        new: It as it is.
    """
    if old.codes != new.codes:
        before, after = dict(old.walk()), dict(new.walk())
        moved = _moved(before, after)
        _compare_codes(comparison, before, after, moved)
        _compare_order(comparison, before, after)
    _compare_levels(comparison, old.levels, new.levels)
    comparison.differ(ChangeKind.FORMAL_LEVELS, "", old.formal_levels, new.formal_levels)


def _compare_codes(comparison: Comparison, before: Codes, after: Codes, moved: Mapping[str, str]) -> None:
    for path, code in before.items():
        if path in after:
            _compare_code(comparison, path, code, after[path])
        elif path not in moved:
            comparison.add(ChangeKind.HIERARCHICAL_CODE_REMOVED, path, before=str(code.code))
        else:
            _compare_code(comparison, path, code, after[moved[path]])
            above, now_above = _above(path), _above(moved[path])
            if moved.get(above, above) != now_above:
                comparison.add(ChangeKind.HIERARCHICAL_CODE_MOVED, path, before=above or None, after=now_above or None)
    places = set(moved.values())
    for path, code in after.items():
        if path not in before and path not in places:
            comparison.add(ChangeKind.HIERARCHICAL_CODE_ADDED, path, after=str(code.code))


def _compare_code(comparison: Comparison, path: str, old: HierarchicalCode, new: HierarchicalCode) -> None:
    comparison.refer(ChangeKind.HIERARCHICAL_CODE, path, old.code, new.code)
    comparison.differ(ChangeKind.HIERARCHICAL_CODE_LEVEL, path, old.level, new.level)
    before, after = (f"{code.valid_from or ''}/{code.valid_to or ''}".removesuffix("/") for code in (old, new))
    comparison.differ(ChangeKind.VALIDITY, path, before, after)
    compare_notes(comparison, path, old, new)


def _moved(before: Codes, after: Codes) -> dict[str, str]:
    """Return the new path of each place that only stands elsewhere: its id is gone once, and came once."""
    gone = _only_once(path for path in before if path not in after)
    come = _only_once(path for path in after if path not in before)
    return {gone[known]: come[known] for known in gone if known in come}


def _only_once(paths: Iterable[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for path in paths:
        found.setdefault(path.rpartition(".")[2], []).append(path)
    return {known: places[0] for known, places in found.items() if len(places) == 1}


def _compare_order(comparison: Comparison, before: Codes, after: Codes) -> None:
    kept = [_children(codes, others) for codes, others in ((before, after), (after, before))]
    elsewhere = [above for above, children in kept[0].items() if kept[1].get(above) != children]
    for above in elsewhere:
        comparison.add(ChangeKind.ITEM_ORDER, above)


def _children(codes: Codes, others: Codes) -> dict[str, list[str]]:
    children: dict[str, list[str]] = {}
    for path in codes:
        if path in others:
            children.setdefault(_above(path), []).append(path)
    return children


def _compare_levels(comparison: Comparison, old: Sequence[Level], new: Sequence[Level]) -> None:
    before, after = {level.id: level for level in old}, {level.id: level for level in new}
    for known, level in before.items():
        if known not in after:
            comparison.add(ChangeKind.LEVEL_REMOVED, known, names=level.name)
    for known, level in after.items():
        if known not in before:
            comparison.add(ChangeKind.LEVEL_ADDED, known, names=level.name)
            continue
        compare_texts(comparison, known, before[known], level)
        if before[known].format != level.format:
            comparison.add(ChangeKind.LEVEL_FORMAT, known, names=level.name)
    order_before, order_after = [known for known in before if known in after], [i for i in after if i in before]
    if order_before != order_after:
        comparison.add(ChangeKind.LEVEL_ORDER, before=", ".join(order_before), after=", ".join(order_after))


def _above(path: str) -> str:
    return path.rpartition(".")[0]
