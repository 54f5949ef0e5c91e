"""The JSON schema of mapping files and the reader say the same of how they are written."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from tests.examples.mapping_documents import ONE_A_ROW, WHOLE, broken

from icstip.mapping.reading.keys import MAPPING, mapping_schema
from icstip.mapping.reading.mistakes import Mistakes
from icstip.mapping.reading.source import MappingSource
from icstip.standard.location import standard_folder

SCHEMA = json.loads(mapping_schema())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
DOCS = Path(__file__).parents[4] / "docs"


def _is_right(document: object) -> bool:
    """Return whether the reader finds nothing wrong in how a mapping is written."""
    source = MappingSource(Path("mapping.toml"), {}, Mistakes())
    MAPPING.taken(document, (), source)
    return not source.mistakes.findings


def _in_docs() -> Iterator[Any]:
    for page in sorted(DOCS.rglob("*.md")):
        if "_build" not in page.parts:
            for number, block in enumerate(
                re.findall(
                    r"(?<!`wrong/mapping.toml`:\n\n)^```toml\n(.*?)^```$",
                    page.read_text("utf-8"),
                    re.MULTILINE | re.DOTALL,
                )
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


@given(broken())
def test_the_schema_refuses_what_the_reader_refuses_and_nothing_else(document: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(document) is _is_right(document)


def test_the_schema_that_is_published_is_current() -> None:
    assert (DOCS / "reference" / "mapping.schema.json").read_text(encoding="utf-8") == mapping_schema()
