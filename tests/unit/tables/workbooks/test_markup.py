"""XML is read tag by tag, and nothing in it can make it large."""

from collections.abc import Iterator

import pytest

from icstip.errors import TableError
from icstip.tables.workbooks import markup
from icstip.tables.workbooks.markup import read_tags


def refusal(*chunks: bytes) -> str:
    with pytest.raises(TableError) as caught:
        read_tags(chunks, "t.xlsx", "xl/part.xml", on_start=lambda _name, _attributes: None)
    return caught.value.message_id


def test_tags_and_texts_come_in_their_order_without_prefixes() -> None:
    seen: list[object] = []
    read_tags(
        [b"<x:a xmlns:x='u' k='1'>te", b"xt<b/></x:a>"],
        "t",
        "p",
        on_start=lambda name, attributes: seen.append((name, attributes.get("k"))),
        on_end=seen.append,
        on_text=seen.append,
    )
    assert seen == [("a", "1"), "te", "xt", ("b", None), "b", "a"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_encoding(encoding: str) -> None:
    assert refusal('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'.encode(encoding)) == "table-doctype"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"text",
        b"<a>",
        b"<a></b>",
        b"<a k='1' k='2'/>",
        b"<?xml version='1.0' encoding='none'?><a/>",
        b"<a>&e;</a>",
    ],
)
def test_what_is_not_well_formed_is_refused(content: bytes) -> None:
    assert refusal(content) == "table-broken-archive"


def test_tags_within_tags_without_end_are_refused() -> None:
    assert refusal(b"<a>" * (markup.MAX_DEPTH + 1)) == "table-broken-archive"


def test_a_tag_without_end_is_not_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MAX_PENDING_BYTES", 5_000)
    fed: list[int] = []

    def chunks() -> Iterator[bytes]:
        yield b"<a "
        for n in range(1_000):
            fed.append(n)
            yield f"k{n}='{'x' * 100}' ".encode()

    with pytest.raises(TableError):
        read_tags(chunks(), "t", "p", on_start=lambda _name, _attributes: None)
    assert len(fed) < 60
