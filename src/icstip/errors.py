"""Exceptions: work that cannot go on.

What is wrong *with data* is a finding (`icstip.findings`), never an exception. The tree is split by what the caller
can do::

    IcstipError
    ├── StandardError      the tables of the standard cannot be read: mend `dsd/`
    ├── TableError         the table cannot be read or is not the one expected: give another file, sheet or mapping
    ├── MappingError       the mapping cannot be used: mend it where the message says
    ├── StructureError     a structure cannot be expressed or written as asked
    ├── FormatError        a format is not known, or a message is not in the format asked for: give another one
    ├── CollectionError    a collection cannot be used, or has nothing of what was asked: give another folder or id
    └── OutputError        the result cannot be put where it was asked: give another place
"""

import re

from icstip.texts import text

_LINE_BREAKS = re.compile(r"\s*[\r\n]\s*")  # a sheet may have one in its name


class IcstipError(Exception):
    """Work cannot go on.

    Args:
        message_id: Id of the message in the text tables, for example ``table-missing``.
        where: The file, and the sheet or line in it, that the message is about.
        **params: Values for the placeholders of the message.
    """

    def __init__(self, message_id: str, *, where: str, **params: object) -> None:
        super().__init__(message_id)
        self.message_id = message_id
        self.where = where
        self.params = params

    def line(self, language: str = "en") -> str:
        """Return the one line that a person reads: where, what is wrong, what to do."""
        told = f"{self.where}: {text(f'error.{self.message_id}', language, **self.params)}"
        return _LINE_BREAKS.sub(" ", told)

    def lines(self, language: str = "en") -> list[str]:
        """Return what a command shows: one line, unless there are several things to mend."""
        return [self.line(language)]

    def __str__(self) -> str:
        return self.line()


class StandardError(IcstipError):
    """The tables of the standard cannot be read."""


class TableError(IcstipError):
    """A table cannot be read, or is not the one that the mapping expects."""


class MappingError(IcstipError):
    """A mapping cannot be used."""


class StructureError(IcstipError):
    """A structure cannot be expressed or written as asked."""


class FormatError(IcstipError):
    """A format is not known, or a message is not in the format asked for."""


class CollectionError(IcstipError):
    """A collection cannot be used, or has nothing of what was asked."""


class OutputError(IcstipError):
    """A result cannot be put where it was asked."""
