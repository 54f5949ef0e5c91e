"""The items of enumerations, with those of the code lists that a code list extends, and selections of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from icstip.artefacts.base import Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.items import Codelist, Extension, Item, ItemScheme
from icstip.artefacts.resolution import resolve
from icstip.errors import StructureError

_CHILDREN_TOO = frozenset({"true", "excluderoot"})


def scheme_of(artefacts: Artefacts, reference: Reference, *, where: str) -> ItemScheme:
    """Return the code list, value list or concept scheme that enumerates values, with all codes that belong to it.

    Args:
        artefacts: What the reference is looked up in.
        reference: The enumeration of a component.
        where: Id of the component, for the message.

    Raises:
        StructureError: It, or a code list that it extends, is not among the artefacts with its items.
    """
    return _Lists(artefacts, where).whole(reference)


def selected(items: Sequence[Item], members: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the ids of the items that are selected.

    Args:
        items: The items to select from.
        members: Ids, or patterns in which ``%`` stands for any text, and how they cascade to the items below: ``true``,
            ``false`` or ``excluderoot``.
    """
    ids = [item.id for item in items]
    below: defaultdict[str, list[str]] = defaultdict(list)
    for item in items:
        below[item.parent].append(item.id)
    chosen: set[str] = set()
    for member, cascade in members:
        pattern = re.compile(".*".join(map(re.escape, member.split("%"))), re.DOTALL)
        roots = [member] if "%" not in member else [one for one in ids if pattern.fullmatch(one)]
        chosen.update(() if cascade == "excluderoot" else roots)
        if cascade in _CHILDREN_TOO:
            chosen.update(_below(roots, below))
    return frozenset(chosen.intersection(ids))


@dataclass(frozen=True, slots=True)
class _Lists:
    """Lists as they are wanted for a component.

    Attributes:
        artefacts: What they are looked up in.
        where: Id of the component.
    """

    artefacts: Artefacts
    where: str

    def whole(self, reference: Reference, within: frozenset[Reference] = frozenset()) -> ItemScheme:
        """Return a list with the codes of those that it extends, but for those that it is itself extended by."""
        scheme = resolve(self.artefacts, reference)
        if not isinstance(scheme, ItemScheme) or (scheme.external and not scheme.items):
            raise StructureError("codelist-absent", where=self.where, codelist=str(reference))
        if not isinstance(scheme, Codelist) or not scheme.extensions or scheme.reference in within:
            return scheme
        within |= {scheme.reference}
        items = {item.id: item for extension in scheme.extensions for item in self._extended(extension, within)}
        own = {item.id: item for item in scheme.items}
        return replace(scheme, items=tuple({**items, **own}.values()), extensions=())

    def _extended(self, extension: Extension, within: frozenset[Reference]) -> Iterator[Item]:
        items = self.whole(extension.codelist, within).items
        members = selected(items, extension.members)
        for item in items:
            if not extension.members or (item.id in members) is extension.include:
                parent = f"{extension.prefix}{item.parent}" if item.parent else ""
                yield replace(item, id=f"{extension.prefix}{item.id}", parent=parent)


def _below(roots: Iterable[str], below: defaultdict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [child for root in roots for child in below[root]]
    while waiting:
        child = waiting.pop()
        if child not in found:
            found.add(child)
            waiting.extend(below[child])
    return found
