"""Structure messages of sdmx1 in any format: what people read or build with that library."""

from datetime import datetime

from sdmx.message import StructureMessage

from icstip.artefacts.notices import Notices, warn_of_losses
from icstip.messages.formats import format_of
from icstip.messages.structure_header import StructureHeader
from icstip.structures.sdmx_objects.from_objects import from_sdmx1


def write_structures(
    message: StructureMessage,
    format_id: str,
    *,
    message_id: str | None = None,
    prepared: datetime | None = None,
    notices: Notices | None = None,
) -> bytes:
    """Return a structure message of sdmx1 in a format.

    Args:
        message: Any structure message of sdmx1, for example of `icstip.structures.build.build_structures`.
        format_id: Id of the format, for example ``sdmx-ml-3.0``.
        message_id: Id of the message; without it the one of its header.
        prepared: When the message was prepared; without it the time of its header. Never the clock.
        notices: Where it is said what the format cannot say; without it each loss is a `LossWarning`.

    Raises:
        FormatError: There is no such format of structures.
        StructureError: Something in the message is broken in itself, or its header is incomplete.
    """
    chosen = format_of(format_id, "structure")
    header = StructureHeader.of(message.header, message_id=message_id, prepared=prepared)
    said = Notices(chosen.id, chosen.name) if notices is None else notices
    written = chosen.write_structures(from_sdmx1(message, said), header, said)
    if notices is None:
        warn_of_losses(said.findings)
    return written
