"""Generic data of SDMX 2.1, read in the plain way."""

import pytest
from tests.examples.data_ml_reading import Rows, generic, read_pieces, values

from icstip.errors import FormatError
from icstip.messages.dataset import Action
from icstip.schema import Level
from icstip.standard.model import Role

KEY = {"FREQ": "A", "AREA": "CI"}
STATUS = values("Attributes", {"STATUS": "A"})


def _obs(time: str, more: str = '<gen:ObsValue value="1"/>', identity: str = "") -> str:
    return f'<gen:Obs><gen:ObsDimension value="{time}" {identity}/>{more}</gen:Obs>'


def _series(*observations: str, attributes: str = "", key: dict[str, str] | None = None) -> str:
    return f"<gen:Series>{values('SeriesKey', key or KEY)}{attributes}{''.join(observations)}</gen:Series>"


def test_flat_observations_are_rows() -> None:
    body = f"<gen:Obs>{values('ObsKey', KEY | {'TIME_PERIOD': '2020'})}<gen:ObsValue value='1'/>{STATUS}</gen:Obs>"
    read = read_pieces(generic(body + body.replace("2020", "2021"), attributes='action="Replace"'))
    row = KEY | {"TIME_PERIOD": "2020", "OBS_VALUE": "1", "STATUS": "A"}
    assert read.rows == [row, row | {"TIME_PERIOD": "2021"}]
    assert read.reading.format_id == "sdmx-ml-2.1-generic"
    assert read.parts[0].head.action is Action.REPLACE
    assert str(read.parts[0].head.structure) == "A:DSD(1.0.0)"
    assert read.findings == ()


def test_what_components_are_is_known() -> None:
    group = (
        f'<gen:Group type="G">{values("GroupKey", {"AREA": "CI"})}{values("Attributes", {"CONTACT": "c"})}</gen:Group>'
    )
    series = _series(_obs("2020", STATUS), attributes=values("Attributes", {"RULE": "X"}))
    body = values("Attributes", {"TITLE": "t"}) + group + series
    head = read_pieces(generic(body, "TIME_PERIOD")).parts[0].head
    assert head.roles == {
        "TIME_PERIOD": Role.TIME_DIMENSION,
        "TITLE": Role.ATTRIBUTE,
        "AREA": Role.DIMENSION,
        "CONTACT": Role.ATTRIBUTE,
        "FREQ": Role.DIMENSION,
        "RULE": Role.ATTRIBUTE,
        "STATUS": Role.ATTRIBUTE,
    }
    assert head.levels == {
        "TITLE": Level.DATASET,
        "CONTACT": Level.GROUP,
        "RULE": Level.SERIES,
        "STATUS": Level.OBSERVATION,
    }
    assert head.attached_to["CONTACT"] == ("AREA",)
    assert head.attached_to["RULE"] == ("FREQ", "AREA")


def test_an_attribute_that_observations_have_is_one_of_observations() -> None:
    told = values("Attributes", {"STATUS": "O"})
    head = read_pieces(generic(_series(_obs("1", STATUS), attributes=told) + _series(_obs("1")), "T")).parts[0].head
    assert head.levels == {"STATUS": Level.OBSERVATION}
    assert "STATUS" not in head.attached_to


@pytest.mark.parametrize("identity", ["", 'id="TIME_PERIOD"'])
def test_observations_in_series_have_what_their_series_says(identity: str) -> None:
    first = _series(_obs("2020", identity=identity), _obs("2021", STATUS, identity))
    body = first + _series(attributes=values("Attributes", {"RULE": "X"}), key={"FREQ": "Q"})
    read = read_pieces(generic(body, "TIME_PERIOD"))
    assert read.rows == [
        KEY | {"TIME_PERIOD": "2020", "OBS_VALUE": "1"},
        KEY | {"TIME_PERIOD": "2021", "STATUS": "A"},
        {"FREQ": "Q", "RULE": "X"},
    ]


def test_time_series_messages_have_time_at_the_observation() -> None:
    read = read_pieces(generic(_series(_obs("2020")), "", name="GenericTimeSeriesData"))
    assert read.rows == [KEY | {"TIME_PERIOD": "2020", "OBS_VALUE": "1"}]
    assert read.reading.format_id == "sdmx-ml-2.1-generic"


def test_another_dimension_can_be_at_the_observation() -> None:
    read = read_pieces(generic(_series(_obs("CI"), key={"TIME_PERIOD": "2020"}), "AREA"))
    assert read.rows == [{"TIME_PERIOD": "2020", "AREA": "CI", "OBS_VALUE": "1"}]
    assert read.parts[0].head.roles["AREA"] is Role.DIMENSION


@pytest.mark.parametrize("value", ["", "<gen:ObsValue/>"])
def test_an_observation_can_be_without_a_value(value: str) -> None:
    assert read_pieces(generic(_series(_obs("2020", value)), "T")).rows == [KEY | {"T": "2020"}]


def test_the_order_of_the_attributes_of_values_does_not_matter() -> None:
    body = "<gen:Obs><gen:ObsKey><gen:Value value='1' id='A'/><gen:Value id='B' value='2'/></gen:ObsKey></gen:Obs>"
    assert read_pieces(generic(body)).rows == [{"A": "1", "B": "2"}]


def test_attributes_of_a_data_set_are_constant_columns_and_a_row_where_they_come_late() -> None:
    attributes = values("Attributes", {"TITLE": "t"})
    read = read_pieces(generic(attributes + _series(_obs("1")) + values("Attributes", {"UNIT": "u"}), "T"))
    assert read.rows == [KEY | {"T": "1", "OBS_VALUE": "1", "TITLE": "t"}, {"UNIT": "u", "TITLE": "t"}]
    assert read.parts[0].head.levels == {"TITLE": Level.DATASET, "UNIT": Level.DATASET}


def test_attributes_of_a_data_set_without_observations_are_a_row() -> None:
    assert read_pieces(generic(values("Attributes", {"TITLE": "t"}))).rows == [{"TITLE": "t"}]


def test_a_component_that_is_told_twice_counts_as_it_is_told_first() -> None:
    twice = values("Attributes", {"STATUS": "O"}) + values("Attributes", {"AREA": "FR"})
    body = _series(_obs("1", STATUS + twice), _obs("2", STATUS + STATUS))
    read = read_pieces(generic(values("Attributes", {"X": "1"}) + values("Attributes", {"X": "2"}) + body, "T"))
    rows: Rows = [KEY | {"AREA": "FR", "T": "1", "STATUS": "A", "X": "1"}, KEY | {"T": "2", "STATUS": "A", "X": "1"}]
    assert read.rows == rows
    told = {(finding.params["component"], finding.value, finding.params["other"]) for finding in read.findings}
    assert told == {("STATUS", "A", "O"), ("AREA", "FR", "CI"), ("X", "1", "2")}


def test_what_else_stands_in_a_data_set_is_told() -> None:
    notes = "<com:Annotations/>"
    obs = f"<gen:Obs>{notes}<gen:ObsDimension value='1' id='T' x='y'/><gen:Other/></gen:Obs>"
    group = f"<gen:Group type='G'>{notes}{values('GroupKey', {'AREA': 'CI'})}</gen:Group>"
    body = f"<gen:DataProvider/>{group}<gen:Series a='b'>{values('SeriesKey', KEY)}{obs}</gen:Series>"
    read = read_pieces(generic(body, attributes='setID="X"'))
    assert read.rows == [{"AREA": "CI"}, KEY | {"T": "1"}]
    assert set(read.told) == {
        ("DATA-007", name) for name in ("setID", "DataProvider", "Annotations", "a", "x", "Other")
    }


def test_a_value_without_a_value_is_told() -> None:
    read = read_pieces(generic("<gen:Obs><gen:ObsKey><gen:Value id='A'/></gen:ObsKey></gen:Obs>"))
    assert read.told == [("DATA-007", "Value")]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (_series(_obs("1")), "ObsDimension without id"),
        ("<gen:Obs><gen:ObsKey><gen:Value value='1'/></gen:ObsKey></gen:Obs>", "Value without id"),
        (_series(_obs("1", identity="id='T'"), values("Attributes", {"A": "1"})), "after the observations"),
        (_series(_obs("1", identity="id='T'"), values("SeriesKey", {"A": "1"})), "after the observations"),
    ],
)
def test_what_would_be_misread_is_refused(body: str, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        read_pieces(generic(body))


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_message_can_come_in_pieces_of_any_size(size: int) -> None:
    body = "\n".join(_series(*map(_obs, ("1", "2")), attributes=STATUS) for _ in range(20))
    message = generic(values("Attributes", {"TITLE": "t"}) + body, "T")
    whole, pieces = read_pieces(message), read_pieces(message, size)
    assert pieces.rows == whole.rows
    assert pieces.lines == whole.lines
    assert len(whole.rows) == 40
