"""The standard as files: its structures in SDMX formats."""

from collections.abc import Sequence
from pathlib import Path

from icstip.messages.formats import format_of, formats_of
from icstip.staging import staged
from icstip.standard.model import Standard
from icstip.structures.build import build_structures


def write_structure_files(standard: Standard, folder: Path, formats: Sequence[str]) -> list[Path]:
    """Write the structures of a standard, a file a format; all files or none.

    Args:
        standard: The standard, re-issued as wanted.
        folder: Where the files belong: ``structures.<format>.<extension>``.
        formats: Ids of structure formats.

    Raises:
        StructureError: There is no such format.
        OutputError: The folder cannot be written.
    """
    chosen = [format_of(name, "structure") for name in formats]
    message = build_structures(standard)
    names = [fmt.file_name("structures") for fmt in chosen]
    with staged(folder) as stage:
        for name, fmt in zip(names, chosen, strict=True):
            (stage / name).write_bytes(fmt.write_structures(message))
    return [folder / name for name in names]


def structure_formats() -> list[str]:
    """Return the ids of the formats of structures."""
    return [fmt.id for fmt in formats_of("structure")]
