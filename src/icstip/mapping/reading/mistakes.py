"""Mistakes in a mapping: findings that are collected while it is read, and the error that carries them all."""

from collections.abc import Iterable, Sequence

from rapidfuzz import process

from icstip.errors import MappingError
from icstip.findings import Finding, Place, Report
from icstip.texts import text


class Mistakes:
    """Collects mistakes."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def add(self, code: str, place: Place, value: str, variant: str = "", **params: object) -> None:
        """Note a mistake.

        Args:
            code: The code of its finding.
            place: Its file and line.
            value: What stands there.
            variant: Which of the texts of the code tell it.
            **params: Values for the placeholders of the texts.
        """
        self.findings.append(Finding(code, place, value, params, variant=variant))

    def refuse(self, where: str) -> None:
        """Refuse what has mistakes, and do nothing where there are none.

        Raises:
            MistakesError: All of them.
        """
        if self.findings:
            count = len(self.findings)
            raise MistakesError("mapping-mistakes", where=where, count=count, findings=self.findings)


class MistakesError(MappingError):
    """A mapping cannot be used because of what stands in it.

    Attributes:
        findings: Every mistake, in the order of their places.
    """

    def __init__(self, message_id: str, *, where: str, findings: Sequence[Finding], **params: object) -> None:
        super().__init__(message_id, where=where, **params)
        self.findings = Report.of(findings).findings

    def line(self, language: str = "en") -> str:
        """Return the mistake, or how many there are and the first of them."""
        first = self.findings[0].line(language)
        return first if len(self.findings) == 1 else f"{super().line(language)} {first}"

    def lines(self, language: str = "en") -> list[str]:
        """Return every mistake, and below several of them how many there are."""
        mistakes = [finding.line(language) for finding in self.findings]
        count = f"{self.where}: {text('cli.mistakes', language, count=len(mistakes))}"
        return [*mistakes, count] if len(mistakes) > 1 else mistakes

    def __str__(self) -> str:
        """Return every mistake: Python shows what no command does."""
        return "\n".join(self.lines())


def near_words(word: str, known: Iterable[str]) -> str:
    """Return the known words that look most like this one, or nothing."""
    return ", ".join(match for match, *_ in process.extract(word, list(known), limit=3, score_cutoff=50))
