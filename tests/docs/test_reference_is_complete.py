"""The reference leaves nothing out."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup
from typer.testing import CliRunner

import icstip
from icstip.cli.app import app, command_line
from icstip.findings import SEVERITIES
from icstip.mapping.reading import mapping as mapping_files
from icstip.mapping.reading.keys import COLUMN, MAPPING, SECTION, SPLIT, TABLE
from icstip.mapping.reading.shapes import Items, Table
from icstip.standard.read import read_standard

Reference = Callable[[str], str]

PUBLIC_NAMES_AT_MOST = 15


def _commands(command: object, path: str) -> Iterator[tuple[str, list[str]]]:
    if isinstance(command, TyperCommand | TyperGroup):
        names = [option for param in command.params for option in (*param.opts, *param.secondary_opts)]
        yield path, names
    if isinstance(command, TyperGroup):
        for name, below in command.commands.items():
            yield from _commands(below, f"{path} {name}")


@pytest.mark.parametrize(("path", "names"), [*_commands(typer.main.get_command(command_line()), "icstip")])
def test_each_command_is_documented_with_all_its_options(path: str, names: list[str], reference: Reference) -> None:
    _, _, rest = reference("commands.md").partition(f"## `{path}`\n")
    section, _, _ = rest.partition("\n## ")
    assert section
    assert [name for name in names if f"`{name}`" not in section] == []


@pytest.mark.parametrize("code", SEVERITIES)
def test_each_finding_is_documented_with_its_weight(code: str, reference: Reference) -> None:
    page = reference("findings.md")
    assert re.search(rf"^### {code}\n\n\*\*.+\*\* \({SEVERITIES[code]}\)$", page, re.MULTILINE)


def test_the_public_names_are_few_and_all_documented(reference: Reference) -> None:
    page = reference("python.md")
    assert len(icstip.__all__) <= PUBLIC_NAMES_AT_MOST
    documented = re.findall(r"^\.\. auto\w+:: icstip\.(\w+)$", page, re.MULTILINE)
    assert sorted(documented) == sorted(icstip.__all__)


@pytest.mark.parametrize("name", icstip.__all__)
def test_each_public_name_says_what_it_is(name: str) -> None:
    assert getattr(icstip, name).__doc__


def test_each_code_list_and_structure_is_documented(dsd_folder: Path, reference: Reference) -> None:
    standard = read_standard(dsd_folder)
    lists = re.findall(r"^## (\S+)$", reference("codelists.md"), re.MULTILINE)
    structures = re.findall(r"^## (TIP_\S+)$", reference("structures.md"), re.MULTILINE)
    assert (lists, structures) == (list(standard.codelists), list(standard.structures))


def test_each_code_and_component_is_documented(dsd_folder: Path, reference: Reference) -> None:
    standard = read_standard(dsd_folder)
    codelists, structures = reference("codelists.md"), reference("structures.md")
    codes = {code.id for codelist in standard.codelists.values() for code in codelist.codes}
    components = {component.id for structure in standard.structures.values() for component in structure.components}
    assert {code for code in codes if f"| `{code}` |" not in codelists} == set()
    assert {component for component in components if f"| `{component}` |" not in structures} == set()


def test_each_key_of_a_mapping_is_documented(reference: Reference) -> None:
    page = reference("mapping-file.md")
    of_others = (shape.item if isinstance(shape, Items) else shape for shape in MAPPING.keys.values())
    tables = (TABLE, SECTION, SPLIT, COLUMN, *(shape for shape in of_others if isinstance(shape, Table)))
    keys = {key for table in tables for key in table.keys}
    assert len(keys) > 20
    assert [key for key in MAPPING.keys if f"[{key}]" not in page] == []
    assert [key for key in (*keys, *mapping_files.CODE_COLUMNS) if f"| `{key}` |" not in page] == []


def test_each_key_of_the_report_is_documented(tmp_path: Path, reference: Reference) -> None:
    example = Path(__file__).parents[2] / "docs" / "examples" / "glotip_excerpt.xlsx"
    icstip.write_conversion(icstip.convert(example, "glotip"), tmp_path, [], icstip.read_standard())
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    page = reference("report-json.md")
    parts = {
        "report.json": report,
        "input": report["input"],
        "balance": report["balance"],
        "datasets": report["datasets"][0],
        "labels": report["labels"][0],
        "findings": report["findings"][0],
        "place": report["findings"][0]["place"],
    }
    for part, found in parts.items():
        section = re.split(rf"^#+ {re.escape(part)}$", page, flags=re.MULTILINE)[1].partition("\n## ")[0]
        heads = re.findall(r"^\| (`[^|]*) \|", section, re.MULTILINE)
        assert re.findall(r"`(\w+)`", " ".join(heads)) == list(found)


def test_each_key_of_the_report_of_reformat_is_documented(tmp_path: Path, reference: Reference) -> None:
    example = Path(__file__).parents[2] / "docs" / "examples" / "glotip_excerpt.xlsx"
    data = tmp_path / "data.csv"
    icstip.write(icstip.convert(example, "glotip").datasets["TIP_EVENT"], data, "sdmx-csv-2.0")
    target, report = tmp_path / "data.xml", tmp_path / "report.json"
    arguments = ["reformat", str(data), "-o", str(target), "-f", "sdmx-ml-3.0", "--report", str(report)]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    _, _, section = reference("report-json.md").partition("\n## The report of reformat\n")
    section, _, _ = section.partition("\n## ")
    heads = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    assert heads == list(json.loads(report.read_text(encoding="utf-8")))


def test_each_key_of_the_report_of_validate_is_documented(reference: Reference) -> None:
    example = Path(__file__).parents[2] / "docs" / "examples" / "glotip_excerpt.xlsx"
    report = json.loads(json.dumps(icstip.Validator().validate([example], mapping="glotip").to_dict()))
    _, _, page = reference("report-json.md").partition("\n## The report of validate\n")
    parts = {"rules": report["rules"], "files": report["files"][0], "totals": report["totals"][0]}
    sections = re.split(r"^### (\w+)$", page, flags=re.MULTILINE)
    documented = {name: re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) for name, text in _pairs(sections[1:])}
    assert re.findall(r"^\| `(\w+)` \|", sections[0], re.MULTILINE) == list(report)
    assert documented == {name: list(part) for name, part in parts.items()}


def _pairs(items: list[str]) -> Iterator[tuple[str, str]]:
    return zip(items[::2], items[1::2], strict=True)
