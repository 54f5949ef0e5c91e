"""Writes what docs/reference/ has that follows from the code and the tables.

Usage: ``python docs/generate.py`` writes them; with ``--check`` it writes nothing, names the pages that are not current
and ends with exit code 1.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Protocol

import typer
from format_matrix import formats_page
from markdown_text import page, plain, shown, table
from rules_page import rules_page
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from icstip.cli.app import command_line
from icstip.findings import SEVERITIES, VARIANTS
from icstip.mapping.reading.keys import mapping_schema
from icstip.standard.model import Code, Codelist, Component, Constraint, Role, Standard, Structure, Texts
from icstip.standard.read import read_standard
from icstip.texts import texts

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"

COMMANDS = """\
Results go to standard output or to files, messages to standard error. Exit codes: 0 clean, 1 findings of severity
error, 2 could not run.

Two environment variables are read: `ICSTIP_LANGUAGE` is the language where `--language` is not given, and `ICSTIP_DSD`
the folder with the tables of the standard where `--dsd` is not given."""

FINDINGS = """\
A finding says what is wrong, or worth knowing, with data or with the tables of the standard. Its code is permanent: it
never gets another meaning. Words in ‹angle quotes› stand for what a finding names. An error makes the exit code 1.
Those of checks are also on the page [Rules](rules.md), with what each rule looks for and its limits."""

CODE_LISTS = """\
The lists are part of a working profile of this project, not a publication of IOM and UNODC. *Source* gives the short
names that `dsd/sources.csv` explains; `PROJECT` marks a decision of this project. *Origin* names the published list
from which a code was taken over unchanged. For the names in French, Spanish and Arabic, run
`icstip standard show CL_SEX --language fr`, with the list and the language that you want."""

STRUCTURES = """\
One data structure for each unit of the standard. A dimension by which a table does not break down has the code `_T`
(total). Where *total* says *refused*, data must have another code, because the dimension says what is measured."""

DATAFLOWS = """\
The first dataflow of each structure takes all that the structure allows. The others are the tables that countries fill
in practice: a constraint leaves the named dimensions free and fixes every other one to `_T` (total). Frequency,
reporting area, indicator, unit and time are always free."""

FAMILIES: Mapping[str, str] = {
    "STD": "The tables of the standard (`icstip standard check`)",
    "TABLE": "The table as a whole",
    "ROW": "Rows",
    "LABEL": "Labels",
    "OPEN": "What a mapping leaves open",
    "CODE": "Codes",
    "FIGURE": "Figures",
    "TIME": "Time",
    "KEY": "Keys",
    "FORMAT": "Formats: what they cannot say",
    "DATA": "Data messages",
    "MAP": "Mappings: mistakes in them (`icstip map check --mapping`)",
    "VERSION": "Versions of the standard (`icstip standard check --against`)",
    "IMPORT": "Mappings of other tools (`icstip map import`)",
    "STRUCT": "Checks: attributes that the structure requires",
    "VALUE": "Checks: values and units",
    "SUM": "Checks: totals and their parts",
    "SERIES": "Checks: the figures of a series",
    "PREVIOUS": "Checks: what changed since an earlier submission",
    "ABSENT": "Checks: what is expected and not there",
    "SCHEMA": "Checks: a message against an XML schema",
    "FILE": "Checks: files",
    "REG": "Registries (`icstip registry`)",
    "AGG": "Regional and world figures",
    "CHECK": "Checks: findings that are not listed one by one",
    "CROSS": "Crosswalks (`icstip crosswalk`)",
}
"""What the findings of a family are about, by the first part of their code."""


class Named(Protocol):
    """Something with names."""

    @property
    def name(self) -> Texts:
        """The names by language."""


def main(arguments: Sequence[str], folder: Path = REFERENCE) -> int:
    """Write or check the generated pages; return the exit code.

    Args:
        arguments: The arguments of the command line.
        folder: Where the pages are.
    """
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is not current")
    if not parser.parse_args(arguments).check:
        for name, made in PAGES.items():
            (folder / name).write_text(made(), encoding="utf-8", newline="\n")
        return 0
    stale = [name for name, made in PAGES.items() if _stored(folder / name) != made()]
    for name in stale:
        sys.stderr.write(f"{folder / name}: not current; run `make reference`\n")
    return min(len(stale), 1)


def commands_page() -> str:
    """Return the reference of the command line."""
    lines = [COMMANDS]
    root = typer.main.get_command(command_line())
    for path, command in _commands(root, "icstip"):
        lines += ["", f"## `{path}`", "", *_command(path, command)]
    return page("Commands", lines)


def findings_page() -> str:
    """Return the reference of the finding codes."""
    lines = [FINDINGS]
    for family, codes in groupby(sorted(SEVERITIES, key=_place_of_family), key=_family):
        lines += ["", f"## {FAMILIES[family]}"]
        for code in codes:
            lines += ["", f"### {code}", "", *_finding(code)]
    return page("Findings", lines)


def _family(code: str) -> str:
    return code.partition("-")[0]


def _place_of_family(code: str) -> int:
    return list(FAMILIES).index(_family(code))


def codelists_page() -> str:
    """Return the reference of the code lists."""
    standard = _standard()
    overview = (
        (
            f"[{codelist.id}](#{codelist.id.lower()})",
            _name(codelist),
            str(len(codelist.codes)),
            _users(standard, codelist),
        )
        for codelist in standard.codelists.values()
    )
    lines = [
        f"{_name(standard)}. Agency `{standard.agency}`, version `{standard.version}`.",
        "",
        CODE_LISTS,
        "",
        *table(("Code list", "Name", "Codes", "Used by"), overview),
    ]
    for codelist in standard.codelists.values():
        lines += ["", f"## {codelist.id}", "", *_codelist(standard, codelist)]
    return page("Code lists", lines)


def structures_page() -> str:
    """Return the reference of the data structures and concepts."""
    standard = _standard()
    lines = [STRUCTURES]
    for structure in standard.structures.values():
        lines += ["", f"## {structure.id}", "", *_structure(standard, structure)]
    lines += ["", "## Concepts", "", *_concepts(standard)]
    return page("Data structures", lines)


def dataflows_page() -> str:
    """Return the reference of the dataflows, their categories, and the groupings and crosswalks of codes."""
    standard = _standard()
    constraints = {constraint.dataflow: constraint for constraint in standard.constraints.values()}
    categories = {flow: category for category in standard.categories.values() for flow in category.dataflows}
    flows = (
        (
            f"`{flow.id}`",
            _name(flow),
            f"[{flow.structure}](structures.md#{flow.structure.lower()})",
            _varying(constraints.get(flow.id)),
            _name(categories[flow.id]) if flow.id in categories else "",
        )
        for flow in standard.dataflows.values()
    )
    lines = [DATAFLOWS, "", *table(("Dataflow", "Name", "Structure", "What may vary", "Category"), flows)]
    groupings = (
        (f"`{hierarchy.id}`", _name(hierarchy), str(len(hierarchy.codes)), plain(hierarchy.description.get("en", "")))
        for hierarchy in standard.hierarchies.values()
    )
    lines += ["", "## Hierarchies", "", *table(("Hierarchy", "Name", "Places", "Meaning"), groupings)]
    walks = (
        (f"`{walk.id}`", _name(walk), f"`{walk.source}`", f"`{walk.target}`", plain(walk.description.get("en", "")))
        for walk in standard.crosswalks.values()
    )
    lines += ["", "## Crosswalks", "", *table(("Crosswalk", "Name", "From", "To", "Meaning"), walks)]
    return page("Dataflows", lines)


PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "findings.md": findings_page,
    "rules.md": rules_page,
    "codelists.md": codelists_page,
    "structures.md": structures_page,
    "dataflows.md": dataflows_page,
    "formats.md": formats_page,
    "mapping.schema.json": mapping_schema,
}


def _stored(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _standard() -> Standard:
    return read_standard(ROOT / "dsd")


def _commands(command: object, path: str) -> Iterator[tuple[str, TyperCommand | TyperGroup]]:
    if isinstance(command, TyperGroup):
        yield path, command
        for name in sorted(command.commands):
            yield from _commands(command.commands[name], f"{path} {name}")
    elif isinstance(command, TyperCommand):
        yield path, command


def _command(path: str, command: TyperCommand | TyperGroup) -> Iterator[str]:
    yield plain(command.help or "")
    yield from ("", "```text", _usage(path, command), "```")
    arguments = [param for param in command.params if isinstance(param, TyperArgument)]
    if arguments:
        rows = ((f"`{param.name}`", plain(param.help or ""), _need(param)) for param in arguments)
        yield from ("", *table(("Argument", "Meaning", ""), rows))
    options = [param for param in command.params if isinstance(param, TyperOption)]
    if options:
        rows = ((_option_names(param), plain(param.help or ""), _need(param)) for param in options)
        yield from ("", *table(("Option", "Meaning", ""), rows))
    if isinstance(command, TyperGroup):
        below = ((f"`{name}`", plain(command.commands[name].help or "")) for name in sorted(command.commands))
        yield from ("", *table(("Command", "What it does"), below))


def _usage(path: str, command: TyperCommand | TyperGroup) -> str:
    context = typer.Context(command, info_name=path)
    return " ".join([path, *command.collect_usage_pieces(context)])


def _option_names(option: TyperOption) -> str:
    return ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))


def _need(param: TyperArgument | TyperOption) -> str:
    words = ["required"] if param.required else []
    if isinstance(param.default, str) and param.default:
        words.append(f"default `{param.default}`")
    if param.envvar:
        words.append(f"environment variable `{param.envvar}`")
    return ", ".join(words)


def _finding(code: str) -> Iterator[str]:
    english = texts("en")
    title, message, hint = (english[f"finding.{code}.{part}"] for part in ("title", "message", "hint"))
    yield f"**{plain(title)}** ({SEVERITIES[code]})"
    yield from ("", f"- What it says: {shown(message)}", f"- What to do: {shown(hint)}")
    for variant in VARIANTS.get(code, ()):
        message, hint = (english[f"finding.{code}.{part}-{variant}"] for part in ("message", "hint"))
        yield from (f"- Or it says: {shown(message)}", f"- Then: {shown(hint)}")


def _codelist(standard: Standard, codelist: Codelist) -> Iterator[str]:
    yield f"{_name(codelist)}. {plain(codelist.description.get('en', ''))}"
    facts = {"Extends": codelist.extends, "Pattern of the codes": codelist.pattern, "Origin": codelist.origin}
    known = [f"{label}: `{value}`" for label, value in facts.items() if value]
    yield from ("", ". ".join([*known, f"Source: {codelist.source}"]) + ".")
    inherited = standard.codelists[codelist.extends].by_id if codelist.extends else {}
    if inherited:
        yield from ("", f"All {len(inherited)} codes of {codelist.extends}, and these:")
    own = [code for code in codelist.codes if code.id not in inherited]
    described = any(code.description.get("en") for code in own)
    heads = ("Code", "Parent", "Name", *(["Description"] if described else []), "Origin", "Source")
    yield from ("", *table(heads, (_code_cells(code, described=described) for code in own)))


def _code_cells(code: Code, *, described: bool) -> Sequence[str]:
    description = [plain(code.description.get("en", ""))] if described else []
    parent = f"`{code.parent}`" if code.parent else ""
    return (f"`{code.id}`", parent, _name(code), *description, plain(code.origin), code.source)


def _users(standard: Standard, codelist: Codelist) -> str:
    components = (component for structure in standard.structures.values() for component in structure.components)
    users = [component.id for component in components if component.codelist == codelist.id]
    users += [f"{other.id} (extends it)" for other in standard.codelists.values() if other.extends == codelist.id]
    return ", ".join(dict.fromkeys(users)) or "notes on counting"


def _structure(standard: Standard, structure: Structure) -> Iterator[str]:
    yield f"{_name(structure)}. {plain(structure.description.get('en', ''))}"
    flows = ", ".join(f"`{flow.id}`" for flow in standard.dataflows.values() if flow.structure == structure.id)
    yield from ("", f"Dataflow: {flows}.")
    for component, codes in structure.allowed.items():
        yield f"Codes of {component} that its data may use: {', '.join(f'`{code}`' for code in sorted(codes))}."
    rows = (
        (str(c.position), f"`{c.id}`", _concept_name(standard, c), _representation(c), _total(c), c.source)
        for c in structure.dimensions
    )
    yield from ("", *table(("", "Dimension", "Name", "Code list or type", "Total", "Source"), rows))
    others = (
        (f"`{c.id}`", _concept_name(standard, c), _representation(c), _level(c), c.source)
        for c in (*structure.measures, *structure.attributes)
    )
    yield from ("", *table(("Measure or attribute", "Name", "Code list or type", "Reported", "Source"), others))


def _varying(constraint: Constraint | None) -> str:
    if constraint is None:
        return "all that the structure allows"
    codes = "".join(
        f"; {component}: {', '.join(f'`{code}`' for code in allowed)}"
        for component, allowed in constraint.allowed.items()
    )
    return ", ".join(constraint.free) + codes


def _concept_name(standard: Standard, component: Component) -> str:
    return _name(standard.concepts[component.concept])


def _representation(component: Component) -> str:
    codelist = component.codelist
    return f"[{codelist}](codelists.md#{codelist.lower()})" if codelist else component.data_type


def _total(component: Component) -> str:
    if component.role is Role.TIME_DIMENSION:
        return ""
    return "allowed" if component.total else "refused"


def _level(component: Component) -> str:
    usage = "mandatory" if component.mandatory else "optional"
    if component.role is Role.MEASURE:
        return f"measure, {usage}"
    return f"{component.attachment}, {usage}"


def _concepts(standard: Standard) -> Iterator[str]:
    rows = (
        (
            f"`{concept.id}`",
            _name(concept),
            " ".join(plain(text.get("en", "")) for text in (concept.description, concept.counting_note)).strip(),
            f"`{concept.counting}`" if concept.counting else "",
            concept.source,
        )
        for concept in standard.concepts.values()
    )
    yield from table(("Concept", "Name", "Meaning", "Counting rule", "Source"), rows)


def _name(named: Named) -> str:
    return plain(named.name.get("en", ""))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
