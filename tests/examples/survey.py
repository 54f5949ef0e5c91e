"""A survey with everything that data can have: groups, measures, texts in languages, several values."""

from dataclasses import replace

from icstip.artefacts.base import Maintainable, Reference, Representation, TextFormat
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import (
    Attribute,
    Component,
    Dataflow,
    DataStructure,
    Dimension,
    Group,
    Level,
    Measure,
    ProvisionAgreement,
    Relationship,
)
from icstip.artefacts.items import Codelist, ConceptScheme, Item, ItemScheme, ValueList

AREAS = Codelist(
    agency="TEST",
    id="CL_AREA",
    version="1.0.0",
    name={"en": "Areas"},
    items=(
        Item(id="W", name={"en": "World", "fr": "Monde", "ar": "العالم"}),
        Item(id="AF", name={"en": "Africa"}, parent="W"),
        Item(id="CI", name={"en": 'Côte d\'Ivoire & <"others">'}, parent="AF"),
        Item(id="EU", name={"en": "Europe"}, parent="W"),
    ),
)
SEXES = Codelist(
    agency="TEST", id="CL_SEX", version="1.0.0", items=tuple(Item(id=code, name={"en": code}) for code in "FMT")
)
STATUSES = Codelist(
    agency="TEST", id="CL_STATUS", version="1.0.0", items=tuple(Item(id=code, name={"en": code}) for code in "AO")
)
UNITS = ValueList(agency="TEST", id="VL_UNIT", version="1.0.0", items=(Item(id="€ & $"), Item(id="per cent")))


def of_list(scheme: ItemScheme, most: str | None = None, least: int | None = None) -> Representation:
    return Representation(scheme.reference, min_occurs=least, max_occurs=most)


def of_type(data_type: str, most: str | None = None, /, **facets: str) -> Representation:
    return Representation(format=TextFormat(data_type, facets), max_occurs=most)


def concept(concept_id: str) -> Reference:
    return Reference("Concept", "TEST", "CS", "1.0.0", concept_id)


CONCEPTS = ConceptScheme(
    agency="TEST",
    id="CS",
    version="1.0.0",
    items=(
        *(Item(id=id_) for id_ in ("AREA", "SEX", "TIME_PERIOD", "OBS_VALUE", "STATUS", "SOURCE", "TITLE", "UNIT")),
        Item(id="NOTE", representation=of_type("String", maxLength="10")),
        Item(id="FREE"),
    ),
)


def dimension(id_: str, representation: Representation | None, kind: str = "Dimension") -> Dimension:
    return Dimension(id=id_, concept=concept(id_), representation=representation, kind=kind)


def attribute(
    id_: str, level: Relationship, representation: Representation | None, *, mandatory: bool = False
) -> Attribute:
    return Attribute(
        id=id_, concept=concept(id_), relationship=level, representation=representation, mandatory=mandatory
    )


def measure(id_: str, data_type: str, *, mandatory: bool = False) -> Measure:
    return Measure(id=id_, concept=concept("OBS_VALUE"), representation=of_type(data_type), mandatory=mandatory)


AT_OBSERVATION = Relationship(Level.OBSERVATION)
SURVEY = DataStructure(
    agency="TEST",
    id="SURVEY",
    version="1.0.0",
    name={"en": "Survey", "fr": "Enquête"},
    dimensions=(
        dimension("AREA", of_list(AREAS)),
        dimension("SEX", of_list(SEXES)),
        dimension("TIME_PERIOD", None, "TimeDimension"),
    ),
    measures=(measure("OBS_VALUE", "Decimal"),),
    attributes=(
        attribute("STATUS", AT_OBSERVATION, of_list(STATUSES), mandatory=True),
        attribute("NOTE", Relationship(Level.DIMENSIONS, ("AREA", "SEX")), None),
        attribute("UNIT", Relationship(Level.DATASET), of_list(UNITS)),
    ),
)
FLOW = Dataflow(agency="TEST", id="DF", version="1.0.0", name={"en": "Flow"}, structure=SURVEY.reference)
AGREEMENT = ProvisionAgreement(
    agency="TEST",
    id="PA",
    version="1.0.0",
    dataflow=FLOW.reference,
    provider=Reference("DataProvider", "TEST", "DATA_PROVIDERS", "1.0", "NSO"),
)
FLAT = '<Obs AREA="CI" SEX="F" TIME_PERIOD="2020" OBS_VALUE="1.5" STATUS="A"/>'
SERIES = '<Series AREA="CI" SEX="F"><Obs TIME_PERIOD="2020" OBS_VALUE="1.5" STATUS="A"/></Series>'
SURVEY_ARTEFACTS = Artefacts.of((AREAS, SEXES, STATUSES, UNITS, CONCEPTS, SURVEY, FLOW, AGREEMENT))


def surveyed(*more: Component | Group | Maintainable, **fields: object) -> Artefacts:
    """Return the survey with fields of its data structure changed, components or groups added, or artefacts put in."""
    structure = replace(SURVEY, **fields)  # type: ignore[arg-type] # the tests name fields
    structure = replace(
        structure,
        attributes=(*structure.attributes, *(one for one in more if isinstance(one, Attribute))),
        measures=(*structure.measures, *(one for one in more if isinstance(one, Measure))),
        groups=(*structure.groups, *(one for one in more if isinstance(one, Group))),
    )
    given = [structure, *(one for one in more if isinstance(one, Maintainable))]
    return Artefacts.of({one.reference: one for one in (*SURVEY_ARTEFACTS, *given)}.values())
