"""The rules on totals and their parts in the Validation and Transformation Language."""

from collections.abc import Iterable, Iterator, Sequence

from icstip.coherence.ages import bands_of, tilings
from icstip.coherence.knowledge import Knowledge
from icstip.coherence.relations import complete, listed, widest
from icstip.schema import Column, Schema
from icstip.standard.model import TOTAL

_ERROR, _NOTE = 3, 1


def rulesets(schemas: Iterable[Schema], knowledge: Knowledge) -> str:
    """Return VTL definitions: a hierarchical ruleset for each dimension whose codes make up others.

    Where a person is counted once, parts are equal to their total; where in every part that applies, no part is more
    than the total, and the total not more than all parts. Codes stand in single quotes, as names must that are not
    regular, such as ``_T`` and ``001`` (VTL 2.1, reference manual, names).

    Args:
        schemas: The structures; a dimension that several of them have gives one ruleset.
        knowledge: What is known of codes.
    """
    columns = {name: schema.by_id[name] for schema in schemas for name in schema.series_dimensions}
    texts = (_ruleset(column, knowledge) for name, column in columns.items() if name not in knowledge.no_sums)
    return "\n\n".join(text for text in texts if text) + "\n"


def _ruleset(column: Column, knowledge: Knowledge) -> str:
    rules = list(dict.fromkeys(_rules(column, knowledge)))  # groupings have parts in common
    if not rules:
        return ""
    lines = ";\n".join(f"  {name} : {rule}" for name, rule in zip(_names(column, len(rules)), rules, strict=True))
    return (
        f"define hierarchical ruleset HR_{column.id} (variable rule {column.id}) is\n{lines}\nend hierarchical ruleset;"
    )


def _names(column: Column, number: int) -> Iterator[str]:
    return (f"{column.id}_{place:03}" for place in range(1, number + 1))


def _rules(column: Column, knowledge: Knowledge) -> Iterator[str]:
    codes = column.codes or ()
    is_once = column.id not in knowledge.multiple
    for whole, parts in widest(_relations(column, codes, knowledge)):
        if is_once:
            yield _rule(whole, "=", parts, "SUM-001", _ERROR)
        else:
            yield from (_rule(whole, ">=", (part,), "SUM-004", _ERROR) for part in parts)
            yield _rule(whole, "<=", parts, "SUM-003", _NOTE)


def _rule(whole: str, sign: str, parts: Sequence[str], code: str, level: int) -> str:
    told = " + ".join(f"'{part}'" for part in parts)
    return f"'{whole}' {sign} {told} errorcode \"{code}\" errorlevel {level}"


def _relations(column: Column, codes: Sequence[str], knowledge: Knowledge) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what makes up what in a whole list, not only among the codes that data have."""
    unknown = tuple(code for code in codes if code in knowledge.unknown)
    if bands := bands_of(codes, knowledge.ages):
        # There are too many ways to make up a total from bands to list them: those that have others below them.
        grouping = set(column.parents.values())
        upper = {code: band for code, band in bands.items() if code in grouping}
        yield from ((TOTAL, complete(TOTAL, parts, unknown)) for parts in tilings((0, None), upper))
        return
    for whole, parts in listed(column, codes, knowledge):
        if parts:
            yield whole, complete(whole, parts, unknown)
