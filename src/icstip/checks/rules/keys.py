"""Rules on keys: the dimensions identify an observation (SDMX 3.0 §2 5.4)."""

from collections.abc import Iterator
from dataclasses import replace

from icstip.checks.keys import DIFFERENT, SAME, check_keys
from icstip.checks.observations import ROW, Observations
from icstip.checks.rule import Group, found_on_reading, rule
from icstip.findings import Finding

found_on_reading(Group.KEYS, "DATA-010")


@rule(Group.KEYS, SAME, DIFFERENT)
def repeated_keys(data: Observations) -> Iterator[Finding]:
    """Find observations with the same key, that say the same or something else."""
    repeated = data.frame.filter(data.is_repeated)
    if not repeated.height:
        return
    said = [*data.schema.measures, *(name for role in ("lower", "upper", "status") if (name := data.component(role)))]
    key = data.schema.dimensions
    if key:
        _, _, findings = check_keys(repeated, key, said or key, ROW, data.place_of)
        # Nothing is set aside here, as it is where a table becomes observations.
        yield from (replace(finding, variant="found") for finding in findings)
