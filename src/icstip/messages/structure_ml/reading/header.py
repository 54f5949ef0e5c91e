"""The header of a structure message. Whatever is missing in it is empty."""

from icstip.messages.structure_header import Party, StructureHeader
from icstip.messages.structure_ml.reading.artefact import texts
from icstip.messages.structure_ml.reading.base import Node


def header(node: Node | None) -> StructureHeader:
    """Return the header of a message; an empty one if it has none."""
    if node is None:
        return StructureHeader("", "", Party("", {}), None, {}, test=False)
    with node:
        return StructureHeader(
            id=node.word("ID") or "",
            test=(node.word("Test") or "").lower() in {"true", "1"},
            prepared=node.word("Prepared") or "",
            sender=_party(node.node("Sender")) or Party("", {}),
            receiver=_party(node.node("Receiver")),
            source=texts(node, "Source"),
        )


def _party(node: Node | None) -> Party | None:
    if node is None:
        return None
    with node:
        return Party(node.token("id") or "", texts(node, "Name"))
