"""What comes back from a message of data: the same data, but for what its format cannot carry.

That is said here, in one table, and nowhere else in the tests.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import polars as pl
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from tests.examples.data_set_strategies import Choice, Row, Value, frame_of, options_for

from icstip.messages.data_options import DataOptions, Layout
from icstip.messages.dataset import NOT_APPLICABLE, Action, DataSet
from icstip.schema import Level, Schema

_BEFORE_31: Final = (Action.INFORMATION, Action.APPEND, Action.REPLACE, Action.DELETE)


@dataclass(frozen=True)
class Carries:
    """What a format carries.

    Attributes:
        model: Version of its information model; in 2.1 there is exactly one measure.
        actions: Actions that it tells apart.
        empty_texts: Whether it tells an empty text from a missing value.
        any_key: Whether a row can have any dimensions; if not, those of a group, or in series those of a series.
        empty_sets: Whether it has data sets without rows.
        without_dataflow: Whether data can be of a data structure and no dataflow.
        not_applicable_last: Whether rows that have only attributes, of a dimension that does not apply (SDMX 3.1), come
            after all series.
        any_dimension: Whether dimensions can have values that look like no code.
        has_series: Whether it has other layouts than flat, in which the rows of a series follow each other.
        has_names: Whether it has columns for names.
    """

    model: str
    actions: tuple[Action, ...] = _BEFORE_31
    empty_texts: bool = True
    any_key: bool = True
    empty_sets: bool = True
    without_dataflow: bool = True
    has_series: bool = True
    not_applicable_last: bool = False
    any_dimension: bool = True
    has_names: bool = False


CARRIES: Final = {
    "sdmx-csv-1.0": Carries(
        "2.1", (Action.INFORMATION,), empty_texts=False, empty_sets=False, without_dataflow=False, has_series=False
    ),
    "sdmx-csv-2.0": Carries("3.0", empty_texts=False, empty_sets=False, has_series=False, has_names=True),
    "sdmx-csv-2.1": Carries(
        "3.1", tuple(Action), empty_texts=False, empty_sets=False, has_series=False, has_names=True
    ),
    "sdmx-ml-2.1": Carries("2.1", any_key=False),
    "sdmx-ml-2.1-generic": Carries("2.1", any_key=False),
    "sdmx-ml-3.0": Carries("3.0"),
    "sdmx-ml-3.1": Carries("3.1", tuple(Action)),
    "sdmx-json-1.0": Carries("2.1", any_key=False, any_dimension=False),
    "sdmx-json-2.0": Carries("3.0"),
    "sdmx-json-2.1": Carries("3.1", tuple(Action), not_applicable_last=True),
}


def options_of(schema: Schema, format_id: str) -> st.SearchStrategy[DataOptions]:
    """Return how data can be written in a format.

    Args:
        schema: Schema of the data.
        format_id: Id of the format.
    """
    carries = CARRIES[format_id]
    return options_for(schema, csv=not carries.has_series, names=carries.has_names)


def choice_for(*formats: str) -> Choice:
    """Return what data may have that all of some formats carry.

    Args:
        *formats: Ids of the formats.
    """
    carried = [CARRIES[name] for name in formats]
    actions = [action for action in Action if all(action in one.actions for one in carried)]
    return Choice(
        model=min(one.model for one in carried),
        actions=tuple(actions),
        empty_texts=all(one.empty_texts for one in carried),
        partial=all(one.any_key for one in carried),
        without_dataflow=all(one.without_dataflow for one in carried),
        any_dimension=all(one.any_dimension for one in carried),
        empty_sets=all(one.empty_sets for one in carried),
    )


EVERYTHING: Final = Carries("3.1", tuple(Action))
"""What a format would carry that loses nothing."""


def canonical(data: Sequence[DataSet], carries: Carries, options: DataOptions) -> list[DataSet]:
    """Return what comes back from a message of data sets of one schema whose actions it carries.

    Consecutive data sets of the same action are one. Rows come in their order, in a layout with series those of each
    series together; rows that have not all dimensions come last.

    Args:
        data: The data sets.
        carries: What the format carries.
        options: How they are laid out.
    """
    schema = data[0].schema
    at = observation_dimension(schema, options) if carries.has_series else ""
    found = []
    for action, same in groupby(data, key=lambda one: one.action):
        rows = [row for one in same for row in rows_of(one)]
        if not carries.empty_texts:
            rows = [{name: None if value == "" else value for name, value in row.items()} for row in rows]
        last = [row for row in rows if carries.not_applicable_last and _is_of_attributes(row, schema)]
        whole = [row for row in rows if row not in last and is_whole(row, schema, {None})]
        apart = [row for row in rows if row not in whole and (carries.any_key or _is_told(row, schema, at))]
        if at:
            whole = list(_by_series(whole, [name for name in schema.dimensions if name != at]))
        if carries.empty_sets or whole or apart:
            found.append(DataSet(schema, frame_of(schema, whole + apart), action))
    return found or [DataSet(schema, frame_of(schema, []), Action.INFORMATION)]


def assert_same(found: Sequence[DataSet], expected: Sequence[DataSet]) -> None:
    """Do nothing when data sets are equal, types and order of rows included.

    The order of rows that have not all dimensions means nothing: they are in that of what they say.

    Raises:
        AssertionError: They are not.
    """
    assert [one.action for one in found] == [one.action for one in expected]
    for one, other in zip(found, expected, strict=True):
        assert one.schema == other.schema
        assert_frame_equal(_settled(one), _settled(other), check_exact=True)


def observation_dimension(schema: Schema, options: DataOptions) -> str:
    """Return the dimension at the observation; nothing when all are, as they are where there is only one."""
    if options.layout is Layout.FLAT or len(schema.dimensions) == 1:
        return ""
    wanted = options.at_observation if options.layout is Layout.SERIES else ""
    return wanted or schema.time_dimension or schema.dimensions[-1]


def rows_of(data: DataSet) -> list[Row]:
    """Return the rows of a data set."""
    texts = data.frame.with_columns(pl.col(pl.Enum).cast(pl.String))
    return texts.to_dicts()


def is_whole(row: Row, schema: Schema, lacking: Container[Value] = frozenset({None, NOT_APPLICABLE})) -> bool:
    """Return whether a row has all dimensions.

    Args:
        row: The row.
        schema: Its schema.
        lacking: What stands for a dimension that it does not have.
    """
    return all(row[name] not in lacking for name in schema.dimensions)


def _is_of_attributes(row: Row, schema: Schema) -> bool:
    """Return whether a row only has attributes, and a dimension that does not apply."""
    is_off = any(row[name] == NOT_APPLICABLE for name in schema.dimensions)
    said = [name for name in schema.attributes if row[name] is not None]
    return is_off and bool(said) and all(row[name] is None for name in schema.measures)


def _is_told(row: Row, schema: Schema, at: str) -> bool:
    """Return whether SDMX 2.1 can say it: of a group what belongs to the group, of a series what belongs to series."""
    key = tuple(name for name in schema.dimensions if row[name] is not None)
    said = {name for name in schema.attributes if row[name] is not None and name not in schema.at_level(Level.DATASET)}
    columns = [schema.by_id[name] for name in said]
    if at and key == tuple(name for name in schema.dimensions if name != at):
        return all(one.attachment is Level.SERIES and at not in one.attached_to for one in columns)
    groups = [name for name, dimensions in schema.groups.items() if set(dimensions) == set(key)]
    return any(all(one.group == name for one in columns) for name in groups)


def _by_series(rows: Sequence[Row], key: Sequence[str]) -> Iterator[Row]:
    series: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:  # a part with a number and one with a text can say the same
        series.setdefault(tuple(str(row[name]) for name in key), []).append(row)
    return (row for found in series.values() for row in found)


def _settled(data: DataSet) -> pl.DataFrame:
    rows = rows_of(data)
    ranks = ["" if is_whole(row, data.schema) else told(row) for row in rows]
    return data.frame[sorted(range(len(rows)), key=ranks.__getitem__)]


def told(row: Row) -> str:
    """Return a row as a text; there is only one zero."""
    return repr({name: value + 0.0 if isinstance(value, float) else value for name, value in row.items()})
