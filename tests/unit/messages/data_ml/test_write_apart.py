"""What stands apart from observations: groups, attributes without observations, what to delete by some dimensions."""

from dataclasses import replace

import polars as pl
import pytest
from tests.examples.data_ml_rows import said
from tests.examples.data_sets import attribute, dimension, full, measure, of, schema, time, written
from tests.unit.messages.data_ml.test_write_elements import body

from icstip.artefacts.notices import Notices
from icstip.errors import StructureError
from icstip.messages.data_options import DataOptions, Layout
from icstip.messages.dataset import Action, DataSet
from icstip.schema import Level

SERIES = DataOptions(layout=Layout.SERIES)
FLAT = DataOptions()
LATER = ("sdmx-ml-3.0", "sdmx-ml-3.1")
SPECIFIC = ("sdmx-ml-2.1", *LATER)
GIVEN = schema(
    dimension("AREA", "CI", "FR"),
    dimension("SEX", "F", "M"),
    time(),
    measure(),
    attribute("STATUS", Level.OBSERVATION, "A"),
    attribute("RULE", Level.SERIES, to=("AREA", "SEX")),
    attribute("CONTACT", Level.GROUP, to=("AREA",), group="BY_AREA"),
    attribute("NOTE", Level.GROUP, to=("AREA",), group="BY_AREA"),
    attribute("TITLE", Level.DATASET),
    groups={"BY_AREA": ("AREA",)},
)
NAMES = [column.id for column in GIVEN.columns]


def data(*rows: dict[str, str | float], action: Action = Action.INFORMATION) -> DataSet:
    """A data set of rows of which each says what it has."""
    dtypes = {name: pl.Float64 if name == "OBS_VALUE" else pl.String for name in NAMES}
    return replace(
        of(GIVEN, pl.DataFrame([{name: row.get(name) for name in NAMES} for row in rows], dtypes)), action=action
    )


def row(area: str = "CI", sex: str = "F", year: str = "2020", **more: str | float) -> dict[str, str | float]:
    return {"AREA": area, "SEX": sex, "TIME_PERIOD": year, **more}


def notices_of(given: DataSet, format_id: str, options: DataOptions = FLAT) -> tuple[str, Notices]:
    notices = Notices("test", format_id)
    return body(written(given, format_id, options, notices=notices)), notices


@pytest.mark.parametrize("format_id", SPECIFIC)
def test_a_group_says_once_what_all_of_it_have(format_id: str) -> None:
    given = data(
        row("CI", NOTE="n", CONTACT="c"),
        row("FR", CONTACT="d"),
        row("CI", "M", NOTE="n", CONTACT="c"),
    )
    text, notices = notices_of(given, format_id)
    assert (
        text
        == """\
<Group xsi:type="ns1:BY_AREA" AREA="CI" CONTACT="c" NOTE="n"/>
<Group xsi:type="ns1:BY_AREA" AREA="FR" CONTACT="d"/>
<Obs AREA="CI" SEX="F" TIME_PERIOD="2020"/>
<Obs AREA="FR" SEX="F" TIME_PERIOD="2020"/>
<Obs AREA="CI" SEX="M" TIME_PERIOD="2020"/>
"""
    )
    assert notices.findings == ()


@pytest.mark.parametrize("format_id", [*SPECIFIC, "sdmx-ml-2.1-generic"])
@pytest.mark.parametrize("options", [FLAT, SERIES])
def test_what_differs_within_a_group_stays_with_the_observations_and_is_told(
    format_id: str, options: DataOptions
) -> None:
    given = data(row("CI", NOTE="n", CONTACT="c"), row("CI", "M", NOTE="n", CONTACT="d"))
    text, notices = notices_of(given, format_id, options)
    group, *rest = text.splitlines()
    assert "NOTE" in group
    assert "CONTACT" not in group
    assert [line.count("CONTACT") for line in rest if "Obs" in line] == [1, 1]
    assert said(notices) == {"group-value-at-observation": ("CONTACT",)}


@pytest.mark.parametrize("format_id", SPECIFIC)
def test_what_only_some_of_a_group_have_is_said_of_all_and_told(format_id: str) -> None:
    text, notices = notices_of(data(row("CI"), row("CI", "M", CONTACT="d")), format_id)
    assert text.splitlines()[0] == '<Group xsi:type="ns1:BY_AREA" AREA="CI" CONTACT="d"/>'
    assert said(notices) == {"group-value-for-all": ("CONTACT",)}


def test_attributes_of_some_dimensions_without_a_group_have_an_element_since_3_0() -> None:
    given = schema(dimension("A", "a"), dimension("B", "b"), time(), measure(), attribute("X", Level.GROUP, to=("A",)))
    rows = of(given, pl.DataFrame({"A": ["a"], "B": ["b"], "TIME_PERIOD": ["2020"], "OBS_VALUE": [1], "X": ["x"]}))
    text, notices = notices_of(rows, "sdmx-ml-3.0")
    assert text == '<Atts A="a" X="x"/>\n<Obs A="a" B="b" TIME_PERIOD="2020" OBS_VALUE="1"/>\n'
    assert notices.findings == ()
    text, notices = notices_of(rows, "sdmx-ml-2.1")
    assert text == '<Obs A="a" B="b" TIME_PERIOD="2020" OBS_VALUE="1" X="x"/>\n'
    assert said(notices) == {"group-value-at-observation": ("X",)}


@pytest.mark.parametrize("format_id", SPECIFIC)
def test_what_differs_within_a_series_makes_another_element_of_it(format_id: str) -> None:
    given = data(row(year="2020", RULE="r"), row(year="2021", RULE="s"), row(year="2022"))
    text, notices = notices_of(given, format_id, SERIES)
    assert text.count("<Series") == 3
    assert notices.findings == ()


PARTIAL = data(
    row("CI", OBS_VALUE=1.0),
    {"AREA": "FR", "CONTACT": "c"},
    {"AREA": "FR", "SEX": "F", "RULE": "r"},
    {"AREA": "FR", "NOTE": "n", "RULE": "s"},
    {"SEX": "M", "STATUS": "A"},
    {"AREA": "CI", "CONTACT": "d"},
    {},
)


@pytest.mark.parametrize("format_id", LATER)
def test_attributes_of_what_has_no_observations_stand_in_the_element_that_fits(format_id: str) -> None:
    text, notices = notices_of(PARTIAL, format_id, SERIES)
    assert (
        text
        == """\
<Group xsi:type="ns1:BY_AREA" AREA="FR" CONTACT="c"/>
<Group xsi:type="ns1:BY_AREA" AREA="CI" CONTACT="d"/>
<Series AREA="CI" SEX="F">
  <Obs TIME_PERIOD="2020" OBS_VALUE="1"/>
</Series>
<Series AREA="FR" SEX="F" RULE="r"/>
<Atts AREA="FR" RULE="s" NOTE="n"/>
<Atts SEX="M" STATUS="A"/>
"""
    )
    assert notices.findings == ()


@pytest.mark.parametrize("format_id", LATER)
def test_a_series_without_observations_is_no_series_in_flat_data(format_id: str) -> None:
    text, _ = notices_of(PARTIAL, format_id)
    assert '<Atts AREA="FR" SEX="F" RULE="r"/>' in text


@pytest.mark.parametrize("options", [FLAT, SERIES])
def test_in_2_1_the_other_attributes_are_lost_and_told(options: DataOptions) -> None:
    text, notices = notices_of(PARTIAL, "sdmx-ml-2.1", options)
    assert '<Group xsi:type="ns1:BY_AREA" AREA="CI" CONTACT="d"/>' in text
    assert ('<Series AREA="FR" SEX="F" RULE="r"/>' in text) is (options is SERIES)
    assert "STATUS" not in text
    assert said(notices) == {"partial-key": ("STATUS", "RULE", "NOTE")}


def test_groups_and_series_of_generic_data_can_stand_without_observations() -> None:
    text, notices = notices_of(PARTIAL, "sdmx-ml-2.1-generic", SERIES)
    assert (
        text
        == """\
<gen:Group type="BY_AREA"><gen:GroupKey><gen:Value id="AREA" value="FR"/></gen:GroupKey>\
<gen:Attributes><gen:Value id="CONTACT" value="c"/></gen:Attributes></gen:Group>
<gen:Group type="BY_AREA"><gen:GroupKey><gen:Value id="AREA" value="CI"/></gen:GroupKey>\
<gen:Attributes><gen:Value id="CONTACT" value="d"/></gen:Attributes></gen:Group>
<gen:Series><gen:SeriesKey><gen:Value id="AREA" value="CI"/><gen:Value id="SEX" value="F"/></gen:SeriesKey>
  <gen:Obs><gen:ObsDimension id="TIME_PERIOD" value="2020"/><gen:ObsValue value="1"/></gen:Obs>
</gen:Series>
<gen:Series><gen:SeriesKey><gen:Value id="AREA" value="FR"/><gen:Value id="SEX" value="F"/></gen:SeriesKey>\
<gen:Attributes><gen:Value id="RULE" value="r"/></gen:Attributes></gen:Series>
"""
    )
    assert said(notices) == {"partial-key": ("STATUS", "RULE", "NOTE")}


@pytest.mark.parametrize("format_id", LATER)
def test_a_value_without_all_dimensions_is_written_as_it_is(format_id: str) -> None:
    text, notices = notices_of(data({"AREA": "CI", "TIME_PERIOD": "2020", "OBS_VALUE": 5.0}), format_id)
    assert text == '<Obs AREA="CI" TIME_PERIOD="2020" OBS_VALUE="5"/>\n'
    assert notices.findings == ()


def test_a_value_without_all_dimensions_is_lost_in_2_1() -> None:
    text, notices = notices_of(data({"AREA": "CI", "OBS_VALUE": 5.0}), "sdmx-ml-2.1")
    assert text == ""
    assert said(notices) == {"partial-key": ("OBS_VALUE",)}


@pytest.mark.parametrize("format_id", LATER)
def test_observations_to_delete_can_be_given_by_some_dimensions(format_id: str) -> None:
    given = data(row("CI"), {"AREA": "FR"}, {"SEX": "M"}, {}, row("FR", OBS_VALUE=1.0), action=Action.DELETE)
    text, notices = notices_of(given, format_id)
    assert (
        text
        == """\
<Group xsi:type="ns1:BY_AREA" AREA="FR"/>
<Obs AREA="CI" SEX="F" TIME_PERIOD="2020"/>
<Obs AREA="FR" SEX="F" TIME_PERIOD="2020" OBS_VALUE="1"/>
<Atts SEX="M"/>
<Atts/>
"""
    )
    assert notices.findings == ()


def test_in_2_1_series_and_groups_can_be_deleted_and_what_else_is_told() -> None:
    given = data(row("CI"), {"AREA": "FR"}, {"AREA": "CI", "SEX": "M"}, {"SEX": "M"}, action=Action.DELETE)
    text, notices = notices_of(given, "sdmx-ml-2.1", SERIES)
    assert (
        text
        == """\
<Group xsi:type="ns1:BY_AREA" AREA="FR"/>
<Series AREA="CI" SEX="F">
  <Obs TIME_PERIOD="2020"/>
</Series>
<Series AREA="CI" SEX="M"/>
"""
    )
    assert said(notices) == {"partial-key": ("SEX",)}


@pytest.mark.parametrize("format_id", ["sdmx-ml-2.1", "sdmx-ml-2.1-generic"])
def test_a_data_set_of_which_all_is_lost_does_not_ask_to_delete_everything(format_id: str) -> None:
    notices = Notices("test", format_id)
    content = written(data({"SEX": "M"}, action=Action.DELETE), format_id, notices=notices)
    assert b"<mes:DataSet" not in content
    assert b"<mes:Structure " in content
    assert said(notices) == {"partial-key": ("SEX",)}


@pytest.mark.parametrize("format_id", SPECIFIC)
def test_deleting_an_attribute_of_a_group_deletes_no_observation(format_id: str) -> None:
    given = data(row("CI", CONTACT="c"), row("FR", CONTACT="c", OBS_VALUE=1.0), row("CI", "M"), action=Action.DELETE)
    text, notices = notices_of(given, format_id)
    assert sorted(text.splitlines()) == [
        '<Group xsi:type="ns1:BY_AREA" AREA="CI" CONTACT="c"/>',
        '<Group xsi:type="ns1:BY_AREA" AREA="FR" CONTACT="c"/>',
        '<Obs AREA="CI" SEX="M" TIME_PERIOD="2020"/>',
        '<Obs AREA="FR" SEX="F" TIME_PERIOD="2020" OBS_VALUE="1"/>',
    ]
    assert notices.findings == ()


@pytest.mark.parametrize("format_id", SPECIFIC)
def test_deleting_an_attribute_of_a_series_deletes_no_observation(format_id: str) -> None:
    text, _ = notices_of(data(row("CI", RULE="r"), action=Action.DELETE), format_id, SERIES)
    assert text == '<Series AREA="CI" SEX="F" RULE="r"/>\n'


@pytest.mark.parametrize("format_id", SPECIFIC)
def test_deleting_an_attribute_of_the_data_set_deletes_no_observation(format_id: str) -> None:
    content = written(data(row("CI", TITLE="t"), {"AREA": "CI", "TITLE": "t"}, action=Action.DELETE), format_id)
    assert body(content) == ""
    assert b' TITLE="t">' in content


@pytest.mark.parametrize("options", [FLAT, SERIES])
@pytest.mark.parametrize("format_id", [*SPECIFIC, "sdmx-ml-2.1-generic"])
def test_a_column_that_a_frame_lacks_says_nothing(format_id: str, options: DataOptions) -> None:
    lacking = full().frame.drop("CONTACT", "COMMENT", "OBS_VALUE", "RULE", "TITLE")
    nothing = full().frame.with_columns(
        pl.lit(None).alias(name) for name in ("CONTACT", "COMMENT", "OBS_VALUE", "RULE", "TITLE")
    )
    given = full().schema
    assert written(DataSet(given, lacking), format_id, options) == written(DataSet(given, nothing), format_id, options)


def test_a_dimension_that_a_frame_lacks_is_absent_in_each_row() -> None:
    text, _ = notices_of(DataSet(GIVEN, data(row(OBS_VALUE=1.0)).frame.drop("SEX")), "sdmx-ml-3.0")
    assert text == '<Obs AREA="CI" TIME_PERIOD="2020" OBS_VALUE="1"/>\n'


def _data_with_type() -> DataSet:
    inside = attribute("type", Level.GROUP, to=("SEX",), group="G")
    given = schema(dimension("SEX", "F"), time(), measure(), inside, groups={"G": ("SEX",)})
    columns = {"SEX": ["F"], "TIME_PERIOD": ["2020"], "OBS_VALUE": [1.0], "type": ["x"]}
    return of(given, pl.DataFrame(columns))


@pytest.mark.parametrize("format_id", SPECIFIC)
def test_a_component_called_as_what_groups_say_of_themselves_is_refused_in_groups(format_id: str) -> None:
    with pytest.raises(StructureError) as refused:
        written(_data_with_type(), format_id)
    assert (refused.value.message_id, refused.value.params["id"]) == ("id-refused", "type")


def test_generic_data_can_have_a_component_of_any_name() -> None:
    assert b'<gen:Value id="type" value="x"/>' in written(_data_with_type(), "sdmx-ml-2.1-generic")
