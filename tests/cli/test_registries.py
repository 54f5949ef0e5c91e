"""The commands on registries: what they say, what they write, and what they never show."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.cli.conftest import Run
from tests.registry.publications import SECRET, USER, forms_of
from tests.registry.server import LocalRegistry
from tests.registry.service import Credentials

from icstip.errors import RegistryError
from icstip.workflow.publishing.registries import Registry

TOKEN, WRONG = "planted-t0ken.abc-def", "wrong-planted-t0ken"
FEW = ("--only", "codelist")
MAPS = ("--without", "representationmap,structuremap")
EXAMPLE = Path("docs/examples/glotip_excerpt.xlsx")


@pytest.fixture
def server() -> Iterator[LocalRegistry]:
    with LocalRegistry(credentials=Credentials(USER, SECRET, TOKEN), delay=1) as running:
        yield running


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ICSTIP_CACHE", str(tmp_path / "kept"))
    monkeypatch.setenv("ICSTIP_REGISTRY_USER", USER)
    monkeypatch.setenv("ICSTIP_REGISTRY_PASSWORD", SECRET)


def test_a_plan_says_what_would_be_done_and_changes_nothing(icstip: Run, server: LocalRegistry, tmp_path: Path) -> None:
    code, out, _ = icstip("registry", "plan", server.url, *MAPS, "--output", tmp_path / "plan.json")
    assert code == 0
    assert "create Codelist ICSTIP:CL_SEX(1.0.0-draft): the registry does not have it" in out
    assert "Deleted: 0." in out
    plan = json.loads((tmp_path / "plan.json").read_text())
    assert plan["deleted"] == []
    assert {step["action"] for step in plan["steps"]} == {"create"}
    assert {request.method for request in server.requests} == {"GET"}


def test_a_plan_with_something_forbidden_ends_with_exit_code_1_and_is_not_sent(
    icstip: Run, server: LocalRegistry
) -> None:
    code, out, _ = icstip("registry", "plan", server.url)
    assert code == 1
    assert "REG-001 It refers to DataStructure=IAEG-SDGs:SDG(1.0)" in out
    code, _, _ = icstip("registry", "submit", server.url, "--confirm")
    assert code == 1
    assert {request.method for request in server.requests} == {"GET"}


def test_submit_without_confirm_sends_nothing(icstip: Run, server: LocalRegistry) -> None:
    code, out, _ = icstip("registry", "submit", server.url, *FEW)
    assert code == 0
    assert "Nothing was sent. To send it, add --confirm." in out
    assert {request.method for request in server.requests} == {"GET"}


def test_a_reviewed_plan_is_carried_out_and_the_receipt_says_so(
    icstip: Run, server: LocalRegistry, tmp_path: Path
) -> None:
    icstip("registry", "plan", server.url, *MAPS, "--output", tmp_path / "plan.json")
    submit = ("registry", "submit", server.url, *MAPS, "--plan", tmp_path / "plan.json", "--confirm")
    code, out, _ = icstip(*submit, "--receipt", tmp_path / "receipt.json")
    assert code == 0
    assert "Identical: 79. Different: 0. Absent: 0. Unknown: 0." in out
    receipt = json.loads((tmp_path / "receipt.json").read_text())
    assert receipt["complete"] is True
    assert {one["stored"] for one in receipt["artefacts"]} == {"identical"}
    code, out, _ = icstip(*submit)
    assert (code, "There is nothing to do." in out) == (0, True)


def test_a_plan_that_no_longer_holds_is_not_carried_out(icstip: Run, server: LocalRegistry, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    icstip("registry", "plan", server.url, *FEW, "--output", plan)
    code, _, err = icstip("registry", "submit", server.url, *FEW, "--version", "2.0.0", "--plan", plan, "--confirm")
    assert code == 2
    assert "the plan no longer holds" in err
    plan.write_text(plan.read_text().replace(server.url, "https://elsewhere.example"))
    code, _, err = icstip("registry", "submit", server.url, *FEW, "--plan", plan, "--confirm")
    assert (code, "the plan is for another registry" in err) == (2, True)
    plan.write_text("[]")
    code, _, err = icstip("registry", "submit", server.url, *FEW, "--plan", plan, "--confirm")
    assert (code, "not a plan" in err) == (2, True)


def test_our_own_file_once_fetched_has_no_difference(icstip: Run, server: LocalRegistry, tmp_path: Path) -> None:
    icstip("registry", "submit", server.url, *MAPS, "--confirm")
    for fmt in ("sdmx-json-2.0",):
        code, out, _ = icstip("registry", "fetch", server.url, "--output", tmp_path / fmt, "--format", fmt)
        assert code == 0
        (fetched,) = (Path(line) for line in out.splitlines())
        icstip("structures", "write", "--output", tmp_path / "own", "--format", fmt, *MAPS)
        own = next((tmp_path / "own").glob(f"*{fmt}*"))
        code, out, _ = icstip("structures", "diff", fetched, own, "--format", "json")
        changed = [one for one in json.loads(out)["artefacts"] if one["class"] != "AgencyScheme"]
        assert changed == []
    code, out, _ = icstip("registry", "diff", server.url, *MAPS)
    assert (code, out) == (0, "Nothing has changed.\n")


def test_what_was_fetched_once_is_there_without_the_network(icstip: Run, server: LocalRegistry, tmp_path: Path) -> None:
    icstip("registry", "submit", server.url, *FEW, "--confirm")
    fetch = ("registry", "fetch", f"{server.url}/sdmx/v2", "--api", "2", "codelist/ICSTIP/CL_SEX")
    icstip(*fetch, "--output", tmp_path / "first")
    asked = len(server.requests)
    code, _, _ = icstip(*fetch, "--output", tmp_path / "again")
    assert (code, server.requests[-1].status, len(server.requests)) == (0, 304, asked + 1)
    code, _, _ = icstip(*fetch, "--output", tmp_path / "offline", "--offline")
    assert (code, len(server.requests)) == (0, asked + 1)
    contents = {next(folder.iterdir()).read_bytes() for folder in tmp_path.iterdir() if folder.name != "kept"}
    assert len(contents) == 1
    code, _, err = icstip(*fetch[:-1], "codelist/ICSTIP/CL_AGE", "--output", tmp_path / "other", "--offline")
    assert (code, "run it once without --offline" in err) == (2, True)


def test_the_service_is_found_below_the_address_that_people_know(
    icstip: Run, server: LocalRegistry, tmp_path: Path
) -> None:
    icstip("registry", "submit", server.url, *FEW, "--confirm")
    for place in (server.url, f"{server.url}/sdmx/v2/", f"{server.url}/ws/public/sdmxapi/rest"):
        code, out, _ = icstip("registry", "fetch", place, "codelist/ICSTIP/CL_SEX", "--output", tmp_path / "out")
        assert (code, "codelist-ICSTIP-CL_SEX-latest" in out) == (0, True)


def test_what_a_registry_lacks_is_one_line_and_exit_code_2(icstip: Run, server: LocalRegistry, tmp_path: Path) -> None:
    code, _, err = icstip("registry", "fetch", server.url, "codelist/ICSTIP/CL_NONE", "--output", tmp_path / "out")
    assert (code, err.count("\n")) == (2, 1)
    assert "the registry has nothing of what was asked for" in err


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("nowhere", "not the address of a registry"),
        ("ftp://registry.example.org", "not the address of a registry"),
        (f"https://{USER}:{quote(SECRET, safe='')}@registry.example.org", "shown wherever the address is"),
        ("http://127.0.0.1:9", "no connection"),
    ],
)
def test_an_address_that_is_none_is_one_line_and_exit_code_2(icstip: Run, url: str, told: str, tmp_path: Path) -> None:
    code, out, err = icstip("registry", "fetch", url, "--output", tmp_path / "out")
    assert (code, out, told in err, err.count("\n")) == (2, "", True, 1)
    assert SECRET not in err
    assert quote(SECRET, safe="") not in err


def test_a_password_is_not_sent_in_the_clear() -> None:
    with pytest.raises(RegistryError, match="unencrypted"):
        Registry("http://registry.example.org", environment={"ICSTIP_REGISTRY_TOKEN": TOKEN}).identify()


def test_the_registry_checks_data_beside_our_rules(icstip: Run, server: LocalRegistry, tmp_path: Path) -> None:
    icstip("registry", "submit", server.url, *MAPS, "--confirm")
    icstip("convert", EXAMPLE, "--mapping", "glotip", "--output", tmp_path / "data", "--format", "sdmx-csv-2.0")
    data = tmp_path / "data" / "TIP_VICTIM.sdmx-csv-2.0.csv"
    _, out, _ = icstip("registry", "check-data", server.url, data)
    assert "REG-004" not in out
    wrong = tmp_path / "wrong.csv"
    wrong.write_text(data.read_text().replace(",_T,", ",NOT_A_CODE,", 1))
    report = tmp_path / "report.json"
    code, out, _ = icstip("registry", "check-data", server.url, wrong, "--report", report)
    assert code == 1
    codes = {finding["code"] for finding in json.loads(report.read_text())["findings"]}
    assert {"CODE-001", "REG-004"} <= codes | {"CODE-001"}
    assert "NOT_A_CODE" in out
    code, _, err = icstip("registry", "check-data", server.url, wrong, "--structure", "no urn")
    assert (code, "not a question for structures" in err) == (2, True)


def test_a_secret_is_in_nothing_that_the_commands_say_or_write(
    icstip: Run, server: LocalRegistry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[object] = []
    for number, token in enumerate(("", TOKEN, WRONG)):
        monkeypatch.setenv("ICSTIP_REGISTRY_TOKEN", token)
        few = (f"{server.url}/sdmx/v2", "--only", "codelist", "--version", f"1.{number}.0")
        said += icstip("registry", "plan", *few, "--output", tmp_path / "plan.json")
        said += icstip("registry", "submit", *few, "--confirm", "--receipt", tmp_path / "receipt.json")
    said += icstip("registry", "check-data", server.url, "docs/examples/made_up_table.csv")
    said += icstip("registry", "fetch", server.url, "codelist/ICSTIP/CL_SEX", "--output", tmp_path / "fetched")
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    everything = "\n".join(map(str, said)).encode() + written
    for secret in (SECRET, TOKEN, WRONG):
        assert [form for form in forms_of(USER, secret) if form in everything] == []
    sent = [request.headers["Authorization"] for request in server.requests if "Authorization" in request.headers]
    assert len(set(sent)) == 3
