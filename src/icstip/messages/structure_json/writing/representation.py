"""Representations: enumerations and text formats."""

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from icstip.artefacts.base import Representation, TextFormat, Texts
from icstip.errors import StructureError
from icstip.messages.structure_json.layout import Json, JsonObject
from icstip.messages.structure_json.text_forms import Facet, Form, TextForm
from icstip.messages.structure_json.writing.base import Writing

_TRUTHS: Final = {"true": True, "1": True, "false": False, "0": False}
_DURATION: Final = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")
_UNBOUNDED: Final = "unbounded"


def put_representation(
    writing: Writing, target: JsonObject, name: str, given: Representation | None, form: Form, part: str
) -> None:
    """Put a representation into an object, if there is one.

    Args:
        writing: What is known of the message.
        target: The object.
        name: Property of the representation.
        given: The representation.
        form: What it can say.
        part: Id of the item or component whose values it is about.

    Raises:
        StructureError: A sentinel value has no name.
    """
    if given is None and not form.is_needed:
        return
    written = _values(writing, given or Representation(), form, part)
    if given is not None and (given.min_occurs is not None or given.max_occurs is not None):
        _put_occurrences(writing, written, given, form, part)
    if written:
        target[name] = written


def text_format(writing: Writing, given: TextFormat, form: TextForm, part: str) -> JsonObject:
    """Return a text format as an object.

    Args:
        writing: What is known of the message.
        given: The text format.
        form: What it can say.
        part: Id of the item or component whose values it is about.

    Raises:
        StructureError: A sentinel value has no name.
    """
    written: JsonObject = {}
    data_type = given.data_type
    if data_type is not None and data_type not in form.types:
        writing.lost("data-type", part)
        data_type = None
    data_type = data_type or form.needs_type
    if data_type is not None:
        written[writing.dialect.type_key] = data_type
    for name, value in given.facets.items():
        _put_facet(writing, written, (name, value), form, part)
    if given.sentinels and form.has_sentinels:
        written["sentinelValues"] = [_sentinel(writing, *sentinel) for sentinel in given.sentinels]
    elif given.sentinels:
        writing.lost("sentinel-values", part)
    return written


def _values(writing: Writing, given: Representation, form: Form, part: str) -> JsonObject:
    enumeration = given.enumeration
    if enumeration is not None and enumeration.kind not in form.enumerations:
        writing.lost("value-list" if enumeration.kind == "ValueList" else "enumeration", part)
        enumeration = None
    if enumeration is None:
        return _text(writing, given, form, part)
    written: JsonObject = {"enumeration": writing.urn(enumeration)}
    if given.format is None:
        return written
    if form.coded is None:
        writing.lost("facets", part)
        return written
    coded = text_format(writing, given.format, form.coded, part)
    if coded or given.format == TextFormat():
        written["enumerationFormat"] = coded
    return written


def _text(writing: Writing, given: Representation, form: Form, part: str) -> JsonObject:
    key = writing.dialect.format_key
    if form.text is None:
        if given.format is not None:
            writing.lost("facets", part)
        return {}
    if given.format is not None:
        return {key: text_format(writing, given.format, form.text, part)}
    if form.is_needed:
        return {key: text_format(writing, TextFormat(), form.text, part)}
    return {}


def _put_occurrences(writing: Writing, target: JsonObject, given: Representation, form: Form, part: str) -> None:
    most = given.max_occurs
    is_number = most is not None and most.isascii() and most.isdigit() and bool(most.strip("0"))
    if not form.has_occurrences or not (most is None or most == _UNBOUNDED or is_number):
        writing.lost("occurrences", part)
        return
    if not target:
        target[writing.dialect.format_key] = {}
    if given.min_occurs is not None:
        target["minOccurs"] = given.min_occurs
    if most is not None:
        target["maxOccurs"] = Decimal(most) if is_number else most


def _put_facet(writing: Writing, target: JsonObject, facet: tuple[str, str], form: TextForm, part: str) -> None:
    name, text = facet
    if name == "isMultiLingual" and not _TRUTHS.get(text, True):
        return  # what is not in several languages is the same as what does not say so
    value = _facet_value(form.facets[name], text) if name in form.facets else None
    if value is None:
        writing.lost("multilingual" if name == "isMultiLingual" else "facets", part)
    else:
        target[name] = value


def _facet_value(facet: Facet, text: str) -> Json | None:
    if facet is Facet.TRUTH:
        return _TRUTHS.get(text)
    if facet is Facet.TEXT:
        return text
    if facet is Facet.DURATION:
        return text if _DURATION.fullmatch(text) else None
    return _number(facet, text)


def _number(facet: Facet, text: str) -> Json | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    is_whole = number == number.to_integral_value()
    if (facet is not Facet.NUMBER and not is_whole) or (facet is Facet.COUNT and number < 1):
        return None
    return number


def _sentinel(writing: Writing, value: str, name: Texts, description: Texts) -> JsonObject:
    if not name:
        raise StructureError("structure-unnamed", where=f"{writing.where} {value}")
    written: JsonObject = {"value": value}
    writing.put_texts(written, "name", "names", name)
    writing.put_texts(written, "description", "descriptions", description)
    return written
