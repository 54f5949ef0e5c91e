"""What sdmx1 cannot hold: what is told of it, and what comes back."""

from dataclasses import replace
from typing import TypeVar

import pytest

from icstip.artefacts.base import Annotation, Link, Maintainable, Reference, Representation, TextFormat
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.constraints import DataConstraint, KeySet, Region, Selection, Value
from icstip.artefacts.data_structure import (
    Attribute,
    Dataflow,
    DataStructure,
    Dimension,
    Group,
    Level,
    Measure,
    Relationship,
)
from icstip.artefacts.items import AgencyScheme, Codelist, Contact, Item, ValueList
from icstip.artefacts.maps import RepresentationMap, StructureMap
from icstip.artefacts.notices import LEFT_OUT, LOST, TRANSLATED, Notices
from icstip.structures.sdmx_objects.from_objects import from_sdmx1
from icstip.structures.sdmx_objects.to_objects import to_sdmx1

M = TypeVar("M", bound=Maintainable)
CONCEPT = Reference("Concept", "TEST", "CS", "1.0", "C")
FLOW = Reference("Dataflow", "TEST", "DF", "1.0")


def _through(artefact: M, notices: Notices | None = None) -> M:
    (back,) = from_sdmx1(to_sdmx1(Artefacts.of([artefact]), notices=notices))
    assert isinstance(back, type(artefact))
    return back


_DIMENSION = Dimension(id="AREA", concept=CONCEPT)
_PLACE = Attribute(id="A", concept=CONCEPT, relationship=Relationship(Level.OBSERVATION))


def _dsd(*dimensions: Dimension) -> DataStructure:
    return DataStructure(id="DSD", agency="TEST", dimensions=dimensions)


def _represented(representation: Representation) -> DataStructure:
    return _dsd(replace(_DIMENSION, representation=representation))


def _formatted(text_format: TextFormat) -> DataStructure:
    return _represented(Representation(format=text_format))


def _related(**changes: tuple[str, ...]) -> DataStructure:
    relationship = replace(Relationship(Level.DIMENSIONS, ("AREA",)), **changes)  # type: ignore[arg-type]
    return replace(_dsd(_DIMENSION), attributes=(replace(_PLACE, relationship=relationship),))


def _measured(*, mandatory: bool) -> DataStructure:
    return replace(_dsd(), measures=(Measure(id="M", concept=CONCEPT, mandatory=mandatory),))


def _codes(*codes: Item) -> Codelist:
    return Codelist(id="CL", agency="TEST", items=codes)


def _values(item: Item, *, partial: bool = False) -> ValueList:
    return ValueList(id="VL", agency="TEST", items=(item,), partial=partial)


def _contacted(contact: Contact) -> AgencyScheme:
    return AgencyScheme(id="AGENCIES", agency="TEST", items=(Item(id="A", contacts=(contact,)),))


def _constraint(*regions: Region, keys: tuple[KeySet, ...] = ()) -> DataConstraint:
    return DataConstraint(id="C", agency="TEST", attachment=(FLOW,), regions=regions, key_sets=keys)


def _selected(**changes: object) -> DataConstraint:
    return _constraint(Region(selections=(replace(Selection(id="AREA"), **changes),)))  # type: ignore[arg-type]


def _keyed(*selections: Selection, annotations: tuple[Annotation, ...] = ()) -> DataConstraint:
    return _constraint(keys=(KeySet((Region(selections=selections, annotations=annotations),)),))


def _one(identity: str, value: str = "0", **changes: object) -> Selection:
    return replace(Selection(id=identity, values=(Value(value),)), **changes)  # type: ignore[arg-type]


_LANGUAGES = {"": "https://example.org", "fr": "https://example.org/fr"}
_LOST: list[tuple[str, str, Maintainable, Maintainable]] = [
    ("links", "", replace(_codes(), links=(Link(rel="a", url="b"),)), _codes()),
    ("links", "A", _codes(Item(id="A", links=(Link(rel="a", url="b"),))), _codes(Item(id="A"))),
    (
        "annotation-urls",
        "",
        replace(_codes(), annotations=(Annotation(urls=_LANGUAGES),)),
        replace(_codes(), annotations=(Annotation(urls={"": "https://example.org"}),)),
    ),
    ("partial-language", "", replace(_codes(), partial_language=True), _codes()),
    ("repeated-items", "A", _codes(Item(id="A"), Item(id="A", parent="B")), _codes(Item(id="A"))),
    ("partial-list", "", _values(Item(id="$"), partial=True), _values(Item(id="$"))),
    ("value-address", "$", _values(Item(id="$", uri="https://example.org")), _values(Item(id="$"))),
    ("contact-details", "A", _contacted(Contact(id="X")), _contacted(Contact())),
    (
        "contact-details",
        "A",
        _contacted(Contact(channels=(("Telephone", "1"), ("Telephone", "2")))),
        _contacted(Contact(channels=(("Telephone", "1"),))),
    ),
    ("evolving", "", replace(_dsd(), evolving=True), _dsd()),
    (
        "further-roles",
        "AREA",
        _dsd(replace(_DIMENSION, roles=(CONCEPT, CONCEPT))),
        _dsd(replace(_DIMENSION, roles=(CONCEPT,))),
    ),
    (
        "roles",
        "AREA",
        _dsd(replace(_DIMENSION, kind="TimeDimension", roles=(CONCEPT,))),
        _dsd(replace(_DIMENSION, kind="TimeDimension")),
    ),
    ("occurrences", "AREA", _represented(Representation(min_occurs=1)), _dsd(_DIMENSION)),
    ("occurrences", "AREA", _represented(Representation(max_occurs="unbounded")), _dsd(_DIMENSION)),
    ("sentinel-values", "AREA", _formatted(TextFormat(sentinels=(("-", {}, {}),))), _formatted(TextFormat())),
    ("multilingual", "AREA", _formatted(TextFormat(facets={"isMultiLingual": "true"})), _formatted(TextFormat())),
    ("facets", "AREA", _formatted(TextFormat(facets={"colour": "red"})), _formatted(TextFormat())),
    ("data-type", "AREA", _formatted(TextFormat("AttachmentConstraintReference")), _formatted(TextFormat())),
    ("measure-relationship", "A", _related(measures=("M",)), _related()),
    ("attachment-groups", "A", _related(attachment_groups=("G", "H")), _related(attachment_groups=("G",))),
    ("mandatory-measure", "M", _measured(mandatory=True), _measured(mandatory=False)),
    (
        "group-constraint",
        "G",
        replace(_dsd(), groups=(Group(id="G", attachment_constraint=FLOW),)),
        replace(_dsd(), groups=(Group(id="G"),)),
    ),
    (
        "dimension-constraint",
        "",
        Dataflow(id="DF", agency="TEST", dimensions=("AREA",)),
        Dataflow(id="DF", agency="TEST"),
    ),
    ("data-sources", "", replace(_constraint(), data_sources=("https://example.org",)), _constraint()),
    ("release-calendar", "", replace(_constraint(), release_calendar=("P1Y", "P1D", "P1D")), _constraint()),
    ("key-sets", "", _constraint(keys=(KeySet(()), KeySet(()))), _constraint(keys=(KeySet(()),))),
    (
        "attachments",
        "",
        replace(_constraint(), attachment=(FLOW, Reference("Metadataflow", "TEST", "MDF", "1.0"))),
        _constraint(),
    ),
    ("annotations", "", _constraint(Region(annotations=(Annotation(),))), _constraint(Region())),
    ("validity", "", _constraint(Region(valid_to="2020")), _constraint(Region())),
    ("validity", "AREA", _selected(valid_from="2020"), _selected()),
    ("value-language", "AREA", _selected(values=(Value("x", language="fr"),)), _selected(values=(Value("x"),))),
    (
        "repeated-selections",
        "AREA",
        _constraint(Region(selections=(_one("AREA", "0"), _one("AREA", "1")))),
        _constraint(Region(selections=(_one("AREA", "0"),))),
    ),
    ("annotations", "", _keyed(_one("AREA"), annotations=(Annotation(),)), _keyed(_one("AREA"))),
    ("key-selection", "FREE", _keyed(_one("AREA"), _one("FREE", include=False)), _keyed(_one("AREA"))),
    ("key-selection", "FREE", _keyed(Selection(id="FREE")), _constraint(keys=(KeySet(()),))),
    ("extensions", "AREA", _keyed(_one("AREA", remove_prefix=True)), _keyed(_one("AREA"))),
    ("cascade", "AREA", _keyed(_one("AREA", values=(Value("0", "true"),))), _keyed(_one("AREA"))),
    ("validity", "AREA", _keyed(_one("AREA", valid_from="2020")), _keyed(_one("AREA"))),
    ("repeated-selections", "AREA", _keyed(_one("AREA"), _one("AREA", "1")), _keyed(_one("AREA"))),
]


@pytest.mark.parametrize(("what", "part", "given", "back"), _LOST)
def test_what_sdmx1_cannot_hold_is_told_and_the_rest_comes_back(
    what: str, part: str, given: Maintainable, back: Maintainable
) -> None:
    notices = Notices("sdmx1", "sdmx1")
    assert _through(given, notices) == back
    (finding,) = notices.findings
    assert finding.code == LOST
    assert finding.cells == ((part,) if part else ())
    assert f"{given.kind}={given.reference}" in finding.message()
    assert getattr(finding.params["what"], "id", None) == f"loss.{what}"


def test_a_key_with_several_values_becomes_several_keys() -> None:
    several = Selection(id="AREA", values=(Value("0"), Value("1")))
    notices = Notices("sdmx1", "sdmx1")
    expanded = _through(_keyed(several, _one("FREE", "x")), notices)
    assert [[s.values[0].value for s in key.selections] for key in expanded.key_sets[0].keys] == [
        ["0", "x"],
        ["1", "x"],
    ]
    assert [(finding.code, finding.cells) for finding in notices.findings] == [(TRANSLATED, ("AREA",))]


def test_maps_which_sdmx1_does_not_have_are_left_out() -> None:
    maps = [
        RepresentationMap(id="RM", agency="TEST"),
        StructureMap(id="SM", agency="TEST", source=FLOW, target=FLOW),
    ]
    notices = Notices("sdmx1", "sdmx1")
    assert len(from_sdmx1(to_sdmx1(Artefacts.of([*maps, _codes()]), notices=notices))) == 1
    assert [(f.code, str(f.params["artefact"])) for f in notices.findings] == [
        (LEFT_OUT, "RepresentationMap=TEST:RM(1.0)"),
        (LEFT_OUT, "StructureMap=TEST:SM(1.0)"),
    ]


_SAME: list[tuple[Maintainable, Maintainable]] = [
    (_represented(Representation()), _dsd(_DIMENSION)),
    (_formatted(TextFormat(facets={"isMultiLingual": "false"})), _formatted(TextFormat())),
    (replace(_codes(), version="1.0.0", final=True), replace(_codes(), version="1.0.0")),
    (_selected(remove_prefix=False), _selected()),
    (
        replace(_constraint(), attachment=(replace(FLOW, id="Z"), FLOW)),
        replace(_constraint(), attachment=(FLOW, replace(FLOW, id="Z"))),
    ),
    (
        _contacted(Contact(channels=(("Email", "a"), ("Fax", "1")))),
        _contacted(Contact(channels=(("Fax", "1"), ("Email", "a")))),
    ),
]


@pytest.mark.parametrize(("given", "back"), _SAME)
def test_what_means_the_same_comes_back_in_one_form_and_nothing_is_told(
    given: Maintainable, back: Maintainable
) -> None:
    notices = Notices("sdmx1", "sdmx1")
    assert _through(given, notices) == back
    assert notices.findings == ()


def test_an_external_artefact_without_name_and_address_is_taken_for_a_reference() -> None:
    head = replace(_codes(), external=True)
    assert len(from_sdmx1(to_sdmx1(Artefacts.of([head])))) == 0
    assert _through(replace(head, name={"en": "Codes"})) == replace(head, name={"en": "Codes"})
