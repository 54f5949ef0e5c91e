"""What the versions of SDMX-JSON can say of artefacts: what comes back when they are written and read again."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from itertools import product
from typing import Any, TypeVar, cast

from icstip.artefacts.base import Annotation, Link, Maintainable, Reference, Representation, TextFormat
from icstip.artefacts.collection import Artefacts, maintainable_reference
from icstip.artefacts.constraints import ACTUAL, DataConstraint, KeySet, Region, Selection, TimeRange, Value
from icstip.artefacts.data_structure import (
    Attribute,
    Component,
    Dataflow,
    DataStructure,
    Dimension,
    Group,
    Measure,
    Relationship,
)
from icstip.artefacts.items import Codelist, Contact, Extension, Item
from icstip.artefacts.urn import parse_urn

T = TypeVar("T")

_NOT_IN_10 = {"MetadataProviderScheme", "ValueList", "RepresentationMap", "StructureMap"}
_CHANNELS = ("Telephone", "Fax", "X400", "URI", "Email")
_WHOLE = {"interval", "startValue", "endValue", "minValue", "maxValue"}
_NUMBERS = _WHOLE | {"minLength", "maxLength", "decimals"}
_PATTERN = re.compile(r"[A-Za-z0-9_@$\-]+%?")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_\-]*")
_TIME = Representation(format=TextFormat("ObservationalTimePeriod"))


def said_in(version: str, artefacts: Artefacts) -> Artefacts:
    """Return what is left of artefacts in a version: everything but what the version has no words for."""
    said = _Said(version, artefacts)
    parts = [part for artefact in said.kept for part in said.artefact(artefact)]
    return Artefacts.of(sorted(parts, key=lambda part: version == "2.1" and getattr(part, "role", "") == ACTUAL))


class _Said:
    def __init__(self, version: str, artefacts: Artefacts) -> None:
        self.version = version
        self.old = version == "1.0"
        self.kept = [artefact for artefact in artefacts if self._is_kept(artefact)]
        self._heads = {artefact.reference for artefact in self.kept}
        self._rules: Mapping[type, Callable[[Any], Any]] = {
            Maintainable: self._maintainable,
            Reference: self._reference,
            Link: self._link,
            Contact: lambda one: replace(one, id=None if self.old else one.id, channels=_grouped(one.channels)),
            Codelist: lambda one: replace(one, extensions=()) if self.old else one,
            Extension: self._extension,
            Item: self._item,
            DataStructure: self._data_structure,
            Dataflow: lambda one: one if version == "2.1" else replace(one, dimensions=()),
            Component: lambda one: replace(one, roles=tuple(dict.fromkeys(one.roles))),
            Dimension: self._dimension,
            Measure: self._measure,
            Attribute: self._attribute,
            Relationship: self._relationship,
            Group: lambda one: one if self.old else replace(one, attachment_constraint=None),
            TextFormat: self._format,
            DataConstraint: self._constraint,
            KeySet: self._key_set,
            Region: self._region,
            Selection: self._selection,
            TimeRange: lambda one: one if version == "2.1" else replace(one, valid_from=None, valid_to=None),
        }

    def artefact(self, artefact: Maintainable) -> list[Maintainable]:
        """Return what an artefact comes back as."""
        said = self.of(artefact)
        if not (isinstance(said, DataConstraint) and said.role == ACTUAL and self.version == "2.1"):
            return [said]
        heads = {field.name: getattr(Maintainable(id="", agency=""), field.name) for field in fields(Maintainable)}
        kept = {**heads, "annotations": said.annotations}
        bare = replace(said, **{**kept, "version": ""}, data_sources=(), release_calendar=None)
        return [
            replace(
                bare,
                id=to.id,
                agency=to.agency,
                version=to.version,
                name={"en": f"Availability for {to.id}"},
                attachment=(to,),
            )
            for to in said.attachment
        ]

    def of(self, value: T) -> T:
        """Return what is left of a value: first of its parts, then of it."""
        if isinstance(value, tuple):
            return cast("T", self._parts(tuple(map(self.of, value))))
        if isinstance(value, Mapping) or not is_dataclass(value) or isinstance(value, type):
            return value
        said: Any = replace(value, **{field.name: self.of(getattr(value, field.name)) for field in fields(value)})
        for cls in reversed(type(value).__mro__):
            said = self._rules[cls](said) if cls in self._rules else said
        return cast("T", said)

    def _is_kept(self, artefact: Maintainable) -> bool:
        if isinstance(artefact, DataConstraint) and self.version == "2.1" and artefact.role == ACTUAL:
            return len(artefact.regions) == 1 and not artefact.key_sets and bool(artefact.attachment)
        if isinstance(artefact, DataStructure) and self.old:
            return len(artefact.measures) == 1 or not artefact.components
        return not (self.old and artefact.kind in _NOT_IN_10)

    def _parts(self, parts: tuple[Any, ...]) -> tuple[Any, ...]:
        if self.old and any(isinstance(part, Annotation) and part.value is not None for part in parts):
            return tuple(annotation for part in parts for annotation in _without_value(part))
        return tuple(part for part in parts if part is not None)

    def _maintainable(self, one: Maintainable) -> Maintainable:
        return replace(
            one,
            final=one.final if self.old else None,
            partial_language=one.partial_language and self.version == "2.1",
            structure_url=one.structure_url if one.external else None,
            links=tuple(link for link in one.links if link.rel != "service"),
        )

    def _reference(self, one: Reference) -> Reference:
        version = "1.0" if one.version == "*" else one.version
        if self.old and maintainable_reference(one) not in self._heads:
            version = version.partition("-")[0]
        return replace(one, version=version)

    def _link(self, one: Link) -> Link | None:
        urn = one.urn if self.old or parse_urn(one.urn or "") else None
        return replace(one, urn=urn) if one.rel != "self" and (one.url or urn is not None) else None

    def _extension(self, one: Extension) -> Extension:
        members = dict.fromkeys(one.members)
        single = [(member, cascade) for member, cascade in members if "%" not in member]
        patterns = [(one, "false") for one, cascade in members if "%" in one and cascade == "false"]
        sayable = [(one, cascade) for one, cascade in patterns if _PATTERN.fullmatch(one)]
        return replace(one, members=(*single, *sayable), include=one.include or not (single or sayable))

    def _item(self, one: Item) -> Item:
        concept = one.iso_concept
        if concept is not None and self.old:
            agency, scheme, identity = concept
            reference = Reference("Concept", agency, scheme, "1.0", identity)
            urn = f"urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={reference}"
            concept = concept if parse_urn(urn) == reference else None
        return replace(one, representation=self._representation(one.representation), iso_concept=concept)

    def _data_structure(self, one: DataStructure) -> DataStructure:
        evolving = one.evolving and self.version == "2.1"
        if not self.old:
            return replace(one, evolving=evolving)
        return replace(one, evolving=evolving, metadata=None, metadata_attributes=())

    def _dimension(self, one: Dimension) -> Dimension:
        if one.kind == "TimeDimension":
            return replace(one, representation=one.representation or _TIME)
        if self.old and one.kind == "MeasureDimension":
            return one
        kind = "Dimension"
        return replace(one, kind=kind, representation=self._representation(one.representation, lists={"Codelist"}))

    def _measure(self, one: Measure) -> Measure:
        roles = () if self.old else one.roles
        representation = self._representation(one.representation, multilingual=not self.old)
        return replace(one, roles=roles, mandatory=one.mandatory and not self.old, representation=representation)

    def _attribute(self, one: Attribute) -> Attribute:
        if self.old and one.kind == "ReportingYearStartDay":
            return one
        representation = self._representation(one.representation, multilingual=not self.old)
        return replace(one, kind="DataAttribute", representation=representation)

    def _relationship(self, one: Relationship) -> Relationship:
        measures = () if self.old else tuple(dict.fromkeys(one.measures))
        groups = tuple(group for group in dict.fromkeys(one.attachment_groups) if self.old and _NAME.fullmatch(group))
        return replace(one, measures=measures, attachment_groups=groups)

    def _representation(
        self, one: Representation | None, *, lists: set[str] | None = None, multilingual: bool = True
    ) -> Representation | None:
        if one is None:
            return None
        counted = not self.old and lists is None
        known = lists or ({"Codelist"} if self.old else {"Codelist", "ValueList"})
        coded = one.enumeration is not None and one.enumeration.kind in known
        said = Representation(
            one.enumeration if coded else None,
            one.format,
            one.min_occurs if counted else None,
            one.max_occurs if counted else None,
        )
        if said.format is not None:
            dropped = set() if multilingual and lists is None else {"isMultiLingual"}
            whole = _WHOLE if coded else {"interval"} if lists is not None and not self.old else set()
            facets = {
                name: text
                for name, text in said.format.facets.items()
                if name not in dropped and (name not in whole or Decimal(text) % 1 == 0)
            }
            said = replace(said, format=replace(said.format, facets=facets))
        return None if said == Representation() else said

    def _format(self, one: TextFormat) -> TextFormat:
        facets = {name: str(Decimal(text)) if name in _NUMBERS else text for name, text in one.facets.items()}
        data_type = None if self.old and one.data_type == "GeospatialInformation" else one.data_type
        return TextFormat(data_type, facets, () if self.old else one.sentinels)

    def _constraint(self, one: DataConstraint) -> DataConstraint:
        attachment, sources = tuple(dict.fromkeys(one.attachment)), one.data_sources
        if self.version == "2.1":
            return replace(one, attachment=attachment, data_sources=(), release_calendar=None)
        if self.old and not attachment:
            sources = sources[:1]
        return replace(one, attachment=attachment, data_sources=sources)

    def _key_set(self, one: KeySet) -> KeySet:
        keys = [key for whole in one.keys for key in self._keys(whole)]
        return replace(one, keys=tuple(keys))

    def _keys(self, one: Region) -> Iterator[Region]:
        key = replace(one, selections=tuple(replace(part, valid_from=None, valid_to=None) for part in one.selections))
        if self.version == "2.1":
            yield key
            return
        dimensions = [part for part in key.selections if part.is_key]
        others = () if self.old else tuple(part for part in key.selections if not part.is_key)
        for chosen in product(*([replace(part, values=(value,)) for value in part.values] for part in dimensions)):
            yield replace(key, selections=(*chosen, *others))

    def _region(self, one: Region) -> Region:
        if not self.old:
            return one
        included = tuple(part for part in one.selections if part.include)
        return replace(one, selections=included, annotations=(), valid_from=None, valid_to=None)

    def _selection(self, one: Selection) -> Selection:
        if not self.old:
            return one
        cascading = {value.value for value in one.values if value.cascade != "false"}
        values = tuple(Value(value.value, "true" if value.value in cascading else "false") for value in one.values)
        return replace(one, values=values, remove_prefix=None, valid_from=None, valid_to=None)


def _without_value(one: Annotation) -> Iterator[Annotation]:
    if one.value is None or one.title is None:
        yield replace(one, title=one.title if one.value is None else one.value, value=None)
    else:
        yield replace(one, value=None)
        yield Annotation(type=one.type, title=one.value)


def _grouped(channels: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(channels, key=lambda channel: _CHANNELS.index(channel[0])))
