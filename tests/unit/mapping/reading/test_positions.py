"""The lines of keys are those of the keys that a TOML reader finds, whatever a document looks like."""

import tomllib
from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from icstip.mapping.reading.positions import Keys, lines_of

NAMES = ("a", "b-1", "7", '"x y"', "'q.q'", '"\\u0041 #"', '"[t]"', '"="', '"\\"]"')
OTHERS = (
    '"# no comment"',
    "'[[no]]'",
    '"a\\"b]}"',
    '"""\n[no]\nx = 1 # \\""" ""\\"""""',
    "'''\n[[no]]\nb = {'''''",
    '""""""',
    "true",
    "-1.5e3",
    "1979-05-27 07:32:00Z",
    "[]",
    "{}",
    "''",
)
BLANKS = ("", " ", "\n", ' # ] } "\n', "\n\n# [c]\n\t")


def _values(value: object, keys: Keys = ()) -> Iterator[tuple[Keys, object]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield (*keys, key), part
        yield from _values(part, (*keys, key))


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Return a document, some of which are no TOML; each whole number in it is another one."""
    numbers = count(1000)

    def key() -> str:
        return draw(st.sampled_from((".", " . "))).join(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2)))

    def value(depth: int) -> str:
        kind = draw(st.sampled_from(("number", "number", "other", *(("array", "inline") if depth else ()))))
        if kind == "array":
            items = [value(depth - 1) for _ in range(draw(st.integers(1, 3)))]
            blank = draw(st.sampled_from(BLANKS))
            return f"[{blank}{f'{blank},{blank}'.join(items)}{blank}{draw(st.sampled_from(('', ',')))}{blank}]"
        if kind == "inline":
            pairs = [f"{key()} = {value(depth - 1)}" for _ in range(draw(st.integers(1, 2)))]
            return f"{{ {', '.join(pairs)} }}"
        return str(next(numbers)) if kind == "number" else draw(st.sampled_from(OTHERS))

    lines = []
    for _ in range(draw(st.integers(1, 7))):
        kind = draw(st.sampled_from(("pair", "pair", "table", "array", "comment")))
        if kind == "pair":
            lines.append(
                f"{draw(st.sampled_from(('', '  ')))}{key()} = {value(2)}{draw(st.sampled_from(('', ' # [x]')))}"
            )
        elif kind == "comment":
            lines.append("# a = 1")
        else:
            lines.append(f"[{key()}]" if kind == "table" else f"[[{key()}]]")
    return "\n".join(lines)


@given(documents())
def test_the_keys_found_are_those_of_the_reader_and_stand_where_their_values_do(content: str) -> None:
    try:
        values = dict(_values(tomllib.loads(content)))
    except tomllib.TOMLDecodeError:
        reject()
    lines = lines_of(content)
    assert lines.keys() == values.keys()
    written = content.split("\n")
    for keys, value in values.items():
        if type(value) is int:
            assert str(value) in written[lines[keys] - 1]


def test_a_word_is_found_where_it_is_a_key_and_not_where_else_it_stands() -> None:
    content = (
        '# column\n[table] # column\nfigures = "column"\n\n[[columns]]\ncolumn = "a"\n\n[[columns]]\n"column" = "b"\n'
    )
    lines = lines_of(content)
    assert [lines["columns", position, "column"] for position in (0, 1)] == [6, 9]
    assert (lines["columns",], lines["columns", 1], lines["table", "figures"]) == (5, 8, 3)


def test_tables_below_the_last_of_an_array_belong_to_it() -> None:
    lines = lines_of("[[a]]\n[[a]]\n[a.b]\nc = 1\n[[a.d]]\ne = 1\n[a.d.f]\ng = 1\n")
    assert lines["a", 1, "b", "c"] == 4
    assert lines["a", 1, "d", 0, "e"] == 6
    assert lines["a", 1, "d", 0, "f", "g"] == 8


@pytest.mark.parametrize(("content", "lines"), [("", {}), ("\n", {}), ("# only", {}), ("\na = 1", {("a",): 2})])
def test_a_document_can_end_anywhere(content: str, lines: dict[Keys, int]) -> None:
    assert lines_of(content) == lines
