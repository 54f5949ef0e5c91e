"""A password or token is never in what is said, written or raised, whatever goes wrong and whoever sends it back."""

import traceback
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from tests.registry.faults import Fault
from tests.registry.publications import IMPATIENT, SECRET, USER, forms_of, publication, registry_at
from tests.registry.server import LocalRegistry

from icstip.errors import IcstipError
from icstip.registry.queries import Rest
from icstip.registry.submitting.submission import Submission
from icstip.reports.registry.plan import plan_json, plan_text
from icstip.reports.registry.receipt import receipt_json, receipt_text
from icstip.workflow.publishing.registries import Registry

ECHO = """<m:RegistryInterface xmlns:m="urn:m" xmlns:r="urn:r" xmlns:c="urn:c"><r:SubmitStructureResponse>
<r:SubmissionResult><r:SubmittedStructure/><r:StatusMessage status="Failure"><r:MessageText>
<c:Text>no: {header}</c:Text></r:MessageText></r:StatusMessage></r:SubmissionResult>
</r:SubmitStructureResponse></m:RegistryInterface>"""


def everything_told(registry: Registry) -> str:
    """Return all that a submission says, or all that Python tells of its failure."""
    structures = publication()
    try:
        plan = registry.plan(structures.artefacts)
        submission: Submission = registry.submission(structures, plan)
        receipt = registry.submit(submission)
    except IcstipError as error:
        shown = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
        return shown + repr(error) + repr(vars(error)) + error.line("ar") + repr(vars(registry))
    reports = [plan_json(plan), plan_text(plan), receipt_json(receipt), receipt_text(receipt), repr(receipt)]
    return "".join(reports) + repr(submission) + repr(vars(registry))


@pytest.mark.parametrize("fault", [None, *Fault], ids=str)
def test_a_secret_is_in_nothing_that_is_told_whatever_goes_wrong(server: LocalRegistry, fault: Fault | None) -> None:
    if fault is not None:
        server.plan_fault(fault, on="POST", times=None)
    told = everything_told(registry_at(server))
    assert [form for form in forms_of(USER, SECRET) if form in told.encode()] == []
    assert any("Authorization" in request.headers for request in server.requests)


@pytest.fixture
def echo() -> Iterator[str]:
    """A server that has nothing, and sends back the header that says who asks."""

    class Echo(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(404)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            body = ECHO.format(header=self.headers["Authorization"]).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Echo) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.mark.parametrize(
    "known", [{"ICSTIP_REGISTRY_TOKEN": SECRET}, {"ICSTIP_REGISTRY_USER": USER, "ICSTIP_REGISTRY_PASSWORD": SECRET}]
)
def test_a_secret_that_a_registry_sends_back_is_not_shown(echo: str, known: dict[str, str]) -> None:
    told = everything_told(Registry(echo, rest=Rest.TWO, environment=known, limits=IMPATIENT))
    assert "no: B" in told
    assert [form for form in forms_of(USER, SECRET) if form in told.encode()] == []
