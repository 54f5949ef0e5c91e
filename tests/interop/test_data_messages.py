"""What we write of the example, read by independent clients: pysdmx, sdmx1, and an XML schema of the structure."""

import csv
import io
from pathlib import Path

import polars as pl
import pytest
import sdmx
from lxml import etree
from pysdmx.io import read_sdmx
from tests.data_messages import DataSchema

from icstip.artefacts.collection import Artefacts
from icstip.artefacts.urn import parse_urn
from icstip.structures.build import build_structures
from icstip.structures.building.build import build_artefacts
from icstip.workflow.conversion import Conversion, Converter, write_conversion

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "glotip_excerpt.xlsx"
STRUCTURES = ["TIP_EVENT", "TIP_VICTIM", "TIP_PERPETRATOR"]

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def converter() -> Converter:
    return Converter()


@pytest.fixture(scope="module")
def conversion(converter: Converter) -> Conversion:
    return converter.convert(EXAMPLE, "glotip")


@pytest.fixture(scope="module")
def written(conversion: Conversion, converter: Converter, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    write_conversion(conversion, folder, ["sdmx-csv-2.0", "sdmx-ml-3.0"], converter.standard)
    return folder


def _ours(conversion: Conversion, structure: str) -> Rows:
    frame = conversion.datasets[structure].frame.with_columns(pl.col(pl.Enum).cast(pl.String))
    return [{k: _text(v) for k, v in row.items() if v is not None} for row in frame.iter_rows(named=True)]


def _text(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("name", ["sdmx-csv-2.0.csv", "sdmx-ml-3.0.xml"])
def test_pysdmx_reads_the_observations_that_we_wrote(
    structure: str, name: str, conversion: Conversion, written: Path
) -> None:
    frame = read_sdmx(written / f"{structure}.{name}", validate=False).data[0].data
    rows = [{str(k): str(v) for k, v in row.items() if v not in {"", None}} for row in frame.to_dict("records")]
    assert rows == _ours(conversion, structure)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_sdmx1_reads_the_observations_of_the_xml(
    structure: str, conversion: Conversion, converter: Converter, written: Path
) -> None:
    dsd = build_structures(converter.standard).structure[structure]
    message = sdmx.read_sdmx(io.BytesIO((written / f"{structure}.sdmx-ml-3.0.xml").read_bytes()), structure=dsd)
    rows = []
    for obs in message.data[0].obs:
        row = {key: str(value.value) for key, value in obs.dimension.values.items()}
        row |= {key: str(value.value) for key, value in obs.attrib.items()}
        rows.append(row if obs.value is None else {**row, "OBS_VALUE": str(obs.value)})
    assert rows == _ours(conversion, structure)


@pytest.fixture(scope="module")
def artefacts(converter: Converter) -> Artefacts:
    return build_artefacts(converter.standard)


def _schema(message: bytes, artefacts: Artefacts) -> DataSchema:
    """The schema of what a message says that its data are of."""
    namespace = etree.fromstring(message).nsmap["ns1"]
    urn, _, at = namespace.partition(":ObsLevelDim:")
    subject = parse_urn(urn)
    assert subject is not None
    return DataSchema(artefacts, subject, "3.0", at)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_the_xml_is_valid_by_the_schema_of_its_dataflow(structure: str, written: Path, artefacts: Artefacts) -> None:
    message = (written / f"{structure}.sdmx-ml-3.0.xml").read_bytes()
    assert _schema(message, artefacts).errors(message) == []


def test_the_xml_of_thematic_dataflows_is_valid_by_the_codes_that_each_allows(
    conversion: Conversion, converter: Converter, artefacts: Artefacts, tmp_path: Path
) -> None:
    write_conversion(conversion, tmp_path, ["sdmx-ml-3.0"], converter.standard, thematic=True)
    messages = {path.name: path.read_bytes() for path in tmp_path.glob("DF_*.xml")}
    assert messages
    errors = {name: _schema(message, artefacts).errors(message) for name, message in messages.items()}
    assert errors == {name: [] for name in messages}


@pytest.mark.parametrize(
    ("given", "planted", "said"),
    [
        (b'FREQ="A"', b'FREQ="NOPE"', "'NOPE' is not an element of the set"),
        (b' FREQ="A"', b"", "The attribute 'FREQ' is required but missing"),
        (b' FREQ="A"', b' FREQ="A" COLOUR="RED"', "The attribute 'COLOUR' is not allowed"),
        (b' UNIT_MULT="0"', b' UNIT_MULT="0" LOWER_BOUND="low"', "'low' is not a valid value of the atomic type"),
        (b' OBS_STATUS="', b' COMMENT_OBS="', "The attribute 'OBS_STATUS' is required but missing"),
        (b"<Obs", b"<Figure", "Element 'Figure': This element is not expected"),
    ],
)
def test_what_does_not_belong_in_the_xml_is_refused(
    given: bytes, planted: bytes, said: str, written: Path, artefacts: Artefacts
) -> None:
    message = (written / "TIP_EVENT.sdmx-ml-3.0.xml").read_bytes()
    observation = next(line for line in message.splitlines() if given in line and b"LOWER_BOUND" not in line)
    (error,) = _schema(message, artefacts).errors(message.replace(observation, observation.replace(given, planted), 1))
    assert said in error


def test_csv_and_xml_of_the_example_say_the_same(conversion: Conversion, written: Path) -> None:
    for structure in conversion.datasets:
        text = (written / f"{structure}.sdmx-csv-2.0.csv").read_text(encoding="utf-8")
        rows = csv.DictReader(io.StringIO(text, newline=""))
        from_csv = [
            {k: v for k, v in row.items() if v and k in row and not k.startswith(("STRUCTURE", "ACTION"))}
            for row in rows
        ]
        root = etree.parse(written / f"{structure}.sdmx-ml-3.0.xml").getroot()
        from_xml = [{str(k): str(v) for k, v in obs.attrib.items()} for obs in root.iter("Obs")]
        assert from_xml == from_csv
