"""Random messages in random XML, read in the plain way and from a tree of the whole document: the same rows."""

from collections.abc import Iterable, Iterator
from random import Random
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.examples.data_ml_reading import Rows, generic, read_pieces, specific

Row = dict[str, str]

COMPONENTS: Final = ["FREQ", "AREA", "é", "_x.1", "TIME_PERIOD", "OBS_VALUE", "STATUS"]
CHARACTERS: Final = "aA0 .-é€ع𝄞\u00a0\u2028\ufffd\t\n\r<>&'\"]"
VALUES: Final = st.text(CHARACTERS, max_size=6)
ROWS: Final = st.dictionaries(st.sampled_from(COMPONENTS), VALUES, max_size=6)
ENCODINGS: Final = ["UTF-8", "UTF-16", "ISO-8859-1", "US-ASCII", "windows-1252"]
SERIES: Final = st.tuples(st.just("Series"), ROWS, ROWS, st.lists(st.tuples(ROWS, ROWS), max_size=4))
NOTHING: Final[st.SearchStrategy[list[tuple[Row, Row]]]] = st.just([])
OTHERS: Final = st.tuples(st.sampled_from(["Obs", "Group"]), ROWS, ROWS, NOTHING)
DATA: Final = st.lists(SERIES | OTHERS, max_size=6)
SEEDS: Final = st.integers(0, 1 << 32)

Data = list[tuple[str, Row, Row, list[tuple[Row, Row]]]]


class Style:
    """A way of writing XML, by chance."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - no secret

    def one(self, *choices: str) -> str:
        """One of some texts."""
        return self.random.choice(choices)

    def spaces(self, least: int = 0) -> str:
        """White space within a tag."""
        return "".join(self.random.choices(" \t\n", k=self.random.randint(least, 2)))

    def between(self) -> str:
        """What can stand between elements and says nothing."""
        pieces = [
            "<!-- <Obs A='1'/> > -->",
            "<!---->",
            "<?x <Series> ?>",
            "<![CDATA[ \n]]>",
            "&#32;",
            " ",
            "\n  ",
            "\t",
        ]
        return "".join(self.random.choices(pieces, k=max(self.random.randint(-2, 3), 0)))

    def value(self, value: str) -> str:
        """A value in quotes."""
        quote = self.one("'", '"')
        needed = {"&", "<", quote, "\t", "\n", "\r"}
        entities = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&apos;", '"': "&quot;"}
        written = []
        for character in value:
            number = self.one(f"&#{ord(character)};", f"&#x{ord(character):x};", f"&#x00{ord(character):X};")
            escaped = self.one(entities.get(character, number), number)
            written.append(escaped if character in needed or self.random.random() < 0.1 else character)
        return f"{quote}{''.join(written)}{quote}"

    def element(self, name: str, row: Row, content: str | None = None) -> str:
        """An element with attributes in any order."""
        names = self.random.sample(sorted(row), len(row))
        pairs = [f"{self.spaces(1)}{one}{self.spaces()}={self.spaces()}{self.value(row[one])}" for one in names]
        start = f"<{name}{''.join(pairs)}{self.spaces()}"
        if content is None and self.random.random() < 0.5:
            return f"{start}/>"
        return f"{start}>{self.between() if content is None else content}</{name}{self.spaces()}>"

    def all(self, elements: Iterable[str]) -> str:
        """Elements with what can stand between them."""
        return "".join(self.between() + element for element in elements) + self.between()

    def specific(self, data: Data) -> str:
        """The content of a structure-specific data set."""
        told = []
        for kind, row, other, observations in data:
            inner = self.all(self.element("Obs", first | second) for first, second in observations)
            name = self.one("Group", "Atts") if kind == "Group" else kind
            told.append(self.element(name, row | other, inner if kind == "Series" else None))
        return self.all(told)

    def values(self, name: str, row: Row) -> str:
        """A key or attributes of generic data."""
        told = [self.element("gen:Value", {"id": one, "value": value}) for one, value in row.items()]
        return self.element(f"gen:{name}", {}, self.all(told))

    def observation(self, key: str, row: Row, attributes: Row) -> str:
        """An observation of generic data."""
        told = [key]
        if "OBS_VALUE" in row:
            told.append(self.element("gen:ObsValue", {"value": row["OBS_VALUE"]}))
        if attributes:
            told.append(self.values("Attributes", attributes))
        return self.element("gen:Obs", {}, self.all(told))

    def generic(self, data: Data) -> str:
        """The content of a generic data set."""
        told = []
        for kind, row, other, observations in data:
            if kind == "Obs":
                told.append(self.observation(self.values("ObsKey", row), row, other))
                continue
            inner = [self.values(f"{kind}Key", row), *([self.values("Attributes", other)] if other else [])]
            for first, second in observations:
                dimension = self.element("gen:ObsDimension", {"value": first.get("FREQ", "")})
                inner.append(self.observation(dimension, first, second))
            told.append(self.element(f"gen:{kind}", {"type": "G"} if kind == "Group" else {}, self.all(inner)))
        return self.all(told)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _row_of(element: etree._Element, names: str) -> Row:
    """The row of an element of structure-specific or generic data, without its children that are rows."""
    if names == "specific":
        return {str(name): str(value) for name, value in element.attrib.items()}
    row: Row = {}
    for part in element.iterchildren(tag=etree.Element):
        if _name(part) in {"ObsDimension", "ObsValue"}:
            default = {"ObsDimension": "TIME_PERIOD", "ObsValue": "OBS_VALUE"}[_name(part)]
            row.setdefault(default, str(part.get("value")))
        elif _name(part) != "Obs":
            for value in part.iterchildren(tag=etree.Element):
                row.setdefault(str(value.get("id")), str(value.get("value")))
    return row


def _rows_of(content: bytes, names: str) -> Iterator[Row]:
    """The rows of a message, from the tree of the whole document."""
    root = etree.fromstring(content)
    dataset = next(child for child in root.iterchildren(tag=etree.Element) if _name(child) == "DataSet")
    for child in dataset.iterchildren(tag=etree.Element):
        row = _row_of(child, names)
        observations = [inner for inner in child.iterchildren(tag=etree.Element) if _name(inner) == "Obs"]
        if _name(child) != "Series" or not observations:
            yield row
        for inner in observations if _name(child) == "Series" else ():
            yield row | _row_of(inner, names)


def _same(message: str, style: Style, names: str) -> None:
    encoding = style.one(*ENCODINGS)
    try:
        content = message.replace("UTF-8", encoding, 1).encode(encoding)
    except UnicodeEncodeError:  # characters that the encoding does not have
        content = message.encode()
    expected: Rows = [dict(row) for row in _rows_of(content, names) if row]
    for size in (style.random.randint(1, 40), style.random.randint(1, 3000)):
        read = read_pieces(content, size)
        assert [row for row in read.rows if row] == expected
        assert {code for code, _ in read.told} <= {"DATA-009"}


@settings(max_examples=50, deadline=None)
@given(DATA, SEEDS)
def test_structure_specific_data_are_what_a_tree_says(data: Data, seed: int) -> None:
    style = Style(seed)
    _same(specific(style.specific(data), at="TIME_PERIOD"), style, "specific")


@settings(max_examples=50, deadline=None)
@given(DATA, SEEDS)
def test_generic_data_are_what_a_tree_says(data: Data, seed: int) -> None:
    style = Style(seed)
    _same(generic(style.generic(data), "TIME_PERIOD"), style, "generic")
