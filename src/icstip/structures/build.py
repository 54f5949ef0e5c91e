"""The standard as a message of sdmx1 objects, which people can take into their own code."""

from datetime import datetime

from sdmx.message import Header, StructureMessage
from sdmx.model.common import Agency

from icstip.standard.model import Standard
from icstip.structures.building.build import build_artefacts
from icstip.structures.message_id import message_id
from icstip.structures.sdmx_objects.to_objects import to_sdmx1


def build_structures(standard: Standard) -> StructureMessage:
    """Return the artefacts of the standard as objects of `sdmx.model.v30`, in the order of the tables.

    Sources and origins are annotations of type ``SOURCE`` and ``ORIGIN`` whose title is the value; the note on how the
    categories of a concept are counted is one of type ``COUNTING``. The same standard gives an equal message each time.
    Structure maps and representation maps are not in it: sdmx1 does not have them.

    Args:
        standard: The standard; `Standard.reissued` gives it another agency, version or final flag.

    Raises:
        StructureError: Something refers to what does not exist.
    """
    return to_sdmx1(build_artefacts(standard), _header(standard))


def _header(standard: Standard) -> Header:
    return Header(
        id=message_id(standard),
        prepared=datetime.fromisoformat(standard.prepared),
        sender=Agency(id=standard.agency, name=dict(standard.agency_name)),
    )
