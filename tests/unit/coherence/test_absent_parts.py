"""A part that data do not have is made up by what they have of it."""

from pathlib import Path

from icstip.coherence.knowledge import read_knowledge
from icstip.coherence.relations import relations
from icstip.standard.read import read_standard
from icstip.workflow.conversion import Converter


def test_what_occurs_below_an_absent_part_stands_for_it(dsd_folder: Path) -> None:
    column = Converter(dsd_folder).schemas["TIP_VICTIM"].by_id["EXPLOITATION"]
    knowledge = read_knowledge(dsd_folder, read_standard(dsd_folder))
    without = relations(column, ["SEXUAL", "FORCED_LABOUR", "_T"], knowledge)
    assert {frozenset(one.parts) for one in without} == {frozenset({"SEXUAL", "FORCED_LABOUR"})}
    both = relations(column, ["SEXUAL", "LABOUR", "FORCED_LABOUR", "_T"], knowledge)
    assert {(one.whole, frozenset(one.parts)) for one in both} == {
        ("_T", frozenset({"SEXUAL", "LABOUR"})),
        ("LABOUR", frozenset({"FORCED_LABOUR"})),
    }
