"""What the writers of all artefacts go by: the version of SDMX-ML, the artefact, and where to say what is lost."""

import re
from dataclasses import dataclass
from typing import Final

from icstip.artefacts.base import Maintainable
from icstip.artefacts.notices import Notices
from icstip.errors import StructureError
from icstip.messages.structure_ml.dialect import Dialect
from icstip.messages.structure_ml.versions import References
from icstip.messages.xml_text import Element

ID: Final = re.compile(r"[A-Za-z0-9_@$\-]+")
"""Ids in general."""

NAME_ID: Final = re.compile(r"[A-Za-z][A-Za-z0-9_\-]*")
"""Ids of components, concepts, agencies within a scheme, code lists, concept schemes and category schemes."""

AGENCY_ID: Final = re.compile(rf"{NAME_ID.pattern}(\.{NAME_ID.pattern})*")
"""Ids of agencies, which are nested."""


@dataclass(frozen=True, slots=True)
class Writing:
    """The writing of one artefact in one version of SDMX-ML.

    Attributes:
        dialect: The version.
        notices: Where to say what it cannot say.
        references: What references become in this version and message.
        artefact: The artefact.
    """

    dialect: Dialect
    notices: Notices
    references: References
    artefact: Maintainable

    def tag(self, name: str) -> str:
        """Return the qualified name of a structure element."""
        return f"str:{name}"

    def common(self, name: str) -> str:
        """Return the qualified name of a common element."""
        return f"com:{name}"

    def child(self, parent: Element, name: str, text: str | None = None, **attributes: str | None) -> Element:
        """Return a new structure element, the last one in another; attributes that are None are left out."""
        return parent.child(f"str:{name}", text, **attributes)

    def lost(self, what: str, part: str = "") -> None:
        """Say that something of the artefact cannot be said."""
        self.notices.lost(self.artefact, what, part)

    def translated(self, how: str, part: str = "") -> None:
        """Say that something of the artefact is said in another way."""
        self.notices.translated(self.artefact, how, part)

    def where(self, part: str = "") -> str:
        """Return the name of the artefact, or of a part of it, for messages."""
        return f"{self.artefact.kind}={self.artefact.reference}{'.' if part else ''}{part}"

    def checked(self, identifier: str, pattern: re.Pattern[str], part: str = "") -> str:
        """Return an id, if it has the form that the schema asks for.

        Raises:
            StructureError: It has not.
        """
        if pattern.fullmatch(identifier) is None:
            raise StructureError("id-refused", where=self.where(part), id=identifier, format=self.dialect.name)
        return identifier


def truth(*, value: bool) -> str:
    """Return ``true`` or ``false``."""
    return "true" if value else "false"
