"""The part of a data set that belongs to a thematic dataflow."""

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from operator import and_

import polars as pl

from icstip.messages.dataset import DataSet
from icstip.schema import ArtefactKey
from icstip.standard.model import TOTAL, Constraint, Standard
from icstip.structures.building.constraints import fixed_dimensions


def thematic_datasets(dataset: DataSet, standard: Standard) -> Iterator[DataSet]:
    """Yield the observations that each thematic dataflow over the structure of a data set allows.

    An observation can belong to several dataflows, or to none: the whole data set stays what is exchanged. A dataflow
    all of whose observations another one has too, with others, says nothing of its own, and is not there.

    Args:
        dataset: Observations of one structure.
        standard: The standard that it uses.
    """
    structure = dataset.schema.structure
    rows = {
        constraint.dataflow: dataset.frame.select(belongs=_allowed(constraint, dataset, standard))["belongs"]
        for constraint in standard.constraints.values()
        if constraint.dataflow and standard.dataflows[constraint.dataflow].structure == structure.id
    }
    for flow, belongs in rows.items():
        if belongs.any() and not any(_within(belongs, other) for name, other in rows.items() if name != flow):
            key = ArtefactKey(structure.agency, flow, structure.version)
            yield DataSet(replace(dataset.schema, dataflow=key), dataset.frame.filter(belongs))


def _within(rows: pl.Series, others: pl.Series) -> bool:
    """Return whether all rows are among others, which are more."""
    return bool((~rows | others).all()) and bool((others & ~rows).any())


def _allowed(constraint: Constraint, dataset: DataSet, standard: Standard) -> pl.Expr:
    """Return the condition that an observation is one that the constraint of a dataflow allows."""
    structure = standard.structures[dataset.schema.structure.id]
    fixed = fixed_dimensions(constraint, structure)
    conditions = [pl.col(dimension.id).cast(pl.String) == TOTAL for dimension in fixed]
    conditions += [pl.col(component).cast(pl.String).is_in(codes) for component, codes in constraint.allowed.items()]
    return reduce(and_, conditions, pl.lit(value=True))
