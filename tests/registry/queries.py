"""Structure queries: what the parts of their addresses mean in SDMX-REST 2.x and 1.5."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from tests.registry.exchange import RefusedError
from tests.registry.versions import VersionQuery, parse_old_versions, parse_versions

from icstip.artefacts.kinds import ITEM_KINDS, ORDER, ORGANISATION_SCHEMES

REFERENCES: Final = frozenset({"none", "parents", "parentsandsiblings", "ancestors", "children", "descendants", "all"})
"""What `references` can say, besides types (SDMX-REST 2.1, doc/structures.md)."""

# SDMX-REST 2.1, doc/structures.md, artefactType. What this registry cannot hold is a good query without a result.
_KNOWN: Final[Mapping[str, Collection[str]]] = {kind.lower(): (kind,) for kind in ORDER}
_NOT_HELD: Final = tuple(
    re.findall(
        r"\w+",
        """
    metadatastructure hierarchyassociation metadataflow reportingtaxonomy metadataprovisionagreement
    conceptschememap categoryschememap organisationschememap reportingtaxonomymap process metadataconstraint
    transformationscheme rulesetscheme userdefinedoperatorscheme customtypescheme namepersonalisationscheme
    vtlmappingscheme
    """,
    )
)
_TYPES: Final[Mapping[str, Collection[str]]] = {
    **dict.fromkeys(_NOT_HELD, ()),
    **_KNOWN,
    "*": ORDER,
    "structure": ORDER,
}

# SDMX-REST 1.5, 4.3: the resources.
_OLD_NOT_HELD: Final = tuple(
    re.findall(
        r"\w+",
        """
    metadatastructure metadataflow reportingtaxonomy structureset process attachmentconstraint
    transformationscheme rulesetscheme userdefinedoperatorscheme customtypescheme namepersonalisationscheme
    namealiasscheme
    """,
    )
)
_OLD_ABSENT: Final = frozenset(
    {"valuelist", "metadataproviderscheme", "representationmap", "structuremap", "dataconstraint", "hierarchy"}
)
_OLD_TYPES: Final[Mapping[str, Collection[str]]] = {
    **dict.fromkeys(_OLD_NOT_HELD, ()),
    **{name: kinds for name, kinds in _KNOWN.items() if name not in _OLD_ABSENT},
    "hierarchicalcodelist": ("Hierarchy",),
    "organisationscheme": tuple(kind for kind in ORDER if kind in ORGANISATION_SCHEMES),
    "contentconstraint": ("DataConstraint",),
    "allowedconstraint": ("DataConstraint",),
    "actualconstraint": ("DataConstraint",),
    "structure": ORDER,
}

_AGENCY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_\-]*(\.[A-Za-z][A-Za-z0-9_\-]*)*")
_ID: Final = re.compile(r"[A-Za-z0-9_@$\-]+")
_ITEM: Final = re.compile(r"[A-Za-z0-9_@$\-]+(\.[A-Za-z0-9_@$\-]+)*")


class Detail(StrEnum):
    """How much of artefacts is returned (SDMX-REST 2.1, doc/structures.md)."""

    FULL = "full"
    ALL_STUBS = "allstubs"
    REFERENCE_STUBS = "referencestubs"
    ALL_COMPLETE_STUBS = "allcompletestubs"
    REFERENCE_COMPLETE_STUBS = "referencecompletestubs"
    REFERENCE_PARTIAL = "referencepartial"
    RAW = "raw"


@dataclass(frozen=True, slots=True)
class StructureQuery:
    """A structure query.

    Attributes:
        kinds: The classes that are asked for.
        agencies: The agencies; empty for all.
        ids: The ids; empty for all.
        versions: The versions.
        items: Ids of items; empty for all.
        references: What is added: words of `REFERENCES`, and classes.
        referred_kinds: Classes that are added, whatever `references` says.
        detail: How much is returned.
        role: Role of constraints, where only those of one are asked for.
        old: Whether it is one of SDMX-REST 1.x, which knows SDMX 2.1 only.
    """

    kinds: Collection[str]
    agencies: Collection[str] = ()
    ids: Collection[str] = ()
    versions: tuple[VersionQuery, ...] = ()
    items: Collection[str] = ()
    references: Collection[str] = ("none",)
    referred_kinds: Collection[str] = ()
    detail: Detail = Detail.FULL
    role: str = ""
    old: bool = False


def parse_query(parts: Sequence[str], parameters: Mapping[str, str]) -> StructureQuery:
    """Return the query of SDMX-REST 2.x whose address has these parts after ``structure``.

    Raises:
        RefusedError: It is no such query.
    """
    kinds, agencies, ids, versions, items = _five(parts, ("*", "*", "*", "~", "*"))
    if parameters.get("asOf"):
        raise RefusedError(HTTPStatus.NOT_IMPLEMENTED, "asOf is not implemented")
    words, referred = _references(parameters.get("references", "none"), _TYPES, REFERENCES)
    return StructureQuery(
        kinds=kinds_of(kinds),
        agencies=_several(agencies, ",", "*", _AGENCY),
        ids=_several(ids, ",", "*", _ID),
        versions=parse_versions(versions),
        items=_items(kinds_of(kinds), items, ",", "*"),
        references=words,
        referred_kinds=referred,
        detail=_detail(parameters.get("detail", "full"), frozenset(Detail)),
    )


def parse_old_query(parts: Sequence[str], parameters: Mapping[str, str]) -> StructureQuery:
    """Return the query of SDMX-REST 1.5 whose address has these parts.

    Raises:
        RefusedError: It is no such query.
    """
    kinds, agencies, ids, versions, items = _five(parts, ("structure", "all", "all", "latest", "all"))
    if kinds not in _OLD_TYPES:
        raise RefusedError(HTTPStatus.NOT_FOUND, f"'{kinds}' is no resource")
    words, referred = _references(parameters.get("references", "none"), _OLD_TYPES, REFERENCES - {"ancestors"})
    return StructureQuery(
        kinds=_OLD_TYPES[kinds],
        agencies=_several(agencies, "+", "all", _AGENCY),
        ids=_several(ids, "+", "all", _ID),
        versions=parse_old_versions(versions),
        items=_items(_OLD_TYPES[kinds], items, "+", "all"),
        references=words,
        referred_kinds=referred,
        detail=_detail(parameters.get("detail", "full"), frozenset(Detail) - {Detail.RAW}),
        role={"allowedconstraint": "Allowed", "actualconstraint": "Actual"}.get(kinds, ""),
        old=True,
    )


def kinds_of(name: str) -> Collection[str]:
    """Return the classes that a type of SDMX-REST 2.x stands for.

    Raises:
        RefusedError: There is no such type.
    """
    if name not in _TYPES:
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"'{name}' is no type of artefact")
    return _TYPES[name]


def _five(parts: Sequence[str], defaults: Sequence[str]) -> list[str]:
    if len(parts) > len(defaults):
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"a query has {len(defaults)} parts at most")
    if not all(parts):
        raise RefusedError(HTTPStatus.BAD_REQUEST, "a part of the query is empty")
    return [*parts, *defaults[len(parts) :]]


def _several(text: str, separator: str, everything: str, form: re.Pattern[str]) -> tuple[str, ...]:
    if text == everything:
        return ()
    values = tuple(text.split(separator))
    for value in values:
        if not form.fullmatch(value):
            raise RefusedError(HTTPStatus.BAD_REQUEST, f"'{value}' is no id")
    return values


def _items(kinds: Collection[str], text: str, separator: str, everything: str) -> tuple[str, ...]:
    items = _several(text, separator, everything, _ITEM)
    if items and not all(kind in ITEM_KINDS for kind in kinds):
        raise RefusedError(HTTPStatus.BAD_REQUEST, "only item schemes have items that can be asked for")
    return items


def _references(
    text: str, types: Mapping[str, Collection[str]], words: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    given = text.split(",")
    for value in given:
        if value not in words and (value not in types or value in {"*", "structure"}):
            raise RefusedError(HTTPStatus.BAD_REQUEST, f"references cannot be '{value}'")
    named = tuple(value for value in given if value in words)
    return named, tuple(kind for value in given if value not in words for kind in types[value])


def _detail(text: str, known: Collection[Detail]) -> Detail:
    if text not in known:
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"detail cannot be '{text}'")
    return Detail(text)
