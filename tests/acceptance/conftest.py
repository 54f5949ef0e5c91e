"""The real tables are in a folder beside the repository; these tests run only where it is."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real tables."""
    folder = Path(os.environ.get("ICSTIP_SHARED", Path(__file__).parents[3] / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"no tables in {folder}")
    return folder
