"""Times as tables write them → time periods of SDMX. What can mean two things is none."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from icstip.mapping.normalise import folded

# SDMX 3.0 §6 4.2.6: year, half-year, quarter, trimester, month, week, day; a date or date-time is taken as it is.
_TIME_PERIOD: Final = re.compile(
    r"[12][0-9]{3}(?:-(?:A1|S[12]|T[1-3]|Q[1-4]|M(?:0[1-9]|1[0-2])|W(?:0[1-9]|[1-4][0-9]|5[0-3])"
    r"|D(?:00[1-9]|0[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-6])"
    r"|(?:0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12][0-9]|3[01])"
    r"(?:T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:[.][0-9]+)?)?)?))?"
)
_YEAR: Final = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_YEAR_AND_NUMBER: Final = re.compile(r"([12]\d{3})-(\d{2})")
_DOUBTFUL: Final = re.compile(r"-T[1-3]$|-D\d{3}$|-\d{2}-\d{2}")
_TITLE_PARTS: Final = re.compile(r"[,;:.]\s|\s[-–—|]\s|[()\[\]]")
_AROUND: Final = " \t\n-–/,.:()"
_DAY: Final = len("2000-01-01")


@dataclass(frozen=True)
class Periods:
    """The words for times.

    Attributes:
        parts: What stands behind the year in a time period (``Q1``, ``01``), by the folded word for that part of it.
        whole: Folded words for the whole year, where a part of it may stand.
        year: Folded words that may stand beside a year.
        fiscal: Folded words of years that do not begin in January.
        of_year: Folded words before a year that say that a title is of it.
        of_another: Folded words with which a title speaks of another year than its own.
        component: The component that says how often data are produced; empty if there is none.
        frequencies: Patterns of time periods by the codes of that component.
    """

    parts: Mapping[str, str]
    whole: frozenset[str]
    year: frozenset[str]
    fiscal: frozenset[str]
    component: str
    frequencies: Mapping[str, str]
    of_year: frozenset[str] = frozenset()
    of_another: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        parts: Mapping[str, Sequence[str]],
        words: Mapping[str, Sequence[str]],
        component: str = "",
        frequencies: Mapping[str, str] | None = None,
    ) -> "Periods":
        """Return the words for times as tables list them."""
        return cls(
            {folded(word): part for part, known in parts.items() for word in known},
            frozenset(map(folded, words.get("whole", ()))),
            frozenset(map(folded, words.get("year", ()))),
            frozenset(map(folded, words.get("fiscal", ()))),
            component,
            frequencies or {},
            frozenset(map(folded, words.get("of", ()))),
            frozenset(map(folded, words.get("of_another", ()))),
        )

    def period(self, label: str, part: str = "") -> str:
        """Return the time period that a label means, or an empty text.

        Args:
            label: A time period of SDMX, a year, or a year with a word for a part of it.
            part: A word for a part of the year, where that stands elsewhere.

        Example:
            >>> words = Periods.of({"Q2": ["Q2", "2nd quarter"]}, {"whole": ["Total"], "year": ["Year"]})
            >>> words.period("2nd quarter 2020"), words.period("2020", "Total"), words.period("Year 2020")
            ('2020-Q2', '2020', '2020')
            >>> words.period("2019/2020"), words.period("2020", "2")
            ('', '')
        """
        label = label.removesuffix(".0")
        if not part and _is_period(label):
            return label
        years = _YEAR.findall(label)
        if len(years) != 1:
            return ""
        rest = folded(_YEAR.sub(" ", label).strip(_AROUND))
        beside = folded(part)
        if rest and rest not in self.year:
            beside = rest if not part else ""
            if beside not in self.parts:
                return ""
        if not beside or beside in self.whole:
            return years[0] if not part or beside else ""
        return f"{years[0]}-{self.parts[beside]}" if beside in self.parts else ""

    def is_part(self, label: str) -> bool:
        """Return whether a label is a word for a part of a year, or for the whole."""
        return folded(label) in self.parts or folded(label) in self.whole

    def is_fiscal(self, text: str) -> bool:
        """Return whether a header or label speaks of years that do not begin in January."""
        return not self.fiscal.isdisjoint(folded(text).split())

    def doubt(self, labels: Sequence[str]) -> str:
        """Return why labels that look like times may not be those: ``fiscal``, ``ambiguous``, or nothing.

        Where the number behind the year is always that of the next year, as in 2010-11, they are no months.
        What is four months in SDMX is a quarter in many tables, and a single day is seldom what counts are of.

        Args:
            labels: All times of a column or a row.
        """
        pairs = [pair for label in labels if (pair := _YEAR_AND_NUMBER.fullmatch(label))]
        if pairs and all((int(pair[1]) + 1) % 100 == int(pair[2]) for pair in pairs):
            return "fiscal"
        return "ambiguous" if any(_DOUBTFUL.search(self.period(label)) for label in labels) else ""

    def year_of_title(self, title: str) -> str:
        """Return the year that a title is of: it stands alone, at its end behind a word for that, or set off from it.

        >>> periods = Periods.of({}, {"of": ["in"], "of_another": ["updated"]})
        >>> periods.year_of_title("Victims, 2021"), periods.year_of_title("Victims in 2021")
        ('2021', '2021')
        >>> periods.year_of_title("Victims, updated 2021"), periods.year_of_title("The Act of 2015")
        ('', '')
        """
        years: set[str] = set(_YEAR.findall(title))
        words = f" {folded(title)} "
        if len(years) != 1 or any(f" {word} " in words for word in self.of_another):
            return ""
        if self.is_fiscal(title) or not self.parts.keys().isdisjoint(words.split()):
            return ""
        (year,) = years
        for part in _TITLE_PARTS.split(title):
            before, found, after = part.partition(year)
            is_behind = any(f" {folded(before)}".endswith(f" {word}") for word in self.of_year)
            if found and not after.strip(_AROUND) and (is_behind or self.period(part.strip(_AROUND)) == year):
                return year
        return ""

    def years(self, text: str) -> set[str]:
        """Return the years that stand in a text."""
        return set(_YEAR.findall(text))

    def frequency(self, period: str) -> str:
        """Return the code of how often data for such a time period are produced, or an empty text."""
        return next((code for code, pattern in self.frequencies.items() if re.search(pattern, period)), "")


def _is_period(text: str) -> bool:
    """Return whether a text is a time period of SDMX, and a day that there is."""
    found = _TIME_PERIOD.fullmatch(text)
    if found is None or not found["day"]:
        return found is not None
    try:
        date.fromisoformat(text[:_DAY])
    except ValueError:
        return False
    return True
