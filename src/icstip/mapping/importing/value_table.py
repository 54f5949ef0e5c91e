"""The sheet REP_MAPPING of the World Bank's SDMX mapping workbook: what values of sources become in targets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from icstip.findings import Finding, Place, TextId
from icstip.mapping.importing.checked import NO_SUCH_SETTING
from icstip.tables.grid import Grid

VALUES: Final = "rep_mapping"

_SOURCE, _TARGET = "S:", "T:"
_PATTERN: Final = "regex:"

Values = list[tuple[tuple[str, ...], str, Place]]
"""Values of sources in their order, the value of the target, and where they stand."""


@dataclass(frozen=True)
class ValueTable:
    """The columns of the sheet.

    Attributes:
        grid: The sheet, if the workbook has it.
        sources: Letters of the columns ``S:…`` by their names.
        targets: The same of the columns ``T:…``.
    """

    grid: Grid | None
    sources: dict[str, str]
    targets: dict[str, str]

    @classmethod
    def of(cls, grid: Grid | None) -> "ValueTable":
        """Return the columns of a sheet; of none, no columns."""
        header = grid.frame.row(0) if grid is not None and grid.frame.height else ()
        letters = grid.frame.columns if grid is not None else []
        named = {cell.strip(): letter for cell, letter in zip(header, letters, strict=False) if cell}
        return cls(grid, _of_prefix(named, _SOURCE), _of_prefix(named, _TARGET))

    def pairs(self, sources: Sequence[str], target: str, place: Place) -> tuple[Values, tuple[Finding, ...]]:
        """Return what values of sources become, each once, and what of it cannot be carried over.

        Args:
            sources: Names of the sources.
            target: Name of the target.
            place: The rule that asks for it.
        """
        columns = [*(_match(source, self.sources) for source in sources), _match(target, self.targets)]
        if self.grid is None or not all(columns):
            told = f"{' | '.join(sources)} → {target}"
            return [], (Finding(NO_SUCH_SETTING, place, told, {"reason": TextId("import.no-values")}),)
        found: dict[tuple[str, ...], Place] = {}
        for number, row in enumerate(self.grid.frame.select(columns).iter_rows(), 1):
            cells = tuple(cell or "" for cell in row)
            if number > 1 and any(cells):
                found.setdefault(cells, self.grid.place(columns[-1], number))
        wrong = {cells: reason for cells in found if (reason := _refusal(cells))}
        values = [(cells[:-1], cells[-1], at) for cells, at in found.items() if cells not in wrong]
        remarks = (
            Finding(NO_SUCH_SETTING, found[cells], " → ".join(cells), {"reason": TextId(reason)})
            for cells, reason in wrong.items()
        )
        return values, tuple(remarks)


def _refusal(cells: Iterable[str]) -> str:
    """Return why values cannot be carried over: the key of a text, or nothing."""
    cells = list(cells)
    if any(cell.startswith(_PATTERN) for cell in cells):
        return "import.no-pattern"
    return "" if all(cells) else "import.one-sided"


def _of_prefix(named: dict[str, str], prefix: str) -> dict[str, str]:
    bare = {name.removeprefix(prefix).strip(): letter for name, letter in named.items() if name.startswith(prefix)}
    return {name: letter for name, letter in bare.items() if _bare(name)}


def _match(name: str, columns: dict[str, str]) -> str:
    """Return the letters of the column that a name means, or an empty text.

    As the tool matches them: the same name, else the same without case, blanks and underscores, else the only one of
    which one name is a part of the other.
    """
    if name in columns:
        return columns[name]
    wanted = _bare(name)
    same = [letters for known, letters in columns.items() if _bare(known) == wanted]
    near = [letters for known, letters in columns.items() if _bare(known) in wanted or wanted in _bare(known)]
    chosen = same or near
    return chosen[0] if len(chosen) == 1 else ""


def _bare(name: str) -> str:
    return name.replace(" ", "").replace("_", "").casefold()
