"""What a format cannot say, collected while a message is written or read: nothing is lost or changed silently."""

import warnings
from collections.abc import Iterable, Iterator

from icstip.artefacts.base import Maintainable, Reference
from icstip.findings import Finding, Place, TextId

LEFT_OUT = "FORMAT-001"
TRANSLATED = "FORMAT-002"
LOST = "FORMAT-003"
NOT_READ = "FORMAT-004"
COMPLETED = "FORMAT-005"

LOSSES = frozenset({LEFT_OUT, LOST, NOT_READ})
"""The codes of what is lost; the others only say that something looks different."""


class LossWarning(UserWarning):
    """A format cannot say everything that was to be written in it."""


def warn_of_losses(findings: Iterable[Finding]) -> None:
    """Warn the caller of the caller of each loss among findings."""
    for finding in findings:
        if finding.code in LOSSES:
            warnings.warn(finding.message(), LossWarning, stacklevel=3)


class Notices:
    """Findings on artefacts: one for each artefact and kind of loss, with the items and components it concerns.

    Args:
        file: File, or format, that is written or read.
        format_name: Name of the format, for the messages.
    """

    def __init__(self, file: str, format_name: str) -> None:
        self._file = file
        self._format = format_name
        self._parts: dict[tuple[str, str, str], dict[str, None]] = {}  # a dictionary for its order and speed

    def left_out(self, artefact: Maintainable | Reference, reason: str) -> None:
        """Say that an artefact is left out.

        Args:
            artefact: The artefact.
            reason: Why: a key of the texts ``loss.…``.
        """
        self._add(LEFT_OUT, artefact, reason, "")

    def translated(self, artefact: Maintainable | Reference, how: str, part: str = "") -> None:
        """Say that something is said in another way: nothing is lost, but the file does not look the same.

        Args:
            artefact: The artefact that it stands in.
            how: What became of it: a key of the texts ``loss.…``.
            part: Id of the item or component that it concerns; empty for the artefact itself.
        """
        self._add(TRANSLATED, artefact, how, part)

    def lost(self, artefact: Maintainable | Reference, what: str, part: str = "") -> None:
        """Say that something of an artefact cannot be said in the format.

        Args:
            artefact: The artefact that it stands in.
            what: What is lost: a key of the texts ``loss.…``.
            part: Id of the item or component that it concerns; empty for the artefact itself.
        """
        self._add(LOST, artefact, what, part)

    def not_read(self, name: str, artefact: Maintainable | Reference | None = None) -> None:
        """Say that something in a message was not understood.

        Args:
            name: Name of the element or property, as it stands there.
            artefact: The artefact that it stands in, or None for one of its own.
        """
        self._add(NOT_READ, artefact, name, "")

    def completed(self, part: str, value: str) -> None:
        """Say that a part of the header, which a message must have, is made up because it is missing.

        Args:
            part: Name of the part in SDMX-ML: ``ID``, ``Prepared`` or ``Sender``.
            value: What stands there now.
        """
        self._add(COMPLETED, None, part, value)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was said, in the order of first mention."""
        return tuple(self._findings())

    def _add(self, code: str, artefact: Maintainable | Reference | None, what: str, part: str) -> None:
        reference = artefact.reference if isinstance(artefact, Maintainable) else artefact
        told = "" if reference is None else f"{reference.kind}={reference}"
        parts = self._parts.setdefault((code, told, what), {})
        if part:
            parts[part] = None

    def _findings(self) -> Iterator[Finding]:
        for (code, told, what), parts in self._parts.items():
            named = what if code in {NOT_READ, COMPLETED} else TextId(f"loss.{what}")
            params = {"format": self._format, "artefact": told or self._file, "what": named}
            value = next(iter(parts), None) if code == COMPLETED else None
            yield Finding(code, Place(self._file, key=told or None), value, params, tuple(parts))
