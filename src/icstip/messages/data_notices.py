"""What is found while data are read: one finding for each cause, with its first place and how often it shows."""

from dataclasses import dataclass

from icstip.findings import Finding, Place


@dataclass(slots=True)
class _Cause:
    place: Place
    times: int
    variant: str


class DataNotices:
    """Collects findings.

    Args:
        file: File, or address, that is read.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._causes: dict[tuple[str, str | None, tuple[tuple[str, object], ...]], _Cause] = {}

    def add(
        self,
        code: str,
        value: str | None = None,
        *,
        line: int | None = None,
        key: str | None = None,
        times: int = 1,
        variant: str = "",
        **params: object,
    ) -> None:
        """Say that something was found.

        Args:
            code: Code of the finding.
            value: What stands there.
            line: Line in the file.
            key: Key of the observation, dimensions separated by points.
            times: How often.
            variant: Which of the texts of the code tell it.
            **params: Values for the placeholders of its texts.
        """
        cause = (code, value, tuple(params.items()))
        known = self._causes.setdefault(cause, _Cause(Place(self._file, row=line, key=key), 0, variant))
        known.times += times

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings in the order of first mention; ``times`` is how often each shows."""
        return tuple(
            Finding(
                code,
                cause.place,
                value,
                {**dict(params), "times": cause.times, "file": self._file},
                variant=cause.variant,
            )
            for (code, value, params), cause in self._causes.items()
        )
