"""What every mapping must say, and what it cannot: for what its data need beside what stands in its file."""

from icstip.findings import Place
from icstip.mapping.figures import CellMeanings
from icstip.mapping.model import TableMapping
from icstip.mapping.periods import Periods
from icstip.mapping.reading.mistakes import Mistakes
from icstip.standard.model import Role, Standard


def check_needed(mapping: TableMapping, standard: Standard, meanings: CellMeanings, periods: Periods) -> None:
    """Refuse a mapping that says nothing of what data must report, or something of what the figures say themselves.

    Args:
        mapping: The mapping.
        standard: The structures that observations belong to.
        meanings: What kinds of cells mean.
        periods: The words for times.

    Raises:
        MistakesError: A dimension of which data may not report the total, or the time, is not given, or a component of
            the figures is.
    """
    mistakes, place = Mistakes(), Place(mapping.where)
    components = {c.id: c for structure in standard.structures.values() for c in structure.components}
    given = {rule.component for rule in mapping.columns} | set(mapping.constants)
    needed = {c.id for c in components.values() if c.role is Role.DIMENSION and not c.total}
    needed -= {periods.component}  # it follows from the time
    of_figures = {meanings.lower, meanings.upper} | {c.id for c in components.values() if c.role is Role.MEASURE}
    for component in sorted(needed - given):
        mistakes.add("MAP-018", place, component)
    for component in sorted(given & of_figures):
        mistakes.add("MAP-019", place, component)
    times = {c.id for c in components.values() if c.role is Role.TIME_DIMENSION}
    if not mapping.time_column and not given & times:
        mistakes.add("MAP-020", place, ", ".join(sorted(times)))
    mistakes.refuse(mapping.where)
