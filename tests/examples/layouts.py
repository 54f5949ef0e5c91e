"""Random data sets laid out as the tables of national offices: long, years across, members across, sections, mixed."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import xlsxwriter
from hypothesis import strategies as st

from icstip.standard.model import Standard

Key = tuple[str, ...]
Rows = list[list[str | int | None]]

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
        figures: The figures by sex, age, form and year; None where the cell is blank.
        layout: What it looks like.
        language: Language of its words.
    """

    rows: Rows
    figures: Mapping[Key, int | None]
    layout: str
    language: str


def laid_out(standard: Standard) -> st.SearchStrategy[Laid]:
    """Return a strategy of tables."""
    return st.composite(_laid_out)(standard)


def _laid_out(draw: st.DrawFn, standard: Standard) -> Laid:
    language = draw(st.sampled_from(sorted(HEADERS)))
    layout = draw(st.sampled_from(sorted(_LAYOUTS)))
    years = draw(st.lists(st.integers(2005, 2024), min_size=2, max_size=4, unique=True).map(sorted))
    writer = _Laying(draw, standard, language, [str(year) for year in years])
    rows = _LAYOUTS[layout](writer)
    titles: list[Rows] = [[], [["Table 1"], []], [["…"]]]
    notes: list[Rows] = [[], [[], ["Source: …"]]]
    rows = [*draw(st.sampled_from(titles)), *rows, *draw(st.sampled_from(notes))]
    width = max(map(len, rows))
    padded = [[*row, *[None] * (width - len(row))] for row in rows]
    return Laid(padded, writer.figures, layout, language)


class _Laying:
    def __init__(self, draw: st.DrawFn, standard: Standard, language: str, years: Sequence[str]) -> None:
        self.draw = draw
        self.years = years
        self.figures: dict[Key, int | None] = {}
        self._standard = standard
        self._language = language

    def header(self, name: str) -> str:
        return HEADERS[self._language][name]

    def heading(self, name: str) -> str:
        return f"{BY[self._language]} {self.header(name)}"

    def name(self, component: str, code: str) -> str:
        codelists = {one.id: one.codelist for s in self._standard.structures.values() for one in s.components}
        return self._standard.codelists[codelists[component]].by_id[code].name[self._language]

    def members(self, component: str) -> list[str]:
        """Return two or more members, perhaps with their total."""
        known = MEMBERS[component]
        some = self.draw(st.lists(st.sampled_from(known), min_size=2, max_size=len(known), unique=True))
        return [*some, "_T"] if self.draw(st.booleans()) else some

    def figure(self, year: str, **codes: str) -> int | None:
        """Return a figure, and remember what it is of."""
        counts = st.one_of(st.integers(0, 5000), st.integers(0, 20), st.integers(1990, 2030), st.none())
        value = self.draw(counts if self.figures else st.just(7))
        key = (*(codes.get(component, "_T") for component in MEMBERS), year)
        self.figures[key] = value
        return value


def _long(laying: _Laying) -> Rows:
    used = laying.draw(st.lists(st.sampled_from(sorted(MEMBERS)), min_size=1, max_size=2, unique=True))
    rows: Rows = [[laying.header("TIME"), *map(laying.header, used), laying.header("VALUE")]]
    keys: list[dict[str, str]] = [{}]
    for component in used:
        members = laying.members(component)
        keys = [{**key, component: code} for key in keys for code in members]
    for year in laying.years:
        for key in keys:
            labels = [laying.name(component, key[component]) for component in used]
            rows.append([int(year), *labels, laying.figure(year, **key)])
    return rows


def _years_across(laying: _Laying) -> Rows:
    component = laying.draw(st.sampled_from(sorted(MEMBERS)))
    rows: Rows = [[laying.header(component), *map(int, laying.years)]]
    for code in laying.members(component):
        figures = [laying.figure(year, **{component: code}) for year in laying.years]
        rows.append([laying.name(component, code), *figures])
    return rows


def _members_across(laying: _Laying) -> Rows:
    component = laying.draw(st.sampled_from(sorted(MEMBERS)))
    members = laying.members(component)
    rows: Rows = [[laying.header("TIME"), *(laying.name(component, code) for code in members)]]
    for year in laying.years:
        rows.append([int(year), *(laying.figure(year, **{component: code}) for code in members)])
    return rows


def _two_headers(laying: _Laying) -> Rows:
    upper, beside = laying.draw(st.permutations(sorted(MEMBERS)))[:2]
    members = laying.members(upper)
    first: list[str | int | None] = [None]
    for code in members:
        first += [laying.name(upper, code), *[None] * (len(laying.years) - 1)]
    rows: Rows = [first, [laying.header(beside), *[int(year) for _ in members for year in laying.years]]]
    for code in laying.members(beside):
        figures = [laying.figure(year, **{upper: one, beside: code}) for one in members for year in laying.years]
        rows.append([laying.name(beside, code), *figures])
    return rows


def _sections(laying: _Laying) -> Rows:
    rows: Rows = [[None, *map(int, laying.years)]]
    for component in laying.draw(st.permutations(sorted(MEMBERS)))[:2]:
        rows.append([laying.heading(component), *[None] * len(laying.years)])
        for code in laying.members(component):
            if code != "_T":  # the same total would stand in each section
                figures = [laying.figure(year, **{component: code}) for year in laying.years]
                rows.append([laying.name(component, code), *figures])
    return rows


def _mixed(laying: _Laying) -> Rows:
    rows: Rows = [[laying.header("TIME"), "…", laying.header("VALUE")]]
    used = laying.draw(st.permutations(sorted(MEMBERS)))[:2]
    members = [(component, code) for component in used for code in laying.members(component) if code != "_T"]
    for year in laying.years:
        for component, code in members:
            rows.append([int(year), laying.name(component, code), laying.figure(year, **{component: code})])
    return rows


_LAYOUTS: Final[Mapping[str, Callable[[_Laying], Rows]]] = {
    "long": _long,
    "members across": _members_across,
    "mixed": _mixed,
    "sections": _sections,
    "two headers": _two_headers,
    "years across": _years_across,
}


def write_csv(rows: Rows, path: Path) -> None:
    """Write cells as a delimited text."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["" if cell is None else cell for cell in row] for row in rows])


def write_xlsx(rows: Rows, path: Path) -> None:
    """Write cells as a workbook."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                if cell is not None:
                    sheet.write(i, j, cell)
