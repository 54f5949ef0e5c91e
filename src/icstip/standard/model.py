"""The standard as it stands in `dsd/`: frozen values without input or output."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Self

from icstip.artefacts.versions import SEMANTIC, without_extension
from icstip.errors import StandardError

Texts = Mapping[str, str]
"""A text by language code: ``{"en": "Sex", "fr": "Sexe", …}``; a language without a text is absent."""

# SDMX-ML 3.0, SDMXCommonReferences.xsd, NestedNCNameIDType: an agency may stand below another one.
AGENCY = re.compile(r"[A-Za-z][A-Za-z0-9_\-]*(\.[A-Za-z][A-Za-z0-9_\-]*)*")

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
class Scheme:
    """The head of the one concept scheme, or category scheme, or data provider scheme."""

    id: str
    name: Texts
    description: Texts


@dataclass(frozen=True, slots=True)
class Category:
    """A category with the dataflows that belong to it; `parent` is the id of the one above it, ids are unique."""

    id: str
    name: Texts
    parent: str = ""
    description: Texts = field(default_factory=lambda: NO_TEXTS)
    dataflows: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Constraint:
    """What the data of a structure, or of a dataflow, may hold.

    Attributes:
        structure: Id of the structure that it constrains, or empty.
        dataflow: Id of the dataflow that it constrains, or empty.
        free: The dimensions of a dataflow that may vary; every other one that may have a total has only that.
        allowed: The codes that a component may have where it may not have all.
    """

    id: str
    name: Texts
    description: Texts
    structure: str = ""
    dataflow: str = ""
    free: tuple[str, ...] = ()
    allowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class HierarchyCode:
    """A code at a place in a hierarchy; `parent` is the id of the place above it, ids are unique in the hierarchy."""

    id: str
    codelist: str
    code: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """A grouping of codes that is not the one of their lists."""

    id: str
    name: Texts
    description: Texts
    codes: tuple[HierarchyCode, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class CodeMap:
    """A table from codes of one list to codes of another one, or from combinations of codes.

    Attributes:
        sources: Ids of the lists that are mapped, or references to lists of others (``AGENCY:ID(VERSION)``).
        targets: The same of what they are mapped to.
        mappings: Codes of the sources in their order, and those of the targets in theirs; no targets for what has no
            counterpart. An empty source stands for an attribute that is not there.
        preferred: The sources of the mappings that hold on the way back, where others have the same targets.
    """

    id: str
    name: Texts
    description: Texts
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    mappings: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    preferred: frozenset[tuple[str, ...]] = frozenset()


@dataclass(frozen=True, slots=True)
class ComponentLink:
    """That components become others: by a code map, or unchanged where `code_map` is empty.

    Attributes:
        fixed: The value that a target always has; then there are no sources.
        default: The value that the target has where the source says nothing.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    code_map: str = ""
    fixed: str = ""
    default: str = ""


ANY_PART = "*"
"""Stands for every code of a component; among what is allowed, for every one but the total."""


@dataclass(frozen=True, slots=True)
class AllowedValues:
    """What a component may have where another one has a code, by the rules of whoever receives the data.

    Attributes:
        by: Id of the other component.
        code: Its code, or `ANY_PART`.
        component: Id of the component.
        codes: The codes that it may have.
        pattern: What its values must look like, where it has no codes.
    """

    by: str
    code: str
    component: str
    codes: tuple[str, ...] = ()
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class CodeGroup:
    """A code of which the target knows nothing but the whole: those below it in a hierarchy can be summed.

    Attributes:
        component: Id of the component of the source.
        hierarchy: Id of the hierarchy.
        code: The code.
        rule: Id of the attribute that says how the parts are counted.
        once: The code by which nobody is counted in two parts.
    """

    component: str
    hierarchy: str
    code: str
    rule: str
    once: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a code of a component, or any other one (`ANY_PART`), has no counterpart."""

    component: str
    code: str
    description: Texts


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """How data of one structure become data of another one, value by value.

    Attributes:
        source: Id of a structure, or a reference to one of others (``AGENCY:ID(VERSION)``).
        target: The same of what data become.
        code_maps: The code maps that the links use, by their id.
        provenance: Short names of the sources of the crosswalk itself.
        command: The short name by which it is run.
        dataflow: The dataflow that the data of the target belong to (``AGENCY:ID(VERSION)``), or empty.
        structures: What structures of others look like, by their references.
        codelists: The codes of theirs that the crosswalk knows, by the references of their lists.
        allowed: What the receiver allows.
        groups: Codes that can be summed from parts.
        reasons: Why codes have no counterpart.
    """

    id: str
    name: Texts
    description: Texts
    source: str
    target: str
    links: tuple[ComponentLink, ...]
    code_maps: Mapping[str, CodeMap]
    provenance: str = ""
    command: str = ""
    dataflow: str = ""
    structures: Mapping[str, Structure] = field(default_factory=dict)
    codelists: Mapping[str, Codelist] = field(default_factory=dict)
    allowed: tuple[AllowedValues, ...] = ()
    groups: tuple[CodeGroup, ...] = ()
    reasons: tuple[Reason, ...] = ()


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
    concept_scheme: Scheme
    concepts: Mapping[str, Concept]
    codelists: Mapping[str, Codelist]
    structures: Mapping[str, Structure]
    dataflows: Mapping[str, Dataflow]
    constraints: Mapping[str, Constraint] = field(default_factory=dict)
    category_scheme: Scheme | None = None
    categories: Mapping[str, Category] = field(default_factory=dict)
    provider_scheme: Scheme | None = None
    providers: tuple[Code, ...] = ()
    hierarchies: Mapping[str, Hierarchy] = field(default_factory=dict)
    crosswalks: Mapping[str, Crosswalk] = field(default_factory=dict)

    def whole_dataflow(self, structure: str) -> str:
        """Return the id of the dataflow whose data may be all that a structure allows, or an empty one."""
        narrowed = {constraint.dataflow for constraint in self.constraints.values()}
        flows = (flow.id for flow in self.dataflows.values() if flow.structure == structure and flow.id not in narrowed)
        return next(flows, "")

    def reissued(self, *, agency: str | None = None, version: str | None = None, final: bool | None = None) -> Self:
        """Return the standard under another agency, version or final flag; a final one loses a ``-draft`` extension.

        Raises:
            StandardError: SDMX does not allow such an agency id or version, or the version of a final standard has an
                extension.
        """
        new_version = version or self.version
        is_final = self.final if final is None else final
        if is_final and version is None:
            new_version = without_extension(new_version)
        if agency is not None and not AGENCY.fullmatch(agency):
            raise StandardError("standard-value", where="agency", value=agency, field="agency", expected=AGENCY.pattern)
        matched = SEMANTIC.fullmatch(new_version)
        if matched is None or (is_final and matched["extension"]):
            expected = "1.0.0" if is_final else "1.0.0, 1.0.0-draft"
            raise StandardError(
                "standard-value", where="version", value=new_version, field="version", expected=expected
            )
        return replace(self, agency=agency or self.agency, version=new_version, final=is_final)
