"""A draft → the files of a mapping, with what is open and why as comments for the person who owns the table."""

import unicodedata
from collections.abc import Iterator, Mapping

from icstip.mapping.model import OPEN
from icstip.mapping.suggesting.draft import ColumnDraft, Draft, Reason
from icstip.mapping.writing.codes_text import codes_file, safe_label
from icstip.mapping.writing.toml_text import comment, inline, listed, quoted
from icstip.tables.layouts.layout import Layout
from icstip.texts import text


def mapping_text(draft: Draft, title: str, language: str = "en") -> str:
    """Return the TOML file of a draft.

    Args:
        draft: The draft.
        title: What the table is, as its words say.
        language: Language of the comments.
    """
    lines = [_comment("suggest.head", language), "", "[mapping]", f"title = {quoted(title)}", 'attribution = ""']
    lines += _table(draft) if draft.layout is None else _layout(draft.layout)
    lines += _figures(draft, language)
    if draft.time:
        lines += ["", "[time]", f"column = {quoted(draft.time)}"]
        lines += [f"part = {quoted(draft.part)}"] if draft.part else []
    lines += ["", "[constants]"]
    for component, (code, reason) in draft.constants.items():
        lines.append(f"{component} = {quoted(code)} {_comment_of(reason, language)}")
    for column in draft.columns:
        lines += ["", *_column(column, language)]
    for name, reason in draft.left_out.items():
        lines += ["", "[[left_out]]", f"column = {quoted(name)}", f"reason = {quoted(_told(reason, language))}"]
    return "\n".join(lines) + "\n"


def codes_text(draft: Draft, language: str = "en") -> str:
    """Return the CSV file of what labels mean, as far as the lists do not say it; the code ``?`` is open.

    A label that a spreadsheet would take for a formula has a blank before it, which labels are compared without.
    """
    return codes_file(_code_rows(draft, language))


def _code_rows(draft: Draft, language: str) -> Iterator[tuple[str, ...]]:
    for column, meanings in ((draft.time, draft.times), *((one.column, one.meanings) for one in draft.columns)):
        for label, meaning in meanings.items():
            also = " ".join(f"{component}={code}" for component, code in meaning.also.items())
            similar = {"similar": ", ".join(meaning.similar)}
            note = text("suggest.similar", language, **similar) if meaning.similar else ""
            yield column, meaning.component, safe_label(label), meaning.code, also, note


def _table(draft: Draft) -> list[str]:
    sheet = draft.shape.cells.grid.sheet
    return ["", "[table]", *([f"sheet = {quoted(sheet)}"] if sheet else []), f"figures = {quoted(draft.figures)}"]


def _layout(layout: Layout) -> list[str]:
    lines = ["", "[table]"]
    if len(layout.sheets) > 1:
        lines.append(f"sheets = {listed(layout.sheets)}")
    lines += [f"sheet = {quoted(layout.sheets[0])}"] if len(layout.sheets) == 1 else []
    lines += [f"figures = {quoted(str(layout.figures))}", f"headers = {list(layout.headers)}"]
    lines += [f"stubs = {listed(layout.stubs)}"] if layout.stubs else []
    lines += [f"flags = {listed(layout.flags)}"] if layout.flags else []
    lines += [f"fill = {listed(sorted(layout.fill))}"] if layout.fill else []
    for section in layout.sections:
        lines += [
            "",
            "[[table.sections]]",
            *([f"name = {quoted(section.name)}"] if section.name != f"section {section.column}" else []),
            f"column = {quoted(section.column)}",
            f"labels = {listed(section.labels)}",
        ]
    for split in layout.splits:
        lines += [
            "",
            "[[table.split]]",
            f"column = {quoted(split.column)}",
            f"by = {quoted(split.by)}",
            f"into = {listed(split.into)}",
        ]
    return lines


def _figures(draft: Draft, language: str) -> list[str]:
    written = draft.written
    lines: list[str] = []
    if written.reason is not None:
        lines.append(_comment_of(written.reason, language))
    lines += [f"thousands = {quoted(written.thousands)}"] if written.thousands else []
    lines += [f"decimal = {quoted(written.decimal)}"] if written.decimal != "." else []
    if written.signs:
        lines += [_comment("suggest.signs", language), "[figures.signs]"]
        lines += [line for sign in written.signs for line in _sign(sign, language)]
    if written.marks:
        lines += [_comment("suggest.marks", language), "[figures.marks]"]
        lines += [_mark(mark, codes, language) for mark, codes in written.marks.items()]
    return ["", "[figures]", *lines] if lines else []


def _sign(sign: str, language: str) -> Iterator[str]:
    """Yield what a sign can mean, as comments; only of dashes one that none were counted."""
    if all(unicodedata.category(letter) == "Pd" for letter in sign):
        yield f'# {quoted(sign)} = {{ value = "0" }} # {text("suggest.sign_none", language)}'
    yield f"# {quoted(sign)} = {{ }} # {text('suggest.sign_missing', language)}"


def _mark(mark: str, codes: Mapping[str, str], language: str) -> str:
    if codes:
        return f"{quoted(mark)} = {inline(codes)}"
    return f"# {quoted(mark)} = {{ }} # {text('suggest.mark_nothing', language)}"


def _column(column: ColumnDraft, language: str) -> list[str]:
    lines = [_comment_of(column.reason, language), "[[columns]]", f"column = {quoted(column.column)}"]
    if len(column.components) > 1:
        lines.append(f"components = {listed(column.components)}")
    else:
        lines.append(f"component = {quoted(next(iter(column.components), OPEN))}")
    if column.when:
        lines.append(f"when = {inline(column.when)}")
    if column.blank:
        reason = f" {_comment_of(column.blank_reason, language)}" if column.blank_reason else ""
        lines.append(f"blank = {quoted(column.blank)}{reason}")
    elif column.blank_reason:
        lines.append(_comment_of(column.blank_reason, language))
    return lines


def _told(reason: Reason, language: str) -> str:
    return text(reason.id, language, **reason.params)


def _comment_of(reason: Reason, language: str) -> str:
    return comment(_told(reason, language))


def _comment(key: str, language: str) -> str:
    return "\n".join(f"# {line}" for line in text(key, language).splitlines())
