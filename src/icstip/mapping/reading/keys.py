"""What a mapping file can have: the one table that the reader and the JSON schema follow."""

import json
from typing import Final

from icstip.mapping.reading.shapes import Items, OneOrSeveral, Pairs, Position, Scalar, Table, Text, Truth

LETTERS: Final = Text('"A"', "[A-Z]{1,3}")
RANGE: Final = Text('"D5:M60"', "[A-Z]{1,3}[1-9][0-9]{0,6}:(?:[A-Z]{1,3})?(?:[1-9][0-9]{0,6})?")
VALUE: Final = "value"
"""The key of the figure that a sign stands for; no component is called so."""

_TEXTS: Final = Items(Text())
_COLUMNS_OF_SHEET: Final = Items(LETTERS, '["A", "B"]')
_PAIRS: Final = Pairs(Scalar())
_NUMBER: Final = Scalar('"0"', r"-?[0-9]+(?:\.[0-9]+)?")

SECTION: Final = Table({"name": Text(), "column": LETTERS, "labels": _TEXTS}, required=("column", "labels"))
SPLIT: Final = Table(
    {"column": Text(), "by": Text('" - "', r"[\s\S]+"), "into": Items(Text(), '["…", "…"]', least=2)},
    required=("column", "by", "into"),
)
TABLE: Final = Table(
    {
        "sheet": Text(),
        "sheets": _TEXTS,
        "figures": Text(),
        "name": Text(),
        "headers": Items(Position(), "[3, 4]"),
        "stubs": _COLUMNS_OF_SHEET,
        "fill": _TEXTS,
        "flags": _COLUMNS_OF_SHEET,
        "skipped": _COLUMNS_OF_SHEET,
        "sections": Items(SECTION, "[[table.sections]]"),
        "split": Items(SPLIT, "[[table.split]]"),
    },
    required=("figures",),
    if_any=("headers", "stubs"),
    then={"figures": RANGE},
)
COLUMN: Final = Table(
    {
        "column": Text(),
        "component": Text(),
        "components": Items(Text(), '["…", "…"]', least=2),
        "when": _PAIRS,
        "only": Items(Scalar()),
        "blank": Text(),
        "sets": _PAIRS,
    },
    required=("column",),
    one_of=("component", "components"),
)
MAPPING: Final = Table(
    {
        "mapping": Table({"title": Text(), "attribution": Text()}),
        "table": OneOrSeveral(TABLE),
        "figures": Table(
            {
                "thousands": Text(),
                "decimal": Text(),
                "whole": Truth(),
                "signs": Pairs(Pairs(Scalar(), {VALUE: _NUMBER})),
                "marks": Pairs(_PAIRS),
            }
        ),
        "time": Table({"column": Text(), "part": Text()}),
        "constants": _PAIRS,
        "columns": Items(COLUMN, "[[columns]]"),
        "left_out": Items(
            Table({"column": Text(), "when": _PAIRS, "reason": Text()}, required=("reason",)), "[[left_out]]"
        ),
    },
    required=("table",),
)
"""A whole mapping file."""


def mapping_schema() -> str:
    """Return the JSON schema (draft 2020-12) of mapping files, as it is published.

    It says how they are written. Which components, codes and columns there are it does not say.
    """
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "icstip: mapping.toml"}
    return json.dumps({**head, **MAPPING.schema()}, indent=2, ensure_ascii=False) + "\n"
