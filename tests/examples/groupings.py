"""Examples of category schemes, hierarchies and maps."""

from collections.abc import Iterator

from tests.examples.texts import DRAFT, HARD, STABLE, annotations, links

from icstip.artefacts.base import Maintainable, Reference, TextFormat
from icstip.artefacts.data_structure import Categorisation
from icstip.artefacts.hierarchies import HierarchicalCode, Hierarchy, Level
from icstip.artefacts.items import CategoryScheme, Item
from icstip.artefacts.maps import (
    ComponentMap,
    FixedValueMap,
    MappedValue,
    RepresentationMap,
    StructureMap,
    ValueMapping,
)


def categories() -> Iterator[Maintainable]:
    """Yield a category scheme whose ids repeat at different places, and categorisations."""
    items = (
        Item(id="1A", name=HARD, description=HARD, annotations=annotations(), links=links()),
        Item(id="SUB", name={"en": "Below"}, parent="1A"),
        Item(id="SUB", name={"en": "Further below"}, parent="1A.SUB"),
        Item(id="B", name={"en": "B"}),
        Item(id="SUB", name={"en": "Below B"}, parent="B"),
    )
    yield CategoryScheme(id="CAT", agency="TEST", version=DRAFT, name={"en": "Categories"}, items=items, partial=True)
    flow, place = Reference("Dataflow", "TEST", "DF", DRAFT), Reference("Category", "TEST", "CAT", DRAFT, "1A.SUB.SUB")
    yield Categorisation(id="C_FLOW", agency="TEST", version=DRAFT, name=HARD, source=flow, target=place)
    grouped = Reference("Hierarchy", "TEST", "H_LEVELS", DRAFT)
    top = Reference("Category", "TEST", "CAT", DRAFT, "B")
    yield Categorisation(id="C_TREE", agency="TEST", version=DRAFT, name={"en": "Tree"}, source=grouped, target=top)


def hierarchies() -> Iterator[Hierarchy]:
    """Yield a hierarchy with levels, and one of codes of several lists without."""
    levels = (
        Level(
            id="WORLD",
            name=HARD,
            description=HARD,
            annotations=annotations(),
            format=TextFormat("Numeric", {"minLength": "3", "maxLength": "3"}),
        ),
        Level(id="COUNTRY", name={"en": "Country"}, links=links()),
    )
    country = HierarchicalCode(id="CI", code=_code("CI"), level="COUNTRY", valid_from="2000-01-01T00:00:00")
    world = HierarchicalCode(
        id="W",
        code=_code("001"),
        level="WORLD",
        children=(country, HierarchicalCode(id="N", code=_code("N"), level="COUNTRY")),
        annotations=annotations(),
        links=links(),
        uri="https://example.org/w",
        valid_to="2030-01-01T00:00:00",
    )
    yield Hierarchy(
        id="H_LEVELS",
        agency="TEST",
        version=DRAFT,
        name=HARD,
        description=HARD,
        annotations=annotations(),
        links=links(),
        codes=(world,),
        levels=levels,
        formal_levels=True,
    )
    mixed = HierarchicalCode(
        id="A",
        code=Reference("Code", "TEST", "CL_FORM", STABLE, "A"),
        children=(HierarchicalCode(id="AA", code=_code("CI"), children=(HierarchicalCode(id="X", code=_code("N")),)),),
    )
    codes = (mixed, HierarchicalCode(id="B", code=_code("001")))
    yield Hierarchy(id="H_MIXED", agency="TEST", version=STABLE, name={"en": "Mixed"}, codes=codes)


def maps() -> Iterator[Maintainable]:
    """Yield representation maps and a structure map that use every field."""
    areas, forms = Reference("Codelist", "TEST", "CL_AREA", DRAFT), Reference("Codelist", "TEST", "CL_FORM", STABLE)
    signs = Reference("ValueList", "TEST", "VL_SIGN", DRAFT)
    yield RepresentationMap(
        id="RM_PAIRS",
        agency="TEST",
        version=DRAFT,
        name=HARD,
        sources=(areas, "String"),
        targets=(forms, signs),
        mappings=(
            ValueMapping(
                sources=(MappedValue("CI"), MappedValue("([A-Z]+) & <x>", regex=True)),
                targets=("A", " < 5 "),
                valid_from="2020-01-01",
                valid_to="2021-01-01",
                annotations=annotations(),
            ),
            ValueMapping(sources=(MappedValue("001"), MappedValue("abcdef", start=1, end=3)), targets=("B", "%")),
            ValueMapping(sources=(MappedValue("N"), MappedValue("x"))),
        ),
        annotations=annotations(),
        links=links(),
    )
    yield RepresentationMap(
        id="RM_TYPE",
        agency="TEST",
        version=DRAFT,
        name={"en": "To a type"},
        sources=(areas,),
        targets=("Integer",),
        mappings=(ValueMapping(sources=(MappedValue("CI"),), targets=("384",)),),
    )
    yield StructureMap(
        id="SM",
        agency="TEST",
        version=DRAFT,
        name=HARD,
        description=HARD,
        annotations=annotations(),
        links=links(),
        source=Reference("Dataflow", "TEST", "DF", DRAFT),
        target=Reference("DataStructure", "TEST", "MULTI", DRAFT),
        component_maps=(
            ComponentMap(sources=("AREA",), targets=("AREA",), annotations=annotations()),
            ComponentMap(
                sources=("AREA", "FORM"),
                targets=("FIRST", "SECOND"),
                representation_map=Reference("RepresentationMap", "TEST", "RM_PAIRS", DRAFT),
            ),
        ),
        fixed_values=(
            FixedValueMap(component="THIRD", values=("one & <1>", "two"), annotations=annotations()),
            FixedValueMap(component="BARE", values=("x",), is_source=True),
        ),
    )


def _code(code: str) -> Reference:
    return Reference("Code", "TEST", "CL_AREA", DRAFT, code)
