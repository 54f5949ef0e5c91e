"""Structures as files: those of the standard, and those of any other message, in SDMX formats."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from icstip.artefacts.base import Maintainable
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.notices import Notices
from icstip.artefacts.selection import References, in_languages, select
from icstip.errors import OutputError, StructureError
from icstip.findings import Finding
from icstip.messages.formats import Format, format_of, formats_of
from icstip.messages.structure_header import Party, StructureHeader, iso_time
from icstip.staging import staged
from icstip.standard.model import Standard
from icstip.structures.building.build import build_artefacts
from icstip.structures.building.dataflows import build_agreements
from icstip.structures.message_id import message_id


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of structures is written.

    Attributes:
        only: Classes of artefacts, as in `icstip.artefacts.kinds.ORDER`; none means all.
        without: Classes of artefacts that are left out, whatever else is chosen.
        references: Which of those that they refer to are added.
        languages: The languages of the texts; none means all.
    """

    only: Collection[str] = ()
    without: Collection[str] = ()
    references: References = References.NONE
    languages: Collection[str] = ()

    def of(self, artefacts: Artefacts) -> Artefacts:
        """Return the part of artefacts.

        Raises:
            StructureError: Nothing is left, or no name is in one of the languages.
        """
        found = select(artefacts, self.only, self.references) if self.only else artefacts
        chosen = Artefacts(tuple(artefact for artefact in found if artefact.kind not in self.without))
        if len(artefacts) and not len(chosen):
            raise StructureError("structures-none", where=", ".join(self.only or self.without))
        if not self.languages:
            return chosen
        known = dict.fromkeys(language for artefact in chosen for language in artefact.name)
        for language in self.languages:
            if known and language not in known:
                raise StructureError("language-absent", where=language, known=", ".join(known))
        return in_languages(chosen, self.languages)


@dataclass(frozen=True, slots=True)
class Structures:
    """Structures with the header of the message that they come or go in."""

    header: StructureHeader
    artefacts: Artefacts

    def part(self, part: Part) -> "Structures":
        """Return a part of the structures under the same header."""
        return Structures(self.header, part.of(self.artefacts))


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Attributes:
        paths: The files.
        findings: What the formats cannot say, or say in another way.
    """

    paths: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()


def standard_structures(
    standard: Standard, *, providers: Sequence[str] = (), dataflows: Sequence[str] = ()
) -> Structures:
    """Return the structures of a standard, with provision agreements where they are asked for.

    Args:
        standard: The standard, re-issued as wanted.
        providers: Ids of the data providers that have agreements.
        dataflows: Ids of the dataflows that the agreements are about; none means all.

    Raises:
        StructureError: There is no such provider or dataflow, or the standard refers to what does not exist.
    """
    built = build_artefacts(standard)
    agreements = build_agreements(standard, providers, dataflows) if providers else ()
    sender = Party(standard.agency, dict(standard.agency_name))
    prepared = iso_time(datetime.fromisoformat(standard.prepared))
    header = StructureHeader(message_id(standard), prepared, sender, None, {}, test=False)
    return Structures(header, Artefacts.of((*built, *agreements)))


def write_structure_files(
    structures: Standard | Structures,
    folder: Path,
    formats: Sequence[str],
    *,
    part: Part | None = None,
    split: bool = False,
    stem: str = "structures",
) -> Written:
    """Write structures as files, one a format or one an artefact and format; all files or none.

    Args:
        structures: A standard, re-issued as wanted, or structures from elsewhere.
        folder: Where the files belong: ``<stem>.<format>.<extension>``.
        formats: Ids of structure formats.
        part: The part of the structures that is written; all of them without it.
        split: Whether each artefact has a file of its own: ``<class>-<agency>-<id>-<version>.<format>.<extension>``.
        stem: Name of the files, when they are not split.

    Raises:
        FormatError: There is no such format.
        StructureError: An artefact cannot be written in any format.
        OutputError: The folder cannot be written.
    """
    chosen = [format_of(name, "structure") for name in dict.fromkeys(formats)]
    whole = standard_structures(structures) if isinstance(structures, Standard) else structures
    message = whole if part is None else whole.part(part)
    messages = dict(_messages(message, stem, split=split))
    paths: list[Path] = []
    findings: list[Finding] = []
    with staged(folder) as stage:
        for fmt in chosen:
            for name, content in messages.items():
                written, lost = write_message(content, fmt)
                findings += lost
                if split and not _can_say(fmt, content):
                    continue
                (stage / fmt.file_name(name)).write_bytes(written)
                paths.append(folder / fmt.file_name(name))
    return Written(tuple(paths), tuple(findings))


def write_message(structures: Structures, fmt: Format) -> tuple[bytes, tuple[Finding, ...]]:
    """Return structures as a message in a format, and what the format cannot say.

    Args:
        structures: The structures.
        fmt: A format of structures.

    Raises:
        StructureError: An artefact cannot be written in any format.
    """
    notices = Notices(fmt.id, fmt.name)
    return fmt.write_structures(structures.artefacts, structures.header, notices), notices.findings


def structure_formats() -> list[str]:
    """Return the ids of the formats of structures."""
    return [fmt.id for fmt in formats_of("structure")]


def only_format(formats: Sequence[str]) -> Format:
    """Return the one format of what goes to a stream.

    Raises:
        OutputError: There are several.
        FormatError: There is no such format.
    """
    if len(formats) != 1:
        raise OutputError("output-stream", where="-", number=len(formats))
    return format_of(formats[0], "structure")


def _messages(structures: Structures, stem: str, *, split: bool) -> Iterator[tuple[str, Structures]]:
    if not split:
        yield stem, structures
        return
    for artefact in structures.artefacts:
        yield _stem(artefact), Structures(structures.header, Artefacts((artefact,)))


def _stem(artefact: Maintainable) -> str:
    return f"{artefact.kind}-{artefact.agency}-{artefact.id}-{artefact.version}"


def _can_say(fmt: Format, structures: Structures) -> bool:
    return any(artefact.kind not in fmt.lacks for artefact in structures.artefacts)
