"""What comes back from messages with artefacts that use every class and every field of the information model."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from icstip.artefacts.base import Maintainable
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.notices import LEFT_OUT, TRANSLATED, Notices
from icstip.findings import Finding
from icstip.messages.structure_header import Party, StructureHeader
from icstip.messages.structure_ml.read import read
from icstip.messages.structure_ml.write import write_21, write_30, write_31

WRITERS = {"2.1": write_21, "3.0": write_30, "3.1": write_31}
HEADER = StructureHeader("M", "2020-01-01T00:00:00Z", Party("S", {}), None, {}, test=False)

# What SDMX-ML 3.x has and 2.1 does not.
ONLY_3X = {
    "Annotation.title",  # stands for the value
    "Annotation.urls",
    "Annotation.value",
    "Attribute.links",
    "Codelist.extensions",
    "Codelist.links",
    "DataConstraint.data_sources",  # several of them
    "DataConstraint.links",
    "DataStructure.links",
    "DataStructure.metadata",
    "DataStructure.metadata_attributes",
    "Dataflow.links",
    "Dimension.links",
    "HierarchicalCode.links",
    "Hierarchy.links",
    "Item.links",
    "KeySet.keys",
    "Level.links",
    "Measure.mandatory",
    "Reference.version",  # of a draft that is not in the message
    "Region.annotations",
    "Relationship.measures",
    "Representation.enumeration",  # a value list
    "Representation.format",
    "Representation.max_occurs",
    "Representation.min_occurs",
    "Selection.remove_prefix",
    "Selection.valid_from",
    "Selection.valid_to",
    "TextFormat.data_type",
    "TextFormat.facets",  # several languages
    "TextFormat.sentinels",
    "TimeRange.valid_from",
    "TimeRange.valid_to",
    "Value.cascade",
    "Value.language",
    "Value.valid_from",
    "Value.valid_to",
}
# What SDMX-ML 2.1 has and 3.x does not.
ONLY_21 = {
    "Attribute.kind",
    "Codelist.final",
    "DataStructure.final",
    "DataStructure.groups",  # made by a constraint
    "Dimension.kind",
    "Relationship.attachment_groups",
    "Representation.enumeration",  # a concept scheme
    "Representation.format",
}
# A version with wildcards, a text of no language, a time dimension without a representation.
NOWHERE = {"Annotation.text", "Reference.version", "Dimension.representation"}
ONLY_31 = {"Codelist.partial_language", "DataStructure.evolving", "Dataflow.dimensions"}
NOT_IN_31 = {"DataConstraint.data_sources", "DataConstraint.release_calendar"}
SEVERAL_VALUES_IN_A_KEY = {"KeySet.keys"}

CHANGED = {
    "2.1": ONLY_3X | ONLY_31 | NOWHERE,
    "3.0": ONLY_21 | ONLY_31 | NOWHERE | SEVERAL_VALUES_IN_A_KEY,
    "3.1": ONLY_21 | NOT_IN_31 | NOWHERE,
}
AWAY = {
    "2.1": {"MetadataProviderScheme", "ValueList", "DataStructure", "RepresentationMap", "StructureMap"},
    "3.0": set(),
    # Categorisations have no versions, and constraints on what there is have no identity.
    "3.1": {"Categorisation", "DataConstraint"},
}


def _trip(version: str, artefacts: Artefacts) -> tuple[Artefacts, tuple[Finding, ...]]:
    """Return what is read from a message with artefacts, of which all is read, and what the writer said."""
    notices = Notices("message.xml", version)
    found = read(WRITERS[version](artefacts, HEADER, notices), "message.xml")
    assert found.findings == ()
    assert found.format_id == f"sdmx-ml-{version}"
    return found.artefacts, notices.findings


@pytest.fixture(params=WRITERS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_what_the_writer_says_nothing_of_comes_back_as_it_was(version: str, everything: Artefacts) -> None:
    found, notices = _trip(version, everything)
    told = {finding.place.key for finding in notices}
    # That a time dimension gets a representation, and that "not final" is not said, are not worth a word.
    untold = [one for one in everything if _key(one) not in told and one.id not in {"OLD", "CL_ELSEWHERE"}]
    assert len(untold) > 5
    assert [found.by_reference.get(artefact.reference) for artefact in untold] == untold


def test_what_is_only_said_in_another_way_comes_back_as_it_was(version: str, everything: Artefacts) -> None:
    found, notices = _trip(version, everything)
    lost = {finding.place.key for finding in notices if finding.code != TRANSLATED}
    translated = {finding.place.key for finding in notices} - lost
    changed = {one.id for one in everything if _key(one) in translated and found.by_reference[one.reference] != one}
    # A version with wildcards is fixed, a draft that is not in the message is not known as one, keys are expanded.
    assert changed <= {"DF_OLD", "STRUCTURES", "THERE_KEYS"}
    assert len(translated) > len(changed) or version != "2.1"


def test_only_what_the_version_cannot_say_is_changed(version: str, everything: Artefacts) -> None:
    found, _ = _trip(version, everything)
    pairs = [(one, found.by_reference[one.reference]) for one in everything if one.reference in found.by_reference]
    assert {change for before, after in pairs for change in _changes(before, after)} == CHANGED[version]


def test_only_what_the_version_cannot_say_is_away(version: str, everything: Artefacts) -> None:
    found, notices = _trip(version, everything)
    away = [artefact for artefact in everything if artefact.reference not in found.by_reference]
    assert {artefact.kind for artefact in away} == AWAY[version]
    told = {finding.place.key for finding in notices}
    assert set(map(_key, away)) <= told


def test_what_came_back_once_comes_back_again(version: str, everything: Artefacts) -> None:
    once, _ = _trip(version, everything)
    again, notices = _trip(version, once)
    away = {finding.place.key for finding in notices if finding.code == LEFT_OUT}
    assert again == Artefacts(tuple(one for one in once if _key(one) not in away))
    assert {finding.code for finding in notices} <= {TRANSLATED, "FORMAT-003"}


def _changes(before: object, after: object) -> Iterator[str]:
    """Yield the fields that differ, as class and name."""
    if isinstance(before, tuple) and isinstance(after, tuple):
        for one, other in zip(before, after, strict=True):
            yield from _changes(one, other)
    elif is_dataclass(before) and type(before) is type(after):
        for field in fields(before):
            one, other = getattr(before, field.name), getattr(after, field.name)
            if one != other:
                yield from _inner_changes(one, other) or (f"{type(before).__name__}.{field.name}",)


def _inner_changes(one: object, other: object) -> list[str]:
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) != len(other):
        return []
    return list(_changes(one, other))


def _key(artefact: Maintainable) -> str:
    return f"{artefact.kind}={artefact.reference}"
