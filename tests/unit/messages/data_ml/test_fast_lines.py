"""Tags as columns: what is in the usual shape is read, and nothing else is."""

import pytest

from icstip.messages.data_ml.fast.lines import CLOSE, EMPTY, OPEN, OtherShapeError, Tag, lines_of, with_line_feeds


def _values(content: str) -> list[tuple[object, ...]]:
    lines = lines_of(with_line_feeds(content.encode()))
    columns = {
        number: {name: tag.piece(name) for tag in shape.tags for name in tag.attributes}
        for number, shape in enumerate(lines.shapes)
        if any(tag.attributes for tag in shape.tags)
    }
    return lines.table(columns).rows() if columns else []


def test_a_tag_is_its_name_its_kind_and_its_attributes_in_order() -> None:
    lines = lines_of(b'<Series A="1">\n  <Obs B="2" C="3" />\n</Series>\n\n<g:Key>\n')
    assert [shape.tags for shape in lines.shapes] == [
        (Tag("Series", OPEN, ("A",)),),
        (Tag("Obs", EMPTY, ("B", "C")),),
        (Tag("Series", CLOSE),),
        (),
        (Tag("g:Key", OPEN),),
    ]
    assert lines.shape_of.tolist() == [0, 1, 2, 3, 4]


def test_lines_of_the_same_tags_are_of_one_shape_whatever_the_values() -> None:
    lines = lines_of(b'<Obs A="1"/>\n<Obs A=""/>\n<Obs A="1"/><x/>\n<Obs A="&amp;"/>')
    assert lines.shape_of.tolist() == [0, 0, 1, 0]
    assert lines.shapes[1].tags == (Tag("Obs", EMPTY, ("A",)), Tag("x", EMPTY, before=1))


def test_values_that_are_fixed_belong_to_the_shape() -> None:
    lines = lines_of(b'<V id="A" is="1"/><V id="B" is="2"/>\n<V id="A" is="3"/><V id="C" is="2"/>\n', fixed={"id"})
    assert lines.shape_of.tolist() == [0, 1]
    assert [(shape.fixed[1], shape.fixed[5]) for shape in lines.shapes] == [("A", "B"), ("A", "C")]


@pytest.mark.parametrize(
    "content",
    ['<Obs A="1"/>\r\n<Obs A="2"/>\r\n', '\n\n  <Obs A="1"/>  \n\t<Obs  A = "2"\t/>\n\n', '<Obs A="1"/>\n<Obs A="2"/>'],
)
def test_white_space_between_and_inside_tags_does_not_count(content: str) -> None:
    assert [row[0] for row in _values(content)] == ["1", "2"]


def test_attributes_in_another_order_or_absent_are_put_into_their_columns() -> None:
    assert _values('<Obs A="1" B="2"/>\n<Obs B="4" A="3"/>\n<Obs B="6"/>\n<Obs A="7"/>\n') == [
        ("1", "2", 0),
        ("3", "4", 1),
        (None, "6", 2),
        ("7", None, 3),
    ]


def test_an_empty_value_is_not_an_absent_one() -> None:
    assert _values('<Obs A="" B=""/>\n<Obs A=""/>\n') == [("", "", 0), ("", None, 1)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("&amp;lt;", "&lt;"),
        ("&lt;&gt;&quot;&apos;&amp;", "<>\"'&"),
        ("&#65;&#x42;&#xe9;", "ABé"),
        ("a&#10;b&#9;&#13;", "a\nb\t\r"),
        ("&#38;#65;", "&#65;"),
        ("&#x1F600;", "😀"),
        ("é ع > ' ]]>", "é ع > ' ]]>"),
    ],
)
def test_references_to_characters_are_resolved_once(written: str, meant: str) -> None:
    assert _values(f'<Obs A="{written}"/>\n<Obs A="plain"/>') == [(meant, 0), ("plain", 1)]


@pytest.mark.parametrize(
    "content",
    [
        "<Obs A='1'/>",
        '<Obs A="1"/><!-- c -->',
        '<!-- <Obs A="1"/> -->',
        '<![CDATA[<Obs A="1"/>]]>',
        '<?pi A="1"?>',
        '<!DOCTYPE a "b">',
        '<Obs A="a<b"/>',
        '<Obs A="1" A="2"/>',
        '<Obs A="1"B="2"/>',
        '<Obs A="1"/>text',
        'text<Obs A="1"/>',
        '<Obs A="1"/>""',
        '<Obs A="1"',
        '<Obs A="1',
        '<Obs A="1"/',
        "<Obs A=1/>",
        '<Obs A="1"/ >',
        '</Series A="1">',
        "</Series/>",
        '<Obs A="1\n2"/>',
        '<Obs A="1\t2"/>',
        '<Obs\nA="1"/>',
        '<Obs\x1fA="1"/>',
        '<Obs A="1"/>\x1f',
        '\ufeff<Obs A="1"/>',
        "\ufeff\n",
        '<Obs A="1"/>"a',
        '<Obs A="1"/>"a"',
        '<Obs A="1"/>\r<Obs A="2"/>',
        '<Obs A="&unknown;"/>',
        '<Obs A="&#0;"/>',
        '<Obs A="&#xD800;"/>',
        '<Obs A="&#x110000;"/>',
        '<Obs A="&amp"/>',
        '<Obs A="& "/>',
        '<Obs A="\x01"/>',
        '<Obs A="\x00"/>',
        '<Obs A="\uffff"/>',
        '<Obs xmlns="urn:x"/>',
        '<Obs A="1" xmlns="urn:x"/>',
        '<Obs xsi:type="a"/>',
        '<1Obs A="1"/>',
        '<Obs 1A="1"/>',
        "<a:b:c/>",
        "<<Obs/>",
        "<Obs/>>",
    ],
)
def test_what_is_not_in_the_usual_shape_is_left_to_a_parser(content: str) -> None:
    with pytest.raises(OtherShapeError):
        _values(content)


@pytest.mark.parametrize("content", [b'<Obs A="\xff"/>', b'<Obs A="\xed\xa0\x80"/>', b'<Obs A="\xc0\x80"/>'])
def test_what_is_not_utf_8_is_left_to_a_parser(content: bytes) -> None:
    with pytest.raises(OtherShapeError):
        lines_of(content)


def test_a_quote_after_a_tag_is_no_value_even_where_other_lines_have_more() -> None:
    with pytest.raises(OtherShapeError):
        _values('<Obs A="1"/>\n<Obs A="1" B="2"/>\n<Obs A="3"/>"')


def test_a_line_with_more_attributes_than_those_before_is_read_all_the_same() -> None:
    many = " ".join(f'A{i}="{i}"' for i in range(90))
    filler = '<Obs A0="x"/>\n' * 6000
    assert len(_values(f"{filler}<Obs {many}/>\n")[-1]) == 91


def test_so_many_shapes_that_columns_do_not_pay_are_left_to_a_parser() -> None:
    with pytest.raises(OtherShapeError):
        _values("".join(f'<Obs A{i}="1"/>\n' for i in range(100)))
