"""A data structure or dataflow → the XML schema of its structure-specific data.

The rules are those of the standard (SDMX 2.1 and 3.0 §3A part IV, mapping to structure-specific schemas). The schema
imports the official ones, that of messages too, so that it alone is enough to check a file with.
"""

import re
from typing import Final

from lxml import etree

from icstip.artefacts.base import Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import DataStructure
from icstip.artefacts.urn import urn_of
from icstip.artefacts.versions import without_extension
from icstip.errors import StructureError
from icstip.messages.data_schema.allowed import Constraints
from icstip.messages.data_schema.complex_types import ComplexTypes
from icstip.messages.data_schema.dialect import DIALECTS, FILES, Dialect, Version, location
from icstip.messages.data_schema.layout import ALL_DIMENSIONS, Layout
from icstip.messages.data_schema.simple_types import SimpleTypes
from icstip.messages.data_schema.subject import Subject, subject_of
from icstip.messages.data_schema.xsd import NAMESPACE, documented, simple_type, tag
from icstip.messages.xml import child, serialise

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_\-]*")


def write_schema(
    artefacts: Artefacts,
    structure: Reference,
    *,
    version: Version = "3.0",
    dimension_at_observation: str = ALL_DIMENSIONS,
    constrained: bool = True,
    complete: bool = True,
    base: str = "",
) -> bytes:
    """Return the XML schema of the structure-specific data of a data structure, dataflow or provision agreement.

    Its target namespace is the one that messages give their data sets: the URN of the structure and the dimension at
    the observation. So there is one schema for flat data and one for each way of laying them out in series.

    Args:
        artefacts: The structure, and what it refers to: code lists, concepts, constraints.
        structure: What messages say that their data are of.
        version: Version of SDMX-ML.
        dimension_at_observation: ``AllDimensions`` for flat data, or the id of a dimension: ``TIME_PERIOD`` for time
            series.
        constrained: Whether only the codes are allowed that the constraints on the structure, and on the dataflow and
            data structure that it belongs to, leave of each list.
        complete: Whether mandatory attributes and measures must be there, as in complete data. The standard leaves them
            optional, for the sake of messages that change or delete some values.
        base: Folder or address of the official schemas; without it they are looked for beside this one.

    Raises:
        StructureError: The structure, or something that it needs, is not among the artefacts; it has no such dimension;
            SDMX 2.1 cannot say it; or an id in it cannot be a name in XML.
    """
    dialect = DIALECTS[version]
    subject = subject_of(artefacts, structure)
    _check(subject.structure, dimension_at_observation, dialect)
    namespace = f"{_urn(subject, dialect)}:ObsLevelDim:{dimension_at_observation}"
    root = _root(namespace, dialect, subject, base)
    types = SimpleTypes(
        artefacts,
        dialect,
        Constraints.on(artefacts, subject) if constrained else Constraints(),
        is_evolving=dialect.has_missing and subject.structure.evolving and not subject.is_narrowed,
    )
    ComplexTypes(root, Layout(subject.structure, dimension_at_observation), types, dialect, complete).write()
    for made in types.made:
        simple_type(root, made)
    return serialise(root)


def _check(structure: DataStructure, at_observation: str, dialect: Dialect) -> None:
    where = str(structure.reference)
    dimensions = [dimension.id for dimension in structure.dimensions]
    if at_observation not in {ALL_DIMENSIONS, *dimensions}:
        known = ", ".join([ALL_DIMENSIONS, *dimensions])
        raise StructureError("schema-dimension-unknown", where=where, dimension=at_observation, known=known)
    if not dialect.has_comp and len(structure.measures) != 1:
        raise StructureError("schema-measures", where=where, number=len(structure.measures))
    for named in (*structure.components, *structure.groups):
        if not _NAME.fullmatch(named.id):
            raise StructureError("schema-name", where=where, id=named.id)


def _urn(subject: Subject, dialect: Dialect) -> str:
    reference = subject.artefact.reference
    # What is not final has no extension of its version in SDMX 2.1.
    version = reference.version if dialect.has_comp else without_extension(reference.version)
    return urn_of(Reference(reference.kind, reference.agency, reference.id, version))


def _root(namespace: str, dialect: Dialect, subject: Subject, base: str) -> etree._Element:
    prefixes = {name: uri for name, uri in dialect.namespaces.items() if name != "metadata" or dialect.metadata_type}
    root = etree.Element(
        tag("schema"),
        targetNamespace=namespace,
        elementFormDefault="qualified",
        attributeFormDefault="unqualified",
        nsmap={None: namespace, "xs": NAMESPACE, **prefixes},  # type: ignore[dict-item] # the stubs lack it
    )
    for name, uri in prefixes.items():
        child(root, tag("import"), namespace=uri, schemaLocation=location(base, FILES[name]))
    documented(root, subject.artefact.name)
    return root
