"""The rows of data messages in SDMX-ML, read element by element with lxml: slow, plain, and independent of the package.

A row is what is said of one observation, by the ids of its components. What is said of groups, series and data sets is
put to the observations that it is about; where it is about none, it is a row of its own. So is, where observations are
to be deleted, all that is said of groups.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import polars as pl
from lxml import etree

from icstip.artefacts.notices import Notices
from icstip.messages.dataset import DataSet
from icstip.schema import Level, Schema

Row = dict[str, str]
_PRIMARY = "OBS_VALUE"


def rows_of_message(content: bytes, schema: Schema) -> list[tuple[str, list[Row]]]:
    """Return the action and the rows of each data set of a message, those of observations in their order."""
    root = etree.fromstring(content)
    return [(_action(one), _rows(one, schema)) for one in root if _local(one) == "DataSet"]


def rows_of(dataset: DataSet) -> list[Row]:
    """Return the rows of a data set as messages are to hold them."""
    frame = dataset.frame.with_columns(pl.col(pl.Enum).cast(pl.String))
    return [{k: text_of(v) for k, v in row.items() if v is not None} for row in frame.iter_rows(named=True)]


def text_of(value: object) -> str:
    """Return a value as messages hold it: no exponent, whole numbers without a point."""
    if not isinstance(value, float):
        return str(value)
    if value in {float("inf"), float("-inf")}:
        return "INF" if value > 0 else "-INF"
    if value != value:  # noqa: PLR0124 - what is not a number is not equal to itself
        return "NaN"
    if value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return f"{Decimal(repr(value)):f}".removesuffix(".0")


def _rows(dataset: etree._Element, schema: Schema) -> list[Row]:
    once = _told(dataset)
    found: list[Row] = []
    apart: list[Row] = []
    for element in dataset:
        name, told = _local(element), _told(element)
        if name == "Series" and any(_local(one) == "Obs" for one in element):
            found += [{**once, **told, **_told(one)} for one in element if _local(one) == "Obs"]
        elif name != "Attributes":
            (found if name == "Obs" else apart).append({**once, **told})
    if _action(dataset) == "Delete":
        rows = found + apart
    else:
        rows = found + [told for told in apart if not _put(told, found, set(schema.dimensions), once)]
    if once and not rows:
        rows.append(once)
    return [_named(row, schema) for row in rows]


def _put(told: Row, found: Sequence[Row], dimensions: set[str], once: Row) -> bool:
    """Put what is told of observations together to each of them, and return whether there is any."""
    key = {(name, value) for name, value in told.items() if name in dimensions}
    about = [row for row in found if key <= row.items()]
    for row in about:
        assert not (told.keys() - dimensions - once.keys()) & row.keys()
        row.update(told)
    return bool(about)


def _action(dataset: etree._Element) -> str:
    # Unqualified in generic data; otherwise that is the name of a component.
    wanted = [name for name in dataset.attrib if str(name).startswith("{") is not _is_generic(dataset)]
    (action,) = (str(dataset.attrib[name]) for name in wanted if etree.QName(name).localname == "action")
    return action


def _is_generic(dataset: etree._Element) -> bool:
    root = dataset.getparent()
    return root is not None and _local(root).startswith("Generic")


def _named(row: Mapping[str, str], schema: Schema) -> Row:
    if len(schema.measures) != 1 or _PRIMARY in schema.by_id:
        return dict(row)
    return {schema.measures[0] if name == _PRIMARY else name: value for name, value in row.items()}


def _told(element: etree._Element) -> Row:
    """Return what an element says itself: its attributes, or the values in the elements of generic data."""
    if etree.QName(element).namespace and _local(element) != "DataSet":
        return dict(_generic(element))
    plain = {str(name): str(value) for name, value in element.attrib.items() if not str(name).startswith("{")}
    if _local(element) == "DataSet" and _is_generic(element):
        return dict(_generic(element))
    return plain


def _generic(element: etree._Element) -> Iterator[tuple[str, str]]:
    for child in element:
        if _local(child) == "ObsDimension":
            yield str(child.get("id")), str(child.get("value"))
        elif _local(child) == "ObsValue":
            yield _PRIMARY, str(child.get("value"))
        elif _local(child) in {"ObsKey", "SeriesKey", "GroupKey", "Attributes"}:
            yield from ((str(value.get("id")), str(value.get("value"))) for value in child)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def deleted(rows: Sequence[Row], schema: Schema) -> set[tuple[frozenset[tuple[str, str]], str]]:
    """Return what rows ask to delete: a component, or all, of the observations of a key."""
    found = set()
    for row in rows:
        key = frozenset((name, value) for name, value in row.items() if name in schema.dimensions)
        said = [name for name in row if name not in schema.dimensions]
        for name in said:
            column = schema.by_id[name]
            attached = column.attached_to or (() if column.attachment is Level.DATASET else schema.dimensions)
            found.add((frozenset(one for one in key if one[0] in attached), name))
        if not said:
            found.add((key, ""))
    return found


def said(notices: Notices) -> dict[str, tuple[str, ...]]:
    """Return what notices say that was lost or said in another way, with the components that it concerns."""
    return {str(getattr(one.params["what"], "id", "")).removeprefix("loss."): one.cells for one in notices.findings}


def in_any_order(rows: Sequence[Row]) -> list[list[tuple[str, str]]]:
    """Return rows so that those of the same content in another order are equal."""
    return sorted(sorted(row.items()) for row in rows)
