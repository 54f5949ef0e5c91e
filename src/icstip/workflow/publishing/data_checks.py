"""Data checked twice: by our rules, and by the registry that they will go to."""

from dataclasses import replace
from pathlib import Path

from icstip.reports.validation.report import ValidationReport
from icstip.workflow.checking.validation import Validator
from icstip.workflow.publishing.registries import Registry


def check_with_registry(
    registry: Registry, path: Path, structure: str = "", *, folder: Path | None = None
) -> ValidationReport:
    """Return the report of our rules on a data message, with what a registry finds in it.

    Args:
        registry: The registry.
        path: The data message.
        structure: URN of what the data are of, where the registry is not to go by the message.
        folder: The folder of the standard; the one that is installed by default.

    Raises:
        RegistryError: The registry has no data validation service, or cannot read the data.
        FormatError: The file is no data message.
    """
    report = Validator(folder).validate([path])
    (checked,) = report.files
    found = registry.check_data(path, structure, is_csv="CSV" in checked.format)
    named = tuple(replace(finding, place=replace(finding.place, file=checked.file)) for finding in found)
    return replace(report, files=(replace(checked, findings=(*checked.findings, *named)),))
