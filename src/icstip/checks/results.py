"""What checks say of data, beside their findings: totals and their parts, outliers, what is broken down by what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from icstip.checks.settings import RuleSettings
from icstip.findings import Finding, Place


class Answer(StrEnum):
    """What can be said of a total and its parts."""

    HOLDS = "holds"
    PARTIAL = "partial"
    BROKEN = "broken"
    UNCHECKED = "unchecked"


class Reason(StrEnum):
    """Why a total cannot be checked."""

    NO_TOTAL = "no_total"
    HIDDEN = "hidden"
    COUNTING = "counting"
    AREAS = "areas"


@dataclass(frozen=True, slots=True)
class Part:
    """A figure of a total: exactly known where `low` and `high` are the same.

    Attributes:
        code: Its code in the dimension.
        low: The least that it can be.
        high: The most that it can be; None where nobody knows.
        place: Where it stands.
    """

    code: str
    low: float
    high: float | None
    place: Place


@dataclass(frozen=True, slots=True)
class Total:
    """A total with its parts, where they do not fit together.

    Attributes:
        dimension: The dimension along which the parts make up the total.
        key: The other dimensions with their codes, in the order of the structure.
        whole: The total.
        parts: Its parts in the order of the code list.
        answer: What can be said of them.
        code: Code of the finding that says so.
    """

    dimension: str
    key: Mapping[str, str]
    whole: Part
    parts: tuple[Part, ...]
    answer: Answer
    code: str


@dataclass(frozen=True, slots=True)
class Totals:
    """How often the totals along a dimension hold.

    Attributes:
        dimension: The dimension.
        whole: The code of the total.
        answers: How often each answer is given.
        reasons: Why totals cannot be checked, and how many.
    """

    dimension: str
    whole: str
    answers: Mapping[Answer, int]
    reasons: Mapping[Reason, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outlier:
    """A series with a figure far from the others.

    Attributes:
        key: The dimensions of the series with their codes.
        points: Periods with their values in the order of time; None where there is none.
        period: The period of the figure.
        low, high: Where figures like the others lie.
        place: Where it stands.
    """

    key: Mapping[str, str]
    points: tuple[tuple[str, float | None], ...]
    period: str
    low: float
    high: float
    place: Place


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many observations are broken down by what, by period.

    Attributes:
        periods: Time periods in their order.
        dimensions: By dimension, the observations of each period that are broken down by it.
        observations: The observations of each period.
        expected: The dimensions that the dataflow asks for.
    """

    periods: tuple[str, ...]
    dimensions: Mapping[str, tuple[int, ...]]
    observations: tuple[int, ...]
    expected: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Checked:
    """What was found in one data set.

    Attributes:
        findings: What is wrong, or worth knowing.
        rules: Codes of the rules that were applied.
        settings: What was wanted of the rules.
        totals: Totals that do not fit their parts.
        answers: How often totals hold.
        outliers: Series with figures far from the others.
        coverage: What is broken down by what; None where there is no time.
    """

    findings: tuple[Finding, ...]
    rules: tuple[str, ...]
    settings: RuleSettings
    totals: tuple[Total, ...] = ()
    answers: tuple[Totals, ...] = ()
    outliers: tuple[Outlier, ...] = ()
    coverage: Coverage | None = None
