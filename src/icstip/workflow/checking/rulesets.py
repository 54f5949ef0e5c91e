"""The rules on totals and their parts as VTL."""

from pathlib import Path

from icstip.artefacts.data_structure import DataStructure
from icstip.checks.coherence.vtl import rulesets
from icstip.checks.knowledge import read_knowledge
from icstip.standard.location import standard_folder
from icstip.standard.read import read_standard
from icstip.structures.building.build import build_artefacts
from icstip.workflow.schemas import Schemas


def hierarchical_rulesets(folder: Path | None = None) -> str:
    """Return the rules on totals and their parts as VTL hierarchical rulesets, one for each dimension that has any.

    Args:
        folder: The folder of the standard; the one that is installed by default.
    """
    folder = folder or standard_folder()
    standard = read_standard(folder)
    artefacts = build_artefacts(standard)
    schemas = Schemas.of_standard(standard)
    known = [schemas.of(structure, None) for structure in artefacts.all_of(DataStructure)]
    return rulesets(known, read_knowledge(folder, standard))
