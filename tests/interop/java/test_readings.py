"""What a reader says of a file is weighed: a difference is seen, and so is a table of gaps that is no longer true."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.interop.java.comparison import CODE_LISTS, DATA_STRUCTURES, PARENTS, aspects_of
from tests.interop.java.files import Subject
from tests.interop.java.run import DIFFERS, GAP, NOT_SUPPORTED, READ, REFUSED, STALE, Result, Row, _judged

from icstip.artefacts.base import Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import Attribute, DataStructure, Dimension, Level, Measure, Relationship
from icstip.artefacts.items import Codelist, Item

CODES = Artefacts.of(
    [
        Codelist(
            id="CL",
            agency="A",
            version="1.0.0-draft",
            items=(Item(id="_T", name={"en": "Total"}), Item(id="X", name={"en": "Ex"}, parent="_T")),
        )
    ]
)
CONCEPT = Reference("Concept", "A", "CS", "1.0")
STRUCTURE = Artefacts.of(
    [
        DataStructure(
            id="D",
            agency="A",
            dimensions=(
                Dimension(id="AREA", concept=CONCEPT),
                Dimension(id="FORM", concept=CONCEPT),
                Dimension(id="TIME_PERIOD", concept=CONCEPT, kind="TimeDimension"),
            ),
            measures=(Measure(id="OBS_VALUE", concept=CONCEPT),),
            attributes=(Attribute(id="STATUS", concept=CONCEPT, relationship=Relationship(Level.OBSERVATION)),),
        )
    ]
)


def _found_codes(**changes: object) -> list[Mapping[str, Any]]:
    first = {"id": "_T", "name": "Total"}
    return [{"id": "A:CL(1.0.0)", "codes": [first, {"id": "X", "name": "Ex", "parent": "_T", **changes}]}]


def _found_structure(**changes: object) -> list[Mapping[str, Any]]:
    found = {
        "id": "A:D(1.0)",
        "dimensions": [{"id": "AREA"}, {"id": "FORM"}],
        "time": "TIME_PERIOD",
        "measure": "OBS_VALUE",
        "attributes": [{"id": "STATUS", "level": "OBSERVATION"}],
    }
    return [{**found, **changes}]


def test_what_is_the_same_has_no_differences() -> None:
    assert all(not differences for _, differences in aspects_of(CODE_LISTS, CODES, _found_codes(), "en"))
    assert all(not differences for _, differences in aspects_of(DATA_STRUCTURES, STRUCTURE, _found_structure(), "en"))


@pytest.mark.parametrize(
    ("changes", "aspect", "difference"),
    [
        ({"name": "Why"}, CODE_LISTS, "A:CL(1.0.0): name of X (en): 'Ex' for us, 'Why' for it"),
        ({"parent": ""}, PARENTS, "A:CL(1.0.0): parent of X: '_T' for us, '' for it"),
        ({"id": "Y"}, CODE_LISTS, "A:CL(1.0.0): codes: only for us ['X'], only for it ['Y']"),
    ],
)
def test_a_code_that_is_read_otherwise_is_a_difference(
    changes: Mapping[str, str], aspect: str, difference: str
) -> None:
    assert difference in dict(aspects_of(CODE_LISTS, CODES, _found_codes(**changes), "en"))[aspect]


@pytest.mark.parametrize(
    ("changes", "difference"),
    [
        (
            {"dimensions": [{"id": "FORM"}, {"id": "AREA"}]},
            "A:D(1.0): dimensions: in another order: ['AREA', 'FORM']… for us, ['FORM', 'AREA']… for it",
        ),
        ({"attributes": []}, "A:D(1.0): attributes: only for us ['STATUS'], only for it []"),
        (
            {"attributes": [{"id": "STATUS", "level": "SERIES"}]},
            "A:D(1.0): level of STATUS: observation for us, SERIES for it",
        ),
    ],
)
def test_a_data_structure_that_is_read_otherwise_is_a_difference(changes: Mapping[str, Any], difference: str) -> None:
    found = dict(aspects_of(DATA_STRUCTURES, STRUCTURE, _found_structure(**changes), "en"))
    assert found[DATA_STRUCTURES] == [difference]


def test_what_a_reader_does_not_find_at_all_is_a_difference() -> None:
    assert dict(aspects_of(CODE_LISTS, CODES, [], "en"))[CODE_LISTS] == [
        "code lists: only for us ['A:CL(1.0.0)'], only for it []"
    ]


def _judge(reader: str, *results: Result) -> Row:
    return _judged(Subject(Path("x.xml"), "structures", "sdmx-ml-2.1"), reader, {"codes": 2}, results)


def test_faults_are_failures_except_where_the_table_names_them() -> None:
    assert ("sdmx-dl", "sdmx-ml-2.1", PARENTS) in NOT_SUPPORTED
    fault = ("something",)
    assert _judge("sdmx-dl", Result(CODE_LISTS), Result(PARENTS, fault)).outcome == READ
    assert _judge("sdmx-dl", Result(PARENTS, fault)).outcome == GAP
    assert _judge("sdmx-dl", Result(CODE_LISTS, fault), Result(PARENTS, fault)).outcome == DIFFERS
    assert _judge("sdmx-dl", Result(CODE_LISTS, fault, refused=True)).outcome == REFUSED
    assert _judge("bank-of-italy", Result(PARENTS, fault)).outcome == DIFFERS


def test_a_gap_of_the_table_that_a_reader_no_longer_has_is_a_failure() -> None:
    assert _judge("sdmx-dl", Result(CODE_LISTS), Result(PARENTS)).outcome == STALE


@pytest.mark.parametrize(
    ("name", "content", "kind", "format_id"),
    [
        ("a.xml", '<m:Structure xmlns:m="http://x/sdmxml/schemas/v3_1/message">', "structures", "sdmx-ml-3.1"),
        ("a.xml", '<StructureSpecificData xmlns="http://x/sdmxml/schemas/v2_1/message">', "data", "sdmx-ml-2.1"),
        ("a.json", '{"meta": {"schema": "https://x/tools/schemas/2.0.0/sdmx-json-structure-schema.json"}}',
         "structures", "sdmx-json-2.0"),
        ("a.json", '{"$schema": "https://json.sdmx.org/2.1/sdmx-json-data-schema.json"}', "data", "sdmx-json-2.1"),
        ("a.csv", "DATAFLOW,FREQ\n", "data", "sdmx-csv-1.0"),
        ("a.csv", "STRUCTURE,STRUCTURE_ID,ACTION\n", "data", "sdmx-csv-2.0"),
    ],
)  # fmt: skip
def test_the_format_of_a_file_is_seen_in_it(tmp_path: Path, name: str, content: str, kind: str, format_id: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    subject = Subject.of(tmp_path / name)
    assert (subject.kind, subject.format_id) == (kind, format_id)
