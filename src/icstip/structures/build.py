"""The standard as a message of sdmx1 objects, which people can take into their own code."""

import re
from datetime import datetime

from sdmx.format import Version
from sdmx.message import Header, StructureMessage
from sdmx.model.common import Agency

from icstip.standard.model import Standard
from icstip.structures.data_structures import DataStructureBuilder
from icstip.structures.item_schemes import build_codelist, build_concept_scheme


def build_structures(standard: Standard) -> StructureMessage:
    """Return all artefacts of the standard as objects of `sdmx.model.v30`, in the order of the tables.

    Sources and origins are annotations of type ``SOURCE`` and ``ORIGIN`` whose title is the value; the note on how the
    categories of a concept are counted is one of type ``COUNTING``. The same standard gives an equal message each time.

    Args:
        standard: The standard; `Standard.reissued` gives it another agency, version or final flag.

    Raises:
        StructureError: Something refers to what does not exist.
    """
    codelists = {codelist.id: build_codelist(codelist, standard) for codelist in standard.codelists.values()}
    concepts = build_concept_scheme(standard, codelists)
    builder = DataStructureBuilder(standard, codelists, concepts)
    structures = {structure.id: builder.build(structure) for structure in standard.structures.values()}
    dataflows = {flow.id: builder.build_dataflow(flow, structures) for flow in standard.dataflows.values()}

    message = StructureMessage(version=Version["3.0"], header=_header(standard))
    for artefact in (*codelists.values(), concepts, *structures.values(), *dataflows.values()):
        message.add(artefact)
    return message


def _header(standard: Standard) -> Header:
    return Header(
        id=re.sub(r"[^A-Za-z0-9_@$-]", "_", f"{standard.agency}_{standard.version}"),
        prepared=datetime.fromisoformat(standard.prepared),
        sender=Agency(id=standard.agency, name=dict(standard.agency_name)),
    )
