"""Whatever XML can look like that says the same, and whatever is none: read in the plain way."""

import codecs
from pathlib import Path
from typing import Final

import polars as pl
import pytest
from tests.examples import data_sets
from tests.examples.data_ml_reading import ALL, SCHEMAS, URN, XSI, Read, Rows, header, read_pieces, root, specific

from icstip.errors import FormatError
from icstip.messages.data_ml.plain.content import TextWatch
from icstip.messages.data_ml.plain.reader import PlainReader
from icstip.messages.data_parts import PART_ROWS, Reading

ROWS: Final[Rows] = [{"A": "1", "B": "é"}, {"A": "2"}]
OBS: Final = '<Obs A="1" B="é"/><Obs A="2"/>'
BASE: Final = f"{SCHEMAS}3_0"

SAME: Final = {
    "quotes": OBS.replace('"', "'"),
    "white space": '\n<Obs\n\tA = "1"\r\n B\t=\t"é"   />\n\n  <Obs A="2"></Obs  >\n',
    "references": '<Obs A="&#49;" B="&#xe9;"/><Obs A="&#x32;"/>',
    "comments": "<!-- <Obs A='0'/> -->" + OBS.replace("/>", "><!--x--></Obs>") + "<!---->",
    "instructions": f"<?x <Obs A='0'/> ?>{OBS}<?y?>",
    "white CDATA": f"<![CDATA[ ]]>{OBS}<![CDATA[\n]]>",
    "prefixes that are not used": OBS.replace("<Obs", '<Obs xmlns:x="urn:x" xmlns:y="urn:x"'),
}


@pytest.mark.parametrize("body", SAME.values(), ids=SAME.keys())
@pytest.mark.parametrize("size", [1, 1 << 20])
def test_the_same_in_other_words_is_read_the_same(body: str, size: int) -> None:
    read = read_pieces(specific(body), size)
    assert read.rows == ROWS
    assert read.findings == ()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("&lt;&gt;&amp;&quot;&apos;", "<>&\"'"),
        ("a > b 'c'", "a > b 'c'"),
        ("\t\n \r\n", "    "),  # XML 1.0 §3.3.3
        ("&#9;&#10;&#13;", "\t\n\r"),
        ("", ""),
        (" 1 ", " 1 "),
        ("𝄞 ع \ufffd", "𝄞 ع \ufffd"),
        ("]]> &#x5d;", "]]> ]"),
    ],
)
def test_values_are_what_xml_says(written: str, value: str) -> None:
    assert read_pieces(specific(f'<Obs A="{written}"/>')).rows == [{"A": value}]


def test_prefixes_can_be_any() -> None:
    message = f"""<StructureSpecificData xmlns='{BASE}/message'><Header xmlns:é='{BASE}/common'>
    <Structure structureID='S' dimensionAtObservation='{ALL}'><é:Structure>{URN}</é:Structure></Structure></Header>
    <DataSet _-1:structureRef='S' xmlns:_-1='{BASE}/data/structurespecific'><Obs xmlns='' A='1' B='é'/>
    <mes:Obs xmlns:mes='{BASE}/message' A='2'/></DataSet></StructureSpecificData>"""
    read = read_pieces(message)
    assert read.rows == ROWS
    assert read.parts[0].head.structure is not None
    assert read.findings == ()


def test_a_prefix_means_what_is_nearest() -> None:
    body = f'<x:Obs xmlns:x="urn:x" A="0"/><x:Obs xmlns:x="{BASE}/message" A="1"/><x:Obs xmlns:x="urn:x" x:A="0"/>'
    read = read_pieces(specific(body))
    assert read.rows == [{"A": "1"}]
    assert read.told == [("DATA-007", "x:Obs")]
    assert read.findings[0].params["times"] == 2


TEXT: Final = {
    "text": "x" + OBS,
    "text after": OBS + "\n x \n",
    "text in an observation": OBS.replace("/>", ">x</Obs>", 1),
    "CDATA": OBS + "<![CDATA[x]]>",
    "CDATA that looks like data": OBS + "<![CDATA[ <Obs A='0'/> ]]>" + " " * 300,
    "a reference": "&#65;" + OBS,
    "text after a comment": f"<!-- > -->x{OBS}",
    "text in two pieces of CDATA": f"<![CDATA[ ]]>{OBS}<![CDATA[<b> ]]>",
}


@pytest.mark.parametrize("body", TEXT.values(), ids=TEXT.keys())
@pytest.mark.parametrize("size", [1, 7, 100, 1 << 20])
def test_text_where_there_should_be_none_is_told(body: str, size: int) -> None:
    read = read_pieces(specific(body), size)
    assert read.rows == ROWS
    assert {code for code, _ in read.told} == {"DATA-007"}
    assert {value for _, value in read.told} == {"text()"}


def test_white_space_is_not_asked_for() -> None:
    watch = TextWatch()
    assert not watch.sees_text(b"<a>\n <b c='1'/>\n")
    assert not watch.sees_text(b"\n")
    assert watch.sees_text(b" x")
    assert watch.sees_text(b"y")
    assert watch.sees_text(b"<a/>\n")
    assert not watch.sees_text(b"<a/>\n<")
    assert watch.sees_text(b"![CDATA[")
    assert watch.sees_text(b"<a/>")


ENCODED: Final = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "no declaration": lambda text: text.split("?>", 1)[1].lstrip().encode(),
    "UTF-16": lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16"),
    "UTF-16 big": lambda text: codecs.BOM_UTF16_BE + text.replace("UTF-8", "UTF-16").encode("utf-16-be"),
    "UTF-16 without mark": lambda text: text.replace("UTF-8", "utf-16").encode("utf-16-le"),
    "Latin 1": lambda text: text.replace("UTF-8", "ISO-8859-1").encode("latin-1"),
    "Latin 9": lambda text: text.replace("UTF-8", "iso-8859-15").encode("iso-8859-15"),
    "Windows": lambda text: text.replace("UTF-8", "Windows-1252").encode("cp1252"),
    "ASCII": lambda text: text.replace("UTF-8", "us-ascii").encode("ascii", "xmlcharrefreplace"),
}


@pytest.mark.parametrize("name", ENCODED)
@pytest.mark.parametrize("size", [1, 1 << 20])
def test_every_usual_encoding_is_read(name: str, size: int) -> None:
    content = ENCODED[name](specific(f"\n{OBS}"))
    read = read_pieces(content, size)
    assert read.rows == ROWS
    assert read.findings == ()


def test_text_in_wide_characters_is_told_and_lines_are_not_known() -> None:
    read = read_pieces(ENCODED["UTF-16"](specific("\n<Obs A='ਊਅ'/>x")))
    assert read.rows == [{"A": "ਊਅ"}]
    assert read.told == [("DATA-007", "text()")]
    assert read.parts[0].frame.columns == ["A"]


def _error(content: str | bytes, size: int = 1 << 20) -> FormatError:
    with pytest.raises(FormatError) as error:
        read_pieces(content, size)
    assert error.value.where == "message"
    assert error.value.line()
    return error.value


MALFORMED: Final = {
    "empty": ("", "no element found"),
    "white": ("  \n ", "no element found"),
    "not XML": ("STRUCTURE,STRUCTURE_ID", "syntax error"),
    "truncated": (specific(OBS).removesuffix("</mes:StructureSpecificData>"), "no element found"),
    "truncated in a tag": (specific(OBS).split("/>", 10)[0], "unclosed token"),
    "crossed": (specific("<Series><Obs></Series></Obs>"), "mismatched tag"),
    "attribute twice": (specific('<Obs A="1" A="2"/>'), "duplicate attribute"),
    "attribute twice by prefixes": (specific('<Obs xmlns:a="u" xmlns:b="u" a:x="1" b:x="1"/>'), "duplicate attribute"),
    "unknown prefix": (specific("<x:Obs/>"), "unbound prefix"),
    "unknown entity": (specific('<Obs A="&foo;"/>'), "undefined entity"),
    "a reference to no character": (specific('<Obs A="&#0;"/>'), "reference to invalid character number"),
    "a control character": (specific('<Obs A="\x01"/>'), "not well-formed (invalid token)"),
    "after the end": (specific("") + "<x/>", "junk after document element"),
    "two messages": (specific("") * 2, "junk after document element"),
    "a wrong declaration": (specific("").replace("UTF-8", "UTF-16"), "encoding specified in XML declaration"),
    "an unknown encoding": (specific("").replace("UTF-8", "x-no-such"), "the encoding x-no-such is not read"),
    "an encoding of many bytes": (specific("").replace("UTF-8", "shift_jis"), "the encoding shift_jis is not read"),
    "EBCDIC": (specific("").replace("UTF-8", "cp037"), "the encoding cp037 is not read"),
}


@pytest.mark.parametrize("name", MALFORMED)
@pytest.mark.parametrize("size", [1, 1 << 20])
def test_what_is_no_xml_is_refused_with_line_and_column(name: str, size: int) -> None:
    content, reason = MALFORMED[name]
    error = _error(content, size)
    assert error.message_id == "data-malformed"
    assert reason in str(error.params["reason"])
    assert {"line", "column"} < error.params.keys()


def test_the_place_of_what_is_wrong_is_told() -> None:
    content = specific("\n".join(["<Obs/>"] * 10) + '\n  <Obs A="1" A="2"/>')
    line = content[: content.index("A=")].count("\n") + 1
    error = _error(content)
    assert (error.params["line"], error.params["column"]) == (line, 14)


def test_wrong_bytes_are_told_as_such() -> None:
    error = _error(specific('<Obs A="é"/>').encode("latin-1"))
    assert error.params["reason"] == "not UTF-8"


@pytest.mark.parametrize("end", [1, 2, 3])
def test_a_character_that_is_cut_is_refused(end: int) -> None:
    assert _error(specific('<Obs A="𝄞').split("𝄞")[0].encode() + "𝄞".encode()[:end]).message_id == "data-malformed"


DOCTYPES: Final = [
    "<!DOCTYPE x>",
    '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    '<!DOCTYPE x PUBLIC "a" "http://localhost/x">',
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
    "<!DOCTYPE mes:StructureSpecificData [<!ATTLIST Obs A CDATA '1'>]>",
    '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]>',
]


@pytest.mark.parametrize("doctype", DOCTYPES)
@pytest.mark.parametrize("size", [1, 1 << 20])
def test_document_types_are_refused_whatever_they_say(doctype: str, size: int) -> None:
    message = specific('<Obs A="&b;"/>').replace("?>", f"?>{doctype}", 1)
    assert _error(message, size).message_id == "xml-doctype"


def test_deep_nesting_is_refused() -> None:
    error = _error(specific("<x>" * 200))
    assert "nested more than 100 levels deep" in str(error.params["reason"])
    assert read_pieces(specific("<x>" * 90 + "</x>" * 90)).told == [("DATA-007", "x")]


@pytest.mark.parametrize(
    ("start", "repeated"),
    [
        (specific('<Obs A="').split('A="')[0] + 'A="', "x"),
        (specific("").split("</mes:DataSet>")[0] + "<!--", "x"),
        (specific("").split("</mes:DataSet>")[0] + "<?a ", "x"),
        ("<!--", "x"),
        (root(header()).split("</mes:Header>")[0] + "<mes:Source>", "x"),
        (specific("").split("</mes:DataSet>")[0] + '<Obs><Comp id="A"><Value>', "x"),
        (root(header()).split("</mes:StructureSpecificData>")[0] + "<foo:Footer><foo:Message><com:Text>", "x"),
        ("<" + "x" * 10, "x"),
        ("", " "),
    ],
)
def test_a_part_without_end_is_refused_in_little_memory(start: str, repeated: str) -> None:
    reader = PlainReader(Reading("message", lambda _: None))
    reader.feed(start.encode())
    block = repeated.encode() * (1 << 20)
    with pytest.raises(FormatError) as error:
        reader.feed(block * 18)
    assert error.value.message_id == "data-part-large"


def test_text_that_is_not_read_can_be_long() -> None:
    start, end = specific("<x>|</x>").split("|")
    read = read_pieces(start + "y" * (20 << 20) + end)
    assert read.told == [("DATA-007", "x")]


def test_more_components_than_any_structure_has_are_refused() -> None:
    error = _error(specific("".join(f'<Obs A{number}="1"/>' for number in range(2000))))
    assert "more than 1000 components" in str(error.params["reason"])
    attributes = [" ".join(f"A{name}_{number}=''" for name in range(60)) for number in range(20)]
    error = _error(specific("".join(f"<Obs {told}/>" for told in attributes)))
    assert "more than 1000 components" in str(error.params["reason"])


def test_more_names_than_any_message_has_are_refused() -> None:
    error = _error(specific("".join(f"<x{number}/>" for number in range(50_000))))
    assert "names of elements" in str(error.params["reason"])


def test_of_endless_kinds_of_things_not_read_some_are_told() -> None:
    read = read_pieces(specific("".join(f"<x{number}/>" for number in range(1000))))
    assert len(read.findings) == 201
    assert read.told[-1] == ("DATA-007", "…")
    assert read.findings[-1].params["times"] == 800


def test_of_endless_contradictions_some_are_told() -> None:
    body = "".join(f'<Obs T="{number}" A="{number}"/>' for number in range(1000))
    read = read_pieces(specific(f'<Series A="x">{body}</Series>', at="T"))
    assert [row["A"] for row in read.rows] == [str(number) for number in range(1000)]
    assert len(read.findings) == 101
    assert read.told[-1] == ("DATA-004", "900")


def test_large_data_sets_come_in_parts_of_the_same_head() -> None:
    number = PART_ROWS * 5 // 2
    series = "".join(f'<Obs T="{time}" A="1"/>\n' for time in range(number))
    read = read_pieces(specific(f'<Series S="x">\n{series}</Series><Series S="y"/>', at="T", attributes='TITLE="t"'))
    assert len(read.parts) == 3
    assert len({id(part.head) for part in read.parts}) == 1
    assert all(part.frame.height <= PART_ROWS * 1.2 for part in read.parts)
    rows = read.rows
    assert rows[:-1] == [{"S": "x", "T": str(time), "A": "1", "TITLE": "t"} for time in range(number)]
    assert rows[-1] == {"S": "y", "TITLE": "t"}
    lines = read.lines
    assert lines[:-1] == list(range(lines[0], lines[0] + number))


def test_a_series_that_ends_with_a_part_is_not_told_again() -> None:
    series = "".join(f'<Obs T="{time}"/>' for time in range(PART_ROWS))
    content = specific(f'<Series S="x">{series}|</Series><Obs S="z"/>', at="T").encode()
    for end in (content.index(b"|"), content.index(b"|") + 12):
        plain = content.replace(b"|", b"")
        reader = PlainReader(Reading("message", lambda _: None))
        reader.feed(plain[:end])
        reader.feed(plain[end:])
        reader.close()
        read = Read(reader.take(), Reading("", lambda _: None))
        assert len(read.parts) == 2
        assert len(read.rows) == PART_ROWS + 1
        assert read.rows[-1] == {"S": "z"}


def test_messages_are_read_from_files(tmp_path: Path) -> None:
    message = specific('<Obs FREQ="A" AREA="CI" SEX="F" TIME_PERIOD="2020" OBS_VALUE="1" TITLE="t"/>')
    (data,), findings, reading = data_sets.read(message.encode(), tmp_path)
    assert findings == ()
    assert reading.format_id == "sdmx-ml-3.0"
    assert data.frame.row(0, named=True)["OBS_VALUE"] == 1.0


def test_rows_that_were_read_in_another_way_go_between_the_others() -> None:
    start, end = specific('\n<Obs A="1"/>\n|<Obs A="4" B="5"/>\n', attributes='TITLE="t"').split("|")
    reader = PlainReader(Reading("message", lambda _: None))
    between = [(reader.layout is None, reader.is_between)]
    for piece in (start.encode()[:-8], start.encode()[-8:]):
        reader.feed(piece)
        between.append((reader.layout is None, reader.is_between))
    assert between == [(True, False), (False, False), (False, True)]
    layout = reader.layout
    assert layout is not None
    assert (layout.at_observation, layout.is_generic, layout.values) == (ALL, False, {"TITLE": "t"})
    assert layout.prefixes["xsi"] == XSI
    assert "" not in layout.prefixes
    reader.add(pl.DataFrame({"A": ["2", "3"], "C": [None, "c"]}))
    reader.skip(2)
    reader.feed(end.encode())
    reader.close()
    parts = reader.take()
    assert {id(part.head) for part in parts} == {id(layout.head)}
    read = Read(parts, Reading("", lambda _: None))
    assert read.rows == [
        {"A": "1", "TITLE": "t"},
        {"A": "2", "TITLE": "t"},
        {"A": "3", "C": "c", "TITLE": "t"},
        {"A": "4", "B": "5", "TITLE": "t"},
    ]
    assert parts[2].frame["\0line"][0] == parts[0].frame["\0line"][0] + 3
