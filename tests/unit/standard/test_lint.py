"""Every fault in the tables of the standard is found, alone and where it stands."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from icstip.findings import SEVERITIES, Finding
from icstip.standard.lint import check_standard
from icstip.standard.location import VARIABLE, standard_folder

Plant = Callable[[str, str, str], None]

SEX = "codelists/CL_SEX.csv"
FORM = "codelists/CL_OWN_FORM.csv"
GROUP = "codelists/CL_OWN_GROUP.csv"
LABELS = "labels/words.csv"
PATTERNS = "labels/age_patterns.csv"
HEADERS = "labels/headers.csv"
CONSTRAINTS = "constraints/structures.csv"

# What is planted: rule, file, text, the text that replaces it; code and line of the one finding that must follow.
PLANTS = (
    ("a column is missing", "concepts.csv", "description_en,", "description,", "STD-001", 1),
    ("a row has too few cells", "sources.csv", "SDMX,SDMX,Cross-domain content.", "SDMX,SDMX", "STD-001", 3),
    ("a row has too many cells", "sources.csv", "Our own.", "Our, own.", "STD-001", 2),
    ("a quotation mark is not closed", LABELS, "*,_T,all", '*,_T,"all', "STD-001", 4),
    ("a code has a blank in its id", GROUP, "FIELDS,LABOUR", "FIEL DS,LABOUR", "STD-002", 2),
    ("a dataflow begins with a digit", "dataflows.csv", "DF_VICTIM,", "1_VICTIM,", "STD-002", 2),
    ("a structure has an accent in its id", "standard.toml", '"CS_TEST"', '"CS_TÉST"', "STD-002", 20),
    ("a code stands twice", SEX, "M,_T,Male", "F,_T,Male", "STD-003", 4),
    ("a code stands in the extended list too", GROUP, "FIELDS,LABOUR", "FARM,LABOUR", "STD-003", 2),
    (
        "a concept stands twice",
        "concepts.csv",
        "\nNOTE,Note",
        "\nSEX,Sexes,أجناس,d,د,,,,,SDMX\nNOTE,Note",
        "STD-003",
        9,
    ),
    ("a component stands twice", "components.csv", "VICTIM,,NOTE", "VICTIM,,RULE", "STD-003", 8),
    ("a parent does not exist", FORM, "FARM,LABOUR", "FARM,WORK", "STD-004", 4),
    ("a code is its own parent", FORM, "FARM,LABOUR", "FARM,FARM", "STD-005", 4),
    ("parents go round", FORM, "LABOUR,_T", "LABOUR,FARM", "STD-005", 3),
    ("a list extends itself", "codelists.csv", "CL_OWN_RULE,,", "CL_OWN_RULE,CL_OWN_RULE,", "STD-005", 5),
    ("lists extend each other", "codelists.csv", "CL_OWN_FORM,,,", "CL_OWN_FORM,CL_OWN_GROUP,,", "STD-005", 3),
    ("a code has no name in a language", SEX, "ذكر", "", "STD-006", 4),
    ("a concept has no name in a language", "concepts.csv", "المجموعة", "", "STD-006", 5),
    ("a dataflow has no name in a language", "dataflows.csv", "الضحايا", "", "STD-006", 2),
    ("a structure has no name in a language", "standard.toml", 'name.ar = "الضحية"', "", "STD-006", 23),
    ("the standard has no name in a language", "standard.toml", 'ar = "معيار صغير"', "", "STD-006", 7),
    ("an Arabic name is in Latin letters", SEX, "ذكر", "MALE", "STD-007", 4),
    ("an Arabic text has a Latin word", "concepts.csv", "مجموعة أشكال", "مجموعة groups", "STD-007", 5),
    ("an English name has an Arabic letter", SEX, "Male", "Maleذ", "STD-007", 4),
    ("an English name has a Cyrillic letter", SEX, "Male", "Mаle", "STD-007", 4),
    ("a text was decoded wrongly", SEX, "Male", "MÃ¢le", "STD-007", 4),
    ("a text has lost a letter", SEX, "Male", "M\ufffdle", "STD-007", 4),
    ("a text of the settings is in the wrong script", "standard.toml", '"Test agency"', '"وكالة"', "STD-007", 16),
    ("a code has no source", FORM, "العمل القسري.,,PROJECT", "العمل القسري.,,", "STD-008", 3),
    ("a label has no source", LABELS, "farming,en,name,PROJECT", "farming,en,name,", "STD-008", 3),
    ("a source is not a short name", CONSTRAINTS, "FARM,PROJECT", "FARM,PROJECT UNODC", "STD-009", 2),
    ("an origin is not in its form", SEX, "أنثى,,,SDMX:CL_SEX(1.0)", "أنثى,,,SDMX:CL_SEX", "STD-011", 3),
    ("an origin is not a published list", SEX, "أنثى,,,SDMX:CL_SEX(1.0)", "أنثى,,,SDMX:CL_SEX(9.9)", "STD-011", 3),
    ("a published list does not have the code", SEX, "آخر,,,,", "آخر,,,SDMX:CL_SEX(1.0),", "STD-011", 5),
    ("a copied code does not name its list", SEX, "أنثى,,,SDMX:CL_SEX(1.0)", "أنثى,,,", "STD-011", 3),
    ("an own code in a copied list is not marked", SEX, "SDMX PROJECT", "SDMX", "STD-011", 5),
    ("a published list is not in its form", "origins.csv", "0),_T", "0),_T\nCL_X,A", "STD-011", 3),
    ("a concept has an unknown origin", "concepts.csv", "SDMX:CONCEPTS(1.0)", "SDMX:CONCEPTS(2.0)", "STD-011", 2),
    ("a component names a missing concept", "components.csv", "attribute,NOTE", "attribute,REMARK", "STD-012", 8),
    ("a component names a missing list", "components.csv", "NOTE,,String", "NOTE,CL_NOTE,", "STD-013", 8),
    ("a component is coded and typed", "components.csv", "RULE,CL_OWN_RULE,", "RULE,CL_OWN_RULE,String", "STD-013", 7),
    ("a component is neither coded nor typed", "components.csv", ",String,", ",,", "STD-013", 8),
    ("a role is not known", "components.csv", "RULE,attribute", "RULE,atribute", "STD-014", 7),
    ("an attachment is not known", "components.csv", "series", "group", "STD-014", 7),
    ("a usage is not known", "components.csv", "observation,optional", "observation,maybe", "STD-014", 8),
    ("a total is not known", "components.csv", "refused", "no", "STD-014", 3),
    ("a data type is not one of SDMX", "components.csv", "String", "Text", "STD-014", 8),
    ("a component has an unknown structure", "components.csv", "VICTIM,,NOTE", "VICTIMS,,NOTE", "STD-014", 8),
    ("a position is not a number", "components.csv", "VICTIM,2,", "VICTIM,two,", "STD-014", 3),
    ("positions have a gap", "components.csv", "VICTIM,4,", "VICTIM,5,", "STD-014", 5),
    ("an attribute has a position", "components.csv", "VICTIM,,NOTE", "VICTIM,5,NOTE", "STD-014", 8),
    (
        "a structure has no measure",
        "components.csv",
        "OBS_VALUE,measure,OBS_VALUE,,Decimal,,",
        "OBS_VALUE,attribute,OBS_VALUE,,Decimal,observation,",
        "STD-014",
        2,
    ),
    ("a dataflow names a missing structure", "dataflows.csv", "DF_VICTIM,VICTIM", "DF_VICTIM,EVENT", "STD-015", 2),
    ("a concept has no description in a language", "concepts.csv", "Group of forms.", "", "STD-017", 5),
    ("a list has no description in a language", "codelists.csv", "الأجناس.", "", "STD-017", 2),
    ("an own code has no description in a language", FORM, "Forced labour.", "", "STD-017", 3),
    ("two codes have one name", SEX, "Male", "female", "STD-018", 4),
    ("a name stands in the extended list too", GROUP, "Field work", "Farm work", "STD-018", 2),
    ("an id does not match its pattern", SEX, "X,_T,Another", "X1,_T,Another", "STD-019", 5),
    ("a pattern is not a regular expression", "codelists.csv", "[A-Z_]+", "[A-Z_", "STD-019", 2),
    ("a label names a missing list", LABELS, "CL_SEX,F", "CL_SEXES,F", "STD-020", 2),
    ("a label names a missing code", LABELS, "CL_SEX,F", "CL_SEX,W", "STD-020", 2),
    ("a label for all lists names a code of none", LABELS, "*,_T", "*,_Q", "STD-020", 4),
    ("a label is of no known kind", LABELS, "farming,en,name", "farming,en,word", "STD-020", 3),
    ("a label is in no language", LABELS, "women,en", "women,English", "STD-020", 2),
    ("a label is empty", LABELS, "women", " ", "STD-020", 2),
    ("a label row stands twice", LABELS, "*,_T,all,mul,alias", "CL_SEX,F,women,en,alias", "STD-020", 4),
    ("a pattern is of no known kind", PATTERNS, "between", "from_to", "STD-020", 2),
    ("a pattern lacks a bound", PATTERNS, "<{high}", "under age", "STD-020", 3),
    ("a pattern has another bound than its kind", PATTERNS, "<{high}", "<{low}", "STD-020", 3),
    ("a pattern has its bounds in the wrong order", PATTERNS, "{low} to {high}", "{high} to {low}", "STD-020", 2),
    ("a pattern has a placeholder that is none", PATTERNS, "<{high}", "<{high} {age}", "STD-020", 3),
    ("a pattern has a number of its own", PATTERNS, "<{high}", "<{high} (18)", "STD-020", 3),
    ("a pattern is empty", PATTERNS, "<{high}", "", "STD-020", 3),
    ("a pattern is in no language", PATTERNS, "below,en", "below,English", "STD-020", 3),
    ("a pattern stands twice under one kind", PATTERNS, "at_least", "above", "STD-020", 5),
    ("a pattern has no source", PATTERNS, "below,en,PROJECT", "below,en,", "STD-008", 3),
    ("a header names a missing component", HEADERS, "SEX,Gender", "GENDER,Gender", "STD-020", 2),
    ("a header names no component", HEADERS, "SEX,Gender", ",Gender", "STD-020", 2),
    ("a header is empty", HEADERS, "Gender", " ", "STD-020", 2),
    ("a header is in no language", HEADERS, "Gender,en", "Gender,", "STD-020", 2),
    ("a header stands twice for a component", HEADERS, "GROUP,Kind,en", "SEX,Gender,en", "STD-020", 4),
    ("a header has a source that is not known", HEADERS, "Number,en,PROJECT", "Number,en,UNSD", "STD-009", 3),
    ("a table of headers lacks a column", HEADERS, "component,", "concept,", "STD-001", 1),
    ("a table of patterns lacks a column", PATTERNS, ",kind,", ",sort,", "STD-001", 1),
    ("a constraint names a missing structure", CONSTRAINTS, "VICTIM,FORM,FARM", "EVENT,FORM,FARM", "STD-021", 2),
    ("a constraint names a missing component", CONSTRAINTS, "VICTIM,FORM,FARM", "VICTIM,MEANS,FARM", "STD-021", 2),
    ("a constraint names a missing code", CONSTRAINTS, "VICTIM,FORM,FARM", "VICTIM,FORM,SHOP", "STD-021", 2),
    ("a constraint is on an uncoded component", CONSTRAINTS, "VICTIM,FORM,FARM", "VICTIM,NOTE,FARM", "STD-021", 2),
    ("a counting note is missing in a language", "concepts.csv", "يحصى كل ذكر.", "", "STD-022", 3),
    (
        "a counting note is there without a code",
        "concepts.csv",
        "مجموعة أشكال.,,",
        "مجموعة أشكال.,,Any mention.",
        "STD-022",
        5,
    ),
    ("a counting code is not known", "concepts.csv", "MULTIPLE", "SEVERAL", "STD-022", 3),
    ("the agency is not an id", "standard.toml", '"TEST"', '"TE ST"', "STD-024", 2),
    ("the version has two parts", "standard.toml", "1.0.0-draft", "1.0", "STD-024", 3),
    ("a final version is a draft", "standard.toml", "final = false", "final = true", "STD-024", 3),
    ("the final flag is a word", "standard.toml", "final = false", 'final = "no"', "STD-024", 4),
    ("a language stands twice", "standard.toml", '["en", "ar"]', '["en", "ar", "ar"]', "STD-024", 5),
    ("the time has no zone", "standard.toml", "final =", 'prepared = "2026-11-22T00:00:00"\nfinal =', "STD-024", 4),
    ("the counting list is not announced", "standard.toml", '"CL_OWN_RULE"', '"CL_RULE"', "STD-024", 31),
)


def one(folder: Path) -> Finding:
    """Return the only finding of a check, after it could be put into words."""
    findings = check_standard(folder).findings
    assert len(findings) == 1, "\n".join(finding.line() for finding in findings)
    assert "{" not in re.sub(r"\{(low|high|age)\}", "", findings[0].line())  # what patterns of ages hold themselves
    return findings[0]


def test_a_valid_standard_has_no_finding(dsd: Path) -> None:
    assert check_standard(dsd).findings == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "line"), [pytest.param(*case[1:], id=case[0]) for case in PLANTS]
)
def test_it_is_found_alone_and_at_its_line_that(
    dsd: Path, plant: Plant, name: str, old: str, new: str, code: str, line: int
) -> None:
    plant(name, old, new)
    finding = one(dsd)
    assert (finding.code, str(finding.place)) == (code, f"dsd/{name}:{line}")


def test_every_code_of_the_tables_is_planted_here() -> None:
    uses = Path(__file__).with_name("test_lint_uses.py").read_text(encoding="utf-8")
    elsewhere = {"STD-010", "STD-016", "STD-023"} | set(re.findall(r'"(STD-\d{3})"', uses))
    assert {case[4] for case in PLANTS} | elsewhere == {code for code in SEVERITIES if code.startswith("STD-")}


def test_a_list_without_the_total_is_found_when_a_dimension_uses_it(dsd: Path, plant: Plant) -> None:
    plant("components.csv", "4,TIME_PERIOD,", "5,TIME_PERIOD,")
    plant(
        "components.csv",
        "VICTIM,,RULE,attribute,RULE,CL_OWN_RULE,,series,mandatory,,",
        "VICTIM,4,RULE,dimension,RULE,CL_OWN_RULE,,,,refused,",
    )
    finding = one(dsd)
    assert (finding.code, str(finding.place), finding.value) == ("STD-010", "dsd/codelists/CL_OWN_RULE.csv:1", "_T")


def test_a_list_without_a_file_is_found_where_it_is_announced(dsd: Path) -> None:
    (dsd / "codelists/CL_OWN_RULE.csv").unlink()
    finding = one(dsd)
    assert (finding.code, str(finding.place)) == ("STD-016", "dsd/codelists.csv:5")
    assert finding.value == "codelists/CL_OWN_RULE.csv"


def test_a_list_that_is_not_announced_is_found_as_a_file(dsd: Path) -> None:
    (dsd / "codelists/CL_NEW.csv").write_bytes((dsd / "codelists/CL_OWN_RULE.csv").read_bytes())
    finding = one(dsd)
    assert (finding.code, str(finding.place)) == ("STD-016", "dsd/codelists/CL_NEW.csv")


def test_a_list_that_nothing_uses_is_found_where_it_is_announced(dsd: Path, plant: Plant) -> None:
    plant("components.csv", "RULE,CL_OWN_RULE,,", "RULE,,String,")
    finding = one(dsd)
    assert (finding.code, str(finding.place), finding.value) == ("STD-023", "dsd/codelists.csv:5", "CL_OWN_RULE")


def test_a_list_that_extends_a_missing_one_is_found(dsd: Path, plant: Plant) -> None:
    plant("codelists.csv", "CL_OWN_GROUP,CL_OWN_FORM,", "CL_OWN_GROUP,CL_OWN_SHAPE,")
    finding = one(dsd)
    assert (finding.code, str(finding.place), finding.value) == ("STD-013", "dsd/codelists.csv:4", "CL_OWN_SHAPE")


def test_a_structure_without_components_is_found_in_the_settings(dsd: Path, plant: Plant) -> None:
    plant("standard.toml", "[lint]", '[[structures]]\nid = "EVENT"\nname.en = "Event"\nname.ar = "الحدث"\n\n[lint]')
    finding = one(dsd)
    assert (finding.code, str(finding.place)) == ("STD-014", "dsd/standard.toml:29")


def test_time_that_is_not_the_last_dimension_is_found(dsd: Path, plant: Plant) -> None:
    plant("components.csv", "VICTIM,4,", "VICTIM,three,")
    plant("components.csv", "VICTIM,3,", "VICTIM,4,")
    plant("components.csv", "VICTIM,three,", "VICTIM,3,")
    finding = one(dsd)
    assert (finding.code, str(finding.place), finding.value) == ("STD-014", "dsd/components.csv:5", "3")


def test_a_second_time_dimension_is_found(dsd: Path, plant: Plant) -> None:
    plant(
        "components.csv",
        "VICTIM,,OBS_VALUE",
        "VICTIM,5,TIME,time_dimension,TIME_PERIOD,,ObservationalTimePeriod,,,,SDMX\nVICTIM,,OBS_VALUE",
    )
    findings = check_standard(dsd).findings
    assert [(str(f.place), f.value) for f in findings] == [
        ("dsd/components.csv:5", "4"),
        ("dsd/components.csv:6", "time_dimension"),
    ]


@pytest.mark.parametrize(
    "name",
    ["concepts.csv", "codelists.csv", "components.csv", "dataflows.csv", "origins.csv", "sources.csv", CONSTRAINTS],
)
def test_a_missing_table_is_one_finding_and_hides_no_other(dsd: Path, plant: Plant, name: str) -> None:
    (dsd / name).unlink()
    finding = one(dsd)
    assert (finding.code, str(finding.place)) == ("STD-001", f"dsd/{name}")
    plant(SEX, "M,_T,Male", "M,_T,")
    assert {f.code for f in check_standard(dsd).findings} == {"STD-006", "STD-001"}


def test_missing_settings_are_one_finding_and_hide_no_other(dsd: Path, plant: Plant) -> None:
    (dsd / "standard.toml").unlink()
    plant("concepts.csv", "NOTE,Note", "NOTE 2,Note")
    found = {(finding.code, str(finding.place)) for finding in check_standard(dsd).findings}
    assert found >= {("STD-001", "dsd/standard.toml"), ("STD-002", "dsd/concepts.csv:9")}


def test_settings_that_are_not_toml_are_found_at_their_line(dsd: Path, plant: Plant) -> None:
    plant("standard.toml", "final = false", "final: false")
    findings = [finding for finding in check_standard(dsd).findings if finding.code == "STD-024"]
    assert [str(finding.place) for finding in findings] == ["dsd/standard.toml:4"]


def test_an_empty_folder_has_only_missing_files(tmp_path: Path) -> None:
    findings = check_standard(tmp_path).findings
    assert {finding.code for finding in findings} == {"STD-001"}
    assert len(findings) == 8


def test_bytes_that_are_not_utf_8_are_found_at_their_line(dsd: Path) -> None:
    path = dsd / "sources.csv"
    path.write_bytes(path.read_bytes().replace(b"Cross-domain", b"Cross-dom\xe9in"))
    finding = one(dsd)
    assert (finding.code, str(finding.place), finding.value) == ("STD-007", "dsd/sources.csv:3", "0xE9")


def test_a_column_that_stands_twice_is_found_in_the_header(dsd: Path) -> None:
    path = dsd / "sources.csv"
    path.write_text("id,name,description,name\nPROJECT,a,b,c\nSDMX,d,e,f\n", encoding="utf-8")
    finding = one(dsd)
    assert (finding.code, str(finding.place), finding.value) == ("STD-003", "dsd/sources.csv:1", "name")


def test_all_faults_are_found_in_one_run_in_the_order_of_files_and_lines(dsd: Path, plant: Plant) -> None:
    plant(FORM, "FARM,LABOUR", "FARM,WORK")
    plant(SEX, "Male", "Female")
    plant("concepts.csv", "Group of forms.", "")
    plant(LABELS, "women", "")
    found = [(finding.code, str(finding.place)) for finding in check_standard(dsd).findings]
    assert found == [
        ("STD-004", "dsd/codelists/CL_OWN_FORM.csv:4"),
        ("STD-018", "dsd/codelists/CL_SEX.csv:4"),
        ("STD-017", "dsd/concepts.csv:5"),
        ("STD-020", "dsd/labels/words.csv:2"),
    ]


def test_words_of_the_settings_may_stand_in_latin_letters_in_an_arabic_text(dsd: Path, plant: Plant) -> None:
    plant("standard.toml", 'latin_words = ["small"]', "")
    finding = one(dsd)
    assert (finding.code, finding.params["found"]) == ("STD-007", "small")


def test_languages_of_labels_are_those_of_the_settings_where_they_are_listed(dsd: Path, plant: Plant) -> None:
    plant("standard.toml", "[lint]", '[lint]\nlabel_languages = ["en"]')
    finding = one(dsd)
    assert (finding.code, str(finding.place), finding.value) == ("STD-020", "dsd/labels/words.csv:4", "mul")


def test_the_standard_of_this_repository_has_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    lines = [finding.line() for finding in check_standard(standard_folder()).findings]
    assert not lines, "\n" + "\n".join(lines)
