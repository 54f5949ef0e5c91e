"""Pages as a browser reads them, and texts that try to be more than text."""

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

VOID = frozenset({"meta", "col", "br", "img"})
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{ 7*7 }}",
    "</style>",
)


class Page(HTMLParser):
    """What a browser makes of a page: its elements, their nesting, its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.misnested: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.misnested.append(tag)

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def assert_needs_nothing_but_itself(source: str) -> None:
    """Fail where a page loads something, runs something, or leads somewhere else."""
    page = Page(source)
    assert {"script", "link", "img", "iframe", "object", "form", "base"}.isdisjoint(tag for tag, _ in page.elements)
    assert not re.search(r"url\(|@import|https?:", source)
    assert all(str(link["href"]).startswith("#") for link in page.all("a"))
    policies = [meta.get("content") or "" for meta in page.all("meta")]
    assert any(policy.startswith("default-src 'none'") for policy in policies)


def assert_is_well_nested(page: Page) -> None:
    """Fail where elements are not nested, an id is there twice, or a link finds no place."""
    assert page.misnested == []
    assert page.open == []
    ids = Counter(attributes["id"] for _, attributes in page.elements if "id" in attributes)
    assert set(ids.values()) == {1}
    targets = {str(link["href"])[1:] for link in page.all("a")}
    targets |= {str(given["aria-labelledby"]) for _, given in page.elements if "aria-labelledby" in given}
    assert targets <= set(ids)


def assert_can_be_heard(page: Page) -> None:
    """Fail where a table has no headers, a picture no words, or headings leave out a level."""
    assert {header.get("scope") for header in page.all("th")} == {"col", "row"}
    assert len(page.all("caption")) == len(page.all("table"))
    for picture in page.all("svg"):
        assert picture.get("aria-hidden") == "true" or (picture.get("role") == "img" and picture.get("aria-label"))
    headings = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h\d", tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))
