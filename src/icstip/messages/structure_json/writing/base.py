"""What is known while a message is written: its version, what it holds, and what it cannot say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from icstip.artefacts.base import Maintainable, Reference, Texts
from icstip.artefacts.collection import Artefacts, maintainable_reference
from icstip.artefacts.data_structure import PRIMARY_MEASURE
from icstip.artefacts.kinds import ORGANISATION_SCHEMES
from icstip.artefacts.notices import Notices
from icstip.artefacts.urn import urn_of
from icstip.artefacts.versions import has_wildcard, latest_fitting, without_extension, without_wildcards
from icstip.errors import StructureError
from icstip.messages.structure_json.dialect import UNKNOWN_LANGUAGE, Dialect
from icstip.messages.structure_json.layout import JsonObject

ID: Final = re.compile(r"[A-Za-z0-9_@$\-]+")
NC_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_\-]*")
NESTED_ID: Final = re.compile(r"[A-Za-z0-9_@$\-]+(\.[A-Za-z0-9_@$\-]+)*")
NESTED_NC_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_\-]*(\.[A-Za-z][A-Za-z0-9_\-]*)*")

# Parts of a hierarchy. In SDMX 2.1 the path to them begins with the hierarchy, which is in a hierarchical code list.
_IN_HIERARCHY: Final = frozenset({"HierarchicalCode", "Level"})


class UnsayableError(Exception):
    """An artefact cannot be said in a version, and is left out.

    Args:
        reason: Why: a key of the texts ``loss.…``.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Said:
    """A reference in the terms of a version.

    Attributes:
        reference: The reference.
        is_without_wildcard: Whether it has one version, where it had a wildcard.
        is_without_extension: Whether its version lost an extension that nothing in the message says.
    """

    reference: Reference
    is_without_wildcard: bool = False
    is_without_extension: bool = False


class Writing:
    """What is known while a message is written.

    Args:
        dialect: Version of SDMX-JSON.
        artefacts: What the message is to hold.
        notices: Where losses are told.
    """

    def __init__(self, dialect: Dialect, artefacts: Artefacts, notices: Notices) -> None:
        self.dialect = dialect
        self.notices = notices
        #: Language tags in the order in which they were met.
        self.languages: dict[str, None] = {}
        self._artefacts = artefacts
        self._exact = frozenset(artefact.reference for artefact in artefacts)
        self._written: set[Reference] = set()
        self._artefact: Maintainable | None = None
        self._urns: dict[Reference, _Said] = {}

    @property
    def artefact(self) -> Maintainable:
        """The artefact that is being written."""
        assert self._artefact is not None  # noqa: S101 - set before anything of an artefact is written
        return self._artefact

    @artefact.setter
    def artefact(self, artefact: Maintainable) -> None:
        self._artefact = artefact

    @property
    def where(self) -> str:
        """The artefact that is being written, for errors."""
        return f"{self.artefact.kind}={self.artefact.reference}"

    def lost(self, what: str, part: str = "") -> None:
        """Say that something of the artefact cannot be said."""
        self.notices.lost(self.artefact, what, part)

    def translated(self, how: str, part: str = "") -> None:
        """Say that something of the artefact is said in another way."""
        self.notices.translated(self.artefact, how, part)

    def checked_id(self, identity: str, form: re.Pattern[str] = ID) -> str:
        """Return an id.

        Raises:
            StructureError: It has not the form that SDMX requires.
        """
        if form.fullmatch(identity) is None:
            raise StructureError("id-refused", where=self.where, id=identity, format=self.dialect.name)
        return identity

    def is_first(self, artefact: Maintainable) -> bool:
        """Return whether an artefact is the only one, or the exact one, that has its version as it is written."""
        said = replace(artefact.reference, version=self._version(artefact.reference, artefact.version))
        if said in self._written or (said in self._exact and said != artefact.reference):
            return False
        self._written.add(said)
        return True

    def put_texts(self, target: JsonObject, one: str, several: str, texts: Texts) -> None:
        """Put a text into an object: the best match, which is the first, and all languages.

        Args:
            target: The object.
            one: Property of the best match.
            several: Property of the languages.
            texts: The text by language.
        """
        if not texts:
            return
        target[one] = next(iter(texts.values()))
        if not texts.keys() <= self.languages.keys():
            texts = self._known(texts)
        if texts:
            target[several] = dict(texts)

    def urn(self, reference: Reference) -> str:
        """Return the URN of what a reference refers to, in the terms of the version that is written."""
        return urn_of(self._said(reference).reference)

    def provider_urn(self, reference: Reference) -> str:
        """Return the URN of a data provider.

        Raises:
            UnsayableError: The version has another id for the scheme that it is in.
        """
        scheme = maintainable_reference(reference)
        if self.dialect.scheme_ids.get(scheme.kind, scheme.id) != scheme.id:
            raise UnsayableError("reference-kind")
        return self.urn(reference)

    def any_urn(self, reference: Reference) -> str:
        """Return the URN of what a reference refers to, where it may be anything.

        Raises:
            UnsayableError: The version does not know its class.
        """
        said = self._said(reference).reference
        if said.kind in self.dialect.unknown:
            raise UnsayableError("reference-kind")
        misspelt = self.dialect.misspelt.get(said.kind, said.kind)
        return urn_of(said).replace(f".{said.kind}=", f".{misspelt}=", 1)

    def _known(self, texts: Texts) -> Mapping[str, str]:
        kept: dict[str, str] = {}
        for language, text in texts.items():
            tag = language or UNKNOWN_LANGUAGE
            if self.dialect.languages.fullmatch(tag):
                kept[tag] = text
            elif self._artefact is not None:
                self.lost("language", language)
        self.languages.update(dict.fromkeys(kept))
        return kept

    def _said(self, reference: Reference) -> "_Said":
        said = self._urns.get(reference)
        if said is None:
            said = self._urns[reference] = self._in_terms(reference)
        if said.is_without_wildcard:
            self.translated("version-wildcard")
        if said.is_without_extension:
            self.lost("reference-extension", str(reference))
        return said

    def _in_terms(self, reference: Reference) -> "_Said":
        kind, item = reference.kind, reference.item
        if self.dialect.hierarchy_in_list and kind in _IN_HIERARCHY:
            item = f"{reference.id}.{item}"
        elif not self.dialect.has_measures and kind in {"Measure", "PrimaryMeasure"}:
            item = PRIMARY_MEASURE
        whole = maintainable_reference(reference)
        is_fixed = has_wildcard(whole.version) and self.dialect.referred.fullmatch(whole.version) is None
        version = self._version(whole, self._fitting(whole) if is_fixed else whole.version)
        said = replace(reference, kind=self.dialect.classes.get(kind, kind), version=version, item=item)
        is_cut = not is_fixed and version != whole.version and whole not in self._exact
        return _Said(said, is_without_wildcard=is_fixed, is_without_extension=is_cut)

    def _version(self, whole: Reference, version: str) -> str:
        if whole.kind in ORGANISATION_SCHEMES:
            return "1.0"
        return without_extension(version) if self.dialect.says_final else version

    def _fitting(self, whole: Reference) -> str:
        """Return the highest version in the message that a reference can mean, else the number without wildcards."""
        sought = replace(whole, version="")
        versions = (other.version for other in self._artefacts if replace(other.reference, version="") == sought)
        return latest_fitting(versions, whole.version) or without_wildcards(whole.version)
