"""What changed between structures, told for a terminal, for a program and as a page."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Final

from icstip.reports import structure_diff_view as view
from icstip.reports.parts.lettering import clipped, direction_of
from icstip.reports.parts.numbers import number
from icstip.reports.structure_diff_view import ArtefactView, Line, isolated, shown
from icstip.reports.templates import template
from icstip.structures.diff.changes import ArtefactDiff, Change, Diff, NotCompared
from icstip.structures.diff.versioning import Bump
from icstip.texts import RIGHT_TO_LEFT, text

LINES: Final = 20
"""How many changes of one kind in one artefact are told in a terminal; the others are counted."""

OPEN_ROWS: Final = 15
LISTED_ROWS: Final = 1000
"""How many changes of one kind in one artefact a page shows openly, and at most."""

_NAMED = 5
_WIDTH = 100
_WORDS = "structure-diff"


def diff_text(diff: Diff, language: str = "en") -> str:
    """Return what changed, for a terminal: by artefact, a line each change, and at the end all of it in a sentence.

    ``+`` is new, ``-`` is gone, ``~`` is otherwise. What comes from a file cannot command the terminal.

    Args:
        diff: What changed.
        language: One of `icstip.texts.LANGUAGES`.
    """
    lines: list[str] = []
    artefacts, following = view.artefact_views(diff, language)
    for artefact in artefacts:
        lines.extend((_heading(artefact, language), *_group_lines(artefact, language), ""))
    if following:
        told = (f"  {_heading(artefact, language)}" for artefact in following)
        lines.extend((f"{_told(language, 'following')}:", *told, ""))
    lines.extend(_omission_lines(diff, language))
    lines.extend(_summary(diff, language))
    return "\n".join(lines) + "\n"


def diff_json(diff: Diff, language: str = "en") -> str:
    """Return what changed as JSON text, the same for the same diff.

    The keys are ``bump`` (``none``, ``patch``, ``minor`` or ``major``), ``summary`` (numbers of artefacts:
    ``compared``, ``changed``, ``added``, ``removed``, ``unchanged``), ``artefacts`` and ``not_compared``. An artefact
    has ``class``, ``id``, ``agency``, ``old_version``, ``new_version`` (null where it is not), ``bump``,
    ``next_version`` (the least that it must have; null for what is new or gone) and ``changes``, each with ``kind``,
    ``path``, ``language``, ``before``, ``after`` and ``bump``. What was not compared has ``class``, ``id``,
    ``agency``, ``version``, ``why`` and ``what``. Artefacts that did not change are listed only where they have a new
    version.

    Args:
        diff: What changed.
        language: Language of the names of what came or went.
    """
    counts = view.counts_of(diff)
    listed = [one for one in diff.artefacts if one.changes or one.has_new_version]
    content = {
        "bump": diff.bump.label,
        "summary": {
            "compared": counts.compared,
            "changed": counts.changed,
            "added": counts.added,
            "removed": counts.removed,
            "unchanged": counts.unchanged,
        },
        "artefacts": [_artefact_dict(one, language) for one in listed],
        "not_compared": [_omission_dict(one) for one in diff.not_compared],
    }
    told = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    # Half a character, which JSON can bring, cannot be written as UTF-8; in JSON its escape can.
    return told.encode("utf-8", "backslashreplace").decode("utf-8")


def diff_html(diff: Diff, language: str = "en", *, old_name: str = "", new_name: str = "") -> str:
    """Return what changed as a page that needs nothing but itself, the same for the same diff.

    Args:
        diff: What changed.
        language: One of `icstip.texts.LANGUAGES`.
        old_name: Name of what there was, for the title: a file, a version.
        new_name: Name of what there is.
    """
    artefacts, following = view.artefact_views(diff, language)
    page = template("structure_diff.html.j2").render(
        language=language,
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
        arrow=_arrow(language),
        t=partial(_told, language),
        n=partial(number, language=language),
        direction_of=direction_of,
        pieces=pieces,
        clipped=clipped,
        diff=diff,
        counts=view.counts_of(diff),
        artefacts=artefacts,
        following=following,
        omissions=tuple(view.omissions(diff, language)),
        old_name=old_name,
        new_name=new_name,
        open_rows=OPEN_ROWS,
        listed_rows=LISTED_ROWS,
        nothing=view.NOTHING,
    )
    return page.encode("utf-8", "replace").decode("utf-8")


def pieces(before: str, after: str) -> tuple[str, str, str, str]:
    """Return what two texts have in common at the start, what each has of its own, and what they have at the end.

    Words are not cut apart.

    Example:
        >>> pieces("Sex of the victim", "Sex of a person")
        ('Sex of ', 'the victim', 'a person', '')
    """
    start = _common_words(before, after)
    end = _common_words(before[start:][::-1], after[start:][::-1])
    tail = len(before) - end
    return before[:start], before[start:tail], after[start : len(after) - end], before[tail:]


def _common_words(before: str, after: str) -> int:
    """Return how many characters of whole words two texts have in common at the start."""
    place = view.common_start(before, after)
    while not (_is_between_words(before, place) and _is_between_words(after, place)):
        place -= 1
    return place


def _is_between_words(value: str, place: int) -> bool:
    return place in {0, len(value)} or value[place - 1].isspace() or value[place].isspace()


def _told(language: str, key: str, /, **params: object) -> str:
    return text(f"{_WORDS}.{key}", language, **params)


def _arrow(language: str) -> str:
    return "←" if language in RIGHT_TO_LEFT else "→"


def _heading(artefact: ArtefactView, language: str) -> str:
    reference = artefact.diff.reference
    parts = [
        artefact.kind,
        isolated(shown(f"{reference.agency}:{reference.id}"), language),
        _versions(artefact, language),
    ]
    if artefact.name:
        parts.insert(2, isolated(f"“{shown(clipped(artefact.name, _WIDTH))}”", language))
    told = " ".join(parts)
    state = None if artefact.state == "changed" else _told(language, artefact.state)
    least = None if artefact.least is None else _told(language, "at-least", version=shown(artefact.least))
    return " · ".join(part for part in (told, state, _bump(artefact.diff.bump, language), least) if part)


def _versions(artefact: ArtefactView, language: str) -> str:
    old, new = (side.version if side else None for side in (artefact.diff.old, artefact.diff.new))
    if old is None or new is None or old == new:
        return isolated(shown(old or new or ""), language)
    return f"{isolated(shown(old), language)} {_arrow(language)} {isolated(shown(new), language)}"


def _bump(bump: Bump, language: str) -> str:
    return _told(language, f"bump.{bump.label}")


def _group_lines(artefact: ArtefactView, language: str) -> Iterator[str]:
    if artefact.state != "changed":
        return
    for group in artefact.groups:
        yield f"  [{_bump(group.bump, language)}] {group.title} ({len(group.lines)}): {group.reason}"
        yield from (_line(line, language) for line in group.lines[:LINES])
        if len(group.lines) > LINES:
            yield f"    {_told(language, 'more', count=number(len(group.lines) - LINES, language))}"


def _line(line: Line, language: str) -> str:
    parts = [f"    {line.sign}"]
    if line.path:
        parts.append(isolated(shown(line.path), language))
    if line.language:
        parts.append(isolated(f"[{shown(line.language)}]", language))
    values = _values(line, language)
    if line.name and (values == "" or line.sign != "~"):
        parts.append(isolated(f"“{shown(clipped(line.name, _WIDTH))}”", language))
    return " ".join(part for part in (*parts, values) if part)


def _values(line: Line, language: str) -> str:
    if line.before is None and line.after is None:
        return ""
    before, after = (view.NOTHING if value is None else shown(value) for value in (line.before, line.after))
    if line.sign != "~":
        return isolated(clipped(after if line.before is None else before, _WIDTH), language)
    before, after = view.abridged(before, after, _WIDTH)
    return f"{isolated(before, language)} {_arrow(language)} {isolated(after, language)}"


def _omission_lines(diff: Diff, language: str) -> Iterator[str]:
    told = tuple(view.omissions(diff, language))
    if told:
        yield f"{_told(language, 'not-compared')}:"
        for why, artefacts in told:
            named = ", ".join(artefacts[:_NAMED])
            more = len(artefacts) - _NAMED
            rest = f" {_told(language, 'more', count=number(more, language))}" if more > 0 else ""
            yield f"  {why}: {named}{rest}"
        yield ""


def _summary(diff: Diff, language: str) -> Iterator[str]:
    counts = view.counts_of(diff)
    if diff.changed:
        yield _told(
            language,
            "summary",
            changed=number(counts.changed, language),
            added=number(counts.added, language),
            removed=number(counts.removed, language),
            unchanged=number(counts.unchanged, language),
        )
    else:
        yield _told(language, "nothing")
    if counts.only_version:
        yield _told(language, "only-version", count=number(counts.only_version, language))
    if diff.changed:
        yield _told(language, f"overall.{diff.bump.label}")


def _artefact_dict(one: ArtefactDiff, language: str) -> dict[str, object]:
    reference = one.reference
    return {
        "class": reference.kind,
        "id": reference.id,
        "agency": reference.agency,
        "old_version": one.old.version if one.old else None,
        "new_version": one.new.version if one.new else None,
        "bump": one.bump.label,
        "next_version": one.next_version,
        "changes": [_change_dict(change, language) for change in one.changes],
    }


def _change_dict(change: Change, language: str) -> dict[str, object]:
    before, after = view.values_of(change, language)
    return {
        "kind": str(change.kind),
        "path": change.path,
        "language": change.language,
        "before": before,
        "after": after,
        "bump": change.bump.label,
    }


def _omission_dict(one: NotCompared) -> dict[str, object]:
    return {
        "class": one.artefact.kind,
        "id": one.artefact.id,
        "agency": one.artefact.agency,
        "version": one.artefact.version,
        "why": str(one.why),
        "what": None if one.what is None else str(one.what),
    }
