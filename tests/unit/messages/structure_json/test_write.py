"""What a message looks like, and what cannot be written."""

from dataclasses import replace

import pytest
from tests.examples.json_messages import HEADER, VERSIONS, faults, losses, parsed, written

from icstip.artefacts.base import Link, Reference
from icstip.artefacts.data_structure import Categorisation, Dataflow, DataStructure, ProvisionAgreement
from icstip.artefacts.hierarchies import HierarchicalCode, Hierarchy
from icstip.artefacts.items import AgencyScheme, CategoryScheme, Codelist, DataProviderScheme, Item, ValueList
from icstip.artefacts.notices import LEFT_OUT, LOST, TRANSLATED
from icstip.errors import StructureError
from icstip.messages.structure_header import Party

CODES = Codelist(id="CL", agency="A", version="1.0.0", name={"en": "Codes"})
FLOW = Dataflow(id="DF", agency="A", version="1.0.0", name={"en": "Flow"})


@pytest.mark.parametrize("version", VERSIONS)
def test_a_message_has_two_spaces_for_a_level_and_letters_as_they_are(version: str) -> None:
    text = written(version, replace(CODES, name={"fr": "Été"})).decode()
    assert '\n  "data": {\n    "codelists": [\n      {\n        "id": "CL",\n' in text
    assert '        "name": "Été",\n' in text
    assert text.endswith("\n}\n")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_message_without_artefacts_is_valid(version: str) -> None:
    assert parsed(version)["data"] == {}
    assert faults(version, written(version)) == []


@pytest.mark.parametrize(
    ("version", "address"),
    [
        ("1.0", "/schemas/1.0/sdmx-json-structure-schema.json"),
        ("2.0", "/schemas/2.0.0/sdmx-json-structure-schema.json"),
        ("2.1", "https://json.sdmx.org/2.1/sdmx-json-structure-schema.json"),
    ],
)
def test_the_header_says_schema_time_sender_and_test(version: str, address: str) -> None:
    meta = parsed(version, CODES)["meta"]
    assert meta.pop("schema").endswith(address)
    assert meta == {
        "id": "M1",
        "prepared": "2025-01-01T00:00:00Z",
        "test": True,
        "contentLanguages": ["en", "fr"],
        "sender": {"id": "TEST", "name": "Test", "names": {"en": "Test", "fr": "Essai"}},
    }


def test_the_schema_stands_at_the_top_of_2_1_as_well() -> None:
    message = parsed("2.1")
    assert list(message) == ["$schema", "meta", "data"]
    assert message["$schema"] == message["meta"]["schema"]


def test_a_receiver_is_written_as_one_of_several() -> None:
    content = written("2.0", header=replace(HEADER, receiver=Party("R", {})))
    assert b'"receivers": [\n      {\n        "id": "R"\n      }\n    ]' in content


@pytest.mark.parametrize(("version", "languages"), [("1.0", ["pt-br", "en"]), ("2.0", ["pt-br", "en"])])
def test_languages_of_the_content_are_in_small_letters_where_the_schema_asks_for_them(
    version: str, languages: list[str]
) -> None:
    message = parsed(version, replace(CODES, name={"pt-BR": "Códigos", "en": "Codes"}))
    assert message["meta"]["contentLanguages"][:2] == languages
    assert message["data"]["codelists"][0]["names"] == {"pt-BR": "Códigos", "en": "Codes"}
    assert parsed("2.1", replace(CODES, name={"pt-BR": "Códigos"}))["meta"]["contentLanguages"][0] == "pt-BR"


@pytest.mark.parametrize("version", VERSIONS)
def test_the_best_match_of_a_text_is_its_first_language(version: str) -> None:
    (codes,) = parsed(version, replace(CODES, name={"fr": "Liste", "en": "List"}))["data"]["codelists"]
    assert codes["name"] == "Liste"
    assert codes["names"] == {"fr": "Liste", "en": "List"}
    assert "description" not in codes


@pytest.mark.parametrize("version", VERSIONS)
def test_a_text_of_no_language_is_said_to_be_undetermined(version: str) -> None:
    message = parsed(version, replace(CODES, name={"": "Codes"}))
    assert message["data"]["codelists"][0]["names"] == {"und": "Codes"}
    assert "und" not in message["meta"]["contentLanguages"]


def test_a_language_that_is_no_tag_is_lost_where_the_schema_refuses_it() -> None:
    codes = replace(CODES, name={"en": "Codes", "en_UK": "Codes!"})
    assert losses("2.1", codes) == [(LOST, "language", ("en_UK",))]
    assert parsed("2.1", codes)["data"]["codelists"][0]["names"] == {"en": "Codes"}
    assert losses("2.0", codes) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_things_link_to_themselves_by_their_urn_with_their_uri(version: str) -> None:
    codes = replace(CODES, uri="https://a.org/cl", items=(Item(id="X", name={"en": "X"}, uri="https://a.org/x"),))
    (found,) = parsed(version, codes)["data"]["codelists"]
    urn = "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=A:CL(1.0.0)"
    assert found["links"] == [{"rel": "self", "urn": urn, "uri": "https://a.org/cl"}]
    item = f"{urn.replace('Codelist=', 'Code=')}.X"
    assert found["codes"][0]["links"] == [{"rel": "self", "urn": item, "uri": "https://a.org/x"}]


@pytest.mark.parametrize(("version", "kind"), [("1.0", "HierarchicalCodelist"), ("2.0", "Hierarchy")])
def test_references_have_the_class_names_of_the_version(version: str, kind: str) -> None:
    tree = Reference("Hierarchy", "A", "H", "1.0")
    category = Reference("Category", "A", "CS", "1.0", "X.Y")
    placed = Categorisation(id="C", agency="A", name={"en": "C"}, source=tree, target=category)
    (found,) = parsed(version, placed)["data"]["categorisations"]
    assert found["source"] == f"urn:sdmx:org.sdmx.infomodel.codelist.{kind}=A:H(1.0)"
    assert found["target"] == "urn:sdmx:org.sdmx.infomodel.categoryscheme.Category=A:CS(1.0).X.Y"


def test_the_schema_of_2_0_misspells_value_lists_where_anything_can_be_meant() -> None:
    values = ValueList(id="VL", agency="A", name={"en": "V"})
    (found,) = parsed("2.0", values)["data"]["valueLists"]
    assert found["links"][0]["urn"] == "urn:sdmx:org.sdmx.infomodel.codelist.Valuelist=A:VL(1.0)"
    (found,) = parsed("2.1", values)["data"]["valueLists"]
    assert found["links"][0]["urn"] == "urn:sdmx:org.sdmx.infomodel.codelist.ValueList=A:VL(1.0)"


def test_what_categorises_something_unknown_to_the_version_is_left_out() -> None:
    source = Reference("AttachmentConstraint", "A", "AC", "1.0")
    placed = Categorisation(
        id="C", agency="A", name={"en": "C"}, source=source, target=Reference("Category", "A", "CS", "1.0", "X")
    )
    assert losses("2.0", placed) == [(LEFT_OUT, "reference-kind", ())]
    assert losses("1.0", placed) == []


@pytest.mark.parametrize("version", ["2.0", "2.1"])
def test_a_link_whose_urn_the_schema_refuses_loses_it_or_goes(version: str) -> None:
    links = (Link(rel="a", url="https://a.org", urn="urn:x"), Link(rel="b", url="", urn="urn:x"))
    codes = replace(CODES, links=links)
    assert parsed(version, codes)["data"]["codelists"][0]["links"][1:] == [{"rel": "a", "href": "https://a.org"}]
    assert losses(version, codes) == [(LOST, "links", ("CL",))]
    assert losses("1.0", codes) == []


@pytest.mark.parametrize("relation", ["self", "service"])
def test_a_link_cannot_say_what_other_links_say(relation: str) -> None:
    assert losses("2.0", replace(CODES, links=(Link(rel=relation, url="https://a.org"),))) == [(LOST, "links", ("CL",))]


def test_where_an_artefact_stands_is_the_address_of_its_link_to_itself() -> None:
    elsewhere = replace(CODES, external=True, structure_url="https://a.org/cl", service_url="https://a.org/ws")
    (found,) = parsed("2.0", elsewhere)["data"]["codelists"]
    assert found["links"][0]["href"] == "https://a.org/cl"
    assert found["links"][1] == {"rel": "service", "href": "https://a.org/ws"}
    assert losses("2.0", replace(elsewhere, external=False)) == [(LOST, "structure-url", ())]


@pytest.mark.parametrize(
    ("given", "final", "told", "loss"),
    [
        ("1.0.0", None, ("1.0.0", True), []),
        ("1.0.0-draft", None, ("1.0.0", False), [(TRANSLATED, "draft-as-not-final", ())]),
        ("1.0.0-rc.1", None, ("1.0.0", False), [(LOST, "draft-as-not-final", ())]),
        ("1.0", None, ("1.0", None), []),
        ("1.0", True, ("1.0", True), []),
        ("1.0", False, ("1.0", False), []),
    ],
)
def test_version_1_0_says_what_is_final(
    given: str, *, final: bool | None, told: tuple[str, bool | None], loss: list[object]
) -> None:
    codes = replace(CODES, version=given, final=final)
    (found,) = parsed("1.0", codes)["data"]["codelists"]
    assert (found["version"], found.get("isFinal")) == told
    assert losses("1.0", codes) == loss


@pytest.mark.parametrize("version", ["2.0", "2.1"])
def test_that_a_two_part_version_is_final_is_lost_in_2_x(version: str) -> None:
    assert losses(version, replace(CODES, version="1.0", final=True)) == [(LOST, "final-flag", ())]
    assert losses(version, replace(CODES, version="1.0", final=False)) == []


def test_a_draft_is_left_out_of_1_0_beside_the_version_that_it_is_a_draft_of() -> None:
    drafted = replace(CODES, version="1.0.0-draft")
    assert (LEFT_OUT, "same-version", ()) in losses("1.0", drafted, CODES)
    assert [codes["isFinal"] for codes in parsed("1.0", drafted, CODES)["data"]["codelists"]] == [True]
    assert losses("2.0", drafted, CODES) == []


@pytest.mark.parametrize(
    ("version", "wanted", "told"),
    [
        ("1.0", "1.0+.0", "1.2.0"),
        ("1.0", "1.2.0+", "1.2.0"),
        ("1.0", "2+.0.0", "2.1.0"),
        ("1.0", "*", "2.1.0"),
        ("1.0", "3+.0.0", "3.0.0"),
        ("2.0", "1.0+.0", "1.0+.0"),
        ("2.0", "*", "2.1.0-draft"),
    ],
)
def test_a_reference_with_a_wildcard_becomes_one_to_what_is_in_the_message(
    version: str, wanted: str, told: str
) -> None:
    structures = [
        replace(FLOW, id=f"DF{number}", structure=Reference("DataStructure", "A", "S", wanted)) for number in (1, 2)
    ]
    lists = [_structure(number) for number in ("1.0.0", "1.2.0", "2.1.0-draft")]
    flows = parsed(version, *structures, *lists)["data"]["dataflows"]
    assert {flow["structure"].rpartition("(")[2] for flow in flows} == {f"{told})"}
    told_losses = [loss for loss in losses(version, *structures, *lists) if loss[1] == "version-wildcard"]
    assert len(told_losses) == (0 if told == wanted else 2)


def _structure(version: str) -> DataStructure:
    return DataStructure(id="S", agency="A", version=version, name={"en": "S"}, external=True)


def test_a_reference_to_a_draft_elsewhere_loses_its_extension_in_1_0() -> None:
    flow = replace(FLOW, structure=Reference("DataStructure", "A", "S", "1.0.0-draft"))
    assert losses("1.0", flow) == [(LOST, "reference-extension", ("A:S(1.0.0-draft)",))]
    assert losses("2.0", flow) == []


def test_organisation_schemes_have_version_1_0() -> None:
    scheme = DataProviderScheme(id="DATA_PROVIDERS", agency="A", version="2.0", name={"en": "P"})
    assert losses("2.0", scheme) == [(LOST, "version", ())]
    agreement = ProvisionAgreement(
        id="PA",
        agency="A",
        name={"en": "PA"},
        dataflow=FLOW.reference,
        provider=Reference("DataProvider", "A", "DATA_PROVIDERS", "1.0.0", "P"),
    )
    (found,) = parsed("2.0", agreement)["data"]["provisionAgreements"]
    assert found["dataProvider"] == "urn:sdmx:org.sdmx.infomodel.base.DataProvider=A:DATA_PROVIDERS(1.0).P"


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("artefact", "message"),
    [
        (replace(CODES, name={}), "structure-unnamed"),
        (replace(CODES, items=(Item(id="X"),)), "structure-unnamed"),
        (replace(CODES, id="1"), "id-refused"),
        (replace(CODES, agency="A B"), "id-refused"),
        (replace(CODES, items=(Item(id="é", name={"en": "X"}),)), "id-refused"),
        (replace(CODES, version="one"), "version-refused"),
        (replace(CODES, name={"en": "\ud800"}), "json-character"),
    ],
)
def test_what_is_broken_in_itself_is_refused(version: str, artefact: Codelist, message: str) -> None:
    with pytest.raises(StructureError) as caught:
        written(version, artefact)
    assert caught.value.message_id == message
    assert caught.value.line()


@pytest.mark.parametrize("version", ["2.0", "2.1"])
def test_an_agency_scheme_of_another_id_is_refused_in_2_x(version: str) -> None:
    scheme = AgencyScheme(id="OTHERS", agency="A", name={"en": "Agencies"})
    with pytest.raises(StructureError, match="OTHERS"):
        written(version, scheme)
    assert parsed("1.0", scheme)["data"]["agencySchemes"][0]["id"] == "OTHERS"


@pytest.mark.parametrize(("id_", "sender"), [("", "S"), ("M 1", "S"), ("M", ""), ("M", "A/B")])
def test_a_header_without_ids_is_refused(id_: str, sender: str) -> None:
    with pytest.raises(StructureError) as caught:
        written("2.0", header=replace(HEADER, id=id_, sender=Party(sender, {})))
    assert caught.value.message_id == "header-incomplete"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_hierarchy_that_no_reader_can_be_expected_to_read_is_refused(version: str) -> None:
    code = HierarchicalCode(id="X", code=Reference("Code", "A", "CL", "1.0", "X"))
    for _ in range(150):
        code = replace(code, children=(code,))
    with pytest.raises(StructureError, match="200 levels"):
        written(version, Hierarchy(id="H", agency="A", name={"en": "H"}, codes=(code,)))


@pytest.mark.parametrize("version", VERSIONS)
def test_categories_too_deep_are_refused(version: str) -> None:
    items = [Item(id="C", name={"en": "C"})]
    for _ in range(150):
        items.append(replace(items[0], parent=items[-1].path))
    with pytest.raises(StructureError, match="200 levels"):
        written(version, CategoryScheme(id="CS", agency="A", name={"en": "C"}, items=tuple(items)))


@pytest.mark.parametrize("version", VERSIONS)
def test_a_category_below_one_that_is_not_there_is_refused(version: str) -> None:
    items = (Item(id="C", name={"en": "C"}, parent="B"),)
    with pytest.raises(StructureError) as caught:
        written(version, CategoryScheme(id="CS", agency="A", name={"en": "C"}, items=items))
    assert caught.value.message_id == "parent-unknown"
