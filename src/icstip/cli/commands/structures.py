"""The commands on structures: write those of the standard, convert others, compare them, derive schemas."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from icstip.artefacts.selection import KINDS_BY_NAME, References
from icstip.cli.app import CLEAN, ERRORS, structures_app
from icstip.cli.options import FolderOption, LanguageOption, listed
from icstip.cli.output import STREAM, list_paths, put, save, show_losses, stream_structures

if TYPE_CHECKING:  # a command loads what it needs when it runs
    from icstip.workflow.publication import Part

StructureOutput = Annotated[Path, typer.Option("--output", "-o", help="Folder for the files, or - for one to stdout.")]
FormatsOption = Annotated[list[str] | None, typer.Option("--format", "-f", help="Format; may be repeated.")]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option("--only", help="Only these classes, separated by commas: codelist, datastructure, dataflow, …"),
]
WithoutOption = Annotated[
    list[str] | None, typer.Option("--without", help="Leave out these classes, separated by commas.")
]
ReferencesOption = Annotated[
    References, typer.Option("--references", help="With --only: what else they need. children or descendants.")
]
LanguagesOption = Annotated[
    list[str] | None, typer.Option("--languages", help="Languages of names and descriptions, separated by commas.")
]
AgencyOption = Annotated[str | None, typer.Option(help="Re-issue under this agency.")]
VersionOption = Annotated[str | None, typer.Option(help="Re-issue under this version.")]
FinalOption = Annotated[bool | None, typer.Option("--final/--draft", help="Re-issue as final (stable) or as a draft.")]
SplitOption = Annotated[bool, typer.Option("--split", help="A file for each artefact.")]


@structures_app.command("write")
def write(
    output: StructureOutput,
    formats: FormatsOption = None,
    only: OnlyOption = None,
    without: WithoutOption = None,
    references: ReferencesOption = References.NONE,
    languages: LanguagesOption = None,
    split: SplitOption = False,
    providers: Annotated[
        list[str] | None, typer.Option("--provider", help="Add the provision agreements of a data provider.")
    ] = None,
    dataflows: Annotated[
        list[str] | None, typer.Option("--dataflow", help="With --provider: only for these dataflows.")
    ] = None,
    agency: AgencyOption = None,
    version: VersionOption = None,
    final: FinalOption = None,
    dsd: FolderOption = None,
    language: LanguageOption = "en",
) -> None:
    """Write the structures of the standard: code lists, concepts, data structures, dataflows, constraints and more."""
    from icstip.standard.read import read_standard
    from icstip.workflow.publication import standard_structures, structure_formats

    if dataflows and not providers:
        raise typer.BadParameter("--provider", param_hint="--dataflow")
    standard = read_standard(dsd).reissued(agency=agency, version=version, final=final)
    structures = standard_structures(standard, providers=listed(providers), dataflows=listed(dataflows))
    part = part_of(only, without, references, languages)
    chosen = listed(formats) or structure_formats()
    if output == STREAM:
        show_losses(stream_structures(structures.part(part), chosen), language)
        return
    from icstip.workflow.publication import write_structure_files

    written = write_structure_files(structures, output, chosen, part=part, split=split)
    list_paths(written.paths)
    show_losses(written.findings, language)


@structures_app.command("convert")
def convert(
    file: Annotated[Path, typer.Argument(help="Structure message in SDMX-ML or SDMX-JSON, or a folder of them.")],
    output: StructureOutput,
    formats: FormatsOption = None,
    only: OnlyOption = None,
    without: WithoutOption = None,
    references: ReferencesOption = References.NONE,
    languages: LanguagesOption = None,
    split: SplitOption = False,
    report: Annotated[
        Path | None, typer.Option("--report", help="File (JSON) for the report of what the format cannot say.")
    ] = None,
    language: LanguageOption = "en",
) -> None:
    """Write structures from elsewhere in other formats, and say what those cannot say."""
    from icstip.reports.losses import losses_json
    from icstip.workflow.publication import structure_formats, write_structure_files
    from icstip.workflow.structures import load_structures

    loaded = load_structures(file)
    part = part_of(only, without, references, languages)
    chosen = listed(formats) or structure_formats()
    paths: tuple[Path, ...] = ()
    if output == STREAM:
        lost = stream_structures(loaded.structures.part(part), chosen)
    else:
        written = write_structure_files(
            loaded.structures, output, chosen, part=part, split=split, stem=_stem(file, chosen)
        )
        paths, lost = written.paths, written.findings
    findings = (*loaded.findings, *lost)
    if report is not None:
        save(losses_json(str(file), [str(path) for path in paths], findings, language).encode(), report)
    list_paths(paths)
    show_losses(findings, language)


@structures_app.command("diff")
def diff(
    old: Annotated[
        Path, typer.Argument(help="What there was: a structure message, a folder of them, or a dsd folder.")
    ],
    new: Annotated[Path, typer.Argument(help="What there is: the same.")],
    form: Annotated[str, typer.Option("--format", "-f", help="text, json or html.")] = "text",
    output: Annotated[Path, typer.Option("--output", "-o", help="File for the result, or - for stdout.")] = STREAM,
    ignore_agency: Annotated[
        bool, typer.Option("--ignore-agency", help="Take artefacts of different agencies for the same.")
    ] = False,
    fail_on: Annotated[
        str, typer.Option("--fail-on", help="End with exit code 1 if the change is patch, minor or major, or more.")
    ] = "",
    language: LanguageOption = "en",
) -> None:
    """Say what changed between two sets of structures, and the least version that says so."""
    from icstip.reports.structure_diff import diff_html, diff_json, diff_text
    from icstip.structures.diff.versioning import Bump
    from icstip.workflow.structures import diff_structures, load_structures

    page = partial(diff_html, old_name=old.name, new_name=new.name)
    forms: dict[str, Callable[..., str]] = {"text": diff_text, "json": diff_json, "html": page}
    if form not in forms:
        raise typer.BadParameter(f"{form}: {', '.join(forms)}", param_hint="--format")
    bumps = {bump.label: bump for bump in Bump if bump}
    if fail_on and fail_on not in bumps:
        raise typer.BadParameter(f"{fail_on}: {', '.join(bumps)}", param_hint="--fail-on")
    before, after = load_structures(old), load_structures(new)
    found = diff_structures(before, after, ignore_agency=ignore_agency)
    put(forms[form](found, language).encode(), output)
    show_losses((*before.findings, *after.findings), language)
    raise typer.Exit(ERRORS if fail_on and found.bump >= bumps[fail_on] else CLEAN)


@structures_app.command("schema")
def schema(
    structure: Annotated[str, typer.Argument(help="Id of a data structure (TIP_…) or dataflow (DF_TIP_…).")],
    version: Annotated[str, typer.Option("--format", "-f", help="sdmx-ml-2.1, sdmx-ml-3.0 or sdmx-ml-3.1.")] = (
        "sdmx-ml-3.0"
    ),
    output: Annotated[Path, typer.Option("--output", "-o", help="File for the schema, or - for stdout.")] = STREAM,
    dimension: Annotated[
        str, typer.Option("--dimension", help="Dimension at the observation; AllDimensions for flat data.")
    ] = "AllDimensions",
    whole_lists: Annotated[
        bool, typer.Option("--whole-lists", help="Allow all codes of the lists, whatever constraints say.")
    ] = False,
    base: Annotated[
        str, typer.Option("--base", help="Folder or address of the official schemas, if not the schema's own folder.")
    ] = "",
    source: Annotated[
        Path | None, typer.Option("--from", help="Structure message with the structure, if not the standard.")
    ] = None,
    dsd: FolderOption = None,
    language: LanguageOption = "en",
) -> None:
    """Write the XML schema by which any XML tool can check the codes in structure-specific data."""
    from icstip.standard.read import read_standard
    from icstip.workflow.publication import standard_structures
    from icstip.workflow.structures import data_schema, load_structures

    del language  # of the error message only
    structures = standard_structures(read_standard(dsd)) if source is None else load_structures(source).structures
    written = data_schema(
        structures, structure, version, dimension_at_observation=dimension, constrained=not whole_lists, base=base
    )
    put(written, output)


def part_of(
    only: list[str] | None, without: list[str] | None, references: References, languages: list[str] | None
) -> "Part":
    """Return the part of structures that options name."""
    from icstip.workflow.publication import Part

    return Part(_kinds(only, "--only"), _kinds(without, "--without"), references, tuple(listed(languages)))


def _kinds(given: list[str] | None, option: str) -> tuple[str, ...]:
    names = [name.lower() for name in listed(given)]
    unknown = [name for name in names if name not in KINDS_BY_NAME]
    if unknown:
        raise typer.BadParameter(f"{', '.join(unknown)}: {', '.join(KINDS_BY_NAME)}", param_hint=option)
    return tuple(KINDS_BY_NAME[name] for name in names)


def _stem(file: Path, formats: list[str]) -> str:
    """Return the name of a file without the endings that say its format."""
    from icstip.workflow.publication import structure_formats

    stem = file.stem if file.is_file() else file.resolve().name
    for fmt in (*formats, *structure_formats()):
        stem = stem.removesuffix(f".{fmt}")
    return stem
