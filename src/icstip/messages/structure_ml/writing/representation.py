"""Representations: enumerations, text formats, and how many values there are."""

from icstip.artefacts.base import Representation, TextFormat
from icstip.errors import StructureError
from icstip.messages.structure_ml.representation_rules import FormatRule, RepresentationRule, rule_of
from icstip.messages.structure_ml.writing.artefact import write_texts
from icstip.messages.structure_ml.writing.base import Writing
from icstip.messages.structure_ml.writing.reference import write_reference
from icstip.messages.xml_text import Element

_NOTHING = Representation()


def write_representation(
    parent: Element, tag: str, representation: Representation | None, kind: str, writing: Writing, part: str
) -> None:
    """Add the representation of a component or concept, if it has one.

    Args:
        parent: The element of the component or concept.
        tag: Local name of the element of the representation.
        representation: The representation.
        kind: Class of the component, or ``Concept``.
        writing: The writing of the artefact.
        part: Id of the component or concept.
    """
    rule = rule_of(writing.dialect, kind)
    said = _sayable(representation or _NOTHING, rule, writing, part)
    if rule.required is not None and said.format is None:
        said = Representation(None, TextFormat(rule.required), said.min_occurs, said.max_occurs)
    if said.enumeration is None and said.format is None:
        if representation is not None and representation != _NOTHING:
            writing.lost("occurrences", part)
        return
    occurrences = _occurrences(said, rule, writing, part)
    box = writing.child(parent, tag, **occurrences)
    if said.enumeration is not None:
        write_reference(box, "Enumeration", said.enumeration, writing)
        if said.format is not None and rule.coded is not None:
            write_format(box, "EnumerationFormat", said.format, rule.coded, writing, part)
        elif said.format is not None:
            writing.lost("facets", part)
    elif said.format is not None and rule.text is not None:
        write_format(box, "TextFormat", said.format, rule.text, writing, part)


def write_format(parent: Element, tag: str, given: TextFormat, rule: FormatRule, writing: Writing, part: str) -> None:
    """Add the form of values.

    Args:
        parent: The element of the representation.
        tag: Local name of the element.
        given: The form.
        rule: What the schema allows there.
        writing: The writing of the artefact.
        part: Id of the component, concept or level.

    Raises:
        StructureError: A value that means something of its own has no name.
    """
    data_type = given.data_type
    if data_type is not None and data_type not in rule.types:
        writing.lost("data-type", part)
        data_type = rule.instead
    facets = _facets(given, rule, data_type, writing, part)
    element = writing.child(parent, tag, textType=data_type, **facets)
    if given.sentinels and not rule.sentinels:
        writing.lost("sentinel-values", part)
        return
    for value, name, description in given.sentinels:
        if not name:
            raise StructureError("structure-unnamed", where=f"{writing.where(part)}: {value}")
        sentinel = writing.child(element, "SentinelValue", value=value)
        write_texts(sentinel, "Name", name, writing)
        write_texts(sentinel, "Description", description, writing)


def _sayable(representation: Representation, rule: RepresentationRule, writing: Writing, part: str) -> Representation:
    """Return a representation without an enumeration that the schema does not allow."""
    enumeration = representation.enumeration
    if enumeration is None or enumeration.kind in rule.enumerations:
        return representation
    writing.lost("value-list" if enumeration.kind == "ValueList" else "enumeration", part)
    # Without a format of its own it would have that of the concept, which is another one.
    return Representation(
        None,
        representation.format or TextFormat(rule.required or "String"),
        representation.min_occurs,
        representation.max_occurs,
    )


def _occurrences(
    representation: Representation, rule: RepresentationRule, writing: Writing, part: str
) -> dict[str, str | None]:
    least, most = representation.min_occurs, representation.max_occurs
    if least is None and most is None:
        return {}
    if not rule.occurrences:
        writing.lost("occurrences", part)
        return {}
    return {"minOccurs": None if least is None else str(least), "maxOccurs": most}


def _facets(given: TextFormat, rule: FormatRule, data_type: str | None, writing: Writing, part: str) -> dict[str, str]:
    facets = dict(given.facets)
    if "isMultiLingual" in rule.facets:
        if data_type in {None, "String"}:  # what says nothing would be read as several languages
            facets.setdefault("isMultiLingual", "false")
    elif facets.pop("isMultiLingual", "false") in {"true", "1"}:
        writing.lost("multilingual", part)
    allowed = {
        name: facets[name]
        for name, pattern in rule.facets.items()
        if name in facets and pattern.fullmatch(facets[name])
    }
    if len(allowed) < len(facets):
        writing.lost("facets", part)
    return allowed
