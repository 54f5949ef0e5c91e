"""What is published is what the tables give: writing the samples again changes no byte."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_samples_are_those_that_are_made_from_the_tables(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("samples", ROOT / "docs" / "samples.py")
    assert spec is not None
    assert spec.loader is not None
    samples = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(samples)
    assert samples.main(tmp_path / "registry_samples") == 0
    published = ROOT / "registry_samples"
    made = {path.relative_to(tmp_path / "registry_samples"): path for path in tmp_path.rglob("*.*") if path.is_file()}
    kept = {path.relative_to(published) for path in published.rglob("*.*") if path.suffix in {".xml", ".json", ".csv"}}
    assert set(made) == kept
    assert [str(name) for name, path in made.items() if path.read_bytes() != (published / name).read_bytes()] == []
