"""The report of a conversion as one page that needs nothing but itself: no network, no script, no font of its own."""

from collections.abc import Callable, Mapping
from functools import partial

from icstip.findings import Severity
from icstip.reports import view
from icstip.reports.conversion import ConversionReport
from icstip.reports.scales import BAR
from icstip.reports.templates import template
from icstip.texts import RIGHT_TO_LEFT, text

_NARROW_BLANK = "\u202f"
# As UN documents write numbers in each language; Arabic with Western digits.
_THOUSANDS: Mapping[str, str] = {"en": ",", "fr": _NARROW_BLANK, "es": _NARROW_BLANK, "ar": ","}
_DECIMAL: Mapping[str, str] = {"en": ".", "fr": ",", "es": ",", "ar": "."}
_PERCENT: Mapping[str, str] = {"en": "%", "fr": f"{_NARROW_BLANK}%", "es": f"{_NARROW_BLANK}%", "ar": "%"}


def conversion_page(report: ConversionReport, language: str = "en") -> str:
    """Return the report of a conversion as an HTML page, the same for the same report.

    Args:
        report: What was read, written and set aside.
        language: One of `icstip.texts.LANGUAGES`.
    """
    observations, aside = view.balance_parts(report, language)
    causes = view.causes_of(report, language)
    labels = view.label_groups(report, language)
    return template("conversion.html.j2").render(
        language=language,
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
        t=_words(language),
        n=partial(number, language=language),
        share=partial(share, whole=report.balance.figures_read, language=language),
        direction_of=view.direction_of,
        bar=BAR,
        report=report,
        balance=report.balance,
        set_aside=sum(report.balance.set_aside.values()),
        adds_up=view.adds_up(report),
        observations=observations,
        aside=aside,
        causes=causes,
        in_error=sum(cause.set_aside for cause in causes if cause.severity is Severity.ERROR),
        labels=labels,
        to_look_at=sum(group.look_at.count for group in labels),
        hows=[how for how in view.HOWS if any(how == found for group in labels for found, _ in group.hows)],
        datasets=[view.data_set_view(summary, language) for summary in report.datasets],
    )


def number(value: int, language: str) -> str:
    """Return a whole number with the separators of a language, in Western digits: ``19,780``."""
    return f"{value:,}".replace(",", _THOUSANDS[language])


def share(part: int, whole: int, language: str) -> str:
    """Return a percentage with one decimal; what is neither none nor all is never shown as none or as all."""
    if whole <= 0:
        return "–"
    tenths, sign = (2000 * part + whole) // (2 * whole), ""
    if tenths == 0 and part:
        tenths, sign = 1, "<"
    elif tenths == 1000 and part < whole:
        tenths, sign = 999, ">"
    return f"{sign}{tenths // 10}{_DECIMAL[language]}{tenths % 10}{_PERCENT[language]}"


def _words(language: str) -> Callable[..., str]:
    def words(key: str, /, **params: object) -> str:
        return text(f"report.{key}", language, **params)

    return words
