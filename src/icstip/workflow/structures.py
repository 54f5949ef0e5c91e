"""Structures from files, and what changed between two of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import Dataflow, DataStructure, ProvisionAgreement
from icstip.artefacts.notices import Notices
from icstip.artefacts.versions import DRAFT, is_stable
from icstip.artefacts.walk import with_references
from icstip.errors import FormatError, StructureError
from icstip.findings import Finding, Report
from icstip.messages.data_schema.dialect import Version
from icstip.messages.data_schema.layout import ALL_DIMENSIONS
from icstip.messages.data_schema.write import write_schema
from icstip.messages.document import StructureDocument
from icstip.messages.formats import format_of
from icstip.messages.structure_files import read_structure_file
from icstip.messages.structure_header import Party, StructureHeader
from icstip.standard.folder import StandardFolder
from icstip.standard.lint import check_standard
from icstip.standard.read import read_standard
from icstip.standard.settings import NAME, PREPARED
from icstip.structures.building.build import build_artefacts
from icstip.structures.diff.changes import Diff
from icstip.structures.diff.compare import diff_artefacts
from icstip.structures.diff.kinds import UNSAYABLE
from icstip.structures.diff.publication import check_against
from icstip.workflow.publication import Structures, standard_structures


@dataclass(frozen=True, slots=True)
class Loaded:
    """Structures that were read.

    Attributes:
        structures: The structures, under the header of the first message.
        unsayable: What the formats that they came in cannot say: classes of artefacts, and kinds of change.
        findings: What could not be read.
    """

    structures: Structures
    unsayable: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()


def load_structures(path: Path) -> Loaded:
    """Return the structures in a file, in all files of a folder, or of the tables of a standard.

    Args:
        path: A structure message in any format, a folder of them, or a folder with the tables of a standard.

    Raises:
        FormatError: A file is no structure message, or the folder has none.
        StandardError: The tables of a standard cannot be read.
    """
    if (path / NAME).is_file():
        return Loaded(standard_structures(read_standard(path)))
    files = sorted(filter(_is_message, path.iterdir())) if path.is_dir() else [path]
    documents = [read_structure_file(file) for file in files]
    if not documents:
        raise FormatError("structure-folder-empty", where=str(path))
    artefacts, repeated = together(documents, str(path))
    header, completed = _completed(documents[0].header, path, artefacts)
    return Loaded(
        Structures(header, artefacts),
        frozenset().union(*(unsayable_in(document.format_id) for document in documents)),
        (*(finding for document in documents for finding in document.findings), *repeated, *completed),
    )


def data_schema(
    structures: Structures,
    structure: str,
    version: str,
    *,
    dimension_at_observation: str = ALL_DIMENSIONS,
    constrained: bool = True,
    base: str = "",
) -> bytes:
    """Return the XML schema of the structure-specific data of a data structure, dataflow or provision agreement.

    Args:
        structures: The structures that it is in, with what it refers to.
        structure: Its id.
        version: Version of SDMX-ML: ``2.1``, ``3.0`` or ``3.1``, or the id of a format: ``sdmx-ml-3.0``.
        dimension_at_observation: ``AllDimensions`` for flat data, or the id of a dimension.
        constrained: Whether only the codes are allowed that the constraints leave.
        base: Folder or address of the official schemas; without it they are looked for beside this one.

    Raises:
        FormatError: SDMX-ML has no such version.
        StructureError: There is no such structure, or SDMX-ML of that version cannot say it.
    """
    number = version.removeprefix("sdmx-ml-")
    chosen = next((known for known in get_args(Version) if known == number), None)
    if chosen is None:
        raise FormatError("format-unknown", where=version, known=", ".join(f"sdmx-ml-{v}" for v in get_args(Version)))
    found = [
        artefact.reference
        for artefact in structures.artefacts
        if artefact.id == structure and isinstance(artefact, DataStructure | Dataflow | ProvisionAgreement)
    ]
    if len(found) != 1:
        raise StructureError("schema-structure-unknown", where=structure, number=len(found))
    return write_schema(
        structures.artefacts,
        found[0],
        version=chosen,
        dimension_at_observation=dimension_at_observation,
        constrained=constrained,
        base=base,
    )


def diff_structures(old: Loaded, new: Loaded, *, ignore_agency: bool = False) -> Diff:
    """Return what changed between two sets of structures, and the least version that says so.

    Args:
        old: What there was.
        new: What there is.
        ignore_agency: Whether artefacts of different agencies are taken for the same.
    """
    return diff_artefacts(
        old.structures.artefacts,
        new.structures.artefacts,
        unsayable=old.unsayable | new.unsayable,
        ignore_agency=ignore_agency,
    )


def check_published(folder: Path, published: Path) -> Report:
    """Return all that is wrong with the tables of a standard, also given what was published of it.

    Args:
        folder: The folder with the tables.
        published: What was published: anything that `load_structures` reads.

    Raises:
        FormatError: What was published cannot be read.
        StandardError: The tables cannot be read.
    """
    report = check_standard(folder)
    if report.has_errors:
        return report
    source = StandardFolder(folder)
    standard = read_standard(folder)
    before = load_structures(published)
    found = check_against(
        build_artefacts(standard),
        before.structures.artefacts,
        source.settings.place("standard", "version"),
        unsayable=before.unsayable,
    )
    return Report.of((*report.findings, *before.findings, *found))


def unsayable_in(format_id: str) -> frozenset[str]:
    """Return what a format of structures cannot say: classes of artefacts, and kinds of change."""
    return UNSAYABLE[format_of(format_id, "structure").model]


def _completed(
    header: StructureHeader, path: Path, artefacts: Artefacts
) -> tuple[StructureHeader, tuple[Finding, ...]]:
    """Return a header that has all that a message must have: what is missing is taken from the file and its content."""
    notices = Notices(str(path), path.name)
    agency = next((artefact.agency for artefact in artefacts), "UNKNOWN")
    made_up = {"ID": re.sub(r"[^A-Za-z0-9_@$-]", "_", path.stem) or "UNNAMED", "Prepared": PREPARED, "Sender": agency}
    given = {"ID": header.id, "Prepared": header.prepared, "Sender": header.sender.id}
    for part in (part for part, value in given.items() if not value):
        notices.completed(part, made_up[part])
    sender = header.sender if header.sender.id else Party(agency, {})
    complete = replace(header, id=header.id or made_up["ID"], prepared=header.prepared or PREPARED, sender=sender)
    return complete, notices.findings


def together(documents: Sequence[StructureDocument], where: str) -> tuple[Artefacts, tuple[Finding, ...]]:
    """Return the artefacts of several messages; of one that several have, the first stands.

    Args:
        documents: The messages.
        where: The folder or address that they come from, for the findings.
    """
    if len(documents) == 1:
        return documents[0].artefacts, ()
    notices = Notices(where, where)
    known = Artefacts(tuple(artefact for document in documents for artefact in document.artefacts))
    kept: dict[Reference, Maintainable] = {}
    for document in documents:
        for read in document.artefacts:
            artefact = _settled(read, known) if format_of(document.format_id, "structure").model == "2.1" else read
            if kept.setdefault(artefact.reference, artefact) != artefact:
                notices.not_read(artefact.kind, artefact)
    return Artefacts.of(kept.values()), notices.findings


def _settled(artefact: Maintainable, known: Artefacts) -> Maintainable:
    """Return an artefact with the extension of drafts in references to them, which SDMX 2.1 cannot say.

    Its reader knows the drafts in the same message; these are in others.
    """

    def settled(reference: Reference) -> Reference:
        draft = replace(reference, version=f"{reference.version}{DRAFT}")
        if not is_stable(reference.version) or known.find(reference) or not known.find(draft):
            return reference
        return draft

    return with_references(artefact, settled)


def _is_message(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in {".xml", ".json"}
