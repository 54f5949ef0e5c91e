"""A mapping that was read in the format of another tool, with what of it could not be carried over. Frozen values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from icstip.findings import Finding, TextId
from icstip.mapping.model import LabelRule

Value = str | bool | Sequence[str | int] | Mapping[str, str] | TextId
"""What stands behind a key of a mapping file; a text of the product is written in the language of the file."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table of a mapping file.

    Attributes:
        header: Its header, ``[table]`` or ``[[columns]]``; empty for remarks on what has no table of its own.
        pairs: Its keys and values.
        remarks: What is to be known of it; they stand before it.
        of_keys: What is to be known of single keys; it stands behind them.
    """

    header: str = ""
    pairs: Mapping[str, Value] = field(default_factory=dict)
    remarks: tuple[Finding, ...] = ()
    of_keys: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)

    def findings(self) -> Iterator[Finding]:
        """Yield all remarks."""
        yield from self.remarks
        for remarks in self.of_keys.values():
            yield from remarks


@dataclass(frozen=True, slots=True)
class Imported:
    """A mapping as it is carried over.

    Attributes:
        tool: Key of the text that says which tool it comes from.
        title: What the table is.
        parts: The tables of its file, in order.
        labels: What labels mean.
        label_remarks: What is to be known of single labels, by their rule.
    """

    tool: str
    title: str
    parts: tuple[Part, ...]
    labels: tuple[LabelRule, ...] = ()
    label_remarks: Mapping[tuple[str, str, str], tuple[Finding, ...]] = field(default_factory=dict)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All remarks, each once, in the order of the files."""
        of_parts = (finding for part in self.parts for finding in part.findings())
        of_labels = (finding for remarks in self.label_remarks.values() for finding in remarks)
        found: list[Finding] = []
        for finding in (*of_parts, *of_labels):
            if finding not in found:
                found.append(finding)
        return tuple(found)
