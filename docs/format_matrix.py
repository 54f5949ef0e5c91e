"""The page on the formats of data: what each of them can say, from the one table of formats.

What a format can say follows from that table by the rules below. Every cell of the page is proven by
``tests/docs/test_format_matrix.py``, which writes and reads a small data set for it.
"""

from collections.abc import Callable, Iterator, Mapping

from markdown_text import page, table

from icstip.messages.data_options import Layout
from icstip.messages.formats import Format, formats_of
from icstip.texts import texts

INTRODUCTION = """\
`icstip reformat`, `icstip.read` and `icstip.write` know ten formats of data. Which one a message is in is seen when it
is read; it may be packed with gzip or zip. [How to reformat data](../howto/reformat-data.md)."""

LEGEND = """\
What a cell says, when data are written and read again with their structure at hand:

| cell | meaning |
| --- | --- |
| yes | what comes back is what was written, and nothing is told |
| otherwise: … | said in another way: finding [FORMAT-002](findings.md#format-002) with this text |
| lost: … | not said: finding [FORMAT-003](findings.md#format-003) with this text |
| refused | not written: an error says why |"""

SECTIONS: Mapping[str, str] = {
    "Data sets": """\
A message can hold several data sets. *Several structures*: with other components. A message is written as its parts
come, and SDMX-CSV names its columns at the beginning. So the structures must be known from the first 200,000 rows, or
be given to `icstip.write` as a list. *No dataflow*: the data only name a data structure. *Draft*: the extension of a
version, as in `1.0.0-draft`. Where it is *left out*, a draft is found again when the structure is at hand.""",
    "Components": """\
Attributes stand at the level that the structure gives them, in every layout.""",
    "Rows that are no observations": """\
Some of the dimensions of such a row are not there. It holds attributes of a series, a group or the data set without
observations, or says which observations to delete. In SDMX-ML 2.1 the layout `series` has room for those of series.""",
    "Values": """\
Nothing, `NaN`, `#N/A` and `~` mean different things: [three kinds of nothing](../adr/0016-three-kinds-of-nothing.md).
*Any text*: line breaks, quotes, any script. *Wrong*: codes that are not in the list, and texts where numbers should be;
they are written as they stand.""",
    "Actions": "What a receiver is asked to do with the data.",
    "Header": "Who sends a message, to whom, and when it was prepared.",
}
"""What is said of the columns of each table, by its title."""

YES, REFUSED, LEFT_OUT = "yes", "refused", "left out"

Rule = Callable[[Format], str]


def formats_page() -> str:
    """Return the reference of the formats of data."""
    lines = [INTRODUCTION, "", "## The formats", "", *_formats(), "", LEGEND]
    for title, text in SECTIONS.items():
        rules = RULES[title]
        rows = ([f"`{one.id}`", *(rule(one) for rule in rules.values())] for one in formats_of("data"))
        lines += ["", f"## {title}", "", text, "", *table(("Format", *rules), rows)]
    return page("Formats of data", lines)


def _formats() -> Iterator[str]:
    heads = ("Format", "Name", "Read", "Written", "Extension", "Media type", "Model", "Layouts")
    rows = (
        (
            f"`{one.id}`",
            one.name,
            YES if one.reader else "no",
            YES if one.writer else "no",
            f"`.{one.extension}`",
            f"`{one.media_type}`",
            f"SDMX {one.model}",
            ", ".join(f"`{layout}`" for layout in layouts(one)),
        )
        for one in formats_of("data")
    )
    yield from table(heads, rows)


def layouts(one: Format) -> list[Layout]:
    """Return the layouts that a format knows."""
    if not one.has_series:
        return [Layout.FLAT]
    is_first_xml = one.extension == "xml" and one.model == "2.1"
    return [Layout.FLAT, Layout.SERIES, *([Layout.TIME_SERIES] if is_first_xml else [])]


def _always(_: Format) -> str:
    return YES


def _lost(key: str) -> str:
    return f"lost: {texts('en')[f'loss.{key}']}"


def _otherwise(key: str) -> str:
    return f"otherwise: {texts('en')[f'loss.{key}']}"


def _is_first_csv(one: Format) -> bool:
    return one.extension == "csv" and one.model == "2.1"


def _measures(one: Format) -> str:
    return REFUSED if one.model == "2.1" else YES


def _draft(one: Format) -> str:
    return LEFT_OUT if one.model == "2.1" else YES


def _not_in_csv_1(one: Format) -> str:
    return REFUSED if _is_first_csv(one) else YES


def _is_first_json(one: Format) -> bool:
    return one.extension == "json" and one.model == "2.1"


def _not_in_json_1(one: Format) -> str:
    return REFUSED if _is_first_json(one) else YES


def _several_structures(one: Format) -> str:
    return REFUSED if _is_first_csv(one) or _is_first_json(one) else YES


def _no_observations(one: Format) -> str:
    return _lost("empty-data-set") if one.extension == "csv" else YES


def _several_actions(one: Format) -> str:
    return _lost("action") if _is_first_csv(one) else YES


def _series_alone(one: Format) -> str:
    return _lost("partial-key") if one.model == "2.1" and one.extension != "csv" else YES


def _group_alone(one: Format) -> str:
    return _lost("partial-key") if _is_first_json(one) else YES


def _deleting(one: Format) -> str:
    return _lost("action") if _is_first_csv(one) else _series_alone(one)


def _empty_text(one: Format) -> str:
    return _lost("empty-text") if one.extension == "csv" else YES


def _action(one: Format) -> str:
    return _lost("action") if _is_first_csv(one) else YES


def _merge(one: Format) -> str:
    if one.model == "3.1":
        return YES
    return _lost("action") if _is_first_csv(one) else _otherwise("merge-as-append")


def _header(one: Format) -> str:
    return "no" if one.extension == "csv" else YES


RULES: Mapping[str, Mapping[str, Rule]] = {
    "Data sets": {
        "Several actions": _several_actions,
        "Several dataflows of a structure": _not_in_json_1,
        "Several structures": _several_structures,
        "Several values of an attribute of the data set": _always,
        "No observations": _no_observations,
        "No dataflow": _not_in_csv_1,
        "Draft": _draft,
    },
    "Components": {
        "Several measures": _measures,
        "No measure": _measures,
        "A measure that is not `OBS_VALUE`": _always,
        "No time dimension": _always,
        "Attributes of observations": _always,
        "of series": _always,
        "of groups": _always,
        "of the data set": _always,
    },
    "Rows that are no observations": {
        "Series": _series_alone,
        "Group": _group_alone,
        "Data set": _always,
        "Deleting by a part of the key": _deleting,
    },
    "Values": {
        "Nothing": _always,
        "`NaN`": _always,
        "`#N/A`": _always,
        "`~`": _not_in_json_1,
        "Empty text": _empty_text,
        "Any text": _always,
        "Wrong": _always,
    },
    "Actions": {
        "Information": _always,
        "Append": _action,
        "Replace": _action,
        "Delete": _action,
        "Merge": _merge,
    },
    "Header": {"Id": _header, "Time": _header, "Sender": _header, "Receivers": _header, "Test": _header},
}
"""The columns of each table, and what a format says in them."""
