"""In which forms tables are written, apart from how: what a command needs to know before it runs."""

from enum import StrEnum


class TableForm(StrEnum):
    """How a table is written."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"
