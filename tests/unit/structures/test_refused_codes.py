"""Codes that the data of a structure may not use."""

import pytest

from icstip.errors import StructureError
from icstip.standard.model import Standard
from icstip.structures.refused_codes import refused_codes


def test_codes_that_the_structure_does_not_allow_are_refused(small_standard: Standard) -> None:
    assert refused_codes(small_standard, "VICTIM")["FORM"] == {"_U"}


def test_the_total_is_refused_where_the_component_refuses_it(small_standard: Standard) -> None:
    assert refused_codes(small_standard, "VICTIM")["AREA"] == {"_T"}


def test_a_component_without_refused_codes_is_not_listed(small_standard: Standard) -> None:
    assert set(refused_codes(small_standard, "VICTIM")) == {"FORM", "AREA"}
    assert refused_codes(small_standard, "EVENT") == {}


def test_an_unknown_structure_is_refused(small_standard: Standard) -> None:
    with pytest.raises(StructureError, match="DataStructure 'NO'"):
        refused_codes(small_standard, "NO")
