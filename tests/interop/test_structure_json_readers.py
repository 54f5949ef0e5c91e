"""pysdmx reads what we write in SDMX-JSON 2.0 and 2.1, and we read what it writes: artefact by artefact the same.

It keeps one language, and neither the parents of codes nor links. sdmx1 reads data in SDMX-JSON, but no structures, and
nothing that is open to us reads structures in SDMX-JSON 1.0.
"""

from dataclasses import replace
from typing import Any

import pysdmx.errors
import pytest
from pysdmx.io import read_sdmx, write_sdmx
from pysdmx.io.format import Format
from tests.artefact_examples import everything
from tests.examples.json_messages import written
from tests.examples.json_sayable import said_in
from tests.examples.pysdmx_views import view, view_of_theirs

from icstip.artefacts.base import Maintainable, Representation, TextFormat
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.constraints import ACTUAL, DataConstraint, Region
from icstip.artefacts.data_structure import DataStructure
from icstip.artefacts.items import ConceptScheme, Item, ValueList
from icstip.artefacts.maps import RepresentationMap
from icstip.messages.structure_json.read import read

FORMATS = {"2.0": Format.STRUCTURE_SDMX_JSON_2_0_0, "2.1": Format.STRUCTURE_SDMX_JSON_2_1_0}

# What pysdmx 1.21 stumbles on, though the schema allows it.
STUMBLES = {
    "VL_SIGN": "a value without a name",
    "CS_TEST": "an unbounded number of values",
    "FULL": "a time that begins with a month; sentinel values",
    "OLD": "a group without dimensions",
    "HEAD": "a data structure without components",
    "CUBE": "a period of validity that is no time",
    "KEYS": "a period of validity that is no time",
    "THERE_KEYS": "what there is as a set of keys",
    "RM_PAIRS": "a mapping without targets",
}
# What it reads, but cannot write again, or passes over.
ONE_WAY = {"UNITS", "DF_HEAD", "SOURCES", "THERE"}


def _named(artefacts: list[Maintainable]) -> list[Any]:
    return [pytest.param(artefact, id=artefact.id) for artefact in artefacts]


def _readable() -> list[Maintainable]:
    """Return the examples, those that pysdmx stumbles on without what it stumbles on."""
    artefacts = [artefact for artefact in everything() if artefact.id not in {"OLD", "HEAD", "UNITS", "THERE_KEYS"}]
    return [_eased(artefact) for artefact in artefacts]


def _eased(artefact: Maintainable) -> Maintainable:
    if isinstance(artefact, ValueList):
        return replace(artefact, items=tuple(item for item in artefact.items if item.name))
    if isinstance(artefact, ConceptScheme):
        return replace(artefact, items=tuple(map(_eased_concept, artefact.items)))
    if isinstance(artefact, DataStructure):
        return _eased_structure(artefact)
    if isinstance(artefact, DataConstraint):
        keys = tuple(replace(keys, keys=tuple(map(_eased_region, keys.keys))) for keys in artefact.key_sets)
        return replace(artefact, regions=tuple(map(_eased_region, artefact.regions)), key_sets=keys)
    if isinstance(artefact, RepresentationMap):
        return replace(artefact, mappings=tuple(one for one in artefact.mappings if one.targets))
    return artefact


def _eased_concept(concept: Item) -> Item:
    given = concept.representation
    is_hard = given is not None and (given.max_occurs == "unbounded" or (given.format and given.format.sentinels))
    return replace(concept, representation=None) if is_hard else concept


def _eased_structure(structure: DataStructure) -> DataStructure:
    period = Representation(format=TextFormat("GregorianTimePeriod"))
    dimensions = [
        replace(part, representation=period) if part.kind == "TimeDimension" else part for part in structure.dimensions
    ]
    attributes = [replace(part, representation=None) if part.id == "COMMENT" else part for part in structure.attributes]
    return replace(structure, dimensions=tuple(dimensions), attributes=tuple(attributes))


def _eased_region(region: Region) -> Region:
    selections = tuple(
        replace(
            part,
            valid_from=None,
            valid_to=None,
            values=tuple(replace(value, valid_from=None, valid_to=None) for value in part.values),
        )
        for part in region.selections
    )
    return replace(region, valid_from=None, valid_to=None, selections=selections)


@pytest.mark.parametrize("artefact", _named([one for one in everything() if one.id in STUMBLES]))
def test_what_pysdmx_stumbles_on_is_still_what_it_was(artefact: Maintainable) -> None:
    with pytest.raises((pysdmx.errors.Invalid, AttributeError)):
        read_sdmx(written("2.0", artefact).decode(), validate=False)


@pytest.mark.parametrize("version", FORMATS)
@pytest.mark.parametrize("artefact", _named(_readable()))
def test_pysdmx_reads_what_is_written(version: str, artefact: Maintainable) -> None:
    known = _single_valued(artefact)
    (theirs,) = read_sdmx(written(version, known).decode(), validate=False).structures
    (said,) = said_in(version, Artefacts.of([known]))
    assert view_of_theirs(theirs) == view(said)


def _single_valued(artefact: Maintainable) -> Maintainable:
    """Return a constraint whose keys have one value of a dimension each, which is all that pysdmx knows."""
    if not isinstance(artefact, DataConstraint):
        return artefact
    sets = tuple(
        replace(
            keys,
            keys=tuple(
                replace(key, selections=tuple(replace(part, values=part.values[:1]) for part in key.selections))
                for key in keys.keys
            ),
        )
        for keys in artefact.key_sets
    )
    return replace(artefact, key_sets=() if artefact.role == ACTUAL else sets)


@pytest.mark.parametrize("version", FORMATS)
@pytest.mark.parametrize("artefact", _named([one for one in _readable() if one.id not in ONE_WAY]))
def test_what_pysdmx_writes_is_read(version: str, artefact: Maintainable) -> None:
    theirs = read_sdmx(written(version, _single_valued(artefact)).decode(), validate=False).structures
    text = write_sdmx(theirs, FORMATS[version])
    assert text is not None
    found = read(text.encode(), "message.json")
    assert found.format_id == f"sdmx-json-{version}"
    assert found.findings == ()
    (ours,) = found.artefacts
    assert view(ours) == view_of_theirs(theirs[0])
