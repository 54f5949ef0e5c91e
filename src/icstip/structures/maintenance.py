"""What all artefacts of the standard have in common: agency, version, names, annotations."""

from collections.abc import Mapping
from typing import TypeVar

from sdmx.model.common import Agency
from sdmx.model.v30 import Annotation

from icstip.errors import StructureError
from icstip.standard.model import NO_TEXTS, Standard, Texts

SOURCE = "SOURCE"
ORIGIN = "ORIGIN"
COUNTING = "COUNTING"

T = TypeVar("T")


def annotation(kind: str, title: str, text: Texts = NO_TEXTS) -> Annotation:
    """Return an annotation whose value is its title: the one place for a text of no language in SDMX 2.1 and 3.0 alike.

    Args:
        kind: Annotation type, for example `SOURCE`.
        title: The value, for example ``SDMX PROJECT``.
        text: A text for people, by language.
    """
    return Annotation(type=kind, title=title or None, text=dict(text))


def provenance(source: str, origin: str = "") -> list[Annotation]:
    """Return the annotations that say where something comes from; what is empty has none."""
    values = ((SOURCE, source), (ORIGIN, origin))
    return [annotation(kind, value) for kind, value in values if value]


def nameable(name: Texts, description: Texts) -> dict[str, dict[str, str]]:
    """Return the arguments of an sdmx1 artefact that has a name and a description."""
    return {"name": dict(name), "description": dict(description)}


def maintained(standard: Standard) -> dict[str, object]:
    """Return the arguments that every maintainable sdmx1 artefact of the standard has in common."""
    return {
        "version": standard.version,
        "is_final": standard.final,
        "is_external_reference": False,
        "maintainer": Agency(id=standard.agency, name=dict(standard.agency_name)),
    }


def referred(things: Mapping[str, T], kind: str, thing: str, *, where: str) -> T:
    """Return the thing that something of the standard refers to.

    Args:
        things: Everything of that kind by its id.
        kind: The SDMX word for it, for the message.
        thing: The id that is referred to.
        where: What refers to it, for the message.

    Raises:
        StructureError: There is no such thing.
    """
    try:
        return things[thing]
    except KeyError:
        raise StructureError("structure-reference-unknown", where=where, kind=kind, id=thing) from None
