"""What checks know names only what the standard has; tables that are broken are told."""

import shutil
from pathlib import Path

import pytest

from icstip.coherence.knowledge import FILE, Knowledge, read_knowledge
from icstip.errors import StandardError
from icstip.standard.model import Standard
from icstip.standard.read import read_standard

OF_OTHERS = {"PERCENT"}
"""Units that the structure of the SDG indicators has, and the standard has not."""


@pytest.fixture(scope="module")
def standard(dsd_folder: Path) -> Standard:
    return read_standard(dsd_folder)


@pytest.fixture(scope="module")
def known(dsd_folder: Path, standard: Standard) -> Knowledge:
    return read_knowledge(dsd_folder, standard)


@pytest.fixture
def folder(dsd_folder: Path, tmp_path: Path) -> Path:
    """A folder with the tables that say what checks know."""
    for name in (FILE, "periods.toml", "vocabulary.toml"):
        shutil.copy(dsd_folder / name, tmp_path)
    return tmp_path


def codes_of(standard: Standard, component: str) -> set[str]:
    """Return the codes of a component, whichever structure has it."""
    lists = {one.codelist for s in standard.structures.values() for one in s.components if one.id == component}
    assert lists, component
    return {code.id for name in lists for code in standard.codelists[name].codes}


def test_every_component_is_one_of_each_structure(standard: Standard, known: Knowledge) -> None:
    named = set(known.components.values())
    for structure in standard.structures.values():
        assert named <= {component.id for component in structure.components}


def test_every_component_of_stages_and_of_no_sums_is_there(standard: Standard, known: Knowledge) -> None:
    there = {one.id for structure in standard.structures.values() for one in structure.components}
    assert {*known.no_sums, *known.multiple, *(one.component for one in known.stages)} <= there


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("unit", ("counts", "rates", "per_population")),
        ("status", ("missing", "suppressed", "normal", "breaks", "forecasts")),
        ("confidentiality", ("hidden",)),
        ("counting_rule", ("once", "several")),
        ("frequency", ("frequencies",)),
    ],
)
def test_every_code_of_a_component_is_in_its_list(
    role: str, names: tuple[str, ...], standard: Standard, known: Knowledge
) -> None:
    codes = codes_of(standard, known.components[role])
    for name in names:
        assert getattr(known, name)
        assert set(getattr(known, name)) - OF_OTHERS <= codes


def test_kinds_of_status_exclude_each_other(known: Knowledge) -> None:
    kinds = (known.missing, known.normal, known.breaks, known.forecasts)
    assert len(frozenset().union(*kinds)) == sum(map(len, kinds))
    assert known.suppressed < known.missing
    assert known.unknown.isdisjoint(known.no_parts)


def test_every_residual_is_a_code_of_some_list(standard: Standard, known: Knowledge) -> None:
    codes = {code.id for codelist in standard.codelists.values() for code in codelist.codes}
    assert known.unknown | known.no_parts <= codes


def test_every_list_is_there_and_has_the_codes_that_are_said_of_it(standard: Standard, known: Knowledge) -> None:
    assert known.overlapping | known.areas <= standard.codelists.keys()
    said = {(one.codelist, code) for one in known.parts for code in (one.whole, *one.parts)}
    said |= {(one.codelist, code) for one in known.replaced for code in (one.code, one.instead)}
    for codelist, code in said:
        assert code in {one.id for one in standard.codelists[codelist].codes}


def test_every_stage_is_a_code_of_its_component(standard: Standard, known: Knowledge) -> None:
    for stages in known.stages:
        assert set(stages.codes) <= codes_of(standard, stages.component)


def test_the_last_period_of_a_code_is_a_year(known: Knowledge) -> None:
    assert all(one.last.isdigit() and len(one.last) == 4 for one in known.replaced)


def test_every_grouping_says_the_code_above_codes_of_its_list(standard: Standard, known: Knowledge) -> None:
    for codelist, groupings in known.hierarchies.items():
        codes = {code.id for code in standard.codelists[codelist].codes}
        for above in groupings:
            assert above.keys() <= codes


def test_ages_are_written_as_those_of_the_standard_are(standard: Standard, known: Knowledge) -> None:
    assert known.ages.codelist in standard.codelists
    assert all("{low}" in form for form in (known.ages.one, known.ages.band, known.ages.open))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[components]", "[components"),
        ("[units]", "[unit]"),
        ("[statuses]", "[states]"),
        ('missing = ["O"', 'lacking = ["O"'),
        ("PT = 100", 'PT = "many"'),
        ("PT = 100", "PT = [100]"),
        ("counts = [", "counts = 5 # ["),
        ('last = "2020"', 'until = "2020"'),
        ('whole = "_T"', 'total = "_T"'),
        ('codes = ["PER_CONTACT"', 'code = ["PER_CONTACT"'),
        ("[residuals]", "residuals = 5\n[residual]"),
    ],
)
def test_a_table_that_lacks_something_is_named(old: str, new: str, folder: Path, standard: Standard) -> None:
    path = folder / FILE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(StandardError, match=re_of(path)):
        read_knowledge(folder, standard)


@pytest.mark.parametrize("name", [FILE, "periods.toml", "vocabulary.toml"])
def test_a_table_that_is_not_there_is_named(name: str, folder: Path, standard: Standard) -> None:
    (folder / name).unlink()
    with pytest.raises(StandardError, match=re_of(folder / name)):
        read_knowledge(folder, standard)


@pytest.mark.parametrize("name", [FILE, "periods.toml", "vocabulary.toml"])
def test_a_table_that_is_no_text_is_named(name: str, folder: Path, standard: Standard) -> None:
    (folder / name).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(StandardError, match=re_of(folder / name)):
        read_knowledge(folder, standard)


def re_of(path: Path) -> str:
    return path.name.replace(".", "[.]")
