"""The report of a conversion as one page that needs nothing but itself: no network, no script, no font of its own."""

from collections.abc import Callable
from functools import partial

from icstip.findings import Severity
from icstip.reports import view
from icstip.reports.conversion import ConversionReport
from icstip.reports.parts.lettering import direction_of
from icstip.reports.parts.numbers import number, share
from icstip.reports.scales import BAR
from icstip.reports.templates import template
from icstip.texts import RIGHT_TO_LEFT, text


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
        text=partial(_text, language),
        n=partial(number, language=language),
        share=partial(share, whole=report.balance.figures_read, language=language),
        direction_of=direction_of,
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


def _text(language: str, key: str, /, **params: object) -> str:
    return text(key, language, **params)


def _words(language: str) -> Callable[..., str]:
    def words(key: str, /, **params: object) -> str:
        return text(f"report.{key}", language, **params)

    return words
