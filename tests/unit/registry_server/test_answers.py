"""Answers have the format that is asked for, are valid by the official schemas, and say when they have not changed."""

import json

import pytest
from tests.examples.json_messages import faults
from tests.registry.checking import JSON_20, ML_21, ML_30, artefacts_in, ask, error_of, schema_fault
from tests.registry.server import LocalRegistry

from icstip.artefacts.collection import Artefacts
from icstip.messages.formats import formats_of

ML_31 = "application/vnd.sdmx.structure+xml;version=3.1.0"
JSON_10 = "application/vnd.sdmx.structure+json;version=1.0.0"
CATEGORIES = "/sdmx/v2/structure/categoryscheme/TEST/CATS?references=parentsandsiblings"
VICTIM = "/sdmx/v2/structure/dataflow/TEST/DF_VICTIM?references=all"


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("", JSON_20),
        ("*/*", JSON_20),
        (ML_21, ML_21),
        (ML_31, ML_31),
        ("application/xml", ML_30),
        ("application/json", JSON_20),
        ("application/vnd.sdmx.structure+xml", ML_30),
        (f"{JSON_20};q=0.4, {ML_21};q=0.8", ML_21),
        (f"text/html, {ML_30};q=0.1", ML_30),
        (f"*/*;q=0.5, {JSON_20};q=0", ML_30),
        ("application/vnd.sdmx.structure+xml; version=3.0.0+", ML_30),
        ("application/vnd.sdmx.structure+json;version=2.1+.0", "application/vnd.sdmx.structure+json;version=2.1.0"),
        ("application/*", JSON_20),
    ],
)
def test_the_format_is_the_one_that_is_wanted_most(registry: LocalRegistry, accept: str, given: str) -> None:
    answer = ask(registry, VICTIM, accept)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, given)


@pytest.mark.parametrize("accept", ["text/html", "application/vnd.sdmx.structure+xml;version=2.0", f"{ML_21};q=0"])
def test_a_format_that_there_is_not_is_not_acceptable(registry: LocalRegistry, accept: str) -> None:
    answer = ask(registry, VICTIM, accept)
    assert answer.status_code == 406
    assert JSON_20 in error_of(answer)[1]
    assert ask(registry, "/rest/codelist", ML_30).status_code == 406


@pytest.mark.parametrize("media_type", [entry.media_type for entry in formats_of("structure")])
@pytest.mark.parametrize("query", [f"{CATEGORIES}&detail=allstubs", "/sdmx/v2/structure/codelist/TEST/CL_AREA/~/CI"])
def test_answers_are_valid_by_the_official_schemas(registry: LocalRegistry, media_type: str, query: str) -> None:
    answer = ask(registry, query, media_type)
    assert answer.status_code == 200
    if "json" in media_type:
        assert faults(media_type[-5:-2], answer.content) == []
    else:
        assert schema_fault(answer.content) == ""


@pytest.mark.parametrize("media_type", [ML_21, ML_30, ML_31])
@pytest.mark.parametrize("detail", ["full", "referencepartial", "referencecompletestubs"])
def test_answers_with_references_are_valid_too(registry: LocalRegistry, media_type: str, detail: str) -> None:
    assert schema_fault(ask(registry, f"{VICTIM}&detail={detail}", media_type).content) == ""


@pytest.mark.parametrize("media_type", [ML_21, ML_30, ML_31])
def test_all_that_the_information_model_has_is_served_validly(everything: Artefacts, media_type: str) -> None:
    with LocalRegistry(everything) as whole:
        for detail in ("raw", "full", "allstubs", "referencepartial"):
            answer = ask(whole, f"/sdmx/v2/structure/*/*/*/*?detail={detail}", media_type)
            assert (answer.status_code, schema_fault(answer.content)) == (200, "")


def test_equal_answers_have_equal_tags_and_are_not_sent_again(registry: LocalRegistry) -> None:
    first = ask(registry, VICTIM)
    assert "Accept" in first.headers["Vary"]
    again = ask(registry, VICTIM, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert ask(registry, VICTIM, headers={"If-None-Match": '"other", ' + first.headers["ETag"]}).status_code == 304
    assert ask(registry, VICTIM, ML_21, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    assert ask(registry, VICTIM, headers={"If-Modified-Since": first.headers["Last-Modified"]}).status_code == 304
    assert ask(registry, VICTIM, headers={"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}).status_code == 200
    registry.store.remove(("Categorisation", "TEST", "FILED", "1.0"))
    assert ask(registry, VICTIM, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_registry_can_be_without_tags(registry: LocalRegistry) -> None:
    registry.service.etags = False
    assert "ETag" not in ask(registry, VICTIM).headers


def test_answers_are_compressed_where_that_is_accepted(registry: LocalRegistry) -> None:
    compressed = ask(registry, VICTIM, headers={"Accept-Encoding": "gzip"})
    plain = ask(registry, VICTIM, headers={"Accept-Encoding": "identity"})
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert compressed.content == plain.content


def test_a_format_that_lacks_a_class_goes_without_it(registry: LocalRegistry) -> None:
    answer = ask(registry, "/sdmx/v2/structure/*/*/*/*", ML_21)
    assert len(artefacts_in(answer)) == len(registry.store)
    assert ask(registry, "/rest/codelist", JSON_10).headers["Content-Type"] == JSON_10


def test_a_schema_in_json_links_to_what_it_is_made_of(registry: LocalRegistry) -> None:
    answer = ask(registry, "/sdmx/v2/schema/dataflow/TEST/DF_VICTIM/~", JSON_20)
    assert faults("2.0", answer.content) == []
    urns = [link["urn"].rpartition("=")[2] for link in json.loads(answer.content)["meta"]["links"]]
    assert urns == [f"TEST:{name}(1.0.0-draft)" for name in ("CL_AREA", "CL_FORM", "CL_STATUS", "CS_TEST", "VICTIM")]


def test_bytes_are_served_as_they_are(registry: LocalRegistry) -> None:
    registry.serve_bytes("/sdmx/v2/structure/codelist/SDMX/CL_FREQ/2.0", b"<any/>", "application/xml")
    registry.serve_bytes("/any?where=here", b"here", "text/plain")
    answer = ask(registry, "/sdmx/v2/structure/codelist/SDMX/CL_FREQ/2.0?detail=full")
    assert (answer.content, answer.headers["Content-Type"]) == (b"<any/>", "application/xml")
    assert ask(registry, "/any?where=here").content == b"here"
    assert ask(registry, "/any?where=there").status_code == 404


def test_requests_are_recorded_with_the_status_of_their_answers(registry: LocalRegistry) -> None:
    ask(registry, "/sdmx/v2/structure/codelist?detail=full", ML_30)
    ask(registry, "/none")
    assert [(one.method, one.path, one.status) for one in registry.requests] == [
        ("GET", "/sdmx/v2/structure/codelist?detail=full", 200),
        ("GET", "/none", 404),
    ]
    assert registry.requests[0].headers["accept"] == ML_30
