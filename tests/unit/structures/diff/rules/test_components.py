"""Data structures: what changes keys or demands more is major, what may be left out is minor."""

from dataclasses import replace

import pytest
from tests.examples.diffs import (
    attribute,
    coded,
    codelist,
    concept,
    concepts,
    dataflow,
    diff,
    dimension,
    found,
    item,
    measure,
    reference,
    structure,
    text_format,
)

from icstip.artefacts.base import Annotation
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import (
    Attribute,
    Categorisation,
    DataStructure,
    Dimension,
    Group,
    Level,
    Measure,
    ProvisionAgreement,
    Relationship,
)
from icstip.structures.diff.compare import diff_artefacts
from icstip.structures.diff.versioning import Bump

PATCH, MINOR, MAJOR = Bump.PATCH, Bump.MINOR, Bump.MAJOR
AREA, FORM, SEX = (dimension(one) for one in ("AREA", "FORM", "SEX"))
TIME = dimension("TIME_PERIOD", kind="TimeDimension")


def of_dimensions(*dimensions: Dimension, **fields: bool) -> DataStructure:
    return structure(dimensions=dimensions, **fields)


def of_attributes(*attributes: Attribute) -> DataStructure:
    return structure(attributes=attributes)


def of_measures(*measures: Measure) -> DataStructure:
    return structure(measures=measures)


def test_a_dimension_that_is_added_is_major() -> None:
    assert found(of_dimensions(AREA), of_dimensions(AREA, FORM)) == [("dimension-added", "FORM", MAJOR)]


def test_a_dimension_that_is_removed_is_major() -> None:
    assert found(of_dimensions(AREA, FORM), of_dimensions(AREA)) == [("dimension-removed", "FORM", MAJOR)]


def test_dimensions_in_another_order_are_major() -> None:
    (change,) = diff(of_dimensions(AREA, FORM, SEX), of_dimensions(AREA, SEX, FORM)).changes
    assert (change.kind, change.before, change.after, change.bump) == (
        "dimension-order",
        "AREA, FORM, SEX",
        "AREA, SEX, FORM",
        MAJOR,
    )


def test_a_dimension_between_others_is_no_other_order() -> None:
    assert found(of_dimensions(AREA, SEX), of_dimensions(AREA, FORM, SEX)) == [("dimension-added", "FORM", MAJOR)]


def test_a_structure_that_may_evolve_can_have_more_dimensions_in_a_minor_version() -> None:
    old, new = of_dimensions(AREA, evolving=True), of_dimensions(AREA, FORM, evolving=True)
    assert found(old, new) == [("evolving-dimension-added", "FORM", MINOR)]
    assert found(of_dimensions(AREA), old) == [("evolving", "", MINOR)]


def test_the_time_dimension_is_not_any_dimension_but_a_measure_dimension_is() -> None:
    plain = dimension("TIME_PERIOD")
    assert ("dimension-kind", "TIME_PERIOD", MAJOR) in found(of_dimensions(plain), of_dimensions(TIME))
    assert found(of_dimensions(dimension("M", kind="MeasureDimension")), of_dimensions(dimension("M"))) == []


def test_a_time_dimension_has_observational_time_periods_unless_it_says_otherwise() -> None:
    said = replace(TIME, representation=text_format("ObservationalTimePeriod"))
    assert found(of_dimensions(TIME), of_dimensions(said)) == []
    years = replace(TIME, representation=text_format("GregorianYear"))
    assert found(of_dimensions(TIME), of_dimensions(years)) == [("format-narrowed", "TIME_PERIOD", MAJOR)]


def test_an_optional_attribute_is_minor_and_a_mandatory_one_major() -> None:
    assert found(of_attributes(), of_attributes(attribute("X"))) == [("attribute-added", "X", MINOR)]
    assert found(of_attributes(), of_attributes(attribute("X", mandatory=True))) == [
        ("mandatory-attribute-added", "X", MAJOR)
    ]


def test_an_attribute_that_is_removed_is_major() -> None:
    assert found(of_attributes(attribute("X")), of_attributes()) == [("attribute-removed", "X", MAJOR)]


def test_what_becomes_mandatory_is_major_and_what_becomes_optional_minor() -> None:
    optional, mandatory = of_attributes(attribute("X")), of_attributes(attribute("X", mandatory=True))
    assert found(optional, mandatory) == [("attribute-mandatory", "X", MAJOR)]
    assert found(mandatory, optional) == [("attribute-optional", "X", MINOR)]
    optional, mandatory = of_measures(measure("M")), of_measures(measure("M", mandatory=True))
    assert found(optional, mandatory) == [("measure-mandatory", "M", MAJOR)]
    assert found(mandatory, optional) == [("measure-optional", "M", MINOR)]


def test_an_optional_measure_is_minor_a_mandatory_one_and_one_that_is_removed_major() -> None:
    one, two = measure("M"), measure("N")
    assert found(of_measures(one), of_measures(one, two)) == [("measure-added", "N", MINOR)]
    demanded = replace(two, mandatory=True)
    assert found(of_measures(one), of_measures(one, demanded)) == [("mandatory-measure-added", "N", MAJOR)]
    assert found(of_measures(one, two), of_measures(one)) == [("measure-removed", "N", MAJOR)]


def test_the_one_measure_of_a_structure_has_another_id_where_sdmx_2_1_names_it() -> None:
    old, new = of_measures(measure("VALUE")), of_measures(measure("OBS_VALUE", concept=concept("VALUE")))
    assert found(old, new) == [("measure-renamed", "VALUE", MAJOR)]
    other = of_measures(measure("OBS_VALUE"))
    assert {kind for kind, _, _ in found(old, other)} == {"measure-removed", "measure-added"}


def test_attributes_and_measures_in_another_order_are_a_patch() -> None:
    one, two = attribute("X"), attribute("Y")
    assert found(of_attributes(one, two), of_attributes(two, one)) == [("component-order", "", PATCH)]


def related(level: Level, group: str = "", **ids: tuple[str, ...]) -> DataStructure:
    return of_attributes(attribute("X", relationship=Relationship(level, group=group, **ids)))


def test_an_attribute_that_is_attached_elsewhere_is_major() -> None:
    series = related(Level.DIMENSIONS, dimensions=("AREA", "FORM"))
    assert found(related(Level.OBSERVATION), series) == [("relationship", "X", MAJOR)]
    assert found(related(Level.GROUP, group="G"), related(Level.GROUP, group="H")) == [("relationship", "X", MAJOR)]


def test_the_order_of_the_dimensions_of_an_attribute_says_nothing() -> None:
    one, other = (related(Level.DIMENSIONS, dimensions=ids) for ids in (("AREA", "FORM"), ("FORM", "AREA")))
    assert found(one, other) == []


def test_other_measures_or_groups_of_an_attribute_are_major() -> None:
    old, new = related(Level.OBSERVATION), related(Level.OBSERVATION, measures=("M",))
    assert found(old, new) == [("measure-relationship", "X", MAJOR)]
    new = related(Level.OBSERVATION, attachment_groups=("G",))
    assert found(old, new) == [("attachment-groups", "X", MAJOR)]


def test_another_concept_is_major_and_another_role_minor() -> None:
    old, new = of_attributes(attribute("X")), of_attributes(attribute("X", concept=concept("Y")))
    assert found(old, new) == [("concept", "X", MAJOR)]
    new = of_attributes(attribute("X", roles=(concept("UNIT"),)))
    assert found(old, new) == [("role-added", "X", MINOR)]
    assert found(new, old) == [("role-removed", "X", MINOR)]


def test_a_component_without_a_representation_has_that_of_its_concept() -> None:
    scheme = concepts(item("FORM", representation=coded()))
    said = of_dimensions(dimension("FORM", representation=coded()))
    unsaid, other = of_dimensions(FORM), of_dimensions(dimension("FORM", representation=coded("CL_OTHER")))
    for old, new, kinds in ((said, unsaid, []), (unsaid, said, []), (unsaid, other, ["enumeration"])):
        told = diff_artefacts(Artefacts.of((scheme, old)), Artefacts.of((scheme, new)))
        assert [change.kind for change in told.changes] == kinds


def test_annotations_of_components_are_a_patch() -> None:
    noted = dimension("AREA", annotations=(Annotation(type="SOURCE", title="M49"),))
    assert found(of_dimensions(AREA), of_dimensions(noted)) == [("annotation", "AREA", PATCH)]


@pytest.mark.parametrize(
    ("old", "new", "kind", "bump"),
    [
        ((), (Group(id="G", dimensions=("AREA",)),), "group-added", MINOR),
        ((Group(id="G", dimensions=("AREA",)),), (), "group-removed", MAJOR),
        ((Group(id="G", dimensions=("AREA",)),), (Group(id="G", dimensions=("FORM",)),), "group-changed", MAJOR),
    ],
)
def test_groups_come_go_and_change(old: tuple[Group, ...], new: tuple[Group, ...], kind: str, bump: Bump) -> None:
    assert found(structure(groups=old), structure(groups=new)) == [(kind, "G", bump)]


def test_metadata_attributes_come_go_and_change() -> None:
    metadata = reference("MetadataStructure", "MSD")
    none, named = structure(), structure(metadata=metadata)
    dataset, observed = (
        structure(metadata=metadata, metadata_attributes=(("CONTACT", Relationship(level)),))
        for level in (Level.DATASET, Level.OBSERVATION)
    )
    assert found(none, named) == [("metadata-structure-added", "", PATCH)]
    assert found(named, none) == [("metadata-structure", "", MAJOR)]
    assert found(named, dataset) == [("metadata-attribute-added", "CONTACT", MAJOR)]
    assert found(dataset, named) == [("metadata-attribute-removed", "CONTACT", MAJOR)]
    assert found(dataset, observed) == [("metadata-attribute", "CONTACT", MAJOR)]


def test_a_dataflow_over_another_structure_is_major() -> None:
    assert found(dataflow(), dataflow(structure=reference("DataStructure", "OTHER"))) == [("reference", "", MAJOR)]
    assert found(dataflow(), dataflow(dimensions=("AREA",))) == [("dataflow-dimensions", "", MAJOR)]


def test_another_provider_or_dataflow_of_an_agreement_is_major() -> None:
    provider = reference("DataProvider", "DATA_PROVIDERS", "A", version="1.0")
    head = {"id": "PA", "agency": "TEST", "version": "1.0.0", "name": {"en": "Agreement"}}
    old = ProvisionAgreement(dataflow=reference("Dataflow", "DF"), provider=provider, **head)  # type: ignore[arg-type]
    assert found(old, replace(old, provider=replace(provider, item="B"))) == [("reference", "", MAJOR)]
    assert found(old, replace(old, dataflow=reference("Dataflow", "DG"))) == [("reference", "", MAJOR)]


def test_a_categorisation_in_another_category_is_major() -> None:
    target = reference("Category", "CAT", "A.B")
    old = Categorisation(id="C", agency="TEST", source=reference("Dataflow", "DF"), target=target)
    assert found(old, replace(old, target=replace(target, item="A.C"))) == [("reference", "", MAJOR)]


def test_artefacts_of_different_classes_are_not_the_same() -> None:
    kinds = {change.kind for change in diff(structure(id="X"), codelist(id="X")).changes}
    assert kinds == {"artefact-removed", "artefact-added"}
