"""Mapping files → a `TableMapping`: a TOML with what the columns mean, and beside it a CSV with what labels mean."""

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from icstip.errors import MappingError
from icstip.mapping.model import OPEN, Codes, ColumnRule, FigureFormat, LabelRule, LeftOut, TableMapping
from icstip.mapping.normalise import folded
from icstip.mapping.reading.layout import is_layout, read_layout, unknown_column
from icstip.mapping.reading.source import MappingSource, Toml, near_words
from icstip.standard.model import Component, Role, Standard
from icstip.tables.header import folded_header
from icstip.tables.layouts.layout import FIGURES, Layout

MAPPING_FILE, CODES_FILE = "mapping.toml", "codes.csv"
CODE_COLUMNS = ("column", "component", "label", "code", "also", "note")

_VALUE = "value"  # of a sign; no component is called so
_OF_NUMBERS = frozenset("0123456789+-−.,")  # what a mark may not begin or end with, as it would be a part of the figure
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


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
        MappingError: A mistake in the files, with its line where there is one.
    """
    try:
        content = path.read_text(encoding="utf-8-sig")
        raw: Toml = tomllib.loads(content)
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError("mapping-unreadable", where=str(path)) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise MappingError("mapping-no-toml", where=str(path), reason=str(error)) from error
    return _Reader(MappingSource(path, content), standard).mapping(raw)


class _Reader:
    """Reads one mapping."""

    def __init__(self, source: MappingSource, standard: Standard) -> None:
        self._source = source
        self._headers: dict[str, str] = {}
        self._layouts: tuple[Layout, ...] = ()
        self._standard = standard
        self._components: dict[str, Component] = {
            component.id: component for structure in standard.structures.values() for component in structure.components
        }

    def mapping(self, raw: Toml) -> TableMapping:
        self._source.check_keys("", raw)
        about, time = self._source.table(raw, "mapping"), self._source.table(raw, "time")
        table, self._layouts = self._tables(raw)
        figures, columns = self._source.table(raw, "figures"), self._columns(raw)
        return TableMapping(
            id=self._source.path.parent.name,
            where=str(self._source.path),
            title=self._source.text(about, "title"),
            attribution=self._source.text(about, "attribution"),
            sheet=self._source.text(table, "sheet"),
            figure_column=FIGURES if self._layouts else self._header(self._source.text(table, "figures")),
            time_column=self._header(self._source.text(time, "column")),
            part_column=self._header(self._source.text(time, "part")),
            figures=self._figures(figures),
            constants=self._codes(raw.get("constants", {}), "constants", may_be_open=True),
            columns=tuple(rule for rule in columns if rule.component != OPEN),
            labels=self._labels(self._read_by(columns, self._header(self._source.text(time, "column")))),
            left_out=tuple(self._left_out(rule) for rule in self._source.tables(raw, "left_out")),
            layouts=self._layouts,
            open_columns=tuple(rule for rule in columns if rule.component == OPEN),
        )

    def _read_by(self, columns: Sequence[ColumnRule], time: str) -> frozenset[tuple[str, str]]:
        """Return the columns and components whose labels can be declared."""
        periods = {(time, name) for name, known in self._components.items() if known.role is Role.TIME_DIMENSION}
        return frozenset((rule.column, rule.component) for rule in columns) | (periods if time else frozenset())

    def _tables(self, raw: Toml) -> tuple[Toml, tuple[Layout, ...]]:
        """Return what is said of a table with one figure a row, or the layouts of those with several."""
        given = raw.get("table", {})
        several = self._source.tables(raw, "table") if isinstance(given, list) else [self._source.table(raw, "table")]
        layouts = tuple(read_layout(table, self._source) for table in several if is_layout(table))
        if (layouts and len(layouts) < len(several)) or (len(several) != 1 and not layouts):
            raise self._source.mistake("mapping-tables", "table")
        return ({}, layouts) if layouts else (several[0], ())

    @cached_property
    def _known(self) -> list[str]:
        """The columns of the records of the layouts."""
        return list(dict.fromkeys(name for layout in self._layouts for name in layout.names()))

    def _columns(self, raw: Toml) -> tuple[ColumnRule, ...]:
        return tuple(rule for given in self._source.tables(raw, "columns") for rule in self._rules(given))

    def _rules(self, raw: Toml) -> Iterator[ColumnRule]:
        """Yield the rule of a column, or one for each component that it has members of."""
        members = tuple(map(self._component, self._source.listed(raw, "components")))
        if bool(members) is ("component" in raw) or len(members) == 1:
            raise self._source.mistake("mapping-members", self._source.text(raw, "column"))
        if not members:
            yield self._column(raw)
        for position, component in enumerate(members):
            rule = self._column({**raw, "component": component, "only": []})
            yield replace(rule, members=members, sets={} if position else rule.sets)

    def _figures(self, raw: Toml) -> FigureFormat:
        signs, marks = self._signs(raw, "signs"), self._signs(raw, "marks")
        if odd := next((mark for mark in marks if not mark.strip() or {mark[0], mark[-1]} & _OF_NUMBERS), None):
            raise self._source.mistake("mapping-mark", odd, mark=odd)
        thousands, decimal = self._source.text(raw, "thousands"), self._source.text(raw, "decimal") or "."
        whole = raw.get("whole", False)
        if not isinstance(whole, bool):
            raise self._source.mistake("mapping-type", "whole", key="whole", expected="true")
        if thousands == decimal:
            raise self._source.mistake(
                "mapping-type", "thousands", key="decimal", expected=f'decimal = "…" ≠ "{thousands}"'
            )
        meanings = {sign: self._source.texts(meaning, sign) for sign, meaning in signs.items()}
        return FigureFormat(
            thousands=thousands,
            decimal=decimal,
            whole=whole,
            sign_values={
                sign: self._number(texts.pop(_VALUE), _VALUE) for sign, texts in meanings.items() if _VALUE in texts
            },
            signs={sign: self._codes(codes, sign) for sign, codes in meanings.items()},
            marks={mark: self._codes(codes, mark) for mark, codes in marks.items()},
        )

    def _signs(self, raw: Toml, key: str) -> dict[str, object]:
        signs = raw.get(key, {})
        if not isinstance(signs, dict):
            raise self._source.mistake("mapping-type", key, key=key, expected="{ … }")
        return {str(sign): meaning for sign, meaning in signs.items()}

    def _number(self, text: str, key: str) -> float:
        if not _NUMBER.fullmatch(text):
            raise self._source.mistake("mapping-type", key, key=key, expected='"0"')
        return float(text)

    def _column(self, raw: Toml) -> ColumnRule:
        component = self._source.text(raw, "component")
        if component == OPEN:
            return ColumnRule(self._header(self._source.text(raw, "column")), OPEN, self._conditions(raw))
        self._component(component)
        only = raw.get("only", [])
        if not isinstance(only, list):
            raise self._source.mistake("mapping-type", "only", key="only", expected='["…"]')
        blank = self._source.text(raw, "blank")
        for code in [*only, *([blank] if blank else [])]:
            self._check_code(component, str(code))
        return ColumnRule(
            column=self._header(self._source.text(raw, "column")),
            component=component,
            when=self._conditions(raw),
            only=frozenset(str(code) for code in only),
            blank=blank,
            sets=self._codes(raw.get("sets", {}), "sets"),
        )

    def _left_out(self, raw: Toml) -> LeftOut:
        return LeftOut(
            self._source.text(raw, "reason"), self._header(self._source.text(raw, "column")), self._conditions(raw)
        )

    def _conditions(self, raw: Toml) -> dict[str, str]:
        return {
            self._header(column): label for column, label in self._source.texts(raw.get("when", {}), "when").items()
        }

    def _header(self, name: str) -> str:
        """Return a column's name as the mapping first wrote it: headers are compared without case and double blanks."""
        if name == "*" or (name.startswith("^") and name.endswith("$")):  # polars takes them for many columns
            raise self._source.mistake("mapping-type", name, key=name, expected='"…"')
        if name and self._layouts and name not in self._known:
            raise unknown_column(name, self._known, self._source)
        return self._headers.setdefault(folded_header(name), name)

    def _labels(self, read: frozenset[tuple[str, str]]) -> tuple[LabelRule, ...]:
        path = self._source.path.with_name(CODES_FILE)
        if not path.exists():
            return ()
        try:
            content = path.read_text(encoding="utf-8-sig")
            return self._label_rules(
                csv.DictReader(io.StringIO(content, newline=""), restval="", strict=True), path, read
            )
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise MappingError("mapping-unreadable", where=str(path)) from error

    def _label_rules(
        self, rows: "csv.DictReader[str]", path: Path, read: frozenset[tuple[str, str]]
    ) -> tuple[LabelRule, ...]:
        lacking = [name for name in CODE_COLUMNS[:4] if name not in (rows.fieldnames or ())]
        if lacking:
            raise MappingError("mapping-codes-columns", where=f"{path}:1", lacking=", ".join(lacking))
        rules: dict[tuple[str, str, str], LabelRule] = {}
        for row in rows:
            where = f"{path}:{rows.line_num}"
            rule = self._label(row, where)
            if (rule.column, rule.component) not in read:
                raise MappingError("mapping-label-column", where=where, column=rule.column, component=rule.component)
            known = rules.setdefault((rule.column, rule.component, folded(rule.label)), rule)
            if (known.code, known.also) != (rule.code, rule.also):
                raise MappingError("mapping-label-twice", where=where, label=rule.label, column=rule.column)
        return tuple(rules.values())

    def _label(self, row: Mapping[str, str], where: str) -> LabelRule:
        component = self._component(row["component"], where)
        if row["code"] and row["code"] != OPEN:
            self._check_code(component, row["code"], where)
        pairs = [part.partition("=") for part in row.get("also", "").split()]
        if any(not (other and equals and code) for other, equals, code in pairs):
            raise self._source.mistake("mapping-type", "also", where, key="also", expected="COMPONENT=CODE")
        also = {other: code for other, _, code in pairs}
        for other, code in also.items():
            self._check_code(self._component(other, where), code, where)
        return LabelRule(self._header(row["column"]), component, row["label"], row["code"], also, row.get("note", ""))

    def _component(self, component: str, where: str = "") -> str:
        if component not in self._components:
            if near := near_words(component, self._components):
                raise self._source.mistake("mapping-component", component, where, component=component, near=near)
            raise self._source.mistake("mapping-component-alone", component, where, component=component)
        return component

    def _check_code(self, component: str, code: str, where: str = "") -> None:
        codelist = self._components[component].codelist
        known = self._standard.codelists[codelist].by_id if codelist else {}
        if codelist and not code:
            raise self._source.mistake("mapping-code-empty", component, where, component=component, codelist=codelist)
        if codelist and code not in known:
            if near := near_words(code, known):
                raise self._source.mistake("mapping-code", code, where, code=code, codelist=codelist, near=near)
            raise self._source.mistake("mapping-code-alone", code, where, code=code, codelist=codelist)

    def _codes(self, raw: object, key: str, *, may_be_open: bool = False) -> Codes:
        codes = self._source.texts(raw, key)
        for component, code in codes.items():
            known = self._component(component)
            if not (may_be_open and code == OPEN):
                self._check_code(known, code)
        return codes
