"""Hierarchies: places of codes in order, levels in each other, and the hierarchical code list of 2.1."""

import pytest
from tests.examples.ml_writing import WRITERS, written

from icstip.artefacts.base import Reference
from icstip.artefacts.hierarchies import HierarchicalCode, Hierarchy, Level
from icstip.errors import StructureError

in_all_versions = pytest.mark.parametrize("version", WRITERS)
in_3_x = pytest.mark.parametrize("version", ["3.0", "3.1"])
URN = "urn:sdmx:org.sdmx.infomodel.codelist."
NAME = {"en": "Name", "fr": "Nom"}


def _code(place: str, *children: HierarchicalCode, level: str = "") -> HierarchicalCode:
    code = Reference("Code", "TEST", "CL", "1.0", f"C_{place}")
    return HierarchicalCode(id=place, code=code, children=children, level=level)


def _hierarchy(*codes: HierarchicalCode, **fields: object) -> Hierarchy:
    return Hierarchy(**{"id": "H", "agency": "TEST", "name": NAME, "codes": codes, **fields})  # type: ignore[arg-type]


@in_all_versions
def test_codes_stand_in_each_other_in_their_order(version: str) -> None:
    message = written(version, _hierarchy(_code("A", _code("B", _code("C")), _code("D")), _code("E")))
    assert [code.get("id") for code in message.all("s:HierarchicalCode")] == ["A", "B", "C", "D", "E"]
    paths = [str(code.get("urn")).partition(")")[2] for code in message.all("s:HierarchicalCode")]
    above = ".H" if version == "2.1" else ""
    assert paths == [f"{above}.{path}" for path in ("A", "A.B", "A.B.C", "A.D", "E")]


@in_all_versions
def test_levels_stand_in_each_other_from_the_top(version: str) -> None:
    levels = (Level(id="TOP", name=NAME, description=NAME), Level(id="NEXT", name=NAME))
    hierarchy = _hierarchy(_code("A", _code("B", level="NEXT"), level="TOP"), levels=levels, formal_levels=True)
    message = written(version, hierarchy)
    assert [level.get("id") for level in message.all("s:Level/s:Level")] == ["NEXT"]
    if version == "2.1":
        assert message.one("s:Hierarchy").get("leveled") == "true"
        assert [level.get("id") for level in message.all("s:HierarchicalCode/s:Level/Ref")] == ["TOP", "NEXT"]
    else:
        assert message.one("s:Hierarchy").get("hasFormalLevels") == "true"
        assert message.texts("s:HierarchicalCode/s:Level") == ["TOP", "NEXT"]


@in_all_versions
def test_a_place_says_when_it_is_valid(version: str) -> None:
    code = HierarchicalCode(
        id="A",
        code=Reference("Code", "TEST", "CL", "1.0", "X"),
        valid_from="2020-01-01T00:00:00",
        valid_to="2021-01-01T00:00:00",
        uri="https://a",
    )
    element = written(version, _hierarchy(code)).one("s:HierarchicalCode")
    said = [element.get(name) for name in ("validFrom", "validTo", "uri")]
    assert said == ["2020-01-01T00:00:00", "2021-01-01T00:00:00", "https://a"]


def test_in_2_1_a_hierarchy_is_a_hierarchical_code_list_with_one_of_the_same_id_and_names() -> None:
    message = written("2.1", _hierarchy(_code("A"), description=NAME, version="1.0.0"))
    box, inner = message.one("s:HierarchicalCodelist"), message.one("s:HierarchicalCodelist/s:Hierarchy")
    assert (box.get("id"), box.get("urn")) == ("H", f"{URN}HierarchicalCodelist=TEST:H(1.0.0)")
    assert (inner.get("id"), inner.get("urn")) == ("H", f"{URN}Hierarchy=TEST:H(1.0.0).H")
    assert message.texts("s:Hierarchy/c:Name") == message.texts("s:HierarchicalCodelist/c:Name") == ["Name", "Nom"]
    assert message.texts("s:Hierarchy/c:Description") == ["Name", "Nom"]
    assert message.said == {"FORMAT-002 hierarchy-as-hierarchical-codelist": ()}


@in_3_x
def test_ids_of_places_that_repeat_are_written_with_those_above_them(version: str) -> None:
    repeated = _hierarchy(_code("A", _code("A", _code("A")), _code("A_A")), _code("B", _code("A")))
    message = written(version, repeated)
    assert [code.get("id") for code in message.all("s:HierarchicalCode")] == ["A", "A_A", "A_A_A", "A_A_A_", "B", "B_A"]
    assert message.said == {"FORMAT-002 hierarchical-code-ids": ("A_A", "A_A_A", "B_A")}
    assert [code.get("id") for code in written("2.1", repeated).all("s:HierarchicalCode")].count("A") == 4


def test_a_hierarchy_without_codes_is_left_out_of_3_x_and_an_empty_list_in_2_1() -> None:
    for version in ("3.0", "3.1"):
        message = written(version, _hierarchy())
        assert message.said == {"FORMAT-001 incomplete": ()}
    assert written("2.1", _hierarchy()).all("s:Hierarchy") == []


@in_all_versions
@pytest.mark.parametrize(
    "hierarchy", [_hierarchy(_code("A B")), _hierarchy(_code("A"), levels=(Level(id="L.1", name=NAME),))], ids=str
)
def test_an_id_that_the_schema_refuses_is_refused(version: str, hierarchy: Hierarchy) -> None:
    with pytest.raises(StructureError) as error:
        written(version, hierarchy)
    assert error.value.message_id == "id-refused"
