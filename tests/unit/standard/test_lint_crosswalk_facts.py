"""What a crosswalk says of structures of others is checked: a planted fault is found alone, at its line."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.examples.crosswalks import made_up_standard

from icstip.findings import Finding
from icstip.standard.folder import StandardFolder
from icstip.standard.read import read_standard
from icstip.standard.rules.uses.code_maps import check_ambiguous_mappings, check_mapped_codes
from icstip.standard.rules.uses.crosswalks import (
    check_commands,
    check_crosswalks,
    check_linked_codelists,
    check_linked_components,
    check_links,
    check_reach,
)
from icstip.standard.rules.uses.foreign_facts import (
    check_allowed_values,
    check_foreign_codes,
    check_foreign_components,
    check_groups,
    check_reasons,
)

Plant = Callable[[str, str, str], None]

RULES = (
    *(check_crosswalks, check_commands, check_links, check_linked_components, check_linked_codelists, check_reach),
    *(check_mapped_codes, check_ambiguous_mappings, check_foreign_components, check_foreign_codes),
    *(check_allowed_values, check_groups, check_reasons),
)

HEADS = "crosswalks.csv"
SDG, MADE = "crosswalks/X_TIP_VICTIM_SDG", "crosswalks/X_MADE_UP"
OTHER = "OTHER:COUNTS(2.1)"

PLANTS = (
    ("a name is no command", HEADS, ",made-up,", ",Made up,", "STD-036", 3),
    ("a name is that of another command", HEADS, ",made-up,", ",list,", "STD-036", 3),
    ("a name is that of another crosswalk", HEADS, ",made-up,", ",sdg,", "STD-003", 3),
    ("a dataflow names no version", HEADS, "OTHER:DF_COUNTS(2.1)", "OTHER:DF_COUNTS", "STD-036", 3),
    ("a dataflow of ones own does not exist", HEADS, "OTHER:DF_COUNTS(2.1)", "DF_COUNTS", "STD-036", 3),
    ("a dimension of the target comes from nowhere", f"{MADE}/links.csv", "\nFREQ,FREQ,,,", "", "STD-036", 1),
    ("a mandatory attribute comes from nowhere", f"{MADE}/links.csv", "\nOBS_STATUS,STATE,,,", "", "STD-036", 1),
    ("a link leads to a component that is not described", f"{MADE}/links.csv", ",YEAR,", ",MONTH,", "STD-036", 6),
    ("a fixed value has a default", f"{MADE}/links.csv", ",REGISTER,", ",REGISTER,SURVEY", "STD-036", 9),
    ("a fixed value is not a code of others", f"{MADE}/links.csv", ",REGISTER,", ",REGISTRY,", "STD-037", 9),
    (
        "a default is not a code",
        f"{SDG}/links.csv",
        "UNIT_MULT,UNIT_MULT,,,0",
        "UNIT_MULT,UNIT_MULT,,,0.5",
        "STD-037",
        20,
    ),
    ("a code of others is not there", f"{MADE}/M_MADE_GENDER.csv", "M,2,,", "M,9,,", "STD-037", 4),
    ("a dimension is absent", f"{MADE}/M_MADE_GENDER.csv", "M,2,,", ",2,,", "STD-037", 4),
    ("a mandatory attribute is absent", f"{SDG}/M_SDG_OBS_STATUS.csv", "\nQ,,Q,yes", "\n,F,Q,yes", "STD-037", 31),
    ("two rows hold on the way back", f"{MADE}/M_MADE_GENDER.csv", "3,,\n_U,3,,", "3,yes,\n_U,3,yes,", "STD-038", 6),
    ("the way back is said in other words", f"{MADE}/M_MADE_GENDER.csv", "M,2,,", "M,2,ja,", "STD-036", 4),
    ("another structure is described", f"{MADE}/components.csv", f"{OTHER},1,", "OTHER:SUMS(1.0),1,", "STD-036", 2),
    ("a component stands twice", f"{MADE}/components.csv", "4,FREQ,dimension", "4,COUNTRY,dimension", "STD-003", 5),
    ("a component has no known role", f"{MADE}/components.csv", "COUNT,measure", "COUNT,figure", "STD-036", 8),
    ("a dimension has no position", f"{MADE}/components.csv", f"{OTHER},4,FREQ", f"{OTHER},,FREQ", "STD-036", 5),
    ("an attribute has no level", f"{MADE}/components.csv", "String,series,", "String,,", "STD-036", 10),
    (
        "an attribute does not say whether it is needed",
        f"{MADE}/components.csv",
        "series,optional",
        "series,",
        "STD-036",
        10,
    ),
    ("a list names no version", f"{SDG}/components.csv", "IAEG-SDGs:CL_NATURE(1.0)", "CL_NATURE", "STD-036", 22),
    (
        "a component is of no type",
        f"{MADE}/components.csv",
        "COUNT,measure,,Integer",
        "COUNT,measure,,Number",
        "STD-036",
        8,
    ),
    ("a coded component has a type", f"{MADE}/components.csv", "CL_KIND(1.0),,", "CL_KIND(1.0),String,", "STD-036", 3),
    ("a code stands twice", f"{MADE}/codes.csv", "(1.0),SURVEY,", "(1.0),REGISTER,", "STD-003", 9),
    (
        "codes are of a list that nothing uses",
        f"{SDG}/codes.csv",
        "IAEG-SDGs:CL_NATURE(1.0),M,",
        "X:CL_Y(1.0),M,",
        "STD-036",
        674,
    ),
    ("what is allowed is of no component", f"{SDG}/allowed.csv", ",CUST_BREAKDOWN_LB,", ",LABEL,", "STD-036", 32),
    ("what is allowed depends on no component", f"{SDG}/allowed.csv", "CUST_BREAKDOWN,*", "BREAKDOWN,*", "STD-036", 32),
    ("what is allowed is no code", f"{SDG}/allowed.csv", "DETVOP,FREQ,A", "DETVOP,FREQ,Y", "STD-036", 26),
    (
        "what is allowed depends on no code",
        f"{SDG}/allowed.csv",
        "SERIES,VC_HTF_DETVOP,FREQ",
        "SERIES,VC_X,FREQ",
        "STD-036",
        26,
    ),
    ("nothing is allowed", f"{SDG}/allowed.csv", "DETVOP,FREQ,A,", "DETVOP,FREQ,,", "STD-036", 26),
    ("a pattern is none", f"{SDG}/allowed.csv", ",.+,", ",+,", "STD-036", 32),
    ("a pattern needs what RE2 does not have", f"{SDG}/allowed.csv", ",.+,", ",(?=a).+,", "STD-036", 32),
    ("a pattern hides its end", f"{SDG}/allowed.csv", ",.+,", ",(?x).+ #,", "STD-036", 32),
    (
        "a group is of no component",
        f"{SDG}/groups.csv",
        "EXPLOITATION,H_EXPLOITATION_SDG,OTHER",
        "FORM,H_EXPLOITATION_SDG,OTHER",
        "STD-036",
        4,
    ),
    ("a group is of no hierarchy", f"{SDG}/groups.csv", "H_EXPLOITATION_SDG,OTHER", "H_FORMS,OTHER", "STD-036", 4),
    ("a group is not in its hierarchy", f"{SDG}/groups.csv", "OTHER_SDG", "OTHER_GLOTIP", "STD-036", 4),
    (
        "a rule is no code",
        f"{SDG}/groups.csv",
        "OTHER_SDG,COUNTING_RULE,PRINCIPAL",
        "OTHER_SDG,COUNTING_RULE,ONCE",
        "STD-036",
        4,
    ),
    ("a rule is no component", f"{SDG}/groups.csv", "OTHER_SDG,COUNTING_RULE", "OTHER_SDG,RULE", "STD-036", 4),
    ("a reason is of no component", f"{SDG}/reasons.csv", "\nREF_AREA,*", "\nAREA,*", "STD-036", 5),
    ("a reason is of no code", f"{SDG}/reasons.csv", "\nUNIT_MEASURE,PT", "\nUNIT_MEASURE,PCT", "STD-036", 4),
)


@pytest.fixture(scope="module")
def folder(dsd_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_up_standard(dsd_folder, tmp_path_factory.mktemp("facts"))


@pytest.fixture
def plant(folder: Path) -> Iterator[Plant]:
    """Replaces a piece of text, which must be there once, in one file; it is as it was after the test."""
    before: dict[Path, bytes] = {}

    def replace(name: str, old: str, new: str) -> None:
        path = folder / name
        before.setdefault(path, path.read_bytes())
        content = path.read_text(encoding="utf-8")
        assert content.count(old) == 1, f"{old!r} stands {content.count(old)} times in {name}"
        path.write_text(content.replace(old, new), encoding="utf-8")

    yield replace
    for path, content in before.items():
        path.write_bytes(content)


def _found(folder: Path) -> list[Finding]:
    source = StandardFolder(folder)
    return [finding for rule in RULES for finding in rule(source)]


def test_without_a_fault_nothing_is_found(folder: Path) -> None:
    assert _found(folder) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "line"), [pytest.param(*case[1:], id=case[0]) for case in PLANTS]
)
def test_it_is_found_at_its_line_that(
    folder: Path, plant: Plant, name: str, old: str, new: str, code: str, line: int
) -> None:
    plant(name, old, new)
    places = {(finding.code, str(finding.place)) for finding in _found(folder)}
    assert (code, f"dsd/{name}:{line}") in places
    assert all("{" not in finding.line() for finding in _found(folder))


def test_each_repeated_name_tells_where_it_stands_first(folder: Path, plant: Plant) -> None:
    row = (folder / HEADS).read_text(encoding="utf-8").splitlines()[2]
    plant(HEADS, row, "\n".join([row, row.replace("X_MADE_UP", "X_SECOND"), row.replace("X_MADE_UP", "X_THIRD")]))
    found = [one for one in check_commands(StandardFolder(folder)) if one.code == "STD-003"]
    assert [(one.place.row, one.params["first"]) for one in found] == [(n, f"dsd/{HEADS}:3") for n in (4, 5)]


def test_a_crosswalk_without_a_name_may_leave_components_open(folder: Path, plant: Plant) -> None:
    plant(HEADS, ",made-up,", ",,")
    plant(f"{MADE}/links.csv", "\nFREQ,FREQ,,,", "")
    assert _found(folder) == []


def test_the_model_has_what_the_tables_say(folder: Path) -> None:
    sdg = read_standard(folder).crosswalks["X_TIP_VICTIM_SDG"]
    assert (sdg.command, sdg.dataflow) == ("sdg", "IAEG-SDGs:DF_SDG_GLC(1.0)")
    structure = sdg.structures["IAEG-SDGs:SDG(1.0)"]
    assert [one.id for one in structure.dimensions][:4] == ["FREQ", "REPORTING_TYPE", "SERIES", "REF_AREA"]
    assert {one.id for one in structure.attributes if one.mandatory} == {"OBS_STATUS", "UNIT_MULT", "UNIT_MEASURE"}
    assert [code.id for code in sdg.codelists["IAEG-SDGs:CL_REPORTING_TYPE(1.0)"].codes] == ["G", "R", "N"]
    assert {(one.code, one.once) for one in sdg.groups} == {
        ("SEXUAL", "PRINCIPAL"),
        ("LABOUR", "PRINCIPAL"),
        ("OTHER_SDG", "PRINCIPAL"),
    }
    assert ("Q", "") in sdg.code_maps["M_SDG_OBS_STATUS"].preferred
    assert next(link.default for link in sdg.links if link.targets == ("UNIT_MULT",)) == "0"
    assert {(one.component, one.code) for one in sdg.reasons} >= {("AGE", "_U"), ("CITIZENSHIP", "*")}
