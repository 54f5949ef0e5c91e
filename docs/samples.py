"""Writes the folder registry_samples/: what we publish, in every format, and data for the thematic dataflows.

Usage: ``python docs/samples.py`` (or ``make samples``). The same tables give the same files.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from icstip.messages.formats import format_of
from icstip.standard.read import read_standard
from icstip.workflow.conversion import Converter, write_conversion
from icstip.workflow.publication import Part, structure_formats, write_structure_files

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "docs" / "examples" / "glotip_excerpt.xlsx"
FORMATS = ("sdmx-csv-2.0", "sdmx-ml-3.0")
MAPS = ("RepresentationMap", "StructureMap")


def main(folder: Path = ROOT / "registry_samples") -> int:
    """Write the samples, and take away those of an earlier run that are no longer made; return the exit code.

    Args:
        folder: Where they belong.
    """
    written = {*_structures(folder), *_data(folder / "data")}
    stale = {path for path in folder.rglob("*.*") if path.suffix in {".xml", ".json", ".csv"}} - written
    for path in stale:
        path.unlink()
    for path in sorted(written):
        sys.stdout.write(f"{path.relative_to(folder.parent)}\n")
    return 0


def _structures(folder: Path) -> list[Path]:
    """Write the structures, and by themselves the maps, which refer to structures of others."""
    standard = read_standard()
    whole = write_structure_files(standard, folder, structure_formats(), part=Part(without=MAPS))
    formats = [name for name in structure_formats() if not format_of(name, "structure").lacks]
    maps = write_structure_files(standard, folder, formats, part=Part(only=MAPS), stem="crosswalks")
    return [*whole.paths, *maps.paths]


def _data(folder: Path) -> list[Path]:
    """Write the data of the example that belong to each thematic dataflow."""
    converter = Converter()
    conversion = converter.convert(EXAMPLE, "glotip")
    flows = {constraint.dataflow for constraint in converter.standard.constraints.values()} - {""}
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary:
        made = write_conversion(conversion, Path(temporary), FORMATS, converter.standard, thematic=True)
        kept = [path for path in made if path.name.split(".")[0] in flows]
        for path in kept:
            (folder / path.name).write_bytes(path.read_bytes())
    return [folder / path.name for path in kept]


if __name__ == "__main__":
    raise SystemExit(main())
