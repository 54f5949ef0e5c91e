"""Representations and their facets, in both directions."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from sdmx.model.common import Facet
from sdmx.model.common import Representation as SdmxRepresentation

from icstip.artefacts.base import Reference, Representation, TextFormat
from icstip.structures.data_types import VALUE_TYPES, data_type_name
from icstip.structures.sdmx_objects.parts import Losses, Reading, text
from icstip.structures.sdmx_objects.references import Targets, reference_of

_SECONDS: Final = re.compile(r"PT(\d+(?:\.\d+)?)S")


def _truth(given: str) -> bool:
    return given == "true"


def _duration(given: str) -> timedelta:
    seconds = _SECONDS.fullmatch(given)
    if seconds is None:
        raise ValueError(given)
    return timedelta(seconds=float(seconds[1]))


# Names in SDMX-ML and in sdmx1, with what sdmx1 has them as.
_FACETS: Final[Mapping[str, tuple[str, Callable[[str], object]]]] = {
    "isSequence": ("is_sequence", _truth),
    "interval": ("interval", float),
    "startValue": ("start_value", float),
    "endValue": ("end_value", str),
    "timeInterval": ("time_interval", _duration),
    "startTime": ("start_time", datetime.fromisoformat),
    "endTime": ("end_time", datetime.fromisoformat),
    "minLength": ("min_length", int),
    "maxLength": ("max_length", int),
    "minValue": ("min_value", float),
    "maxValue": ("max_value", float),
    "decimals": ("decimals", int),
    "pattern": ("pattern", str),
}
_MULTI_LINGUAL: Final = "isMultiLingual"


def to_representation(
    representation: Representation | None, targets: Targets, losses: Losses
) -> SdmxRepresentation | None:
    """Return the object of a representation, or None for none."""
    if representation is None:
        return None
    occurrences = (representation.min_occurs, representation.max_occurs)
    losses.lost("occurrences", there=occurrences != (None, None))
    enumeration, text_format = representation.enumeration, representation.format
    if enumeration is None and text_format is None:
        return None
    return SdmxRepresentation(
        enumerated=None if enumeration is None else targets.find(enumeration, losses),
        non_enumerated=[] if text_format is None else [to_facet(text_format, losses)],
    )


def to_facet(text_format: TextFormat, losses: Losses) -> Facet:
    """Return the object of a text format."""
    value_type = VALUE_TYPES.get(text_format.data_type or "")
    losses.lost("data-type", there=text_format.data_type is not None and value_type is None)
    losses.lost("sentinel-values", there=text_format.sentinels)
    facet = Facet(value_type=value_type)
    for name, given in text_format.facets.items():
        if name in _FACETS:
            attribute, parsed = _FACETS[name]
            setattr(facet.type, attribute, _typed(given, parsed))
        elif name == _MULTI_LINGUAL:
            losses.lost("multilingual", there=given != "false")
        else:
            losses.lost("facets")
    return facet


def read_representation(
    representation: SdmxRepresentation | None, reading: Reading, where: Reference
) -> Representation | None:
    """Return a representation, or None for none or an empty one.

    Args:
        representation: The object.
        reading: What is known while objects are read.
        where: The artefact that it stands in.
    """
    if representation is None:
        return None
    enumerated, facets = representation.enumerated, representation.non_enumerated
    enumeration = None if enumerated is None else reference_of(enumerated)
    reading.not_read("Enumeration", where, there=enumerated is not None and enumeration is None)
    text_format = read_facets(facets, reading, where) if facets else None
    if enumeration is None and text_format is None:
        return None
    return Representation(enumeration=enumeration, format=text_format)


def read_facets(facets: list[Facet], reading: Reading, where: Reference) -> TextFormat:
    """Return the text format that facets say together; each can say a part of it.

    Args:
        facets: The objects.
        reading: What is known while objects are read.
        where: The artefact that they stand in.
    """
    found: dict[str, str] = {}
    for facet in facets:
        for name, (attribute, _) in _FACETS.items():
            value = _facet_text(getattr(facet.type, attribute))
            if value is not None:
                found.setdefault(name, value)
        reading.not_read("SentinelValues", where, there=facet.type.sentinel_values)
        reading.not_read("Facet.value", where, there=facet.value)
    types = (facet.value_type for facet in facets if facet.value_type is not None)
    value_type = next(types, None)
    return TextFormat(data_type=None if value_type is None else data_type_name(value_type), facets=found)


def _typed(given: str, parsed: Callable[[str], object]) -> object:
    """Return the value of a facet as sdmx1 has it if that says exactly the same, else the text, as its readers do."""
    try:
        value = parsed(given)
    except (ValueError, OverflowError):
        return given
    return value if _facet_text(value) == given else given


def _facet_text(value: object) -> str | None:
    match value:
        case bool():
            return str(value).lower()
        case float():
            return f"{value:.15g}"
        case timedelta():
            return f"PT{value.total_seconds():.15g}S"
        case _:
            return text(value)
