"""Which rules are applied, how much their findings weigh, where their limits are: a TOML of the one who checks."""

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from icstip.errors import FormatError
from icstip.findings import SEVERITIES, Severity


@dataclass(frozen=True, slots=True)
class Limits:
    """Where rules draw a line.

    Attributes:
        outlier: So many robust standard deviations a figure must be away from the others of its series.
        outlier_factor: So many times it must be more than the largest of them, or less than the smallest.
        outlier_periods: So many other periods a series must have for that.
        outlier_least: A smaller difference is never one.
        repeated_periods: So many periods in a row with the same figure.
        repeated_least: A smaller figure repeats by chance.
        repeated_cells_least: A smaller figure is in several cells by chance.
        copied_figures: So many figures of a period must be those of another one.
        revision: A revision by a larger part of the figure is a large one.
        revision_least: A smaller difference never is.
        population: The population that counts and rates imply may differ by this factor within a series.
        listed: So many findings of a rule are listed one by one.
    """

    outlier: float = 5.0
    outlier_factor: float = 2.0
    outlier_periods: int = 5
    outlier_least: float = 20.0
    repeated_periods: int = 3
    repeated_least: float = 10.0
    repeated_cells_least: float = 50.0
    copied_figures: int = 5
    revision: float = 0.2
    revision_least: float = 10.0
    population: float = 2.0
    listed: int = 200


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """What somebody wants of the rules.

    Attributes:
        severities: Other severities than those of the codes.
        off: Rules that are not applied, with the reason.
        limits: Where rules draw a line.
        today: The day by which a period lies in the future; None for the day on which data are checked.
        file: Where this stands, or empty.
    """

    severities: Mapping[str, Severity] = field(default_factory=dict)
    off: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = Limits()
    today: date | None = None
    file: str = ""

    def to_dict(self) -> dict[str, object]:
        """Return the settings as reports write them."""
        return {
            "file": self.file or None,
            "today": None if self.today is None else self.today.isoformat(),
            "severities": {code: str(severity) for code, severity in sorted(self.severities.items())},
            "off": dict(sorted(self.off.items())),
            "limits": {one.name: getattr(self.limits, one.name) for one in fields(Limits)},
        }


def read_settings(path: Path, codes: frozenset[str]) -> RuleSettings:
    """Return what a file says of the rules.

    The file has the tables ``[rules.CODE]`` with ``severity``, or ``off`` and ``reason``; ``[limits]`` with the names
    of `Limits`; and ``today``.

    Args:
        path: A TOML file.
        codes: Codes of the rules.

    Raises:
        FormatError: It cannot be read, or says what is not known; the message names it.
    """
    said = _read(path)
    rules = _table(said, "rules", path)
    _refuse(path, sorted(said.keys() - {"rules", "limits", "today"}), ("rules", "limits", "today"))
    _refuse(path, sorted(rules.keys() - codes), sorted(codes))
    settings = RuleSettings(limits=_limits(_table(said, "limits", path), path), file=path.name)
    severities, off = {}, {}
    for code, wanted in rules.items():
        for name, value in _rule(code, wanted, path):
            if name == "off":
                off[code] = value
            else:
                severities[code] = Severity(value)
    return replace(settings, severities=severities, off=off, today=_day(said.get("today"), path))


def _rule(code: str, wanted: object, path: Path) -> Iterator[tuple[str, str]]:
    """Yield what is wanted of a rule: a severity, or that it is off, with the reason."""
    where = f"rules.{code}"
    if not isinstance(wanted, dict):
        raise FormatError("checks-value", where=str(path), name=where, value=str(wanted), expected="{ severity = … }")
    _refuse(path, sorted(f"{where}.{name}" for name in wanted.keys() - {"severity", "off", "reason"}), ())
    if "severity" in wanted:
        if wanted["severity"] not in list(Severity):
            expected = ", ".join(Severity)
            raise FormatError(
                "checks-value", where=str(path), name=f"{where}.severity", value=wanted["severity"], expected=expected
            )
        yield "severity", wanted["severity"]
    if wanted.get("off") is True:
        if not str(wanted.get("reason", "")).strip():
            raise FormatError("checks-reason", where=str(path), name=where)
        yield "off", str(wanted["reason"])
    elif wanted.get("off", False) is not False:
        raise FormatError(
            "checks-value", where=str(path), name=f"{where}.off", value=str(wanted["off"]), expected="true, false"
        )


def _limits(said: Mapping[str, Any], path: Path) -> Limits:
    defaults = Limits()
    known = {one.name: getattr(defaults, one.name) for one in fields(Limits)}
    _refuse(path, sorted(f"limits.{name}" for name in said.keys() - known.keys()), sorted(known))
    for name, value in said.items():
        kinds = int if isinstance(known[name], int) else (int, float)
        if not isinstance(value, kinds) or isinstance(value, bool) or not 0 < value < math.inf:
            raise FormatError("checks-value", where=str(path), name=f"limits.{name}", value=str(value), expected="> 0")
    return replace(defaults, **said)


def _day(value: object, path: Path) -> date | None:
    if value is None or type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise FormatError(
            "checks-value", where=str(path), name="today", value=str(value), expected="2021-12-31"
        ) from error


def _refuse(path: Path, unknown: list[str], known: object) -> None:
    if unknown:
        listed = ", ".join(map(str, known)) if isinstance(known, list | tuple) else ""
        raise FormatError("checks-unknown", where=str(path), name=unknown[0], expected=listed or ", ".join(SEVERITIES))


def _table(said: Mapping[str, Any], name: str, path: Path) -> Mapping[str, Any]:
    value = said.get(name, {})
    if not isinstance(value, dict):
        raise FormatError("checks-value", where=str(path), name=name, value=str(value), expected=f"[{name}]")
    return value


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FormatError("checks-file", where=str(path), reason=error.strerror or str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FormatError("checks-toml", where=str(path), reason=str(error)) from error
