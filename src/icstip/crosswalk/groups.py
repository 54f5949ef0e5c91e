"""Codes of which the target knows only the group: their figures are in the group's, or can be summed."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from icstip.crosswalk.causes import GROUP_ABSENT, IN_ITS_GROUP, NO_SUM, ROW, SUMMED, Flow
from icstip.crosswalk.mapping import joined, said
from icstip.crosswalk.route import HIT, Route, Step, is_dimension
from icstip.standard.model import CodeGroup

_KEY = "__key"


@dataclass(frozen=True)
class Summing:
    """What the parts of groups need to be summed.

    Attributes:
        route: The crosswalk.
        whole: All observations, whatever became of them, those that were set aside before included: a sum without one
            of its parts would be too small.
        wanted: Whether parts are summed.
    """

    route: Route
    whole: pl.DataFrame
    wanted: bool

    def take(self, flow: Flow, step: Step) -> pl.DataFrame:
        """Take the parts of groups that a step does not know out of the flow, and return their sums.

        Returns:
            The columns of the source.
        """
        groups = [group for group in self.route.groups if group.component in step.sources]
        sums = [self._group(flow, step, group).select(self.whole.columns) for group in groups]
        return pl.concat([self.whole.clear(), *sums])

    def _group(self, flow: Flow, step: Step, group: CodeGroup) -> pl.DataFrame:
        """Take the parts of one group out of the flow, and return their sums."""
        lineage = _lineage(self.route.above.get(group.hierarchy, {}), group.code)
        parts = self._parts(flow, step, group, lineage)
        component = group.component
        if not parts.height:
            return parts
        key = self._key(component)
        whole = self.whole.with_columns(key)
        there = whole.filter(pl.col(component) == group.code).select(_KEY).unique()
        parts = parts.with_columns(key)
        covered = parts.join(there, on=_KEY, how="semi")
        flow.leave_rows(covered, IN_ITS_GROUP, component, pl.col(component), group.code)
        loose = parts.join(there, on=_KEY, how="anti", maintain_order="left")
        if not self.wanted:
            flow.leave_rows(loose, GROUP_ABSENT, component, pl.col(component), group.code)
            return parts.clear()
        return self._summed(flow, group, loose, whole.filter(pl.col(component).is_in(list(lineage))), lineage)

    def _parts(self, flow: Flow, step: Step, group: CodeGroup, lineage: Mapping[str, tuple[str, ...]]) -> pl.DataFrame:
        """Take the observations out of the flow that the step would know, were they of the group."""
        frame = flow.frame
        candidates = frame.filter(pl.col(group.component).is_in(list(lineage)))
        if not candidates.height:
            return candidates
        unknown = joined(candidates, step).filter(pl.col(HIT).is_null()).select(ROW)
        as_group = candidates.join(unknown, on=ROW, how="semi").with_columns(pl.lit(group.code).alias(group.component))
        known = joined(as_group, step).filter(pl.col(HIT)).select(ROW)
        flow.frame = frame.join(known, on=ROW, how="anti", maintain_order="left")
        return frame.join(known, on=ROW, how="semi", maintain_order="left")

    def _summed(
        self,
        flow: Flow,
        group: CodeGroup,
        loose: pl.DataFrame,
        family: pl.DataFrame,
        lineage: Mapping[str, tuple[str, ...]],
    ) -> pl.DataFrame:
        component = group.component
        # A part of a part that is there itself is in its figure already.
        codes = family.group_by(_KEY).agg(pl.col(component).alias("__codes"))
        between = pl.col(component).replace_strict(
            list(lineage), [list(codes) for codes in lineage.values()], return_dtype=pl.List(pl.String)
        )
        marked = loose.join(codes, on=_KEY, how="left", maintain_order="left")
        nested = between.list.set_intersection(pl.col("__codes")).list.len() > 0
        inner, outer = marked.filter(nested).drop("__codes"), marked.filter(~nested).drop("__codes")
        flow.leave_rows(inner, IN_ITS_GROUP, component, pl.col(component), group.code)
        complete = family.group_by(_KEY).len("__family")
        arrived = loose.group_by(_KEY).len("__arrived")
        judged = outer.join(complete, on=_KEY, how="left").join(arrived, on=_KEY, how="left")
        judged = judged.with_columns(self._obstacle(group).alias("__why"))
        refused = judged.filter(pl.col("__why").is_not_null())
        flow.leave_rows(refused, NO_SUM, component, pl.col(component), pl.col("__why"))
        sound = judged.filter(pl.col("__why").is_null()).drop("__why", "__family", "__arrived")
        flow.leave_rows(sound, SUMMED, component, pl.col(component), group.code)
        return self._sums(sound, group)

    def _obstacle(self, group: CodeGroup) -> pl.Expr:
        """Return why the parts of a group cannot be summed, the same for all of them; null where they can."""
        measures = [one.id for one in self.route.source.measures]
        coded = [
            one.id
            for one in self.route.source.attributes
            if one.codelist and one.id in self.route.used and one.id != group.rule
        ]
        wrong = {
            "": pl.col("__family") != pl.col("__arrived"),
            "rule": (said(group.rule) != group.once).any().over(_KEY),
            "value": pl.any_horizontal(pl.col(name).is_null() | pl.col(name).is_nan() for name in measures)
            .any()
            .over(_KEY),
            "differs": pl.any_horizontal(
                pl.lit(value=False), *(said(name).n_unique().over(_KEY) > 1 for name in coded)
            ),
        }
        return pl.coalesce(*(pl.when(holds).then(pl.lit(why)) for why, holds in wrong.items()))

    def _sums(self, parts: pl.DataFrame, group: CodeGroup) -> pl.DataFrame:
        """Return one observation for the parts of each group; what they do not agree on is not said."""
        measures = {one.id for one in self.route.source.measures}
        others = [name for name in parts.columns if name not in measures | {ROW, _KEY, group.component}]
        agreed = (
            pl.when(pl.col(name).n_unique() == 1).then(pl.col(name).first()).otherwise(None).alias(name)
            for name in others
        )
        return (
            parts.group_by(_KEY, maintain_order=True)
            .agg(pl.col(ROW).min(), *(pl.col(name).sum() for name in sorted(measures)), *agreed)
            .with_columns(pl.lit(group.code).alias(group.component))
        )

    def _key(self, component: str) -> pl.Expr:
        """Return the other dimensions as one text."""
        names = [one.id for one in self.route.source.components if is_dimension(one) and one.id != component]
        return pl.concat_str([said(name) for name in names], separator="\x1f").alias(_KEY)


def _lineage(above: Mapping[str, str], group: str) -> dict[str, tuple[str, ...]]:
    """Return the codes below a group, each with those between it and the group."""
    found: dict[str, tuple[str, ...]] = {}
    for code in above:
        between: list[str] = []
        upper = above.get(code)
        while upper is not None and upper != group:
            between.append(upper)
            upper = above.get(upper)
        if upper == group:
            found[code] = tuple(between)
    return found
