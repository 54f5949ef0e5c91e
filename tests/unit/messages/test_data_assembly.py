"""Parts of messages become data sets: every column of the schema, typed, with what is told of groups put in."""

from collections.abc import Sequence

import polars as pl
from tests.examples.data_sets import FULL, STRUCTURE, attribute, dimension, measure, schema, time

from icstip.artefacts.base import Reference
from icstip.messages.data_assembly import assemble, together
from icstip.messages.data_parts import LINE, DataHead, DataPart, Reading
from icstip.messages.dataset import Action, DataSet
from icstip.schema import Level, Schema
from icstip.standard.model import Role

HEAD = DataHead(Reference("DataStructure", "A", "DSD", "1.0.0"), Action.REPLACE, "3.0")


def _assembled(
    *frames: pl.DataFrame, given: Schema | None = FULL, head: DataHead = HEAD
) -> tuple[list[DataSet], Reading]:
    reading = Reading("file.xml", lambda _: given)
    return list(assemble([DataPart(head, frame) for frame in frames], reading)), reading


def _frame(**columns: Sequence[str | None]) -> pl.DataFrame:
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def _key(sex: str | None = "F", year: str | None = "2020", area: str | None = "CI") -> dict[str, list[str | None]]:
    return {"FREQ": ["A"], "AREA": [area], "SEX": [sex], "TIME_PERIOD": [year]}


def test_every_part_has_all_columns_of_the_schema_in_their_order_and_types() -> None:
    (found,), reading = _assembled(_frame(**_key(), OBS_VALUE=["1"]))
    assert found.frame.columns == [column.id for column in FULL.columns]
    assert found.frame.schema["STATUS"] == pl.Enum(["A", "O", "Q"])
    assert found.frame.schema["LOWER"] == pl.Float64
    assert found.frame["OBS_VALUE"].to_list() == [1.0]
    assert (found.action, reading.notices.findings) == (Action.REPLACE, ())


def test_the_primary_measure_is_the_only_measure_whatever_it_is_called() -> None:
    given = schema(dimension("SEX", "F"), time(), measure("PERSONS"))
    (found,), _ = _assembled(_frame(SEX=["F"], TIME_PERIOD=["2020"], OBS_VALUE=["3"]), given=given)
    assert found.frame["PERSONS"].to_list() == [3.0]


def test_an_unknown_component_is_left_out_and_told_with_its_line() -> None:
    frame = _frame(**_key(), COLOUR=["red"]).with_columns(pl.Series(LINE, [17], pl.UInt32))
    (found,), reading = _assembled(frame)
    assert "COLOUR" not in found.frame.columns
    (finding,) = reading.notices.findings
    assert (finding.code, finding.value, str(finding.place)) == ("DATA-002", "COLOUR", "file.xml:17")


def test_a_wrong_code_and_a_wrong_number_are_kept_and_told_with_their_key() -> None:
    (found,), reading = _assembled(_frame(**_key(sex="X"), OBS_VALUE=["many"]))
    assert (found.frame["SEX"].to_list(), found.frame["OBS_VALUE"].to_list()) == (["X"], ["many"])
    codes = {finding.code: (finding.value, finding.place.key) for finding in reading.notices.findings}
    assert codes == {"CODE-002": ("X", "A.CI.X.2020"), "DATA-003": ("many", "A.CI.X.2020")}


def test_of_many_wrong_values_the_first_are_told_one_by_one_and_the_rest_by_number() -> None:
    frame = pl.concat([_frame(**_key(sex=f"X{i}")) for i in range(250)])
    _, reading = _assembled(frame)
    assert [finding.code for finding in reading.notices.findings].count("CODE-002") == 200
    assert reading.notices.findings[-1].value == "50"


def test_what_is_told_of_a_group_is_put_to_its_observations_before_and_after() -> None:
    group = _frame(FREQ=[None], AREA=["CI"], SEX=[None], TIME_PERIOD=[None], CONTACT=["a@b"])
    before, after = _frame(**_key(), OBS_VALUE=["1"]), _frame(**_key(area="002"), OBS_VALUE=["2"])
    parts, _ = _assembled(pl.concat([group, before, after], how="diagonal"))
    assert together(parts).frame["CONTACT"].to_list() == ["a@b", None]


def test_what_an_observation_says_itself_goes_before_what_its_group_says() -> None:
    rows = pl.concat(
        [
            _frame(FREQ=[None], AREA=["CI"], SEX=[None], TIME_PERIOD=[None], CONTACT=["g"]),
            _frame(**_key(), CONTACT=["o"]),
        ],
        how="diagonal",
    )
    (found,), _ = _assembled(rows)
    assert found.frame["CONTACT"].to_list() == ["o"]


def test_attributes_that_no_observation_takes_stay_as_rows_of_their_own() -> None:
    alone = _frame(FREQ=[None], AREA=["002"], SEX=[None], TIME_PERIOD=[None], CONTACT=["a@b"])
    parts, _ = _assembled(pl.concat([alone, _frame(**_key(), OBS_VALUE=["1"])], how="diagonal"))
    frame = together(parts).frame
    assert frame.select("AREA", "SEX", "CONTACT").rows() == [("CI", "F", None), ("002", None, "a@b")]


def test_what_is_told_of_the_whole_data_set_is_put_to_all_observations() -> None:
    whole = _frame(FREQ=[None], AREA=[None], SEX=[None], TIME_PERIOD=[None], TITLE=["t"])
    (found,), _ = _assembled(pl.concat([whole, _frame(**_key()), _frame(**_key(sex="M"))], how="diagonal"))
    assert found.frame["TITLE"].to_list() == ["t", "t"]


def test_an_observation_whose_key_is_not_whole_stays_where_it_is() -> None:
    rows = [_frame(**_key(sex=None), OBS_VALUE=["1"], CONTACT=["a@b"]), _frame(**_key(), OBS_VALUE=["2"])]
    (found,), _ = _assembled(pl.concat(rows, how="diagonal"))
    assert found.frame.select("SEX", "OBS_VALUE", "CONTACT").rows() == [(None, 1.0, "a@b"), ("F", 2.0, None)]


def test_observations_without_a_dimension_are_kept_and_told_even_if_they_have_no_value() -> None:
    suppressed = [_frame(**_key(sex=None, year=year), STATUS=["Q"], RULE=["PRINCIPAL"]) for year in ("2020", "2021")]
    parts, reading = _assembled(pl.concat(suppressed))
    assert together(parts).frame.select("SEX", "STATUS").rows() == [(None, "Q"), (None, "Q")]
    (finding,) = reading.notices.findings
    assert (finding.code, finding.value, finding.params["number"]) == ("DATA-010", "SEX", 2)


def test_a_key_that_is_not_whole_says_what_to_delete() -> None:
    head = DataHead(HEAD.structure, Action.DELETE, "3.0")
    (found,), _ = _assembled(_frame(**_key(sex=None)), head=head)
    assert found.frame.select("AREA", "SEX").rows() == [("CI", None)]


def test_a_data_set_without_rows_is_one_all_the_same() -> None:
    (found,), _ = _assembled(pl.DataFrame())
    assert (found.frame.height, found.frame.columns[0]) == (0, "FREQ")


def test_a_structure_that_is_not_at_hand_is_told_and_the_data_are_read_as_texts() -> None:
    frames = [
        _frame(AREA=["CI"], TIME_PERIOD=["2020"], OBS_VALUE=["1"]),
        _frame(AREA=["FR"], OBS_VALUE=["2"], NOTE=["n"]),
    ]
    (found,), reading = _assembled(*frames, given=None)
    roles = {column.id: column.role for column in found.schema.columns}
    assert roles == {
        "AREA": Role.DIMENSION,
        "TIME_PERIOD": Role.TIME_DIMENSION,
        "OBS_VALUE": Role.MEASURE,
        "NOTE": Role.ATTRIBUTE,
    }
    assert not found.schema.known
    assert found.schema.structure == STRUCTURE
    assert [finding.code for finding in reading.notices.findings] == ["DATA-001"]


def test_parts_of_different_types_are_put_together_as_what_holds_all() -> None:
    parts, _ = _assembled(_frame(**_key(sex="F")), _frame(**_key(sex="X")))
    assert together(parts).frame["SEX"].to_list() == ["F", "X"]
    parts, _ = _assembled(_frame(**_key(sex="F")), _frame(**_key(sex="#N/A")))
    assert together(parts).frame["SEX"].dtype == pl.Enum(["F", "M", "_T", "#N/A"])


def test_a_column_whose_name_can_be_no_id_is_left_out_and_told() -> None:
    for given in (None, FULL):
        odd = {"*": ["x"], "^A.*$": ["y"]}
        frame = _frame(**_key(), **odd, OBS_VALUE=["1"])
        (found,), reading = _assembled(frame, given=given)
        assert {"*", "^A.*$"}.isdisjoint(found.frame.columns)
        assert [one.value for one in reading.notices.findings if one.code == "DATA-007"] == ["*", "^A.*$"]


def test_numbers_that_become_texts_look_as_they_do_in_messages() -> None:
    parts, _ = _assembled(_frame(**_key(), OBS_VALUE=["1240"]), _frame(**_key(sex="M"), OBS_VALUE=["many"]))
    assert together(parts).frame["OBS_VALUE"].to_list() == ["1240", "many"]


def test_attributes_are_given_by_level_with_what_they_are_attached_to() -> None:
    frame = pl.concat(
        [
            _frame(**_key(), RULE=["PRINCIPAL"], TITLE=["t"]),
            _frame(**_key(year="2021"), RULE=["PRINCIPAL"], TITLE=["t"]),
        ]
    )
    (found,), _ = _assembled(frame)
    assert found.attributes("series").rows() == [("A", "CI", "F", "PRINCIPAL")]
    assert found.attributes(Level.DATASET).rows() == [("t",)]
    assert found.attributes("observation").height == 0
    assert DataSet(schema(attribute("X", Level.GROUP)), pl.DataFrame()).attributes("series").height == 0
