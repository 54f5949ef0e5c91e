"""What the standard says of sums over areas: `dsd/aggregation.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from icstip.errors import StandardError
from icstip.standard.files import toml_of

FILE: Final = "aggregation.toml"


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a sum.

    Attributes:
        status: Code of the status of an observation.
        confidentiality: Code of its confidentiality.
    """

    status: str
    confidentiality: str


@dataclass(frozen=True)
class AggregationRules:
    """What is known of areas, statuses and attributes.

    Attributes:
        area: Id of the dimension of areas.
        hierarchy: Id of the hierarchy of regions.
        former: Areas that are no more.
        own: Components whose codes each country uses for something of its own.
        exact, bounded, imputed: What is said of a sum.
        carried: Statuses of figures that their sum has too, in the order of their weight.
        comment: The attribute that tells the coverage.
        decimals: The attribute with the number of decimals.
        same: Attributes that are kept where all figures of a series agree.
        rate_decimals: Decimals of rates.
        population: Components by which a population can be broken down.
    """

    area: str
    hierarchy: str
    former: frozenset[str]
    own: frozenset[str]
    exact: Said
    bounded: Said
    imputed: Said
    carried: tuple[str, ...]
    comment: str
    decimals: str
    same: tuple[str, ...]
    rate_decimals: int
    population: tuple[str, ...]


def read_aggregation_rules(folder: Path) -> AggregationRules:
    """Return what is known of sums over areas.

    Args:
        folder: The folder of the standard (`dsd/`).

    Raises:
        StandardError: The table is missing, or something in it is not there or of another kind.
    """
    said = toml_of(folder / FILE)
    try:
        return AggregationRules(
            area=said["areas"]["component"],
            hierarchy=said["areas"]["hierarchy"],
            former=frozenset(said["areas"]["former"]),
            own=frozenset(said["own"]["components"]),
            exact=_said(said["results"]["exact"]),
            bounded=_said(said["results"]["bounded"]),
            imputed=_said(said["results"]["imputed"]),
            carried=tuple(said["carried"]["statuses"]),
            comment=said["attributes"]["comment"],
            decimals=said["attributes"]["decimals"],
            same=tuple(said["attributes"]["same"]),
            rate_decimals=int(said["rates"]["decimals"]),
            population=tuple(said["population"]["components"]),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise StandardError("standard-toml", where=str(folder / FILE), value=error) from error


def _said(table: Mapping[str, str]) -> Said:
    return Said(table["status"], table["confidentiality"])
