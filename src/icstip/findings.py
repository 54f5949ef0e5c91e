"""Findings: what is wrong with data, as values, each with its place, a permanent code and a hint.

Checking and converting never raise for bad data and never stop at the first problem. The codes are permanent: a code
is never given another meaning. Their texts, in four languages, are in `icstip.texts`; `docs/reference/findings.md` is
generated from both.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from icstip.texts import text


class Severity(StrEnum):
    """How much a finding weighs. An error makes the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


# The registry of codes. Adding a code here needs its title, message and hint in every language of `icstip.texts` (a
# test sees to it).
SEVERITIES: Mapping[str, Severity] = {
    **{f"STD-{n:03}": Severity.ERROR for n in range(1, 42)},
    "TABLE-001": Severity.WARNING,
    "TABLE-002": Severity.INFO,
    "TABLE-003": Severity.WARNING,
    "TABLE-004": Severity.WARNING,
    "TABLE-005": Severity.WARNING,
    "TABLE-006": Severity.WARNING,
    "TABLE-007": Severity.WARNING,
    "TABLE-008": Severity.INFO,
    "TABLE-009": Severity.ERROR,
    "TABLE-010": Severity.WARNING,
    "TABLE-011": Severity.WARNING,
    "TABLE-012": Severity.WARNING,
    "ROW-001": Severity.ERROR,
    "ROW-002": Severity.ERROR,
    "ROW-003": Severity.INFO,
    "ROW-004": Severity.INFO,
    "ROW-005": Severity.ERROR,
    "ROW-006": Severity.ERROR,
    "LABEL-001": Severity.ERROR,
    "LABEL-002": Severity.ERROR,
    "LABEL-003": Severity.ERROR,
    "LABEL-004": Severity.ERROR,
    "LABEL-005": Severity.ERROR,
    "LABEL-006": Severity.ERROR,
    "LABEL-007": Severity.WARNING,
    "LABEL-008": Severity.INFO,
    "LABEL-009": Severity.WARNING,
    "LABEL-010": Severity.WARNING,
    **{f"OPEN-{n:03}": Severity.ERROR for n in range(1, 4)},
    "CODE-001": Severity.ERROR,
    "CODE-002": Severity.ERROR,
    "FIGURE-001": Severity.ERROR,
    "FIGURE-002": Severity.INFO,
    "FIGURE-003": Severity.WARNING,
    "FIGURE-004": Severity.WARNING,
    "TIME-001": Severity.ERROR,
    "KEY-001": Severity.WARNING,
    "KEY-002": Severity.ERROR,
    "FORMAT-001": Severity.WARNING,
    "FORMAT-002": Severity.INFO,
    "FORMAT-003": Severity.WARNING,
    "FORMAT-004": Severity.WARNING,
    "FORMAT-005": Severity.INFO,
    "DATA-001": Severity.WARNING,
    "DATA-002": Severity.ERROR,
    "DATA-003": Severity.ERROR,
    "DATA-004": Severity.ERROR,
    "DATA-005": Severity.WARNING,
    "DATA-006": Severity.WARNING,
    "DATA-007": Severity.WARNING,
    "DATA-008": Severity.INFO,
    "DATA-009": Severity.ERROR,
    "DATA-010": Severity.ERROR,
    **{f"MAP-{n:03}": Severity.ERROR for n in range(1, 22)},
    **{f"VERSION-{n:03}": Severity.ERROR for n in range(1, 5)},
    "IMPORT-001": Severity.WARNING,
    "IMPORT-002": Severity.WARNING,
    "IMPORT-003": Severity.WARNING,
    "IMPORT-004": Severity.WARNING,
    "IMPORT-005": Severity.INFO,
    "IMPORT-006": Severity.WARNING,
    "IMPORT-007": Severity.WARNING,
    "IMPORT-008": Severity.INFO,
    "STRUCT-001": Severity.ERROR,
    "STRUCT-002": Severity.ERROR,
    "CODE-003": Severity.ERROR,
    "CODE-004": Severity.WARNING,
    "TIME-002": Severity.ERROR,
    "TIME-003": Severity.ERROR,
    "TIME-004": Severity.WARNING,
    "TIME-005": Severity.INFO,
    "TIME-006": Severity.INFO,
    "TIME-007": Severity.WARNING,
    "VALUE-001": Severity.ERROR,
    "VALUE-002": Severity.ERROR,
    "VALUE-003": Severity.ERROR,
    "VALUE-004": Severity.WARNING,
    "VALUE-005": Severity.WARNING,
    "VALUE-006": Severity.WARNING,
    "VALUE-007": Severity.ERROR,
    "VALUE-008": Severity.ERROR,
    "VALUE-009": Severity.ERROR,
    "VALUE-010": Severity.WARNING,
    "SUM-001": Severity.ERROR,
    "SUM-002": Severity.INFO,
    "SUM-003": Severity.WARNING,
    "SUM-004": Severity.ERROR,
    "SUM-005": Severity.INFO,
    "SUM-006": Severity.WARNING,
    "SUM-007": Severity.WARNING,
    "SUM-008": Severity.WARNING,
    "SERIES-001": Severity.WARNING,
    "SERIES-002": Severity.WARNING,
    "SERIES-003": Severity.WARNING,
    "SERIES-004": Severity.INFO,
    "PREVIOUS-001": Severity.INFO,
    "PREVIOUS-002": Severity.WARNING,
    "PREVIOUS-003": Severity.WARNING,
    "ABSENT-001": Severity.INFO,
    "CHECK-001": Severity.INFO,
    "SCHEMA-001": Severity.ERROR,
    "FILE-001": Severity.ERROR,
    **{f"REG-{n:03}": Severity.ERROR for n in range(1, 5)},
    "AGG-001": Severity.WARNING,
    "AGG-002": Severity.WARNING,
    "AGG-010": Severity.WARNING,
    "AGG-011": Severity.WARNING,
    "AGG-012": Severity.WARNING,
    "AGG-013": Severity.WARNING,
    "AGG-014": Severity.INFO,
    "AGG-015": Severity.WARNING,
    "AGG-016": Severity.INFO,
    "AGG-017": Severity.INFO,
    "AGG-018": Severity.INFO,
    "AGG-019": Severity.WARNING,
    "AGG-020": Severity.ERROR,
    "AGG-021": Severity.ERROR,
    "AGG-022": Severity.ERROR,
    "AGG-023": Severity.WARNING,
    "AGG-024": Severity.INFO,
    "AGG-025": Severity.WARNING,
    "AGG-026": Severity.WARNING,
    "AGG-027": Severity.INFO,
    "AGG-028": Severity.WARNING,
    **{f"AGG-{n:03}": Severity.ERROR for n in range(30, 35)},
    "CROSS-001": Severity.WARNING,
    "CROSS-002": Severity.WARNING,
    "CROSS-003": Severity.INFO,
    "CROSS-004": Severity.WARNING,
    "CROSS-005": Severity.WARNING,
    "CROSS-006": Severity.INFO,
    "CROSS-007": Severity.ERROR,
    "CROSS-008": Severity.WARNING,
    "CROSS-009": Severity.INFO,
    "CROSS-010": Severity.INFO,
    "CROSS-011": Severity.WARNING,
    "CROSS-012": Severity.ERROR,
    "CROSS-013": Severity.WARNING,
    "CROSS-014": Severity.WARNING,
    "CROSS-015": Severity.ERROR,
    "CROSS-016": Severity.WARNING,
    "CROSS-017": Severity.WARNING,
}

VARIANTS: Mapping[str, tuple[str, ...]] = {
    "CODE-002": ("near",),
    "KEY-001": ("found",),
    "KEY-002": ("found",),
    "LABEL-001": ("alone", "needed"),
    "MAP-001": ("alone",),
    "MAP-004": ("alone",),
    "MAP-005": ("alone",),
    "CROSS-001": ("why",),
    "CROSS-002": ("set",),
    "CROSS-005": ("rule", "value", "differs"),
    "CROSS-006": ("unread",),
    "CROSS-009": ("why",),
    "CROSS-010": ("set",),
    "CROSS-016": ("why",),
}
"""Codes with further messages and hints, for what is the same finding but calls for other words."""


@dataclass(frozen=True, slots=True)
class TextId:
    """A text of the product as the value of a placeholder: it is told in the language of the message.

    Attributes:
        id: Its key.
        params: Values for its own placeholders, by their names.
    """

    id: str
    params: tuple[tuple[str, object], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Named:
    """Codes as the value of a placeholder: their names are told in the language of the message.

    Attributes:
        codes: The codes, each with its names: pairs of language and text.
    """

    codes: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

    @classmethod
    def of(cls, codes: Mapping[str, Mapping[str, str]]) -> Self:
        """Return codes with their names by language."""
        return cls(tuple((code, tuple(names.items())) for code, names in codes.items()))

    def told(self, language: str) -> str:
        """Return the codes with their names in a language, or else in English or in any other."""
        return ", ".join(code if name is None else f"{code} ({name})" for code, name in self._in(language))

    def _in(self, language: str) -> Iterator[tuple[str, str | None]]:
        for code, names in self.codes:
            known = dict(names)
            yield code, known.get(language, known.get("en", next(iter(known.values()), None)))


@dataclass(frozen=True, slots=True)
class TableText:
    """A text of the tables of a standard as the value of a placeholder, in the language of the message or in English.

    Attributes:
        texts: Pairs of language and text.
    """

    texts: tuple[tuple[str, str], ...]

    def told(self, language: str) -> str:
        """Return the text in a language, or else in English or in any other."""
        known = dict(self.texts)
        return known.get(language) or known.get("en") or next(iter(known.values()), "")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: file, sheet, and the cell or row in it; for an observation also its key."""

    file: str
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    key: str | None = None

    def __str__(self) -> str:
        if self.cell is not None:
            return "!".join(part for part in (self.file, self.sheet, self.cell) if part)
        if self.row is None:
            return self.file if self.key is None else f"{self.file}!{self.key}"
        return f"{self.file}:{self.row}"

    def to_dict(self) -> dict[str, str | int | None]:
        """Return the place as the reports write it."""
        return {"file": self.file, "sheet": self.sheet, "cell": self.cell, "row": self.row, "key": self.key}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or worth knowing, with the data.

    Attributes:
        code: Permanent code, a key of `SEVERITIES`.
        place: The first place where it shows.
        value: What stands there.
        params: Values for the placeholders of message and hint.
        cells: All places, as cell addresses in the sheet of `place`, when one cause shows in several.
        variant: Which texts tell it, where its code has several: a key of `VARIANTS`.
        weight: Its severity where a reader of data wants another one than that of its code.
    """

    code: str
    place: Place
    value: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    cells: tuple[str, ...] = ()
    variant: str = ""
    weight: Severity | None = None

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return self.weight or SEVERITIES[self.code]

    @property
    def count(self) -> int:
        """How many cells it concerns, or how often it shows in a message."""
        times = self.params.get("times", 1)
        return max(times if isinstance(times, int) else 1, len(self.cells))

    def title(self, language: str = "en") -> str:
        """Return the name of the kind of finding."""
        return text(f"finding.{self.code}.title", language)

    def message(self, language: str = "en") -> str:
        """Return what is wrong, in one sentence."""
        return self._told("message", language)

    def hint(self, language: str = "en") -> str:
        """Return what its reader can do about it."""
        return self._told("hint", language)

    def _told(self, part: str, language: str) -> str:
        value = "–" if self.value is None else self.value
        params = {name: _in_language(given, language) for name, given in self.params.items()}
        variant = f"-{self.variant}" if self.variant else ""
        return text(f"finding.{self.code}.{part}{variant}", language, value=value, count=self.count, **params)

    def line(self, language: str = "en") -> str:
        """Return place, code, message and hint in one line."""
        return f"{self.place}: {self.code} {self.message(language)} ({self.hint(language)})"

    def to_dict(self, language: str = "en") -> dict[str, object]:
        """Return the finding as the reports write it."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "place": self.place.to_dict(),
            "value": self.value,
            "message": self.message(language),
            "hint": self.hint(language),
            "count": self.count,
            "cells": list(self.cells),
        }


def _in_language(value: object, language: str) -> object:
    if isinstance(value, Named | TableText):
        return value.told(language)
    return text(value.id, language, **dict(value.params)) if isinstance(value, TextId) else value


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of a run, sorted by place."""

    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Self:
        """Return a report with the findings in the order of their places."""
        return cls(tuple(sorted(findings, key=_by_place)))

    @property
    def has_errors(self) -> bool:
        """Whether any finding is of severity error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def __len__(self) -> int:
        return len(self.findings)


@dataclass(frozen=True, slots=True)
class Balance:
    """What became of every figure that was read.

    Attributes:
        figures_read: Figures in the table.
        observations: Those written.
        set_aside: Those not written, by the code of the finding that says why.
    """

    figures_read: int
    observations: int
    set_aside: Mapping[str, int]

    @property
    def adds_up(self) -> bool:
        """Whether every figure is either written or set aside, and none is both."""
        return self.figures_read == self.observations + sum(self.set_aside.values())

    def to_dict(self) -> dict[str, object]:
        """Return the balance as the reports write it."""
        return {"figures_read": self.figures_read, "observations": self.observations, "set_aside": dict(self.set_aside)}


def _by_place(finding: Finding) -> tuple[str, str, int, str, str, str]:
    place = finding.place
    return (place.file, place.sheet or "", place.row or 0, place.cell or "", finding.code, finding.value or "")
