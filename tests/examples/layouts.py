"""Random data sets laid out as the tables of national offices, with signs, marks and signs between thousands."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final, NamedTuple

import xlsxwriter
from hypothesis import strategies as st

from icstip.standard.model import Standard

Key = tuple[str, ...]


class Figure(NamedTuple):
    """A figure in its cell: what is written there."""

    shown: str | int | None


Rows = list[list[str | int | None]]
Laying = list[list[str | int | Figure | None]]

MEMBERS: Final[Mapping[str, Sequence[str]]] = {
    "SEX": ("F", "M"),
    "AGE": ("Y0T17", "Y_GE18"),
    "EXPLOITATION": ("SEXUAL", "LABOUR", "ORGANS", "BEGGING"),
}
HEADERS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {"SEX": "Sex", "AGE": "Age", "EXPLOITATION": "Form of exploitation", "TIME": "Year", "VALUE": "Value"},
    "fr": {"SEX": "Sexe", "AGE": "Âge", "EXPLOITATION": "Forme d'exploitation", "TIME": "Année", "VALUE": "Valeur"},
    "es": {"SEX": "Sexo", "AGE": "Edad", "EXPLOITATION": "Forma de explotación", "TIME": "Año", "VALUE": "Valor"},
    "ar": {"SEX": "الجنس", "AGE": "العمر", "EXPLOITATION": "شكل الاستغلال", "TIME": "السنة", "VALUE": "القيمة"},
}
BY: Final = {"en": "By", "fr": "Par", "es": "Por", "ar": "حسب"}


@dataclass(frozen=True)
class Laid:
    """A table and what it says.

    Attributes:
        rows: Its cells.
        figures: The figures by sex, age, form and year; None where the cell is blank or says that it is missing.
        layout: What it looks like.
        language: Language of its words.
        merged: Row, first and last column, from 0, of header cells that can be merged.
        signs: What stands for none and for missing: only their owner knows.
        mark: What stands at some figures.
        has_numbers: Whether each column of figures has a plain number: one of signs alone looks like no such column.
    """

    rows: Rows
    figures: Mapping[Key, int | None]
    layout: str
    language: str
    merged: Sequence[tuple[int, int, int]]
    signs: Sequence[str]
    mark: str
    has_numbers: bool


def laid_out(standard: Standard) -> st.SearchStrategy[Laid]:
    """Return a strategy of tables."""
    return st.composite(_laid_out)(standard)


def _laid_out(draw: st.DrawFn, standard: Standard) -> Laid:
    language = draw(st.sampled_from(sorted(HEADERS)))
    layout = draw(st.sampled_from(sorted(_LAYOUTS)))
    years = draw(st.lists(st.integers(2005, 2024), min_size=2, max_size=4, unique=True).map(sorted))
    laying = _Laying(draw, standard, language, [str(year) for year in years])
    cells = _LAYOUTS[layout](laying)
    figures = [
        [cell.shown for row in cells for cell in row[column : column + 1] if isinstance(cell, Figure)]
        for column in range(max(map(len, cells)))
    ]
    has_numbers = all({str, int} & {type(shown) for shown in column} != {str} for column in figures)
    rows: Rows = [[cell.shown if isinstance(cell, Figure) else cell for cell in row] for row in cells]
    titles: list[Rows] = [[], [["Table 1"], []], [["…"]]]
    notes: list[Rows] = [[], [[], ["Source: …"]]]
    title = draw(st.sampled_from(titles))
    rows = [*title, *rows, *draw(st.sampled_from(notes))]
    width = max(map(len, rows))
    padded = [[*row, *[None] * (width - len(row))] for row in rows]
    merged = [(row + len(title), first, last) for row, first, last in laying.merged]
    signs = laying.none, laying.missing
    return Laid(padded, laying.figures, layout, language, merged, signs, laying.mark, has_numbers=has_numbers)


class _Laying:
    def __init__(self, draw: st.DrawFn, standard: Standard, language: str, years: Sequence[str]) -> None:
        self.draw = draw
        self.years = years
        self.none, self.missing = draw(st.sampled_from([("", ""), ("-", ""), ("", ".."), ("–", "n.d."), ("—", "NA")]))
        self.mark = draw(st.sampled_from(["", "", "*", " (a)", "†"]))
        self.thousands = draw(st.sampled_from(["", " ", "\u00a0", "’"]))
        self.merged: list[tuple[int, int, int]] = []
        self.figures: dict[Key, int | None] = {}
        self._standard = standard
        self.language = language

    def header(self, name: str) -> str:
        return HEADERS[self.language][name]

    def heading(self, name: str) -> str:
        return f"{BY[self.language]} {self.header(name)}"

    def name(self, component: str, code: str, language: str = "") -> str:
        codelists = {one.id: one.codelist for s in self._standard.structures.values() for one in s.components}
        return self._standard.codelists[codelists[component]].by_id[code].name[language or self.language]

    def members(self, component: str) -> list[str]:
        """Return two or more members, perhaps with their total."""
        known = MEMBERS[component]
        some = self.draw(st.lists(st.sampled_from(known), min_size=2, max_size=len(known), unique=True))
        return [*some, "_T"] if self.draw(st.booleans()) else some

    def figure(self, year: str, **codes: str) -> Figure:
        """Return a figure, and remember what it is of."""
        counts = st.one_of(st.integers(0, 5000), st.integers(0, 20), st.integers(1990, 2030), st.none())
        value = self.draw(counts if self.figures else st.just(7))
        key = (*(codes.get(component, "_T") for component in MEMBERS), year)
        is_first = not self.figures
        self.figures[key] = value
        return Figure(value if is_first else self._shown(value))

    def _shown(self, value: int | None) -> str | int | None:
        if value is None or (value == 0 and self.none):
            return (self.none if value == 0 else self.missing) or None
        shown = f"{value:,}".replace(",", self.thousands) if self.thousands and value >= 1000 else str(value)
        marked = f"{shown}{self.mark}" if self.mark and self.draw(st.integers(0, 5)) == 0 else shown
        return value if marked == str(value) else marked

    def over(self, rows: Laying, names: Sequence[str], width: int) -> list[str | int | Figure | None]:
        """Return a header row of names, each over several columns."""
        self.merged += [(len(rows), 1 + i * width, (i + 1) * width) for i in range(len(names)) if width > 1]
        return [None, *(cell for name in names for cell in (name, *[None] * (width - 1)))]


def _long(laying: _Laying) -> Laying:
    used = laying.draw(st.lists(st.sampled_from(sorted(MEMBERS)), min_size=1, max_size=2, unique=True))
    rows: Laying = [[laying.header("TIME"), *map(laying.header, used), laying.header("VALUE")]]
    keys: list[dict[str, str]] = [{}]
    for component in used:
        members = laying.members(component)
        keys = [{**key, component: code} for key in keys for code in members]
    for year in laying.years:
        for key in keys:
            labels = [laying.name(component, key[component]) for component in used]
            rows.append([int(year), *labels, laying.figure(year, **key)])
    return rows


def _years_across(laying: _Laying) -> Laying:
    component = laying.draw(st.sampled_from(sorted(MEMBERS)))
    rows: Laying = [[laying.header(component), *map(int, laying.years)]]
    for code in laying.members(component):
        figures = [laying.figure(year, **{component: code}) for year in laying.years]
        rows.append([laying.name(component, code), *figures])
    return rows


def _members_across(laying: _Laying) -> Laying:
    component = laying.draw(st.sampled_from(sorted(MEMBERS)))
    members = laying.members(component)
    rows: Laying = [[laying.header("TIME"), *(laying.name(component, code) for code in members)]]
    for year in laying.years:
        rows.append([int(year), *(laying.figure(year, **{component: code}) for code in members)])
    return rows


def _two_headers(laying: _Laying) -> Laying:
    upper, beside = laying.draw(st.permutations(sorted(MEMBERS)))[:2]
    members = laying.members(upper)
    rows: Laying = [laying.over([], [laying.name(upper, code) for code in members], len(laying.years))]
    rows.append([laying.header(beside), *[int(year) for _ in members for year in laying.years]])
    for code in laying.members(beside):
        figures = [laying.figure(year, **{upper: one, beside: code}) for one in members for year in laying.years]
        rows.append([laying.name(beside, code), *figures])
    return rows


def _sections(laying: _Laying) -> Laying:
    rows: Laying = [[None, *map(int, laying.years)]]
    for component in laying.draw(st.permutations(sorted(MEMBERS)))[:2]:
        rows.append([laying.heading(component), *[None] * len(laying.years)])
        for code in laying.members(component):
            if code != "_T":  # the same total would stand in each section
                figures = [laying.figure(year, **{component: code}) for year in laying.years]
                rows.append([laying.name(component, code), *figures])
    return rows


def _member_sections(laying: _Laying) -> Laying:
    upper, beside = laying.draw(st.permutations(sorted(MEMBERS)))[:2]
    members = laying.members(beside)
    rows: Laying = [[None, *map(int, laying.years)]]
    for code in laying.members(upper):
        if code == "_T":  # a row of that name without figures could be either
            continue
        rows.append([laying.name(upper, code), *[None] * len(laying.years)])
        for one in members:
            figures = [laying.figure(year, **{upper: code, beside: one}) for year in laying.years]
            rows.append([laying.name(beside, one), *figures])
    return rows


def _year_sections(laying: _Laying) -> Laying:
    across, down = laying.draw(st.permutations(sorted(MEMBERS)))[:2]
    columns, members = laying.members(across), laying.members(down)
    rows: Laying = [[laying.header(down), *(laying.name(across, code) for code in columns)]]
    for year in laying.years:
        rows.append([int(year), *[None] * len(columns)])
        for code in members:
            figures = [laying.figure(year, **{across: one, down: code}) for one in columns]
            rows.append([laying.name(down, code), *figures])
    return rows


def _flattened(laying: _Laying) -> Laying:
    first, second = laying.draw(st.permutations(sorted(MEMBERS)))[:2]
    by = laying.draw(st.sampled_from([" - ", " / ", ": ", " | "]))
    keys = [{first: one, second: other} for one, other in product(laying.members(first), laying.members(second))]
    labels = [by.join(laying.name(component, code) for component, code in key.items()) for key in keys]
    rows: Laying = [[laying.header("TIME"), *labels]]
    for year in laying.years:
        rows.append([int(year), *(laying.figure(year, **key) for key in keys)])
    return rows


def _two_stubs(laying: _Laying) -> Laying:
    first, second = laying.draw(st.permutations(sorted(MEMBERS)))[:2]
    is_filled = laying.draw(st.booleans())
    rows: Laying = [[laying.header(first), laying.header(second), *map(int, laying.years)]]
    members = laying.members(second)
    for one in laying.members(first):
        for place, other in enumerate(members):
            label = laying.name(first, one) if is_filled or place == 0 else None
            figures = [laying.figure(year, **{first: one, second: other}) for year in laying.years]
            rows.append([label, laying.name(second, other), *figures])
    return rows


def _three_headers(laying: _Laying) -> Laying:
    upper, middle, beside = laying.draw(st.permutations(sorted(MEMBERS)))
    above, below = laying.members(upper), laying.members(middle)
    columns, years = list(product(above, below)), len(laying.years)
    rows: Laying = [laying.over([], [laying.name(upper, code) for code in above], len(below) * years)]
    rows.append(laying.over(rows, [laying.name(middle, code) for _, code in columns], years))
    rows.append([laying.header(beside), *[int(year) for _ in columns for year in laying.years]])
    for code in laying.members(beside):
        keys = [{upper: one, middle: other, beside: code} for one, other in columns]
        rows.append([laying.name(beside, code), *(laying.figure(year, **key) for key in keys for year in laying.years)])
    return rows


def _two_languages(laying: _Laying) -> Laying:
    rows = _years_across(laying)
    other = next(language for language in HEADERS if language != laying.language)
    component = next(name for name in MEMBERS if laying.header(name) == rows[0][0])
    codes = {laying.name(component, code): code for code in (*MEMBERS[component], "_T")}
    names = [laying.name(component, codes[str(row[0])], other) for row in rows[1:]]
    second = [HEADERS[other][component], *names]
    return [[row[0], name, *row[1:]] for row, name in zip(rows, second, strict=True)]


def _mixed(laying: _Laying) -> Laying:
    rows: Laying = [[laying.header("TIME"), "…", laying.header("VALUE")]]
    used = laying.draw(st.permutations(sorted(MEMBERS)))[:2]
    members = [(component, code) for component in used for code in laying.members(component) if code != "_T"]
    for year in laying.years:
        for component, code in members:
            rows.append([int(year), laying.name(component, code), laying.figure(year, **{component: code})])
    return rows


_LAYOUTS: Final[Mapping[str, Callable[[_Laying], Laying]]] = {
    "flattened": _flattened,
    "long": _long,
    "member sections": _member_sections,
    "members across": _members_across,
    "mixed": _mixed,
    "sections": _sections,
    "three headers": _three_headers,
    "two headers": _two_headers,
    "two languages": _two_languages,
    "two stubs": _two_stubs,
    "year sections": _year_sections,
    "years across": _years_across,
}


def write_csv(rows: Rows, path: Path) -> None:
    """Write cells as a delimited text."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["" if cell is None else cell for cell in row] for row in rows])


def write_xlsx(rows: Rows, path: Path, merged: Sequence[tuple[int, int, int]] = ()) -> None:
    """Write cells as a workbook."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                if cell is not None:
                    sheet.write(i, j, cell)
        for row_number, first, last in merged:
            sheet.merge_range(row_number, first, row_number, last, rows[row_number][first])
