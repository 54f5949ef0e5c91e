"""Strategies for hypothesis: schemas of data, and data sets for them with everything that is hard to write.

A model is the version of the information model: ``2.1``, ``3.0`` or ``3.1``. What an attribute of a group, a series or
the data set says is the same wherever it says it, so that every layout can say it once.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

import polars as pl
from hypothesis import strategies as st
from tests.examples.strategies import NOT_XML, Draw
from tests.examples.tapes import Tape, tapes
from tests.examples.texts import HARD

from icstip.messages.data_options import DataOptions, Labels, Layout
from icstip.messages.dataset import MISSING, NOT_APPLICABLE, Action, DataSet
from icstip.schema import ArtefactKey, Column, Level, Schema
from icstip.standard.model import Role

MODELS: Final = ("2.1", "3.0", "3.1")
NAN: Final = float("nan")
WHOLE_TYPES: Final = frozenset({"Integer", "Long"})
NUMBER_TYPES: Final = frozenset({"Decimal", "Double"})

COMPONENT_IDS: Final = (
    *("DIM", "REF_AREA", "A", "b-1", "Z_0", "kind", "id", "action", "value", "Obs", "a", "SERIES", "Series", "name"),
    *("OBS_STATUS", "x_-", "values", "Group", "TITLE", "z9", "setID", "Value", "key", "B" * 40),
)
CODES: Final = (
    *("A", "_T", "002", "2", "B", "_Z", "a", "NA", "NaN", "INF", "null", "true", "1e5", "-", "--", "-1", "$", "@", "0"),
    *("00", "A-B", "A_B", "A@B", "A$B", "$$", "_", "1A", "-A", "Y0T17", "9", "x" * 50),
)
FIXED_TEXTS: Final = (
    *("a", *HARD.values(), " lead", "trail ", " ", "\n", "\r\n", "\r", "\t", '"', '""', "'", "]]>", "<![CDATA[x]]>"),
    *(
        "<!-- x -->",
        "&amp;",
        "&#10;",
        "&",
        "<",
        "e\u0301",
        "\u0301",
        "👩‍👧",
        "🏳️‍🌈",
        "مرحبا \u200f(x)",
        "\ufeffx",
        "\x7f",
    ),
    *("\u2028\u2029\x85", "\xa0", "\ufffd", "007", "1.50", "1e5", "NaN", "INF", "null", "true", "None", "#N/A", "~"),
    *("A,B", "A;B", "A\tB", "A|B", "=1+1", "\\", "\\n", '\\"', "{}", "[]", "0", '"at" the start', 'at the "end"', "-"),
    *(
        "DATAFLOW",
        "A: B",
        "</Obs>",
        "<Obs/>",
        '"/>\n<Obs',
        "a" * 300,
        "é" * 40,
        "  ",
        ",",
        ";",
        "\n\n",
        "', \"",
        "*",
        "/",
    ),
)
TIMES: Final = (
    *("2020", "2021", "2020-Q1", "2020-Q4", "2020-S2", "2020-T1", "2020-01", "2020-M01", "2020-W53", "2020-D001"),
    *("2020-A1", "2020-01-01", "2020-01-01T00:00:00", "2020-01-01T00:00:00.5", "2020-01-01T00:00:00Z", "0020"),
    *("2020-01-01T00:00:00+05:30", "2020-01-01/P1Y", "2020-01-01T00:00:00/PT1H", "2020Z", "-0044-03"),
)
"""A period of every format of time that SDMX has."""

FIXED_NUMBERS: Final = (
    *(0.0, 1.0, -3.5, 0.1, -0.0, 1e5, 1e15, 1e16, 1e22, 1.5e-7, 5e-324, -1.7976931348623157e308, float("inf")),
    *(2.0**53, 2.0**63, 1 / 3, 123456.789, 0.1 + 0.2, 1e-5, 0.0001, 1240.0, float("-inf"), 12345678901234.5),
)
FIXED_WHOLE: Final = (0, 1, 1240, -5, 2**53 + 1, -(2**53) - 1, 2**63 - 1, -(2**63), 10**17 + 1)
LARGE: Final = (str(2**63), str(-(10**30)), "123456789012345678901234567890")
NO_CODES: Final = ("not a code", "é", "a.b", "x&y", 'q"q', "<", "a,b", "00:2", "\n", "a;b", " A")
NO_NUMBERS: Final = ("abc", "1,5", "1 000", "<5", "..", '"5"', "0x1F", "1e", "--1", " 5", "x\ny")

TEXTS: Final = st.lists(
    st.text(
        st.characters(codec="utf-8", exclude_characters=NOT_XML) | st.sampled_from("&<>'\"\\ ,;|\t\n\r=/:[]{}%ا"),
        min_size=1,
        max_size=6,
    ),
    max_size=2,
)
NUMBERS: Final = st.lists(st.floats(allow_nan=False), max_size=2)
WHOLE: Final = st.lists(st.integers(-(2**63), 2**63 - 1), max_size=1)

_CODE: Final = re.compile(r"[A-Za-z0-9_@$\-]+")

Value = str | int | float | None
Row = dict[str, Value]


@dataclass(frozen=True)
class Choice:
    """What data sets may have.

    Attributes:
        model: Version of the information model.
        actions: What receivers can be asked to do.
        faulty: Whether some values are none of their type.
        empty_texts: Whether a text may be empty.
        partial: Whether some rows have not all dimensions.
        without_dataflow: Whether they can be of a data structure and no dataflow.
        any_dimension: Whether a dimension can have values that look like no code.
        empty_sets: Whether data sets may have no rows.
    """

    model: str
    actions: tuple[Action, ...] = tuple(Action)
    faulty: bool = True
    empty_texts: bool = True
    partial: bool = True
    without_dataflow: bool = True
    any_dimension: bool = True
    empty_sets: bool = True


def schemas(choice: Choice) -> st.SearchStrategy[Schema]:
    """Return schemas of data: 1 to 6 dimensions, what they measure, attributes of all levels, groups."""
    return tapes(80).map(lambda tape: _schema(tape, choice))


def _schema(tape: Tape, choice: Choice) -> Schema:
    ids = iter(tape.some(COMPONENT_IDS, 14, 14))
    dimensions = [_dimension(tape, next(ids)) for _ in range(tape.one([2, 1, 3, 1, 2, 4, 5]))]
    names = tuple(one.id for one in dimensions)
    if not tape.rarely(3):
        dimensions.append(_column("TIME_PERIOD", Role.TIME_DIMENSION, data_type="ObservationalTimePeriod"))
    groups = {name: tape.subset(names) for name in tape.some(["Sibling", "G-1", "g"], 0, 2)}
    number = 1 if choice.model == "2.1" else tape.one([1, 2, 1, 0, 1, 3])
    first = next(ids) if tape.rarely(3) else "OBS_VALUE"
    measures = [_measure(tape, name) for name in [first, *(next(ids) for _ in range(number - 1))][:number]]
    attributes = [_attribute(tape, next(ids), names, groups) for _ in range(tape.below(6))]
    version = tape.one(["1.0", "1.0.0", "2.10.3"])
    return Schema(
        ArtefactKey(tape.one(["A", "A.B", "SDMX"]), "DSD_1", version),
        None if choice.without_dataflow and tape.rarely(4) else ArtefactKey("A.B", "DF-$1@", version),
        (*dimensions, *measures, *attributes),
        groups=groups,
        name={"en": "Example"},
    )


def _column(name: str, role: Role, **more: Any) -> Column:  # noqa: ANN401 - whatever a column has
    fields: dict[str, Any] = {"codes": None, "codelist": None, "data_type": "String", "attachment": None}
    fields |= {"attached_to": (), "mandatory": role is Role.DIMENSION, "name": {"en": f"Name of {name}", "fr": name}}
    return Column(name, role, **{**fields, **more})


def _coded(tape: Tape, name: str, role: Role) -> Column:
    codes = tuple(tape.some(CODES, 1, 5))
    return _column(name, role, codes=codes, codelist="CL_1", code_names={code: {"en": f"N {code}"} for code in codes})


def _either(tape: Tape, name: str, role: Role, types: Sequence[str]) -> Column:
    """Return a column that is coded, which the empty type says, or is of one of some types."""
    data_type = tape.one(types)
    return _column(name, role, data_type=data_type) if data_type else _coded(tape, name, role)


def _dimension(tape: Tape, name: str) -> Column:
    return _either(tape, name, Role.DIMENSION, ["", "", "", "String", "String", "Integer", "ObservationalTimePeriod"])


def _measure(tape: Tape, name: str) -> Column:
    return _either(tape, name, Role.MEASURE, ["Decimal", "Double", "Integer", "Decimal", "Long", "", "String"])


def _attribute(tape: Tape, name: str, dimensions: tuple[str, ...], groups: Mapping[str, tuple[str, ...]]) -> Column:
    column = _either(tape, name, Role.ATTRIBUTE, ["String", "", "String", "Decimal", "", "Integer", "Boolean"])
    level = tape.one([one for one in Level if groups or one is not Level.GROUP])
    group = tape.one(sorted(groups)) if level is Level.GROUP else None
    attached = groups[group] if group else ()
    if level is Level.SERIES:
        attached = tape.subset(dimensions) if tape.rarely(2) else dimensions
    return replace(column, attachment=level, attached_to=attached, group=group)


@st.composite
def data_sets(draw: Draw, schema: Schema, choice: Choice) -> DataSet:
    """Return data sets with unique keys."""
    return _DataSets(schema, choice, draw(tapes(200)), draw(TEXTS), draw(NUMBERS), draw(WHOLE)).data_set()


class _DataSets:
    """Makes a data set of what was drawn."""

    def __init__(
        self,
        schema: Schema,
        choice: Choice,
        tape: Tape,
        texts: Sequence[str],
        numbers: Sequence[float],
        whole: Sequence[int],
    ) -> None:
        self._schema, self._choice, self._tape = schema, choice, tape
        self._drawn: tuple[Sequence[str], Sequence[float], Sequence[int]] = texts, numbers, whole
        self._faulty = choice.faulty and tape.rarely(4)
        self._missing = tape.rarely(3)
        self._pool: dict[str, Sequence[Value]] = {column.id: self._values(column) for column in schema.columns}
        self._said: dict[tuple[str, ...], Value] = {}

    def data_set(self) -> DataSet:
        """Return the data set."""
        action = self._tape.one(self._choice.actions)
        number = self._tape.one([2, 1, 4, 0, 3, 6, 8]) or int(not self._choice.empty_sets)
        keys = dict.fromkeys(self._key(self._schema.dimensions) for _ in range(number))
        # What is said of several observations together is deleted by rows of its own.
        together = {Level.GROUP, Level.SERIES, Level.DATASET} if action is Action.DELETE else set()
        columns = [one for one in self._schema.columns if one.attachment not in together]
        rows = [self._row(dict(key), columns) for key in keys]
        if self._choice.partial:
            rows += [*self._partial_rows(rows, action)]
        return DataSet(self._schema, frame_of(self._schema, rows), action)

    def _key(self, dimensions: Sequence[str]) -> tuple[tuple[str, Value], ...]:
        return tuple((name, self._tape.one(self._pool[name])) for name in dimensions)

    def _values(self, column: Column) -> Sequence[Value]:
        """Return the few values that a component has in this data set, never absent."""
        texts, numbers, whole = self._drawn
        is_dimension = column.role in {Role.DIMENSION, Role.TIME_DIMENSION}
        usual: Sequence[Value]
        missing: Sequence[Value]
        if column.codes is not None:
            usual, missing = column.codes, [MISSING]
            wrong: Sequence[str] = NO_CODES
        elif column.data_type in WHOLE_TYPES:
            usual, missing, wrong = [*whole, *FIXED_WHOLE], [NAN], (*LARGE, *NO_NUMBERS)
        elif column.data_type in NUMBER_TYPES:
            usual, missing, wrong = [*numbers, *FIXED_NUMBERS], [NAN], NO_NUMBERS
        elif column.data_type == "ObservationalTimePeriod":
            usual, missing, wrong = TIMES, [], ["2020-99"]
        else:
            usual = ["true", "false"] if column.data_type == "Boolean" else [*texts, *FIXED_TEXTS]
            missing, wrong = [""] if self._choice.empty_texts else [], [MISSING]
        if is_dimension:
            usual = [one for one in usual if self._may_be_key(str(one))] or ["X"]
            missing = [NOT_APPLICABLE] if self._choice.model == "3.1" and column.data_type == "String" else []
            wrong = wrong if self._choice.any_dimension else ["X"]
        found: list[Value] = [*self._tape.some(usual, 1, 4)]
        found += missing if self._missing and self._tape.rarely(2) else []
        return found + ([self._tape.one(wrong)] if self._faulty and self._tape.rarely(2) else [])

    def _may_be_key(self, text: str) -> bool:
        return text != NOT_APPLICABLE and (self._choice.any_dimension or _CODE.fullmatch(text) is not None)

    def _row(self, key: Mapping[str, Value], columns: Sequence[Column]) -> Row:
        """Return a row; what is said of several observations together is chosen once, and then the same."""
        row: Row = dict(key)
        for column in columns:
            if column.role in {Role.MEASURE, Role.ATTRIBUTE}:
                values = [None, *self._pool[column.id]]
                if column.attachment in {None, Level.OBSERVATION}:
                    row[column.id] = self._tape.one(values)
                    continue
                about = (column.id, *(repr(key.get(name)) for name in column.attached_to))
                if about not in self._said:
                    self._said[about] = self._tape.one(values)
                row[column.id] = self._said[about]
        return row

    def _partial_rows(self, rows: Sequence[Row], action: Action) -> Iterator[Row]:
        """Yield rows that have not all dimensions: attributes of what has no observations, or what to delete."""
        of_dataset = [column for column in self._schema.columns if column.attachment is Level.DATASET]
        of_dataset = of_dataset if action is not Action.DELETE else []
        attached = {column.attached_to for column in self._schema.columns if column.attached_to}
        patterns = sorted(one for one in attached if len(one) < len(self._schema.dimensions))
        if action is Action.DELETE and len(self._schema.dimensions) > 1:
            patterns.append(self._schema.dimensions[self._tape.below(2) :][: -1 - self._tape.below(2)])
        if not patterns and not rows and of_dataset:
            patterns.append(())
        chosen = dict.fromkeys(
            self._key(self._tape.one(patterns)) for _ in range(self._tape.below(3) if patterns else 0)
        )
        for key in chosen:
            pattern = tuple(name for name, _ in key)
            about = [column for column in self._schema.columns if column.attached_to == pattern and pattern]
            row = self._row(dict(key), about + of_dataset)
            says = any(row[column.id] is not None for column in about or of_dataset)
            taken = any(all(repr(other[name]) == repr(value) for name, value in key) for other in rows)
            if pattern if action is Action.DELETE else says and not taken:
                yield row


def frame_of(schema: Schema, rows: Sequence[Row]) -> pl.DataFrame:
    """Return rows as a frame with the columns of a schema in their types."""
    return pl.DataFrame([series_of(column, [row.get(column.id) for row in rows]) for column in schema.columns])


def series_of(column: Column, given: Sequence[Value]) -> pl.Series:
    """Return a column in the type that its values have: texts where some are none of its type."""
    there = [value for value in given if value is not None]
    if column.codes is not None:
        markers = [one for one in (MISSING, NOT_APPLICABLE) if one in there and one not in column.codes]
        all_codes = {*column.codes, *markers}.issuperset(there)
        dtype: pl.DataType = pl.Enum([*column.codes, *markers]) if all_codes else pl.String()
        return pl.Series(column.id, given, dtype)
    if column.data_type not in WHOLE_TYPES | NUMBER_TYPES:
        return pl.Series(column.id, given, pl.String)
    is_text = any(isinstance(value, str) for value in there)
    if column.data_type in NUMBER_TYPES and not is_text:
        return pl.Series(column.id, given, pl.Float64)
    large = any(isinstance(value, int) and abs(value) > 2**53 for value in there)
    missing = any(isinstance(value, float) for value in there)
    if is_text or (large and missing):
        texts = [value if isinstance(value, str | None) else number_text(value) for value in given]
        return pl.Series(column.id, texts, pl.String)
    return pl.Series(column.id, given, pl.Float64 if missing else pl.Int64, strict=False)


def number_text(value: float) -> str:
    """Return a number as the text that messages have for it."""
    if value != value:  # noqa: PLR0124 - only NaN is not itself
        return "NaN"
    if value in {float("inf"), float("-inf")}:
        return "INF" if value > 0 else "-INF"
    return f"{Decimal(repr(value or 0)):f}".removesuffix(".0")  # there is only one zero


@st.composite
def messages(draw: Draw, choice: Choice, most: int = 3) -> list[DataSet]:
    """Return the data sets of one message, of one schema.

    Consecutive ones of the same action are one. Where something is said of several observations together, they are
    therefore of different actions, because it might be said otherwise in each.
    """
    schema = draw(schemas(choice))
    drawn: list[DataSet] = draw(st.lists(data_sets(schema, choice), min_size=1, max_size=most))
    found = drawn[:1]
    for one in drawn[1:]:
        if one.action is not found[-1].action:
            found.append(one)
        elif not any(column.attached_to for column in schema.columns) and all(map(has_whole_keys, (one, *found))):
            key = list(schema.dimensions)
            texts = [data.frame.select(pl.col(key).cast(pl.String)) for data in (one, *found)]
            is_new = texts[0].with_row_index().join(pl.concat(texts[1:]), on=key, how="anti", nulls_equal=True)["index"]
            found.append(DataSet(schema, one.frame[is_new.sort()], one.action))
    return found


def has_whole_keys(data: DataSet) -> bool:
    """Return whether all rows of a data set have all dimensions."""
    keys = data.frame.select(pl.col(list(data.schema.dimensions)).cast(pl.String))
    return not keys.select(pl.any_horizontal(pl.all().is_null() | (pl.all() == NOT_APPLICABLE)).any()).item()


def options_for(schema: Schema, *, csv: bool, names: bool = False) -> st.SearchStrategy[DataOptions]:
    """Return how data are written: laid out, by series along any dimension; in SDMX-CSV labelled and delimited.

    Args:
        schema: Schema of the data.
        csv: Whether it is SDMX-CSV that is written.
        names: Whether it has columns for names.
    """
    if csv:
        labels = [Labels.ID, Labels.ID, Labels.BOTH, *([Labels.NAME] if names else [])]
        return st.builds(
            DataOptions,
            labels=st.sampled_from(labels),
            language=st.sampled_from(["en", "fr", "ar"]),
            delimiter=st.sampled_from([",", ",", ";", "\t", "|"]),
        )
    along = [DataOptions(Layout.SERIES, name) for name in schema.dimensions]
    return st.sampled_from([*(DataOptions(layout=layout) for layout in Layout), *along])
