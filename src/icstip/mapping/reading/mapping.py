"""Mapping files → a `TableMapping`: a TOML with what the columns mean, and beside it a CSV with what labels mean.

Reading does not stop at a mistake: it goes on with what is right, and what a mistake leaves unknown is not held against
the rest.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Final

from icstip.errors import MappingError
from icstip.findings import Finding
from icstip.mapping.model import OPEN, Codes, ColumnRule, FigureFormat, LabelRule, LeftOut, TableMapping
from icstip.mapping.reading.codes import CODE_COLUMNS, CODES_FILE, CodesReader
from icstip.mapping.reading.keys import MAPPING, VALUE
from icstip.mapping.reading.layout import are_names_known, items, read_layouts, tell_unknown_column
from icstip.mapping.reading.mistakes import Mistakes
from icstip.mapping.reading.positions import Keys, lines_of
from icstip.mapping.reading.source import Doubts, MappingSource, Values
from icstip.mapping.reading.terms import Terms
from icstip.standard.model import Standard
from icstip.tables.header import folded_header
from icstip.tables.layouts.layout import FIGURES

MAPPING_FILE: Final = "mapping.toml"

_OF_NUMBERS: Final = frozenset("0123456789+-−.,")  # at its ends, a mark would be a part of the figure

__all__ = ["CODES_FILE", "CODE_COLUMNS", "MAPPING_FILE", "find_mapping", "read_mapping"]


def find_mapping(name: str, builtin: Path) -> Path:
    """Return the TOML file of a mapping.

    Args:
        name: The name of a built-in mapping, a mapping file, or a folder that holds one.
        builtin: The folder of built-in mappings.

    Raises:
        MappingError: There is neither a file nor a built-in mapping of that name.
    """
    candidates = [Path(name) / MAPPING_FILE, Path(name), builtin / name / MAPPING_FILE]
    for path in candidates:
        with suppress(OSError):  # a name that no file can have is not the name of one
            if path.is_file():
                return path
    known = sorted(folder.parent.name for folder in builtin.glob(f"*/{MAPPING_FILE}"))
    raise MappingError("mapping-missing", where=name, known=", ".join(known))


def read_mapping(path: Path, standard: Standard) -> TableMapping:
    """Return a mapping, checked against the standard.

    Args:
        path: The TOML file; `codes.csv` is read from the same folder if it is there.
        standard: What the components and codes must belong to.

    Raises:
        MistakesError: Mistakes in the files: all of them, each with its line.
        MappingError: A file cannot be read at all.
    """
    try:
        content = path.read_text(encoding="utf-8-sig")
        raw: object = tomllib.loads(content)
        lines = lines_of(content)
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError("mapping-unreadable", where=str(path)) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise MappingError("mapping-no-toml", where=str(path), reason=str(error)) from error
    mistakes = Mistakes()
    source = MappingSource(path, lines, mistakes)
    mapping = _Reader(source, MAPPING.taken(raw, (), source) or {}, Terms(standard, mistakes)).mapping()
    mistakes.refuse(str(path))
    return mapping


class _Reader:
    """Reads one mapping, of which each value that is there has the shape that it must have."""

    def __init__(self, source: MappingSource, values: Values, terms: Terms) -> None:
        self._source = source
        self._values = values
        self._terms = terms
        self._headers: dict[str, str] = {}
        self._layouts = read_layouts(values.get("table"), source)
        self._doubts = Doubts(values, source.doubtful, terms.times)

    def mapping(self) -> TableMapping:
        """Return the mapping; it is whole if there are no mistakes."""
        about, time = self._table("mapping"), self._table("time")
        table = self._only_table()
        figure_column = FIGURES if self._layouts else self._header(table.get("figures", ""), ("table", "figures"))
        time_column = self._header(time.get("column", ""), ("time", "column"), self._terms.times)
        part_column = self._header(time.get("part", ""), ("time", "part"))
        figures = self._figures(self._table("figures"))
        constants = self._codes(self._table("constants"), ("constants",), may_be_open=True)
        columns = [rule for keys, given in self._tables("columns") for rule in self._rules(given, keys)]
        labels, assumed = self._labels(columns, time_column)
        left_out = tuple(self._left_out(given, keys) for keys, given in self._tables("left_out"))
        return TableMapping(
            id=self._source.path.parent.name,
            where=str(self._source.path),
            title=about.get("title", ""),
            attribution=about.get("attribution", ""),
            sheet=table.get("sheet", ""),
            figure_column=figure_column,
            time_column=time_column,
            part_column=part_column,
            figures=figures,
            constants=constants,
            columns=tuple(rule for rule in columns if rule.component != OPEN),
            labels=labels,
            left_out=left_out,
            layouts=self._layouts,
            open_columns=tuple(rule for rule in columns if rule.component == OPEN),
            findings=assumed,
        )

    def _only_table(self) -> Values:
        """Return what is said of a table with one figure a row; an array can have it as its only table."""
        given = self._values.get("table")
        several = given if isinstance(given, list) else [given]
        return {} if self._layouts or len(several) != 1 else several[0] or {}

    def _table(self, key: str) -> Values:
        return self._values.get(key) or {}

    def _tables(self, key: str) -> Iterator[tuple[Keys, Values]]:
        for position, table in enumerate(self._values.get(key) or ()):
            if table is not None:
                yield (key, position), table

    @cached_property
    def _known(self) -> list[str]:
        """The columns of the records of the layouts."""
        return list(dict.fromkeys(name for layout in self._layouts for name in layout.names()))

    def _header(self, name: str, keys: Keys, gives: Iterable[str] = ()) -> str:
        """Return a column's name as the mapping first wrote it: headers are compared without case and double blanks.

        Args:
            name: The name.
            keys: Where it stands.
            gives: The components that it gives.
        """
        if name and self._layouts and name not in self._known and are_names_known(self._source):
            tell_unknown_column(name, self._known, keys, self._source)
            self._doubts.doubt(name, gives)
        return self._headers.setdefault(folded_header(name), name)

    def _rules(self, given: Values, keys: Keys) -> Iterator[ColumnRule]:
        """Yield the rule of a column, or one for each component that it has members of."""
        component, members = given.get("component"), items(given.get("components"))
        named = (
            {(*keys, "component"): component} if component else {(*keys, "components", i): one for i, one in members}
        )
        column = self._header(given.get("column", ""), (*keys, "column"), named.values())
        when = self._conditions(given, keys)
        if component == OPEN:
            yield ColumnRule(column, OPEN, when)
            return
        known = [one for place, one in named.items() if self._terms.has_component(one, self._source.place(place))]
        if len(known) < len(named):
            self._doubts.doubt(column, named.values())
        only = [] if members else items(given.get("only"))  # what a member can be is not limited
        blank = given.get("blank", "")
        codes: dict[Keys, str] = {(*keys, "only", i): code for i, code in only}
        self._check_codes(known, codes | ({(*keys, "blank"): blank} if blank else {}))
        sets = self._codes(given.get("sets", {}), (*keys, "sets"))
        for position, one in enumerate(known):
            yield ColumnRule(
                column,
                one,
                when,
                frozenset(code for _, code in only),
                blank,
                {} if position else sets,
                tuple(member for _, member in members),
            )

    def _check_codes(self, components: Iterable[str], codes: Mapping[Keys, str]) -> None:
        for component, (keys, code) in product(components, codes.items()):
            self._terms.has_code(component, code, self._source.place(keys))

    def _figures(self, given: Values) -> FigureFormat:
        thousands, decimal = given.get("thousands", ""), given.get("decimal") or "."
        if thousands == decimal:
            self._source.mistakes.add("MAP-015", self._source.place(("figures", "thousands")), thousands)
        signs: Mapping[str, Codes] = given.get("signs", {})
        marks: Mapping[str, Codes] = given.get("marks", {})
        for mark in marks:
            if not mark.strip() or {mark[0], mark[-1]} & _OF_NUMBERS:
                self._source.mistakes.add("MAP-021", self._source.place(("figures", "marks", mark)), mark)
        return FigureFormat(
            thousands=thousands,
            decimal=decimal,
            whole=given.get("whole", False),
            sign_values={sign: float(texts[VALUE]) for sign, texts in signs.items() if VALUE in texts},
            signs={
                sign: self._codes(_without_value(texts), ("figures", "signs", sign)) for sign, texts in signs.items()
            },
            marks={mark: self._codes(codes, ("figures", "marks", mark)) for mark, codes in marks.items()},
        )

    def _left_out(self, given: Values, keys: Keys) -> LeftOut:
        column = self._header(given.get("column", ""), (*keys, "column"))
        return LeftOut(given.get("reason", ""), column, self._conditions(given, keys))

    def _conditions(self, given: Values, keys: Keys) -> dict[str, str]:
        return {self._header(column, (*keys, "when", column)): label for column, label in given.get("when", {}).items()}

    def _codes(self, codes: Codes, keys: Keys, *, may_be_open: bool = False) -> Codes:
        for component, code in codes.items():
            place = self._source.place((*keys, component))
            if may_be_open and code == OPEN:
                self._terms.has_component(component, place)
            else:
                self._terms.has_code(component, code, place)
        return codes

    def _labels(self, columns: Iterable[ColumnRule], time: str) -> tuple[tuple[LabelRule, ...], tuple[Finding, ...]]:
        """Return what labels mean, and what had to be assumed of the file that says so."""
        path = self._source.path.with_name(CODES_FILE)
        if not path.exists():
            return (), ()
        read = {(rule.column, rule.component) for rule in columns}
        read |= {(time, component) for component in self._terms.times if time}
        headers = self._headers.copy()
        reader = CodesReader(
            lambda name: headers.get(folded_header(name), name),
            frozenset(read),
            self._doubts.concern,
            self._terms,
            self._source.mistakes,
        )
        return reader.rules(path), reader.assumed


def _without_value(texts: Codes) -> Codes:
    return {component: code for component, code in texts.items() if component != VALUE}
