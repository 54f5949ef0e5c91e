"""Findings as a page lists them: grouped by cause, the weightiest first, cut to what a person reads."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from icstip.findings import SEVERITIES, Finding, Severity
from icstip.reports.parts.lettering import clipped
from icstip.reports.scales import cell_ranges

FIRST_CASES = 10
LISTED_CASES = 200
LISTED_RANGES = 4

_BY_WEIGHT: Final = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_NOTHING: Final[Mapping[str, int]] = {}


@dataclass(frozen=True, slots=True)
class Case:
    """A finding as a line of a table.

    Attributes:
        elsewhere: File and sheet, where they are not those that the page is about.
        ranges: The cells, neighbours joined; `more_cells` counts those that are not shown.
        key: Key of the observation, where it has neither cell nor row.
        hint: What to do, or empty where the cause says it for all its cases.
    """

    elsewhere: str
    ranges: tuple[str, ...]
    more_cells: int
    row: int | None
    key: str
    value: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Cause:
    """All findings of a code that weigh the same: the first cases, further ones, and how many more there are.

    Attributes:
        anchor: What links to it say.
    """

    code: str
    anchor: str
    title: str
    severity: Severity
    hint: str
    cases: int
    cells: int
    set_aside: int
    first: tuple[Case, ...]
    further: tuple[Case, ...]
    unlisted: int


@dataclass(frozen=True, slots=True)
class Listing:
    """How findings are listed.

    Attributes:
        language: One of `icstip.texts.LANGUAGES`.
        file, sheet: Those that the page is about; they are named only where a finding is about another one.
        set_aside: Figures that were set aside, by code.
        unlisted: Findings that are not there one by one: by code and severity, how many and in how many cells.
        most: So many cases of a cause are listed.
    """

    language: str
    file: str | None
    sheet: str | None
    set_aside: Mapping[str, int]
    unlisted: Mapping[tuple[str, Severity], tuple[int, int]]
    most: int = LISTED_CASES


def causes_of(findings: Iterable[Finding], listing: Listing) -> tuple[Cause, ...]:
    """Return findings by cause: errors first, then by the figures set aside and the cells concerned."""
    by_code: dict[tuple[str, Severity], list[Finding]] = defaultdict(list)
    for finding in findings:
        by_code[finding.code, finding.severity].append(finding)
    causes = [_cause(code, severity, group, listing) for (code, severity), group in by_code.items()]
    return tuple(sorted(causes, key=lambda c: (_BY_WEIGHT.index(c.severity), -c.set_aside, -c.cells, c.code)))


def _cause(code: str, severity: Severity, findings: Sequence[Finding], listing: Listing) -> Cause:
    most_first = sorted(findings, key=lambda finding: -finding.count)
    hints = {finding.hint(listing.language) for finding in findings}
    common_hint = hints.pop() if len(hints) == 1 else ""
    cases = [_case(finding, listing, says_hint=not common_hint) for finding in most_first[: listing.most]]
    beyond, cells_beyond = listing.unlisted.get((code, severity), (0, 0))
    return Cause(
        code=code,
        anchor=code if severity is SEVERITIES[code] else f"{code}-{severity}",
        title=findings[0].title(listing.language),
        severity=severity,
        hint=clipped(common_hint),
        cases=len(findings) + beyond,
        cells=sum(finding.count for finding in findings) + cells_beyond,
        set_aside=listing.set_aside.get(code, 0),
        first=tuple(cases[:FIRST_CASES]),
        further=tuple(cases[FIRST_CASES:]),
        unlisted=len(findings) + beyond - len(cases),
    )


def _case(finding: Finding, listing: Listing, *, says_hint: bool) -> Case:
    place = finding.place
    elsewhere = [place.file] if place.file != listing.file else []
    if place.sheet and (elsewhere or place.sheet != listing.sheet):
        elsewhere.append(place.sheet)
    ranges = cell_ranges(finding.cells or ((place.cell,) if place.cell else ()))
    return Case(
        elsewhere="!".join(elsewhere),
        ranges=tuple(cells for cells, _ in ranges[:LISTED_RANGES]),
        more_cells=sum(count for _, count in ranges[LISTED_RANGES:]),
        row=None if ranges else place.row,
        key=clipped(place.key or "") if not ranges and place.row is None else "",
        value=clipped(finding.value or ""),
        message=clipped(finding.message(listing.language)),
        hint=clipped(finding.hint(listing.language)) if says_hint else "",
    )
