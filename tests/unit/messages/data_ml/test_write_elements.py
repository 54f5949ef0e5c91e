"""What data look like in SDMX-ML, byte for byte: flat, in series, in the messages for time series, generic."""

from dataclasses import replace

import polars as pl
import pytest
from tests.examples.data_ml_rows import said
from tests.examples.data_sets import (
    FLOW,
    FULL,
    HEADER,
    attribute,
    dimension,
    full,
    measure,
    of,
    schema,
    time,
    written,
)

from icstip.artefacts.notices import Notices
from icstip.errors import StructureError
from icstip.messages.data_options import DataOptions, Layout
from icstip.messages.dataset import Action, DataSet
from icstip.messages.structure_header import Party
from icstip.schema import ArtefactKey, Level, Schema

SPECIFIC = ("sdmx-ml-2.1", "sdmx-ml-3.0", "sdmx-ml-3.1")
ALL = (*SPECIFIC, "sdmx-ml-2.1-generic")
SERIES = DataOptions(layout=Layout.SERIES)
TIME_SERIES = DataOptions(layout=Layout.TIME_SERIES)
ODD = "a &quot;b&quot; &lt;c&gt; &amp; 'd', ; é ع&#10;next&#9;tab"


def body(content: bytes) -> str:
    """What stands between the tags of the only data set, without indentation."""
    text = content.decode().partition("<mes:DataSet")[2].partition(">\n")[2].partition("  </mes:DataSet>")[0]
    return "".join(line.removeprefix("    ") + "\n" for line in text.splitlines())


def opening(content: bytes) -> str:
    """The tag that opens the only data set."""
    return "<mes:DataSet" + content.decode().partition("<mes:DataSet")[2].partition(">")[0] + ">"


@pytest.mark.parametrize("format_id", SPECIFIC)
def test_flat_data_have_all_dimensions_at_the_observation(format_id: str) -> None:
    assert (
        body(written(full(), format_id))
        == f"""\
<Group xsi:type="ns1:BY_AREA" AREA="CI" CONTACT="a@b"/>
<Obs FREQ="A" AREA="CI" SEX="F" TIME_PERIOD="2020" OBS_VALUE="1240" STATUS="A" RULE="PRINCIPAL"/>
<Obs FREQ="A" AREA="CI" SEX="F" TIME_PERIOD="2021" STATUS="Q" LOWER="0" RULE="PRINCIPAL"/>
<Obs FREQ="A" AREA="CI" SEX="M" TIME_PERIOD="2020" STATUS="O"/>
<Obs FREQ="A" AREA="002" SEX="_T" TIME_PERIOD="2020" OBS_VALUE="0.1" STATUS="A" COMMENT="{ODD}" RULE="MULTIPLE"/>
<Obs FREQ="A" AREA="002" SEX="_T" TIME_PERIOD="2021-Q1" OBS_VALUE="-3.5" COMMENT="x" RULE="MULTIPLE"/>
"""
    )


@pytest.mark.parametrize("format_id", SPECIFIC)
def test_series_hold_what_their_observations_have_in_common(format_id: str) -> None:
    assert (
        body(written(full(), format_id, SERIES))
        == f"""\
<Group xsi:type="ns1:BY_AREA" AREA="CI" CONTACT="a@b"/>
<Series FREQ="A" AREA="CI" SEX="F" RULE="PRINCIPAL">
  <Obs TIME_PERIOD="2020" OBS_VALUE="1240" STATUS="A"/>
  <Obs TIME_PERIOD="2021" STATUS="Q" LOWER="0"/>
</Series>
<Series FREQ="A" AREA="CI" SEX="M">
  <Obs TIME_PERIOD="2020" STATUS="O"/>
</Series>
<Series FREQ="A" AREA="002" SEX="_T" RULE="MULTIPLE">
  <Obs TIME_PERIOD="2020" OBS_VALUE="0.1" STATUS="A" COMMENT="{ODD}"/>
  <Obs TIME_PERIOD="2021-Q1" OBS_VALUE="-3.5" COMMENT="x"/>
</Series>
"""
    )


def test_generic_data_say_of_each_value_which_component_it_is_of() -> None:
    assert (
        body(written(DataSet(FULL, full().frame[2:4]), "sdmx-ml-2.1-generic"))
        == f"""\
<gen:Attributes><gen:Value id="TITLE" value="Victims &amp; co"/></gen:Attributes>
<gen:Group type="BY_AREA"><gen:GroupKey><gen:Value id="AREA" value="CI"/></gen:GroupKey>\
<gen:Attributes><gen:Value id="CONTACT" value="a@b"/></gen:Attributes></gen:Group>
<gen:Obs><gen:ObsKey><gen:Value id="FREQ" value="A"/><gen:Value id="AREA" value="CI"/><gen:Value id="SEX" value="M"/>\
<gen:Value id="TIME_PERIOD" value="2020"/></gen:ObsKey>\
<gen:Attributes><gen:Value id="STATUS" value="O"/></gen:Attributes></gen:Obs>
<gen:Obs><gen:ObsKey><gen:Value id="FREQ" value="A"/><gen:Value id="AREA" value="002"/><gen:Value id="SEX" value="_T"/>\
<gen:Value id="TIME_PERIOD" value="2020"/></gen:ObsKey><gen:ObsValue value="0.1"/>\
<gen:Attributes><gen:Value id="STATUS" value="A"/><gen:Value id="COMMENT" value="{ODD}"/>\
<gen:Value id="RULE" value="MULTIPLE"/></gen:Attributes></gen:Obs>
"""
    )


def test_generic_series_hold_what_their_observations_have_in_common() -> None:
    assert (
        body(written(DataSet(FULL, full().frame[1:3].drop("TITLE", "CONTACT")), "sdmx-ml-2.1-generic", SERIES))
        == """\
<gen:Series><gen:SeriesKey><gen:Value id="FREQ" value="A"/><gen:Value id="AREA" value="CI"/>\
<gen:Value id="SEX" value="F"/></gen:SeriesKey>\
<gen:Attributes><gen:Value id="RULE" value="PRINCIPAL"/></gen:Attributes>
  <gen:Obs><gen:ObsDimension id="TIME_PERIOD" value="2021"/><gen:Attributes><gen:Value id="STATUS" value="Q"/>\
<gen:Value id="LOWER" value="0"/></gen:Attributes></gen:Obs>
</gen:Series>
<gen:Series><gen:SeriesKey><gen:Value id="FREQ" value="A"/><gen:Value id="AREA" value="CI"/>\
<gen:Value id="SEX" value="M"/></gen:SeriesKey>
  <gen:Obs><gen:ObsDimension id="TIME_PERIOD" value="2020"/><gen:Attributes><gen:Value id="STATUS" value="O"/>\
</gen:Attributes></gen:Obs>
</gen:Series>
"""
    )


def test_an_element_for_attributes_stands_only_where_there_are_any() -> None:
    given = schema(dimension("D", "a", "b"), time(), measure(), attribute("STATUS", Level.OBSERVATION, "A"))
    frame = pl.DataFrame({"D": ["a", "b"], "TIME_PERIOD": "2020", "OBS_VALUE": [1.0, None], "STATUS": [None, "A"]})
    lines = body(written(of(given, frame), "sdmx-ml-2.1-generic")).splitlines()
    assert [line.partition("</gen:ObsKey>")[2] for line in lines] == [
        '<gen:ObsValue value="1"/></gen:Obs>',
        '<gen:Attributes><gen:Value id="STATUS" value="A"/></gen:Attributes></gen:Obs>',
    ]


def test_any_dimension_can_stand_at_the_observation() -> None:
    options = DataOptions(layout=Layout.SERIES, at_observation="SEX")
    content = written(DataSet(FULL, full().frame[1:2].drop("TITLE", "CONTACT")), "sdmx-ml-3.0", options)
    # RULE is attached to SEX too: it belongs to the observation.
    assert (
        body(content)
        == """\
<Series FREQ="A" AREA="CI" TIME_PERIOD="2021">
  <Obs SEX="F" STATUS="Q" LOWER="0" RULE="PRINCIPAL"/>
</Series>
"""
    )
    assert b'dimensionAtObservation="SEX"' in content


def test_without_time_the_last_dimension_stands_at_the_observation() -> None:
    given = schema(dimension("X"), dimension("Y"), measure())
    frame = pl.DataFrame({"X": ["a", "a"], "Y": ["b", "c"], "OBS_VALUE": [1, 2]})
    assert (
        body(written(DataSet(given, frame), "sdmx-ml-3.0", SERIES))
        == """\
<Series X="a">
  <Obs Y="b" OBS_VALUE="1"/>
  <Obs Y="c" OBS_VALUE="2"/>
</Series>
"""
    )


def test_a_dimension_that_is_not_there_cannot_stand_at_the_observation() -> None:
    with pytest.raises(StructureError, match="there is no dimension NOPE"):
        written(full(), "sdmx-ml-3.0", DataOptions(layout=Layout.SERIES, at_observation="NOPE"))


@pytest.mark.parametrize("format_id", ALL)
def test_the_only_dimension_needs_no_series(format_id: str) -> None:
    given = schema(time(), measure())
    data = DataSet(given, pl.DataFrame({"TIME_PERIOD": ["2020"], "OBS_VALUE": [1.0]}))
    assert written(data, format_id, SERIES) == written(data, format_id)


@pytest.mark.parametrize(
    ("format_id", "root"),
    [
        ("sdmx-ml-2.1", "StructureSpecificTimeSeriesData"),
        ("sdmx-ml-2.1-generic", "GenericTimeSeriesData"),
        ("sdmx-ml-3.0", "StructureSpecificData"),
        ("sdmx-ml-3.1", "StructureSpecificData"),
    ],
)
def test_time_series_are_series_in_a_message_of_their_own_in_2_1(format_id: str, root: str) -> None:
    content = written(full(), format_id, TIME_SERIES)
    assert content.endswith(f"</mes:{root}>\n".encode())
    assert body(content) == body(written(full(), format_id, SERIES))


def test_series_without_time_are_no_time_series() -> None:
    given = schema(dimension("X"), dimension("Y"), measure())
    data = DataSet(given, pl.DataFrame({"X": ["a"], "Y": ["b"], "OBS_VALUE": [1]}))
    notices = Notices("test", "SDMX-ML 2.1")
    assert written(data, "sdmx-ml-2.1", TIME_SERIES, notices=notices) == written(data, "sdmx-ml-2.1", SERIES)
    assert said(notices) == {"time-series-as-series": ()}


@pytest.mark.parametrize("format_id", SPECIFIC)
def test_several_measures_stand_side_by_side_where_the_version_has_them(format_id: str) -> None:
    given = schema(dimension("D", "a"), time(), measure("PERSONS"), measure("SHARE"))
    data = of(given, pl.DataFrame({"D": ["a"], "TIME_PERIOD": ["2020"], "PERSONS": [5.0], "SHARE": [0.5]}))
    if format_id == "sdmx-ml-2.1":
        with pytest.raises(StructureError, match=r"A:DSD\(1\.0\.0\) has 2"):
            written(data, format_id)
    else:
        assert body(written(data, format_id)) == '<Obs D="a" TIME_PERIOD="2020" PERSONS="5" SHARE="0.5"/>\n'


@pytest.mark.parametrize(("format_id", "name"), [("sdmx-ml-2.1", "OBS_VALUE"), ("sdmx-ml-3.0", "PERSONS")])
def test_the_measure_of_2_1_has_a_name_of_its_own(format_id: str, name: str) -> None:
    given = schema(dimension("D", "a"), time(), measure("PERSONS"))
    data = of(given, pl.DataFrame({"D": ["a"], "TIME_PERIOD": ["2020"], "PERSONS": [5.0]}))
    assert body(written(data, format_id)) == f'<Obs D="a" TIME_PERIOD="2020" {name}="5"/>\n'


def test_no_attribute_can_have_the_name_of_the_measure_of_2_1() -> None:
    given = schema(dimension("D", "a"), measure("PERSONS"), attribute("OBS_VALUE", Level.OBSERVATION))
    with pytest.raises(StructureError, match="does not allow the id 'OBS_VALUE'"):
        written(of(given, pl.DataFrame({"D": ["a"], "PERSONS": [5.0]})), "sdmx-ml-2.1")


@pytest.mark.parametrize("name", ["1ST", "A B", "A$B", "xmlns", "É", ""])
@pytest.mark.parametrize("format_id", ALL)
def test_what_cannot_be_a_name_in_xml_is_refused(format_id: str, name: str) -> None:
    given = schema(dimension("D", "a"), measure(), attribute(name, Level.OBSERVATION))
    with pytest.raises(StructureError, match="does not allow the id"):
        written(of(given, pl.DataFrame({"D": ["a"], "OBS_VALUE": [5.0]})), format_id)


HEADS = {
    "sdmx-ml-2.1": (
        '<mes:DataSet ss:structureRef="DF" xsi:type="ns1:DataSetType" ss:dataScope="Dataflow" ss:action="Replace"'
        ' TITLE="Victims &amp; co">'
    ),
    "sdmx-ml-2.1-generic": '<mes:DataSet structureRef="DF" action="Replace">',
    "sdmx-ml-3.0": (
        '<mes:DataSet ss:structureRef="DF" xsi:type="ns1:DataSetType" ss:action="Replace" TITLE="Victims &amp; co">'
    ),
}


@pytest.mark.parametrize(("format_id", "head"), HEADS.items())
def test_a_data_set_says_what_it_is_of_what_to_do_and_its_attributes(format_id: str, head: str) -> None:
    assert opening(written(replace(full(), action=Action.REPLACE), format_id)) == head


@pytest.mark.parametrize(("format_id", "action"), [("sdmx-ml-3.0", "Append"), ("sdmx-ml-3.1", "Merge")])
def test_merging_is_appending_before_3_1(format_id: str, action: str) -> None:
    notices = Notices("test", format_id)
    content = written(replace(full(), action=Action.MERGE), format_id, notices=notices)
    assert f'ss:action="{action}"' in opening(content)
    assert said(notices) == ({"merge-as-append": ()} if action == "Append" else {})


def test_the_header_names_who_sends_to_whom_what() -> None:
    header = replace(
        HEADER,
        sender=Party("ICSTIP", {"en": "Us & co", "": "x"}),
        receivers=(Party("R1", {}), Party("R2", {"fr": "Lui"})),
        source={"en": "A <source>"},
        test=True,
    )
    text = written(full(), "sdmx-ml-3.1", header=header).decode()
    urn = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=A:DF(1.0.0)"
    base = "http://www.sdmx.org/resources/sdmxml/schemas/v3_1"
    assert text.partition("  <mes:DataSet")[0] == (
        f"""\
<?xml version='1.0' encoding='UTF-8'?>
<mes:StructureSpecificData xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:mes="{base}/message"\
 xmlns:ss="{base}/data/structurespecific" xmlns:com="{base}/common" xmlns:ns1="{urn}:ObsLevelDim:AllDimensions">
  <mes:Header>
    <mes:ID>TEST</mes:ID>
    <mes:Test>true</mes:Test>
    <mes:Prepared>2026-01-01T00:00:00Z</mes:Prepared>
    <mes:Sender id="ICSTIP">
      <com:Name xml:lang="en">Us &amp; co</com:Name>
      <com:Name>x</com:Name>
    </mes:Sender>
    <mes:Receiver id="R1"/>
    <mes:Receiver id="R2">
      <com:Name xml:lang="fr">Lui</com:Name>
    </mes:Receiver>
    <mes:Structure structureID="DF" namespace="{urn}:ObsLevelDim:AllDimensions" dimensionAtObservation="AllDimensions">
      <com:StructureUsage>{urn}</com:StructureUsage>
    </mes:Structure>
    <mes:Source xml:lang="en">A &lt;source&gt;</mes:Source>
  </mes:Header>
"""
    )


def test_a_reference_of_2_1_is_by_parts_and_knows_no_drafts() -> None:
    draft = Schema(ArtefactKey("A", "DSD", "1.0.0-draft"), None, FULL.columns, groups=FULL.groups)
    text = written(DataSet(draft, full().frame), "sdmx-ml-2.1").decode()
    assert '<Ref agencyID="A" id="DSD" version="1.0.0" class="DataStructure"/>' in text
    assert "<com:Structure>" in text
    assert 'ss:dataScope="DataStructure"' in text


@pytest.mark.parametrize(("given", "made"), [("DF", "DF"), ("1-DF", "_1-DF"), ("D$F@", "D_F_")])
def test_a_structure_is_referred_to_by_a_name(given: str, made: str) -> None:
    of_flow = Schema(FULL.structure, replace(FLOW, id=given), FULL.columns, groups=FULL.groups)
    text = written(DataSet(of_flow, full().frame), "sdmx-ml-3.0").decode()
    assert f'structureID="{made}"' in text
    assert f'ss:structureRef="{made}"' in text


@pytest.mark.parametrize("format_id", ALL)
def test_data_that_do_not_say_what_they_are_of_are_refused(format_id: str) -> None:
    nameless = Schema(ArtefactKey("", "", ""), None, FULL.columns, known=False)
    with pytest.raises(StructureError, match="must say of which structure"):
        written(DataSet(nameless, full().frame), format_id)
    with pytest.raises(StructureError, match="must say of which structure"):
        written([], format_id)


@pytest.mark.parametrize("format_id", ALL)
def test_data_without_observations_are_a_data_set(format_id: str) -> None:
    content = written(DataSet(FULL, full().frame.clear()), format_id)
    assert content.count(b"<mes:DataSet ") == content.count(b"</mes:DataSet>") == 1
    assert b"Obs " not in content.partition(b"<mes:DataSet")[2]


@pytest.mark.parametrize("format_id", SPECIFIC)
def test_attributes_of_the_data_set_need_no_observations(format_id: str) -> None:
    data = DataSet(FULL, full().frame.clear().select("TITLE").vstack(pl.DataFrame({"TITLE": ["T"]})))
    content = written(data, format_id)
    assert opening(content).endswith(' TITLE="T">')
    assert body(content) == ""
