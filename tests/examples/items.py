"""Examples of item schemes."""

from collections.abc import Iterator

from tests.examples.texts import DRAFT, HARD, STABLE, annotations, links

from icstip.artefacts.base import Reference, Representation, TextFormat
from icstip.artefacts.items import (
    AgencyScheme,
    Codelist,
    ConceptScheme,
    Contact,
    DataConsumerScheme,
    DataProviderScheme,
    Extension,
    Item,
    ItemScheme,
    MetadataProviderScheme,
    OrganisationUnitScheme,
    ValueList,
)


def organisations() -> Iterator[ItemScheme]:
    """Yield organisations that use every field."""
    contact = Contact(
        id="DESK",
        name=HARD,
        department={"en": "Statistics", "fr": "Statistiques"},
        role={"en": "Desk"},
        channels=(
            ("Email", "desk@example.org"),
            ("Telephone", "+1 & 2"),
            ("Email", "second@example.org"),
            ("Fax", "+3"),
            ("X400", "c=x"),
            ("URI", "https://example.org/desk"),
        ),
    )
    providers = (
        Item(id="1P", name=HARD, description=HARD, contacts=(contact, Contact(name={"en": "Other"}))),
        Item(id="P2", name={"en": "Second"}, annotations=annotations(), links=links(), uri="https://example.org/p2"),
    )
    units = (
        Item(id="1U", name={"en": "Unit"}, contacts=(contact,)),
        Item(id="U2", name={"en": "Part"}, parent="1U", contacts=(contact,)),
    )
    name = {"en": "Organisations"}
    yield AgencyScheme(id="AGENCIES", agency="TEST", name=name, items=(Item(id="SUB", name={"en": "Sub-agency"}),))
    yield DataProviderScheme(id="DATA_PROVIDERS", agency="TEST", name=name, items=providers, partial=True)
    yield DataConsumerScheme(id="DATA_CONSUMERS", agency="TEST", name=name, items=(Item(id="C1", name={"en": "C"}),))
    yield MetadataProviderScheme(
        id="METADATA_PROVIDERS", agency="TEST", name=name, items=(Item(id="M1", name={"en": "M"}),)
    )
    yield OrganisationUnitScheme(id="UNITS", agency="TEST", name=name, items=units)


def codelists() -> Iterator[ItemScheme]:
    """Yield code lists and a value list that use every field."""
    areas = (
        Item(id="_T", name=HARD, description=HARD, annotations=annotations(), links=links()),
        Item(id="001", name={"en": "World"}, uri="https://example.org/001"),
        Item(id="CI", name={"fr": "Côte d'Ivoire", "en": "Ivory Coast"}, parent="001"),
        Item(id="N", name={"en": "North"}, parent="CI"),
        Item(id="_X@$-1", name={"en": "Odd"}, parent="_T"),
    )
    yield Codelist(
        id="CL_AREA",
        agency="TEST",
        version=DRAFT,
        name=HARD,
        description=HARD,
        uri="https://example.org/areas",
        annotations=annotations(),
        links=links(),
        valid_from="2020-01-01T00:00:00",
        valid_to="2030-01-01T00:00:00",
        partial_language=True,
        items=areas,
    )
    base = Reference("Codelist", "TEST", "CL_AREA", DRAFT)
    extensions = (
        Extension(base, prefix="X_", members=(("CI", "true"), ("0%", "false"), ("_T", "excluderoot"))),
        Extension(base, include=False, members=(("001", "false"),)),
        Extension(Reference("Codelist", "TEST", "CL_FORM", "1.0+.0")),
    )
    yield Codelist(
        id="CL_MORE", agency="TEST", version=DRAFT, name={"en": "More"}, extensions=extensions, items=areas[1:3]
    )
    forms = (Item(id="A", name={"en": "A"}), Item(id="B", name={"en": "B"}, parent="A"))
    yield Codelist(id="CL_FORM", agency="TEST", version=STABLE, name={"en": "Forms"}, items=forms)
    yield Codelist(id="CL_OLD", agency="TEST", version="2.1", final=True, name={"en": "Old"}, items=forms, partial=True)
    yield Codelist(
        id="CL_ELSEWHERE",
        agency="SDMX",
        version="2.0",
        final=False,
        external=True,
        service_url="https://example.org/rest?a=1&b=2",
        structure_url="https://example.org/codelist/CL_ELSEWHERE",
        name={"en": "Elsewhere"},
    )
    values = (
        Item(id="< 5 & more", name=HARD, description={"en": "Fewer"}, annotations=annotations()),
        Item(id="%", name={}),
    )
    yield ValueList(id="VL_SIGN", agency="TEST", version=DRAFT, name={"en": "Signs"}, items=values, links=links())


def concept_schemes() -> Iterator[ItemScheme]:
    """Yield concept schemes that use every field."""
    areas = Reference("Codelist", "TEST", "CL_AREA", DRAFT)
    number = TextFormat("Decimal", {"minValue": "0", "maxValue": "100.5", "decimals": "2"})
    text = TextFormat(None, {"minLength": "1", "maxLength": "40", "pattern": "[A-Z<&>]+", "isMultiLingual": "true"})
    special = TextFormat("Integer", {"interval": "1"}, sentinels=(("-1", HARD, HARD), ("-2", {"en": "Low"}, {})))
    concepts = (
        Item(
            id="AREA",
            name=HARD,
            description=HARD,
            representation=Representation(areas, TextFormat("String", {"maxLength": "3"})),
            iso_concept=("ISO & co", "SCHEME", "C1"),
            annotations=annotations(),
            links=links(),
        ),
        Item(id="PART_AREA", name={"en": "Part"}, parent="AREA", representation=Representation(enumeration=areas)),
        Item(id="VALUE", name={"en": "Value"}, representation=Representation(format=number)),
        Item(id="NOTE", name={"en": "Note"}, representation=Representation(format=text, max_occurs="unbounded")),
        Item(id="COUNT", name={"en": "Count"}, representation=Representation(format=special, min_occurs=0)),
        Item(id="PLACE", name={"en": "Place"}, representation=Representation(format=TextFormat("String"))),
        Item(id="TIME", name={"en": "Time"}),
        Item(
            id="SIGN",
            name={"en": "Sign"},
            representation=Representation(Reference("ValueList", "TEST", "VL_SIGN", DRAFT)),
        ),
    )
    yield ConceptScheme(id="CS_TEST", agency="TEST", version=DRAFT, name={"en": "Concepts"}, items=concepts)
    measures = (Item(id="M1", name={"en": "First"}), Item(id="M2", name={"en": "Second"}))
    yield ConceptScheme(id="CS_OLD", agency="TEST", version="1.0", name={"en": "Old concepts"}, items=measures)
