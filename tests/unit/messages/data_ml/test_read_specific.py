"""Structure-specific data, read in the plain way."""

import pytest
from tests.examples.data_ml_reading import ALL, Rows, header, read_pieces, root, specific

from icstip.errors import FormatError
from icstip.messages.dataset import Action
from icstip.schema import Level
from icstip.standard.model import Role

OBS = '<Obs FREQ="A" AREA="CI" TIME_PERIOD="2020" OBS_VALUE="1" STATUS="A"/>'
ROW = {"FREQ": "A", "AREA": "CI", "TIME_PERIOD": "2020", "OBS_VALUE": "1", "STATUS": "A"}
SERIES = """<Series FREQ="A" AREA="CI" RULE="X">
  <Obs TIME_PERIOD="2020" OBS_VALUE="1"/><Obs TIME_PERIOD="2021" STATUS="O"/>
</Series>
<Series FREQ="A" AREA="FR"><Obs TIME_PERIOD="2020" OBS_VALUE="NaN"/></Series>"""
SERIES_ROWS: Rows = [
    {"FREQ": "A", "AREA": "CI", "RULE": "X", "TIME_PERIOD": "2020", "OBS_VALUE": "1"},
    {"FREQ": "A", "AREA": "CI", "RULE": "X", "TIME_PERIOD": "2021", "STATUS": "O"},
    {"FREQ": "A", "AREA": "FR", "TIME_PERIOD": "2020", "OBS_VALUE": "NaN"},
]
VERSIONS = ["2.1", "3.0", "3.1"]


@pytest.mark.parametrize("version", VERSIONS)
def test_flat_observations_are_rows_in_every_version(version: str) -> None:
    read = read_pieces(specific(OBS + OBS.replace("2020", "2021"), version))
    assert read.rows == [ROW, ROW | {"TIME_PERIOD": "2021"}]
    assert read.reading.format_id == f"sdmx-ml-{version}"
    assert read.parts[0].head.generation == version
    assert read.findings == ()


@pytest.mark.parametrize("version", VERSIONS)
def test_observations_in_series_have_what_their_series_says(version: str) -> None:
    assert read_pieces(specific(SERIES, version, "TIME_PERIOD")).rows == SERIES_ROWS


def test_time_series_messages_have_time_at_the_observation() -> None:
    message = specific(SERIES, "2.1", "", name="StructureSpecificTimeSeriesData")
    read = read_pieces(message)
    assert read.rows == SERIES_ROWS
    assert read.reading.format_id == "sdmx-ml-2.1"
    assert read.parts[0].head.roles == {"TIME_PERIOD": Role.TIME_DIMENSION}


def test_any_dimension_can_be_at_the_observation() -> None:
    body = '<Series FREQ="A" TIME_PERIOD="2020"><Obs AREA="CI" OBS_VALUE="1"/><Obs AREA="FR" OBS_VALUE="2"/></Series>'
    read = read_pieces(specific(body, at="AREA"))
    assert [(row["AREA"], row["TIME_PERIOD"]) for row in read.rows] == [("CI", "2020"), ("FR", "2020")]
    assert read.parts[0].head.roles == {"AREA": Role.DIMENSION}


def test_lines_are_those_that_rows_begin_in() -> None:
    read = read_pieces(specific(f"\n{OBS}\n<Obs\nFREQ='A'\nAREA='FR'/>\n\n{OBS}", "3.0"))
    first = read.lines[0]
    assert read.lines == [first, first + 1, first + 5]


def test_lines_of_series_without_observations_are_known_however_long_other_parts_are() -> None:
    series = f"\n<Series AREA='CI'>{'<!-- a comment -->' * 200}\n\n</Series>\n{OBS}\n<Series AREA='FR'/>"
    read = read_pieces(specific(series, "3.0"), size=100)
    first = read.lines[0]
    assert read.lines == [first, first + 3, first + 4]


def test_a_series_without_observations_is_a_row() -> None:
    body = '<Series FREQ="A" AREA="CI"/><Series FREQ="A" AREA="FR" RULE="X"></Series>' + SERIES
    rows = read_pieces(specific(body, at="TIME_PERIOD")).rows
    assert rows[:2] == [{"FREQ": "A", "AREA": "CI"}, {"FREQ": "A", "AREA": "FR", "RULE": "X"}]
    assert rows[2:] == SERIES_ROWS


@pytest.mark.parametrize("attributes", ['xsi:type="ns1:BY_AREA"', 'type="BY_AREA"', ""])
def test_groups_are_rows_without_the_other_dimensions(attributes: str) -> None:
    read = read_pieces(specific(f'<Group {attributes} AREA="CI" CONTACT="a@b"/>{OBS}'))
    assert read.rows == [{"AREA": "CI", "CONTACT": "a@b"}, ROW]
    assert read.findings == ()


def test_groups_and_attributes_of_dimensions_can_stand_anywhere_in_version_3() -> None:
    body = f'{OBS}<Atts AREA="CI" RULE="X"/>{SERIES}<Group AREA="FR" CONTACT="c"/>{OBS}<Atts TITLE="t"/>'
    read = read_pieces(specific(body, at="TIME_PERIOD"))
    assert read.rows == [
        ROW,
        {"AREA": "CI", "RULE": "X"},
        *SERIES_ROWS,
        {"AREA": "FR", "CONTACT": "c"},
        ROW,
        {"TITLE": "t"},
    ]


def test_attributes_of_the_data_set_are_constant_columns() -> None:
    read = read_pieces(specific(f'{OBS}<Group AREA="CI"/>', attributes='TITLE="t &amp; u" UNIT=""'))
    assert read.rows == [ROW | {"TITLE": "t & u", "UNIT": ""}, {"AREA": "CI", "TITLE": "t & u", "UNIT": ""}]
    head = read.parts[0].head
    assert head.levels == {"TITLE": Level.DATASET, "UNIT": Level.DATASET}
    assert head.roles == {"TITLE": Role.ATTRIBUTE, "UNIT": Role.ATTRIBUTE}


def test_attributes_of_a_data_set_without_observations_are_a_row() -> None:
    assert read_pieces(specific("", attributes='TITLE="t"')).rows == [{"TITLE": "t"}]


def test_a_data_set_with_nothing_has_one_empty_part() -> None:
    (part,) = read_pieces(specific("")).parts
    assert part.frame.is_empty()


def test_data_sets_have_heads_of_their_own() -> None:
    described = """<mes:Structure structureID="T" namespace="urn:x" dimensionAtObservation="AREA">
      <com:StructureUsage>urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=A:DF(1.0.0)</com:StructureUsage>
    </mes:Structure>"""
    body = f"""<mes:DataSet ss:structureRef="S" ss:action="Append">{OBS}</mes:DataSet>
    <mes:DataSet ss:structureRef="T" ss:action="Delete" ><Series FREQ="A"/></mes:DataSet>
    <mes:DataSet ss:structureRef=" S "/>"""
    first, second, third = read_pieces(root(header(more=described) + body)).parts
    assert [part.head.action for part in (first, second, third)] == [Action.APPEND, Action.DELETE, Action.INFORMATION]
    assert str(first.head.structure) == "A:DSD(1.0.0)"
    assert second.head.structure is not None
    assert (second.head.structure.kind, str(second.head.structure)) == ("Dataflow", "A:DF(1.0.0)")
    assert third.head.structure == first.head.structure
    assert third.head is not first.head


def test_the_action_of_the_header_counts_where_a_data_set_tells_none() -> None:
    message = root(header(more="<mes:DataSetAction>Replace</mes:DataSetAction>") + '<mes:DataSet ss:structureRef="S"/>')
    assert read_pieces(message).parts[0].head.action is Action.REPLACE


def test_an_unknown_action_is_refused() -> None:
    with pytest.raises(FormatError, match="'Update'"):
        read_pieces(specific(OBS, attributes='ss:action="Update"'))


@pytest.mark.parametrize("attribute", ["", 'action="Delete"'])
def test_attributes_of_the_data_set_are_known_without_their_prefix_too(attribute: str) -> None:
    body = f'<mes:DataSet structureRef="S" dataScope="DataStructure" {attribute}>{OBS}</mes:DataSet>'
    read = read_pieces(root(header("2.1") + body, "2.1"))
    assert read.rows == [ROW]
    assert read.parts[0].head.structure is not None
    assert read.parts[0].head.action is (Action.DELETE if attribute else Action.INFORMATION)


def test_a_structure_that_the_header_does_not_describe_is_told() -> None:
    read = read_pieces(root(header() + f'<mes:DataSet ss:structureRef="T">{OBS}</mes:DataSet>'))
    assert read.rows == [ROW]
    assert read.parts[0].head.structure is None
    assert read.told == [("DATA-007", "structureRef=T")]


def test_a_data_set_that_refers_to_nothing_is_of_the_only_structure() -> None:
    read = read_pieces(root(header() + f"<mes:DataSet>{OBS}</mes:DataSet>"))
    assert read.parts[0].head.structure is not None
    assert read.findings == ()


def test_what_a_data_set_tells_of_its_publication_is_told() -> None:
    read = read_pieces(specific(OBS, "2.1", attributes='ss:dataScope="DataStructure" ss:validFromDate="2020"'))
    assert read.told == [("DATA-007", "validFromDate")]


EXPLICIT = """<Series FREQ="A"><Obs xsi:type="ns1:BIRTHS" OBS_VALUE="1"/><Obs xsi:type=" ns1:DEATHS" OBS_VALUE="2"/>
<Obs DEMO="OTHER" OBS_VALUE="3"/><Obs xsi:type="ns1:ObsType" DEMO="MORE" OBS_VALUE="4"/></Series>"""


def _explicit(body: str, at: str = "DEMO") -> str:
    described = header("2.1", at, attributes='explicitMeasures="true"')
    return root(described + f'<mes:DataSet ss:structureRef="S">{body}</mes:DataSet>', "2.1")


def test_types_of_observations_name_explicit_measures() -> None:
    read = read_pieces(_explicit(EXPLICIT))
    assert [row["DEMO"] for row in read.rows] == ["BIRTHS", "DEATHS", "OTHER", "MORE"]
    assert read.findings == ()
    assert read.parts[0].head.roles["DEMO"] is Role.DIMENSION


def test_explicit_measures_can_be_named_by_an_attribute() -> None:
    body = '<Series FREQ="A"><Obs type="BIRTHS" OBS_VALUE="1"/></Series>'
    assert read_pieces(_explicit(body)).rows == [{"FREQ": "A", "DEMO": "BIRTHS", "OBS_VALUE": "1"}]


def test_types_that_stand_for_no_dimension_are_told() -> None:
    read = read_pieces(_explicit('<Obs xsi:type="ns1:BIRTHS" FREQ="A"/>', ALL))
    assert read.rows == [{"FREQ": "A"}]
    assert read.told == [("DATA-007", "xsi:type")]


def test_types_without_explicit_measures_are_told_unless_they_are_those_of_all_observations() -> None:
    read = read_pieces(specific(OBS.replace("<Obs", '<Obs xsi:type="ns1:ObsType"'), "2.1"))
    assert (read.rows, read.told) == ([ROW], [])
    read = read_pieces(specific(OBS.replace("<Obs", '<Obs xsi:type="ns1:M"'), "2.1", "DEMO"))
    assert (read.rows, read.told) == ([ROW], [("DATA-007", "xsi:type")])


def test_an_attribute_of_another_namespace_is_told_and_not_merged() -> None:
    body = '<Obs xsi:nil="true" ns1:FREQ="Q" ss:AREA="X" xml:lang="fr" FREQ="A" AREA="CI"/><Obs xsi:B="1" B="2"/>'
    read = read_pieces(specific(body))
    assert read.rows == [{"FREQ": "A", "AREA": "CI"}, {"B": "2"}]
    told = {"xsi:nil", "FREQ", "AREA", "{http://www.w3.org/XML/1998/namespace}lang", "xsi:B"}
    assert set(read.told) == {("DATA-007", name) for name in told}


def test_hints_for_schemas_are_not_told() -> None:
    read = read_pieces(specific(OBS.replace("<Obs", '<Obs xsi:schemaLocation="a b"')))
    assert (read.rows, read.told) == ([ROW], [])


def test_an_attribute_of_series_and_observation_counts_as_the_observation_tells_it() -> None:
    body = """<Series FREQ="A" STATUS="A" RULE="X">
    <Obs T="1" STATUS="O"/><Obs T="2"/><Obs T="3" STATUS="O" RULE="X"/></Series>"""
    read = read_pieces(specific(body, at="T"))
    assert [row["STATUS"] for row in read.rows] == ["O", "A", "O"]
    assert [row["RULE"] for row in read.rows] == ["X", "X", "X"]
    (finding,) = read.findings
    assert (finding.code, finding.value) == ("DATA-009", "O")
    assert {"component": "STATUS", "other": "A", "times": 2}.items() <= dict(finding.params).items()


def test_an_attribute_of_data_set_and_observation_counts_as_the_observation_tells_it() -> None:
    read = read_pieces(specific(OBS + OBS.replace(' STATUS="A"', ""), attributes='STATUS="O"'))
    assert [row["STATUS"] for row in read.rows] == ["A", "O"]
    assert read.told == [("DATA-009", "A")]


COMP = '<Comp id="TITLE" xsi:type="ns1:TITLE_ATTRIBUTE">{}</Comp>'


def test_a_component_with_one_value_is_a_column() -> None:
    comp = COMP.format("<Value>a &lt; b</Value>")
    row = {"FREQ": "A", "TITLE": "a < b"}
    for element in ("Obs", "Series", "Group", "Atts"):
        read = read_pieces(specific(f'<{element} FREQ="A">{comp}</{element}>', at="TIME_PERIOD"))
        assert (read.rows, read.findings) == ([row], ())


def test_a_component_of_a_series_is_one_of_its_observations() -> None:
    comp = COMP.format("<Value>t</Value>")
    read = read_pieces(specific(f'<Series FREQ="A">{comp}<Obs T="1"/><Obs T="2"/></Series>', at="T"))
    assert read.rows == [{"FREQ": "A", "TITLE": "t", "T": "1"}, {"FREQ": "A", "TITLE": "t", "T": "2"}]


def test_of_several_values_the_first_is_kept_and_the_others_are_told() -> None:
    read = read_pieces(
        specific(f'<Obs FREQ="A">{COMP.format("<Value>1</Value><Value>2</Value><Value>3</Value>")}</Obs>')
    )
    assert read.rows == [{"FREQ": "A", "TITLE": "1"}]
    assert read.told == [("DATA-007", "Comp[@id='TITLE']/Value[position()>1]")]
    assert read.findings[0].params["times"] == 2


def test_of_texts_in_languages_the_first_is_kept_and_the_others_are_told() -> None:
    texts = '<Value>\n <com:Text xml:lang="fr">un</com:Text>\n <com:Text>one</com:Text>\n</Value>'
    read = read_pieces(specific(f'<Obs FREQ="A">{COMP.format(texts)}</Obs>'))
    assert read.rows == [{"FREQ": "A", "TITLE": "un"}]
    assert read.told == [("DATA-007", "Comp[@id='TITLE']/Value[position()>1]")]


def test_the_language_of_a_text_is_told() -> None:
    texts = '<Value><com:Text xml:lang="fr">un</com:Text></Value>'
    read = read_pieces(specific(f'<Obs FREQ="A">{COMP.format(texts)}</Obs>'))
    assert read.rows == [{"FREQ": "A", "TITLE": "un"}]
    assert read.told == [("DATA-007", "Comp[@id='TITLE']/Value/Text/@xml:lang")]


def test_of_structured_text_the_text_is_kept() -> None:
    texts = '<Value><com:StructuredText>a<p xmlns="urn:h">b<i>c</i></p>d</com:StructuredText></Value>'
    read = read_pieces(specific(f'<Obs FREQ="A">{COMP.format(texts)}</Obs>'))
    assert read.rows == [{"FREQ": "A", "TITLE": "abcd"}]
    assert read.told == [("DATA-007", "Comp[@id='TITLE']/Value/Text/@xml:lang")]


def test_a_component_without_a_value_is_not_there_and_one_with_an_empty_value_is() -> None:
    read = read_pieces(specific(f'<Obs A="1">{COMP.format("")}</Obs><Obs A="2">{COMP.format("<Value/>")}</Obs>'))
    assert read.rows == [{"A": "1"}, {"A": "2", "TITLE": ""}]


@pytest.mark.parametrize("size", [1, 1 << 20])
def test_white_space_is_a_value_like_any_other(size: int) -> None:
    comp = COMP.format("<Value> \n</Value>")
    read = read_pieces(specific(f"<Obs>{comp}</Obs>{OBS}"), size)
    assert read.rows == [{"TITLE": " \n"}, ROW]


def test_a_component_that_is_an_attribute_too_is_told() -> None:
    read = read_pieces(specific(f'<Obs TITLE="a">{COMP.format("<Value>b</Value>")}</Obs>'))
    assert read.rows == [{"TITLE": "a"}]
    assert read.told == [("DATA-009", "a")]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<Obs FREQ="A"><Comp/></Obs>', "Comp without id"),
        ('<Series><Obs/><Comp id="X"><Value>1</Value></Comp></Series>', "after the observations"),
    ],
)
def test_components_in_the_wrong_place_are_refused(body: str, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        read_pieces(specific(body))


def test_what_else_stands_in_a_data_set_is_told_once() -> None:
    notes = (
        "<com:Annotations><com:Annotation><com:AnnotationText>x</com:AnnotationText></com:Annotation></com:Annotations>"
    )
    obs = OBS.replace("/>", f">{notes}<Metadata/></Obs>")
    read = read_pieces(
        specific(f'{notes}<DataProvider><Ref id="P"/></DataProvider>{obs}<x:Obs xmlns:x="urn:x" A="1"/>text')
    )
    assert read.rows == [ROW]
    assert set(read.told) == {
        ("DATA-007", name) for name in ("Annotations", "DataProvider", "Metadata", "x:Obs", "text()")
    }
    assert read.findings[0].params["times"] == 2


def test_elements_are_known_by_the_namespace_of_the_structure_too() -> None:
    body = OBS.replace("Obs", "ns1:Obs") + OBS.replace("<Obs", '<Obs xmlns="urn:other"')
    read = read_pieces(specific(body))
    assert read.rows == [ROW]
    assert read.told == [("DATA-007", "{urn:other}Obs")]


def test_generic_elements_in_a_structure_specific_message_are_read() -> None:
    key = '<gen:ObsKey><gen:Value id="FREQ" value="A"/></gen:ObsKey>'
    body = f'<gen:Attributes><gen:Value id="T" value="t"/></gen:Attributes><gen:Obs>{key}</gen:Obs><Obs FREQ="Q"/>'
    read = read_pieces(specific(body, "2.1"))
    assert read.rows == [{"FREQ": "A", "T": "t"}, {"FREQ": "Q", "T": "t"}]
    assert read.findings == ()


def test_columns_stand_in_the_order_of_the_message_whatever_the_first_rows_lack() -> None:
    body = """<Group AREA="CI" CONTACT="c"/><Obs FREQ="A" AREA="CI" STATUS="O"/>
    <Obs FREQ="A" AREA="CI" VALUE="1" STATUS="A"/>"""
    assert read_pieces(specific(body, attributes='TITLE="t"')).columns == [
        "FREQ",
        "AREA",
        "VALUE",
        "STATUS",
        "CONTACT",
        "TITLE",
    ]


def test_rows_of_all_shapes_keep_their_order() -> None:
    rows: Rows = [{"A": "1", "B": "2"}, {"A": "1"}, {"B": "2", "A": "3"}, {}, {"C": "1", "A": "4"}, {"A": "5", "B": ""}]
    told = [" ".join(f'{name}="{value}"' for name, value in row.items()) for row in rows]
    body = "".join(f"<Obs {attributes}/>" for attributes in told)
    assert read_pieces(specific(body * 3)).rows == rows * 3


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_message_can_come_in_pieces_of_any_size(size: int) -> None:
    comp = COMP.format("<Value><![CDATA[a<b]]>c</Value>")
    body = f"{OBS}\n{SERIES}<Series X='1'>\n{comp}<Obs Y='2'>{comp.replace('TITLE', 'Z')}</Obs></Series>"
    message = specific(body, at="TIME_PERIOD", attributes="UNIT='u'")
    whole, pieces = read_pieces(message), read_pieces(message, size)
    assert pieces.rows == whole.rows
    assert pieces.lines == whole.lines
    assert pieces.findings == whole.findings == ()
    assert whole.rows[-1] == {"X": "1", "TITLE": "a<bc", "Y": "2", "Z": "a<bc", "UNIT": "u"}
