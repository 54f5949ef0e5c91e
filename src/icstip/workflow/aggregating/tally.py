"""What became of every observation: it is in sums, or set aside with a reason."""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from icstip.aggregation.columns import PLAIN_HIGH, PLAIN_LOW, SENDER, WHY
from icstip.aggregation.combining.sources import OTHER, UNDECIDED, USED, USED_HIGH, USED_LOW
from icstip.aggregation.terms import Terms

NUMBER: Final = "_NUMBER"
KEY: Final = "_KEY"

_SHOWN: Final = {
    SENDER: "SOURCE",
    PLAIN_LOW: "LOWER",
    PLAIN_HIGH: "UPPER",
    USED: "SOURCE_USED",
    USED_LOW: "LOWER_USED",
    USED_HIGH: "UPPER_USED",
}


class Tally:
    """Counts what becomes of the observations of a structure.

    Attributes:
        read: Observations read.
        used: Those that are in sums, each once in how many groups so ever.
    """

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._aside: list[pl.DataFrame] = []
        self._conflicts: list[pl.DataFrame] = []
        self.read = 0
        self.used = 0

    def set_aside(self, aside: pl.DataFrame) -> None:
        """Count observations that are in no sum: their dimensions, `WHY`, and where there is another source, that."""
        if not aside.height:
            return
        terms = self._terms
        dotted = pl.concat_str(
            (pl.col(name).cast(pl.String).fill_null("") for name in terms.schema.dimensions), separator="."
        )
        by = [WHY, *terms.texts([terms.area, terms.unit]), SENDER, USED]
        self._aside.append(aside.group_by(by).agg(pl.len().alias(NUMBER), dotted.min().alias(KEY)))
        differing = aside.filter(pl.col(WHY).is_in([OTHER, UNDECIDED]))
        self._conflicts.append(differing.select(*terms.schema.dimensions, *_SHOWN))

    def reasons(self) -> pl.DataFrame:
        """Return how many observations were set aside, in a fixed order.

        Returns:
            `WHY`, the area, the unit, `SENDER`, `USED`, `NUMBER`, and the first key.
        """
        terms = self._terms
        by = [WHY, terms.area, terms.unit, SENDER, USED]
        if not self._aside:
            kinds = {**dict.fromkeys(by, pl.String), NUMBER: pl.UInt32, KEY: pl.String}
            return pl.DataFrame(schema=kinds)
        return pl.concat(self._aside).group_by(by).agg(pl.col(NUMBER).sum(), pl.col(KEY).min()).sort(by)

    def by_reason(self) -> Mapping[str, int]:
        """Return how many observations were set aside, by the code of the finding that says why."""
        counts = self.reasons().group_by(WHY).agg(pl.col(NUMBER).sum()).sort(WHY)
        return {str(code): int(number) for code, number in counts.iter_rows()}

    def conflicts(self) -> pl.DataFrame:
        """Return the figures of which sources say different things: dimensions, what each says, and which counts."""
        kept = [frame for frame in self._conflicts if frame.height]
        if not kept:
            return pl.DataFrame()
        order: Sequence[str] = [*self._terms.schema.dimensions, SENDER, PLAIN_LOW, PLAIN_HIGH]
        return pl.concat(kept).sort(order, nulls_last=True).rename(dict(_SHOWN))
