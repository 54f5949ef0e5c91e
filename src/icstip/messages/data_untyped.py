"""What a data set seems to look like, when its structure is not at hand."""

from collections.abc import Sequence

from icstip.artefacts.data_structure import PRIMARY_MEASURE, TIME_DIMENSION
from icstip.messages.data_parts import DataHead
from icstip.schema import ArtefactKey, Column, Level, Schema
from icstip.standard.model import Role

_FLOW, _AGREEMENT = "Dataflow", "ProvisionAgreement"


def untyped_schema(head: DataHead, names: Sequence[str]) -> Schema:
    """Return the schema of a data set as it seems to be: uncoded columns of texts.

    What the message says of its components counts. Where it says nothing, the names that SDMX gives to time and value
    count; what stands before the value is taken for a dimension, what stands after it for an attribute.

    Args:
        head: What the message says.
        names: The components in their order in the message.
    """
    value = next((place for place, name in enumerate(names) if _is_measure(head, name)), len(names))
    columns = [_column(head, name, before=place < value) for place, name in enumerate(names)]
    order = {Role.DIMENSION: 0, Role.TIME_DIMENSION: 1, Role.MEASURE: 2, Role.ATTRIBUTE: 3}
    columns.sort(key=lambda column: order[column.role])
    reference = head.structure
    key = ArtefactKey(reference.agency, reference.id, reference.version) if reference else ArtefactKey("", "", "")
    is_flow = reference is not None and reference.kind in {_FLOW, _AGREEMENT}
    return Schema(key, key if is_flow else None, tuple(columns), known=False)


def _is_measure(head: DataHead, name: str) -> bool:
    return head.roles.get(name, Role.MEASURE if name == PRIMARY_MEASURE else None) is Role.MEASURE


def _column(head: DataHead, name: str, *, before: bool) -> Column:
    usual = Role.TIME_DIMENSION if name == TIME_DIMENSION else Role.MEASURE if name == PRIMARY_MEASURE else None
    role = head.roles.get(name) or usual or (Role.DIMENSION if before else Role.ATTRIBUTE)
    return Column(
        id=name,
        role=role,
        codes=None,
        codelist=None,
        data_type="String",
        attachment=head.levels.get(name, Level.OBSERVATION) if role is Role.ATTRIBUTE else None,
        attached_to=head.attached_to.get(name, ()),
        mandatory=role in {Role.DIMENSION, Role.TIME_DIMENSION},
        name=head.names.get(name, {}),
    )
