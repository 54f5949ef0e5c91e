"""Mapping files as documents: whole ones, and those that are broken at random."""

import json
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

WHOLE = """\
[mapping]
title = "t"
attribution = "a"
[[table]]
name = "one"
sheets = ["x"]
figures = "C5:H"
headers = [3, 4]
stubs = ["A", "B"]
fill = ["row 3"]
flags = ["D"]
skipped = ["H"]
sections = [{ column = "A", labels = ["By sex"], name = "s" }]
split = [{ column = "row 4", by = " - ", into = ["age", "decision"] }]
[[table]]
figures = "C50:"
stubs = ["A"]
[figures]
thousands = " "
decimal = ","
whole = true
signs = { "-" = { value = "0", OBS_STATUS = "A" }, ".." = { OBS_STATUS = "O" }, "c" = {} }
[time]
column = "row 3"
part = "sheet"
[constants]
INDICATOR = "VIC"
[[columns]]
column = "sheet"
component = "AREA"
when = { Kind = "by sex", Level = 2 }
only = ["F", 5]
blank = "_T"
sets = { INDICATOR = "EVT" }
[[columns]]
column = "age"
components = ["SEX", "AGE"]
[[left_out]]
column = "Region"
when = { a = "b" }
reason = "r"
"""
ONE_A_ROW = '[table]\nsheet = "x"\nfigures = "Number"\n'


def _places(value: object) -> Iterator[tuple[Any, Any]]:
    """Yield each container of a document with each of its keys."""
    parts = list(value.items()) if isinstance(value, dict) else [*enumerate(value)] if isinstance(value, list) else []
    for key, part in parts:
        yield value, key
        yield from _places(part)


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(["", "x", "A", "?", "D5:M60", "5", "-1.5", "\x01", 0, 1, 7, -3, 2.5, True, False]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["column", "value", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)
KEYS = st.sampled_from(
    ["column", "component", "components", "figures", "headers", "stubs", "value", "reason", "colum", "x"]
)


@st.composite
def broken(draw: st.DrawFn) -> dict[str, Any]:
    """Return a mapping with one to three changes; some are still right."""
    document = deepcopy(tomllib.loads(draw(st.sampled_from([WHOLE, ONE_A_ROW]))))
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(document))
        if not places:
            break
        container, key = places[draw(st.integers(0, len(places) - 1))]
        change = draw(st.sampled_from(["replace", "remove", "add"]))
        if change == "remove":
            del container[key]
        elif change == "replace" or isinstance(container, list):
            container[key] = draw(VALUES)
        else:
            container[draw(KEYS)] = draw(VALUES)
    return document


def as_toml(document: dict[str, Any]) -> str:
    """Return a document as TOML, a line for each key of the document itself."""
    return "".join(f"{json.dumps(key)} = {_value(value)}\n" for key, value in document.items())


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_value(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value)
