"""Structures are maintained as SDMX-REST 2.1 (doc/maintenance.md, annex IV) says."""

from dataclasses import replace

import pytest
from tests.registry.checking import JSON_20, ML_21, ML_30, ask, change, error_of, results_of
from tests.registry.server import LocalRegistry

from icstip.artefacts.base import Maintainable, Reference, Representation
from icstip.artefacts.items import CategoryScheme, Codelist, ConceptScheme, Item

DRAFT = "/codelist/TEST/CL/1.0.0-draft"


def _refers(scheme: Maintainable, version: str) -> ConceptScheme:
    assert isinstance(scheme, ConceptScheme)
    coded = Representation(enumeration=Reference("Codelist", "TEST", "CL", version))
    return replace(scheme, items=(Item(id="C", name={"en": "C"}, representation=coded),))


def test_post_creates_and_updates(empty: LocalRegistry, drafts: list[Maintainable]) -> None:
    created = change(empty, "POST", "", drafts)
    assert created.status_code == 201
    assert results_of(created) == {"CL 1.0.0-draft": ("Success", "201"), "CS 1.0.0-draft": ("Success", "201")}
    assert list(empty.store.values()) == drafts
    updated = change(empty, "POST", "/codelist", [replace(drafts[0], name={"en": "Changed"})])
    assert (updated.status_code, results_of(updated)) == (200, {"CL 1.0.0-draft": ("Success", "200")})
    assert empty.store["Codelist", "TEST", "CL", "1.0.0-draft"].name == {"en": "Changed"}


def test_what_is_stable_is_created_and_never_changed(empty: LocalRegistry, released: list[Maintainable]) -> None:
    assert change(empty, "POST", "", released).status_code == 201
    for method, path in (("POST", ""), ("PUT", "/codelist/TEST/CL/1.0.0")):
        changed = change(empty, method, path, [replace(released[0], name={"en": "Changed"})])
        assert (changed.status_code, results_of(changed)) == (409, {"CL 1.0.0": ("Failure", "409")})
    assert change(empty, "PUT", "/codelist/TEST/CL/1.0.0", released[:1]).status_code == 200
    assert list(empty.store.values()) == released


def test_what_is_taken_in_part_has_several_statuses(empty: LocalRegistry, drafts: list[Maintainable]) -> None:
    lost = _refers(drafts[1], "9.0.0")
    answer = change(empty, "POST", "", [drafts[0], lost])
    assert answer.status_code == 207
    assert results_of(answer) == {"CL 1.0.0-draft": ("Success", "201"), "CS 1.0.0-draft": ("Failure", "409")}
    assert list(empty.store.values()) == drafts[:1]
    assert change(empty, "POST", "", [lost]).status_code == 409


def test_put_updates_what_is_there_and_nothing_else(empty: LocalRegistry, drafts: list[Maintainable]) -> None:
    absent = change(empty, "PUT", DRAFT, drafts[:1])
    assert (absent.status_code, results_of(absent)) == (404, {"CL 1.0.0-draft": ("Failure", "404")})
    change(empty, "POST", "", drafts)
    updated = change(empty, "PUT", DRAFT, [replace(drafts[0], name={"en": "Changed"})])
    assert (updated.status_code, results_of(updated)) == (200, {"CL 1.0.0-draft": ("Success", "200")})
    for path, sent in ((DRAFT, drafts), (DRAFT, drafts[1:]), ("/codelist/TEST/CL/2.0.0", drafts[:1])):
        assert change(empty, "PUT", path, sent).status_code == 422
    assert change(empty, "POST", "/dataflow", drafts).status_code == 422


def test_an_update_that_breaks_references_is_a_conflict(registry: LocalRegistry) -> None:
    scheme = registry.store["CategoryScheme", "TEST", "CATS", "1.0.0-draft"]
    assert isinstance(scheme, CategoryScheme)
    answer = change(registry, "PUT", "/categoryscheme/TEST/CATS/1.0.0-draft", [replace(scheme, items=scheme.items[:1])])
    assert answer.status_code == 409


def test_a_partial_item_scheme_is_put_into_the_whole_one(empty: LocalRegistry, drafts: list[Maintainable]) -> None:
    change(empty, "POST", "", drafts)
    items = (Item(id="B", name={"en": "New"}), Item(id="Z", name={"en": "Z"}))
    assert isinstance(drafts[0], Codelist)
    answer = change(empty, "PUT", DRAFT, [replace(drafts[0], items=items, partial=True)])
    assert answer.status_code == 200
    codelist = empty.store["Codelist", "TEST", "CL", "1.0.0-draft"]
    assert isinstance(codelist, Codelist)
    assert not codelist.partial
    assert [(code.id, code.name["en"]) for code in codelist.items] == [("A", "A"), ("B", "New"), ("Z", "Z")]


def test_delete_takes_drafts_that_nothing_refers_to(empty: LocalRegistry, drafts: list[Maintainable]) -> None:
    change(empty, "POST", "", [drafts[0], _refers(drafts[1], "1.0.0-draft")])
    assert change(empty, "DELETE", DRAFT).status_code == 409
    assert change(empty, "DELETE", "/conceptscheme/TEST/CS/1.0.0-draft").status_code == 200
    answer = change(empty, "DELETE", DRAFT)
    assert (answer.status_code, results_of(answer)) == (200, {"CL 1.0.0-draft": ("Success", "200")})
    assert not len(empty.store)
    assert change(empty, "DELETE", DRAFT).status_code == 404


def test_delete_never_takes_what_is_stable(empty: LocalRegistry, released: list[Maintainable]) -> None:
    change(empty, "POST", "", released)
    assert change(empty, "DELETE", "/codelist/TEST/CL/1.0.0").status_code == 409
    assert change(empty, "DELETE", "/codelist/TEST/CL/1.0.0/A").status_code == 409
    assert len(empty.store) == 2


def test_delete_takes_an_item_and_what_is_in_it(registry: LocalRegistry, drafts: list[Maintainable]) -> None:
    change(registry, "POST", "", drafts[:1])
    assert change(registry, "DELETE", f"{DRAFT}/A").status_code == 200
    codelist = registry.store["Codelist", "TEST", "CL", "1.0.0-draft"]
    assert isinstance(codelist, Codelist)
    assert [(code.id, code.parent) for code in codelist.items] == [("B", "")]
    assert change(registry, "DELETE", f"{DRAFT}/A").status_code == 404
    assert change(registry, "DELETE", "/categoryscheme/TEST/CATS/1.0.0-draft/TOP").status_code == 409
    assert change(registry, "DELETE", "/categoryscheme/TEST/CATS/1.0.0-draft/X").status_code == 200
    change(registry, "DELETE", "/categorisation/TEST/FILED/1.0")
    assert change(registry, "DELETE", "/categoryscheme/TEST/CATS/1.0.0-draft/TOP").status_code == 200
    categories = registry.store["CategoryScheme", "TEST", "CATS", "1.0.0-draft"]
    assert isinstance(categories, CategoryScheme)
    assert categories.items == ()


@pytest.mark.parametrize(("accept", "version"), [("", "v3_0"), (ML_21, "v2_1"), (JSON_20, "v3_0")])
def test_answers_are_in_the_version_that_is_asked_for(
    empty: LocalRegistry, released: list[Maintainable], accept: str, version: str
) -> None:
    answer = change(empty, "POST", "", released, Accept=accept)
    assert results_of(answer)
    assert f"/{version}/message" in answer.text


def test_the_body_must_be_what_its_type_says(empty: LocalRegistry, released: list[Maintainable]) -> None:
    assert change(empty, "POST", "", released, Content_Type="text/plain").status_code == 415
    assert change(empty, "POST", "", released, Content_Type=JSON_20).status_code == 400
    unread = change(empty, "POST", "", Content_Type=ML_30)
    assert (unread.status_code, error_of(unread)[0]) == (400, 400)
    assert change(empty, "POST", "", released, Content_Type="application/xml").status_code == 201


def test_addresses_take_the_methods_that_fit_them(empty: LocalRegistry, released: list[Maintainable]) -> None:
    assert change(empty, "POST", DRAFT, released).status_code == 405
    assert change(empty, "PUT", "/codelist", released).status_code == 405
    assert change(empty, "DELETE", "/codelist/TEST").status_code == 405
    empty.service.maintenance = False
    refused = change(empty, "POST", "", released)
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET")
    assert ask(empty, "/sdmx/v2/structure").status_code == 404
