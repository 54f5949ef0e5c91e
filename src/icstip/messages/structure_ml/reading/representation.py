"""Representations: enumerations and text formats."""

from collections.abc import Iterator
from typing import Final

from icstip.artefacts.base import Representation, TextFormat, Texts
from icstip.messages.structure_ml.dialect import FACETS
from icstip.messages.structure_ml.reading.artefact import texts
from icstip.messages.structure_ml.reading.base import Node
from icstip.messages.structure_ml.reading.reference import reference_if_any

_NOTHING: Final = Representation()
_TRUTHS: Final = frozenset({"isSequence", "isMultiLingual"})


def representation(
    node: Node, name: str, *, enumeration: str = "Codelist", data_type: str | None = None
) -> Representation | None:
    """Return the representation that a child holds, or None if there is none in it.

    Args:
        node: The element.
        name: Name of the child.
        enumeration: Class of what enumerates the values, where the reference does not say it.
        data_type: Data type of a text format that does not say it.

    Raises:
        NotUnderstoodError: What enumerates the values is not understood.
    """
    box = node.node(name)
    if box is None:
        return None
    with box:
        listed = reference_if_any(box, enumeration, "Enumeration")
        form = box.node("TextFormat", "EnumerationFormat")
        found = Representation(
            enumeration=listed,
            format=None if form is None else text_format(form, data_type),
            min_occurs=box.number("minOccurs"),
            max_occurs=box.token("maxOccurs"),
        )
    return None if found == _NOTHING else found


def text_format(node: Node, data_type: str | None = None) -> TextFormat:
    """Return a text format.

    Args:
        node: Its element.
        data_type: Its data type if it does not say one.
    """
    with node:
        return TextFormat(
            data_type=node.token("textType") or data_type,
            facets=dict(_facets(node)),
            sentinels=tuple(map(_sentinel, node.nodes("SentinelValue"))),
        )


def _facets(node: Node) -> Iterator[tuple[str, str]]:
    for name in FACETS:
        if name in _TRUTHS:
            truth = node.truth(name)
            # What is not in several languages is the same as what does not say so, whatever the schema's default.
            value = None if truth is None or (name == "isMultiLingual" and not truth) else str(truth).lower()
        else:
            value = node.attribute(name)
        if value is not None:
            yield name, value


def _sentinel(node: Node) -> tuple[str, Texts, Texts]:
    with node:
        return node.attribute("value") or "", texts(node, "Name"), texts(node, "Description")
