"""The files of a mapping, drafted or carried over, where their owner finds them."""

from pathlib import Path
from typing import Final

from icstip.errors import OutputError
from icstip.mapping.reading.mapping import CODES_FILE, MAPPING_FILE
from icstip.staging import staged

PREVIEW_FILE: Final = "preview.html"


def write_mapping_files(folder: Path, mapping: str, codes: str, *, replace: bool, page: str = "") -> list[Path]:
    """Write the files of a mapping; all of them or none.

    Args:
        folder: Where they belong.
        mapping: What ``mapping.toml`` says.
        codes: What ``codes.csv`` says.
        replace: Whether a mapping that is there may be replaced: somebody may have worked on it.
        page: What ``preview.html`` shows; without it there is no such file.

    Returns:
        The files.

    Raises:
        OutputError: There is a mapping already, or the folder cannot be written.
    """
    there = next((folder / name for name in (MAPPING_FILE, CODES_FILE) if (folder / name).exists()), None)
    if there is not None and not replace:
        raise OutputError("output-exists", where=str(there))
    # Spreadsheet programs know UTF-8 by the mark before it.
    files = {MAPPING_FILE: (mapping, "utf-8"), CODES_FILE: (codes, "utf-8-sig")}
    files |= {PREVIEW_FILE: (page, "utf-8")} if page else {}
    with staged(folder) as stage:
        for name, (content, encoding) in files.items():
            (stage / name).write_text(content, encoding=encoding, newline="\n")
    return [folder / name for name in files]
