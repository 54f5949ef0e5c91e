"""The texts of an xlsx workbook that have raised or lowered parts, as footnote marks are."""

from icstip.tables.workbooks.raised import is_raised, marked


class Runs:
    """The runs of one text, taken tag by tag (ECMA-376-1 18.4)."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._align = ""
        self._in_text = self._in_phonetic = False
        self.has_raised = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a start tag into account."""
        if name == "r":
            self._align = ""
        elif name == "vertAlign":
            self._align = attributes.get("val", "")
        elif name == "rPh":  # how the text is spoken
            self._in_phonetic = True
        self._in_text = name == "t" and not self._in_phonetic

    def end(self, name: str) -> None:
        """Take an end tag into account."""
        self._in_text = False
        if name == "rPh":
            self._in_phonetic = False

    def piece(self, text: str) -> None:
        """Take a piece of text into account."""
        if self._in_text:
            self.has_raised |= is_raised(text, self._align)
            self._pieces.append(marked(text, self._align))

    @property
    def text(self) -> str:
        """The text, its raised and lowered parts written so that they stand apart.

        >>> runs = Runs()
        >>> for align, text in (("", "12"), ("superscript", "1")):
        ...     runs.start("r", {})
        ...     runs.start("vertAlign", {"val": align})
        ...     runs.start("t", {})
        ...     runs.piece(text)
        >>> runs.text
        '12¹'
        """
        return "".join(self._pieces)


class RaisedTexts:
    """The texts of a workbook, taken tag by tag: those with raised or lowered parts are kept."""

    def __init__(self) -> None:
        self.found: dict[int, str] = {}
        self._number = -1
        self._runs = Runs()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a start tag into account."""
        if name == "si":
            self._number, self._runs = self._number + 1, Runs()
        self._runs.start(name, attributes)

    def end(self, name: str) -> None:
        """Take an end tag into account."""
        self._runs.end(name)
        if name == "si" and self._runs.has_raised:
            self.found[self._number] = self._runs.text

    def text(self, text: str) -> None:
        """Take a piece of text into account."""
        self._runs.piece(text)
