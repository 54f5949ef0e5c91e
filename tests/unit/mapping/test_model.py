"""A mapping knows which columns it needs and which it leaves out."""

from collections.abc import Callable

from icstip.mapping.model import ColumnRule, LeftOut, TableMapping

Make = Callable[..., TableMapping]


def test_columns_that_rules_read_or_ask_about_are_needed_once(mapping: Make) -> None:
    rules = (
        ColumnRule("Category", "SEX", when={"Kind": "by sex"}),
        ColumnRule("Category", "AGE", when={"Kind": "by age"}),
    )
    left_out = (LeftOut("not wanted", when={"Note": "x"}), LeftOut("not used", column="Region"))
    needed = mapping(columns=rules, left_out=left_out).needed_columns()
    assert needed == ["Category", "Kind", "Note", "Year", "Figure"]


def test_a_table_without_a_time_column_needs_none(mapping: Make) -> None:
    assert mapping(time_column="").needed_columns() == ["Area", "Figure"]


def test_a_column_is_left_out_however_its_header_is_written(mapping: Make) -> None:
    rules = mapping(left_out=(LeftOut("follows from the area", column="Sub region"),))
    assert rules.is_left_out("SUB  REGION")
    assert not rules.is_left_out("Region")
