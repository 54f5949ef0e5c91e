"""The rules on totals and their parts as VTL."""

from pathlib import Path

from icstip.checks.coherence.vtl import rulesets
from icstip.workflow.conversion import WithStandard


def hierarchical_rulesets(folder: Path | None = None) -> str:
    """Return the rules on totals and their parts as VTL hierarchical rulesets, one for each dimension that has any.

    Args:
        folder: The folder of the standard; the one that is installed by default.
    """
    own = WithStandard(folder)
    return rulesets(own.schemas.values(), own.knowledge)
