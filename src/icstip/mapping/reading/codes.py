"""What the labels of a table mean: `codes.csv` → rules, with every row that is wrong."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Final

from icstip.errors import MappingError, TableError
from icstip.findings import Finding, Place
from icstip.mapping.model import OPEN, LabelRule
from icstip.mapping.normalise import folded
from icstip.mapping.reading.mistakes import Mistakes, near_words
from icstip.mapping.reading.terms import Terms
from icstip.tables.delimited import read_fields

CODES_FILE: Final = "codes.csv"
CODE_COLUMNS: Final = ("column", "component", "label", "code", "also", "note")
_REQUIRED: Final = CODE_COLUMNS[:4]
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # no message can carry them


class CodesReader:
    """Reads the rows of a `codes.csv`.

    Attributes:
        assumed: What had to be assumed of the file.

    Args:
        header: Returns the name of a column as the mapping first wrote it.
        read: The columns and components whose labels can be declared.
        is_doubtful: Whether it cannot be told if a component is read from a column, because the rules have mistakes.
        terms: Checks components and codes.
        mistakes: Takes the mistakes.
    """

    def __init__(
        self,
        header: Callable[[str], str],
        read: frozenset[tuple[str, str]],
        is_doubtful: Callable[[str, str], bool],
        terms: Terms,
        mistakes: Mistakes,
    ) -> None:
        self._header = header
        self._read = read
        self._is_doubtful = is_doubtful
        self._terms = terms
        self._mistakes = mistakes
        self.assumed: tuple[Finding, ...] = ()

    def rules(self, path: Path) -> tuple[LabelRule, ...]:
        """Return what the rows of a file say.

        Args:
            path: The file; any delimiter and encoding that a spreadsheet program saves it with will do.

        Raises:
            MappingError: The file cannot be read as text with delimiters.
        """
        try:
            records, assumed = read_fields(path, CODE_COLUMNS)
        except OSError as error:
            raise MappingError("mapping-unreadable", where=str(path)) from error
        except TableError as error:
            raise MappingError("mapping-codes", where=error.where) from error
        self.assumed = (Finding("TABLE-003", Place(path.name), assumed),) if assumed else ()
        line, header = records[0] if records else (1, [])
        names = [name.strip().casefold() for name in header]
        if lacking := [name for name in _REQUIRED if name not in names]:
            self._mistakes.add("MAP-012", Place(str(path), row=line), ", ".join(lacking))
            return ()
        return self._distinct(self._rows(records[1:], names, path))

    def _rows(
        self, records: Iterable[tuple[int, list[str]]], names: Sequence[str], path: Path
    ) -> Iterator[tuple[Place, LabelRule]]:
        for line, fields in records:
            place = Place(str(path), row=line)
            if any(field.strip() for field in fields[len(names) :]):
                self._mistakes.add("MAP-016", place, ", ".join(fields))
            elif any(field.strip() for field in fields):
                rule = self._rule(dict(zip_longest(names, fields[: len(names)], fillvalue="")), place)
                if rule is not None:
                    yield place, rule

    def _rule(self, row: Mapping[str, str], place: Place) -> LabelRule | None:
        """Return the rule of a row, or None if the row is wrong."""
        component, column = row["component"].strip(), self._header(row["column"].strip())
        code, more, note = (_CONTROL.sub(" ", row.get(name, "")) for name in ("code", "also", "note"))
        code, also = code.strip(), self._also(more, place)
        if not self._terms.has_component(component, place):
            return None
        is_code = not code or code == OPEN or self._terms.has_code(component, code, place)
        is_read = (column, component) in self._read
        if not is_read and not self._is_doubtful(column, component):
            columns = list(dict.fromkeys(name for name, _ in sorted(self._read)))
            near = near_words(column, columns) or ", ".join(columns) or "–"
            self._mistakes.add("MAP-013", place, column, component=component, known=near)
        if also is None or not is_code or not is_read:
            return None
        return LabelRule(column, component, row["label"], code, also, note)

    def _also(self, text: str, place: Place) -> dict[str, str] | None:
        pairs = [part.partition("=") for part in text.split()]
        if any(not (other and equals and code) for other, equals, code in pairs):
            self._mistakes.add("MAP-017", place, text)
            return None
        is_known = [self._terms.has_code(other, code, place) for other, _, code in pairs]
        return {other: code for other, _, code in pairs} if all(is_known) else None

    def _distinct(self, rules: Iterator[tuple[Place, LabelRule]]) -> tuple[LabelRule, ...]:
        """Return the rules without repetitions; a label has one meaning in a column."""
        distinct: dict[tuple[str, str, str], tuple[Place, LabelRule]] = {}
        for place, rule in rules:
            first, known = distinct.setdefault((rule.column, rule.component, folded(rule.label)), (place, rule))
            if (known.code, known.also) != (rule.code, rule.also):
                self._mistakes.add("MAP-014", place, rule.label, column=rule.column, first=known.label, line=first.row)
        return tuple(rule for _, rule in distinct.values())
