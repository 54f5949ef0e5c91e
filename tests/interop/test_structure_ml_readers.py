"""What independent readers read of our structure messages in SDMX-ML equals what was written.

pysdmx reads 2.1, 3.0 and 3.1, in one language (the English one), without parents of codes; sdmx1 reads 2.1, in all
languages. What else they do not read is taken out first: see `reader_limits`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any, Final

import pytest
import sdmx
from pysdmx.io import read_sdmx
from tests.examples.ml_writing import WRITERS, Written
from tests.interop.reader_limits import readable

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.constraints import DataConstraint, Region, Selection
from icstip.artefacts.data_structure import DataStructure, Level, Relationship
from icstip.artefacts.hierarchies import HierarchicalCode, Hierarchy
from icstip.artefacts.items import Item, ItemScheme
from icstip.artefacts.maps import RepresentationMap, StructureMap
from icstip.artefacts.urn import urn_of
from icstip.artefacts.versions import without_extension

in_all_versions = pytest.mark.parametrize("version", WRITERS)
in_3_x = pytest.mark.parametrize("version", ["3.0", "3.1"])

_Ends = list[tuple[str, bool] | None] | None

_PYSDMX_LACKS: Final[Mapping[str, object]] = {
    "annotations": (),
    "links": (),
    "uri": None,
    "extensions": (),
    "iso_concept": None,
    "release_calendar": None,
    "partial_language": False,
    "evolving": False,
    "attachment_groups": (),
}
_SDMX1_LACKS: Final[Mapping[str, object]] = {
    "iso_concept": None,
    "release_calendar": None,
    "data_sources": (),
    "attachment_groups": (),
}


def _pysdmx(version: str, *artefacts: Maintainable) -> Any:  # noqa: ANN401 - published without usable types
    """Return the one artefact that pysdmx reads of a message, which it checks against the official schema too."""
    kept = [readable(artefact, _PYSDMX_LACKS, {"Email", "Telephone", "URI"}) for artefact in artefacts]
    (found,) = read_sdmx(Written(version, Artefacts.of(kept)).content.decode(), validate=True).structures
    return found


def _sdmx1(*artefacts: Maintainable, **lacks: object) -> Any:  # noqa: ANN401 - published without usable types
    """Return what sdmx1 reads of a message in SDMX-ML 2.1."""
    kept = [readable(a, {**_SDMX1_LACKS, **lacks}, {"Email", "Telephone", "URI"}) for a in artefacts]
    return sdmx.read_sdmx(BytesIO(Written("2.1", Artefacts.of(kept)).content))


def _of(everything: Artefacts, artefact: str) -> Any:  # noqa: ANN401 - of whatever class it is
    return next(one for one in everything if one.id == artefact)


def _number(version: str, artefact_version: str) -> str:
    return without_extension(artefact_version) if version == "2.1" else artefact_version


def _urn(version: str, reference: Reference) -> str:
    return urn_of(replace(reference, version=_number(version, reference.version)))


def _english(texts: Mapping[str, str]) -> str | None:
    return texts["en"].strip() if texts else None  # pysdmx strips


@in_all_versions
@pytest.mark.parametrize(
    "scheme",
    ["AGENCIES", "DATA_PROVIDERS", "DATA_CONSUMERS", "CL_AREA", "CL_MORE", "CL_FORM", "CL_OLD", "CS_TEST", "CS_OLD"],
)
def test_pysdmx_reads_items_in_order_with_names_and_descriptions(
    version: str, scheme: str, everything: Artefacts
) -> None:
    said: ItemScheme = _of(everything, scheme)
    read = _pysdmx(version, said)
    assert (read.id, read.agency) == (said.id, said.agency)
    assert read.version == _number(version, said.version)
    assert (read.name, read.description) == (_english(said.name), _english(said.description))
    items = [(item.id.removeprefix("TEST."), item.name, item.description) for item in read.items]
    assert items == [(item.id, _english(item.name), _english(item.description)) for item in said.items]


@in_3_x
def test_pysdmx_reads_value_lists_and_metadata_providers(version: str, everything: Artefacts) -> None:
    values = replace(_of(everything, "VL_SIGN"), items=(Item(id="< 5 & more", name={"en": "Few"}),))
    assert [(item.id, item.name) for item in _pysdmx(version, values).items] == [("< 5 & more", "Few")]
    providers = _pysdmx(version, _of(everything, "METADATA_PROVIDERS"))
    assert [item.id for item in providers.items] == ["M1"]


@in_all_versions
def test_pysdmx_reads_contacts(version: str, everything: Artefacts) -> None:
    first = _pysdmx(version, _of(everything, "DATA_PROVIDERS")).items[0]
    assert [contact.id for contact in first.contacts] == ["DESK", None]
    assert list(first.contacts[0].emails) == ["desk@example.org", "second@example.org"]
    assert list(first.contacts[0].telephones) == ["+1 & 2"]


@in_all_versions
def test_pysdmx_reads_categories_in_each_other(version: str, everything: Artefacts) -> None:
    said: ItemScheme = _of(everything, "CAT")
    assert list(_paths(_pysdmx(version, said).items)) == [item.path for item in said.items]


def _paths(categories: Iterable[Any], above: str = "") -> Iterable[str]:
    for category in categories:
        yield f"{above}{category.id}"
        yield from _paths(category.categories, f"{above}{category.id}.")


@in_all_versions
@pytest.mark.parametrize("hierarchy", ["H_LEVELS", "H_MIXED"])
def test_pysdmx_reads_hierarchies(version: str, hierarchy: str, everything: Artefacts) -> None:
    said: Hierarchy = replace(_of(everything, hierarchy), levels=())
    read = _pysdmx(version, said)
    assert (read.id, read.version) == (said.id, _number(version, said.version))
    assert _tree(read.codes) == _said_tree(said.codes, version)


def _tree(codes: Iterable[Any]) -> list[tuple[str, str, Any]]:
    return [(code.id, code.urn, _tree(code.codes)) for code in codes]


def _said_tree(codes: Iterable[HierarchicalCode], version: str) -> list[tuple[str, str, Any]]:
    return [(code.id, _urn(version, code.code), _said_tree(code.children, version)) for code in codes]


@in_all_versions
def test_pysdmx_reads_dataflows_agreements_and_categorisations(version: str, everything: Artefacts) -> None:
    number = _number(version, "1.0.0-draft")
    flow = replace(_of(everything, "DF"), dimensions=())
    assert _pysdmx(version, flow).structure == f"DataStructure=TEST:FULL({number})"
    agreement = _pysdmx(version, _of(everything, "PA"))
    assert agreement.dataflow == f"Dataflow=TEST:DF({number})"
    assert agreement.provider == "DataProvider=TEST:DATA_PROVIDERS(1.0).1P"
    said = _of(everything, "C_FLOW")
    categorisation = _pysdmx(version, said)
    assert (categorisation.source, categorisation.target) == (_urn(version, said.source), _urn(version, said.target))


@in_all_versions
def test_pysdmx_reads_components_in_order_with_roles_types_and_levels(version: str, everything: Artefacts) -> None:
    said: DataStructure = _of(everything, "FULL")
    components = _pysdmx(version, said).components
    roles = [
        *((dimension.id, "D") for dimension in said.dimensions),
        *((measure.id, "M") for measure in said.measures),
        *((attribute.id, "A") for attribute in said.attributes),
    ]
    assert sorted((c.id, c.role.value) for c in components) == sorted(roles)
    assert [c.id for c in components if c.role.value == "D"] == [d.id for d in said.dimensions]
    assert [c.id for c in components if c.role.value == "A"] == [a.id for a in said.attributes]
    by_id = {component.id: component for component in components}
    assert by_id["NUMBER"].local_dtype.value == "Integer"
    assert by_id["OBS_VALUE"].local_dtype.value == "Decimal"
    assert by_id["TIME_PERIOD"].local_dtype.value == "GregorianTimePeriod"
    assert {a.id for a in said.attributes if a.mandatory} == {
        c.id for c in components if c.role.value == "A" and c.required
    }
    expected = {attribute.id: _level(attribute.relationship) for attribute in said.attributes}
    assert {c.id: c.attachment_level for c in components if c.role.value == "A"} == expected


def _level(relationship: Relationship) -> str:
    match relationship.level:
        case Level.OBSERVATION:
            return "O"
        case Level.DATASET:
            return "D"
        case Level.GROUP:
            return "AREA,FORM"  # pysdmx says what the group has
        case Level.DIMENSIONS:
            return ",".join(relationship.dimensions)


@in_3_x
def test_pysdmx_reads_several_measures(version: str, everything: Artefacts) -> None:
    components = _pysdmx(version, _of(everything, "MULTI")).components
    measures = [(c.id, c.required) for c in components if c.role.value == "M"]
    assert measures == [("FIRST", True), ("SECOND", False), ("THIRD", False)]


@in_all_versions
def test_pysdmx_reads_regions_with_values_and_time_ranges(version: str, everything: Artefacts) -> None:
    said: DataConstraint = _of(everything, "CUBE")
    read = _pysdmx(version, said)
    assert list(read.constraint_attachment.dataflows) == [_urn(version, said.attachment[0])]
    assert [_region(region) for region in read.cube_regions] == [_said_region(region) for region in said.regions]


def _region(region: Any) -> tuple[bool, list[tuple[str, list[str], Any]]]:  # noqa: ANN401
    keys = [(key.id, [value.value for value in key.values], _range(key.time_range)) for key in region.key_values]
    return region.is_included, keys


def _said_region(region: Region) -> tuple[bool, list[tuple[str, list[str], Any]]]:
    keys = [selection for selection in region.selections if selection.is_key]
    return region.include, [(key.id, [value.value for value in key.values], _said_range(key)) for key in keys]


def _range(time_range: Any) -> _Ends:  # noqa: ANN401
    if time_range is None:
        return None
    ends = (time_range.before_period, time_range.after_period, time_range.start_period, time_range.end_period)
    return [None if end is None else (end.period, end.is_inclusive) for end in ends]


def _said_range(selection: Selection) -> _Ends:
    if (span := selection.time_range) is None:
        return None
    ends = (span.before, span.after, span.start, span.end)
    return [None if end is None else (end.period, end.inclusive) for end in ends]


@pytest.mark.parametrize("version", ["2.1", "3.0"])
def test_pysdmx_reads_sets_of_keys(version: str, everything: Artefacts) -> None:
    read = _pysdmx(version, _of(everything, "KEYS"))
    sets = [
        (keys.is_included, [[(value.id, value.value) for value in key.keys_values] for key in keys.keys])
        for keys in read.key_sets
    ]
    several = [[("AREA", "CI"), ("FORM", "A")], [("AREA", "CI"), ("FORM", "B")]]
    assert sets == [(True, [*several, [("AREA", "001")]]), (False, [[("AREA", "001")]])]


@in_all_versions
def test_pysdmx_reads_what_there_is_as_availability(version: str, everything: Artefacts) -> None:
    read = _pysdmx(version, _of(everything, "THERE"))
    assert type(read).__name__ == "AvailabilityConstraint"
    assert _region(read.cube_region) == (True, [("AREA", ["CI", "001"], None)])


@in_3_x
def test_pysdmx_reads_maps(version: str, everything: Artefacts) -> None:
    table: RepresentationMap = _of(everything, "RM_TYPE")
    read = _pysdmx(version, table)
    assert [(value.source, value.target) for value in read.maps] == [("CI", "384")]
    assert str(read.source).endswith("Codelist=TEST:CL_AREA(1.0.0-draft)")
    said: StructureMap = _of(everything, "SM")
    kept = replace(said, fixed_values=said.fixed_values[:1], component_maps=said.component_maps[:1])
    structure_map = _pysdmx(version, kept)
    assert structure_map.source == _urn(version, said.source)
    assert structure_map.target == _urn(version, said.target)


def test_sdmx1_reads_all_languages_parents_and_annotations_of_codes(everything: Artefacts) -> None:
    said: ItemScheme = _of(everything, "CL_AREA")
    read = _sdmx1(said).codelist["CL_AREA"]
    assert {code.id: code.name.localizations for code in read} == {item.id: item.name for item in said.items}
    assert {code.id: code.description.localizations for code in read} == {i.id: i.description for i in said.items}
    assert {code.id: code.parent.id for code in read if code.parent is not read} == {
        item.id: item.parent for item in said.items if item.parent
    }
    assert [(note.type, note.title) for note in read["_T"].annotations] == [
        ("SOURCE", "M49 & ISO"),
        ("NOTE", "<note>"),
        (None, None),
        ("VALUE", " 42 <&> "),
    ]
    assert (str(read.version), read.is_final) == ("1.0.0", False)


def test_sdmx1_reads_which_versions_are_final(everything: Artefacts) -> None:
    message = _sdmx1(*(_of(everything, codelist) for codelist in ("CL_FORM", "CL_OLD", "CL_ELSEWHERE", "CL_MORE")))
    final = {codelist.id: codelist.is_final for codelist in message.codelist.values()}
    assert final == {"CL_FORM": True, "CL_OLD": True, "CL_ELSEWHERE": False, "CL_MORE": False}


def test_sdmx1_reads_concepts_and_data_structures(everything: Artefacts) -> None:
    said: DataStructure = _of(everything, "FULL")
    message = _sdmx1(_of(everything, "CL_AREA"), _of(everything, "CS_TEST"), said)
    read = message.structure["FULL"]
    assert [dimension.id for dimension in read.dimensions] == [dimension.id for dimension in said.dimensions]
    assert [attribute.id for attribute in read.attributes] == [attribute.id for attribute in said.attributes]
    assert read.dimensions.get("AREA").local_representation.enumerated is message.codelist["CL_AREA"]
    assert read.dimensions.get("AREA").concept_identity is message.concept_scheme["CS_TEST"]["AREA"]
    groups = {name: [c.id for c in group.components] for name, group in read.group_dimensions.items()}
    assert groups == {"BY_AREA": ["AREA", "FORM"], "BY_FORM": ["FORM"]}
    related = {attribute.id: type(attribute.related_to).__name__ for attribute in read.attributes}
    assert related == {
        "STATUS": "PrimaryMeasureRelationship",
        "COMMENT": "DimensionRelationship",
        "TITLE": "NoSpecifiedRelationship",
        "PLAIN": "GroupRelationship",
        "SPOT": "DimensionRelationship",
        "ABOUT": "PrimaryMeasureRelationship",
    }
    concepts = message.concept_scheme["CS_TEST"]
    assert concepts["PART_AREA"].parent is concepts["AREA"]
    (value,) = concepts["VALUE"].core_representation.non_enumerated
    assert (value.value_type.name, str(value.type.max_value), str(value.type.decimals)) == ("decimal", "100.5", "2")


def test_sdmx1_reads_organisations_with_contacts(everything: Artefacts) -> None:
    said: ItemScheme = _of(everything, "DATA_PROVIDERS")
    read = _sdmx1(said).organisation_scheme["DATA_PROVIDERS"]
    assert {one.id: one.name.localizations for one in read} == {item.id: item.name for item in said.items}
    contact = read["1P"].contact[0]
    assert contact.name.localizations == said.items[0].contacts[0].name
    assert contact.responsibility.localizations == {"en": "Desk"}
    assert (contact.telephone, contact.email) == ("+1 & 2", ["desk@example.org", "second@example.org"])


def test_sdmx1_reads_categories_and_what_belongs_to_them(everything: Artefacts) -> None:
    scheme = _sdmx1(_of(everything, "CAT")).category_scheme["CAT"]
    assert [child.id for child in scheme["1A"].child] == ["SUB"]
    assert [child.id for child in scheme["1A"].child[0].child] == ["SUB"]
    read = _sdmx1(_of(everything, "C_FLOW")).categorisation["C_FLOW"]
    assert (read.artefact.id, read.category.id) == ("DF", "1A.SUB.SUB")


def test_sdmx1_reads_hierarchies_as_hierarchical_code_lists(everything: Artefacts) -> None:
    said: Hierarchy = _of(everything, "H_LEVELS")
    read = _sdmx1(said, format=None).hierarchical_codelist["H_LEVELS"]
    assert read.name.localizations == said.name
    (hierarchy,) = read.hierarchy
    assert (hierarchy.id, hierarchy.has_formal_levels) == ("H_LEVELS", True)
    world = hierarchy.codes["W"]
    assert (world.code.id, world.level.id) == ("001", "WORLD")
    assert [(child.id, child.code.id, child.level.id) for child in world.child] == [
        ("CI", "CI", "COUNTRY"),
        ("N", "N", "COUNTRY"),
    ]


def test_sdmx1_reads_constraints(everything: Artefacts) -> None:
    structures = _sdmx1(_of(everything, "STRUCTURES")).constraint["STRUCTURES"]
    assert structures.role.role.name == "allowable"
    assert {dsd.id for dsd in structures.content} == {"FULL", "MULTI"}
    (region,) = structures.data_content_region
    (selection,) = region.member.values()
    assert (str(region.included).lower(), [value.value for value in selection.values]) == ("true", ["CI", "001"])
    assert _sdmx1(_of(everything, "THERE")).constraint["THERE"].role.role.name == "actual"


def test_sdmx1_reads_agreements(everything: Artefacts) -> None:
    read = _sdmx1(_of(everything, "PA")).provisionagreement["PA"]
    assert (read.structure_usage.id, read.data_provider.id) == ("DF", "1P")
