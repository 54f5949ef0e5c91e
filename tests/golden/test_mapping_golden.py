"""A mapping as a message of structure maps, character by character. The expected files are read when they change."""

from pathlib import Path

import pytest

from icstip.artefacts.collection import Artefacts
from icstip.mapping.exporting.maps import export_mapping
from icstip.mapping.reading.mapping import read_mapping
from icstip.messages.formats import format_of
from icstip.standard.model import Standard
from icstip.workflow.publication import Structures, standard_structures, write_message

TOML = """
[mapping]
title = "Détenus & <victimes>"
[table]
figures = "Nombre"
[time]
column = "Année"
[constants]
AREA = "CI"
[[columns]]
column = "Forme"
component = "FORM"
blank = "_T"
[[columns]]
column = "Note"
component = "STATUS"
when = { Source = "police" }
[[columns]]
column = "Note"
component = "STATUS"
when = { Source = "" }
"""
CODES = """column,component,label,code
Forme,FORM,travail forcé,LABOUR
Forme,FORM,"esclavage, servitude",SLAVERY
Note,STATUS,manque,O
"""


@pytest.mark.parametrize("format_id", ["sdmx-ml-3.0", "sdmx-json-2.0"])
def test_the_message_is_the_expected_one(format_id: str, small_standard: Standard, tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "mapping.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "m" / "codes.csv").write_text(CODES, encoding="utf-8")
    exported = export_mapping(read_mapping(tmp_path / "m" / "mapping.toml", small_standard), small_standard)
    structures = Structures(standard_structures(small_standard).header, Artefacts.of(exported.artefacts))
    fmt = format_of(format_id, "structure")
    expected = Path(__file__).with_name(fmt.file_name("mapping")).read_bytes()
    assert write_message(structures, fmt)[0] == expected
