"""The part of a data set that belongs to a thematic dataflow."""

from pathlib import Path

import polars as pl
import pytest

from icstip.messages.dataset import DataSet
from icstip.standard.model import TOTAL, Standard
from icstip.workflow.conversion import Conversion, Converter, write_conversion
from icstip.workflow.thematic import thematic_datasets

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "glotip_excerpt.xlsx"


@pytest.fixture(scope="module")
def converter(dsd_folder: Path) -> Converter:
    return Converter(dsd_folder)


@pytest.fixture(scope="module")
def conversion(converter: Converter) -> Conversion:
    return converter.convert(EXAMPLE, "glotip")


@pytest.fixture(scope="module")
def parts(conversion: Conversion, converter: Converter) -> dict[str, DataSet]:
    found = (part for data in conversion.datasets.values() for part in thematic_datasets(data, converter.standard))
    return {part.schema.dataflow.id: part for part in found if part.schema.dataflow}


def _fixed(flow: str, standard: Standard) -> list[str]:
    constraint = next(c for c in standard.constraints.values() if c.dataflow == flow)
    structure = standard.structures[standard.dataflows[flow].structure]
    return [d.id for d in structure.dimensions if d.total and d.id not in constraint.free]


def test_the_observations_of_a_dataflow_have_only_totals_in_the_dimensions_that_it_fixes(
    parts: dict[str, DataSet], converter: Converter
) -> None:
    assert len(parts) >= 5
    for flow, part in parts.items():
        for dimension in _fixed(flow, converter.standard):
            assert part.frame[dimension].cast(pl.String).unique().to_list() == [TOTAL]


def test_they_have_only_the_codes_that_it_allows(parts: dict[str, DataSet], converter: Converter) -> None:
    for constraint in converter.standard.constraints.values():
        for component, codes in constraint.allowed.items():
            if constraint.dataflow in parts:
                used = parts[constraint.dataflow].frame[component].cast(pl.String).unique().to_list()
                assert set(used) <= set(codes)


def test_every_observation_that_it_allows_is_in_it(conversion: Conversion, parts: dict[str, DataSet]) -> None:
    victims = conversion.datasets["TIP_VICTIM"].frame
    others = [name for name in victims.columns if name in _fixed_of_core(victims)]
    core = victims.filter(pl.all_horizontal(pl.col(name).cast(pl.String) == TOTAL for name in others))
    core = core.filter(pl.col("INDICATOR").cast(pl.String) == "VIC_DET")
    assert parts["DF_TIP_VICTIM_CORE"].frame.height == core.height > 0


def _fixed_of_core(frame: pl.DataFrame) -> list[str]:
    free = {"FREQ", "REF_AREA", "INDICATOR", "UNIT_MEASURE", "SEX", "AGE", "EXPLOITATION", "TIME_PERIOD"}
    return [
        name for name, dtype in frame.schema.items() if name not in free and TOTAL in getattr(dtype, "categories", [])
    ]


def test_a_dataflow_that_would_say_nothing_of_its_own_is_not_there(parts: dict[str, DataSet]) -> None:
    assert "DF_TIP_VICTIM_MEANS" not in parts


def test_thematic_files_are_written_beside_the_whole_ones(
    conversion: Conversion, converter: Converter, parts: dict[str, DataSet], tmp_path: Path
) -> None:
    paths = write_conversion(conversion, tmp_path, ["sdmx-csv-2.0"], converter.standard, thematic=True)
    names = {path.name.split(".")[0] for path in paths if path.suffix == ".csv"}
    assert names == {*conversion.datasets, *parts}
    text = (tmp_path / "DF_TIP_VICTIM_CORE.sdmx-csv-2.0.csv").read_text(encoding="utf-8")
    assert ":DF_TIP_VICTIM_CORE(" in text.splitlines()[1]
