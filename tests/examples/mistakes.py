"""Mistakes in mappings as tests compare them."""

from pathlib import Path

from icstip.mapping.reading.mistakes import MistakesError


def told(error: MistakesError, folder: Path) -> list[str]:
    """Return the mistakes, each with its file in a folder, its line, its code and which of its texts tells it."""
    assert all(finding.message() and finding.hint() for finding in error.findings)
    return [
        f"{finding.place}: {finding.code} {finding.variant}".removeprefix(f"{folder}/").strip()
        for finding in error.findings
    ]
