"""What formats cannot say, for people: one line for each kind of loss, whatever the number of artefacts."""

import json
from collections.abc import Iterable, Iterator, Sequence

from icstip.artefacts.notices import LOSSES
from icstip.findings import Finding, TextId
from icstip.texts import text

_EXAMPLES = 3


def loss_lines(findings: Iterable[Finding], language: str) -> Iterator[str]:
    """Yield a line for each kind of loss in each format, with some of the artefacts that it concerns.

    Args:
        findings: Findings ``FORMAT-…``.
        language: Language of the lines.
    """
    groups: dict[tuple[str, object, object], list[Finding]] = {}
    for finding in findings:
        key = (finding.code, finding.params["format"], finding.params["what"])
        groups.setdefault(key, []).append(finding)
    for (code, format_name, what), group in groups.items():
        told = text(what.id, language) if isinstance(what, TextId) else what
        yield text(
            "losses.line",
            language,
            code=code,
            title=group[0].title(language),
            format=format_name,
            what=told,
            artefacts=_examples(group, language),
        )


def losses_json(source: str, files: Sequence[str], findings: Sequence[Finding], language: str) -> str:
    """Return the report of what was lost as JSON: ``source``, ``files``, ``lost``, ``findings``.

    Args:
        source: What was written.
        files: What it was written to.
        findings: Findings of reading and writing.
        language: Language of messages and hints.
    """
    report = {
        "source": source,
        "files": list(files),
        "lost": sum(finding.code in LOSSES for finding in findings),
        "findings": [finding.to_dict(language) for finding in findings],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _examples(group: Sequence[Finding], language: str) -> str:
    named = [_named(finding) for finding in group[:_EXAMPLES]]
    if len(group) > _EXAMPLES:
        return text("losses.more", language, artefacts=", ".join(named), number=len(group) - _EXAMPLES)
    return ", ".join(named)


def _named(finding: Finding) -> str:
    artefact = str(finding.params["artefact"])
    parts = ", ".join(finding.cells[:_EXAMPLES])
    more = "…" if len(finding.cells) > _EXAMPLES else ""
    return f"{artefact} [{parts}{more}]" if parts else artefact
