"""What submissions come to, where the rule is worth an example of its own."""

import json
from pathlib import Path

import polars as pl
import pytest
from tests.examples.collections import AREAS, Sent, data_set, put, row, small_structure

from icstip.collection.keeping.index import INDEX
from icstip.collection.keeping.rows import rows_of
from icstip.collection.keeping.schema_file import KeptStructure
from icstip.collection.moments import moment
from icstip.collection.state import scanning
from icstip.collection.state.changes import Kind
from icstip.collection.store import Collection
from icstip.collection.verification import Damage, Fault, verify
from icstip.errors import CollectionError
from icstip.messages.dataset import MISSING, Action, DataSet


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    return Collection.made(tmp_path / "collection")


def _values(collection: Collection) -> dict[str, object]:
    rows = collection.scan("SMALL").collect()
    return dict(zip(rows["REF_AREA"], rows["OBS_VALUE"], strict=True))


def test_a_withheld_figure_is_not_filled_with_the_one_that_was_published_before(collection: Collection) -> None:
    put(collection, Sent("A", "2026-01-01", [(Action.APPEND, [row("KE", "F", "2020", 3.0, OBS_STATUS="A")])]))
    put(collection, Sent("A", "2026-01-02", [(Action.APPEND, [row("KE", "F", "2020", None, OBS_STATUS="Q")])]))
    assert _values(collection) == {"KE": None}
    (changes,) = collection.changes("2")
    assert changes.counts[Kind.WITHDRAWN] == 1


def test_replacing_takes_the_place_of_observations_and_removes_no_others(collection: Collection) -> None:
    # SDMX 3.0, ActionType: "the replacement occurs at the level of the observation".
    first = [row("KE", "F", "2020", 3.0, COMMENT_OBS="estimate"), row("UG", "F", "2020", 4.0)]
    put(collection, Sent("A", "2026-01-01", [(Action.APPEND, first)]))
    put(collection, Sent("A", "2026-01-02", [(Action.REPLACE, [row("KE", "F", "2020", 5.0)])]))
    assert _values(collection) == {"KE": 5.0, "UG": 4.0}
    assert collection.scan("SMALL", areas=["KE"]).collect()["COMMENT_OBS"].to_list() == [None]


def test_all_can_be_replaced_by_deleting_and_appending_in_one_message(collection: Collection) -> None:
    put(collection, Sent("A", "2026-01-01", [(Action.APPEND, [row("KE", "F", "2020", 3.0), row("UG", "F", "2020")])]))
    anew = [(Action.DELETE, [row(None, None, None)]), (Action.APPEND, [row("TZ", "M", "2021", 9.0)])]
    put(collection, Sent("A", "2026-01-02", anew))
    assert _values(collection) == {"TZ": 9.0}
    (changes,) = collection.changes("2")
    assert (changes.added, changes.removed) == (1, 2)


def test_what_is_added_late_takes_the_place_of_its_date(collection: Collection) -> None:
    put(collection, Sent("A", "2026-02-01", [(Action.APPEND, [row("KE", "F", "2020", 2.0)])]))
    put(collection, Sent("A", "2026-01-01", [(Action.APPEND, [row("KE", "F", "2020", 1.0)])]))
    assert _values(collection) == {"KE": 2.0}
    assert collection.scan("SMALL", "2026-01-15").collect()["OBS_VALUE"].to_list() == [1.0]


def test_two_submissions_are_compared_cell_by_cell_whoever_sent_them(collection: Collection) -> None:
    put(
        collection,
        Sent("A", "2026-01-01", [(Action.APPEND, [row("KE", "F", "2020", 2.0), row("UG", "F", "2020", 1.0)])]),
    )
    put(collection, Sent("B", "2026-01-01", [(Action.APPEND, [row("KE", "F", "2020", 3.0)])]))
    (changes,) = collection.changes("2", "1")
    assert {kind: number for kind, number in changes.counts.items() if number} == {Kind.REVISED: 1, Kind.NOT_SENT: 1}
    (alone,) = collection.changes("2")
    assert alone.added == 1


def test_cells_of_an_earlier_version_of_the_structure_are_there_with_what_that_had(collection: Collection) -> None:
    put(collection, Sent("A", "2026-01-01", [(Action.APPEND, [row("KE", "F", "2020", 1.0, COMMENT_OBS="x")])]))
    later = small_structure(version="1.1.0")
    put(collection, Sent("A", "2026-01-02", [(Action.APPEND, [row("UG", "M", "2021", 2.0)])]), structure=later)
    assert collection.schema("SMALL").structure.version == "1.1.0"
    assert _values(collection) == {"KE": 1.0, "UG": 2.0}


def test_a_structure_of_another_agency_is_refused_under_an_id_that_is_taken(collection: Collection) -> None:
    put(collection, Sent("A", "2026-01-01", [(Action.APPEND, [row("KE", "F", "2020", 1.0)])]))
    with pytest.raises(CollectionError, match="OTHER:SMALL"):
        put(
            collection,
            Sent("B", "2026-01-01", [(Action.APPEND, [row("KE", "F", "2020", 1.0)])]),
            structure=small_structure(agency="OTHER"),
        )


def test_only_the_rows_of_the_areas_that_are_asked_for_are_read(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, area in enumerate(AREAS):
        put(collection, Sent("A", f"2026-01-0{number + 1}", [(Action.APPEND, [row(area, "F", "2020", 1.0)])]))
    opened: list[str] = []
    read = pl.scan_parquet

    def counted(path: Path, *, glob: bool) -> pl.LazyFrame:
        opened.append(path.parent.name)
        return read(path, glob=glob)

    monkeypatch.setattr(pl, "scan_parquet", counted)
    collection.scan("SMALL", areas=["TZ"]).collect()
    assert opened == [collection.submissions[1].id]


def test_a_query_that_needs_few_rows_or_columns_gets_only_those(collection: Collection) -> None:
    put(collection, Sent("A", "2026-01-01", [(Action.APPEND, [row(area, "F", "2020", 1.0) for area in AREAS])]))
    assert collection.scan("SMALL").head(2).collect().height == 2
    assert collection.scan("SMALL").select(pl.len()).collect().item() == 3
    assert collection.scan("SMALL").select("OBS_VALUE").sum().collect(engine="streaming").item() == 3
    assert scanning.SENDER in collection.scan("SMALL").collect_schema()


def test_rows_that_are_no_observations_are_counted_and_set_aside() -> None:
    structure = small_structure()
    frame = pl.DataFrame(
        {
            "REF_AREA": ["KE", "KE", None, "UG"],
            "SEX": ["F", "M", "F", "F"],
            "TIME_PERIOD": ["2020"] * 4,
            "OBS_VALUE": ["3", "many", "4", MISSING],
        }
    )
    kept = rows_of(DataSet(structure.schema, frame, Action.APPEND), "REF_AREA")
    assert (kept.frame["OBS_VALUE"].to_list(), kept.set_aside) == ([3.0, None], 2)
    assert kept.areas == {"KE": 1, "UG": 1}


def test_a_request_to_delete_attributes_deletes_no_observation() -> None:
    asked = [row("KE", "F", "2020", None, COMMENT_OBS="x"), row("UG", None, None)]
    kept = rows_of(data_set(asked, Action.DELETE), "REF_AREA")
    assert (kept.frame["REF_AREA"].to_list(), kept.set_aside) == (["UG"], 1)


def test_a_structure_comes_back_from_its_file_as_it_was() -> None:
    structure = small_structure()
    assert KeptStructure.from_json(structure.written) == structure


def test_the_index_is_never_needed(collection: Collection) -> None:
    put(collection, Sent("A", "2026-01-01", [(Action.APPEND, [row("KE", "F", "2020", 1.0)])]))
    index = collection.folder / INDEX
    line = index.read_text(encoding="utf-8")
    for broken in ("", line[:40], f"{line}{line[:40]}", line.replace("000001", "000009"), "[]\n\n7\n"):
        index.write_text(broken, encoding="utf-8")
        assert [one.id for one in Collection(collection.folder).submissions] == [collection.submissions[0].id]
    index.write_text(line[:40], encoding="utf-8")
    put(Collection(collection.folder), Sent("A", "2026-01-02", [(Action.APPEND, [row("KE", "F", "2020", 2.0)])]))
    assert json.loads(index.read_text(encoding="utf-8").splitlines()[-1])["number"] == 2


def test_a_line_of_the_index_that_breaks_off_behind_a_bracket_is_no_receipt(collection: Collection) -> None:
    put(collection, Sent("A", "2026-01-01", [(Action.APPEND, [row("KE", "F", "2020", 1.0)])]))
    index = collection.folder / INDEX
    whole = index.read_text(encoding="utf-8")
    index.write_text(whole[: whole.index('"findings": {}') + len('"findings": {}')], encoding="utf-8")
    of_another = Sent("B", "2026-01-01", [(Action.APPEND, [row("KE", "F", "2020", 1.0)])])
    with pytest.raises(CollectionError, match="OTHER:SMALL"):  # which the parts of the receipt tell
        put(Collection(collection.folder), of_another, structure=small_structure(agency="OTHER"))


def test_verification_finds_each_file_that_is_not_what_it_was(collection: Collection) -> None:
    name = put(collection, Sent("A", "2026-01-01", [(Action.APPEND, [row("KE", "F", "2020", 1.0)])]))
    assert verify(collection.folder).damages == ()
    own = collection.folder / "submissions" / name
    files = sorted(path.name for path in own.iterdir())
    for file in files:
        kept = (own / file).read_bytes()
        (own / file).write_bytes(kept.replace(b"2026-01-01", b"2026-01-09") if file == "receipt.json" else kept + b" ")
        assert verify(collection.folder).damages == (Damage(f"submissions/{name}/{file}", Fault.CHANGED),)
        (own / file).unlink()
        assert verify(collection.folder).damages == (Damage(f"submissions/{name}/{file}", Fault.ABSENT),)
        (own / file).write_bytes(kept)
    assert files == ["original.csv", "part-001.parquet", "receipt.json", "report.json"]
    (structure,) = (collection.folder / "structures").iterdir()
    structure.write_bytes(b"{}")
    assert verify(collection.folder).damages == (Damage(f"structures/{structure.name}", Fault.CHANGED),)


def test_dates_and_times_are_compared_in_utc() -> None:
    assert moment("2026-01-31T23:30:00-02:00") == "2026-02-01T01:30:00Z"
    for wrong in ("31.1.2026", "2026-13-01", "", "now"):
        with pytest.raises(CollectionError):
            moment(wrong)


@pytest.mark.parametrize("name", ["9", "000001", "../000001-00000000", ""])
def test_a_submission_that_is_not_there_is_an_error_that_names_it(collection: Collection, name: str) -> None:
    with pytest.raises(CollectionError, match="no submission"):
        collection.submission(name)
