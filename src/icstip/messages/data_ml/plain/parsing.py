"""What all that reads a message in the plain way shares: the parser, where it is, and what is told."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

import polars as pl

from icstip.errors import FormatError
from icstip.messages.data_ml.plain.content import Lines
from icstip.messages.data_ml.plain.names import SEPARATOR, Names, is_hint
from icstip.messages.data_notices import DataNotices
from icstip.messages.data_parts import DataPart, Reading

if TYPE_CHECKING:
    from icstip.messages.data_ml.plain.collector import Collector

Step = Callable[[list[str]], "Place"]
"""What to do at the start of an element, given its attributes: names and values in turn."""

MOST_BYTES: Final = 16 << 20
"""So large at most are a tag, a comment, a text, and the header."""

_MOST_DEPTH: Final = 100
_MOST_NAMES: Final = 200
_MOST_VALUES: Final = 100
_MOST_NOTES: Final = 100
_MOST_CHARACTERS: Final = 10_000
_OTHERS: Final = "…"
_WHITE: Final = " \t\r\n"


@dataclass(slots=True, eq=False)
class Place:
    """What may be in an element that is open.

    Attributes:
        children: What to do at the start of an element in it, by name.
        leave: What to do at its end.
        text: Where text in it goes; None where there should be none.
        other: The place of any other element in it; by default they are told, and skipped.
    """

    children: dict[str, Step]
    leave: Callable[[], None] | None = None
    text: list[str] | None = None
    other: "Place | None" = None


def skipped_place() -> Place:
    """Return the place of an element of which nothing is read."""
    place = Place({}, text=None)
    place.other = place
    return place


class Told:
    """Adds to the findings.

    Args:
        notices: Where they go.
    """

    def __init__(self, notices: DataNotices) -> None:
        self._notices = notices
        self._names: set[str] = set()
        self._values: Counter[str] = Counter()
        self._notes = 0

    def not_read(self, name: str, line: int | None = None, times: int = 1) -> None:
        """Say that a part of the message is not read.

        Args:
            name: Its name.
            line: Line of the first of them.
            times: How often it is there.
        """
        name = name[:_MOST_CHARACTERS]
        if name not in self._names and len(self._names) >= _MOST_NAMES:
            name = _OTHERS
        self._names.add(name)
        self._notices.add("DATA-007", name, line=line, times=times)

    def note(self, text: str, line: int) -> None:
        """Say what the sender says at the end of the message."""
        self._notes += 1
        if self._notes > _MOST_NOTES:
            text = _OTHERS
        self._notices.add("DATA-005", text[:_MOST_CHARACTERS], line=line)

    def twice(self, component: str, first: pl.Series, second: pl.Series, lines: pl.Series | None) -> None:
        """Say where a component is told twice in different ways.

        Args:
            component: Its id.
            first: The values that count; null where there is none.
            second: The others, row by row.
            lines: The lines that they stand in.
        """
        differs = first != second
        if not differs.any():
            return
        line = pl.lit(None, pl.Int64) if lines is None else lines
        pairs = pl.DataFrame({"first": first, "second": second}).with_columns(line=line).filter(differs)
        found = pairs.group_by("first", "second", maintain_order=True).agg(pl.len(), pl.col("line").first())
        room = max(_MOST_VALUES - self._values[component], 0)
        for value, other, times, at in found.head(room).iter_rows():
            self._notices.add("DATA-009", value, line=at, times=times, component=component, other=other)
        if found.height > room:
            self._notices.add("DATA-004", str(found.height - room), component=component, of="DATA-009")
        self._values[component] += min(found.height, room)


@dataclass(slots=True)
class Parsing:
    """The state that parts of the reader share.

    Attributes:
        reading: Where header, format and findings go.
        parser: The parser.
        told: What is told.
        names: What names mean.
        lines: The lines of places.
        stack: The elements that are open, from the document on.
        rows: The data set that is open.
        ready: Parts that are complete.
    """

    reading: Reading
    parser: expat.XMLParserType = field(init=False)
    told: Told = field(init=False)
    names: Names = field(default_factory=Names)
    lines: Lines = field(default_factory=Lines)
    stack: list[Place] = field(default_factory=list)
    rows: "Collector | None" = None
    ready: list[DataPart] = field(default_factory=list)
    known_names: dict[str, str] = field(default_factory=dict)
    _skipped: Place = field(default_factory=skipped_place)
    _characters: int = 0

    def __post_init__(self) -> None:
        self.parser = expat.ParserCreate(None, SEPARATOR, self.known_names)
        self.told = Told(self.reading.notices)

    @property
    def line(self) -> int:
        """The line that the parser is in."""
        return self.parser.CurrentLineNumber + self.lines.skipped

    def malformed(self, reason: str, line: int | None = None) -> FormatError:
        """Return the error that the message is broken, in a line or where the parser is."""
        column = 1 if line else self.parser.CurrentColumnNumber + 1
        return FormatError(
            "data-malformed", where=self.reading.where, line=line or self.line, column=column, reason=reason
        )

    def too_large(self) -> FormatError:
        """Return the error that a part of the message is too large."""
        return FormatError("data-part-large", where=self.reading.where, line=self.line, most=MOST_BYTES)

    def unexpected(self, name: str, attributes: list[str]) -> Place:
        """Return the place of an element that has a name that was not expected, as it stands there.

        Names are looked up as they were first met; one that means something is known from then on.

        Raises:
            FormatError: It is nested too deeply, or is of another version of SDMX than the message.
        """
        place = self.stack[-1]
        if len(self.stack) > _MOST_DEPTH:
            raise self.malformed(f"nested more than {_MOST_DEPTH} levels deep")
        if place.other is not None:
            return place.other
        step = place.children.get(self.own(name) or "")
        if step is not None:
            place.children[name] = step
            return step(attributes)
        self.told.not_read(self.names.shown(name), self.line)
        return self._skipped

    def own(self, name: str, line: int | None = None) -> str | None:
        """Return the local part of a name that belongs to SDMX, else None.

        Args:
            name: The name.
            line: Line that it stands in, if the parser is not there.

        Raises:
            FormatError: It is of another version of SDMX than the message.
        """
        if SEPARATOR not in name:
            return name
        if other := self.names.other_version(name):
            raise self.malformed(f"SDMX {self.names.generation} and {other} are mixed", line)
        return self.names.own(name)

    def attributes(self, given: list[str], *known: str) -> dict[str, str]:
        """Return the attributes of an element by their names, those without a namespace and some others that are known.

        Others are told, but for those that say where schemas are.

        Args:
            given: Names and values in turn.
            *known: Local names of those that are understood or that there is no need to tell.
        """
        found: dict[str, str] = {}
        for name, value in zip(given[::2], given[1::2], strict=True):
            local = self.own(name)
            if local in known:
                found.setdefault(local, value)
            elif name in known:
                found[name] = value
            elif not is_hint(name):
                self.told.not_read(self.names.shown(name), self.line)
        return found

    def text_place(self, take: Callable[[str], object], children: dict[str, Step] | None = None) -> Place:
        """Return the place of an element that holds a text.

        Args:
            take: Takes the text at the end of the element.
            children: Elements that may be in it.
        """
        pieces: list[str] = []

        def leave() -> None:
            take("".join(pieces))

        self.parser.CharacterDataHandler = self.text
        return Place(children or {}, leave, pieces)

    def mixed_place(self, take: Callable[[str], object]) -> Place:
        """Return the place of an element whose text may have any elements in it; only the text is taken."""
        place = self.text_place(take)
        place.other = Place({}, text=place.text)
        place.other.other = place.other
        return place

    def watch_text(self, *, seen: bool) -> None:
        """Ask the parser for text, or not.

        Args:
            seen: Whether there seems to be some that is not white space. White space counts where a text is open.
        """
        wanted = seen or any(place.text is not None for place in self.stack)
        self.parser.CharacterDataHandler = self.text if wanted else None

    def text(self, text: str) -> None:
        """Take text where the parser is.

        Raises:
            FormatError: It is too long.
        """
        place = self.stack[-1]
        if place.text is not None:
            if not place.text:
                self._characters = 0
            self._characters += len(text)
            if self._characters > MOST_BYTES:
                raise self.too_large()
            place.text.append(text)
        elif place.other is None and text.strip(_WHITE):
            self.told.not_read("text()", self.line)
