"""What was found, by cause: listed as far as the page stays small, counted to the last."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from icstip.checks.rule import MORE
from icstip.findings import Finding, Severity
from icstip.reports.parts.causes import LISTED_CASES, Cause, Listing, causes_of
from icstip.reports.validation.report import ValidationReport, standing_for

LISTED_IN_ALL: Final = 800


def causes_found(report: ValidationReport, language: str) -> tuple[Cause, ...]:
    """Return the findings of a report by cause; those that are not listed one by one are counted with their cause."""
    findings = report.report.findings
    told = [finding for finding in findings if finding.code != MORE]
    file = report.files[0] if len(report.files) == 1 else None
    set_aside: Counter[str] = Counter()
    for one in report.files:
        set_aside.update({} if one.balance is None else one.balance.set_aside)
    listing = Listing(
        language=language,
        file=file.file if file else None,
        sheet=file.sheet if file else None,
        set_aside=set_aside,
        unlisted=_unlisted(findings),
        most=_most([count for _, count in Counter((one.code, one.severity) for one in told).items()]),
    )
    return causes_of(told, listing)


def _unlisted(findings: Iterable[Finding]) -> dict[tuple[str, Severity], tuple[int, int]]:
    """Return how many findings are told together, and in how many cells, by code and severity."""
    beyond: dict[tuple[str, Severity], tuple[int, int]] = {}
    for finding in findings:
        if finding.code == MORE:
            key = (str(finding.params["of"]), finding.severity)
            count, cells = beyond.get(key, (0, 0))
            beyond[key] = (count + standing_for(finding), cells + finding.count)
    return beyond


def _most(counts: Sequence[int]) -> int:
    """Return how many cases each cause may list so that all of them together stay few enough."""
    fits = (most for most in range(LISTED_CASES, 1, -1) if sum(min(most, count) for count in counts) <= LISTED_IN_ALL)
    return next(fits, 1)
