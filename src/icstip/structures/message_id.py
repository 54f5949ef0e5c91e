"""The id of messages that hold the structures of a standard."""

import re

from icstip.standard.model import Standard


def message_id(standard: Standard) -> str:
    """Return the id of messages that hold the structures of a standard: its agency and version.

    Args:
        standard: The standard.
    """
    return re.sub(r"[^A-Za-z0-9_@$-]", "_", f"{standard.agency}_{standard.version}")
