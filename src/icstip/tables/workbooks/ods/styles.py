"""The styles of an OpenDocument workbook: which dates show only a year, which sheets are hidden (ODF 1.3-3, 16)."""

from dataclasses import replace

from icstip.errors import TableError
from icstip.tables.workbooks.formats import PLAIN, NumberFormat
from icstip.tables.workbooks.raised import SUBSCRIPT, SUPERSCRIPT

MAX_STYLES = 100_000
"""How many styles a workbook may have."""

_MAX_PARENTS = 20
_DATA_STYLES = {"number-style", "currency-style", "percentage-style", "date-style", "time-style", "text-style"}
_PARTS = {
    "year": "year",
    "quarter": "quarter",
    "month": "month",
    "day": "day",
    "hours": "time",
    "minutes": "time",
    "seconds": "time",
    "am-pm": "time",
}


class Styles:
    """The styles, taken tag by tag; automatic ones and those that have names are alike.

    Attributes:
        aligns: How the texts of styles are raised or lowered.
    """

    def __init__(self, where: str) -> None:
        self._where = where
        self._shown: dict[str, NumberFormat] = {}  # by the name of a data style
        self._of_cells: dict[str, tuple[str, str]] = {}  # data style and parent, by the name of a style
        self._found: dict[str, NumberFormat] = {}
        self._hidden: set[str] = set()
        self._data_style = self._table_style = self._text_style = ""
        self.aligns: dict[str, str] = {}
        self._in_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a start tag into account.

        Raises:
            TableError: More styles than the limit.
        """
        style = attributes.get("style:name", "")
        if name in _DATA_STYLES:
            self._data_style = style
            elapsed = attributes.get("number:truncate-on-overflow") == "false"
            self._shown[style] = NumberFormat(elapsed=elapsed, percent=name == "percentage-style")
        elif name == "style":
            family = attributes.get("style:family")
            self._table_style = style if family == "table" else ""
            self._text_style = style if family == "text" else ""
            if family == "table-cell":
                parent = attributes.get("style:parent-style-name", "")
                self._of_cells[style] = attributes.get("style:data-style-name", ""), parent
        elif name == "table-properties" and attributes.get("table:display") == "false":
            self._hidden.add(self._table_style)
        elif name == "text-properties" and self._text_style:
            self._align(attributes.get("style:text-position", ""))
        elif self._data_style and name in _PARTS:
            self._shown[self._data_style] = replace(self._shown[self._data_style], **{_PARTS[name]: True})
        self._in_text = bool(self._data_style) and name == "text"
        if len(self._shown) + len(self._of_cells) + len(self.aligns) > MAX_STYLES:
            raise TableError("table-too-large", where=self._where, what=f"> {MAX_STYLES:,}")

    def end(self, name: str) -> None:
        """Take an end tag into account."""
        self._in_text = False
        if name in _DATA_STYLES:
            self._data_style = ""
        elif name == "style":
            self._table_style = self._text_style = ""

    def _align(self, position: str) -> None:
        """Take the position of a style of texts into account: ``super 58%``, or how far it is raised (``33% 58%``)."""
        raised = position.split(" ", maxsplit=1)[0].removesuffix("%")
        is_number = raised.lstrip("-").isdecimal() and raised.strip("-0") != ""
        if raised == "super" or (is_number and not raised.startswith("-")):
            self.aligns[self._text_style] = SUPERSCRIPT
        elif raised == "sub" or is_number:
            self.aligns[self._text_style] = SUBSCRIPT

    def text(self, text: str) -> None:
        """Take a piece of text into account."""
        if self._in_text and "%" in text and not self._shown[self._data_style].percent:
            self._shown[self._data_style] = replace(self._shown[self._data_style], percent_sign=True)

    def is_hidden(self, table_style: str) -> bool:
        """Return whether sheets of a style are not shown."""
        return table_style in self._hidden

    def of(self, style: str) -> NumberFormat:
        """Return the format of cells of a style, which may be that of a style it inherits from."""
        if style not in self._of_cells:
            return PLAIN
        if style not in self._found:
            self._found[style] = self._find(style)
        return self._found[style]

    def _find(self, style: str) -> NumberFormat:
        for _ in range(_MAX_PARENTS):
            data_style, parent = self._of_cells.get(style, ("", ""))
            if data_style:
                return self._shown.get(data_style, PLAIN)
            style = parent
        return PLAIN
