"""A data message: its header, its data sets, and the notes of the sender at its end."""

from typing import Final

from icstip.artefacts.data_structure import TIME_DIMENSION
from icstip.errors import FormatError
from icstip.messages.data_ml.plain.collector import ALL_DIMENSIONS, Collector, DataLayout
from icstip.messages.data_ml.plain.generic import GenericData
from icstip.messages.data_ml.plain.header import Described, HeaderReader, footer_place
from icstip.messages.data_ml.plain.names import XSI_TYPE, MessageKind, generic_name, kind_of, shown_kind
from icstip.messages.data_ml.plain.parsing import Parsing, Place
from icstip.messages.data_ml.plain.specific import SpecificData, split_components
from icstip.messages.data_parts import DataHead
from icstip.messages.dataset import Action
from icstip.schema import Level
from icstip.standard.model import Role

_ACTIONS: Final = {action.value.lower(): action for action in Action}
_UNDESCRIBED: Final = Described(None, "", explicit_measures=False)
_OF_SET: Final = ("structureRef", "action", "dataScope")
"""Attributes of a data set that are no components, and that are understood."""


class Message:
    """Reads a message from its root on.

    Args:
        parsing: The state of the reader.

    Attributes:
        is_header_open: Whether no data set has begun yet.
    """

    def __init__(self, parsing: Parsing) -> None:
        self.is_header_open = True
        self._parsing = parsing
        self._header = HeaderReader(parsing)
        self._has_header = False
        self._kind = MessageKind("3.0", is_generic=False, is_time_series=False)

    def root(self, name: str, attributes: list[str]) -> Place:
        """Return the place of the root.

        Raises:
            FormatError: It is none of a data message.
        """
        parsing = self._parsing
        kind = kind_of(name)
        if kind is None:
            raise FormatError("data-message-kind", where=parsing.reading.where, kind=shown_kind(name))
        self._kind = kind
        parsing.names.generation = kind.generation
        parsing.reading.format_id = kind.format_id
        parsing.attributes(attributes)
        return Place({"Header": self._open_header, "DataSet": self._open_dataset, "Footer": self._open_footer})

    def _open_header(self, attributes: list[str]) -> Place:
        if self._has_header or not self.is_header_open:
            raise self._parsing.malformed("a second Header, or one after data")
        self._has_header = True
        return self._header.place(attributes)

    def _open_footer(self, attributes: list[str]) -> Place:
        return footer_place(self._parsing, attributes)

    def _open_dataset(self, attributes: list[str]) -> Place:
        self.is_header_open = False
        generic = self._kind.is_generic
        components, others = ({}, attributes) if generic else split_components(attributes)
        given = self._parsing.attributes(others, *_OF_SET, XSI_TYPE)
        for name in _OF_SET:  # some tools write these without the prefix that they have in structure-specific data
            if name in components and name not in given:
                given[name] = components.pop(name)
        described = self._described(given.get("structureRef", "").strip())
        layout = self._layout(described, self._action(given.get("action", "")), components)
        rows = Collector(self._parsing, layout)
        self._parsing.rows = rows
        place = GenericData(self._parsing, rows).place if generic else self._specific(rows)

        def leave() -> None:
            rows.end()
            self._parsing.rows = None

        place.leave = leave
        return place

    def _specific(self, rows: Collector) -> Place:
        """Return the place of a structure-specific data set; sdmx1 writes generic elements there."""
        place = SpecificData(self._parsing, rows).place
        if self._kind.generation == "2.1":
            others = GenericData(self._parsing, rows).place.children
            place.children |= {generic_name(name): step for name, step in others.items()}
        return place

    def _described(self, reference: str) -> Described:
        structures = self._header.structures
        if reference in structures:
            return structures[reference]
        if not reference and len(structures) == 1:
            return next(iter(structures.values()))
        self._parsing.told.not_read(f"structureRef={reference}", self._parsing.line)
        return _UNDESCRIBED

    def _layout(self, described: Described, action: Action, values: dict[str, str]) -> DataLayout:
        at = TIME_DIMENSION if self._kind.is_time_series else described.at_observation
        roles = dict.fromkeys(values, Role.ATTRIBUTE)
        levels = dict.fromkeys(values, Level.DATASET)
        if at not in {"", ALL_DIMENSIONS}:
            roles[at] = Role.TIME_DIMENSION if at == TIME_DIMENSION else Role.DIMENSION
        attached_to: dict[str, tuple[str, ...]] = {}
        head = DataHead(
            structure=described.reference,
            action=action,
            generation=self._kind.generation,
            roles=roles,
            levels=levels,
            attached_to=attached_to,
            line=self._parsing.line,
        )
        return DataLayout(
            head=head,
            is_generic=self._kind.is_generic,
            at_observation=at,
            explicit_measures=described.explicit_measures,
            prefixes=self._parsing.names.prefixes,
            roles=roles,
            levels=levels,
            attached_to=attached_to,
            values=values,
        )

    def _action(self, told: str) -> Action:
        action = told.strip() or self._header.action
        if not action:
            return Action.INFORMATION
        known = _ACTIONS.get(action.rpartition(".")[2].lower())  # sdmx1 writes ActionType.append
        if known is None:
            raise self._parsing.malformed(f"the action {action!r} is none of {', '.join(Action)}")
        return known
