"""Structure messages in SDMX-JSON 1.0, 2.0 and 2.1."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from icstip.artefacts.base import Maintainable
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.constraints import ACTUAL, DataConstraint
from icstip.artefacts.notices import Notices
from icstip.errors import StructureError
from icstip.messages.structure_header import Party, StructureHeader
from icstip.messages.structure_json.dialect import (
    AVAILABILITY,
    JSON_10,
    JSON_20,
    JSON_21,
    LOWER_TAG,
    UNKNOWN_LANGUAGE,
    Dialect,
)
from icstip.messages.structure_json.layout import Json, JsonObject, serialise
from icstip.messages.structure_json.writing.base import ID, UnsayableError, Writing
from icstip.messages.structure_json.writing.constraint import availability_constraints, data_constraint
from icstip.messages.structure_json.writing.data_structure import (
    categorisation,
    data_structure,
    dataflow,
    provision_agreement,
)
from icstip.messages.structure_json.writing.hierarchy import hierarchy
from icstip.messages.structure_json.writing.items import codelist, item_scheme, value_list
from icstip.messages.structure_json.writing.maps import representation_map, structure_map

Write = Callable[[Writing, Any], JsonObject]  # each writes the class of artefacts that it is the entry of

_WRITERS: Final[Mapping[str, Write]] = {
    "AgencyScheme": item_scheme,
    "DataProviderScheme": item_scheme,
    "DataConsumerScheme": item_scheme,
    "MetadataProviderScheme": item_scheme,
    "OrganisationUnitScheme": item_scheme,
    "Codelist": codelist,
    "ValueList": value_list,
    "ConceptScheme": item_scheme,
    "DataStructure": data_structure,
    "Dataflow": dataflow,
    "ProvisionAgreement": provision_agreement,
    "DataConstraint": data_constraint,
    "CategoryScheme": item_scheme,
    "Categorisation": categorisation,
    "Hierarchy": hierarchy,
    "RepresentationMap": representation_map,
    "StructureMap": structure_map,
}


def write_10(artefacts: Artefacts, header: StructureHeader, notices: Notices) -> bytes:
    """Return a structure message in SDMX-JSON 1.0: equal artefacts and headers give equal bytes.

    Args:
        artefacts: What it is to hold.
        header: Its header.
        notices: Where it is told what the format cannot say.

    Raises:
        StructureError: An artefact has no name, or an id that SDMX does not allow.
    """
    return _write(artefacts, header, notices, JSON_10)


def write_20(artefacts: Artefacts, header: StructureHeader, notices: Notices) -> bytes:
    """Return a structure message in SDMX-JSON 2.0: equal artefacts and headers give equal bytes.

    Args:
        artefacts: What it is to hold.
        header: Its header.
        notices: Where it is told what the format cannot say.

    Raises:
        StructureError: An artefact has no name, or an id that SDMX does not allow.
    """
    return _write(artefacts, header, notices, JSON_20)


def write_21(artefacts: Artefacts, header: StructureHeader, notices: Notices) -> bytes:
    """Return a structure message in SDMX-JSON 2.1: equal artefacts and headers give equal bytes.

    Args:
        artefacts: What it is to hold.
        header: Its header.
        notices: Where it is told what the format cannot say.

    Raises:
        StructureError: An artefact has no name, or an id that SDMX does not allow.
    """
    return _write(artefacts, header, notices, JSON_21)


def _write(artefacts: Artefacts, header: StructureHeader, notices: Notices, dialect: Dialect) -> bytes:
    writing = Writing(dialect, artefacts, notices)
    data: dict[str, list[Json]] = {name: [] for name in (*dialect.collections.values(), AVAILABILITY)}
    for artefact in artefacts:
        writing.artefact = artefact
        try:
            collection, written = _artefact(writing, artefact)
        except UnsayableError as error:
            notices.left_out(artefact, error.reason)
        else:
            data[collection].extend(written)
    meta = _meta(writing, header)
    message: JsonObject = {"meta": meta, "data": {name: found for name, found in data.items() if found}}
    if dialect.schema_on_top:
        message = {"$schema": dialect.schema, **message}
    return serialise(message, header.id)


def _artefact(writing: Writing, artefact: Maintainable) -> tuple[str, list[JsonObject]]:
    dialect = writing.dialect
    collection = dialect.collections.get(artefact.kind)
    if collection is None:
        raise UnsayableError("not-in-format")
    if not writing.is_first(artefact):
        raise UnsayableError("same-version")
    if isinstance(artefact, DataConstraint) and artefact.role == ACTUAL and dialect.role_key is None:
        return AVAILABILITY, list(availability_constraints(writing, artefact))
    return collection, [_WRITERS[artefact.kind](writing, artefact)]


def _meta(writing: Writing, header: StructureHeader) -> JsonObject:
    if ID.fullmatch(header.id) is None:
        raise StructureError("header-incomplete", where=header.id or "?", missing="ID")
    written: JsonObject = {
        "schema": writing.dialect.schema,
        "id": header.id,
        "prepared": header.prepared,
        "test": header.test,
    }
    of_header = Writing(writing.dialect, Artefacts(), writing.notices)
    sender = _party(of_header, header.sender)
    receivers: list[Json] = [] if header.receiver is None else [_party(of_header, header.receiver)]
    languages = _content_languages(writing.dialect, [*writing.languages, *of_header.languages])
    if languages:
        written["contentLanguages"] = languages
    written["sender"] = sender
    if receivers:
        written["receivers"] = receivers
    return written


def _content_languages(dialect: Dialect, languages: Iterable[str]) -> list[Json]:
    known = dict.fromkeys(language for language in languages if language != UNKNOWN_LANGUAGE)
    if not dialect.has_small_languages:
        return list(known)
    return [tag for tag in dict.fromkeys(map(str.lower, known)) if LOWER_TAG.fullmatch(tag)]


def _party(writing: Writing, party: Party) -> JsonObject:
    if ID.fullmatch(party.id) is None:
        raise StructureError("header-incomplete", where=party.id or "?", missing="Sender")
    written: JsonObject = {"id": party.id}
    writing.put_texts(written, "name", "names", party.name)
    return written
