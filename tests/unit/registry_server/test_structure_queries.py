"""Structure queries are answered as SDMX-REST 2.1 (doc/structures.md, doc/querying_versions.md) and 1.5 (4.3) say."""

from dataclasses import replace
from itertools import pairwise

import pytest
from tests.registry.checking import ML_21, ML_30, artefacts_in, ask, error_of, names_in
from tests.registry.server import LocalRegistry
from tests.registry.versions import order

from icstip.artefacts.items import CategoryScheme, Codelist, ConceptScheme, Extension, Item


@pytest.mark.parametrize(
    ("version", "found"),
    [
        ("1.0.1", ["1.0.1"]),
        ("2.0", ["2.0"]),
        ("2.1.0-draft", ["2.1.0-draft"]),
        ("~", ["2.1.0-draft"]),
        ("+", ["2.0.0"]),
        ("+.0.0", ["2.0.0"]),
        ("*", ["0.9.0", "1.0.0", "1.0.1", "1.1.0", "1.2.0-draft", "1.5", "2.0", "2.0.0", "2.1.0-draft"]),
        ("1.+.0", ["1.1.0"]),
        ("1.0.+", ["1.0.1"]),
        ("1.0+.0", ["1.1.0"]),
        ("1+.0.0", ["2.0.0"]),
        ("1.~.0", ["1.2.0-draft"]),
        ("~.0.0", ["2.1.0-draft"]),
        ("~.0", ["2.0"]),
        ("1.~", ["1.5"]),
        ("1.0.1*", ["1.0.1"]),
        ("1.0*.1", ["1.0.1", "1.1.0", "1.2.0-draft"]),
        ("1.*", ["1.5"]),
        ("*.0", ["1.5", "2.0"]),
        ("1.0.0,1.1+.0", ["1.0.0", "1.1.0"]),
    ],
)
def test_versions_are_found_by_wildcards(registry: LocalRegistry, version: str, found: list[str]) -> None:
    answer = ask(registry, f"/sdmx/v2/structure/codelist/OTHER/CL_MANY/{version}")
    assert sorted(names_in(answer)) == [f"CL_MANY {one}" for one in found]


def test_versions_sort_by_their_numbers_and_then_drafts_go_first() -> None:
    versions = ["0.9.0", "1.0.0-draft", "1.0.0-draft.2", "1.0.0-draft.10", "1.0.0-rc", "1.0.0", "1.2", "1.10.0"]
    assert all(order(earlier) < order(later) for earlier, later in pairwise(versions))


@pytest.mark.parametrize(
    "path",
    [
        "/sdmx/v2/structure/codelist/OTHER/CL_MANY",
        "/sdmx/v2/structure/codelist/OTHER/CL_MANY/",
        "/sdmx/v2/structure/codelist/%2A/CL_MANY/~",
        "/sdmx/v2/structure/*/OTHER",
    ],
)
def test_what_is_left_out_means_all_and_the_latest(registry: LocalRegistry, path: str) -> None:
    assert names_in(ask(registry, path)) == ["CL_MANY 2.1.0-draft"]


def test_several_agencies_and_ids_are_separated_by_commas(registry: LocalRegistry) -> None:
    answer = ask(registry, "/sdmx/v2/structure/codelist/TEST,OTHER/CL_AREA,CL_MANY")
    assert names_in(answer) == ["CL_AREA 1.0.0-draft", "CL_MANY 2.1.0-draft"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sdmx/v2/structure/codelist/TEST/NONE", 404),
        ("/sdmx/v2/structure/metadataflow", 404),  # a type that there is, of which nothing is there
        ("/sdmx/v2/structure/codlist", 400),
        ("/sdmx/v2/structure/codelist/1TEST", 400),
        ("/sdmx/v2/structure/codelist/TEST//1.0.0", 400),
        ("/sdmx/v2/structure/codelist/TEST/CL_AREA/1.0+.0+", 400),
        ("/sdmx/v2/structure/codelist/TEST/CL_AREA/latest", 400),
        ("/sdmx/v2/structure/codelist/TEST/CL_AREA/~/A/B", 400),
        ("/sdmx/v2/structure/dataflow/TEST/DF_VICTIM/~/A", 400),
        ("/sdmx/v2/structure/codelist?references=everything", 400),
        ("/sdmx/v2/structure/codelist?detail=some", 400),
        ("/sdmx/v2/structure/codelist?asOf=2024-01-01", 501),
        ("/sdmx/v2/data/dataflow/TEST/DF_VICTIM", 501),
        ("/sdmx/v2/nothing", 404),
        ("/ws/public/sdmxapi/rest/codelist/TEST/NONE", 404),
        ("/ws/public/sdmxapi/rest/valuelist", 404),
        ("/ws/public/sdmxapi/rest/codelist/TEST/CL_AREA/~", 400),
        ("/ws/public/sdmxapi/rest/codelist?detail=raw", 400),
        ("/rest/data/DF_VICTIM", 501),
        ("/rest/schema/dataflow/TEST/DF_VICTIM", 501),
    ],
)
def test_what_is_no_query_or_finds_nothing_is_an_error(registry: LocalRegistry, path: str, status: int) -> None:
    for accept in ("application/xml", "application/json"):
        answer = ask(registry, path, accept)
        assert answer.status_code == status
        code, text = error_of(answer)
        assert code == status
        assert text


@pytest.mark.parametrize(
    ("references", "found"),
    [
        ("none", {"DF_VICTIM"}),
        ("children", {"DF_VICTIM", "VICTIM", "AGENCIES"}),
        ("descendants", {"DF_VICTIM", "VICTIM", "AGENCIES", "CS_TEST", "CL_AREA", "CL_FORM", "CL_STATUS"}),
        ("parents", {"DF_VICTIM", "CN", "FILED"}),
        ("ancestors", {"DF_VICTIM", "CN", "FILED"}),
        ("parentsandsiblings", {"DF_VICTIM", "CN", "FILED", "CATS", "AGENCIES"}),
        ("datastructure", {"DF_VICTIM", "VICTIM"}),
        ("codelist,dataconstraint", {"DF_VICTIM", "CL_AREA", "CL_FORM", "CL_STATUS", "CN"}),
    ],
)
def test_references_add_what_is_related(registry: LocalRegistry, references: str, found: set[str]) -> None:
    answer = ask(registry, f"/sdmx/v2/structure/dataflow/TEST/DF_VICTIM?references={references}")
    assert {artefact.id for artefact in artefacts_in(answer)} == found


def test_all_references_are_parents_siblings_and_descendants(registry: LocalRegistry) -> None:
    answer = ask(registry, "/sdmx/v2/structure/dataflow/TEST/DF_VICTIM?references=all")
    found = {artefact.id for artefact in artefacts_in(answer)}
    assert found == {
        "DF_VICTIM",
        "CN",
        "FILED",
        "CATS",
        "AGENCIES",
        "VICTIM",
        "CS_TEST",
        "CL_AREA",
        "CL_FORM",
        "CL_STATUS",
    }


def test_stubs_are_heads_without_what_is_in_them(registry: LocalRegistry) -> None:
    path = "/sdmx/v2/structure/datastructure/TEST/VICTIM?references=descendants&detail="
    full = artefacts_in(ask(registry, f"{path}full"))
    stubs = artefacts_in(ask(registry, f"{path}allstubs"))
    assert [artefact.reference for artefact in stubs] == [artefact.reference for artefact in full]
    assert all(artefact.external and artefact.name and not artefact.annotations for artefact in stubs)
    assert [one.items for one in stubs.all_of(Codelist)] == [(), (), ()]
    complete = artefacts_in(ask(registry, f"{path}allcompletestubs"))
    assert [(one.description, one.annotations) for one in complete] == [
        (one.description, one.annotations) for one in full
    ]
    mixed = artefacts_in(ask(registry, f"{path}referencestubs"))
    assert {artefact.id for artefact in mixed if not artefact.external} == {"VICTIM"}


def test_partial_references_have_only_what_is_used(registry: LocalRegistry) -> None:
    answer = ask(registry, "/sdmx/v2/structure/dataflow/TEST/DF_VICTIM?references=all&detail=referencepartial")
    found = {artefact.id: artefact for artefact in artefacts_in(answer)}
    forms, concepts, categories = found["CL_FORM"], found["CS_TEST"], found["CATS"]
    assert isinstance(forms, Codelist)
    assert isinstance(concepts, ConceptScheme)
    assert isinstance(categories, CategoryScheme)
    assert (forms.partial, [code.id for code in forms.items]) == (True, ["SLAVERY"])
    assert [category.path for category in categories.items] == ["TOP", "TOP.SUB"]
    assert [concept.id for concept in concepts.items] == ["AREA", "FORM", "TIME_PERIOD", "OBS_VALUE", "STATUS", "NOTE"]
    assert not concepts.partial  # all of them are used


@pytest.mark.parametrize(
    ("members", "include", "codes"),
    [
        ((), True, ["X_A", "X_A1", "X_B", "OWN"]),
        ((("A", "false"),), True, ["X_A", "OWN"]),
        ((("A", "true"),), True, ["X_A", "X_A1", "OWN"]),
        ((("A", "excluderoot"),), True, ["X_A1", "OWN"]),
        ((("A%", "false"),), False, ["X_B", "OWN"]),
    ],
)
def test_code_lists_have_the_codes_that_they_extend_unless_they_are_raw(
    *, members: tuple[tuple[str, str], ...], include: bool, codes: list[str]
) -> None:
    items = tuple(Item(id=code, name={"en": code}, parent="A" if code == "A1" else "") for code in ("A", "A1", "B"))
    base = Codelist(id="BASE", agency="TEST", version="1.0.0", name={"en": "Base"}, items=items)
    extension = Extension(base.reference, "X_", include=include, members=members)
    own = (Item(id="OWN", name={"en": "Own"}),)
    wider = replace(base, id="WIDER", items=own, extensions=(extension,))
    with LocalRegistry([base, wider]) as registry:
        (full,) = artefacts_in(ask(registry, "/sdmx/v2/structure/codelist/TEST/WIDER", ML_30))
        assert isinstance(full, Codelist)
        assert ([code.id for code in full.items], full.extensions) == (codes, ())
        (raw,) = artefacts_in(ask(registry, "/sdmx/v2/structure/codelist/TEST/WIDER?detail=raw", ML_30))
        assert raw == wider


def test_items_are_found_by_their_ids_and_paths(registry: LocalRegistry) -> None:
    (codelist,) = artefacts_in(ask(registry, "/sdmx/v2/structure/codelist/TEST/CL_AREA/~/001,CI"))
    assert isinstance(codelist, Codelist)
    assert (codelist.partial, [code.id for code in codelist.items]) == (True, ["001", "CI"])
    (scheme,) = artefacts_in(ask(registry, "/sdmx/v2/structure/categoryscheme/TEST/CATS/~/TOP.SUB"))
    assert isinstance(scheme, CategoryScheme)
    assert [category.path for category in scheme.items] == ["TOP", "TOP.SUB"]
    assert ask(registry, "/sdmx/v2/structure/codelist/TEST/CL_AREA/~/NONE").status_code == 404


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("codelist/OTHER/CL_MANY", ["2.1.0-draft"]),
        ("codelist/OTHER/CL_MANY/latest", ["2.1.0-draft"]),
        ("codelist/OTHER/CL_MANY/1.2.0", ["1.2.0-draft"]),  # SDMX 2.1 has no extension, but isFinal
        ("codelist/OTHER/CL_MANY/1.0.0+2.0", ["1.0.0", "2.0"]),
        ("codelist/all/CL_MANY/1.5", ["1.5"]),
        ("structure/OTHER", ["2.1.0-draft"]),
    ],
)
def test_the_older_queries_find_versions_too(registry: LocalRegistry, path: str, found: list[str]) -> None:
    for entry in ("/ws/public/sdmxapi/rest", "/rest"):
        answer = ask(registry, f"{entry}/{path}")
        assert answer.headers["Content-Type"] == ML_21
        assert names_in(answer) == [f"CL_MANY {one}" for one in found]


def test_the_older_queries_have_ids_with_plus_and_resources_of_their_own(registry: LocalRegistry) -> None:
    entry = "/ws/public/sdmxapi/rest"
    assert len(artefacts_in(ask(registry, f"{entry}/codelist/TEST+OTHER/CL_AREA+CL_MANY"))) == 2
    assert names_in(ask(registry, f"{entry}/contentconstraint/TEST")) == ["CN 1.0.0-draft"]
    assert names_in(ask(registry, f"{entry}/allowedconstraint/TEST/CN")) == ["CN 1.0.0-draft"]
    assert ask(registry, f"{entry}/actualconstraint/TEST/CN").status_code == 404
    assert [one.kind for one in artefacts_in(ask(registry, f"{entry}/organisationscheme"))] == ["AgencyScheme"]
    assert 'isFinal="false"' in ask(registry, f"{entry}/codelist/OTHER/CL_MANY/2.1.0").text
    assert 'isFinal="true"' in ask(registry, f"{entry}/codelist/OTHER/CL_MANY/1.0.0").text


def test_a_schema_has_only_the_codes_that_the_context_allows(registry: LocalRegistry) -> None:
    answer = ask(registry, "/sdmx/v2/schema/dataflow/TEST/DF_VICTIM/~")
    found = {artefact.id: artefact for artefact in artefacts_in(answer)}
    forms = found["CL_FORM"]
    assert isinstance(forms, Codelist)
    assert [code.id for code in forms.items] == ["SLAVERY"]
    assert "VICTIM" in found
    assert "DF_VICTIM" not in found
    whole = artefacts_in(ask(registry, "/sdmx/v2/schema/datastructure/TEST/VICTIM/~")).all_of(Codelist)
    assert [len(codelist.items) for codelist in whole] == [4, 4, 2]


def test_a_registry_without_an_interface_does_not_serve_it(registry: LocalRegistry) -> None:
    registry.service.rest = ("1.x",)
    assert ask(registry, "/sdmx/v2/structure/codelist").status_code == 404
    assert ask(registry, "/rest/codelist").status_code == 200
