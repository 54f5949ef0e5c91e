"""How the versions of SDMX-JSON differ in data messages."""

import re
from dataclasses import dataclass
from typing import Final

from icstip.messages.data_parts import Generation
from icstip.messages.structure_json import dialect as structure_dialect

ID: Final = re.compile(r"[A-Za-z0-9_@$\-]+")
"""What the id of a value can be, of a message and of a party."""

_MASTER: Final = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataDialect:
    """One version of SDMX-JSON.

    Attributes:
        format_id: Id of the format.
        name: Its name for people.
        generation: Version of the information model that it belongs to.
        schema: Address of its schema, by which a message says which version it is in.
        schema_on_top: Whether that stands at the top too.
        is_2: Whether data sets can be of several structures, there are measures and attributes of groups, and uncoded
            values can stand in the data set itself.
        has_switched_off: Whether the key of a group can say that it does not have a dimension, and that it has none.
        needs_values: Whether a dimension must have a value.
        languages: Language tags that names can be in.
        has_small_languages: Whether the languages of the content are told in small letters.
        versions: Versions that the structure can have.
    """

    format_id: str
    name: str
    generation: Generation
    schema: str
    schema_on_top: bool = False
    is_2: bool = True
    has_switched_off: bool = False
    needs_values: bool = False
    languages: re.Pattern[str]
    has_small_languages: bool
    versions: re.Pattern[str]

    @property
    def takes_switched_off_apart(self) -> bool:
        """Whether what does not have a dimension is no observation: it has a place of its own, or cannot be said.

        SDMX-JSON 2.0 has such a dimension as a value like any other.
        """
        return self.has_switched_off or not self.is_2

    @property
    def knows_merge(self) -> bool:
        """Whether it has the action to merge."""
        return self.generation == "3.1"


_ANY: Final = re.compile(r"[^()]+")

JSON_10: Final = DataDialect(
    format_id="sdmx-json-1.0",
    name="SDMX-JSON 1.0",
    generation="2.1",
    schema=f"{_MASTER}1.0/sdmx-json-data-schema.json",
    is_2=False,
    languages=structure_dialect.JSON_10.languages,
    has_small_languages=True,
    versions=_ANY,
)

JSON_20: Final = DataDialect(
    format_id="sdmx-json-2.0",
    name="SDMX-JSON 2.0",
    generation="3.0",
    schema=f"{_MASTER}2.0.0/sdmx-json-data-schema.json",
    needs_values=True,
    languages=structure_dialect.JSON_20.languages,
    has_small_languages=True,
    versions=_ANY,
)

JSON_21: Final = DataDialect(
    format_id="sdmx-json-2.1",
    name="SDMX-JSON 2.1",
    generation="3.1",
    schema="https://json.sdmx.org/2.1/sdmx-json-data-schema.json",
    schema_on_top=True,
    has_switched_off=True,
    languages=structure_dialect.JSON_21.languages,
    has_small_languages=False,
    versions=re.compile(f"{structure_dialect.JSON_21.versions.pattern}|{structure_dialect.JSON_21.referred.pattern}"),
)
