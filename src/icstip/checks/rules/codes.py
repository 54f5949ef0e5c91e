"""Rules on codes that their list has but that these data may not use."""

from collections.abc import Iterator

import polars as pl

from icstip.checks.observations import ROW, Observations
from icstip.checks.rule import VALUE, Group, Hits, found_on_reading, rule

found_on_reading(Group.CODES, "CODE-002")


@rule(Group.CODES, "CODE-003")
def codes_not_allowed(data: Observations) -> Iterator[Hits]:
    """Find codes that the structure or the dataflow does not allow (SDMX 3.0 §2 10, data constraints)."""
    for column in data.schema.columns:
        name = column.id
        if column.codes is None or name not in data.frame.columns:
            continue
        known = set(column.codes)
        refused = set(data.schema.refused.get(name, ())) & known
        refused |= known - data.allowed[name] if name in data.allowed else set()
        if refused:
            rows = data.frame.filter(data.is_of(name, refused))
            yield Hits(
                rows.select(
                    ROW, pl.col(name).cast(pl.String).alias(VALUE), component=pl.lit(name), flow=pl.lit(data.flow)
                )
            )


@rule(Group.CODES, "CODE-004")
def codes_no_longer_used(data: Observations) -> Iterator[Hits]:
    """Find codes in periods after the last one for which they are used."""
    if data.time is None:
        return
    for replaced in data.knowledge.replaced:
        for column in data.columns_of([replaced.codelist]):
            is_later = pl.col(data.time).str.slice(0, len(replaced.last)) > replaced.last
            rows = data.frame.filter(data.is_of(column.id, [replaced.code]) & is_later)
            yield Hits(
                rows.select(
                    ROW,
                    pl.col(column.id).cast(pl.String).alias(VALUE),
                    component=pl.lit(column.id),
                    last=pl.lit(replaced.last),
                    instead=pl.lit(replaced.instead),
                )
            )
