"""What sdmx1 and pysdmx say of files: counts by class, or why they refuse."""

import io
import logging
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sized
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import sdmx
from pysdmx.io import read_sdmx
from tests.interop.java.files import Subject

Counts = Mapping[str, int]
PACKAGES: Final = {"sdmx1": "sdmx1", "pysdmx": "pysdmx"}

# The names that both have for classes which the information model names otherwise.
_CLASSES: Final = {
    "DataStructureDefinition": "DataStructure",
    "DataflowDefinition": "Dataflow",
    "MultiRepresentationMap": "RepresentationMap",
    "ContentConstraint": "DataConstraint",
    "HierarchicalCodelist": "Hierarchy",
}
_PARTS: Final[Mapping[str, Mapping[str, Callable[[Any], Sized]]]] = {
    "sdmx1": {
        "dimensions": lambda dsd: dsd.dimensions.components,
        "attributes": lambda dsd: dsd.attributes.components,
    },
    "pysdmx": {
        "dimensions": lambda dsd: dsd.components.dimensions,
        "attributes": lambda dsd: dsd.components.attributes,
    },
}


class RefusedError(Exception):
    """A reader refuses a file; the text is what it says."""


def versions() -> Mapping[str, str]:
    """Return the versions of the readers."""
    return {reader: version(package) for reader, package in PACKAGES.items()}


def read(reader: str, subject: Subject, structures: Path | None, structure: str) -> Counts:
    """Return what a reader finds in a file.

    Args:
        reader: ``sdmx1`` or ``pysdmx``.
        subject: The file.
        structures: A file with the data structure of a data file, for sdmx1.
        structure: Id of that data structure.

    Raises:
        RefusedError: It refuses the file.
    """
    try:
        with _quiet():
            if subject.kind == "data":
                return {"observations": _OBSERVATIONS[reader](subject.path, structures, structure)}
            return _counts(reader, _STRUCTURES[reader](subject.path))
    except Exception as error:
        raise RefusedError(_first_line(error)) from error


def _sdmx1_structures(path: Path) -> list[Any]:
    message = sdmx.read_sdmx(path)
    if not isinstance(message, sdmx.message.StructureMessage):
        raise TypeError(type(message).__name__)
    return list(message.iter_objects(external_reference=True))


def _pysdmx_structures(path: Path) -> list[Any]:
    # Its validation of SDMX-JSON needs an extra that is not installed; our own tests validate all that we write.
    return list(read_sdmx(path, validate=path.suffix == ".xml").structures or ())


def _sdmx1_observations(path: Path, structures: Path | None, structure: str) -> int:
    definition = sdmx.read_sdmx(structures).structure[structure] if structures else None
    return sum(len(dataset.obs) for dataset in sdmx.read_sdmx(path, structure=definition).data)


def _pysdmx_observations(path: Path, _structures: Path | None, _structure: str) -> int:
    return sum(len(dataset.data) for dataset in read_sdmx(path, validate=path.suffix == ".xml").data or ())


_STRUCTURES: Final[Mapping[str, Callable[[Path], list[Any]]]] = {
    "sdmx1": _sdmx1_structures,
    "pysdmx": _pysdmx_structures,
}
_OBSERVATIONS: Final[Mapping[str, Callable[[Path, Path | None, str], int]]] = {
    "sdmx1": _sdmx1_observations,
    "pysdmx": _pysdmx_observations,
}


def _counts(reader: str, artefacts: list[Any]) -> Counts:
    counts: Counter[str] = Counter()
    for artefact in artefacts:
        kind = _CLASSES.get(type(artefact).__name__, type(artefact).__name__)
        counts[kind] += 1
        if kind == "Codelist":
            counts["codes"] += len(artefact.items)
        if kind == "DataStructure":
            for part, components in _PARTS[reader].items():
                counts[part] += len(components(artefact))
    return counts


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the readers print, log and warn of to ourselves: what they raise is what counts."""
    disabled = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(disabled)


def _first_line(error: BaseException) -> str:
    """Return the first line of an error, with that of its cause where it says more."""
    line = _said(error)
    cause = error.__cause__ or error.__context__
    return line if cause is None or str(cause) in str(error) else f"{line} < {_said(cause)}"


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {next(iter(str(error).strip().splitlines()), '')}"
