"""Versions of artefacts and references as a version of SDMX-ML writes them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.collection import maintainable_reference
from icstip.artefacts.versions import latest_fitting, without_extension, without_wildcards
from icstip.messages.structure_ml.dialect import FIXED_VERSION, Dialect

ORGANISATION_VERSION: Final = FIXED_VERSION
"""The one version of organisation schemes (SDMX 3.0 does not version them)."""


def written_version(kind: str, version: str, dialect: Dialect) -> str:
    """Return the version of an artefact as a version of SDMX-ML writes it.

    Args:
        kind: Class of the artefact.
        version: Its version.
        dialect: The version of SDMX-ML.
    """
    if kind in dialect.fixed_versions:
        return FIXED_VERSION
    return without_extension(version) if dialect.says_final else version


class References:
    """References as a version of SDMX-ML writes them in a message.

    Args:
        artefacts: What the message holds, for versions that are only said with wildcards.
        dialect: The version of SDMX-ML.
    """

    def __init__(self, artefacts: Iterable[Maintainable], dialect: Dialect) -> None:
        self._dialect = dialect
        self._versions: dict[Reference, list[str]] = defaultdict(list)
        for artefact in artefacts:
            self._versions[replace(artefact.reference, version="")].append(artefact.version)

    def written(self, reference: Reference) -> tuple[Reference, bool]:
        """Return a reference with class and version as they are written, and whether a wildcard became a version."""
        kind = maintainable_reference(reference).kind
        version = written_version(kind, reference.version, self._dialect)
        fixed = self._dialect.versions.fullmatch(version) is None
        if fixed:
            version = written_version(kind, self._fitting(reference), self._dialect)
        return replace(reference, kind=self._dialect.class_of(reference.kind), version=version), fixed

    def loses_extension(self, reference: Reference) -> bool:
        """Return whether a reference loses an extension of its version that nothing in the message says."""
        target = maintainable_reference(reference)
        version = written_version(target.kind, reference.version, self._dialect)
        known = self._versions.get(replace(target, version=""), ())
        return version not in {reference.version, FIXED_VERSION} and reference.version not in known

    def _fitting(self, reference: Reference) -> str:
        """Return the highest version in the message that a reference can mean, else the number without wildcards."""
        target = replace(maintainable_reference(reference), version="")
        found = latest_fitting(self._versions.get(target, ()), reference.version)
        return found or without_wildcards(reference.version)
