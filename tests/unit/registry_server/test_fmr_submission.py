"""Structures are submitted as to the Fusion Metadata Registry: actions, versions, references, what the answer says."""

import gzip
from dataclasses import replace

import pytest
import requests
from tests.registry.checking import error_of, message_of, post_as_fmr, results_of, schema_fault
from tests.registry.server import LocalRegistry
from tests.registry.store import Key

from icstip.artefacts.base import Maintainable, Reference, Representation
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.items import CategoryScheme, Codelist, ConceptScheme, Item
from icstip.messages.formats import formats_of

URL = "/ws/secure/sdmxapi/rest"


def _codelist(version: str, *codes: str, name: str = "List") -> Codelist:
    return Codelist(
        id="CL",
        agency="TEST",
        version=version,
        name={"en": name},
        items=tuple(Item(id=code, name={"en": code}) for code in codes),
    )


def _scheme(version: str, codelist_version: str) -> ConceptScheme:
    coded = Representation(enumeration=Reference("Codelist", "TEST", "CL", codelist_version))
    return ConceptScheme(
        id="CS",
        agency="TEST",
        version=version,
        name={"en": "Scheme"},
        items=(Item(id="C", name={"en": "C"}, representation=coded),),
    )


@pytest.mark.parametrize("format_id", [entry.id for entry in formats_of("structure")])
def test_structures_of_every_format_are_stored_as_they_are(
    empty: LocalRegistry, artefacts: Artefacts, format_id: str
) -> None:
    whole = [artefact for artefact in artefacts if not (artefact.id == "CL_MANY" and format_id[-3:] in {"2.1", "1.0"})]
    answer = requests.post(
        f"{empty.url}{URL}",
        message_of(whole, format_id),
        headers={"Action": "Append", "Content-Type": "application/text"},
        timeout=10,
    )
    assert answer.status_code == 200
    assert {status for status, _ in results_of(answer).values()} == {"Success"}
    assert list(empty.store.artefacts) == list(Artefacts.of(whole))


def test_append_refuses_what_exists_and_stores_the_others(empty: LocalRegistry, drafts: list[Maintainable]) -> None:
    post_as_fmr(empty, drafts[:1])
    changed = replace(drafts[0], name={"en": "Changed"})
    answer = post_as_fmr(empty, [changed, drafts[1]])
    assert answer.status_code == 200
    assert results_of(answer) == {"CL 1.0.0-draft": ("Failure", "409"), "CS 1.0.0-draft": ("Success", "201")}
    assert list(empty.store.values()) == drafts


def test_replace_changes_drafts_and_never_what_is_stable(empty: LocalRegistry) -> None:
    post_as_fmr(empty, [_codelist("1.0.0", "A"), _codelist("1.1.0-draft", "A"), _codelist("0.1.0", "A")])
    draft = post_as_fmr(empty, [_codelist("1.1.0-draft", "B"), _codelist("0.1.0", "B")], "Replace")
    assert results_of(draft) == {"CL 1.1.0-draft": ("Success", "200"), "CL 0.1.0": ("Success", "200")}
    stable = post_as_fmr(empty, [_codelist("1.0.0", "A", "B")], "Replace")
    assert (stable.status_code, results_of(stable)) == (200, {"CL 1.0.0": ("Failure", "409")})
    same = post_as_fmr(empty, [_codelist("1.0.0", "A")], "Replace")
    assert results_of(same) == {"CL 1.0.0": ("Warning", "200")}
    assert list(empty.store.values()) == [
        _codelist("1.0.0", "A"),
        _codelist("1.1.0-draft", "B"),
        _codelist("0.1.0", "B"),
    ]


def test_what_is_final_in_2_1_is_stable_as_well(empty: LocalRegistry) -> None:
    headers = {"Action": "Replace"}
    final, changed = (replace(_codelist("1.0", code), final=True) for code in "AB")
    for artefact, status in ((final, "Success"), (changed, "Failure")):
        answer = requests.post(f"{empty.url}{URL}", message_of([artefact], "sdmx-ml-2.1"), headers=headers, timeout=10)
        assert results_of(answer)["CL 1.0"][0] == status


def test_merge_puts_items_into_those_that_are_there(empty: LocalRegistry) -> None:
    post_as_fmr(empty, [_codelist("1.0.0-draft", "A", "B", "C")])
    added = replace(
        _codelist("1.0.0-draft", "B", "X"), items=(Item(id="B", name={"en": "New"}), Item(id="X", name={"en": "X"}))
    )
    answer = post_as_fmr(empty, [added], "Merge")
    assert results_of(answer) == {"CL 1.0.0-draft": ("Success", "200")}
    (codelist,) = empty.store.values()
    assert isinstance(codelist, Codelist)
    assert [(code.id, code.name["en"]) for code in codelist.items] == [("A", "A"), ("B", "New"), ("C", "C"), ("X", "X")]


def test_full_replace_removes_all_others_and_is_done_without_a_header(
    registry: LocalRegistry, released: list[Maintainable]
) -> None:
    answer = requests.post(f"{registry.url}{URL}", message_of(released), timeout=10)
    assert set(results_of(answer).values()) == {("Success", "201")}
    assert list(registry.store.values()) == released


def test_delete_keeps_what_others_refer_to(empty: LocalRegistry) -> None:
    post_as_fmr(empty, [_codelist("1.0.0-draft", "A"), _scheme("1.0.0-draft", "1.0.0-draft")])
    refused = post_as_fmr(empty, [_codelist("1.0.0-draft", "A")], "Delete")
    assert results_of(refused) == {"CL 1.0.0-draft": ("Failure", "409")}
    both = post_as_fmr(empty, [_codelist("1.0.0-draft", "A"), _scheme("1.0.0-draft", "1.0.0-draft")], "Delete")
    assert set(results_of(both).values()) == {("Success", "200")}
    assert not len(empty.store)


def test_one_reference_to_nothing_refuses_the_message(empty: LocalRegistry, drafts: list[Maintainable]) -> None:
    lost = _scheme("1.0.0-draft", "9.0.0")
    answer = post_as_fmr(empty, [drafts[0], lost], "Replace")
    assert results_of(answer) == {"CL 1.0.0-draft": ("Failure", "424"), "CS 1.0.0-draft": ("Failure", "409")}
    assert "TEST:CL(9.0.0)" in answer.text
    assert (answer.status_code, len(empty.store)) == (200, 0)
    empty.service.unresolved = 400
    assert post_as_fmr(empty, [lost], "Replace").status_code == 400
    kept = post_as_fmr(empty, [drafts[0], lost], "Replace", Skip_Invalid="true")
    assert results_of(kept) == {"CL 1.0.0-draft": ("Success", "201"), "CS 1.0.0-draft": ("Failure", "409")}
    assert list(empty.store.values()) == [drafts[0]]


def test_what_is_refused_is_not_there_for_others(empty: LocalRegistry) -> None:
    post_as_fmr(empty, [_codelist("1.0.0", "A")])
    flawed = [_codelist("1.0.0", "A", "B"), _scheme("1.1.0-draft", "1.0.0"), _scheme("1.2.0-draft", "1.1.0")]
    answer = post_as_fmr(empty, flawed, "Replace", Skip_Invalid="true")
    assert {name: status for name, (status, _) in results_of(answer).items()} == {
        "CL 1.0.0": "Failure",
        "CS 1.1.0-draft": "Success",
        "CS 1.2.0-draft": "Failure",
    }


@pytest.mark.parametrize(
    ("referring", "referred", "status"),
    [
        ("1.0.0-draft", "1.5", "Failure"),  # semantic versions refer to such only
        ("1.0", "1.5", "Success"),
        ("1.0", "1.0.0-draft", "Success"),
        ("1.0.0", "1.0.0-draft", "Failure"),  # what is released refers to what is released only
        ("1.0.0-draft", "1.0.0", "Success"),
        ("1.0.0", "1.0.0", "Success"),
    ],
)
def test_versions_refer_to_versions_as_the_rules_allow(
    empty: LocalRegistry, referring: str, referred: str, status: str
) -> None:
    post_as_fmr(empty, [_codelist(referred, "A")])
    answer = post_as_fmr(empty, [_scheme(referring, referred)])
    assert results_of(answer)[f"CS {referring}"][0] == status


def test_a_wildcard_refers_to_the_latest_that_fits(empty: LocalRegistry) -> None:
    assert results_of(post_as_fmr(empty, [_scheme("1.0.0", "1.0+.0")]))["CS 1.0.0"][0] == "Failure"
    post_as_fmr(empty, [_codelist("1.3.0", "A")])
    assert results_of(post_as_fmr(empty, [_scheme("1.0.0", "1.0+.0")]))["CS 1.0.0"][0] == "Success"


def test_a_code_that_others_refer_to_cannot_go(registry: LocalRegistry) -> None:
    key = Key("CategoryScheme", "TEST", "CATS", "1.0.0-draft")
    scheme = registry.store[key]
    assert isinstance(scheme, CategoryScheme)
    answer = post_as_fmr(registry, [replace(scheme, items=scheme.items[:1])], "Replace")
    assert results_of(answer) == {"CATS 1.0.0-draft": ("Failure", "409")}
    assert "lost what others refer to" in answer.text
    assert registry.store[key] == scheme


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"", {}),
        (b"<a", {}),
        (b"<a/>", {}),
        (b'{"data": 1}', {}),
        (b"not gzip", {"Content-Encoding": "gzip"}),
        (b"<x/>", {"Action": "Overwrite"}),
    ],
)
def test_what_cannot_be_read_is_a_bad_request(empty: LocalRegistry, body: bytes, headers: dict[str, str]) -> None:
    answer = requests.post(f"{empty.url}{URL}", body, headers={"Action": "Append", **headers}, timeout=10)
    assert (answer.status_code, schema_fault(answer.content)) == (400, "")


def test_xml_must_be_valid_by_the_official_schema(empty: LocalRegistry, released: list[Maintainable]) -> None:
    wrong = message_of(released).replace(b"<mes:Test>", b"<mes:Tested>").replace(b"</mes:Test>", b"</mes:Tested>")
    answer = requests.post(f"{empty.url}{URL}", wrong, headers={"Action": "Append"}, timeout=10)
    assert answer.status_code == 400
    assert "Tested" in error_of(answer)[1]


def test_a_file_of_a_form_and_compressed_bodies_are_taken(empty: LocalRegistry, released: list[Maintainable]) -> None:
    content = message_of(released)
    files = {"uploadFile": ("structures.xml", content, "application/xml")}
    answer = requests.post(f"{empty.url}{URL}", files=files, headers={"Action": "Append"}, timeout=10)
    assert set(results_of(answer).values()) == {("Success", "201")}
    headers = {"Action": "Replace", "Content-Encoding": "gzip"}
    again = requests.post(f"{empty.url}{URL}", gzip.compress(content), headers=headers, timeout=10)
    assert set(results_of(again).values()) == {("Warning", "200")}
    assert requests.post(f"{empty.url}{URL}", files={"other": content}, timeout=10).status_code == 400


def test_a_registry_need_not_take_submissions_so(empty: LocalRegistry, released: list[Maintainable]) -> None:
    assert requests.get(f"{empty.url}{URL}", timeout=10).status_code == 405
    empty.service.fmr = False
    assert post_as_fmr(empty, released).status_code in {404, 405}
