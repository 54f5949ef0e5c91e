"""Structure-specific data: components are attributes of XML (SDMX 2.1, 3.0 and 3.1 §3A part IV)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from icstip.messages.data_ml.plain.collector import Collector
from icstip.messages.data_ml.plain.names import SEPARATOR, XML_LANG, XSI_TYPE
from icstip.messages.data_ml.plain.parsing import Parsing, Place, Step

_GROUP_TYPES: Final = frozenset({XSI_TYPE, "type"})


class SpecificData:
    """Reads the children of a data set.

    Args:
        parsing: The state of the reader.
        rows: Where rows go.

    Attributes:
        place: The place of the data set.
    """

    def __init__(self, parsing: Parsing, rows: Collector) -> None:
        self._parsing = parsing
        self._rows = rows
        observation = Place({"Comp": self._comp_of_observation})
        self._group = Place({"Comp": self._comp_of_group}, rows.leave_group)
        in_series: dict[str, Step] = {
            "Comp": self._comp_of_series,
            "Obs": rows.opening(observation, in_series=True),
        }
        self._series = Place(in_series, rows.leave_series)
        children: dict[str, Step] = {
            "Obs": rows.opening(observation, in_series=False),
            "Series": self._open_series,
            "Group": self._open_group,
            "Atts": self._open_group,
        }
        self.place = Place(children, rows.end)
        rows.places += [self.place, self._series]

    def _open_series(self, attributes: list[str]) -> Place:
        self._rows.open_series(attributes)
        return self._series

    def _open_group(self, attributes: list[str]) -> Place:
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        self._rows.row = [part for pair in pairs if pair[0] not in _GROUP_TYPES for part in pair]
        self._rows.at = self._parsing.parser.CurrentByteIndex
        return self._group

    def _comp_of_observation(self, attributes: list[str]) -> Place:
        row = self._rows.reopen()
        return Comp(self._parsing, row, lambda: self._rows.put_back(row)).place(attributes)

    def _comp_of_group(self, attributes: list[str]) -> Place:
        return Comp(self._parsing, self._rows.row).place(attributes)

    def _comp_of_series(self, attributes: list[str]) -> Place:
        if self._rows.is_series_observed or self._rows.series_row is None:
            raise self._parsing.malformed("Comp after the observations of a series")
        return Comp(self._parsing, self._rows.series_row).place(attributes)


@dataclass(slots=True)
class Comp:
    """A component whose value is no attribute of XML: it has several, or texts in languages (SDMX 3.0).

    Attributes:
        row: Names and values in turn, where its value goes. A column has one: the first.
        done: What to do then.
    """

    parsing: Parsing
    row: list[str]
    done: Callable[[], None] | None = None
    component: str = ""
    first: str | None = None
    language: bool = False
    number: int = 0

    def place(self, attributes: list[str]) -> Place:
        """Return the place of the element ``Comp``."""
        pairs = dict(zip(attributes[::2], attributes[1::2], strict=True))
        pairs.pop(XSI_TYPE, None)
        given = self.parsing.attributes([part for pair in pairs.items() for part in pair], "id")
        if not given.get("id"):
            raise self.parsing.malformed("Comp without id")
        self.component = given["id"]
        return Place({"Value": self._value}, self._leave)

    def _value(self, attributes: list[str]) -> Place:
        self._open(attributes)
        before = self.number

        def take(text: str) -> None:
            if self.number == before:
                self._take(text)
            elif text.strip():
                self.parsing.told.not_read(f"Comp[@id='{self.component}']/Value/text()", self.parsing.line)

        return self.parsing.text_place(take, {"Text": self._text, "StructuredText": self._structured})

    def _text(self, attributes: list[str]) -> Place:
        self._open(attributes)
        self.language = True
        return self.parsing.text_place(self._take)

    def _structured(self, attributes: list[str]) -> Place:
        self._open(attributes)
        self.language = True
        return self.parsing.mixed_place(self._take)

    def _open(self, attributes: list[str]) -> None:
        known = (XSI_TYPE, XML_LANG)
        self.language = self.language or XML_LANG in self.parsing.attributes(attributes, *known)

    def _take(self, text: str) -> None:
        self.number += 1
        if self.first is None:
            self.first = text

    def _leave(self) -> None:
        if self.first is not None:
            self._add(self.first)
        if self.done is not None:
            self.done()

    def _add(self, value: str) -> None:
        self.row += (self.component, value)
        path = f"Comp[@id='{self.component}']/Value"
        if self.number > 1:
            self.parsing.told.not_read(f"{path}[position()>1]", self.parsing.line, self.number - 1)
        elif self.language:
            self.parsing.told.not_read(f"{path}/Text/@xml:lang", self.parsing.line)


def split_components(attributes: list[str]) -> tuple[dict[str, str], list[str]]:
    """Return the attributes of an element that are components, and the others: names and values in turn."""
    components: dict[str, str] = {}
    others: list[str] = []
    for name, value in zip(attributes[::2], attributes[1::2], strict=True):
        if SEPARATOR in name:
            others += (name, value)
        else:
            components[name] = value
    return components, others
