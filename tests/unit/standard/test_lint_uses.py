"""Every fault in what is built upon structures and code lists is found, alone and where it stands."""

from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

import pytest

from icstip.findings import Finding
from icstip.standard.lint import check_standard

Plant = Callable[[str, str, str], None]
Complete = Callable[[Path], Path]

SETTINGS = "standard.toml"
CONSTRAINTS = "constraints.csv"
STRUCTURE_CODES = "constraints/structures.csv"
DATAFLOW_CODES = "constraints/dataflows.csv"
CATEGORIES = "categories.csv"
HIERARCHY = "hierarchies/H_FORM.csv"
CROSSWALKS = "crosswalks.csv"
LINKS = "crosswalks/SM_OTHER/links.csv"
CODE_MAPS = "crosswalks/SM_OTHER/code_maps.csv"
SEX_MAP = "crosswalks/SM_OTHER/CM_SEX.csv"
FORM_MAP = "crosswalks/SM_OTHER/CM_FORM.csv"

FLOW = "DF_ALL,VICTIM,All,الجميع,,,PROJECT\n"
SECOND = "CN_2,,DF_VICTIM,GROUP,Second,الثاني,,,PROJECT\n"
# What is planted: rule, file, text, the text that replaces it; code and line of the one finding that must follow.
PLANTS = (
    ("a column of a constraint is missing", CONSTRAINTS, "free,", "vary,", "STD-001", 1),
    ("a code map has no column for its target", SEX_MAP, "source,target", "source,targets", "STD-001", 1),
    ("a code map has one source column for two", FORM_MAP, "source_1,source_2", "source,other", "STD-001", 1),
    ("a constraint has a blank in its id", CONSTRAINTS, "CN_SEX", "CN SEX", "STD-002", 3),
    ("a place has a dot in its id", HIERARCHY, "\n1,", "\n1.1,", "STD-002", 3),
    ("the category scheme has a blank in its id", SETTINGS, "CS_TOPICS", "CS TOPICS", "STD-002", 35),
    ("a constraint stands twice", CONSTRAINTS, "CN_SEX", "CN_VICTIM", "STD-003", 3),
    ("a dataflow has two constraints", CONSTRAINTS, "CN_SEX,", f"{SECOND}CN_SEX,", "STD-003", 4),
    ("a code is allowed twice", DATAFLOW_CODES, "FORM,LABOUR", "SEX,F", "STD-003", 3),
    ("a category stands twice", CATEGORIES, "VICTIMS,CRIME", "CRIME,", "STD-003", 3),
    ("a category has a dataflow twice", CATEGORIES, "DF_VICTIM", "DF_VICTIM DF_VICTIM", "STD-003", 3),
    ("a data provider stands twice", "providers.csv", "FIELDS", "FARM", "STD-003", 3),
    ("a place stands twice", HIERARCHY, "\n2,", "\n1,", "STD-003", 4),
    ("a target is reached twice", LINKS, ",GROUP,,_T", ",SEX,,_T", "STD-003", 5),
    ("a category stands above itself", CATEGORIES, "CRIME,,", "CRIME,VICTIMS,", "STD-005", 2),
    ("a constraint has no name in a language", CONSTRAINTS, "Victims by sex", "", "STD-006", 3),
    ("a category has no name in a language", CATEGORIES, "الجريمة,,,,", ",,,,", "STD-006", 2),
    ("a hierarchy has no name in a language", "hierarchies.csv", "Kinds of work", "", "STD-006", 2),
    ("a crosswalk has no name in a language", CROSSWALKS, "From other data", "", "STD-006", 2),
    ("a code map has no name in a language", CODE_MAPS, "Sexes", "", "STD-006", 2),
    ("the category scheme has no name in a language", SETTINGS, ', ar = "مواضيع"', "", "STD-006", 36),
    ("the provider scheme has no name in a language", SETTINGS, ', ar = "مقدمو البيانات"', "", "STD-006", 40),
    ("a category is named in the wrong script", CATEGORIES, "ضحايا الجريمة", "victims", "STD-007", 3),
    ("a category has no source", CATEGORIES, "DF_VICTIM,PROJECT", "DF_VICTIM,", "STD-008", 3),
    ("a data provider has no source", "providers.csv", "FARM,PROJECT", "FARM,", "STD-008", 2),
    ("the source of a crosswalk is unknown", CROSSWALKS, "PROJECT", "SOMEBODY", "STD-009", 2),
    ("the source of a hierarchy is unknown", "hierarchies.csv", "PROJECT", "SOMEBODY", "STD-009", 2),
    ("a constraint is described in one language", CONSTRAINTS, "الرموز المسموح بها,,", "الرموز,d,", "STD-017", 2),
    ("a dataflow is described in one language", "dataflows.csv", "الضحايا,,", "الضحايا,Persons.,", "STD-017", 2),
    ("a constraint names a missing structure", CONSTRAINTS, "CN_VICTIM,VICTIM,", "CN_VICTIM,EVENT,", "STD-021", 2),
    ("a constraint names a missing dataflow", CONSTRAINTS, ",,DF_VICTIM,", ",,DF_EVENT,", "STD-021", 3),
    ("codes are allowed for a missing dataflow", DATAFLOW_CODES, "DF_VICTIM,SEX", "DF_EVENT,SEX", "STD-021", 2),
    ("codes are allowed for a missing component", DATAFLOW_CODES, "SEX,F", "GENDER,F", "STD-021", 2),
    ("a dataflow allows a missing code", DATAFLOW_CODES, "SEX,F", "SEX,W", "STD-021", 2),
    ("a dataflow allows a code of an uncoded component", DATAFLOW_CODES, "SEX,F", "NOTE,F", "STD-021", 2),
    ("the providers have another scheme", SETTINGS, '"DATA_PROVIDERS"', '"PROVIDERS"', "STD-024", 39),
    ("the list of the providers is not announced", SETTINGS, '"CL_OWN_GROUP"', '"CL_GROUP"', "STD-024", 41),
    ("a constraint is on two things", CONSTRAINTS, "CN_VICTIM,VICTIM,,", "CN_VICTIM,VICTIM,DF_VICTIM,", "STD-025", 2),
    ("a constraint is on nothing", CONSTRAINTS, "CN_SEX,,DF_VICTIM,SEX", "CN_SEX,,,", "STD-025", 3),
    ("a free dimension is not of the structure", CONSTRAINTS, "DF_VICTIM,SEX", "DF_VICTIM,SEX AGE", "STD-026", 3),
    ("a free dimension is an attribute", CONSTRAINTS, "DF_VICTIM,SEX", "DF_VICTIM,SEX RULE", "STD-026", 3),
    ("a dimension without totals is named as free", CONSTRAINTS, "DF_VICTIM,SEX", "DF_VICTIM,SEX FORM", "STD-026", 3),
    ("time is named as free", CONSTRAINTS, "DF_VICTIM,SEX", "DF_VICTIM,SEX TIME_PERIOD", "STD-026", 3),
    ("a structure has free dimensions", CONSTRAINTS, "VICTIM,VICTIM,,,", "VICTIM,VICTIM,,SEX,", "STD-026", 2),
    ("a dataflow allows what its structure does not", DATAFLOW_CODES, "FORM,LABOUR", "FORM,_T", "STD-027", 3),
    ("a dataflow allows codes of a fixed dimension", DATAFLOW_CODES, "SEX,F", "GROUP,FARM", "STD-028", 2),
    ("a category has a missing parent", CATEGORIES, "VICTIMS,CRIME", "VICTIMS,LAW", "STD-032", 3),
    ("a category has a missing dataflow", CATEGORIES, "DF_VICTIM", "DF_VICTIM DF_EVENT", "STD-032", 3),
    ("a dataflow is in no category", "dataflows.csv", "PROJECT\n", f"PROJECT\n{FLOW}", "STD-033", 3),
    ("a data provider is not a code", "providers.csv", "FIELDS", "WOODS", "STD-034", 3),
    ("a place is below a missing one", HIERARCHY, "2,WORK", "2,LABOUR", "STD-035", 4),
    ("a place is below a later one", HIERARCHY, "1,WORK", "1,2", "STD-035", 3),
    ("a place has a missing list", HIERARCHY, "WORK,CL_OWN_GROUP", "WORK,CL_GROUP", "STD-035", 4),
    ("a place has a missing code", HIERARCHY, "FIELDS", "WOODS", "STD-035", 4),
    ("a crosswalk leads to a missing structure", CROSSWALKS, "),VICTIM", "),EVENT", "STD-036", 2),
    ("a crosswalk names no version", CROSSWALKS, "OTHER:DSD(1.0)", "OTHER:DSD", "STD-036", 2),
    ("a link leads to a missing component", LINKS, ",GROUP,", ",AGE,", "STD-036", 5),
    ("a link leads nowhere", LINKS, "TIME_PERIOD,TIME_PERIOD,", "TIME_PERIOD,,", "STD-036", 4),
    ("a link has neither sources nor a value", LINKS, ",GROUP,,_T", ",GROUP,,", "STD-036", 5),
    ("a link has sources and a value", LINKS, "\n,GROUP,,_T", "\nTYPE,GROUP,,_T", "STD-036", 5),
    ("a fixed value has a code map", LINKS, ",GROUP,,_T", ",GROUP,CM_SEX,_T", "STD-036", 5),
    ("a code map has fewer sources than the link", LINKS, "GENDER,", "GENDER AGE,", "STD-036", 2),
    ("two components become one without a code map", LINKS, "TIME_PERIOD,TIME", "YEAR MONTH,TIME", "STD-036", 4),
    ("a code map has no sources", CODE_MAPS, "OTHER:CL_KIND(1.0) OTHER:CL_PLACE(2.0.0)", "", "STD-036", 3),
    ("a code map names no version", CODE_MAPS, "OTHER:CL_GENDER(1.0)", "OTHER:CL_GENDER", "STD-036", 2),
    ("a code map leads to a missing code", SEX_MAP, "1,M", "1,MALE", "STD-037", 2),
    ("a source is empty", SEX_MAP, "1,M", ",M", "STD-037", 2),
    ("a second source is empty", FORM_MAP, "A,X", "A,", "STD-037", 2),
    ("a fixed value is not a code", LINKS, "GROUP,,_T", "GROUP,,_Z", "STD-037", 5),
    ("a code is mapped twice", SEX_MAP, "2,F", "1,F", "STD-038", 3),
    ("a combination of codes is mapped twice", FORM_MAP, "A,Y", "A,X", "STD-038", 3),
)


@pytest.fixture
def dsd(dsd: Path, complete: Complete) -> Path:
    """Return the folder of a small valid standard that has every table."""
    return complete(dsd)


def one(folder: Path) -> Finding:
    """Return the only finding of a check, after it could be put into words."""
    findings = check_standard(folder).findings
    assert len(findings) == 1, "\n".join(finding.line() for finding in findings)
    assert "{" not in findings[0].line()
    return findings[0]


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "line"), [pytest.param(*case[1:], id=case[0]) for case in PLANTS]
)
def test_it_is_found_alone_and_at_its_line_that(
    dsd: Path, plant: Plant, name: str, old: str, new: str, code: str, line: int
) -> None:
    plant(name, old, new)
    finding = one(dsd)
    assert (finding.code, str(finding.place)) == (code, f"dsd/{name}:{line}")


def test_a_dimension_is_not_fixed_to_a_total_that_the_structure_does_not_allow(dsd: Path, plant: Plant) -> None:
    plant(STRUCTURE_CODES, "VICTIM,FORM,FARM", "VICTIM,GROUP,FARM")
    finding = one(dsd)
    assert (finding.code, str(finding.place)) == ("STD-029", "dsd/constraints.csv:3")
    assert finding.params["dimension"] == "GROUP"


def test_a_dimension_is_not_fixed_to_a_total_that_its_list_does_not_have(dsd: Path, plant: Plant) -> None:
    plant("codelists/CL_SEX.csv", "_T,,Total", "_S,,Total")
    codes = {(finding.code, str(finding.place)) for finding in check_standard(dsd).findings}
    assert ("STD-010", "dsd/codelists/CL_SEX.csv:1") in codes


def test_a_link_by_a_map_of_another_list_is_found_at_the_link(dsd: Path, plant: Plant) -> None:
    plant(CODE_MAPS, "(1.0),CL_SEX", "(1.0),OTHER:CL_SEX(1.0)")
    finding = one(dsd)
    assert (finding.code, str(finding.place)) == ("STD-036", f"dsd/{LINKS}:2")
    assert finding.params["expected"] == "SEX: CL_SEX"


def test_a_constraint_that_allows_everything_is_found(dsd: Path, plant: Plant) -> None:
    plant(CONSTRAINTS, "DF_VICTIM,SEX", "DF_VICTIM,SEX GROUP")
    (dsd / DATAFLOW_CODES).unlink()
    finding = one(dsd)
    assert (finding.code, str(finding.place)) == ("STD-030", f"dsd/{CONSTRAINTS}:3")


def test_codes_of_a_dataflow_without_a_constraint_are_found_once(dsd: Path, plant: Plant) -> None:
    plant(CONSTRAINTS, "CN_SEX,,DF_VICTIM,SEX,Victims by sex,الضحايا حسب الجنس,,,PROJECT\n", "")
    finding = one(dsd)
    assert (finding.code, str(finding.place), finding.value) == ("STD-031", f"dsd/{DATAFLOW_CODES}:2", "DF_VICTIM")


def test_codes_of_a_structure_need_no_constraint_while_there_are_none_at_all(dsd: Path) -> None:
    (dsd / CONSTRAINTS).unlink()
    (dsd / DATAFLOW_CODES).unlink()
    assert check_standard(dsd).findings == ()


def test_a_code_map_that_no_link_uses_is_found(dsd: Path, plant: Plant) -> None:
    plant(LINKS, "GENDER,SEX,CM_SEX,", "SEX,SEX,,")
    finding = one(dsd)
    assert (finding.code, str(finding.place), finding.value) == ("STD-040", f"dsd/{CODE_MAPS}:2", "CM_SEX")


def test_a_code_map_stands_once_in_all_crosswalks(dsd: Path) -> None:
    other = dsd / "crosswalks/SM_SECOND"
    other.mkdir()
    for name in ("links.csv", "code_maps.csv", "CM_SEX.csv", "CM_FORM.csv"):
        (other / name).write_bytes((dsd / "crosswalks/SM_OTHER" / name).read_bytes())
    with (dsd / CROSSWALKS).open("a", encoding="utf-8") as table:
        table.write("SM_SECOND,OTHER:DSD(2.0),VICTIM,Second,الثاني,,,PROJECT\n")
    found = [(finding.code, str(finding.place)) for finding in check_standard(dsd).findings]
    heads = "dsd/crosswalks/SM_SECOND/code_maps.csv"
    assert found == [("STD-003", f"{heads}:2"), ("STD-003", f"{heads}:3")]


@pytest.mark.parametrize(
    ("name", "place", "value"),
    [
        (HIERARCHY, "dsd/hierarchies.csv:2", "hierarchies/H_FORM.csv"),
        ("crosswalks/SM_OTHER", "dsd/crosswalks.csv:2", "crosswalks/SM_OTHER/"),
        (SEX_MAP, f"dsd/{CODE_MAPS}:2", SEX_MAP),
    ],
)
def test_what_is_announced_has_its_file(dsd: Path, name: str, place: str, value: str) -> None:
    path = dsd / name
    rmtree(path) if path.is_dir() else path.unlink()
    finding = one(dsd)
    assert (finding.code, str(finding.place), finding.value) == ("STD-039", place, value)


@pytest.mark.parametrize(
    ("heads", "row", "place"),
    [
        ("hierarchies.csv", "H_FORM,Kinds of work,أنواع العمل,,,PROJECT\n", f"dsd/{HIERARCHY}"),
        (
            CROSSWALKS,
            "SM_OTHER,OTHER:DSD(1.0),VICTIM,From other data,من بيانات أخرى,,,PROJECT\n",
            "dsd/crosswalks/SM_OTHER",
        ),
    ],
)
def test_what_has_a_file_is_announced(dsd: Path, plant: Plant, heads: str, row: str, place: str) -> None:
    plant(heads, row, "")
    finding = one(dsd)
    assert (finding.code, str(finding.place), finding.value) == ("STD-039", place, f"dsd/{heads}")


@pytest.mark.parametrize(
    "name",
    ["constraints/flows.csv", "hierarchies/notes.txt", "crosswalks/README.md", "crosswalks/SM_OTHER/CM_SEX.xlsx"],
)
def test_a_file_that_is_no_table_is_found(dsd: Path, name: str) -> None:
    (dsd / name).write_text("x", encoding="utf-8")
    finding = one(dsd)
    assert (finding.code, str(finding.place)) == ("STD-041", f"dsd/{name}")


@pytest.mark.parametrize("missing", ["category_scheme", "provider_scheme"])
def test_a_table_has_the_scheme_of_its_items(dsd: Path, plant: Plant, missing: str) -> None:
    plant("standard.toml", f"[{missing}]", f"[another_{missing}]")
    finding = one(dsd)
    assert (finding.code, str(finding.place), finding.params["expected"]) == ("STD-024", "dsd/standard.toml:1", missing)


@pytest.mark.parametrize(("table", "line"), [("categories.csv", 35), ("providers.csv", 39)])
def test_a_scheme_has_the_table_with_its_items(dsd: Path, table: str, line: int) -> None:
    (dsd / table).unlink()
    finding = one(dsd)
    assert (finding.code, str(finding.place)) == ("STD-024", f"dsd/standard.toml:{line}")


def test_a_dataflow_over_a_missing_structure_hides_what_only_the_structure_could_tell(dsd: Path, plant: Plant) -> None:
    plant("dataflows.csv", "DF_VICTIM,VICTIM", "DF_VICTIM,EVENT")
    assert one(dsd).code == "STD-015"


def test_a_standard_with_every_table_has_no_finding(dsd: Path) -> None:
    assert check_standard(dsd).findings == ()
