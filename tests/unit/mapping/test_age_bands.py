"""Bands of ages in a table: those that the list has, and others."""

from collections.abc import Callable

from icstip.mapping.model import ColumnRule
from icstip.mapping.observations import Observed


def test_an_age_that_the_list_does_not_have_is_told_with_its_code(convert: Callable[..., Observed]) -> None:
    columns = (ColumnRule("Area", "AREA"), ColumnRule("Age", "AGE"))
    rows = ("Albania | from 18 years | 2020 | 1", "Albania | 20 to 25 | 2020 | 2", "Albania | Atlantis 3 | 2020 | 3")
    observed = convert("Area | Age | Year | Figure", *rows, columns=columns)
    assert [(label.code, label.how) for label in observed.labels[1:]] == [("Y_GE18", "pattern"), ("", ""), ("", "")]
    of_band, of_nothing = observed.findings
    assert (of_band.code, of_band.value, of_nothing.code) == ("LABEL-001", "20 to 25", "LABEL-001")
    for language in ("en", "fr", "es", "ar"):
        assert "Y20T25" in of_band.message(language)
        assert "Y20T25" in of_band.hint(language)
    assert "nothing in it is similar" in of_nothing.message()
