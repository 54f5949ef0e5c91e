"""Notices: nothing is lost or said in another way without a finding."""

from icstip.artefacts.items import Codelist
from icstip.artefacts.notices import Notices
from icstip.texts import LANGUAGES

LIST = Codelist(id="CL", agency="A", version="1.0.0", name={"en": "List"})


def test_one_kind_of_loss_in_an_artefact_is_one_finding_that_names_the_parts() -> None:
    notices = Notices("sdmx-ml-2.1", "SDMX-ML 2.1")
    notices.lost(LIST, "links", "F")
    notices.lost(LIST, "links", "M")
    notices.lost(LIST, "links", "F")
    (finding,) = notices.findings
    assert finding.code == "FORMAT-003"
    assert finding.cells == ("F", "M")
    assert finding.place.key == "Codelist=A:CL(1.0.0)"


def test_each_kind_of_notice_has_its_own_code() -> None:
    notices = Notices("file.xml", "SDMX-ML 2.1")
    notices.left_out(LIST, "not-in-format")
    notices.translated(LIST, "draft-as-not-final")
    notices.lost(LIST, "links")
    notices.not_read("Process")
    assert [finding.code for finding in notices.findings] == ["FORMAT-001", "FORMAT-002", "FORMAT-003", "FORMAT-004"]


def test_what_is_lost_is_told_in_the_language_of_the_reader() -> None:
    notices = Notices("sdmx-ml-2.1", "SDMX-ML 2.1")
    notices.lost(LIST, "links")
    (finding,) = notices.findings
    told = {finding.message(language) for language in LANGUAGES}
    assert len(told) == len(LANGUAGES)
    assert all("CL(1.0.0)" in message for message in told)


def test_something_not_understood_is_named_as_it_stands_in_the_file() -> None:
    notices = Notices("file.xml", "SDMX-ML 2.1")
    notices.not_read("str:Process")
    (finding,) = notices.findings
    assert "str:Process" in finding.message("en")
    assert finding.line("en").startswith("file.xml: FORMAT-004")
