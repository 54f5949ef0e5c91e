"""Components and codes that a mapping names, checked against the standard."""

from collections.abc import Mapping

from icstip.findings import Place
from icstip.mapping.reading.mistakes import Mistakes, near_words
from icstip.standard.model import Component, Role, Standard


class Terms:
    """Knows the components and codes of a standard.

    Args:
        standard: The standard.
        mistakes: Takes what it does not have.
    """

    def __init__(self, standard: Standard, mistakes: Mistakes) -> None:
        self._standard = standard
        self._mistakes = mistakes
        self._components: dict[str, Component] = {
            component.id: component for structure in standard.structures.values() for component in structure.components
        }

    @property
    def times(self) -> frozenset[str]:
        """The components that are times."""
        return frozenset(name for name, known in self._components.items() if known.role is Role.TIME_DIMENSION)

    def has_component(self, component: str, place: Place) -> bool:
        """Return whether there is a component; if there is none, it is told."""
        if component in self._components:
            return True
        near = near_words(component, self._components)
        self._mistakes.add("MAP-004", place, component, "" if near else "alone", near=near)
        return False

    def has_code(self, component: str, code: str, place: Place) -> bool:
        """Return whether there are a component and its code; if not, it is told which of them lacks."""
        if not self.has_component(component, place):
            return False
        codelist = self._components[component].codelist
        known: Mapping[str, object] = self._standard.codelists[codelist].by_id if codelist else {}
        if not codelist or code in known:
            return True
        if code:
            near = near_words(code, known)
            self._mistakes.add("MAP-005", place, code, "" if near else "alone", codelist=codelist, near=near)
        else:
            self._mistakes.add("MAP-006", place, component, codelist=codelist)
        return False
