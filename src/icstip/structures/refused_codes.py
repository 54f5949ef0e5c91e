"""Codes that exist in a code list but that the data of a structure may not use."""

from collections.abc import Mapping

from icstip.standard.model import TOTAL, Component, Role, Standard, Structure
from icstip.structures.building.maintenance import referred


def refused_codes(standard: Standard, structure_id: str) -> Mapping[str, frozenset[str]]:
    """Return the refused codes of every component of a structure that has any.

    They are the codes that the structure does not allow, and the total where it would say nothing, as in the indicator.

    Args:
        standard: The standard.
        structure_id: Id of one of its structures.

    Raises:
        StructureError: There is no such structure, or a component uses a code list that does not exist.
    """
    structure = referred(standard.structures, "DataStructure", structure_id, where=standard.agency)
    coded = (component for component in structure.components if component.codelist)
    refused = {component.id: _refused(component, structure, standard) for component in coded}
    return {component: codes for component, codes in refused.items() if codes}


def _refused(component: Component, structure: Structure, standard: Standard) -> frozenset[str]:
    where = f"{structure.id}.{component.id}"
    codes = referred(standard.codelists, "Codelist", component.codelist, where=where).by_id.keys()
    refused = codes - structure.allowed.get(component.id, codes)
    if component.role is Role.DIMENSION and not component.total:
        refused |= codes & {TOTAL}
    return frozenset(refused)
