"""A part of artefacts: classes, what they refer to, languages."""

from collections.abc import Iterator

import pytest

from icstip.artefacts.base import Maintainable, Reference, Representation
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import Dataflow, DataStructure, Dimension
from icstip.artefacts.items import Codelist, ConceptScheme, Item
from icstip.artefacts.selection import References, in_languages, select
from icstip.artefacts.walk import references_of


def _reference(kind: str, artefact: str, item: str = "") -> Reference:
    return Reference(kind, "A", artefact, "1.0.0", item)


@pytest.fixture
def chain() -> Artefacts:
    """A dataflow, its structure, the concept of a dimension, and the code list of that concept."""
    codelist = Codelist(id="CL", agency="A", version="1.0.0", name={"en": "List"})
    concept = Item(id="SEX", name={"en": "Sex"}, representation=Representation(_reference("Codelist", "CL")))
    concepts = ConceptScheme(id="CS", agency="A", version="1.0.0", name={"en": "Concepts"}, items=(concept,))
    dimension = Dimension(id="SEX", concept=_reference("Concept", "CS", "SEX"))
    structure = DataStructure(id="DSD", agency="A", version="1.0.0", name={"en": "Structure"}, dimensions=(dimension,))
    flow = Dataflow(id="DF", agency="A", version="1.0.0", name={"en": "Flow"}, structure=structure.reference)
    return Artefacts.of([flow, structure, concepts, codelist])


def _ids(artefacts: Artefacts) -> list[str]:
    return [artefact.id for artefact in artefacts]


def test_artefacts_stand_after_those_that_they_refer_to(chain: Artefacts) -> None:
    assert _ids(chain) == ["CL", "CS", "DSD", "DF"]


@pytest.mark.parametrize(
    ("references", "expected"),
    [
        (References.NONE, ["DF"]),
        (References.CHILDREN, ["DSD", "DF"]),
        (References.DESCENDANTS, ["CL", "CS", "DSD", "DF"]),
    ],
)
def test_a_selection_has_as_much_of_what_it_refers_to_as_is_asked_for(
    chain: Artefacts, references: References, expected: list[str]
) -> None:
    assert _ids(select(chain, ["Dataflow"], references)) == expected


def test_no_classes_means_all_of_them(chain: Artefacts) -> None:
    assert select(chain, []) == chain


def test_what_is_referred_to_and_is_not_there_is_no_hindrance(chain: Artefacts) -> None:
    flow = Artefacts(chain.artefacts[-1:])
    assert _ids(select(flow, ["Dataflow"], References.DESCENDANTS)) == ["DF"]


def test_every_selection_with_descendants_is_closed(everything: Artefacts) -> None:
    for artefact in everything:
        chosen = select(everything, [artefact.kind], References.DESCENDANTS)
        for reference in (reference for part in chosen for reference in references_of(part)):
            target = everything.find(reference)
            assert target is None or target in chosen.artefacts


def _languages(value: object) -> Iterator[str]:
    if isinstance(value, Maintainable):
        yield from value.name
        yield from value.description


def test_texts_in_other_languages_are_left_out_and_the_artefact_says_so() -> None:
    codelist = Codelist(
        id="CL",
        agency="A",
        name={"en": "Sex", "fr": "Sexe"},
        items=(Item(id="F", name={"en": "Woman", "fr": "Femme"}),),
    )
    (left,) = in_languages(Artefacts((codelist,)), ["fr"])
    assert isinstance(left, Codelist)
    assert left.name == {"fr": "Sexe"}
    assert left.items[0].name == {"fr": "Femme"}
    assert left.partial_language


def test_a_name_in_none_of_the_languages_is_kept_in_its_first() -> None:
    codelist = Codelist(id="CL", agency="A", name={"es": "Sexo", "en": "Sex"})
    (left,) = in_languages(Artefacts((codelist,)), ["fr"])
    assert left.name == {"es": "Sexo"}


def test_artefacts_that_have_only_these_languages_stay_as_they_are(everything: Artefacts) -> None:
    languages = {language for artefact in everything for language in _languages(artefact)}
    assert languages
    all_languages = {*languages, "en", "fr", "es", "ar", "de", "ru", "pt", "zh"}
    assert in_languages(everything, all_languages) == everything
