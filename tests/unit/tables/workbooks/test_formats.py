"""Number formats: what a code shows of a value."""

import pytest

from icstip.tables.workbooks.formats import MAX_CODE, PLAIN, NumberFormat, built_in_format, number_format


def shown(code: str) -> set[str]:
    form = number_format(code)
    return {part for part in NumberFormat.__dataclass_fields__ if getattr(form, part)}


@pytest.mark.parametrize(
    "code",
    [
        *("General", "0", "0.00", "#,##0", "# ##0", "0.00E+00", "@", "# ?/?", ""),
        *('0 "days"', '"m"0', r"0\d", "0_d", "0*d", "#,##0.00 [$€-407]", "[Red]0;[Blue]-0", "[Magenta]#,##0"),
        *(";;;", '"yes";"no"', "[>=1000]0.0,;0", '_-* #,##0.00 "Kč"_-;-* #,##0.00 "Kč"_-'),
    ],
)
def test_a_number_is_a_number_however_it_is_written(code: str) -> None:
    assert number_format(code) == PLAIN


@pytest.mark.parametrize("code", ["0%", "0.00%", "0.0 %", "[Red]0%", "#,##0%;-#,##0%", '[=0]"–";0%', "0%_)"])
def test_a_percent_sign_is_a_hundredth(code: str) -> None:
    assert shown(code) == {"percent"}


@pytest.mark.parametrize("code", ['0"%"', r"0\%", '0.0" %"'])
def test_a_percent_sign_that_is_a_text_is_a_sign(code: str) -> None:
    assert shown(code) == {"percent_sign"}


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("yyyy", {"year"}),
        ("yy", {"year"}),
        ('yyyy"год"', {"year"}),
        (r"yyyy\г\.", {"year"}),
        ("yyyy;@", {"year"}),
        ("[$-409]mmmm yyyy", {"year", "month"}),
        ("[$-419]MMM/YY;@", {"year", "month"}),
        ("dd/mm/yyyy", {"year", "month", "day"}),
        ("[$-F800]dddd, mmmm dd, yyyy", {"year", "month", "day"}),
        ("[Color10]d-mmm", {"month", "day"}),
        ("dd/mm/yyyy hh:mm", {"year", "month", "day", "time"}),
        ("h:mm AM/PM", {"time"}),
        ("mm:ss.0", {"time"}),
        ('hh "h" mm', {"time"}),
        ("[h]:mm:ss", {"elapsed", "time"}),
        ("[mm]:ss", {"elapsed", "time"}),
    ],
)
def test_a_date_shows_its_parts(code: str, parts: set[str]) -> None:
    assert shown(code) == parts


def test_m_is_a_month_unless_it_stands_among_hours_and_seconds() -> None:
    assert "month" in shown("yyyy-mm")
    assert "month" not in shown("hh:mm")
    assert "month" not in shown("mm:ss")
    assert "month" in shown("d/m h:mm")


@pytest.mark.parametrize("code", ['"', "[", "\\", "_", '0"open', "[h", "y" * MAX_CODE * 10, '"' * 999_999])
def test_a_code_that_is_broken_or_long_is_no_fault(code: str) -> None:
    assert isinstance(number_format(code), NumberFormat)


@pytest.mark.parametrize(
    ("identifiers", "parts"),
    [
        ((0, 1, 4, 11, 12, 37, 44, 48, 49, 999), set()),
        ((9, 10), {"percent"}),
        ((14, 15), {"year", "month", "day"}),
        ((16,), {"month", "day"}),
        ((17,), {"year", "month"}),
        ((18, 19, 20, 21, 45, 47), {"time"}),
        ((22, 27, 36, 50, 58), {"year", "month", "day", "time"}),
        ((46,), {"elapsed"}),
    ],
)
def test_formats_without_a_code_are_those_of_the_standard(identifiers: tuple[int, ...], parts: set[str]) -> None:
    for identifier in identifiers:
        form = built_in_format(identifier)
        assert {part for part in NumberFormat.__dataclass_fields__ if getattr(form, part)} == parts
