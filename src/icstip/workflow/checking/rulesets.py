"""The rules on totals and their parts as VTL."""

from pathlib import Path

from icstip.checks.coherence.vtl import rulesets
from icstip.coherence.knowledge import read_knowledge
from icstip.standard.location import standard_folder
from icstip.workflow.conversion import Converter


def hierarchical_rulesets(folder: Path | None = None) -> str:
    """Return the rules on totals and their parts as VTL hierarchical rulesets, one for each dimension that has any.

    Args:
        folder: The folder of the standard; the one that is installed by default.
    """
    folder = folder or standard_folder()
    converter = Converter(folder)
    return rulesets(converter.schemas.values(), read_knowledge(folder, converter.standard))
