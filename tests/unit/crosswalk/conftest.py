"""The crosswalks of the standard, read once."""

from pathlib import Path

import pytest

from icstip.workflow.crosswalking.crosswalker import Crosswalker


@pytest.fixture(scope="session")
def crosswalker(dsd_folder: Path) -> Crosswalker:
    return Crosswalker(dsd_folder)
