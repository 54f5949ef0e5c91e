"""One data set of a message: groups, then observations flat or in series, then what stands apart from observations."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

import polars as pl

from icstip.artefacts.notices import Notices
from icstip.messages.data_ml.writing.elements import elements_of
from icstip.messages.data_ml.writing.groups import Element, GroupValues, PartialRows
from icstip.messages.data_ml.writing.head import DATASET_CLOSING, DataStructureHead, Dialect, dataset_opening
from icstip.messages.data_ml.writing.kept import SLICE_ROWS, Kept
from icstip.messages.data_ml.writing.order import SERIES, SeriesOrder
from icstip.messages.data_ml.writing.pieces import Lookup, Piece, rows, safe, texts
from icstip.messages.data_ml.writing.places import Places
from icstip.messages.data_runs import Run
from icstip.messages.dataset import Action

_NO_TEXT: Final = pl.Series([""])


class Body:
    """Writes one data set.

    Args:
        file: Where it goes.
        dialect: Format.
        places: Where its components stand.
        structure: What the header says of its structure.
        notices: Where it is said what the format cannot say.
    """

    def __init__(
        self, file: BinaryIO, dialect: Dialect, places: Places, structure: DataStructureHead, notices: Notices
    ) -> None:
        self._file = file
        self._dialect = dialect
        self._places = places
        self._structure = structure
        self._notices = notices
        self._elements = elements_of(dialect, structure.prefix)
        self._opening = b""

    def write(self, run: Run, action: Action) -> None:
        """Write the data set.

        Args:
            run: Its content.
            action: What a receiver is asked to do, as the format says it.

        Raises:
            StructureError: XML cannot hold a character in it.
        """
        self._opening = dataset_opening(self._dialect, self._structure, action, run.values).encode()
        apart = PartialRows(
            self._places, self._elements, is_first=self._dialect.is_first, needs_values=self._dialect.is_generic
        )
        observations = self._observations(run, apart)
        if self._must_be_kept:
            self._write_kept(observations, apart, is_deleted=action is Action.DELETE)
        else:
            for frame in observations:
                self._write_flat(frame, self._places)
            self._write_elements(apart.elements())
        for name in self._places.names:
            if name in apart.lost:
                self._notices.lost(self._places.reference, "partial-key", part=name)
        # One that says nothing would ask to delete everything.
        if not (self._opening and apart.lost and action is Action.DELETE and not run.values):
            self._put(DATASET_CLOSING.encode())

    @property
    def _must_be_kept(self) -> bool:
        """Whether all rows must be known before any is written: for the order of series, or for groups before them."""
        groups = self._places.groups
        has_values = any(one.attributes for one in groups)
        return not self._places.is_flat or has_values or bool(self._dialect.is_first and groups)

    def _observations(self, run: Run, apart: PartialRows) -> Iterator[pl.DataFrame]:
        """Yield the observations in slices; rows whose dimensions are not all there are put apart."""
        dimensions = list(self._places.dimensions)
        for whole in run.frames:
            for part in whole.iter_slices(SLICE_ROWS):
                frame = self._prepared(part)
                self._tell_groups(frame)
                if run.action is Action.DELETE and run.values:
                    # Such a row asks to delete attributes of the data set; now it would ask to delete observations.
                    frame = frame.filter(_any_there(name for name in frame.columns if name not in dimensions))
                if any(frame[name].null_count() for name in dimensions):
                    is_complete = pl.all_horizontal(pl.col(dimensions).is_not_null())
                    rest = frame.filter(~is_complete)
                    apart.add(rest if run.action is Action.DELETE else rest.filter(_any_there(rest.columns)))
                    frame = frame.filter(is_complete)
                if run.action is Action.DELETE:
                    frame = self._without_attributes_alone(frame, apart)
                if frame.height:
                    yield frame

    def _without_attributes_alone(self, frame: pl.DataFrame, apart: PartialRows) -> pl.DataFrame:
        """Return the rows of what is to be deleted without those that only name attributes of groups or series.

        Such a row asks to delete these attributes. An observation without anything would ask to delete it.
        """
        places = self._places
        kinds = [(one.dimensions, one.attributes) for one in places.groups]
        kinds.append((places.series_key, places.of_series))
        above = [name for _, names in kinds for name in names if name in frame.columns]
        others = [name for name in frame.columns if name not in {*places.dimensions, *above}]
        is_alone = _any_there(above) & ~_any_there(others)
        alone = frame.filter(is_alone)
        for kind, (key, names) in enumerate(kinds if alone.height else ()):
            said = [name for name in names if name in above]
            if said:
                apart.add_once(kind, alone.filter(_any_there(said)).select(*key, *said))
        return frame.filter(~is_alone)

    def _prepared(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return a frame with the names and values of the message: all dimensions, and what is not empty."""
        columns = []
        for name in self._places.names:
            is_measure = name in self._places.measures and self._dialect.is_first
            source = self._places.schema.measures[0] if is_measure else name
            if source in frame.columns and frame[source].null_count() < frame.height:
                columns.append(safe(frame[source]).alias(name))
            elif name in self._places.dimensions:
                columns.append(pl.Series(name, [None] * frame.height, pl.String))
        return pl.DataFrame(columns)

    def _tell_groups(self, frame: pl.DataFrame) -> None:
        for name in self._places.told:
            if name in frame.columns:
                self._notices.translated(self._places.reference, "group-value-at-observation", part=name)

    def _write_kept(self, observations: Iterator[pl.DataFrame], apart: PartialRows, *, is_deleted: bool) -> None:
        places = self._places
        groups = GroupValues(places)
        with Kept() as kept:
            order = None if places.is_flat else SeriesOrder((*places.series_key, *places.of_series), kept)
            for frame in observations:
                groups.add(frame)
                (order or kept).add(frame)
            places = self._write_groups(groups, is_deleted=is_deleted)
            elements = list(apart.elements())
            self._write_elements(element for element in elements if element.before)
            for frame in kept if order is None else ():
                self._write_flat(frame, places)
            for frame in order.frames() if order is not None else ():
                self._write_series(frame, places)
            self._write_elements(element for element in elements if not element.before)

    def _write_groups(self, groups: GroupValues, *, is_deleted: bool) -> Places:
        """Write groups, and return where the attributes stand that no group can hold."""
        for place, table in groups.settle():
            pieces = self._elements.group(table, place.id, place.dimensions, place.attributes)
            self._put(rows(pieces, table.height))
        for name in self._places.names:
            if name in groups.varying:
                self._notices.translated(self._places.reference, "group-value-at-observation", part=name)
            if name in groups.filled and not is_deleted:
                self._notices.translated(self._places.reference, "group-value-for-all", part=name)
        return self._places.at_the_observation(groups.varying)

    def _write_elements(self, elements: Iterable[Element]) -> None:
        for element in elements:
            self._put(rows(element.pieces, element.number))

    def _write_flat(self, frame: pl.DataFrame, places: Places) -> None:
        names = (*places.measures, *places.of_observation)
        self._put(rows(self._elements.observation(frame, places.dimensions, names), frame.height))

    def _write_series(self, frame: pl.DataFrame, places: Places) -> None:
        """Write the observations of some series: their first rows open them, their last rows close them."""
        number = frame[SERIES]
        is_first = number.ne_missing(number.shift())
        is_last = number.ne_missing(number.shift(-1))
        starts = frame.filter(is_first)
        start = self._elements.series_start(starts, places.series_key, places.of_series)
        openings = pl.concat([_NO_TEXT, texts([*start, "\n"], starts.height)])
        opening = (is_first.cum_sum() * is_first.cast(pl.UInt32)).cast(pl.UInt32)
        names = (*places.measures, *places.of_observation)
        observation = self._elements.observation(frame, places.observation_key, names, in_series=True)
        closings = pl.Series(["", f"\n{self._elements.series_end}"])
        pieces: list[Piece] = [
            Lookup(openings, opening),
            *observation,
            Lookup(closings, is_last.cast(pl.UInt32)),
        ]
        self._put(rows(pieces, frame.height))

    def _put(self, content: bytes) -> None:
        self._file.write(self._opening)
        self._opening = b""
        self._file.write(content)


def _any_there(names: Iterable[str]) -> pl.Expr:
    """Return whether a row has a value in any of some columns."""
    return pl.any_horizontal(pl.lit(value=False), *(pl.col(name).is_not_null() for name in names))
