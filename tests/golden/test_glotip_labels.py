"""The reviewed table of all 245 breakdown labels in UNODC's published table: what each means, and how that is known.

The table was read line by line by a person. A change in it is a decision, never a side effect.
"""

import csv
import io
from pathlib import Path

import polars as pl
import pytest

from icstip.mapping.labels import Labels
from icstip.mapping.reading.mapping import find_mapping, read_mapping
from icstip.mapping.resolve import FATE, ColumnResolver
from icstip.mapping.vocabulary import read_vocabulary
from icstip.standard.location import standard_folder
from icstip.standard.read import read_standard
from icstip.tables.grid import Grid
from icstip.tables.header import Table
from icstip.tables.records import ROW

_TABLE = Path(__file__).with_name("glotip_labels.csv").read_text(encoding="utf-8")
REVIEWED = list(csv.DictReader(io.StringIO(_TABLE, newline="")))
LABELS = 245


@pytest.fixture(scope="module")
def resolved() -> dict[tuple[str, str], dict[str, object]]:
    """What the resolver makes of every label, by dimension and label."""
    standard = read_standard()
    mapping = read_mapping(find_mapping("glotip", standard_folder() / "mappings"), standard)
    given = {"Iso3_code": "ALB", "Country": "Albania", "Indicator": "Detected trafficking victims", "Sex": "Total"}
    given |= {"Age": "Total", "Unit of measurement": "Counts", "Source": "GLOTIP"}
    records = pl.DataFrame(
        [{**given, "Dimension": row["dimension"], "Category": row["label"]} for row in REVIEWED]
    ).with_row_index(ROW, offset=1)
    letters = {header: chr(ord("A") + i) for i, header in enumerate(records.columns[1:])}
    table = Table(Grid("table.csv", None, records), records, letters, 0, ())
    codelists = {c.id: c.codelist for s in standard.structures.values() for c in s.components if c.codelist}
    labels = Labels(standard, read_vocabulary(standard_folder()))
    resolver = ColumnResolver(table, mapping, labels, codelists, accept_suggestions=False)
    frame = resolver.resolve(records.with_columns(pl.lit(None, dtype=pl.String).alias(FATE)))
    how = {(entry.component, entry.label): entry.how for entry in resolver.resolved}
    rows = frame.iter_rows(named=True)
    return {(row["Dimension"], row["Category"]): {**row, "how": how} for row in rows}


def test_the_reviewed_table_holds_every_label_once_a_dimension() -> None:
    assert len({row["label"] for row in REVIEWED}) == LABELS
    assert len({(row["dimension"], row["label"]) for row in REVIEWED}) == len(REVIEWED)


@pytest.mark.parametrize("reviewed", REVIEWED, ids=lambda row: f"{row['dimension']}: {row['label']}")
def test_a_label_has_the_code_that_was_reviewed(
    reviewed: dict[str, str], resolved: dict[tuple[str, str], dict[str, object]]
) -> None:
    row = resolved[reviewed["dimension"], reviewed["label"]]
    expected = {reviewed["component"]: reviewed["code"], **dict(part.split("=") for part in reviewed["also"].split())}
    how = row["how"]
    assert isinstance(how, dict)
    assert {name: row[f"@{name}"] or "" for name in expected} == expected
    assert how[reviewed["component"], reviewed["label"]] == reviewed["how"]
    assert (row[FATE] or "") == reviewed["set_aside"]
