"""What the versions of SDMX-ML have in common and where they differ, as far as schemas of data are concerned."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, Literal
from urllib.parse import quote

Version = Literal["2.1", "3.0", "3.1"]

_SCHEMAS: Final = "http://www.sdmx.org/resources/sdmxml/schemas/v"


@dataclass(frozen=True, slots=True)
class Dialect:
    """A version of SDMX-ML.

    Attributes:
        version: The version.
        has_comp: Whether a component can have several values or texts in languages, in an element ``Comp``, and
            attributes of some of the dimensions stand in an element ``Atts``.
        has_missing: Whether a value can be missing on purpose, and a dimension not applicable (``common:MissingType``,
            ``common:NotApplicableType``).
        metadata_type: Type of reference metadata in data; empty where there are none.
    """

    version: Version
    has_comp: bool
    has_missing: bool
    metadata_type: str

    @property
    def namespaces(self) -> Mapping[str, str]:
        """The namespaces by the prefixes that the standard uses for them."""
        schemas = f"{_SCHEMAS}{self.version.replace('.', '_')}"
        return {
            "message": f"{schemas}/message",
            "dsd": f"{schemas}/data/structurespecific",
            "common": f"{schemas}/common",
            "metadata": f"{schemas}/metadata/generic",
        }


DIALECTS: Final[Mapping[Version, Dialect]] = {
    "2.1": Dialect("2.1", has_comp=False, has_missing=False, metadata_type=""),
    "3.0": Dialect("3.0", has_comp=True, has_missing=False, metadata_type="metadata:MetadataSetType"),
    "3.1": Dialect("3.1", has_comp=True, has_missing=True, metadata_type="dsd:MetadataType"),
}

FILES: Final[Mapping[str, str]] = {
    "message": "SDMXMessage.xsd",
    "dsd": "SDMXDataStructureSpecific.xsd",
    "common": "SDMXCommon.xsd",
    "metadata": "SDMXMetadataGeneric.xsd",
}
"""The files of the official schemas by the prefixes of their namespaces: the same in all versions."""


def location(base: str, file: str) -> str:
    """Return the location of a file in a folder or at an address, as a schema refers to it.

    Example:
        >>> location("", "SDMXCommon.xsd"), location("my schemas", "SDMXCommon.xsd")
        ('SDMXCommon.xsd', 'my%20schemas/SDMXCommon.xsd')
        >>> location("https://example.org/schemas/", "SDMXCommon.xsd")
        'https://example.org/schemas/SDMXCommon.xsd'
    """
    if not base:
        return file
    if "://" in base:
        return f"{base.rstrip('/')}/{file}"
    path = PurePath(base, file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
