"""The header of a data message, and the notes of the sender at its end."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from icstip.artefacts.base import Reference
from icstip.artefacts.kinds import PACKAGES
from icstip.artefacts.urn import parse_urn
from icstip.messages.data_ml.plain.names import XML_LANG
from icstip.messages.data_ml.plain.parsing import Parsing, Place, Step
from icstip.messages.header import MessageHeader
from icstip.messages.structure_header import Party

_DEFAULT_LANGUAGE: Final = "en"  # what the schemas say of a text that does not tell
_DEFAULT_VERSION: Final = "1.0"  # what they say of a reference that does not tell
_TRUE: Final = frozenset({"true", "1"})
_KINDS: Final = {
    "Structure": "DataStructure",
    "StructureUsage": "Dataflow",
    "ProvisionAgreement": "ProvisionAgreement",
    "ProvisionAgrement": "ProvisionAgreement",  # so spelt in the schemas of SDMX 2.1
}
_LOCATIONS: Final = ("schemaURL", "serviceURL", "structureURL")
_REF: Final = ("agencyID", "id", "version", "class", "package", "local")
_MOST_TEXTS: Final = 20


@dataclass(frozen=True, slots=True)
class Described:
    """What the header says of the structure of data sets.

    Attributes:
        reference: The data structure, dataflow or provision agreement.
        at_observation: The dimension at the observation; empty where nothing is said.
        explicit_measures: Whether types of observations name measures.
    """

    reference: Reference | None
    at_observation: str
    explicit_measures: bool


@dataclass(slots=True)
class HeaderReader:
    """Reads a header. Whatever is missing in it is empty.

    Attributes:
        structures: What it describes, by the ids that data sets refer to.
        action: The action of data sets that do not say it, or empty.
    """

    parsing: Parsing
    structures: dict[str, Described] = field(default_factory=dict)
    action: str = ""
    _words: dict[str, str] = field(default_factory=dict)
    _sender: Party = field(default_factory=lambda: Party("", {}))
    _receivers: list[Party] = field(default_factory=list)
    _source: dict[str, str] = field(default_factory=dict)

    def place(self, attributes: list[str]) -> Place:
        """Return the place of the header."""
        self.parsing.attributes(attributes)
        children: dict[str, Step] = {name: self._word(name) for name in ("ID", "Test", "Prepared", "DataSetAction")}
        children |= {
            "Sender": self._party(self._take_sender),
            "Receiver": self._party(self._receivers.append),
            "Source": language_text(self.parsing, self._source),
            "Structure": self._structure,
        }
        return Place(children, self._leave)

    def _word(self, name: str) -> Step:
        def take(text: str) -> None:
            self._words[name] = text.strip()

        return self._leaf(take)

    def _leaf(self, take: Callable[[str], None]) -> Step:
        def step(attributes: list[str]) -> Place:
            self.parsing.attributes(attributes)
            return self.parsing.text_place(take)

        return step

    def _take_sender(self, sender: Party) -> None:
        self._sender = sender

    def _party(self, take: Callable[[Party], None]) -> Step:
        def step(attributes: list[str]) -> Place:
            name: dict[str, str] = {}
            party = Party(self.parsing.attributes(attributes, "id").get("id", "").strip(), name)
            return Place({"Name": language_text(self.parsing, name)}, lambda: take(party))

        return step

    def _structure(self, attributes: list[str]) -> Place:
        known = ("structureID", "namespace", "dimensionAtObservation", "explicitMeasures")
        given = self.parsing.attributes(attributes, *known, *_LOCATIONS)
        identity, namespace, at, explicit = (given.get(name, "").strip() for name in known)
        if namespace:
            self.parsing.names.structures.add(namespace)
        found: list[Reference] = []

        def leave() -> None:
            reference = found[0] if found else None
            self.structures[identity] = Described(reference, at, explicit.lower() in _TRUE)

        return Place({name: self._reference(kind, found) for name, kind in _KINDS.items()}, leave)

    def _reference(self, kind: str, found: list[Reference]) -> Step:
        def take(text: str) -> None:
            urn = text.strip()
            reference = parse_urn(urn)
            if reference is not None and not found:
                found.append(reference)
            elif urn and not found:
                self.parsing.told.not_read(urn, self.parsing.line)

        def ref(attributes: list[str]) -> Place:
            given = {name: value.strip() for name, value in self.parsing.attributes(attributes, *_REF).items()}
            if given.get("agencyID") and given.get("id"):
                told = given.get("class", "")
                version = given.get("version") or _DEFAULT_VERSION
                found.insert(0, Reference(told if told in PACKAGES else kind, given["agencyID"], given["id"], version))
            else:
                self.parsing.told.not_read("Ref", self.parsing.line)
            return Place({})

        def step(attributes: list[str]) -> Place:
            self.parsing.attributes(attributes)
            return self.parsing.text_place(take, {"Ref": ref, "URN": self._leaf(take)})

        return step

    def _leave(self) -> None:
        words = self._words
        self.action = words.get("DataSetAction", "")
        self.parsing.reading.header = MessageHeader(
            id=words.get("ID", ""),
            sender=self._sender,
            prepared=words.get("Prepared", ""),
            test=words.get("Test", "").lower() in _TRUE,
            receivers=tuple(self._receivers),
            source=self._source,
        )


def language_text(parsing: Parsing, texts: dict[str, str]) -> Step:
    """Return what to do at the start of an element with a text in a language; the first of each language counts."""

    def step(attributes: list[str]) -> Place:
        language = parsing.attributes(attributes, XML_LANG).get(XML_LANG, "").strip() or _DEFAULT_LANGUAGE
        return parsing.text_place(lambda text: texts.setdefault(language, text) and None)

    return step


def footer_place(parsing: Parsing, attributes: list[str]) -> Place:
    """Return the place of the notes of the sender; each is told."""
    parsing.attributes(attributes)

    def message(attributes: list[str]) -> Place:
        given = parsing.attributes(attributes, "code", "severity")
        line = parsing.line
        texts: list[str] = []

        def text(attributes: list[str]) -> Place:
            parsing.attributes(attributes, XML_LANG)
            return parsing.text_place(lambda said: texts.append(said.strip()) if len(texts) < _MOST_TEXTS else None)

        def leave() -> None:
            head = " ".join(part for part in (given.get("severity"), given.get("code")) if part)
            said = " / ".join(text for text in texts if text)
            parsing.told.note(": ".join(part for part in (head, said) if part), line)

        return Place({"Text": text}, leave)

    return Place({"Message": message})
