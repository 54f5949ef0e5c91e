"""How data are to be written, where a format leaves a choice."""

from dataclasses import dataclass
from enum import StrEnum


class Layout(StrEnum):
    """How observations are laid out, in formats that know several ways.

    `TIME_SERIES` is `SERIES` with time at the observation, in the messages that SDMX-ML 2.1 has for it.
    """

    FLAT = "flat"
    SERIES = "series"
    TIME_SERIES = "time-series"


class Labels(StrEnum):
    """What stands in SDMX-CSV for components and codes: their ids, their names too in columns of their own, or both."""

    ID = "id"
    NAME = "name"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class DataOptions:
    """How data are to be written.

    Attributes:
        layout: How observations are laid out in SDMX-ML and SDMX-JSON.
        at_observation: Dimension at the observation, when they are in series; by default the time dimension, or the
            last one where there is none.
        labels: What stands in SDMX-CSV for components and codes.
        language: Language of the labels.
        delimiter: What separates the fields of SDMX-CSV: one character.
    """

    layout: Layout = Layout.FLAT
    at_observation: str = ""
    labels: Labels = Labels.ID
    language: str = "en"
    delimiter: str = ","
