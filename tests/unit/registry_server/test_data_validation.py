"""Data are validated against the structures of the registry, and the report has the layout of the real one."""

from typing import Any

import pytest
import requests
from tests.registry.server import LocalRegistry

FLOW = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=TEST:DF_VICTIM(1.0.0-draft)"
DSD = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=TEST:VICTIM(1.0.0-draft)"
HEAD = "STRUCTURE,STRUCTURE_ID,ACTION,AREA,FORM,TIME_PERIOD,OBS_VALUE,STATUS"
START = "dataflow,TEST:DF_VICTIM(1.0.0-draft),I"


def _validate(
    registry: LocalRegistry, *rows: str, head: str = HEAD, status: int = 200, **headers: str
) -> dict[str, Any]:
    content = "\n".join([head, *rows]) + "\n"
    answer = requests.post(
        f"{registry.url}/ws/public/data/validate",
        files={"uploadFile": ("data.csv", content.encode(), "text/csv")},
        headers=headers,
        timeout=10,
    )
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/json")
    report: dict[str, Any] = answer.json()
    return report


def _only(report: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    assert report["Errors"] is True
    (data_set,) = report["Datasets"]
    (kind,) = data_set["ValidationReport"]
    (error,) = kind["Errors"]
    return kind["Type"], error


def test_good_data_have_a_report_without_errors(registry: LocalRegistry) -> None:
    rows = [f"{START},001,SLAVERY,{year},1,A" for year in (2020, 2021)]
    assert _validate(registry, *rows) == {
        "Status": "Complete",
        "Errors": False,
        "Datasets": [
            {
                "DSD": DSD,
                "Dataflow": FLOW,
                "KeysCount": 1,
                "ObsCount": 2,
                "GroupsCount": 0,
                "Errors": False,
                "ValidationReport": [],
            }
        ],
    }


def test_an_unknown_code_is_a_wrong_representation(registry: LocalRegistry) -> None:
    kind, error = _only(_validate(registry, f"{START},XX,SLAVERY,2020,1,A"))
    assert kind == "Representation"
    assert (error["ComponentId"], error["ReportedValue"], error["Keys"]) == ("AREA", "XX", ["XX:SLAVERY:2020"])


def test_a_code_that_the_constraint_excludes_is_one_too(registry: LocalRegistry) -> None:
    row = f"{START},001,LABOUR,2020,1,A"
    assert _only(_validate(registry, row))[1]["ComponentId"] == "FORM"
    assert _validate(registry, row, Structure=DSD)["Errors"] is False  # it is one of the dataflow


def test_a_missing_dimension_and_attribute_and_a_key_twice_are_errors(registry: LocalRegistry) -> None:
    assert _only(_validate(registry, f"{START},001,SLAVERY,,1,A"))[0] == "MissingDimensions"
    kind, error = _only(_validate(registry, f"{START},001,SLAVERY,2020,1,"))
    assert (kind, error["ErrorCode"], error["Message"]) == (
        "MandatoryAttributes",
        "REG-201-051",
        "Missing mandatory attribute 'STATUS'",
    )
    kind, error = _only(_validate(registry, *[f"{START},001,SLAVERY,2020,1,A"] * 2))
    assert (kind, error["Keys"]) == ("Duplicates", ["001:SLAVERY:2020"])


@pytest.mark.parametrize(
    ("rows", "head", "structure"),
    [
        ([], HEAD, ""),
        ([f"{START},001"], HEAD, "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=TEST:NONE(1.0)"),
        (["dataflow,TEST:NONE(1.0),I,001,A,2020,1,A"], HEAD, ""),
        ([], "<broken", ""),
        ([], "{", ""),
    ],
)
def test_what_cannot_be_validated_is_a_bad_request(
    registry: LocalRegistry, rows: list[str], head: str, structure: str
) -> None:
    report = _validate(registry, *rows, head=head, status=400, Structure=structure)
    assert report["Status"] == "Error"
    assert report["Error"]


def test_older_csv_names_its_dataflow_in_one_column(registry: LocalRegistry) -> None:
    head = "DATAFLOW,AREA,FORM,TIME_PERIOD,OBS_VALUE,STATUS"
    report = _validate(registry, "TEST:DF_VICTIM(1.0.0-draft),001,SLAVERY,2020,1,A", head=head)
    assert report["Errors"] is False


def test_data_in_xml_are_read_too(registry: LocalRegistry) -> None:
    content = f"""<?xml version="1.0"?>
    <mes:StructureSpecificData xmlns:mes="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message"
        xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/data/structurespecific"
        xmlns:com="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common"
        xmlns:ns="urn:ns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
      <mes:Header><mes:ID>M</mes:ID><mes:Test>false</mes:Test><mes:Prepared>2025-01-01T00:00:00</mes:Prepared>
        <mes:Sender id="TEST"/>
        <mes:Structure structureID="S" namespace="urn:ns" dimensionAtObservation="AllDimensions">
          <com:StructureUsage>{FLOW}</com:StructureUsage></mes:Structure></mes:Header>
      <mes:DataSet ss:structureRef="S" xsi:type="ns:DataSetType" action="Append">
        <Obs xsi:type="ns:ObsType" AREA="001" FORM="SLAVERY" TIME_PERIOD="2020" OBS_VALUE="1" STATUS="NO"/>
      </mes:DataSet></mes:StructureSpecificData>"""
    url = f"{registry.url}/ws/public/data/validate"
    answer = requests.post(url, content.encode(), headers={"Content-Type": "application/xml"}, timeout=10)
    assert _only(answer.json())[1]["ReportedValue"] == "NO"
