"""Which rules were applied, with their settings, as a page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from icstip.checks.rule import severity_of
from icstip.checks.settings import Limits
from icstip.findings import SEVERITIES, Finding, Place, Severity
from icstip.reports.parts.causes import Cause
from icstip.reports.parts.lettering import clipped
from icstip.reports.parts.numbers import figure
from icstip.reports.validation.report import ValidationReport
from icstip.texts import text


@dataclass(frozen=True, slots=True)
class Applied:
    """A rule that was applied.

    Attributes:
        usual: Its usual severity where it has another one here, else None.
        found: How many findings it has.
    """

    code: str
    title: str
    severity: Severity
    usual: Severity | None
    found: int


@dataclass(frozen=True, slots=True)
class Limit:
    """Where rules draw a line; the usual value is empty where it is the same."""

    says: str
    value: str
    usual: str


@dataclass(frozen=True, slots=True)
class RulesView:
    """The rules: applied, with another severity than usual among them; off with the reason; limits."""

    applied: tuple[Applied, ...]
    off: tuple[tuple[str, str, str], ...]
    limits: tuple[Limit, ...]

    @property
    def changed(self) -> tuple[Applied, ...]:
        """The rules that have another severity than usual."""
        return tuple(rule for rule in self.applied if rule.usual is not None)


def rules_view(report: ValidationReport, causes: tuple[Cause, ...], language: str) -> RulesView:
    """Return the rules of a report as a page shows them."""
    settings = report.settings
    found: dict[str, int] = {}
    for cause in causes:
        found[cause.code] = found.get(cause.code, 0) + cause.cases
    usual = Limits()
    return RulesView(
        applied=tuple(_applied(code, report, found, language) for code in report.rules),
        off=tuple((code, _title(code, language), clipped(reason)) for code, reason in sorted(settings.off.items())),
        limits=tuple(
            _limit(one.name, getattr(settings.limits, one.name), getattr(usual, one.name), language)
            for one in fields(Limits)
        ),
    )


def _applied(code: str, report: ValidationReport, found: Mapping[str, int], language: str) -> Applied:
    severity = severity_of(code, report.settings)
    usual = SEVERITIES[code]
    return Applied(code, _title(code, language), severity, None if severity is usual else usual, found.get(code, 0))


def _limit(name: str, value: float, usual: float, language: str) -> Limit:
    says = text(f"validation.limits.{name.replace('_', '-')}", language)
    return Limit(says, figure(value, language), "" if value == usual else figure(usual, language))


def _title(code: str, language: str) -> str:
    return Finding(code, Place("")).title(language)
