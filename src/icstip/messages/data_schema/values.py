"""Components whose values stand in an element ``Comp`` (SDMX 3.0 §3A part IV, complex text format, CompType)."""

from typing import Final

from lxml import etree

from icstip.artefacts.base import Representation
from icstip.artefacts.data_structure import Component, Measure
from icstip.messages.data_schema.simple_types import SimpleTypes
from icstip.messages.data_schema.xsd import attribute, content_of, element, restricted, tag
from icstip.messages.xml import child

_TEXT: Final = "common:TextValueType"
_STRUCTURED_TEXT: Final = "common:StructuredTextValueType"


def is_complex(representation: Representation) -> bool:
    """Return whether values cannot be attributes of XML: there may be several, or they are texts in languages."""
    return _is_repeated(representation) or _text_type(representation) is not None


def declare(parent: etree._Element, component: Component, types: SimpleTypes, *, complete: bool) -> None:
    """Declare the types of the element ``Comp`` of a component and of each of its values.

    Args:
        parent: The schema.
        component: A measure or attribute that `is_complex`.
        types: The simple types.
        complete: Whether there must be as many values as the representation says.
    """
    representation = types.representation_of(component)
    value_type = _text_type(representation)
    if value_type is None:
        value_type = f"{component.id}.Value"
        named = child(parent, tag("complexType"), name=value_type)
        restriction = child(child(named, tag("simpleContent")), tag("restriction"), base="common:ValueType")
        child(child(restriction, tag("simpleType")), tag("restriction"), base=types.of(component))
    kind = "MEASURE" if isinstance(component, Measure) else "ATTRIBUTE"
    restriction = restricted(parent, f"{component.id}_{kind}", "dsd:CompType")
    least = representation.min_occurs if complete else None
    element(content_of(restriction), "Value", value_type, str(least or 0), representation.max_occurs or "1")
    attribute(restriction, "id", "common:NCNameIDType", "required", fixed=component.id)


def _is_repeated(representation: Representation) -> bool:
    return representation.max_occurs not in {None, "0", "1"}


def _text_type(representation: Representation) -> str | None:
    form = representation.format
    if form is None or representation.enumeration is not None:
        return None
    if form.data_type == "XHTML":
        return _STRUCTURED_TEXT
    return _TEXT if form.facets.get("isMultiLingual") == "true" else None
