"""What a mapping leaves open sets figures aside, and is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from icstip.errors import MappingError
from icstip.mapping.model import OPEN, ColumnRule, LabelRule
from icstip.mapping.observations import Observed
from icstip.mapping.reading.mapping import read_mapping
from icstip.standard.model import Standard

Convert = Callable[..., Observed]
LINES = ("Area | Kind | Year | Figure", "Niger | by sex | 2020 | 1", "Albania | | 2020 | 2")


def _told(observed: Observed) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(finding.code, finding.value, finding.cells) for finding in observed.findings]


def test_a_constant_that_is_open_sets_aside_the_figures_that_no_column_gives_it_for(convert: Convert) -> None:
    observed = convert(*LINES, constants={"INDICATOR": OPEN})
    assert _told(observed) == [("TABLE-001", "Kind", ()), ("OPEN-001", "INDICATOR", ("D2", "D3"))]
    assert observed.observations == {}


def test_all_open_constants_are_told_at_once_and_each_figure_is_set_aside_once(convert: Convert) -> None:
    observed = convert(*LINES, constants={"INDICATOR": OPEN, "SEX": OPEN})
    assert _told(observed)[1:] == [("OPEN-001", "INDICATOR", ("D2", "D3")), ("OPEN-001", "SEX", ("D2", "D3"))]
    assert observed.fates["__fate"].to_list() == ["OPEN-001", "OPEN-001"]


def test_a_column_that_is_open_sets_aside_the_rows_in_which_it_says_something(convert: Convert) -> None:
    observed = convert(*LINES, open_columns=(ColumnRule("Kind", OPEN),))
    assert _told(observed) == [("OPEN-002", "Kind", ("B2",))]
    assert observed.observations["VICTIM"]["AREA"].to_list() == ["AL"]
    elsewhere = convert(*LINES, open_columns=(ColumnRule("Kind", OPEN, {"Area": "Albania"}),))
    assert _told(elsewhere) == []


def test_a_label_that_is_open_sets_its_figures_aside(convert: Convert) -> None:
    observed = convert(*LINES[:2], open_columns=(), labels=[LabelRule("Area", "AREA", "Niger", OPEN)])
    assert _told(observed)[1:] == [("OPEN-003", "Niger", ("A2",))]


@pytest.mark.parametrize(
    ("old", "new", "is_read"),
    [
        ("", "", True),
        ('blank = "_T"', 'blank = "?"', False),
        ('sets = { AGE = "_T" }', 'sets = { AGE = "?" }', False),
    ],
)
def test_only_components_of_columns_constants_and_codes_can_be_open(
    tmp_path: Path,
    standard: Standard,
    old: str,
    new: str,
    is_read: bool,  # noqa: FBT001
) -> None:
    text = (
        '[table]\nfigures = "Figure"\n[time]\ncolumn = "Year"\n[constants]\nINDICATOR = "?"\n'
        '[[columns]]\ncolumn = "Area"\ncomponent = "AREA"\nblank = "_T"\nsets = { AGE = "_T" }\n'
        '[[columns]]\ncolumn = "Kind"\ncomponent = "?"\n'
    )
    (tmp_path / "mapping.toml").write_text(text.replace(old, new) if old else text, encoding="utf-8")
    (tmp_path / "codes.csv").write_text("column,component,label,code\nArea,AREA,Niger,?\n", encoding="utf-8")
    if not is_read:
        with pytest.raises(MappingError):
            read_mapping(tmp_path / "mapping.toml", standard)
        return
    mapping = read_mapping(tmp_path / "mapping.toml", standard)
    assert mapping.open_columns == (ColumnRule("Kind", OPEN),)
    assert (mapping.constants, mapping.labels[0].code) == ({"INDICATOR": "?"}, "?")
    assert [rule.column for rule in mapping.columns] == ["Area"]
