"""Examples of data structures, dataflows and what hangs on them."""

from collections.abc import Iterator

from tests.examples.texts import DRAFT, HARD, annotations, links

from icstip.artefacts.base import Reference, Representation, TextFormat
from icstip.artefacts.data_structure import (
    Attribute,
    Dataflow,
    DataStructure,
    Dimension,
    Group,
    Level,
    Measure,
    ProvisionAgreement,
    Relationship,
)

_TIME = Representation(format=TextFormat("GregorianTimePeriod", {"startTime": "2000-01", "endTime": "2020-12"}))
_DECIMAL = Representation(format=TextFormat("Decimal", {"decimals": "2"}))


def data_structures() -> Iterator[DataStructure]:
    """Yield data structures that use every field."""
    yield _full()
    yield _multi()
    yield _old()
    yield DataStructure(id="HEAD", agency="TEST", version=DRAFT, name={"en": "Head"}, external=True)


def dataflows() -> Iterator[Dataflow]:
    """Yield dataflows that use every field."""
    yield Dataflow(
        id="DF",
        agency="TEST",
        version=DRAFT,
        name=HARD,
        description=HARD,
        annotations=annotations(),
        links=links(),
        structure=Reference("DataStructure", "TEST", "FULL", DRAFT),
        dimensions=("AREA", "TIME_PERIOD"),
    )
    yield Dataflow(id="DF_OLD", agency="TEST", name={"en": "Old"}, structure=Reference("DataStructure", "T", "O", "*"))
    yield Dataflow(id="DF_HEAD", agency="TEST", version=DRAFT, name={"en": "Head"}, external=True)


def agreements() -> Iterator[ProvisionAgreement]:
    """Yield a provision agreement."""
    yield ProvisionAgreement(
        id="PA",
        agency="TEST",
        version=DRAFT,
        name=HARD,
        dataflow=Reference("Dataflow", "TEST", "DF", DRAFT),
        provider=Reference("DataProvider", "TEST", "DATA_PROVIDERS", "1.0", "1P"),
    )


def _concept(concept: str) -> Reference:
    return Reference("Concept", "TEST", "CS_TEST", DRAFT, concept)


def _list(codelist: str, kind: str = "Codelist") -> Representation:
    return Representation(enumeration=Reference(kind, "TEST", codelist, DRAFT))


def _full() -> DataStructure:
    coded = Representation(Reference("Codelist", "TEST", "CL_AREA", DRAFT), TextFormat("AlphaNumeric"))
    free = Representation(format=TextFormat("Integer", {"isSequence": "true", "startValue": "1", "interval": "2"}))
    dimensions = (
        Dimension(
            id="AREA",
            concept=_concept("AREA"),
            representation=coded,
            roles=(_concept("PART_AREA"), _concept("VALUE")),
            uri="https://example.org/area",
            annotations=annotations(),
            links=links(),
        ),
        Dimension(id="FORM", concept=_concept("NOTE"), representation=_list("CL_AREA")),
        Dimension(id="NUMBER", concept=_concept("COUNT"), representation=free),
        Dimension(id="BARE", concept=_concept("AREA")),
        Dimension(id="TIME_PERIOD", kind="TimeDimension", concept=_concept("TIME"), representation=_TIME),
    )
    return DataStructure(
        id="FULL",
        agency="TEST",
        version=DRAFT,
        name=HARD,
        description=HARD,
        annotations=annotations(),
        links=links(),
        dimensions=dimensions,
        groups=(
            Group(id="BY_AREA", dimensions=("AREA", "FORM"), annotations=annotations(), uri="https://example.org/g"),
            Group(id="BY_FORM", dimensions=("FORM",)),
        ),
        attributes=_attributes(),
        measures=(Measure(id="OBS_VALUE", concept=_concept("VALUE"), representation=_DECIMAL, mandatory=True),),
        metadata=Reference("MetadataStructure", "TEST", "MSD", DRAFT),
        metadata_attributes=(
            ("CONTACT", Relationship(Level.DATASET)),
            ("QUALITY", Relationship(Level.DIMENSIONS, dimensions=("AREA", "FORM"))),
        ),
        evolving=True,
    )


def _attributes() -> tuple[Attribute, ...]:
    observation, data_set = Relationship(Level.OBSERVATION), Relationship(Level.DATASET)
    series = Relationship(Level.DIMENSIONS, dimensions=("AREA", "FORM", "NUMBER", "BARE"))
    grouped = Relationship(Level.DIMENSIONS, dimensions=("FORM",), attachment_groups=("BY_AREA", "BY_FORM"))
    several = Representation(
        format=TextFormat("String", {"isMultiLingual": "true", "minLength": "1"}, sentinels=(("-", HARD, HARD),)),
        min_occurs=0,
        max_occurs="unbounded",
    )
    return (
        Attribute(
            id="STATUS",
            concept=_concept("SIGN"),
            roles=(_concept("SIGN"),),
            representation=Representation(
                Reference("ValueList", "TEST", "VL_SIGN", DRAFT), TextFormat("String"), min_occurs=1, max_occurs="3"
            ),
            relationship=observation,
            mandatory=True,
            annotations=annotations(),
            links=links(),
            uri="https://example.org/status",
        ),
        Attribute(id="COMMENT", concept=_concept("NOTE"), representation=several, relationship=series),
        Attribute(id="TITLE", concept=_concept("NOTE"), relationship=data_set),
        Attribute(
            id="PLAIN",
            concept=_concept("NOTE"),
            representation=Representation(format=TextFormat("String")),
            relationship=Relationship(Level.GROUP, group="BY_AREA"),
        ),
        Attribute(
            id="SPOT",
            concept=_concept("PLACE"),
            representation=Representation(format=TextFormat("GeospatialInformation")),
            relationship=grouped,
        ),
        Attribute(
            id="ABOUT",
            concept=_concept("AREA"),
            representation=_list("CL_AREA"),
            relationship=Relationship(Level.OBSERVATION, measures=("OBS_VALUE",)),
        ),
    )


def _multi() -> DataStructure:
    return DataStructure(
        id="MULTI",
        agency="TEST",
        version=DRAFT,
        name={"en": "Several measures"},
        dimensions=(Dimension(id="AREA", concept=_concept("AREA"), representation=_list("CL_AREA")),),
        measures=(
            Measure(
                id="FIRST",
                concept=_concept("VALUE"),
                representation=Representation(format=TextFormat("Double"), min_occurs=2, max_occurs="4"),
                roles=(_concept("VALUE"),),
                annotations=annotations(),
                links=links(),
                mandatory=True,
            ),
            Measure(id="SECOND", concept=_concept("SIGN"), representation=_list("VL_SIGN", "ValueList")),
            Measure(id="THIRD", concept=_concept("NOTE"), representation=Representation(format=TextFormat("String"))),
        ),
    )


def _old() -> DataStructure:
    """Return a data structure with what only SDMX 2.1 has."""
    measures = Representation(enumeration=Reference("ConceptScheme", "TEST", "CS_OLD", "1.0"))
    old = Reference("Codelist", "TEST", "CL_OLD", "2.1")
    start = Representation(format=TextFormat("MonthDay"))
    return DataStructure(
        id="OLD",
        agency="TEST",
        version="1.5",
        final=False,
        name={"en": "Old"},
        dimensions=(
            Dimension(id="FORM", concept=_concept("AREA"), representation=Representation(enumeration=old)),
            Dimension(
                id="MEASURE",
                kind="MeasureDimension",
                concept=_concept("VALUE"),
                representation=measures,
                roles=(_concept("VALUE"),),
            ),
            Dimension(id="TIME_PERIOD", kind="TimeDimension", concept=_concept("TIME")),
        ),
        groups=(Group(id="SET", attachment_constraint=Reference("AttachmentConstraint", "TEST", "AC", "1.0")),),
        attributes=(
            Attribute(
                id="REPORTING_YEAR_START_DAY",
                kind="ReportingYearStartDay",
                concept=_concept("TIME"),
                representation=start,
                relationship=Relationship(Level.DATASET),
            ),
        ),
        measures=(Measure(id="OBS_VALUE", concept=_concept("VALUE"), representation=_DECIMAL),),
    )
