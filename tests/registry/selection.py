"""What a structure query finds: the artefacts themselves, what is added because of references."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from tests.registry.queries import StructureQuery
from tests.registry.references import references_in
from tests.registry.store import Key
from tests.registry.versions import meant, order

from icstip.artefacts.base import Maintainable
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.constraints import DataConstraint
from icstip.artefacts.items import AgencyScheme, CategoryScheme, Item, ItemScheme
from icstip.artefacts.resolution import resolve
from icstip.artefacts.versions import without_extension
from icstip.messages.formats import formats_of


@dataclass(frozen=True, slots=True)
class Found:
    """What a query finds.

    Attributes:
        matched: What it asks for.
        referred: What is added because of references.
    """

    matched: tuple[Maintainable, ...]
    referred: tuple[Maintainable, ...] = ()

    @property
    def artefacts(self) -> Artefacts:
        """All of it."""
        return Artefacts.of((*self.matched, *self.referred))


class Relations:
    """What refers to what among artefacts.

    Args:
        artefacts: The artefacts.
        with_agencies: Whether the agency scheme that an agency is in is referred to by all that the agency maintains
            (SDMX-REST 2.1, doc/structures.md, has it so; 1.5 does not).
    """

    def __init__(self, artefacts: Artefacts, *, with_agencies: bool) -> None:
        self._children: dict[Key, dict[Key, Maintainable]] = {}
        self._parents: defaultdict[Key, dict[Key, Maintainable]] = defaultdict(dict)
        agencies = {
            _agency_id(scheme, item): scheme
            for scheme in artefacts
            if with_agencies and isinstance(scheme, AgencyScheme)
            for item in scheme.items
        }
        for artefact in artefacts:
            found = [resolve(artefacts, reference) for reference in references_in(artefact)]
            children = [*found, agencies.get(artefact.agency)]
            self._children[Key.of(artefact)] = {Key.of(child): child for child in children if child is not None}
            for child in found:
                if child is not None:
                    self._parents[Key.of(child)][Key.of(artefact)] = artefact

    def children(self, artefacts: Iterable[Maintainable]) -> list[Maintainable]:
        """Return what artefacts refer to."""
        return _united(self._children[Key.of(artefact)] for artefact in artefacts)

    def parents(self, artefacts: Iterable[Maintainable]) -> list[Maintainable]:
        """Return what refers to artefacts."""
        return _united(self._parents[Key.of(artefact)] for artefact in artefacts)

    def descendants(self, artefacts: Iterable[Maintainable]) -> list[Maintainable]:
        """Return what artefacts refer to, what that refers to, and so on."""
        return _closure(self._children, artefacts)

    def ancestors(self, artefacts: Iterable[Maintainable]) -> list[Maintainable]:
        """Return what refers to artefacts, what refers to that, and so on."""
        return _closure(self._parents, artefacts)


def find(artefacts: Artefacts, query: StructureQuery) -> Found:
    """Return what a query finds among artefacts.

    Args:
        artefacts: All that there are.
        query: The query.
    """
    known = _known_to_2_1(artefacts) if query.old else artefacts
    matched = [artefact for artefact in known if _is_meant(artefact, query)]
    versions: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for artefact in matched:
        versions[Key.of(artefact)[:3]].add(_version(artefact, query))
    wanted = {name: meant(query.versions, all_of_it) for name, all_of_it in versions.items()}
    kept = [artefact for artefact in matched if _version(artefact, query) in wanted[Key.of(artefact)[:3]]]
    kept = [artefact for artefact in (with_items(one, query.items) for one in kept) if artefact is not None]
    return Found(tuple(kept), tuple(_referred(known, kept, query)))


def with_items(artefact: Maintainable, items: Collection[str]) -> Maintainable | None:
    """Return an artefact with some of its items only, with the ancestors of nested ones; None where it has none.

    Args:
        artefact: The artefact.
        items: Ids, or dotted paths of categories; empty for all.
    """
    if not items:
        return artefact
    if not isinstance(artefact, ItemScheme):
        return None
    nested = isinstance(artefact, CategoryScheme)
    wanted = {above for item in items for above in and_above(item)} if nested else set(items)
    found = tuple(item for item in artefact.items if (item.path if nested else item.id) in wanted)
    has_one = any((item.path if nested else item.id) in items for item in found)
    return replace(artefact, items=found, partial=True) if has_one else None


def _referred(artefacts: Artefacts, matched: list[Maintainable], query: StructureQuery) -> Iterator[Maintainable]:
    if set(query.references) <= {"none"} and not query.referred_kinds:
        return
    relations = Relations(artefacts, with_agencies=not query.old)
    seen = {Key.of(artefact) for artefact in matched}
    for word in query.references:
        for artefact in _by_word(relations, matched, word):
            if Key.of(artefact) not in seen:
                seen.add(Key.of(artefact))
                yield artefact
    if query.referred_kinds:  # a type: of all that is related, in either direction
        for artefact in (*relations.descendants(matched), *relations.ancestors(matched)):
            if artefact.kind in query.referred_kinds and Key.of(artefact) not in seen:
                seen.add(Key.of(artefact))
                yield artefact


def _by_word(relations: Relations, matched: list[Maintainable], word: str) -> list[Maintainable]:
    if word == "none":
        return []
    if word in {"parentsandsiblings", "all"}:
        parents = relations.parents(matched)
        below = relations.descendants(matched) if word == "all" else []
        return [*parents, *relations.children(parents), *below]
    found: list[Maintainable] = getattr(relations, word)(matched)  # the other words are the names of its methods
    return found


def _is_meant(artefact: Maintainable, query: StructureQuery) -> bool:
    return (
        artefact.kind in query.kinds
        and (not query.agencies or artefact.agency in query.agencies)
        and (not query.ids or artefact.id in query.ids)
        and (not query.role or (isinstance(artefact, DataConstraint) and artefact.role == query.role))
    )


def _version(artefact: Maintainable, query: StructureQuery) -> str:
    # SDMX 2.1 knows no extensions: 1.0.0-draft is 1.0.0 and not final.
    return without_extension(artefact.version) if query.old else artefact.version


def _known_to_2_1(artefacts: Artefacts) -> Artefacts:
    """Return the artefacts that SDMX 2.1 has; where it has one name for two versions, the stable one."""
    lacks = next(entry.lacks for entry in formats_of("structure") if entry.model == "2.1")
    kept: dict[tuple[str, ...], Maintainable] = {}
    for artefact in sorted(artefacts, key=lambda one: order(one.version)):
        if artefact.kind not in lacks:
            kept[(*Key.of(artefact)[:3], without_extension(artefact.version))] = artefact
    chosen = {Key.of(artefact) for artefact in kept.values()}
    return Artefacts(tuple(artefact for artefact in artefacts if Key.of(artefact) in chosen))


def _agency_id(scheme: AgencyScheme, item: Item) -> str:
    # Agencies below the scheme of SDMX itself are known without it (SDMX 3.0 §5, 6.2.2).
    return item.id if scheme.agency == "SDMX" else f"{scheme.agency}.{item.id}"


def and_above(path: str) -> list[str]:
    """Return a dotted path of ids, and those above it."""
    parts = path.split(".")
    return [".".join(parts[: length + 1]) for length in range(len(parts))]


def _united(found: Iterable[dict[Key, Maintainable]]) -> list[Maintainable]:
    united: dict[Key, Maintainable] = {}
    for some in found:
        united |= some
    return list(united.values())


def _closure(
    relation: "dict[Key, dict[Key, Maintainable]] | defaultdict[Key, dict[Key, Maintainable]]",
    artefacts: Iterable[Maintainable],
) -> list[Maintainable]:
    found: dict[Key, Maintainable] = {}
    newest = [Key.of(artefact) for artefact in artefacts]
    while newest:
        added = {key: one for known in newest for key, one in relation.get(known, {}).items() if key not in found}
        found |= added
        newest = list(added)
    return list(found.values())
