"""Where the tables of the standard are."""

import os
from pathlib import Path

from icstip.errors import StandardError

VARIABLE = "ICSTIP_DSD"
"""Environment variable that names another folder of tables, for those who re-issue the standard."""

_PACKAGE = Path(__file__).resolve().parents[1]


def standard_folder() -> Path:
    """Return the folder with the tables of the standard.

    The folder that the environment variable `VARIABLE` names comes first, then the copy inside the installed package,
    then the top-level folder of a source checkout.

    Raises:
        StandardError: The folder named by the variable does not exist, or there is none at all.
    """
    named = os.environ.get(VARIABLE)
    if named:
        if not Path(named).is_dir():
            raise StandardError("standard-folder-named", where=named, variable=VARIABLE)
        return Path(named)
    for folder in (_PACKAGE / "dsd", _PACKAGE.parents[1] / "dsd"):
        if folder.is_dir():
            return folder
    raise StandardError("standard-folder", where=str(_PACKAGE / "dsd"), variable=VARIABLE)
