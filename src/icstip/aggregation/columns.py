"""Names of the columns that figures have on their way into a sum, beside the components of their structure."""

from typing import Final

SENDER: Final = "_SENDER"
"""Who sent a figure (String)."""

SUBMISSION: Final = "_SUBMISSION"
"""The submission that it came with (String)."""

RECEIVED: Final = "_RECEIVED"
"""When it was received, as a text that sorts by time (String); null where nobody says."""

WHY: Final = "_WHY"
"""Code of the finding that says why a figure is in no sum (String); null for one that is."""

PLAIN_LOW: Final = "_PLAIN_LOW"
"""The least that a figure can be by what is published of it (Float64)."""

PLAIN_HIGH: Final = "_PLAIN_HIGH"
"""The most that it can be by that (Float64); null where nobody says."""

RANK: Final = "_RANK"
"""Place of its status among those that a sum has too (UInt8); the last one for any other."""

CARRIED: Final = "_CARRIED"
"""Whether it is of an earlier period (Boolean)."""

YEAR: Final = "_YEAR"
"""Year in which its period begins (Int32)."""

GROUP: Final = "_GROUP"
"""Code of a group (String)."""

AREA: Final = "_AREA"
"""Code of an area of a group (String)."""

EXPECTED: Final = "_EXPECTED"
"""Whether it is expected to report (Boolean)."""

REPORTING: Final = "AREAS_REPORTING"
"""Areas with a figure of the period itself (list of texts)."""

EXPECTED_AREAS: Final = "AREAS_EXPECTED"
"""How many areas are expected to report."""

HIDDEN: Final = "AREAS_HIDDEN"
"""Areas of whose figure only bounds are published."""

CARRIED_FROM: Final = "AREAS_CARRIED_FORWARD"
"""Areas with a figure of an earlier period."""

BESIDE: Final = "AREAS_BESIDE"
"""Residual groups, and areas that were not expected to report."""

LISTS: Final = (REPORTING, HIDDEN, CARRIED_FROM, BESIDE)
"""The columns with areas. The coverage has their numbers under these names; the areas are then called ``…_LIST``."""

SHARE: Final = "POPULATION_SHARE"
"""The share of the population that lives where figures are from."""
