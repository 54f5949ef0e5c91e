"""Artefacts without what an independent reader does not read, which is its limit and not that of our messages."""

from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from icstip.artefacts.base import Maintainable
from icstip.artefacts.constraints import Region, Selection, TimeRange, Value
from icstip.artefacts.items import Contact

M = TypeVar("M", bound=Maintainable)

_DATED = (Region, Selection, TimeRange, Value)


def readable(artefact: M, dropped: Mapping[str, object], channels: Collection[str]) -> M:
    """Return an artefact without some of what it says.

    Args:
        artefact: The artefact.
        dropped: Names of fields, of whatever is in the artefact, with what they are to say instead.
        channels: Kinds of channels of contacts that stay.
    """
    changed = _readable(artefact, dropped, channels)
    assert isinstance(changed, type(artefact))
    return changed


def _readable(value: object, dropped: Mapping[str, object], channels: Collection[str]) -> object:
    if isinstance(value, tuple):
        return tuple(_readable(part, dropped, channels) for part in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    new: dict[str, Any] = {
        field.name: dropped.get(field.name, _readable(getattr(value, field.name), dropped, channels))
        for field in fields(value)
    }
    if isinstance(value, _DATED):
        new |= {"valid_from": None, "valid_to": None}
    if isinstance(value, Contact):
        new["channels"] = tuple((kind, address) for kind, address in value.channels if kind in channels)
    return replace(value, **new)
