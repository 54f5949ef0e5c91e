"""The table of the global report, one area after the other: whatever the order, and however often, the same store."""

import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import polars as pl
import pytest

from icstip.collection.keeping.receipt import Status
from icstip.collection.store import Collection
from icstip.collection.verification import verify
from icstip.messages.dataset import DataSet
from icstip.workflow.collecting.collector import Collector
from icstip.workflow.collecting.exporting import export
from icstip.workflow.conversion import Converter
from icstip.workflow.exchange import HeaderChoice, write

AREAS = 91 + 7
"""Countries and territories, and groups of those that the table does not name."""

FORMS = ("sdmx-csv-2.0", "sdmx-ml-3.0", "sdmx-json-2.0")
REASON = "as published by UNODC"


@pytest.fixture(scope="module")
def datasets(dsd_folder: Path, shared: Path) -> Mapping[str, DataSet]:
    conversion = Converter(dsd_folder).convert(shared / "data" / "glotip" / "data_glotip_a.xlsx", "glotip")
    return conversion.datasets


@pytest.fixture(scope="module")
def messages(datasets: Mapping[str, DataSet], tmp_path_factory: pytest.TempPathFactory) -> Sequence[Path]:
    """A message for each area."""
    folder = tmp_path_factory.mktemp("areas")
    areas = sorted({area for data in datasets.values() for area in data.frame["REF_AREA"].cast(pl.String)})
    paths = []
    for area in areas:
        parts = [
            DataSet(data.schema, found)
            for data in datasets.values()
            if (found := data.frame.filter(pl.col("REF_AREA") == area)).height
        ]
        paths.append(folder / f"{area}.csv")
        write(parts, paths[-1], "sdmx-csv-2.0", header=HeaderChoice(sender="UNODC"))
    return paths


@pytest.fixture(scope="module")
def filled(
    messages: Sequence[Path], dsd_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[int], Collection]:
    """Fills a collection in a random order, everything twice."""

    def fill(seed: int) -> Collection:
        order = random.Random(seed).sample([*messages, *messages], 2 * len(messages))  # noqa: S311 - to be repeated
        collector = Collector(tmp_path_factory.mktemp(f"order-{seed}") / "collection", dsd_folder)
        added = [collector.add(path, sender="UNODC", date="2023-05-30", reason=REASON) for path in order]
        assert sum(one.is_new for one in added) == len(messages)
        return Collection(collector.collection.folder)

    return fill


def _state(collection: Collection, structure: str) -> pl.DataFrame:
    # The number of a submission is the order of adding, which is another one; the beginning of the hash is the same.
    numbered = collection.scan(structure).with_columns(pl.col("_SUBMISSION").str.tail(8)).collect()
    return numbered.sort(pl.all())


def test_one_area_after_the_other_in_any_order_and_twice_comes_to_the_same_store(
    datasets: Mapping[str, DataSet],
    messages: Sequence[Path],
    filled: Callable[[int], Collection],
    tmp_path: Path,
) -> None:
    assert len(messages) == AREAS
    one, other = filled(1), filled(2)
    assert one.structures() == other.structures() == tuple(sorted(datasets))
    for structure, data in datasets.items():
        first = _state(one, structure)
        assert first.equals(_state(other, structure))
        # And what was converted is what is there: a table converted has each key once.
        known = [name for name in first.columns if name in data.frame.columns]
        was = data.frame.select(pl.col(known)).with_columns(pl.col(pl.Enum).cast(pl.String)).sort(pl.all())
        assert first.select(known).sort(pl.all()).equals(was.select(known))
    for form in FORMS:
        paths = [tmp_path / f"{number}.{form}" for number in (1, 2)]
        counts = [export(collection, path, form).rows for collection, path in zip((one, other), paths, strict=True)]
        assert counts == [sum(len(data) for data in datasets.values())] * 2
        assert paths[0].read_bytes() == paths[1].read_bytes()
    for collection in (one, other):
        assert verify(collection.folder).damages == ()
        receipts = collection.submissions
        with_errors = {one.file for one in receipts if one.findings["error"]}
        assert with_errors  # totals that their parts contradict
        assert {one.file for one in receipts if one.status is Status.WITH_REASON} == with_errors
