"""The table of formats."""

import subprocess
import sys

import pytest

from icstip.errors import FormatError
from icstip.messages.formats import FORMATS, format_of, formats_of


@pytest.mark.parametrize(
    ("format_id", "extension"),
    [
        ("sdmx-ml-2.1", "xml"),
        ("sdmx-ml-3.0", "xml"),
        ("sdmx-ml-3.1", "xml"),
        ("sdmx-json-1.0", "json"),
        ("sdmx-json-2.0", "json"),
        ("sdmx-json-2.1", "json"),
    ],
)
def test_structures_can_be_written_in(format_id: str, extension: str) -> None:
    entry = format_of(format_id, "structure")
    assert (entry.id, entry.kind, entry.extension) == (format_id, "structure", extension)
    assert entry.media_type.startswith(f"application/vnd.sdmx.structure+{extension};version=")


def test_a_format_is_listed_once_for_each_kind() -> None:
    keys = [(entry.id, entry.kind) for entry in FORMATS]
    assert len(keys) == len(set(keys))


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(FormatError) as caught:
        format_of("gesmes", "structure")
    assert caught.value.line().startswith("gesmes: there is no format of this name")
    for entry in formats_of("structure"):
        assert entry.id in caught.value.line()


def test_the_table_is_imported_without_any_writer() -> None:
    script = (
        "import sys, icstip.messages.formats; print(sorted({'lxml', 'sdmx', 'polars', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"
