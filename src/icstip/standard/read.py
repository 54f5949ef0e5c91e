"""From the tables to the `Standard`."""

from collections.abc import Sequence
from pathlib import Path

from icstip.errors import StandardError
from icstip.standard.folder import StandardFolder
from icstip.standard.location import standard_folder
from icstip.standard.model import Concept, Scheme, Standard
from icstip.standard.reading.cells import by_id, texts_of
from icstip.standard.reading.codelists import read_codelists, read_providers
from icstip.standard.reading.constraints import read_constraints
from icstip.standard.reading.crosswalks import read_crosswalks
from icstip.standard.reading.hierarchies import read_hierarchies
from icstip.standard.reading.structures import read_categories, read_dataflow, read_structures
from icstip.standard.settings import PREPARED, Settings
from icstip.standard.tables import Row


def read_standard(folder: Path | None = None) -> Standard:
    """Return the standard that the tables hold.

    The tables are taken to be checked (`icstip.standard.lint.check_standard`): only what makes a model impossible is an
    error here.

    Args:
        folder: The folder with the tables; the one that `standard_folder` returns by default.

    Raises:
        StandardError: A table is missing or cannot be read, or refers to something that does not exist.
    """
    source = StandardFolder(folder or standard_folder())
    settings = source.settings.sound()
    concepts = by_id(source.concepts, lambda row: _concept(row, settings.languages))
    codelists = read_codelists(source)
    structures = read_structures(source)
    dataflows = by_id(source.dataflows, lambda row: read_dataflow(row, source))
    return Standard(
        agency=_required(settings, "agency"),
        version=_required(settings, "version"),
        final=settings.value("standard", "final") is True,
        prepared=settings.string("standard", "prepared") or PREPARED,
        languages=settings.languages,
        name=settings.texts("standard", "name"),
        description=settings.texts("standard", "description"),
        agency_name=settings.texts("agency", "name"),
        concept_scheme=_scheme(settings, "concept_scheme"),
        concepts=concepts,
        codelists=codelists,
        structures=structures,
        dataflows=dataflows,
        constraints=read_constraints(source, structures, dataflows),
        category_scheme=_optional_scheme(settings, "category_scheme"),
        categories=read_categories(source, dataflows),
        provider_scheme=_optional_scheme(settings, "provider_scheme"),
        providers=read_providers(source, codelists),
        hierarchies=read_hierarchies(source, codelists),
        crosswalks=read_crosswalks(source, structures, codelists),
    )


def _required(settings: Settings, field: str) -> str:
    if value := settings.string("standard", field):
        return value
    place = settings.place("standard", field)
    raise StandardError("standard-value", where=str(place), value="", field=field, expected="…")


def _scheme(settings: Settings, key: str) -> Scheme:
    return Scheme(settings.string(key, "id"), settings.texts(key, "name"), settings.texts(key, "description"))


def _optional_scheme(settings: Settings, key: str) -> Scheme | None:
    return _scheme(settings, key) if settings.string(key, "id") else None


def _concept(row: Row, languages: Sequence[str]) -> Concept:
    return Concept(
        id=row["id"],
        name=texts_of(row, "name", languages),
        description=texts_of(row, "description", languages),
        source=row["source"],
        origin=row["origin"],
        counting=row["counting"],
        counting_note=texts_of(row, "counting", languages),
    )
