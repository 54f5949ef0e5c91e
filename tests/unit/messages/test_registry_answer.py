"""What a registry answers to a submission is read for what it says of each structure, in each form that it has."""

import pytest

from icstip.artefacts.base import Reference
from icstip.errors import FormatError
from icstip.messages.registry_answer import SubmissionResult, Verdict, read_submission_answer

CL_SEX = Reference("Codelist", "ICSTIP", "CL_SEX", "1.0.0")
URN = "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=ICSTIP:CL_SEX(1.0.0)"
NAMED = {
    "the parts (2.1)": '<Ref agencyID="ICSTIP" id="CL_SEX" version="1.0.0" package="codelist" class="Codelist"/>',
    "a URN (2.1)": f"<URN>{URN}</URN>",
    "a URN as text (3.0)": URN,
}


def answer(named: str, status: str = "Success", message: str = "", version: str = "v3_0") -> bytes:
    base = f"http://www.sdmx.org/resources/sdmxml/schemas/{version}"
    return f"""<?xml version="1.0"?>
    <m:RegistryInterface xmlns:m="{base}/message" xmlns:r="{base}/registry" xmlns:c="{base}/common">
      <r:SubmitStructureResponse><r:SubmissionResult>
        <r:SubmittedStructure><r:MaintainableObject>{named}</r:MaintainableObject></r:SubmittedStructure>
        <r:StatusMessage status="{status}">{message}</r:StatusMessage>
      </r:SubmissionResult></r:SubmitStructureResponse>
    </m:RegistryInterface>""".encode()


@pytest.mark.parametrize("named", NAMED.values(), ids=NAMED)
@pytest.mark.parametrize("version", ["v2_1", "v3_0"])
def test_a_structure_is_named_by_its_parts_or_its_urn(named: str, version: str) -> None:
    assert read_submission_answer(answer(named, version=version), "here") == (
        SubmissionResult(CL_SEX, Verdict.SUCCESS),
    )


def test_a_failure_says_why_in_one_line_that_commands_no_terminal() -> None:
    texts = '<c:Text xml:lang="fr">non</c:Text><c:Text xml:lang="en">no\n \u009b31m</c:Text>'
    (result,) = read_submission_answer(answer(URN, "Failure", f'<r:MessageText code="409">{texts}</r:MessageText>'), "")
    assert result == SubmissionResult(CL_SEX, Verdict.FAILURE, ("409: no 31m",))


def test_an_error_message_is_about_all_that_was_sent() -> None:
    base = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
    error = f"""<m:Error xmlns:m="{base}/message" xmlns:c="{base}/common">
      <m:ErrorMessage code="150"><c:Text>semantic error</c:Text></m:ErrorMessage></m:Error>"""
    assert read_submission_answer(error.encode(), "") == (
        SubmissionResult(None, Verdict.FAILURE, ("150: semantic error",)),
    )


def test_an_error_message_of_sdmx_json_is_one_too() -> None:
    error = b'{"errors": [{"code": 422, "title": "wrong type", "detail": "of artefact"}]}'
    assert read_submission_answer(error, "") == (
        SubmissionResult(None, Verdict.FAILURE, ("422: wrong type: of artefact",)),
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>please log in</body></html>",
        b"{}",
        b'{"errors": []}',
        b"{",
        answer(URN, "Perhaps"),
        answer(URN)[:-30],
    ],
)
def test_what_says_nothing_of_a_structure_is_no_answer(content: bytes) -> None:
    with pytest.raises(FormatError):
        read_submission_answer(content, "here")
