"""The picture of a sheet is one page that needs nothing but itself, and nothing from the sheet acts in it."""

import pytest

from icstip.reports.preview import TAKEN, preview_page
from icstip.texts import LANGUAGES

ROWS = [
    [("<script>alert(1)</script>", "note", ""), ("", "nothing", "")],
    [("Women", "label", 'SEX = F "Female"'), ("5", "figure", "")],
]


def _page(language: str = "en", points: tuple[str, ...] = ("REF_AREA",)) -> str:
    return preview_page(ROWS, ["A", "B"], "t.xlsx – S", points, total_rows=10, language=language)


def test_cells_are_shown_with_what_they_were_taken_for_and_their_codes() -> None:
    page = _page()
    assert '<td class="label" title="SEX = F &#34;Female&#34;">' in page
    assert '<td class="figure">' in page
    assert "8 more rows are not shown." in page
    assert "For you to decide (1):" in page


def test_nothing_from_the_sheet_acts_in_the_page() -> None:
    page = _page()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_nothing_open_is_said_too() -> None:
    assert "Nothing is open." in _page(points=())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_in_every_language(language: str) -> None:
    page = _page(language)
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    assert all(f'class="{name}"' in page for name in TAKEN)
