"""All artefacts of the standard."""

from collections import Counter
from collections.abc import Iterator

from icstip.artefacts.base import Maintainable
from icstip.artefacts.collection import Artefacts
from icstip.errors import StructureError
from icstip.standard.model import Standard
from icstip.structures.building.categories import build_categorisations, build_category_scheme
from icstip.structures.building.constraints import build_constraint
from icstip.structures.building.crosswalks import build_crosswalk
from icstip.structures.building.data_structures import build_data_structure
from icstip.structures.building.dataflows import build_dataflow
from icstip.structures.building.hierarchies import build_hierarchy
from icstip.structures.building.item_schemes import build_codelist, build_concept_scheme
from icstip.structures.building.maintenance import Issue
from icstip.structures.building.organisations import build_agency_scheme, build_provider_scheme


def build_artefacts(standard: Standard) -> Artefacts:
    """Return all artefacts of the standard, those of a class in the order of the tables.

    Sources and origins are annotations of type ``SOURCE`` and ``ORIGIN`` whose title is the value; the note on how the
    categories of a concept are counted is one of type ``COUNTING``. Provision agreements are not among them: who sends
    data is known to those who collect them (`icstip.structures.building.dataflows.build_agreements`).

    Args:
        standard: The standard; `Standard.reissued` gives it another agency, version or final flag.

    Raises:
        StructureError: Something refers to what does not exist, or two artefacts have one id.
    """
    artefacts = Artefacts.of(_artefacts(Issue(standard)))
    counts = Counter(artefact.reference for artefact in artefacts)
    for reference, count in counts.items():
        if count > 1:
            raise StructureError("artefact-twice", where=str(reference), kind=reference.kind)
    return artefacts


def _artefacts(issue: Issue) -> Iterator[Maintainable]:
    standard = issue.standard
    yield build_agency_scheme(standard)
    if standard.provider_scheme:
        yield build_provider_scheme(standard.provider_scheme, issue)
    yield from (build_codelist(codelist, issue) for codelist in standard.codelists.values())
    yield build_concept_scheme(issue)
    yield from (build_data_structure(structure, issue) for structure in standard.structures.values())
    yield from (build_dataflow(dataflow, issue) for dataflow in standard.dataflows.values())
    yield from (build_constraint(constraint, issue) for constraint in standard.constraints.values())
    if standard.category_scheme:
        yield build_category_scheme(standard.category_scheme, issue)
        yield from build_categorisations(standard.category_scheme, issue)
    yield from (build_hierarchy(hierarchy, issue) for hierarchy in standard.hierarchies.values())
    for crosswalk in standard.crosswalks.values():
        yield from build_crosswalk(crosswalk, issue)
