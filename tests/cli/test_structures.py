"""The commands on structures as a person runs them: what they write, what they say, and their exit codes."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from icstip.messages.structure_files import read_structure_file
from icstip.workflow.publication import structure_formats

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="session")
def small_dsd(dsd_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tables that a test may change."""
    folder = tmp_path_factory.mktemp("standard") / "dsd"
    shutil.copytree(dsd_folder, folder)
    return folder


def test_all_formats_are_written_in_one_call_and_again_with_the_same_bytes(icstip: Run, tmp_path: Path) -> None:
    code, out, err = icstip("structures", "write", "-o", tmp_path / "one")
    assert code == 0
    paths = [Path(line) for line in out.splitlines()]
    assert sorted(path.name for path in paths) == sorted(
        f"structures.{fmt}.{'json' if 'json' in fmt else 'xml'}" for fmt in structure_formats()
    )
    assert "FORMAT-001" in err
    icstip("structures", "write", "-o", tmp_path / "two")
    for path in paths:
        assert (tmp_path / "two" / path.name).read_bytes() == path.read_bytes()


def test_the_old_and_the_new_version_of_sdmx_ml_say_the_same(icstip: Run, tmp_path: Path) -> None:
    icstip("structures", "write", "-o", tmp_path, "-f", "sdmx-ml-2.1,sdmx-ml-3.0")
    old, new = tmp_path / "structures.sdmx-ml-2.1.xml", tmp_path / "structures.sdmx-ml-3.0.xml"
    code, out, _ = icstip("structures", "diff", old, new, "--fail-on", "patch")
    assert code == 0
    assert "Nothing has changed." in out


def test_a_folder_with_tables_can_be_either_side_of_a_comparison(icstip: Run, small_dsd: Path, tmp_path: Path) -> None:
    icstip("structures", "write", "-o", tmp_path, "-f", "sdmx-json-2.0", "--dsd", small_dsd)
    code, out, _ = icstip("structures", "diff", small_dsd, tmp_path / "structures.sdmx-json-2.0.json", "-f", "json")
    assert code == 0
    assert json.loads(out)["bump"] == "none"


@pytest.mark.parametrize(("form", "start"), [("text", ""), ("json", "{"), ("html", "<!DOCTYPE html>")])
def test_a_comparison_can_go_to_a_file(form: str, start: str, icstip: Run, tmp_path: Path) -> None:
    icstip("structures", "write", "-o", tmp_path, "-f", "sdmx-json-2.0", "--only", "categoryscheme")
    written = tmp_path / "structures.sdmx-json-2.0.json"
    code, out, _ = icstip("structures", "diff", written, written, "-f", form, "-o", tmp_path / "diff", "-l", "ar")
    assert (code, out.strip()) == (0, str(tmp_path / "diff"))
    assert (tmp_path / "diff").read_text(encoding="utf-8").startswith(start)


def test_a_selection_goes_to_the_standard_output(icstip: Run) -> None:
    code, out, _ = icstip("structures", "write", "-o", "-", "-f", "sdmx-json-2.0", "--only", "conceptscheme")
    assert code == 0
    assert list(json.loads(out)["data"]) == ["conceptSchemes"]


def test_several_formats_cannot_go_to_the_standard_output(icstip: Run) -> None:
    code, out, err = icstip("structures", "write", "-o", "-")
    assert (code, out) == (2, "")
    assert err.startswith("icstip: -: 6 formats")


def test_a_selection_with_descendants_has_what_it_refers_to(icstip: Run, tmp_path: Path) -> None:
    only = ("--only", "Dataflow", "--references", "descendants", "--languages", "fr")
    icstip("structures", "write", "-o", tmp_path, "-f", "sdmx-ml-3.0", *only)
    artefacts = read_structure_file(tmp_path / "structures.sdmx-ml-3.0.xml").artefacts
    assert {"Codelist", "ConceptScheme", "DataStructure", "Dataflow"} == {artefact.kind for artefact in artefacts}
    assert {language for artefact in artefacts for language in artefact.name} == {"fr"}


def test_each_artefact_can_have_a_file_of_its_own(icstip: Run, tmp_path: Path) -> None:
    code, out, _ = icstip(
        "structures", "write", "-o", tmp_path, "-f", "sdmx-ml-2.1", "--split", "--only", "datastructure"
    )
    assert code == 0
    assert len(out.splitlines()) == 4
    for line in out.splitlines():
        (artefact,) = read_structure_file(Path(line)).artefacts
        assert artefact.id in line


def test_artefacts_that_a_format_does_not_have_get_no_empty_file(icstip: Run, tmp_path: Path) -> None:
    code, out, err = icstip(
        "structures", "write", "-o", tmp_path, "-f", "sdmx-ml-2.1", "--split", "--only", "structuremap"
    )
    assert (code, out) == (0, "")
    assert "FORMAT-001" in err


def test_provision_agreements_are_written_for_a_provider_on_request(icstip: Run, tmp_path: Path) -> None:
    asked = ("--provider", "KE", "--dataflow", "DF_TIP_VICTIM_CORE", "--only", "provisionagreement")
    icstip("structures", "write", "-o", tmp_path, "-f", "sdmx-ml-2.1", *asked)
    (agreement,) = read_structure_file(tmp_path / "structures.sdmx-ml-2.1.xml").artefacts
    assert agreement.id == "PA_DF_TIP_VICTIM_CORE_KE"


def test_an_unknown_provider_is_one_line_and_writes_nothing(icstip: Run, tmp_path: Path) -> None:
    code, _, err = icstip("structures", "write", "-o", tmp_path / "out", "--provider", "XX")
    assert code == 2
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_language_that_no_name_is_in_is_refused_with_the_known_ones(icstip: Run, tmp_path: Path) -> None:
    code, _, err = icstip("structures", "write", "-o", tmp_path / "out", "--languages", "fr,de")
    assert code == 2
    assert err.startswith("icstip: de: ")
    assert "en, fr, es, ar" in err
    assert not (tmp_path / "out").exists()


def test_an_unknown_class_is_refused_with_the_known_ones(icstip: Run, tmp_path: Path) -> None:
    code, _, err = icstip("structures", "write", "-o", tmp_path, "--only", "codelists")
    assert code == 2
    assert "codelist" in err


def test_converting_reports_what_a_format_cannot_say(icstip: Run, tmp_path: Path) -> None:
    icstip("structures", "write", "-o", tmp_path, "-f", "sdmx-ml-3.0")
    source, report = tmp_path / "structures.sdmx-ml-3.0.xml", tmp_path / "report.json"
    code, out, err = icstip("structures", "convert", source, "-o", tmp_path, "-f", "sdmx-json-1.0", "--report", report)
    assert code == 0
    assert out.strip() == str(tmp_path / "structures.sdmx-json-1.0.json")
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["source"] == str(source)
    assert told["lost"] >= 1
    assert {"FORMAT-001", "FORMAT-002"} <= {finding["code"] for finding in told["findings"]}
    assert "FORMAT-001" in err


@pytest.mark.parametrize("content", [b"", b"<a/>", b"{}", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_file_that_is_no_structure_message_is_one_line(content: bytes, icstip: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_bytes(content)
    code, out, err = icstip("structures", "convert", bad, "-o", tmp_path / "out")
    assert (code, out) == (2, "")
    assert err.startswith(f"icstip: {bad}: ")
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_not_there_is_one_line(icstip: Run, tmp_path: Path) -> None:
    code, _, err = icstip("structures", "diff", tmp_path / "none.xml", tmp_path / "none.xml")
    assert code == 2
    assert len(err.splitlines()) == 1


def test_an_xml_schema_is_written_for_a_structure(icstip: Run, tmp_path: Path) -> None:
    code, out, _ = icstip(
        "structures", "schema", "TIP_VICTIM", "--format", "sdmx-ml-2.1", "-o", tmp_path / "victim.xsd"
    )
    assert (code, out.strip()) == (0, str(tmp_path / "victim.xsd"))
    assert b"TIP_VICTIM(1.0.0)" in (tmp_path / "victim.xsd").read_bytes()
    code, out, _ = icstip("structures", "schema", "DF_TIP_VICTIM_CORE", "--format", "3.0")
    assert code == 0
    assert "DF_TIP_VICTIM_CORE(1.0.0-draft)" in out


def test_a_schema_of_an_unknown_structure_or_version_is_refused(icstip: Run) -> None:
    assert icstip("structures", "schema", "TIP_OTHER")[0] == 2
    assert icstip("structures", "schema", "TIP_VICTIM", "--format", "sdmx-csv-2.0")[0] == 2


def test_a_version_too_low_for_what_changed_is_found(icstip: Run, small_dsd: Path, tmp_path: Path) -> None:
    icstip("structures", "write", "-o", tmp_path, "-f", "sdmx-ml-3.0", "--final", "--dsd", small_dsd)
    published = tmp_path / "structures.sdmx-ml-3.0.xml"
    mine = tmp_path / "mine"
    shutil.copytree(small_dsd, mine)
    settings = (mine / "standard.toml").read_text(encoding="utf-8")
    settings = settings.replace('version = "1.0.0-draft"', 'version = "1.0.1"').replace("final = false", "final = true")
    (mine / "standard.toml").write_text(settings, encoding="utf-8")
    assert icstip("standard", "check", "--dsd", mine, "--against", published)[0] == 0
    codes = mine / "codelists" / "CL_DECIMALS.csv"
    rows = codes.read_text(encoding="utf-8").splitlines(keepends=True)
    codes.write_text("".join(row for row in rows if not row.startswith("9,")), encoding="utf-8")
    code, out, _ = icstip("standard", "check", "--dsd", mine, "--against", published)
    assert code == 1
    assert "VERSION-001" in out
    assert "2.0.0" in out


def test_a_message_without_a_header_is_converted_and_told(icstip: Run, tmp_path: Path) -> None:
    namespaces = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
    bare = tmp_path / "bare.xml"
    bare.write_text(
        f'<m:Structure xmlns:m="{namespaces}/message" xmlns:s="{namespaces}/structure" xmlns:c="{namespaces}/common">'
        "<m:Header/><m:Structures><s:Codelists><s:Codelist id='CL' agencyID='A'><c:Name>L'été &amp; après</c:Name>"
        "</s:Codelist></s:Codelists></m:Structures></m:Structure>",
        encoding="utf-8",
    )
    code, out, err = icstip("structures", "convert", bare, "-o", tmp_path / "out")
    assert code == 0
    assert len(out.splitlines()) == len(structure_formats())
    assert "FORMAT-005" in err
    for line in out.splitlines():
        document = read_structure_file(Path(line))
        assert (document.header.id, document.header.sender.id) == ("bare", "A")
        assert document.artefacts.artefacts[0].name == {"en": "L'été & après"}


def test_a_draft_in_parts_in_2_1_is_read_as_the_whole(icstip: Run, small_dsd: Path, tmp_path: Path) -> None:
    icstip("structures", "write", "-o", tmp_path / "parts", "-f", "sdmx-ml-2.1", "--split", "--dsd", small_dsd)
    code, out, _ = icstip("structures", "diff", tmp_path / "parts", small_dsd, "--fail-on", "patch")
    assert (code, "Nothing has changed." in out) == (0, True)
    assert icstip("structures", "schema", "DF_TIP_VICTIM", "--from", tmp_path / "parts")[0] == 0


def test_a_reference_that_loses_the_extension_of_its_version_is_told(icstip: Run, tmp_path: Path) -> None:
    for fmt in ("sdmx-ml-2.1", "sdmx-json-1.0"):
        _, _, err = icstip("structures", "write", "-o", tmp_path, "-f", fmt, "--only", "dataflow")
        assert "FORMAT-003" in err


def test_classes_can_be_left_out(icstip: Run, tmp_path: Path) -> None:
    icstip("structures", "write", "-o", tmp_path, "-f", "sdmx-json-2.1", "--without", "AgencyScheme,structuremap")
    artefacts = read_structure_file(tmp_path / "structures.sdmx-json-2.1.json").artefacts
    assert artefacts
    assert not {"AgencyScheme", "StructureMap"} & {artefact.kind for artefact in artefacts}


def test_a_selection_that_leaves_nothing_is_refused(icstip: Run, tmp_path: Path) -> None:
    code, _, err = icstip("structures", "write", "-o", tmp_path / "out", "--only", "valuelist")
    assert (code, len(err.splitlines())) == (2, 1)
    assert not (tmp_path / "out").exists()


def test_dataflows_of_agreements_need_a_provider(icstip: Run, tmp_path: Path) -> None:
    assert icstip("structures", "write", "-o", tmp_path, "--dataflow", "DF_TIP_VICTIM")[0] == 2


def test_other_files_in_a_folder_of_structures_are_no_hindrance(icstip: Run, tmp_path: Path) -> None:
    icstip("structures", "write", "-o", tmp_path, "-f", "sdmx-ml-3.0", "--only", "categoryscheme")
    (tmp_path / "folder.xml").mkdir()
    (tmp_path / "notes.txt").write_text("no message", encoding="utf-8")
    assert icstip("structures", "diff", tmp_path, tmp_path)[0] == 0


def test_a_reference_in_3_0_to_a_final_version_is_not_taken_for_one_to_the_draft(icstip: Run, tmp_path: Path) -> None:
    icstip("structures", "write", "-o", tmp_path, "-f", "sdmx-ml-3.0", "--only", "codelist")
    icstip(
        "structures", "write", "-o", tmp_path / "f", "-f", "sdmx-ml-3.0", "--only", "dataflow,datastructure", "--final"
    )
    (tmp_path / "f" / "structures.sdmx-ml-3.0.xml").rename(tmp_path / "final.xml")
    _, out, _ = icstip("structures", "convert", tmp_path, "-o", tmp_path / "out", "-f", "sdmx-json-2.0")
    text = Path(out.strip()).read_text(encoding="utf-8")
    assert "Codelist=ICSTIP:CL_SEX(1.0.0)" in text
    assert "Codelist=ICSTIP:CL_SEX(1.0.0-draft)" in text
