"""Outputs are whole or not there."""

from pathlib import Path

import pytest

from icstip.errors import OutputError
from icstip.staging import staged


class Stopped(BaseException):
    """Ends a block as an interrupt does."""


def contents(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_files_are_in_their_place_when_the_block_ends(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "out"
    with staged(folder) as stage:
        (stage / "a.txt").write_text("a")
        (stage / "b.txt").write_text("b")
        assert contents(folder) != {"a.txt": "a", "b.txt": "b"}
    assert contents(tmp_path) == {"new/out/a.txt": "a", "new/out/b.txt": "b"}
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt"]


def test_files_replace_those_of_the_same_name_and_leave_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "mine.txt").write_text("mine")
    with staged(tmp_path) as stage:
        (stage / "a.txt").write_text("new")
    assert contents(tmp_path) == {"a.txt": "new", "mine.txt": "mine"}


@pytest.mark.parametrize("kind", [ValueError, Stopped])
def test_an_earlier_output_stays_whole_when_the_block_fails(tmp_path: Path, kind: type[BaseException]) -> None:
    (tmp_path / "a.txt").write_text("old")

    def run() -> None:
        with staged(tmp_path) as stage:
            (stage / "a.txt").write_text("new")
            raise kind

    with pytest.raises(kind):
        run()
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.txt", "old")]


def test_a_folder_that_was_made_goes_when_the_block_fails(tmp_path: Path) -> None:
    def run() -> None:
        with staged(tmp_path / "new" / "out") as stage:
            (stage / "a.txt").write_text("a")
            raise Stopped

    with pytest.raises(Stopped):
        run()
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full_is_an_output_error(tmp_path: Path) -> None:
    def run() -> None:
        with staged(tmp_path):
            raise OSError(28, "No space left on device")

    with pytest.raises(OutputError) as caught:
        run()
    assert (caught.value.message_id, caught.value.where) == ("output-write", str(tmp_path))
    assert caught.value.params == {"reason": "No space left on device"}
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    for folder in (tmp_path / "out", tmp_path / "out" / "deeper"):
        with pytest.raises(OutputError) as caught, staged(folder):
            pytest.fail("there is no folder to write to")
        assert (caught.value.message_id, caught.value.where) == ("output-folder", str(folder))
    assert contents(tmp_path) == {"out": "mine"}


def test_a_name_that_no_folder_can_have_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="too long"), staged(tmp_path / "new" / ("x" * 300)):
        pytest.fail("there is no folder to write to")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_place_of_a_file_leaves_the_earlier_output_whole(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "b.txt").mkdir()
    (tmp_path / "b.txt" / "mine.txt").write_text("mine")

    def run() -> None:
        with staged(tmp_path) as stage:
            for name in ("a.txt", "b.txt", "c.txt"):
                (stage / name).write_text("new")

    with pytest.raises(OutputError) as caught:
        run()
    assert caught.value.message_id == "output-write"
    assert contents(tmp_path) == {"a.txt": "old", "b.txt/mine.txt": "mine"}
    assert len(list(tmp_path.iterdir())) == 2


def test_a_file_that_cannot_be_replaced_leaves_the_earlier_output_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "b.txt").write_text("old")
    replace = Path.replace

    def locked(path: Path, target: Path) -> Path:
        if path == tmp_path / "b.txt":
            raise PermissionError(13, "The file is open in another program")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", locked)

    def run() -> None:
        with staged(tmp_path) as stage:
            for name in ("a.txt", "b.txt", "c.txt"):
                (stage / name).write_text("new")

    with pytest.raises(OutputError, match="open in another program"):
        run()
    assert [(path.name, path.read_text()) for path in sorted(tmp_path.iterdir())] == [
        ("a.txt", "old"),
        ("b.txt", "old"),
    ]
