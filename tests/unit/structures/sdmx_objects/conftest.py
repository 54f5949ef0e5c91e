"""Artefacts with everything that sdmx1 can hold."""

import pytest

from icstip.artefacts.base import Annotation, Maintainable, Reference, Representation, TextFormat
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.constraints import (
    ACTUAL,
    DataConstraint,
    KeySet,
    Period,
    Region,
    Selection,
    TimeRange,
    Value,
)
from icstip.artefacts.data_structure import (
    Attribute,
    Categorisation,
    Dataflow,
    DataStructure,
    Dimension,
    Group,
    Level,
    Measure,
    ProvisionAgreement,
    Relationship,
)
from icstip.artefacts.hierarchies import HierarchicalCode, Hierarchy
from icstip.artefacts.hierarchies import Level as HierarchyLevel
from icstip.artefacts.items import (
    AgencyScheme,
    CategoryScheme,
    Codelist,
    ConceptScheme,
    Contact,
    DataConsumerScheme,
    DataProviderScheme,
    Extension,
    Item,
    MetadataProviderScheme,
    OrganisationUnitScheme,
    ValueList,
)

V = "1.0.0-draft"


def _ref(kind: str, identity: str, item: str = "", version: str = V) -> Reference:
    return Reference(kind, "TEST", identity, version, item)


def _concept(item: str) -> Reference:
    return _ref("Concept", "CS", item)


CODES = _ref("Codelist", "CL")
DSD = _ref("DataStructure", "DSD")
FLOW = _ref("Dataflow", "DF")
PROVIDER = _ref("DataProvider", "DATA_PROVIDERS", "NSO", version="1.0")


def _organisations() -> tuple[Maintainable, ...]:
    contact = Contact(
        name={"en": "Office", "fr": "Bureau"},
        department={"en": "Crime"},
        role={"en": "Focal point"},
        channels=(("Telephone", "+1 2"), ("Fax", "3"), ("Email", "a@example.org"), ("Email", "b@example.org")),
    )
    nso = Item(id="NSO", name={"en": "Statistical office"}, contacts=(contact,))
    unit = Item(id="UNIT", parent="HEAD")
    return (
        AgencyScheme(id="AGENCIES", agency="TEST", name={"en": "Agencies"}, items=(Item(id="SUB"),)),
        DataProviderScheme(id="DATA_PROVIDERS", agency="TEST", items=(nso,), partial=True),
        DataConsumerScheme(id="DATA_CONSUMERS", agency="TEST", items=(Item(id="WHO"),)),
        MetadataProviderScheme(id="METADATA_PROVIDERS", agency="TEST", items=(Item(id="NSO"),)),
        OrganisationUnitScheme(id="UNITS", agency="TEST", items=(unit, Item(id="HEAD"))),
    )


def _lists() -> tuple[Maintainable, ...]:
    note = Annotation(
        id="N1",
        type="SOURCE",
        title="SDMX",
        urls={"": "https://example.org/a?b&c"},
        text={"en": "From there.", "ar": "من هناك."},
        value="1",
    )
    codes = (
        Item(id="_T", name={"en": "Total", "ar": "المجموع"}, description={"fr": "Ensemble"}, annotations=(note,)),
        Item(id="0", name={"en": "Zero", "": "Of no language"}, uri="https://example.org/0"),
        Item(id="CHILD", parent="PARENT"),
        Item(id="PARENT"),
        Item(id="ORPHAN", parent="ELSEWHERE"),
    )
    extension = Extension(
        Reference("Codelist", "OTHER", "CL_FAR", "2.0+.0"),
        prefix="X_",
        include=False,
        members=(("A%", "false"), ("B", "true"), ("C", "excluderoot")),
    )
    return (
        Codelist(
            id="CL",
            agency="TEST",
            version=V,
            name={"en": "Codes"},
            uri="https://example.org/cl",
            annotations=(note, Annotation(type="ORIGIN")),
            items=codes,
            extensions=(extension, Extension(_ref("Codelist", "CL_OLD", version="1.0"))),
            partial=True,
            valid_from="2024-01-01T00:00:00",
            valid_to="2025-01-01T00:00:00",
        ),
        Codelist(id="CL_OLD", agency="TEST", version="1.0", final=True, external=True, name={"en": "Head"}),
        Codelist(id="CL_OLD", agency="TEST", version="1.1", final=False, service_url="https://example.org/ws"),
        Codelist(id="CL_OLD", agency="OTHER", version="3.0.0", structure_url="https://example.org/x.xml"),
        ValueList(
            id="VL",
            agency="TEST",
            version=V,
            items=(Item(id="$", name={"en": "Dollar"}), Item(id="€ %", annotations=(note,))),
        ),
    )


def _concepts() -> ConceptScheme:
    sized = TextFormat("String", {"minLength": "1", "maxLength": "010", "pattern": "[A-Z]+"})
    return ConceptScheme(
        id="CS",
        agency="TEST",
        version=V,
        items=(
            Item(id="C", representation=Representation(CODES, sized), iso_concept=("ISO", "SCHEME", "X")),
            Item(id="D", parent="C", representation=Representation(format=TextFormat("XHTML"))),
            Item(id="E", representation=Representation(_ref("ValueList", "VL"))),
        ),
    )


def _dimensions() -> tuple[Dimension, ...]:
    ranged = TextFormat(
        "Decimal",
        {
            "isSequence": "true",
            "interval": "0.5",
            "startValue": "1",
            "endValue": "99",
            "timeInterval": "P1D",
            "startTime": "2024-01-01T00:00:00",
            "endTime": "2024",
            "minValue": "-1.50",
            "maxValue": "99.5",
            "decimals": "2",
        },
    )
    return (
        Dimension(id="AREA", concept=_concept("C"), representation=Representation(CODES), roles=(_concept("E"),)),
        Dimension(id="FREE", concept=_concept("D"), representation=Representation(format=ranged)),
        Dimension(
            id="M",
            kind="MeasureDimension",
            concept=Reference("Concept", "SDMX", "CROSS_DOMAIN_CONCEPTS", "2.0", "MEASURE"),
            representation=Representation(_ref("ConceptScheme", "CS")),
        ),
        Dimension(
            id="TIME_PERIOD",
            kind="TimeDimension",
            concept=_concept("D"),
            annotations=(Annotation(title="Time"),),
            representation=Representation(format=TextFormat("ObservationalTimePeriod", {"timeInterval": "PT60S"})),
        ),
    )


def _attributes() -> tuple[Attribute, ...]:
    dimensions = ("FREE", "AREA")
    return (
        Attribute(id="A1", concept=_concept("C"), relationship=Relationship(Level.OBSERVATION), mandatory=True),
        Attribute(id="A2", concept=_concept("C"), relationship=Relationship(Level.DATASET), roles=(_concept("D"),)),
        Attribute(id="A3", concept=_concept("C"), relationship=Relationship(Level.GROUP, group="Siblings")),
        Attribute(
            id="A4",
            concept=_concept("C"),
            relationship=Relationship(Level.DIMENSIONS, dimensions, attachment_groups=("Siblings",)),
            representation=Representation(format=TextFormat()),
        ),
        Attribute(
            id="REPORTING_YEAR_START_DAY",
            kind="ReportingYearStartDay",
            concept=_concept("D"),
            relationship=Relationship(Level.DATASET),
        ),
    )


def _structures() -> tuple[Maintainable, ...]:
    dsd = DataStructure(
        id="DSD",
        agency="TEST",
        version=V,
        name={"en": "Structure"},
        dimensions=_dimensions(),
        groups=(Group(id="Siblings", dimensions=("M", "AREA"), uri="https://example.org/g"), Group(id="Empty")),
        attributes=_attributes(),
        measures=(Measure(id="VALUE", concept=_concept("C")), Measure(id="LOW", concept=_concept("D"))),
        metadata=Reference("MetadataStructure", "TEST", "MSD", "1.0.0"),
        metadata_attributes=(("QUALITY", Relationship(Level.DATASET)),),
    )
    return (
        dsd,
        DataStructure(id="EXTERNAL", agency="TEST", version="1.0", external=True, name={"en": "Head"}),
        Dataflow(id="DF", agency="TEST", version=V, structure=DSD),
        Dataflow(id="DF_FAR", agency="TEST", version=V, structure=Reference("DataStructure", "FAR", "DSD", "1.0")),
        Dataflow(id="DF_HEAD", agency="TEST", version="1.0", external=True, structure_url="https://example.org/df"),
        ProvisionAgreement(id="PA", agency="TEST", version=V, dataflow=FLOW, provider=PROVIDER),
    )


def _constraints() -> tuple[Maintainable, ...]:
    time = TimeRange(start=Period("2020-01-01T00:00:00"), end=Period("2021-Q4", inclusive=False), valid_from="2020")
    allowed = Region(
        selections=(
            Selection(id="AREA", values=(Value("_T", "true"), Value("0", "excluderoot", valid_to="2025"))),
            Selection(id="M", include=False, values=(Value("X"),), remove_prefix=True),
            Selection(id="TIME_PERIOD", time_range=time),
            Selection(id="A1", is_key=False, values=(Value("A"),)),
            Selection(id="VALUE", is_key=False),
        )
    )
    before_and_after = TimeRange(before=Period("2010-01-01"), after=Period("2020-01-01T00:00:00Z"))
    keys = (
        Region(selections=(Selection(id="AREA", values=(Value("0"),)), Selection(id="FREE", values=(Value("1"),)))),
        Region(selections=(Selection(id="A2", is_key=False, values=(Value("x"),)),), include=False, valid_from="2020"),
    )
    return (
        DataConstraint(
            id="ALLOWED",
            agency="TEST",
            version=V,
            attachment=(FLOW, _ref("Dataflow", "DF_FAR")),
            regions=(allowed, Region(selections=(Selection(id="AREA", values=(Value("0"),)),), include=False)),
        ),
        DataConstraint(
            id="ACTUAL",
            agency="TEST",
            version="1.0",
            final=True,
            role=ACTUAL,
            attachment=(PROVIDER,),
            regions=(Region(selections=(Selection(id="TIME_PERIOD", time_range=before_and_after),)),),
            key_sets=(KeySet(keys, include=False),),
        ),
        DataConstraint(id="BARE", agency="TEST", version="1.0.0", attachment=(_ref("ProvisionAgreement", "PA"),)),
    )


def _categories() -> tuple[Maintainable, ...]:
    categories = (
        Item(id="A", name={"en": "A"}),
        Item(id="X", parent="A"),
        Item(id="X", parent="A.X"),
        Item(id="B"),
        Item(id="X", parent="B", annotations=(Annotation(title="Of B"),)),
    )
    sources = (
        FLOW,
        _ref("Code", "CL", "_T"),
        _ref("StructureMap", "MAP"),
        _ref("Dimension", "DSD", "AREA"),
        Reference("Metadataflow", "FAR", "MDF", "1.0"),
    )
    targets = ("B.X", "A.X.X", "B", "NOT.THERE", "A")
    return (
        CategoryScheme(id="CAT", agency="TEST", version=V, items=categories),
        *(
            Categorisation(
                id=f"C{number}", agency="TEST", version=V, source=source, target=_ref("Category", "CAT", target)
            )
            for number, (source, target) in enumerate(zip(sources, targets, strict=True))
        ),
    )


def _hierarchies() -> tuple[Maintainable, ...]:
    far = Reference("Code", "FAR", "CL_FAR", "1.0", "Z")
    codes = (
        HierarchicalCode(
            id="WORLD",
            code=_ref("Code", "CL", "_T"),
            level="TOP",
            children=(
                HierarchicalCode(id="A", code=far, level="LOW", valid_from="2020", valid_to="2021"),
                HierarchicalCode(id="B", code=_ref("Code", "CL", "MISSING"), uri="https://example.org/b"),
            ),
        ),
        HierarchicalCode(id="OTHER", code=far, annotations=(Annotation(title="Other"),)),
    )
    levels = (
        HierarchyLevel(id="TOP", name={"en": "Top"}),
        HierarchyLevel(id="LOW", format=TextFormat("String", {"maxLength": "3"})),
    )
    return (
        Hierarchy(id="H", agency="TEST", version=V, codes=codes, levels=levels, formal_levels=True),
        Hierarchy(id="BARE", agency="TEST", version="1.0"),
    )


@pytest.fixture(scope="session")
def everything() -> Artefacts:
    """Artefacts with everything that sdmx1 can hold: each class, references inside and outside."""
    return Artefacts.of(
        [
            *_organisations(),
            *_lists(),
            _concepts(),
            *_structures(),
            *_constraints(),
            *_categories(),
            *_hierarchies(),
        ]
    )
