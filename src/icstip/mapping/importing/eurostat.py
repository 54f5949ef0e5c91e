"""The parameters of Eurostat's SDMX Converter → a mapping.

``FIX`` and ``CELL`` become constants, ``ROW`` header rows, ``COLUMN`` stub columns, ``OBS_LEVEL 1`` the column with
signs beside the figures, transcodings rows of ``codes.csv``. What stands in cells of the data is read from the data
sheets beside the parameters; without them it is open.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from icstip.findings import Finding, TextId
from icstip.mapping.importing.checked import (
    FROM_CELL,
    NO_SUCH_RULE,
    OTHERWISE,
    UNKNOWN_COMPONENT,
    Checked,
    Meanings,
    constants_part,
)
from icstip.mapping.importing.converter_book import ConverterBook
from icstip.mapping.importing.converter_layout import ConverterLayout
from icstip.mapping.importing.converter_settings import settings_remarks, signs_part
from icstip.mapping.importing.imported import Imported, Part, Value
from icstip.mapping.importing.parameters import (
    CELL,
    COLUMN,
    FIX,
    OBS_LEVEL,
    ROW,
    SKIP,
    Element,
    Position,
    cell_address,
    whole,
)
from icstip.mapping.model import OPEN
from icstip.tables.layouts.layout import FLAG, SHEET

_READ: Final = frozenset({ROW, COLUMN, OBS_LEVEL})


def import_converter(book: ConverterBook, checked: Checked, constants: Mapping[str, str], title: str) -> Imported:
    """Return the mapping that a workbook of the Converter describes.

    Args:
        book: The workbook.
        checked: The standard.
        constants: Codes of components that hold for all of the table, as its owner knows; they go before its own.
        title: What the table is.

    Raises:
        MappingError: The parameters do not say where the figures start.
    """
    return _Import(book, checked, constants, title).imported()


@dataclass
class _Columns:
    """Rules of columns, and the column with the time."""

    parts: list[Part] = field(default_factory=list)
    given: set[str] = field(default_factory=set)
    time: Part | None = None


class _Import:
    def __init__(self, book: ConverterBook, checked: Checked, constants: Mapping[str, str], title: str) -> None:
        self._book = book
        self._checked = checked
        self._title = title
        self._constants: dict[str, tuple[str, tuple[Finding, ...]]] = {}
        self._given = constants
        self._columns = _Columns()
        self._meanings = Meanings(checked)
        self._dropped: list[Finding] = []
        self._splits: dict[str, int] = {}
        self._used: set[tuple[str, str]] = set()  # texts of components that a transcoding was taken for
        used = [one for one in book.parameters.elements if self._is_used(one)]
        self._layout = ConverterLayout(book, used)

    def imported(self) -> Imported:
        self._layout.start  # noqa: B018 - without it there is no table
        for element in self._layout.elements:
            self._element(element)
        self._add_transcodings()
        self._constants |= {component: (code, ()) for component, code in self._given.items()}
        lacking = self._checked.needed({*self._constants, *self._columns.given})
        parts = [
            *self._tables(),
            *signs_part(self._book.parameters, self._checked.meanings),
            *([self._columns.time] if self._columns.time else []),
            constants_part(self._constants, lacking, self._book.parameters.place),
            *self._columns.parts,
            *self._unused_parts(),
            *([Part(remarks=tuple(self._dropped))] if self._dropped else []),
        ]
        return Imported("import.converter", self._title, tuple(parts), self._meanings.rules, self._meanings.remarks)

    def _is_used(self, element: Element) -> bool:
        """Return whether a component is carried over; why it is not is told."""
        if all(position.kind == SKIP for position in element.positions):
            return False
        plain = element.told == OBS_LEVEL or not element.told
        if self._checked.is_measure(element.id) and plain:
            return False  # the figures themselves
        refusal = self._checked.refusal(element.id, element.told, element.place)
        if refusal is None and not element.occurrences:
            return True
        self._dropped.append(refusal or self._not_sayable(element, f"{element.told} ({element.occurrences})"))
        return False

    def _not_sayable(self, element: Element, told: str = "") -> Finding:
        return Finding(NO_SUCH_RULE, element.place, told or element.told, {"component": element.id})

    def _element(self, element: Element) -> None:
        first, *rest = element.positions
        fixed = [position for position in element.positions if position.kind in {FIX, CELL}]
        if len(fixed) == len(element.positions):
            self._fixed(element)
        elif first.kind in _READ and len(fixed) == len(rest) and not (rest and self._checked.is_time(element.id)):
            blank, remarks = self._blank(element, rest)
            self._column(element, first, blank, remarks)
        elif all(position.kind in _READ for position in element.positions) and rest:
            reason = {"reason": TextId("import.first-counts")}
            for position in element.positions:
                self._column(element, position, "", (Finding(OTHERWISE, element.place, element.told, reason),))
        else:
            self._leave_open(element)

    def _leave_open(self, element: Element) -> None:
        self._constants[element.id] = (OPEN, (self._not_sayable(element),))

    def _fixed(self, element: Element) -> None:
        """Carry over what is the same for all figures of a sheet: a constant, or what the names of sheets mean."""
        values = self._values(element)
        if values is None:
            self._leave_open(element)
        elif len(set(values.values())) == 1:
            value = next(iter(values.values()))
            code, remarks = self._checked.code(element.id, value, element.place)
            self._constants[element.id] = (code, (*self._from_cell(element, value), *remarks))
        else:
            self._add_rule(element, SHEET, {}, self._from_cell(element, ", ".join(dict.fromkeys(values.values()))))
            for sheet, value in values.items():
                self._meanings.add(SHEET, element.id, sheet, value, element.place)

    def _from_cell(self, element: Element, value: str) -> tuple[Finding, ...]:
        if all(position.kind == FIX for position in element.positions):
            return ()
        return (Finding(FROM_CELL, element.place, value, {"said": element.told}),)

    def _values(self, element: Element) -> dict[str, str] | None:
        """Return what stands in the first cell with a text, by sheet; None if nothing can be read there."""
        sheets = [grid.sheet or "" for grid in self._book.data] or [""]
        found = dict.fromkeys(sheets, "")
        for position in element.positions:
            said = self._said(position, sheets)
            if said is None:
                return None
            found = {sheet: found[sheet] or self._transcoded(element.id, said[sheet]) for sheet in sheets}
        return found

    def _said(self, position: Position, sheets: list[str]) -> Mapping[str, str] | None:
        if position.kind == FIX:
            return dict.fromkeys(sheets, position.at)
        address = cell_address(position.at)
        if address is None or not self._book.data:
            return None
        return {sheet: self._part(text, position.part) for sheet, text in self._book.texts(*address).items()}

    def _part(self, text: str, part: int) -> str:
        separator = self._book.parameters.value("conceptseparator")
        if not part or not separator:
            return text
        parts = text.split(separator)
        return parts[part - 1].strip() if part <= len(parts) else ""

    def _transcoded(self, component: str, text: str) -> str:
        rows = (row for row in self._book.transcodings if row.component == component and row.label == text)
        found = next(rows, None)
        if found is not None:
            self._used.add((component, text))
        return text if found is None else found.value

    def _blank(self, element: Element, rest: list[Position]) -> tuple[str, tuple[Finding, ...]]:
        """Return the code of a blank: what holds where the first place says nothing."""
        if not rest:
            return "", ()
        values = self._values(replace(element, positions=tuple(rest)))
        if values is None or len(set(values.values())) > 1:
            return "", (self._not_sayable(element),)
        code, remarks = self._checked.code(element.id, next(iter(values.values())), element.place)
        return ("", remarks) if code == OPEN else (code, remarks)

    def _column(self, element: Element, position: Position, blank: str, remarks: tuple[Finding, ...]) -> None:
        name = self._name(position)
        if name is None:
            self._leave_open(element)
            return
        self._add_rule(element, name, {"blank": blank} if blank else {}, remarks)

    def _name(self, position: Position) -> str | None:
        """Return the name of the column of records that a place is, or None if a mapping has none for it."""
        if position.kind == OBS_LEVEL:
            return FLAG if whole(position.at) == 1 and not position.part and self._layout.flags else None
        row, letters = self._layout.header(position), self._layout.stub(position)
        name = f"row {row}" if row else f"column {letters}" if letters else None
        if name is None or not position.part:
            return name
        if not self._book.parameters.value("conceptseparator"):
            return None
        self._splits[name] = max(self._splits.get(name, 0), position.part)
        return f"{name} / {position.part}"

    def _add_rule(self, element: Element, column: str, more: Mapping[str, Value], remarks: tuple[Finding, ...]) -> None:
        self._columns.given.add(element.id)
        if not self._checked.is_time(element.id):
            pairs = {"column": column, "component": element.id, **more}
            self._columns.parts.append(Part("[[columns]]", pairs, remarks))
        elif self._columns.time is None:
            self._columns.time = Part("[time]", {"column": column}, remarks)
        else:
            self._dropped.append(self._not_sayable(element))

    def _rules(self) -> Iterator[Part]:
        """Yield the rules of columns, that of the time among them."""
        yield from self._columns.parts
        if self._columns.time:
            yield self._columns.time

    def _add_transcodings(self) -> None:
        columns: dict[str, list[str]] = {}
        for part in self._rules():
            columns.setdefault(str(part.pairs.get("component", "")), []).append(str(part.pairs["column"]))
        for row in self._book.transcodings:
            component = "" if self._checked.is_time(row.component) else row.component
            names = [name for name in columns.get(component, ()) if name != SHEET]
            for name in names:
                self._meanings.add(name, row.component, row.label, row.value, row.place)
            if row.component not in self._checked.components:
                self._dropped.append(Finding(UNKNOWN_COMPONENT, row.place, row.component, {"said": row.label}))
            elif not names and (row.component, row.label) not in self._used:
                told, reason = f"{row.label} = {row.value}", TextId("import.no-column")
                self._dropped.append(Finding(OTHERWISE, row.place, told, {"reason": reason}))

    def _tables(self) -> Iterator[Part]:
        remarks = settings_remarks(self._book)
        several = len(self._layout.ranges) > 1
        for number, cells in enumerate(self._layout.ranges, 1):
            header = "[[table]]" if several else "[table]"
            pairs: dict[str, Value] = {"name": str(number)} if several else {}
            pairs |= self._sheets()
            pairs |= {"figures": str(cells), "headers": self._layout.headers}
            for key in ("stubs", "flags"):
                pairs |= {key: letters} if (letters := getattr(self._layout, key)) else {}
            skipped = [*self._layout.further, *self._layout.skipped_columns]
            pairs |= {"skipped": skipped} if skipped else {}
            yield Part(header, pairs, remarks if number == 1 else ())
            yield from (Part("[[table.split]]", split) for split in self._split_pairs())

    def _sheets(self) -> Mapping[str, Value]:
        names = [grid.sheet or "" for grid in self._book.data]
        return {"sheet": names[0]} if len(names) == 1 else {"sheets": names} if names else {}

    def _split_pairs(self) -> Iterator[dict[str, Value]]:
        separator = self._book.parameters.value("conceptseparator")
        for name, parts in self._splits.items():
            yield {"column": name, "by": separator, "into": _parts_of(name, parts)}

    def _unused_parts(self) -> Iterator[Part]:
        """Yield what says that parts of texts are not used."""
        read = {rule.pairs["column"] for rule in self._rules()}
        for name, parts in self._splits.items():
            for part in (part for part in _parts_of(name, parts) if part not in read):
                yield Part("[[left_out]]", {"column": part, "reason": TextId("import.not-used")})


def _parts_of(name: str, parts: int) -> list[str]:
    """Return the names of the parts of a text: one more than are read, for the last one takes what is left."""
    return [f"{name} / {part}" for part in range(1, parts + 2)]
