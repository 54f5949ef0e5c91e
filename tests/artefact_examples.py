"""Artefacts that use every class and every field of the information model, with texts that are hard to write."""

from tests.examples import constraints, data_structures, groupings, items

from icstip.artefacts.collection import Artefacts


def everything() -> Artefacts:
    """Return artefacts of every class, which together use every field."""
    return Artefacts.of(
        [
            *items.organisations(),
            *items.codelists(),
            *items.concept_schemes(),
            *data_structures.data_structures(),
            *data_structures.dataflows(),
            *data_structures.agreements(),
            *constraints.constraints(),
            *groupings.categories(),
            *groupings.hierarchies(),
            *groupings.maps(),
        ]
    )
