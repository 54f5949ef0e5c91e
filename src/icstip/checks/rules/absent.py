"""Rules on what is asked for and not there."""

from collections.abc import Iterator
from dataclasses import replace

from icstip.checks.observations import Observations
from icstip.checks.rule import Group, rule
from icstip.findings import Finding
from icstip.standard.model import TOTAL


@rule(Group.ABSENT, "ABSENT-001")
def breakdowns(data: Observations) -> Iterator[Finding]:
    """Find dimensions that the dataflow asks for and by which nothing is broken down."""
    for name in data.expected:
        codes: list[object] = data.frame[name].unique().to_list() if name in data.frame.columns else []
        if data.frame.height and set(map(str, codes)) <= {TOTAL, "None"}:
            # It is nowhere: the place is that of all data.
            place = replace(data.place_of(0), cell=None, row=None, key=name)
            params = {"component": name, "flow": data.flow}
            yield Finding("ABSENT-001", place, str(data.schema.structure.id), params)
