"""Outputs that are whole or not there: written to a temporary folder, moved into place when everything succeeded."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from errno import EISDIR
from os import strerror
from pathlib import Path

from icstip.errors import OutputError


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """Yield an empty folder whose files replace those of the same name in `folder` when the block ends well.

    Args:
        folder: Where the files belong; made if it is not there. What an earlier run left there stays whole when the
            block fails, or when a file cannot be moved to its place.

    Raises:
        OutputError: The folder cannot be made or written.
    """
    made: list[Path] = []
    done = False
    try:
        stage = _stage(folder, made)
        try:
            yield stage
            _move(stage, folder)
            done = True
        except OSError as error:
            raise OutputError("output-write", where=str(folder), reason=error.strerror or error) from error
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    finally:
        for parent in () if done else made:
            with suppress(OSError):
                parent.rmdir()


def _stage(folder: Path, made: list[Path]) -> Path:
    """Return a new folder inside the folder, and add to `made` what folders had to be made for it, innermost first."""
    try:
        made += [parent for parent in (folder, *folder.parents) if not parent.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=".icstip-", dir=folder))
    except OSError as error:
        raise OutputError("output-folder", where=str(folder), reason=error.strerror) from error


def _move(stage: Path, folder: Path) -> None:
    """Move the files to their folder; if one cannot be moved, all that were moved go back."""
    paths = sorted(stage.iterdir())
    before = Path(tempfile.mkdtemp(dir=stage))
    with ExitStack() as undo:
        for path in paths:
            target = folder / path.name
            if target.is_dir():
                raise IsADirectoryError(EISDIR, strerror(EISDIR))
            if target.exists():
                _rename(target, before / path.name, undo)
            _rename(path, target, undo)
        undo.pop_all()


def _rename(path: Path, target: Path, undo: ExitStack) -> None:
    path.replace(target)
    undo.callback(target.replace, path)
