"""Schemas of data, found by what a message says that its data are of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, Union

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import Dataflow, DataStructure, ProvisionAgreement
from icstip.artefacts.notices import Notices
from icstip.artefacts.resolution import resolve
from icstip.artefacts.versions import without_extension
from icstip.messages.data_parts import DataHead, Reading, SchemaOf
from icstip.schema import NOTHING_REFUSED, ArtefactKey, Schema
from icstip.schema.from_artefacts import schema_from_artefacts
from icstip.standard.model import Standard
from icstip.standard.read import read_standard
from icstip.structures.building.build import build_artefacts
from icstip.structures.refused_codes import refused_codes
from icstip.workflow.structures import load_structures

if TYPE_CHECKING:
    from sdmx.message import StructureMessage
    from sdmx.model.common import BaseDataStructureDefinition

Given: TypeAlias = Union[
    Schema, "Schemas", "BaseDataStructureDefinition", "StructureMessage", Artefacts, Path, str, None
]
"""What schemas can come from: a schema, or several; a data structure or structure message of sdmx1; artefacts; a file
or folder of structures; or nothing, which means the standard that is installed."""

_NEEDED: Final = frozenset(
    {"Codelist", "ValueList", "ConceptScheme", "DataStructure", "Dataflow", "ProvisionAgreement"}
)

RefusedOf = Callable[[str], Mapping[str, frozenset[str]]]


class Schemas:
    """The schemas of the data structures among artefacts.

    Args:
        artefacts: Data structures and dataflows, with what they refer to.
        refused_of: Codes that the data of a structure may not use, by the id of the structure.
        others: Schemas that are known without artefacts, by structure and by dataflow.
    """

    def __init__(
        self,
        artefacts: Artefacts,
        refused_of: RefusedOf = lambda _: NOTHING_REFUSED,
        others: Sequence[Schema] = (),
    ) -> None:
        self._artefacts = Artefacts(tuple(one for one in artefacts if one.kind in _NEEDED))
        self._refused_of = refused_of
        self._others = {key: one for one in others for key in (one.structure, one.dataflow) if key is not None}
        self._known: dict[tuple[Reference, bool], Schema | None] = {}

    @classmethod
    def of_standard(cls, standard: Standard, others: Sequence[Schema] = ()) -> "Schemas":
        """Return the schemas of the structures of a standard, and others."""
        return cls(build_artefacts(standard), lambda structure: refused_codes(standard, structure), others)

    def find(self, head: DataHead) -> Schema | None:
        """Return the schema of a data set, or None when its structure is not among the artefacts.

        A message of a time before SDMX 3.0 cannot say that a version is a draft: there ``1.0.0`` is its draft too.
        """
        if head.structure is None:
            structures = self._artefacts.all_of(DataStructure)
            return self.of(structures[0], None) if len(structures) == 1 else None
        key = (head.structure, head.generation == "2.1")
        if key not in self._known:
            self._known[key] = self._found(head.structure, drafts=head.generation == "2.1")
        return self._known[key]

    def only(self, head: DataHead) -> Schema | None:
        """Return the schema of the one data structure for data of a dataflow that is not among the artefacts.

        Structures of others are often handed on without their dataflows.
        """
        structures = self._artefacts.all_of(DataStructure)
        if len(structures) != 1 or head.structure is None or head.structure.kind != "Dataflow":
            return None
        said = head.structure
        return replace(self.of(structures[0], None), dataflow=ArtefactKey(said.agency, said.id, said.version))

    def of(self, structure: DataStructure, flow: Dataflow | None) -> Schema:
        """Return the schema of a data structure, for data of a dataflow or of none."""
        return schema_from_artefacts(structure, flow, self._artefacts, self._refused_of(structure.id))

    def _found(self, reference: Reference, *, drafts: bool) -> Schema | None:
        other = self._others.get(ArtefactKey(reference.agency, reference.id, reference.version))
        if other is not None:
            return other
        artefact = self._artefact(reference, drafts=drafts)
        if isinstance(artefact, ProvisionAgreement):
            artefact = self._artefact(artefact.dataflow, drafts=drafts)
        if isinstance(artefact, DataStructure):
            return self.of(artefact, None)
        if not isinstance(artefact, Dataflow) or artefact.structure is None:
            return None
        structure = self._artefact(artefact.structure, drafts=drafts)
        return self.of(structure, artefact) if isinstance(structure, DataStructure) else None

    def _artefact(self, reference: Reference, *, drafts: bool) -> Maintainable | None:
        found = resolve(self._artefacts, reference)
        if found is not None or not drafts:
            return found
        plain = ((replace(one.reference, version=without_extension(one.version)), one) for one in self._artefacts)
        return next((one for known, one in plain if known == reference), None)


def schema_of(given: Given, reading: Reading) -> SchemaOf:
    """Return what finds the schemas of the data in a message; the structures of the installed standard come last.

    Args:
        given: Where schemas come from. A schema or data structure is used whatever the message says; where it says
            something else, that is a finding.
        reading: What is known of the message.

    Raises:
        IcstipError: A file cannot be read, or what is given cannot be the structure of data.
    """
    own = _given(given)
    if isinstance(own, Schema):
        fixed = own
        return lambda head: _fixed(fixed, head, reading)
    if own is None:
        return _installed().find
    return lambda head: own.find(head) or _installed().find(head) or own.only(head)


@cache
def _installed() -> Schemas:
    return Schemas.of_standard(read_standard())


def _given(given: Given) -> Schema | Schemas | None:
    if given is None or isinstance(given, Schema | Schemas):
        return given
    if isinstance(given, Artefacts):
        return Schemas(given)
    if isinstance(given, Path | str):
        return Schemas(load_structures(Path(given)).structures.artefacts)
    return _of_sdmx1(given)


def _of_sdmx1(given: "BaseDataStructureDefinition | StructureMessage") -> Schema | Schemas:
    from sdmx.message import StructureMessage  # noqa: PLC0415 - who has such an object has loaded sdmx1

    from icstip.structures.sdmx_objects.from_objects import from_sdmx1  # noqa: PLC0415

    if isinstance(given, StructureMessage):
        return Schemas(from_sdmx1(given, Notices("sdmx1", "sdmx1")))
    return Schema.from_dsd(given)


def _fixed(schema: Schema, head: DataHead, reading: Reading) -> Schema:
    said = head.structure
    if said is None:
        return schema
    key = ArtefactKey(said.agency, said.id, said.version)
    if said.kind == "Dataflow" and schema.dataflow is None:
        return replace(schema, dataflow=key)
    own = schema.dataflow if said.kind == "Dataflow" else schema.structure
    if said.kind != "ProvisionAgreement" and own is not None and not _same(own, key, head):
        reading.notices.add("DATA-006", str(key), line=head.line, structure=str(own))
    return schema


def _same(own: ArtefactKey, key: ArtefactKey, head: DataHead) -> bool:
    return own == key or (head.generation == "2.1" and replace(own, version=without_extension(own.version)) == key)
