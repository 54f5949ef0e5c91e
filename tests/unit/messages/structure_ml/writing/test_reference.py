"""References: URNs in 3.x, elements in 2.1, and what becomes of wildcards in versions."""

import pytest
from tests.examples.ml_writing import WRITERS, Written, attributes, written

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.data_structure import Categorisation, Dataflow, ProvisionAgreement
from icstip.artefacts.hierarchies import HierarchicalCode, Hierarchy
from icstip.artefacts.items import CategoryScheme, Codelist, ConceptScheme
from icstip.messages.structure_ml.dialect import D21, D30
from icstip.messages.structure_ml.versions import References

URN = "urn:sdmx:org.sdmx.infomodel."
NAME = {"en": "Name"}


def _flow(version: str) -> Dataflow:
    return Dataflow(id="DF", agency="TEST", name=NAME, structure=Reference("DataStructure", "TEST", "DSD", version))


def _lists(*versions: str) -> list[Codelist]:
    return [Codelist(id="CL", agency="TEST", version=version, name=NAME) for version in versions]


@pytest.mark.parametrize("version", ["3.0", "3.1"])
def test_a_reference_is_a_urn_in_3_x(version: str) -> None:
    assert written(version, _flow("1.0.0-draft")).texts("s:Structure") == [
        f"{URN}datastructure.DataStructure=TEST:DSD(1.0.0-draft)"
    ]


def test_a_reference_is_an_element_in_2_1_and_has_no_extension_of_the_version() -> None:
    assert attributes(written("2.1", _flow("1.0.0-draft")).one("s:Structure/Ref")) == {
        "id": "DSD",
        "version": "1.0.0",
        "agencyID": "TEST",
        "package": "datastructure",
        "class": "DataStructure",
    }


def test_a_reference_to_an_item_says_in_what_it_is() -> None:
    agreement = ProvisionAgreement(
        id="PA",
        agency="TEST",
        name=NAME,
        dataflow=Reference("Dataflow", "TEST", "DF", "1.0"),
        provider=Reference("DataProvider", "TEST", "DATA_PROVIDERS", "3.0.0-draft", "1P"),
    )
    assert attributes(written("2.1", agreement).one("s:DataProvider/Ref")) == {
        "id": "1P",
        "maintainableParentID": "DATA_PROVIDERS",
        "maintainableParentVersion": "1.0",
        "agencyID": "TEST",
        "package": "base",
        "class": "DataProvider",
    }
    message = written("3.0", agreement)
    assert message.texts("s:DataProvider") == [f"{URN}base.DataProvider=TEST:DATA_PROVIDERS(1.0).1P"]
    assert message.texts("s:Dataflow") == [f"{URN}datastructure.Dataflow=TEST:DF(1.0)"]
    assert written("2.1", agreement).one("s:StructureUsage/Ref").get("class") == "Dataflow"


def test_a_categorisation_refers_by_the_names_that_the_version_has_for_classes() -> None:
    source, target = Reference("Hierarchy", "TEST", "H", "1.0"), Reference("Category", "TEST", "CAT", "1.0", "A.B.C")
    categorisation = Categorisation(id="C", agency="TEST", name=NAME, source=source, target=target)
    old = written("2.1", categorisation)
    assert old.one("s:Source/Ref").get("class") == "HierarchicalCodelist"
    assert old.one("s:Target/Ref").get("id") == "A.B.C"
    new = written("3.0", categorisation)
    assert new.texts("s:Source") == [f"{URN}codelist.Hierarchy=TEST:H(1.0)"]
    assert new.texts("s:Target") == [f"{URN}categoryscheme.Category=TEST:CAT(1.0).A.B.C"]


@pytest.mark.parametrize("kind", ["ValueList", "StructureMap", "RepresentationMap", "MetadataProviderScheme"])
def test_a_categorisation_of_what_2_1_does_not_have_is_left_out_there(kind: str) -> None:
    target = Reference("Category", "TEST", "CAT", "1.0", "A")
    source = Reference(kind, "TEST", "X", "1.0")
    categorisation = Categorisation(id="C", agency="TEST", name=NAME, source=source, target=target)
    assert written("2.1", categorisation).said == {"FORMAT-001 not-in-format": ()}
    assert len(written("3.0", categorisation).all("s:Categorisation")) == 1


@pytest.mark.parametrize(
    "artefact",
    [Codelist, ConceptScheme, CategoryScheme],
)
def test_names_of_classes_of_2_1_are_those_of_the_model_where_they_are_the_same(
    artefact: type[Codelist | ConceptScheme | CategoryScheme],
) -> None:
    made: Maintainable = artefact(id="X", agency="TEST", name=NAME)
    message = written("2.1", made)
    assert str(message.one(f"s:{artefact.__name__}").get("urn")).endswith(f".{artefact.__name__}=TEST:X(1.0)")


@pytest.mark.parametrize(
    ("wildcard", "there", "expected"),
    [
        ("*", ["1.0.0", "1.10.0", "1.9.0"], "1.10.0"),
        ("*", ["1.0.0-draft"], "1.0.0"),
        ("1.*", ["2.0.0", "1.1.0"], "1.1.0"),
        ("1.0+.0", ["1.0.0", "1.2.5", "2.0.0"], "1.2.5"),
        ("1.3+.0", ["1.2.5", "2.0.0"], "1.3.0"),
        ("1+.0.0", ["1.2.5", "2.0.0"], "2.0.0"),
        ("1.2.0+", ["1.2.5", "1.3.0"], "1.2.5"),
        ("1.2.6+", ["1.2.5", "1.3.0"], "1.2.6"),
        ("1.0+.0", [], "1.0.0"),
        ("*", [], "1.0"),
        ("1.*", [], "1"),
    ],
)
def test_a_wildcard_becomes_the_version_in_the_message_that_fits_else_the_number(
    wildcard: str, there: list[str], expected: str
) -> None:
    references = References(_lists(*there), D21)
    written_reference, fixed = references.written(Reference("Code", "TEST", "CL", wildcard, "A"))
    assert (written_reference.version, fixed) == (expected, True)


@pytest.mark.parametrize("version", ["1.0+.0", "1+.0.0", "1.0.0+", "1.0.0", "1.0.0-draft", "1.0", "1"])
def test_3_x_writes_versions_as_they_are(version: str) -> None:
    reference = Reference("Codelist", "TEST", "CL", version)
    assert References(_lists("1.0.0", "1.1.0"), D30).written(reference) == (reference, False)


def test_3_x_cannot_refer_to_all_versions_either() -> None:
    reference, fixed = References(_lists("1.0.0-draft"), D30).written(Reference("Codelist", "TEST", "CL", "*"))
    assert (reference.version, fixed) == ("1.0.0-draft", True)


@pytest.mark.parametrize("version", WRITERS)
def test_that_a_wildcard_became_a_version_is_told(version: str) -> None:
    assert written(version, _flow("*")).said == {"FORMAT-002 version-wildcard": ("TEST:DSD(*)",)}


def test_a_reference_to_a_code_is_to_the_code_list_that_has_it() -> None:
    code = Reference("Code", "TEST", "CL", "1.0+.0", "A")
    hierarchy = Hierarchy(id="H", agency="TEST", name=NAME, codes=(HierarchicalCode(id="A", code=code),))
    message: Written = written("2.1", hierarchy, *_lists("1.4.0"))
    assert message.one("s:Code/Ref").get("maintainableParentVersion") == "1.4.0"
    assert written("3.1", hierarchy).texts("s:HierarchicalCode/s:Code") == [f"{URN}codelist.Code=TEST:CL(1.0+.0).A"]
