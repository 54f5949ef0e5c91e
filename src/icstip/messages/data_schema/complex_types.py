"""The complex types of a schema: data set, groups, series, observations, attributes of some dimensions.

SDMX 2.1 and 3.0 (§3A part IV, data-structure-specific schema) say how each is a restriction of its base type. These
restrictions have no wildcard, so that an attribute of XML that no component has the name of is refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lxml import etree

from icstip.artefacts.base import Identifiable
from icstip.artefacts.data_structure import (
    PRIMARY_MEASURE,
    TIME_DIMENSION,
    Attribute,
    Component,
    Dimension,
    Group,
    Level,
    Measure,
)
from icstip.artefacts.items import Item
from icstip.messages.data_schema import values
from icstip.messages.data_schema.dialect import Dialect
from icstip.messages.data_schema.layout import Layout
from icstip.messages.data_schema.simple_types import TIME_TYPE, SimpleType, SimpleTypes
from icstip.messages.data_schema.xsd import attribute, content_of, element, restricted, simple_type, tag
from icstip.messages.xml import child

_ID: Final = "common:IDType"
_GROUP_IDS: Final = "Group.ID"
_REPORTING_YEAR: Final = "REPORTING_YEAR_START_DAY"


@dataclass(frozen=True, slots=True)
class ComplexTypes:
    """Writes the complex types of a schema.

    Attributes:
        schema: The schema.
        layout: What stands where.
        types: The simple types.
        dialect: Version of SDMX-ML.
        complete: Whether what is mandatory is required.
    """

    schema: etree._Element
    layout: Layout
    types: SimpleTypes
    dialect: Dialect
    complete: bool

    def write(self) -> None:
        """Declare all complex types."""
        self._dataset()
        groups = self.layout.structure.groups
        if len(groups) > 1:
            self._any_group(groups)
        for group in groups:
            self._group(group, "GroupType" if len(groups) > 1 else "dsd:GroupType")
        if not self.layout.is_flat:
            self._series()
        self._observation()
        if self.dialect.has_comp:
            self._attributes_of_some_dimensions()
            for component in (*self.layout.structure.measures, *self.layout.structure.attributes):
                if self._is_complex(component):
                    values.declare(self.schema, component, self.types, complete=self.complete)

    @property
    def _is_time_series(self) -> bool:
        """Whether the types for time series are restricted, which both messages of SDMX 2.1 accept."""
        return not self.dialect.has_comp and self.layout.at_observation == TIME_DIMENSION

    def _dataset(self) -> None:
        restriction = restricted(self.schema, "DataSetType", self._base("DataSetType"))
        content = content_of(restriction)
        element(content, "DataProvider", "common:DataProviderReferenceType")
        groups = self.layout.structure.groups
        group_type = groups[0].id if len(groups) == 1 else "GroupType"
        inner, inner_type = ("Obs", "ObsType") if self.layout.is_flat else ("Series", "SeriesType")
        if self.dialect.has_comp:
            choice = child(content, tag("choice"), minOccurs="0", maxOccurs="unbounded")
            element(choice, "Atts", "AttsType", "1")
            if groups:
                element(choice, "Group", group_type, "1")
            element(choice, inner, inner_type, "1")
            self._metadata(content, Level.DATASET)
        else:
            if groups:
                element(content, "Group", group_type, "0", "unbounded")
            element(child(content, tag("choice"), minOccurs="0"), inner, inner_type, "1", "unbounded")
        self._attributes(restriction, self.layout.dataset_attributes)

    def _any_group(self, groups: tuple[Group, ...]) -> None:
        ids = tuple(Item(id=group.id) for group in groups)
        simple_type(self.schema, SimpleType(_GROUP_IDS, _ID, items=ids))
        restriction = restricted(self.schema, "GroupType", "dsd:GroupType", abstract=True)
        self._content(restriction, self.layout.group_attributes(groups), Level.GROUP)
        attribute(restriction, "type", _GROUP_IDS)
        child(restriction, tag("anyAttribute"), namespace="##local")

    def _group(self, group: Group, base: str) -> None:
        restriction = restricted(self.schema, group.id, base)
        attributes = self.layout.group_attributes([group])
        self._content(restriction, attributes, Level.GROUP)
        self._dimensions(restriction, self.layout.of_group(group))
        self._attributes(restriction, attributes)
        attribute(restriction, "type", _GROUP_IDS if base == "GroupType" else _ID, fixed=group.id)

    def _series(self) -> None:
        restriction = restricted(self.schema, "SeriesType", self._base("SeriesType"))
        content = content_of(restriction)
        self._comp(content, self.layout.series_attributes)
        element(content, "Obs", "ObsType", "0", "unbounded")
        self._metadata(content, Level.DIMENSIONS)
        self._time(restriction, self.layout.of_series)
        self._dimensions(restriction, self.layout.of_series)
        self._attributes(restriction, self.layout.series_attributes)

    def _observation(self) -> None:
        restriction = restricted(self.schema, "ObsType", self._base("ObsType"))
        measures, attributes = self.layout.structure.measures, self.layout.observation_attributes
        metadata = (Level.OBSERVATION, Level.DIMENSIONS) if self.layout.is_flat else (Level.OBSERVATION,)
        self._content(restriction, (*measures, *attributes), *metadata)
        if not self._is_time_series:
            attribute(restriction, "type", _ID, "prohibited")
        self._time(restriction, self.layout.of_observation)
        self._dimensions(restriction, self.layout.of_observation)
        for measure in measures:
            self._measure(restriction, measure)
        self._attributes(restriction, attributes)

    def _attributes_of_some_dimensions(self) -> None:
        structure = self.layout.structure
        restriction = restricted(self.schema, "AttsType", "dsd:AttsType")
        self._content(restriction, structure.attributes)
        self._time(restriction, structure.dimensions)
        self._dimensions(restriction, structure.dimensions, "optional")
        for component in structure.attributes:
            if not self._is_complex(component):
                attribute(restriction, component.id, self.types.of(component))

    def _base(self, name: str) -> str:
        series = {
            "DataSetType": "TimeSeriesDataSetType",
            "SeriesType": "TimeSeriesType",
            "ObsType": "TimeSeriesObsType",
        }
        return f"dsd:{series[name] if self._is_time_series else name}"

    def _content(self, restriction: etree._Element, components: Iterable[Component], *levels: Level) -> None:
        content = content_of(restriction)
        self._comp(content, components)
        self._metadata(content, *levels)

    def _comp(self, content: etree._Element, components: Iterable[Component]) -> None:
        if any(self._is_complex(component) for component in components):
            element(content, "Comp", "dsd:CompType", "0", "unbounded")

    def _metadata(self, content: etree._Element, *levels: Level) -> None:
        if self.dialect.metadata_type and self.layout.has_metadata(*levels):
            element(content, "Metadata", self.dialect.metadata_type)

    def _time(self, restriction: etree._Element, dimensions: Iterable[Identifiable]) -> None:
        """Refuse the time dimension that the base type knows where it does not stand."""
        if not self._is_time_series and all(dimension.id != TIME_DIMENSION for dimension in dimensions):
            attribute(restriction, TIME_DIMENSION, TIME_TYPE, "prohibited")

    def _dimensions(self, restriction: etree._Element, dimensions: Iterable[Dimension], use: str = "required") -> None:
        for dimension in dimensions:
            attribute(restriction, dimension.id, self.types.of(dimension), use)

    def _measure(self, restriction: etree._Element, measure: Measure) -> None:
        if not self.dialect.has_comp:
            attribute(restriction, PRIMARY_MEASURE, self.types.of(measure))
        elif not self._is_complex(measure):
            use = "required" if self.complete and measure.mandatory else "optional"
            attribute(restriction, measure.id, self.types.of(measure), use)

    def _attributes(self, restriction: etree._Element, attributes: Iterable[Attribute]) -> None:
        declared = [one for one in attributes if not self._is_complex(one)]
        for one in declared:
            attribute(restriction, one.id, self.types.of(one), "required" if self._is_required(one) else "optional")
        if not self.dialect.has_comp and all(one.id != _REPORTING_YEAR for one in declared):
            attribute(restriction, _REPORTING_YEAR, "xs:gMonthDay", "prohibited")

    def _is_required(self, one: Attribute) -> bool:
        """Return whether an attribute is required, which it can only be where nothing but one place may hold it.

        Those of a group may be reported in several elements of the group, and in SDMX 3.x those of the data set and of
        dimensions may stand in ``Atts`` instead.
        """
        if not self.complete or not one.mandatory or one.relationship.level is Level.GROUP:
            return False
        return one.relationship.level is Level.OBSERVATION or not (
            self.dialect.has_comp or one.relationship.attachment_groups
        )

    def _is_complex(self, component: Component) -> bool:
        return self.dialect.has_comp and values.is_complex(self.types.representation_of(component))
