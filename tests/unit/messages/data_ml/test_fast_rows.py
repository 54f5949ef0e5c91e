"""Observations from tags as columns, structure-specific and generic; what is nested unusually is left to a parser."""

import re
from collections.abc import Callable

import polars as pl
import pytest

from icstip.messages.data_ml.fast.generic import generic_rows
from icstip.messages.data_ml.fast.lines import PLACE, OtherShapeError
from icstip.messages.data_ml.fast.specific import specific_rows


def _specific(content: str) -> list[dict[str, str]]:
    return _rows(specific_rows(content.encode())[0])


def _generic(content: str) -> list[dict[str, str]]:
    return _rows(generic_rows(content.encode(), "g:", "T")[0])


def _rows(frame: pl.DataFrame) -> list[dict[str, str]]:
    return [{k: v for k, v in row.items() if v is not None} for row in frame.drop(PLACE).iter_rows(named=True)]


def test_flat_observations_are_rows() -> None:
    assert _specific('<Obs A="1"/>\n<Obs A="2" B="3"/>') == [{"A": "1"}, {"A": "2", "B": "3"}]


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ('<Obs A="1"/><Obs A="2"/><Obs A="3"/>', [0, 0, 0]),
        ('\n<Obs A="1"/>\n\n<Obs A="2"/><Obs A="3"/>\n', [1, 3, 3]),
        ('<Obs A="1"/>\r\n<Obs A="2"/>\r\n<Obs A="3"/>', [0, 1, 2]),
        ('<Obs A="1"/>\n' + " " * 5000 + '<Obs A="2"/>\n<Obs A="3"/><Obs A="4"/>', [0, 1, 2, 2]),
    ],
)
def test_tags_need_no_lines_of_their_own(content: str, lines: list[int]) -> None:
    rows, line_of = specific_rows(content.encode())
    places = rows[PLACE].to_list()
    assert rows["A"].to_list() == [str(number) for number in range(1, len(lines) + 1)]
    assert [place if line_of is None else line_of[place] for place in places] == lines


def test_observations_have_what_their_series_says() -> None:
    content = '<Series S="1"><Obs A="a"/><Obs A="b" N="n"/></Series><Series S="2" R="r"><Obs A="c"/></Series>'
    assert _specific(content) == [
        {"S": "1", "A": "a"},
        {"S": "1", "A": "b", "N": "n"},
        {"S": "2", "R": "r", "A": "c"},
    ]


def test_a_series_without_observations_is_a_row_where_it_stands() -> None:
    content = '<Series S="1"/><Series S="2"><Obs A="a"/></Series><Series S="3"></Series>'
    assert _specific(content) == [{"S": "1"}, {"S": "2", "A": "a"}, {"S": "3"}]


@pytest.mark.parametrize(
    "content",
    [
        '<Series S="1"><Obs A="a"/>',
        '<Obs A="a"/></Series>',
        '<Series S="1"><Series S="2"><Obs A="a"/></Series></Series>',
        '<Series S="1"><Obs A="a"/></Series><Obs A="b"/>',
        '<Series S="1"><Obs S="2" A="a"/></Series>',
        '<Series S="1"><Series S="2"/></Series>',
        '<Obs A="a"></Obs>',
        '<Group G="1"/>',
        '<x:Obs A="a"/>',
        "</Series>",
    ],
)
def test_what_is_nested_otherwise_is_left_to_a_parser(content: str) -> None:
    with pytest.raises(OtherShapeError):
        _specific(content)


FLAT = (
    '<g:Obs><g:ObsKey><g:Value id="F" value="A"/><g:Value id="T" value="2020"/></g:ObsKey><g:ObsValue value="1"/>'
    '<g:Attributes><g:Value id="N" value="a &amp; b"/></g:Attributes></g:Obs>'
    '<g:Obs><g:ObsKey><g:Value value="Q" id="F"/><g:Value id="T" value="2021"/></g:ObsKey></g:Obs>'
)
SERIES = (
    '<g:Series><g:SeriesKey><g:Value id="F" value="A"/></g:SeriesKey>'
    '<g:Attributes><g:Value id="R" value="r"/></g:Attributes>'
    '<g:Obs><g:ObsDimension value="2020"/><g:ObsValue value="1"/></g:Obs>'
    '<g:Obs><g:ObsDimension id="T" value="2021"/><g:ObsValue/>'
    '<g:Attributes><g:Value id="N" value="n"/></g:Attributes></g:Obs></g:Series>'
    '<g:Series><g:SeriesKey><g:Value id="F" value="B"/></g:SeriesKey></g:Series>'
)


def _lined(content: str) -> str:
    """Return a text with a tag a line."""
    return content.replace("><", ">\n\t<")


def _packed(content: str) -> str:
    """Return a text with an observation a line."""
    return "\n  <g:Obs>".join(content.split("<g:Obs>")).replace("<g:Series>", "\r\n<g:Series>") + "\n"


@pytest.mark.parametrize("dressed", [str, _lined, _packed])
def test_generic_observations_are_rows_wherever_lines_end(dressed: Callable[[str], str]) -> None:
    assert _generic(dressed(FLAT)) == [
        {"F": "A", "T": "2020", "N": "a & b", "OBS_VALUE": "1"},
        {"F": "Q", "T": "2021"},
    ]


@pytest.mark.parametrize("dressed", [str, _lined, _packed])
def test_generic_series_give_their_observations_key_and_attributes(dressed: Callable[[str], str]) -> None:
    assert _generic(dressed(SERIES)) == [
        {"F": "A", "R": "r", "T": "2020", "OBS_VALUE": "1"},
        {"F": "A", "R": "r", "T": "2021", "N": "n"},
        {"F": "B"},
    ]


@pytest.mark.parametrize("before", ["", "\n", " \n\n ", "\r\n"])
@pytest.mark.parametrize("dressed", [str, _lined, _packed])
@pytest.mark.parametrize(("example", "tags"), [(FLAT, ("<g:Obs>",)), (SERIES, ("<g:Obs>", "<g:Series>"))])
def test_each_row_knows_the_line_of_its_tag(
    before: str, dressed: Callable[[str], str], example: str, tags: tuple[str, ...]
) -> None:
    content = before + dressed(example + example)
    rows, line_of = generic_rows(content.encode(), "g:", "T")
    begun = sorted(found.start() for tag in tags for found in re.finditer(tag, content))
    expected = [content.count("\n", 0, start) for start in begun]
    if example == SERIES:  # series with observations are no rows
        expected = [line for number, line in enumerate(expected) if number % 4]
    assert line_of[rows[PLACE].to_numpy()].tolist() == expected


@pytest.mark.parametrize(
    ("given", "instead"),
    [
        ("</g:ObsKey>", ""),
        ('<g:ObsValue value="1"/>', '<g:ObsValue value="1"/><g:ObsValue value="2"/>'),
        ('<g:ObsValue value="1"/>', '<g:ObsValue value="1" id="X"/>'),
        ('<g:Value id="N"', '<g:Value id="F"'),
        ('<g:Value id="T" value="2020"/>', '<g:Value id="F" value="2020"/>'),
        ("<g:Attributes>", ""),
        ('<g:Value id="F" value="A"/>', '<g:Value id="F"/>'),
        ("<g:ObsKey>", '<g:ObsDimension value="1"/><g:ObsKey>'),
        ("g:Obs>", "Obs>"),
        ("<g:Obs>", '<g:Value id="X" value="1"/><g:Obs>'),
        ("</g:Obs>", "</g:Obs></g:Series>"),
        ("</g:Obs><g:Obs>", "</g:Obs><g:Obs ><g:ObsKey/></g:Obs><g:Obs>"),
        ('value="2020"', 'value="20\n20"'),
        ('value="2020"', 'value="20\x1f20"'),
        ('value="2020"', 'value="20<g:Obs>20"'),
        ('value="2020"', "value='2020'"),
    ],
)
def test_generic_data_in_another_order_are_left_to_a_parser(given: str, instead: str) -> None:
    assert given in FLAT
    with pytest.raises(OtherShapeError):
        _generic(FLAT.replace(given, instead, 1))


@pytest.mark.parametrize("added", [FLAT, "<g:Series>", "</g:Series>", "</g:Attributes>"])
def test_series_and_what_is_in_none_do_not_mix(added: str) -> None:
    for content in (SERIES + added, added + SERIES):
        with pytest.raises(OtherShapeError):
            _generic(content)


def test_another_dimension_at_an_observation_than_the_message_says_is_left_to_a_parser() -> None:
    with pytest.raises(OtherShapeError):
        _generic(SERIES.replace('id="T"', 'id="U"'))
