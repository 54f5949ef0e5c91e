"""The standard as it stands in `dsd/`: frozen values without input or output."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Self

from icstip.errors import StandardError

Texts = Mapping[str, str]
"""A text by language code: ``{"en": "Sex", "fr": "Sexe", …}``; a language without a text is absent."""

# SDMX-ML 3.0, SDMXCommonReferences.xsd, NestedNCNameIDType: an agency may stand below another one.
AGENCY = re.compile(r"[A-Za-z][A-Za-z0-9_\-]*(\.[A-Za-z][A-Za-z0-9_\-]*)*")
# SDMX 3.0 section 6, semantic versioning: three numbers without leading zeroes, and an extension.
VERSION = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}(?P<extension>-[0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*)?")

NO_TEXTS: Texts = MappingProxyType({})

TOTAL = "_T"
"""The code that SDMX guidelines give to the total in every code list."""


class Role(StrEnum):
    """What a component is in its structure."""

    DIMENSION = "dimension"
    TIME_DIMENSION = "time_dimension"
    MEASURE = "measure"
    ATTRIBUTE = "attribute"


class Attachment(StrEnum):
    """The level at which an attribute is reported."""

    OBSERVATION = "observation"
    SERIES = "series"
    DATASET = "dataset"


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept, with the note on how a multiple-response variable is counted."""

    id: str
    name: Texts
    description: Texts
    source: str
    origin: str = ""
    counting: str = ""
    counting_note: Texts = field(default_factory=lambda: NO_TEXTS)


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a code list; `origin` names the published list that it was taken from unchanged."""

    id: str
    name: Texts
    parent: str = ""
    description: Texts = field(default_factory=lambda: NO_TEXTS)
    origin: str = ""
    source: str = ""


@dataclass(frozen=True)
class Codelist:
    """A code list; `extends` names the list whose codes precede its own ones (they are already in `codes`)."""

    id: str
    name: Texts
    description: Texts
    codes: tuple[Code, ...]
    origin: str = ""
    source: str = ""
    extends: str = ""
    pattern: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, Code]:
        """The codes by their id."""
        return {code.id: code for code in self.codes}

    def children(self, parent: str = "") -> Iterator[Code]:
        """Yield the codes directly below a code, or the top level."""
        return (code for code in self.codes if code.parent == parent)


@dataclass(frozen=True, slots=True)
class Component:
    """A dimension, the measure or an attribute of a structure.

    Attributes:
        codelist: Id of the code list, or empty for an uncoded component, which then has an SDMX `data_type`.
        position: 1-based position of a dimension, else 0.
        attachment: Level of an attribute, else None.
        mandatory: Whether an attribute or the measure must be reported.
        total: Whether data may use the total code of a dimension (`refused` for those that say what is measured).
    """

    id: str
    role: Role
    concept: str
    codelist: str
    data_type: str
    position: int
    attachment: Attachment | None
    mandatory: bool
    total: bool
    source: str


@dataclass(frozen=True)
class Structure:
    """A data structure: one unit of the standard with its components in order."""

    id: str
    unit: str
    name: Texts
    description: Texts
    components: tuple[Component, ...]
    allowed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def dimensions(self) -> tuple[Component, ...]:
        """The dimensions in their order, the time dimension included."""
        dims = (c for c in self.components if c.role in {Role.DIMENSION, Role.TIME_DIMENSION})
        return tuple(sorted(dims, key=lambda c: c.position))

    @cached_property
    def measures(self) -> tuple[Component, ...]:
        """The measures."""
        return tuple(c for c in self.components if c.role is Role.MEASURE)

    @cached_property
    def attributes(self) -> tuple[Component, ...]:
        """The attributes in their order."""
        return tuple(c for c in self.components if c.role is Role.ATTRIBUTE)


@dataclass(frozen=True, slots=True)
class Dataflow:
    """A dataflow over a structure."""

    id: str
    structure: str
    name: Texts
    description: Texts
    source: str


@dataclass(frozen=True, slots=True)
class ConceptScheme:
    """The one concept scheme."""

    id: str
    name: Texts
    description: Texts


@dataclass(frozen=True)
class Standard:
    """The whole standard.

    Attributes:
        agency: Maintenance agency of every artefact.
        version: Semantic version of every artefact, with its extension (``1.0.0-draft``).
        final: Whether the artefacts are final (stable).
        prepared: The time in message headers unless another one is asked for (ISO 8601); no output depends on a clock.
    """

    agency: str
    version: str
    final: bool
    prepared: str
    languages: tuple[str, ...]
    name: Texts
    description: Texts
    agency_name: Texts
    concept_scheme: ConceptScheme
    concepts: Mapping[str, Concept]
    codelists: Mapping[str, Codelist]
    structures: Mapping[str, Structure]
    dataflows: Mapping[str, Dataflow]

    def reissued(self, *, agency: str | None = None, version: str | None = None, final: bool | None = None) -> Self:
        """Return the standard under another agency, version or final flag; a final one loses a ``-draft`` extension.

        Raises:
            StandardError: SDMX does not allow such an agency id or version, or the version of a final standard has an
                extension.
        """
        new_version = version or self.version
        is_final = self.final if final is None else final
        if is_final and version is None:
            new_version = re.sub(r"-.*$", "", new_version)
        if agency is not None and not AGENCY.fullmatch(agency):
            raise StandardError("standard-value", where="agency", value=agency, field="agency", expected=AGENCY.pattern)
        matched = VERSION.fullmatch(new_version)
        if matched is None or (is_final and matched["extension"]):
            expected = "1.0.0" if is_final else "1.0.0, 1.0.0-draft"
            raise StandardError(
                "standard-value", where="version", value=new_version, field="version", expected=expected
            )
        return replace(self, agency=agency or self.agency, version=new_version, final=is_final)
