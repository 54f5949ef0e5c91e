"""Mappings in the formats of other tools: read as ours, and ours written as SDMX structures."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from icstip.artefacts.base import Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.maps import StructureMap
from icstip.artefacts.selection import References
from icstip.artefacts.walk import references_of
from icstip.errors import MappingError
from icstip.findings import Finding, Severity
from icstip.mapping.exporting.maps import export_mapping
from icstip.mapping.exporting.source import sdmx_id
from icstip.mapping.importing.checked import Checked
from icstip.mapping.importing.converter_book import has_parameters, read_book
from icstip.mapping.importing.eurostat import import_converter
from icstip.mapping.importing.imported import Imported
from icstip.mapping.importing.world_bank import import_world_bank, is_world_bank
from icstip.mapping.importing.written import imported_codes, imported_text
from icstip.mapping.model import OPEN, LabelRule
from icstip.mapping.reading.mapping import find_mapping, read_mapping
from icstip.mapping.vocabulary import read_cell_meanings, read_periods
from icstip.messages.formats import formats_of
from icstip.messages.structure_header import Party
from icstip.standard.location import standard_folder
from icstip.standard.read import read_standard
from icstip.tables.read import read_grids
from icstip.workflow.conversion import Conversion, Converter
from icstip.workflow.mapping_files import write_mapping_files
from icstip.workflow.publication import Structures, standard_structures
from icstip.workflow.suggestion import check_constants


def import_mapping(
    path: Path, *, folder: Path | None = None, sheet: str | None = None, constants: Mapping[str, str] | None = None
) -> Imported:
    """Return the mapping that a file of another tool describes, with what of it could not be carried over.

    Args:
        path: A workbook with parameters of Eurostat's SDMX Converter, or an SDMX mapping workbook of the World Bank.
        folder: The folder of the standard; the one that is installed by default.
        sheet: Name of the parameter sheet, where a workbook has several.
        constants: Codes of components that hold for all of the table, as its owner knows.

    Raises:
        TableError: The file cannot be read.
        MappingError: It is neither of the two, or a constant is no code of its component.
    """
    dsd = folder or standard_folder()
    standard = read_standard(dsd)
    given = dict(constants or {})
    check_constants(given, standard)
    grids = list(read_grids(path))
    checked = Checked(standard, read_periods(dsd), read_cell_meanings(dsd))
    if is_world_bank(grids):
        return import_world_bank(grids, checked, given, path.stem)
    if has_parameters(grids):
        return import_converter(read_book(grids, str(path), sheet), checked, given, path.stem)
    raise MappingError("import-neither", where=str(path))


def write_imported(imported: Imported, folder: Path, *, language: str = "en", overwrite: bool = False) -> list[Path]:
    """Write the files of a mapping that was carried over.

    Args:
        imported: The mapping.
        folder: Where they belong: ``mapping.toml`` and, if labels have a meaning of their own, ``codes.csv``.
        language: Language of the comments.
        overwrite: Whether a mapping that is there may be replaced: somebody may have worked on it.

    Returns:
        The files.

    Raises:
        OutputError: There is a mapping already, or the folder cannot be written.
    """
    mapping, codes = imported_text(imported, language), imported_codes(imported, language)
    return write_mapping_files(folder, mapping, codes, replace=overwrite)


def export_structures(
    mapping: str,
    *,
    folder: Path | None = None,
    table: Path | None = None,
    agency: str = "",
    references: References = References.NONE,
) -> tuple[Structures, tuple[Finding, ...]]:
    """Return a mapping as SDMX 3.0 structures, and what those cannot say of it.

    Args:
        mapping: Name of a built-in mapping, or a mapping file or folder.
        folder: The folder of the standard; the one that is installed by default.
        table: A table whose labels are added, each with the code that it is resolved to.
        agency: Agency of the maps and of the structure of the table; that of the standard without it.
        references: Which artefacts of the standard that they refer to are added.

    Raises:
        TableError: The table cannot be read.
        MappingError: The mapping cannot be used, or its figures can belong to no structure.
        StandardError: The agency is no id of one.
    """
    dsd = folder or standard_folder()
    standard = read_standard(dsd)
    if agency:
        standard.reissued(agency=agency)  # refuses what is no id of an agency
    rules = read_mapping(find_mapping(mapping, dsd / "mappings"), standard)
    resolved = None if table is None else _resolved(Converter(dsd).convert(table, mapping))
    exported = export_mapping(rules, standard, agency=agency, resolved=resolved)
    whole = standard_structures(standard)
    own = tuple(artefact.reference for artefact in exported.artefacts)
    known = Artefacts.of((*whole.artefacts, *exported.artefacts))
    header = replace(whole.header, id=f"{agency or standard.agency}_{sdmx_id(rules.id, 'MAPPING')}")
    if agency:
        header = replace(header, sender=Party(agency, {}))
    return Structures(header, _with_references(known, own, references)), exported.losses


def mapping_formats() -> list[str]:
    """Return the ids of the formats that can say structure maps."""
    return [fmt.id for fmt in formats_of("structure") if StructureMap.__name__ not in fmt.lacks]


def _resolved(conversion: Conversion) -> list[LabelRule]:
    return [
        LabelRule(label.column, label.component, label.label, label.code, label.also) for label in conversion.labels
    ]


def _with_references(known: Artefacts, own: Iterable[Reference], references: References) -> Artefacts:
    chosen = set(own)
    newest = [known.by_reference[reference] for reference in chosen]
    while newest and references is not References.NONE:
        found = (known.find(reference) for artefact in newest for reference in references_of(artefact))
        newest = [artefact for artefact in found if artefact is not None and artefact.reference not in chosen]
        chosen |= {artefact.reference for artefact in newest}
        if references is References.CHILDREN:
            break
    return Artefacts(tuple(artefact for artefact in known if artefact.reference in chosen))


def not_carried_over(imported: Imported) -> list[Finding]:
    """Return what could not be carried over, in the order of the files."""
    return [finding for finding in imported.findings if finding.severity is not Severity.INFO]


def open_in(imported: Imported) -> list[str]:
    """Return what is left to decide: constants, columns, and labels."""
    named = [
        f"'{part.pairs['column']}'" if name == "component" else name
        for part in imported.parts
        for name, value in part.pairs.items()
        if value == OPEN
    ]
    return [*dict.fromkeys(named), *dict.fromkeys(f"'{rule.label}'" for rule in imported.labels if rule.code == OPEN)]
