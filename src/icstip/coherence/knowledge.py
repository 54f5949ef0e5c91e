"""What the standard says of components and codes beside their lists: `dsd/checks.toml` and hierarchies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from icstip.errors import StandardError
from icstip.standard.files import toml_of
from icstip.standard.model import Standard

FILE: Final = "checks.toml"


@dataclass(frozen=True, slots=True)
class Parts:
    """A code that others make up.

    Attributes:
        codelist: Id of the code list.
        whole: The code.
        parts: Those that make it up.
    """

    codelist: str
    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stages:
    """Codes of a component of which a later one is usually not more than an earlier one."""

    component: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replaced:
    """A code that is only used for periods up to a year, and the one to use afterwards."""

    codelist: str
    code: str
    last: str
    instead: str


@dataclass(frozen=True, slots=True)
class AgeCodes:
    """How the codes of ages are written: one year, a band, and one without an upper bound."""

    codelist: str = ""
    one: str = ""
    band: str = ""
    open: str = ""


@dataclass(frozen=True)
class Knowledge:
    """What is known of components and codes.

    Attributes:
        components: Ids of components by what they say: ``status``, ``confidentiality``, ``lower``, ``upper``,
            ``multiplier``, ``unit``, ``frequency``, ``counting_rule``, ``source``.
        counts: Units of counts.
        rates: Units of rates, with the largest value of each.
        per_population: Units that relate a count to so many of a population.
        missing, normal, breaks, forecasts: Codes of the status.
        suppressed: Those of missing figures that somebody knows and does not tell.
        hidden: Codes of the confidentiality that say that nobody else may read a figure.
        once, several: Codes of the rule of counting.
        unknown: Codes of those of whom nothing is known.
        no_parts: Codes that are part of nothing.
        overlapping: Lists whose codes at the top are no parts of their total.
        areas: Lists of areas.
        groups: Codes of them that stand for several areas, beside those above others in a hierarchy.
        no_sums: Components whose codes are no parts of each other.
        parts: Codes that others make up, which no list says.
        hierarchies: Groupings of codes: the code above each code, by code list.
        stages: Codes in their order.
        replaced: Codes that are no longer used.
        multiple: Components in which a person can be counted several times.
        frequencies: Patterns of time periods by frequency.
        fiscal: Words of years that do not begin in January.
        ages: How ages are written.
    """

    components: Mapping[str, str] = field(default_factory=dict)
    counts: frozenset[str] = frozenset()
    rates: Mapping[str, float] = field(default_factory=dict)
    per_population: Mapping[str, float] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    suppressed: frozenset[str] = frozenset()
    normal: frozenset[str] = frozenset()
    breaks: frozenset[str] = frozenset()
    forecasts: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    once: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    no_parts: frozenset[str] = frozenset()
    overlapping: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    no_sums: frozenset[str] = frozenset()
    parts: tuple[Parts, ...] = ()
    hierarchies: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    stages: tuple[Stages, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    multiple: frozenset[str] = frozenset()
    frequencies: Mapping[str, str] = field(default_factory=dict)
    fiscal: frozenset[str] = frozenset()
    ages: AgeCodes = AgeCodes()

    @cached_property
    def area_groups(self) -> frozenset[str]:
        """Codes of those who report that stand for several areas."""
        of_areas = (above for codelist in self.areas for above in self.hierarchies.get(codelist, ()))
        return self.groups.union(*(above.values() for above in of_areas))


def read_knowledge(folder: Path, standard: Standard) -> Knowledge:
    """Return what is known of components and codes.

    Args:
        folder: The folder of the standard (`dsd/`).
        standard: The standard in it.

    Raises:
        StandardError: A table is missing, or something in it is not there or of another kind.
    """
    said = toml_of(folder / FILE)
    times = toml_of(folder / "periods.toml")
    ages = toml_of(folder / "vocabulary.toml").get("ages", {})
    try:
        units, statuses, residuals = said["units"], said["statuses"], said["residuals"]
        return Knowledge(
            components=dict(said["components"]),
            counts=frozenset(units["counts"]),
            rates={code: float(most) for code, most in units["rates"].items()},
            per_population={code: float(size) for code, size in units["per_population"].items()},
            missing=frozenset(statuses["missing"]),
            suppressed=frozenset(statuses["suppressed"]),
            normal=frozenset(statuses["normal"]),
            breaks=frozenset(statuses["break"]),
            forecasts=frozenset(statuses["forecast"]),
            hidden=frozenset(said["confidentiality"]["hidden"]),
            once=frozenset(said["counting"]["once"]),
            several=frozenset(said["counting"]["several"]),
            unknown=frozenset(residuals["unknown"]),
            no_parts=frozenset(residuals["not_a_part"]),
            overlapping=frozenset(said["overlapping"]["codelists"]),
            areas=frozenset(said["areas"]["codelists"]),
            groups=frozenset(said["areas"]["groups"]),
            no_sums=frozenset(said["no_sums"]["components"]),
            parts=tuple(Parts(one["codelist"], one["whole"], tuple(one["parts"])) for one in said.get("parts", ())),
            hierarchies=_hierarchies(standard),
            stages=tuple(Stages(one["component"], tuple(one["codes"])) for one in said.get("stages", ())),
            replaced=tuple(Replaced(**one) for one in said.get("replaced", ())),
            multiple=frozenset(
                component.id
                for structure in standard.structures.values()
                for component in structure.components
                if component.concept in standard.concepts and standard.concepts[component.concept].counting
            ),
            frequencies=dict(times["frequency"]["periods"]),
            fiscal=frozenset(word.casefold() for word in times["words"].get("fiscal", ())),
            ages=AgeCodes(*(ages.get(name, "") for name in ("codelist", "one", "band", "open"))),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise StandardError("standard-toml", where=str(folder / FILE), value=error) from error


def _hierarchies(standard: Standard) -> Mapping[str, tuple[Mapping[str, str], ...]]:
    """Return the code above each code in each hierarchy, by the code list that it groups."""
    found: dict[str, tuple[Mapping[str, str], ...]] = {}
    for hierarchy in standard.hierarchies.values():
        codes = {one.id: one.code for one in hierarchy.codes}
        for codelist in dict.fromkeys(one.codelist for one in hierarchy.codes):
            above = {one.code: codes[one.parent] for one in hierarchy.codes if one.codelist == codelist and one.parent}
            found[codelist] = (*found.get(codelist, ()), above)
    return found
