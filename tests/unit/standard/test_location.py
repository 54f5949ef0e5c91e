"""The folder of the standard is found, and can be named."""

from pathlib import Path

import pytest

from icstip.errors import StandardError
from icstip.standard import location
from icstip.standard.location import VARIABLE, standard_folder


def test_the_variable_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert standard_folder() == tmp_path


def test_a_variable_that_names_no_folder_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none"))
    with pytest.raises(StandardError, match=f"none: {VARIABLE} names this folder"):
        standard_folder()


@pytest.mark.parametrize("home", ["site/icstip/dsd", "dsd"])
def test_the_package_comes_before_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(location, "_PACKAGE", tmp_path / "site" / "icstip")
    (tmp_path / "dsd").mkdir()
    (tmp_path / home).mkdir(parents=True, exist_ok=True)
    assert standard_folder() == tmp_path / home


def test_no_folder_at_all_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(location, "_PACKAGE", tmp_path / "site" / "icstip")
    with pytest.raises(StandardError, match="no folder with the tables"):
        standard_folder()


def test_this_checkout_has_its_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert (standard_folder() / "standard.toml").is_file()
