"""The JSON schema of mapping files and the reader say the same of how they are written."""

import json
import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icstip.mapping.reading.keys import MAPPING, mapping_schema
from icstip.mapping.reading.mistakes import Mistakes
from icstip.mapping.reading.source import MappingSource
from icstip.standard.location import standard_folder

SCHEMA = json.loads(mapping_schema())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
DOCS = Path(__file__).parents[4] / "docs"

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


def _is_right(document: object) -> bool:
    """Return whether the reader finds nothing wrong in how a mapping is written."""
    source = MappingSource(Path("mapping.toml"), {}, Mistakes())
    MAPPING.taken(document, (), source)
    return not source.mistakes.findings


def _in_docs() -> Iterator[Any]:
    for page in sorted(DOCS.rglob("*.md")):
        if "_build" not in page.parts:
            for number, block in enumerate(
                re.findall(r"^```toml\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
            ):
                if re.search(r"^\[+(?:table|columns|figures|left_out|constants|time)\b", block, re.MULTILINE):
                    yield pytest.param(block, id=f"{page.name}-{number}")


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("content", [WHOLE, ONE_A_ROW, "[[table]]\nfigures = 'N'"])
def test_all_that_a_mapping_can_say_is_right(content: str) -> None:
    document = tomllib.loads(content)
    assert _is_right(document)
    VALIDATOR.validate(document)


@pytest.mark.parametrize("path", sorted((standard_folder() / "mappings").glob("*/mapping.toml")), ids=str)
def test_the_mappings_of_the_standard_are_right(path: Path) -> None:
    VALIDATOR.validate(tomllib.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("block", list(_in_docs()))
def test_the_mappings_of_the_documentation_are_right(block: str) -> None:
    part = tomllib.loads(block)
    VALIDATOR.validate({"table": {"figures": "Value"}} | part)


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


@given(broken())
def test_the_schema_refuses_what_the_reader_refuses_and_nothing_else(document: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(document) is _is_right(document)


def test_the_schema_that_is_published_is_current() -> None:
    assert (DOCS / "reference" / "mapping.schema.json").read_text(encoding="utf-8") == mapping_schema()
