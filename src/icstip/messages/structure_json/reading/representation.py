"""Representations: enumerations and text formats."""

from collections.abc import Iterator

from icstip.artefacts.base import Representation, TextFormat, Texts
from icstip.messages.structure_json.reading.base import Node
from icstip.messages.structure_json.text_forms import FACETS

_TRUTHS = frozenset({"isSequence", "isMultiLingual"})
_TEXTS = frozenset({"timeInterval", "startTime", "endTime", "pattern"})

# A spelling that is met, for one tool writes and reads nothing else (pysdmx 1.21).
_ALIASES = {"isMultiLingual": "isMultilingual"}


def representation(node: Node, name: str) -> Representation | None:
    """Return the representation that a property holds, or None if there is none.

    Raises:
        NotUnderstoodError: What enumerates the values is not understood.
    """
    box = node.node(name)
    if box is None:
        return None
    with box:
        enumeration = box.reference_if_any("enumeration")
        form = box.node("enumerationFormat") if enumeration else None
        form = form or box.node(node.reading.dialect.format_key)
        return Representation(
            enumeration=enumeration,
            format=None if form is None else text_format(form),
            min_occurs=box.whole("minOccurs"),
            max_occurs=_most(box),
        )


def text_format(node: Node) -> TextFormat:
    """Return a text format."""
    with node:
        return TextFormat(
            data_type=node.text(node.reading.dialect.type_key),
            facets=dict(_facets(node)),
            sentinels=tuple(map(_sentinel, node.nodes("sentinelValues"))),
        )


def _most(node: Node) -> str | None:
    return node.text("maxOccurs") if isinstance(node.peek("maxOccurs"), str) else node.number("maxOccurs")


def _facets(node: Node) -> Iterator[tuple[str, str]]:
    for name in FACETS:
        value = _facet(node, name)
        if value is not None:
            yield name, value


def _facet(node: Node, name: str) -> str | None:
    if name in _TEXTS:
        return node.text(name)
    if name not in _TRUTHS:
        return node.number(name)
    truth = node.truth(name if name in node else _ALIASES.get(name, name))
    # What is not in several languages is the same as what does not say so.
    return None if truth is None or (name == "isMultiLingual" and not truth) else str(truth).lower()


def _sentinel(node: Node) -> tuple[str, Texts, Texts]:
    with node:
        is_text = isinstance(node.peek("value"), str)
        value = node.text("value") if is_text else node.number("value")
        return value or "", node.texts("name", "names"), node.texts("description", "descriptions")
