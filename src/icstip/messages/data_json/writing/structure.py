"""A structure of a message while its data are written: where components stand, and the values that were met so far."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from icstip.artefacts.base import Reference
from icstip.messages.data_json.dialect import DataDialect
from icstip.messages.data_json.writing.plan import Plan
from icstip.messages.data_json.writing.rows import nothing
from icstip.messages.data_json.writing.texts import literals, not_negative
from icstip.messages.data_json.writing.values import Values
from icstip.schema import Column, Level, Schema
from icstip.standard.model import Role


class Places:
    """The places of attributes in arrays.

    Args:
        home: Those that belong there.
        others: Any, of which the others can stand there too.
    """

    def __init__(self, home: Sequence[str], others: Sequence[str]) -> None:
        self._all = list(dict.fromkeys([*home, *others]))
        self._number = len(home)

    @property
    def used(self) -> list[str]:
        """The attributes up to the last that stands there."""
        return self._all[: self._number]

    def use(self, names: Iterable[str]) -> None:
        """Say that attributes stand there."""
        self._number = max(self._number, *(self._all.index(name) + 1 for name in names), 0)


class Structure:
    """What is known of the data of one schema.

    Args:
        schema: The schema.
        plan: Where its components stand.
        dialect: Version of SDMX-JSON.
        reference: What the data are of.
    """

    def __init__(self, schema: Schema, plan: Plan, dialect: DataDialect, reference: Reference) -> None:
        self.schema = schema
        self.plan = plan
        self.dialect = dialect
        self.reference = reference
        #: The places of its data sets in the message.
        self.datasets: list[int] = []
        #: Whether any of them has attributes of groups, whose keys have all dimensions.
        self.has_groups = False
        #: The values of the components that data sets only have the places of.
        self.values = {column.id: Values(column) for column in schema.columns if self._is_by_place(column)}
        of_groups = [name for names in plan.of_groups.values() for name in names]
        others = [name for name in schema.attributes if name not in plan.of_dataset]
        #: Attributes in the arrays of groups and of observations; those that do not belong there come last.
        self.at_groups = Places(of_groups, others)
        self.at_observations = Places(plan.of_observation, others)
        self._rest = [column for column in schema.columns if column.attachment is not Level.DATASET]

    @property
    def where(self) -> str:
        """What the data are of, for errors."""
        return f"{self.reference.kind}={self.reference}"

    def told(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return what a data set says of observations: places of values as numbers, values in place as texts of JSON.

        Args:
            frame: Observations of the schema; a column that is not there has no values.
        """
        columns = []
        for column in self._rest:
            name = column.id
            if name not in frame.columns:
                dtype = pl.UInt32 if name in self.values else pl.String
                columns.append(nothing(frame.height, dtype, name))
            elif name in self.values:
                columns.append(self.values[name].places(frame[name]))
            else:
                columns.append(literals(frame[name], column).alias(name))
        return pl.DataFrame(columns)

    def told_of_dataset(self, values: Mapping[str, str]) -> list[str]:
        """Return what stands for each attribute of the data set, up to the last that it has.

        Args:
            values: The attributes of the data set as texts.
        """
        told = [self._told_value(name, values.get(name)) for name in self.plan.of_dataset]
        while told and told[-1] == "null":
            told.pop()
        return told

    def _told_value(self, name: str, value: str | None) -> str:
        if value is None:
            return "null"
        if name in self.values:
            return str(self.values[name].places(pl.Series([value]))[0])
        return str(not_negative(literals(pl.Series([value]), self.schema.by_id[name]))[0])

    def _is_by_place(self, column: Column) -> bool:
        if column.role in {Role.DIMENSION, Role.TIME_DIMENSION}:
            return True
        if column.role is Role.MEASURE:
            return self.dialect.is_2 and column.codes is not None
        together = self.plan.of_series + tuple(name for names in self.plan.of_groups.values() for name in names)
        return not self.dialect.is_2 or column.codes is not None or column.id in together
