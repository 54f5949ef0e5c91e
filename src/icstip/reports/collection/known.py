"""What a collection knows of areas, for people and programs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from icstip.collection.keeping.schema_file import KeptStructure
from icstip.collection.state.scanning import SENDER
from icstip.collection.store import Collection
from icstip.errors import CollectionError
from icstip.reports.collection.cells import cells_table, frame_table, same_in_all
from icstip.reports.collection.form import TableForm
from icstip.reports.collection.table import as_text, written
from icstip.texts import text

_STRUCTURE = "_STRUCTURE"


@dataclass(frozen=True)
class Known:
    """What is known of one structure.

    Attributes:
        structure: The structure.
        cells: Its cells, by key and sender.
    """

    structure: KeptStructure
    cells: pl.DataFrame


def known_cells(
    collection: Collection,
    structures: Sequence[str],
    areas: Sequence[str],
    senders: Sequence[str],
    as_of: str | None,
    *,
    has_history: bool = False,
) -> list[Known]:
    """Return what is known, by structure.

    Args:
        collection: The collection.
        structures: Only these structures; all by default.
        areas: Only these areas; all by default.
        senders: Only what these senders say; all by default.
        as_of: As known on this date or at this time.
        has_history: Whether every version of each cell is wanted.

    Raises:
        CollectionError: A structure or an area has no observations.
    """
    names = list(dict.fromkeys(structures)) or collection.structures()
    _check_areas(collection, names, areas)
    found = []
    for name in names:
        structure = collection.kept_structure(name)
        read = collection.history if has_history else collection.states
        frames = list(read(name, areas=areas or None, as_of=as_of))
        if not frames:
            continue
        cells = pl.concat(frames)
        if senders:
            cells = cells.filter(pl.col(SENDER).is_in(senders))
        by_key = cells if has_history else cells.sort(*structure.schema.dimensions, SENDER, nulls_last=False)
        if by_key.height:
            found.append(Known(structure, by_key))
    return found


def known_text(found: Sequence[Known], form: TableForm, language: str = "en") -> str:
    """Return what is known in a form."""
    if form is TableForm.TEXT:
        return "\n".join("".join(f"{line}\n" for line in _lines(one, language)) for one in found)
    frames = [one.cells.select(pl.lit(one.structure.schema.structure.id).alias(_STRUCTURE), pl.all()) for one in found]
    return written(frame_table(frames), form)


def _lines(known: Known, language: str) -> Iterator[str]:
    schema = known.structure.schema
    name = schema.name.get(language, schema.name.get("en", ""))
    yield f"{schema.structure.id}: {name} ({known.cells.height:,})"
    same = " ".join(f"{component}={code}" for component, code in same_in_all(known.cells, known.structure))
    if same:
        yield text("collection.same", language, same=same)
    yield from as_text(cells_table(known.cells, known.structure, language)).splitlines()


def _check_areas(collection: Collection, structures: Sequence[str], areas: Sequence[str]) -> None:
    known = {area for name in structures for area in collection.areas(name)}
    for area in areas:
        if area not in known:
            raise CollectionError(
                "collection-area-unknown", where=str(collection.folder), area=area, known=", ".join(sorted(known))
            )
