"""The text of a cell of an OpenDocument workbook: its paragraphs, without what is drawn or noted on it.

White space is what ODF 1.3 part 3, 6.1.2 and 6.1.3 say: any run of it is one blank, more blanks are tags.
"""

import re
from collections.abc import Mapping

from icstip.tables.workbooks.raised import marked

_SPACES, _TAB, _BREAK = "\x00", "\x01", "\x02"  # which no XML holds
_SPECIAL = {_SPACES: " ", _TAB: "\t", _BREAK: "\n"}
_RUN = re.compile(r"[ \t\r\n]+")
_MARKS = re.compile("[\x00-\x02]")
_MAX_SPACES = 1_000


class Paragraphs:
    """The paragraphs of a cell, taken tag by tag.

    Args:
        aligns: The styles of raised and lowered texts.
    """

    def __init__(self, aligns: Mapping[str, str] | None = None) -> None:
        self._aligns = aligns or {}
        self._spans: list[str] = []  # how those are aligned that are open
        self._pieces: list[str] = []
        self._paragraphs: list[str] = []
        self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a start tag within the cell into account."""
        if name in {"p", "h"}:
            self._inside, self._pieces, self._spans = True, [], []
        elif self._inside and name == "span":
            self._spans.append(self._aligns.get(attributes.get("text:style-name", ""), ""))
        elif self._inside and name == "s":
            count = attributes.get("text:c", "1")
            self._pieces.append(_SPACES * min(int(count) if count.isdecimal() else 1, _MAX_SPACES))
        elif self._inside and name == "tab":
            self._pieces.append(_TAB)
        elif self._inside and name == "line-break":
            self._pieces.append(_BREAK)

    def end(self, name: str) -> None:
        """Take an end tag within the cell into account."""
        if name == "span" and self._spans:
            self._spans.pop()
        if name in {"p", "h"} and self._inside:
            self._inside = False
            collapsed = _RUN.sub(" ", "".join(self._pieces)).strip(" ")
            self._paragraphs.append(_MARKS.sub(lambda mark: _SPECIAL[mark[0]], collapsed))

    def text_piece(self, text: str) -> None:
        """Take a piece of text into account."""
        if self._inside:
            align = next(filter(None, reversed(self._spans)), "")
            self._pieces.append(marked(text, align))

    @property
    def any(self) -> bool:
        """Whether there is a paragraph, if an empty one."""
        return bool(self._paragraphs)

    def text(self) -> str:
        """Return the paragraphs, each on a line of its own."""
        return "\n".join(self._paragraphs)
