"""A mapping that was carried over → its files, with what could not be carried over as comments in its place."""

from collections.abc import Iterator

from icstip.findings import TextId
from icstip.mapping.importing.imported import Imported, Part
from icstip.mapping.writing.codes_text import codes_file, safe_label
from icstip.mapping.writing.toml_text import comment, key, quoted, without_controls, written
from icstip.texts import text


def imported_text(imported: Imported, language: str = "en") -> str:
    """Return the TOML file of a mapping that was carried over.

    Args:
        imported: The mapping.
        language: Language of the comments.
    """
    lines = [comment(line) for line in text("import.head", language, tool=text(imported.tool, language)).splitlines()]
    lines += ["", "[mapping]", f"title = {quoted(without_controls(imported.title))}", 'attribution = ""']
    for part in imported.parts:
        lines += ["", *_lines(part, language)]
    return "\n".join(lines) + "\n"


def imported_codes(imported: Imported, language: str = "en") -> str:
    """Return the CSV file of what labels mean; the code ``?`` is open."""
    return codes_file(_rows(imported, language))


def _rows(imported: Imported, language: str) -> Iterator[tuple[str, ...]]:
    for rule in imported.labels:
        remarks = imported.label_remarks.get((rule.column, rule.component, rule.label), ())
        note = " ".join(remark.message(language) for remark in remarks)
        yield rule.column, rule.component, safe_label(rule.label), rule.code, "", note


def _lines(part: Part, language: str) -> Iterator[str]:
    for remark in part.remarks:
        yield comment(f"{remark.code} {remark.place.cell or remark.place}: {remark.message(language)}")
    if part.header:
        yield part.header
    for name, value in part.pairs.items():
        told = " ".join(remark.message(language) for remark in part.of_keys.get(name, ()))
        said = text(value.id, language) if isinstance(value, TextId) else value
        yield f"{key(name)} = {written(said)}{f' {comment(told)}' if told else ''}"
