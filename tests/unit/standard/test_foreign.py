"""What stands elsewhere is named by agency, id and version."""

import pytest

from icstip.artefacts.base import Reference
from icstip.standard.foreign import foreign_reference, is_foreign


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SDMX:CL_SEX(2.1)", ("SDMX", "CL_SEX", "2.1")),
        ("IAEG-SDGs:CL_AGE(1.19)", ("IAEG-SDGs", "CL_AGE", "1.19")),
        ("UN.DESA:CL_X(1.0.0-draft.1)", ("UN.DESA", "CL_X", "1.0.0-draft.1")),
        ("A:B(2)", ("A", "B", "2")),
    ],
)
def test_a_name_with_agency_id_and_version_is_a_reference(name: str, expected: tuple[str, str, str]) -> None:
    assert foreign_reference("Codelist", name) == Reference("Codelist", *expected)


@pytest.mark.parametrize("name", ["SDMX:CL_SEX", "SDMX:CL_SEX()", ":CL_SEX(1.0)", "SDMX:CL_SEX(1.0).F", "A:B(latest)"])
def test_a_name_that_says_less_or_more_is_none(name: str) -> None:
    assert is_foreign(name)
    assert foreign_reference("Codelist", name) is None


def test_an_id_is_not_foreign() -> None:
    assert not is_foreign("CL_SEX")
