"""Messages as a whole: valid by the official schemas, complete, and the same each time."""

import re
from collections import Counter
from pathlib import Path

import pytest
from tests.artefact_examples import everything as examples
from tests.examples.ml_writing import HEADER, WRITERS, Written, written

import icstip.messages.structure_ml as package
from icstip.artefacts.base import Maintainable
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.items import Codelist, Item
from icstip.artefacts.kinds import ORDER
from icstip.artefacts.notices import Notices
from icstip.messages.structure_ml.dialect import DIALECTS, Dialect
from icstip.texts import texts

in_all_versions = pytest.mark.parametrize("version", WRITERS)


def _codelist(version: str, codelist: str = "CL") -> Codelist:
    return Codelist(id=codelist, agency="TEST", version=version, name={"en": "List"})


@in_all_versions
def test_all_that_the_model_can_say_is_valid_by_the_official_schema(version: str, everything: Artefacts) -> None:
    assert Written(version, everything).faults == []


@in_all_versions
@pytest.mark.parametrize("artefact", tuple(examples()), ids=lambda artefact: artefact.id)
def test_each_artefact_alone_is_valid_and_told_of_if_it_is_left_out(version: str, artefact: Maintainable) -> None:
    message = written(version, artefact)
    is_there = bool(len(message.one("m:Structures")))
    assert is_there is not any(key.startswith("FORMAT-001") for key in message.said)


@in_all_versions
def test_every_class_that_the_version_has_is_there_in_its_container(version: str, everything: Artefacts) -> None:
    dialect = next(dialect for dialect in DIALECTS if dialect.format_id.endswith(version))
    message = Written(version, everything)
    for kind, container in dialect.containers.items():
        expected = _expected(kind, everything, dialect)
        found = message.all(f"m:Structures/s:{container}/s:{dialect.class_of(kind)}")
        assert [element.get("id") for element in found] == expected, kind


def _expected(kind: str, everything: Artefacts, dialect: Dialect) -> list[str]:
    left_out = {("2.1", "MULTI"), ("3.1", "THERE"), ("3.1", "THERE_KEYS")}
    version = dialect.format_id[-3:]
    return [a.id for a in everything if a.kind == kind and (version, a.id) not in left_out]


def test_the_classes_that_2_1_does_not_have_are_left_out_and_told(everything: Artefacts) -> None:
    left_out = [finding for finding in Written("2.1", everything).findings if finding.code == "FORMAT-001"]
    assert Counter(str(finding.place.key).partition("=")[0] for finding in left_out) == {
        "MetadataProviderScheme": 1,
        "ValueList": 1,
        "RepresentationMap": 2,
        "StructureMap": 1,
        "DataStructure": 1,  # the one with several measures
    }


@in_all_versions
def test_the_same_artefacts_give_the_same_bytes(version: str, everything: Artefacts) -> None:
    assert Written(version, everything).content == Written(version, examples()).content


@in_all_versions
def test_artefacts_of_a_class_keep_their_order(version: str) -> None:
    message = written(version, _codelist("1.0", "Z"), _codelist("1.0", "A"), _codelist("2.0", "Z"))
    assert [element.get("id") for element in message.all("s:Codelist")] == ["Z", "A", "Z"]


def test_3_x_has_its_containers_in_the_order_of_the_model(everything: Artefacts) -> None:
    containers = [str(box.tag).partition("}")[2] for box in Written("3.0", everything).one("m:Structures")]
    assert containers == ["Hierarchies" if kind == "Hierarchy" else f"{kind}s" for kind in ORDER]


@in_all_versions
def test_a_message_without_artefacts_is_valid(version: str) -> None:
    assert len(written(version).one("m:Structures")) == 0


@in_all_versions
def test_the_header_says_id_time_sender_receiver_and_source(version: str) -> None:
    message = written(version)
    assert message.texts("m:ID") == ["M1"]
    assert message.texts("m:Test") == ["true"]
    assert message.texts("m:Prepared") == ["2025-03-01T00:00:00"]
    assert message.one("m:Sender").get("id") == "TEST"
    assert message.texts("m:Sender/c:Name") == ["Test & co", "Essai"]
    assert message.one("m:Receiver").get("id") == "OTHER"
    assert message.texts("m:Source") == ["A <source>"]


def test_a_draft_is_left_out_of_2_1_if_the_final_version_has_its_number_there() -> None:
    draft, final = _codelist("1.0.0-draft"), _codelist("1.0.0")
    for artefacts in ((draft, final), (final, draft)):
        message = written("2.1", *artefacts)
        assert message.one("s:Codelist").get("isFinal") == "true"
        assert message.said == {"FORMAT-001 same-version": ()}
    assert len(written("3.0", draft, final).all("s:Codelist")) == 2


def test_of_two_drafts_of_a_version_2_1_has_the_first() -> None:
    first, second = _codelist("1.0.0-draft"), _codelist("1.0.0-draft2")
    message = written("2.1", first, second)
    assert message.one("s:Codelist").get("isFinal") == "false"
    assert "FORMAT-001 same-version" in message.said


def test_all_that_can_be_said_of_losses_has_a_text() -> None:
    said = r'(?:lost|translated|left_out)\((?:[a-z_]+, )?"([a-z0-9\-]+)"|reason = "([a-z0-9\-]+)"'
    keys = {
        first or second
        for path in Path(package.__path__[0]).rglob("*.py")
        for first, second in re.findall(said, path.read_text(encoding="utf-8"))
    }
    assert len(keys) > 30
    assert {key for key in keys if f"loss.{key}" not in texts("en")} == set()


@in_all_versions
def test_what_is_said_can_be_told(version: str, everything: Artefacts) -> None:
    assert all(finding.line() for finding in Written(version, everything).findings)


@in_all_versions
def test_twenty_thousand_codes_in_four_languages_are_all_there(version: str) -> None:
    names = {language: f"Name & <{language}>" for language in ("en", "fr", "es", "ar")}
    items = tuple(
        Item(id=f"{number:05d}", name=names, parent=f"{number // 10:05d}" if number else "") for number in range(20_000)
    )
    codelist = Codelist(id="CL", agency="TEST", version="1.0.0", name=names, items=items)
    content = WRITERS[version](Artefacts.of([codelist]), HEADER, Notices("m", "f"))
    assert content.count(b"<str:Code ") == 20_000
    assert content.count(b"Name &amp; &lt;ar&gt;</com:Name>") == 20_001
