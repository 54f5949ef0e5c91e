"""Mapping files → a `TableMapping`: a TOML with what the columns mean, and beside it a CSV with what labels mean."""

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from rapidfuzz import process

from icstip.errors import MappingError
from icstip.mapping.model import Codes, ColumnRule, FigureFormat, LabelRule, LeftOut, TableMapping
from icstip.mapping.normalise import folded
from icstip.standard.model import Component, Standard
from icstip.tables.header import folded_header

MAPPING_FILE, CODES_FILE = "mapping.toml", "codes.csv"
_CODE_COLUMNS = ("column", "component", "label", "code", "also", "note")

_KEYS: Mapping[str, frozenset[str]] = {
    "": frozenset({"mapping", "table", "figures", "time", "constants", "columns", "left_out"}),
    "mapping": frozenset({"title", "attribution"}),
    "table": frozenset({"sheet", "figures"}),
    "figures": frozenset({"thousands", "decimal", "signs", "whole"}),
    "time": frozenset({"column"}),
    "columns": frozenset({"column", "component", "when", "only", "blank", "sets"}),
    "left_out": frozenset({"column", "when", "reason"}),
}
_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "table": ("figures",),
    "columns": ("column", "component"),
    "left_out": ("reason",),
}

_VALUE = "value"  # of a sign; no component is called so
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # no message can carry them

_Toml = dict[str, object]


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
        raw: _Toml = tomllib.loads(content)
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError("mapping-unreadable", where=str(path)) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise MappingError("mapping-no-toml", where=str(path), reason=str(error)) from error
    return _Reader(path, content, standard).mapping(raw)


class _Reader:
    """Reads one mapping; knows where it stands, so that mistakes can be located."""

    def __init__(self, path: Path, content: str, standard: Standard) -> None:
        self._path = path
        self._lines = content.splitlines()
        self._headers: dict[str, str] = {}
        self._standard = standard
        self._components: dict[str, Component] = {
            component.id: component for structure in standard.structures.values() for component in structure.components
        }

    def mapping(self, raw: _Toml) -> TableMapping:
        self._check_keys("", raw)
        about, table, time = self._table(raw, "mapping"), self._table(raw, "table"), self._table(raw, "time")
        figures, columns = self._table(raw, "figures"), self._columns(raw)
        return TableMapping(
            id=self._path.parent.name,
            where=str(self._path),
            title=self._text(about, "title"),
            attribution=self._text(about, "attribution"),
            sheet=self._text(table, "sheet"),
            figure_column=self._header(self._text(table, "figures")),
            time_column=self._header(self._text(time, "column")),
            figures=self._figures(figures),
            constants=self._codes(raw.get("constants", {}), "constants"),
            columns=columns,
            labels=self._labels(frozenset((rule.column, rule.component) for rule in columns)),
            left_out=tuple(self._left_out(rule) for rule in self._tables(raw, "left_out")),
        )

    def _columns(self, raw: _Toml) -> tuple[ColumnRule, ...]:
        return tuple(self._column(rule) for rule in self._tables(raw, "columns"))

    def _figures(self, raw: _Toml) -> FigureFormat:
        signs = raw.get("signs", {})
        if not isinstance(signs, dict):
            raise self._error("mapping-type", "signs", key="signs", expected="{ … }")
        thousands, decimal = self._text(raw, "thousands"), self._text(raw, "decimal") or "."
        whole = raw.get("whole", False)
        if not isinstance(whole, bool):
            raise self._error("mapping-type", "whole", key="whole", expected="true")
        if thousands == decimal:
            raise self._error("mapping-type", "thousands", key="decimal", expected=f'decimal = "…" ≠ "{thousands}"')
        meanings = {str(sign): self._texts(meaning, str(sign)) for sign, meaning in signs.items()}
        return FigureFormat(
            thousands=thousands,
            decimal=decimal,
            whole=whole,
            sign_values={
                sign: self._number(texts.pop(_VALUE), _VALUE) for sign, texts in meanings.items() if _VALUE in texts
            },
            signs={sign: self._codes(codes, sign) for sign, codes in meanings.items()},
        )

    def _number(self, text: str, key: str) -> float:
        if not _NUMBER.fullmatch(text):
            raise self._error("mapping-type", key, key=key, expected='"0"')
        return float(text)

    def _column(self, raw: _Toml) -> ColumnRule:
        component = self._component(self._text(raw, "component"))
        only = raw.get("only", [])
        if not isinstance(only, list):
            raise self._error("mapping-type", "only", key="only", expected='["…"]')
        blank = self._text(raw, "blank")
        for code in [*only, *([blank] if blank else [])]:
            self._check_code(component, str(code))
        return ColumnRule(
            column=self._header(self._text(raw, "column")),
            component=component,
            when=self._conditions(raw),
            only=frozenset(str(code) for code in only),
            blank=blank,
            sets=self._codes(raw.get("sets", {}), "sets"),
        )

    def _left_out(self, raw: _Toml) -> LeftOut:
        return LeftOut(self._text(raw, "reason"), self._header(self._text(raw, "column")), self._conditions(raw))

    def _conditions(self, raw: _Toml) -> dict[str, str]:
        return {self._header(column): label for column, label in self._texts(raw.get("when", {}), "when").items()}

    def _header(self, name: str) -> str:
        """Return a column's name as the mapping first wrote it: headers are compared without case and double blanks."""
        if name == "*" or (name.startswith("^") and name.endswith("$")):  # polars takes them for many columns
            raise self._error("mapping-type", name, key=name, expected='"…"')
        return self._headers.setdefault(folded_header(name), name)

    def _labels(self, read: frozenset[tuple[str, str]]) -> tuple[LabelRule, ...]:
        path = self._path.with_name(CODES_FILE)
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
        lacking = [name for name in _CODE_COLUMNS[:4] if name not in (rows.fieldnames or ())]
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
        if row["code"]:
            self._check_code(component, row["code"], where)
        pairs = [part.partition("=") for part in row.get("also", "").split()]
        if any(not (other and equals and code) for other, equals, code in pairs):
            raise self._error("mapping-type", "also", where, key="also", expected="COMPONENT=CODE")
        also = {other: code for other, _, code in pairs}
        for other, code in also.items():
            self._check_code(self._component(other, where), code, where)
        return LabelRule(self._header(row["column"]), component, row["label"], row["code"], also, row.get("note", ""))

    def _component(self, component: str, where: str = "") -> str:
        if component not in self._components:
            if near := _near(component, self._components):
                raise self._error("mapping-component", component, where, component=component, near=near)
            raise self._error("mapping-component-alone", component, where, component=component)
        return component

    def _check_code(self, component: str, code: str, where: str = "") -> None:
        codelist = self._components[component].codelist
        known = self._standard.codelists[codelist].by_id if codelist else {}
        if codelist and not code:
            raise self._error("mapping-code-empty", component, where, component=component, codelist=codelist)
        if codelist and code not in known:
            if near := _near(code, known):
                raise self._error("mapping-code", code, where, code=code, codelist=codelist, near=near)
            raise self._error("mapping-code-alone", code, where, code=code, codelist=codelist)

    def _codes(self, raw: object, key: str) -> Codes:
        codes = self._texts(raw, key)
        for component, code in codes.items():
            self._check_code(self._component(component), code)
        return codes

    def _texts(self, raw: object, key: str) -> dict[str, str]:
        if not isinstance(raw, dict):
            raise self._error("mapping-type", key, key=key, expected="{ … }")
        for name, value in raw.items():
            if isinstance(value, list | dict | bool) or _CONTROL.search(str(value)):
                raise self._error("mapping-type", str(name), key=name, expected='"…"')
        return {str(name): str(value) for name, value in raw.items()}

    def _text(self, raw: _Toml, key: str) -> str:
        value = raw.get(key, "")
        if not isinstance(value, str):
            raise self._error("mapping-type", key, key=key, expected='"…"')
        return value

    def _table(self, raw: _Toml, key: str) -> _Toml:
        table = raw.get(key, {})
        if not isinstance(table, dict):
            raise self._error("mapping-type", key, key=key, expected=f"[{key}]")
        self._check_keys(key, table)
        return table

    def _tables(self, raw: _Toml, key: str) -> list[_Toml]:
        tables = raw.get(key, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise self._error("mapping-type", key, key=key, expected=f"[[{key}]]")
        for table in tables:
            self._check_keys(key, table)
        return tables

    def _check_keys(self, section: str, table: _Toml) -> None:
        for key in table:
            if key not in _KEYS[section]:
                if near := _near(key, _KEYS[section]):
                    raise self._error("mapping-key", key, key=key, near=near)
                raise self._error("mapping-key-alone", key, key=key, known=", ".join(sorted(_KEYS[section])))
        for key in _REQUIRED.get(section, ()):
            if key not in table:
                raise self._error("mapping-lacks", section, section=section, key=key)

    def _error(self, message: str, token: str, where: str = "", **params: object) -> MappingError:
        return MappingError(message, where=where or self._locate(token), **params)

    def _locate(self, token: str) -> str:
        """Return the file and the first line that has the token; TOML readers keep no lines."""
        word = re.compile(rf"(?<!\w){re.escape(token)}(?!\w)")
        line = next((n for n, text in enumerate(self._lines, 1) if token and word.search(text.split("#")[0])), None)
        return f"{self._path}:{line}" if line else str(self._path)


def _near(word: str, known: Iterable[str]) -> str:
    """Return the known words that look most like this one, or nothing."""
    return ", ".join(match for match, *_ in process.extract(word, list(known), limit=3, score_cutoff=50))
