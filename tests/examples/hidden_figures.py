"""Tables of which the truth is known: persons, all counts of them, and what is told of these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from random import Random
from typing import Final

import polars as pl
from hypothesis import strategies as st
from tests.examples.checking import ALL, KNOWN, SCHEMA, Row, frame

from icstip.aggregation.bounds.intervals import HIGH, LOW, CellKnowledge, with_intervals
from icstip.aggregation.bounds.tighten import Tightened, tightened

CELLS: Final = CellKnowledge.of(SCHEMA, KNOWN)
CHILD: Final = "Y0T17"

CODES: Final[Mapping[str, Sequence[str]]] = {
    "AREA": ("KE", "UG"),
    "SEX": ("F", "M", "X", "_U", ALL),
    "AGE": ("Y0T8", "Y9T17", CHILD, "Y_GE18", "_U", ALL),
    "FORM": ("SEXUAL", "LABOUR", "FORCED", "SLAVERY", "_U", ALL),
    "GROUP": ("NATIONAL", "FOREIGN", "_U", ALL),
}
"""The codes that tables have."""

_ABOVE: Final = {"Y0T8": CHILD, "Y9T17": CHILD, "FORCED": "LABOUR", "SLAVERY": "LABOUR"}

Interval = tuple[float | None, float | None]


@dataclass(frozen=True)
class Person:
    """Somebody with what is known of them: of a child perhaps no more than that."""

    area: str
    sex: str
    age: str
    forms: frozenset[str]
    group: str

    def is_in(self, key: Mapping[str, str]) -> bool:
        """Return whether somebody is counted in a cell."""
        own = {"AREA": {self.area}, "SEX": {self.sex}, "AGE": {self.age}, "GROUP": {self.group}}
        own["FORM"] = set(self.forms) or {"_U"}
        return all(code == ALL or code in _with_above(own[name]) for name, code in key.items())


def _with_above(codes: set[str]) -> set[str]:
    return codes | {_ABOVE[code] for code in codes if code in _ABOVE}


@dataclass(frozen=True)
class Table:
    """A table, and the truth of it.

    Attributes:
        rows: What is told.
        truth: The number of each row.
    """

    rows: list[Row]
    truth: list[int] = field(default_factory=list)

    def frame(self) -> pl.DataFrame:
        """Return the observations with their own bounds."""
        return with_intervals(frame(self.rows), CELLS)

    def tightened(self) -> Tightened:
        """Return the observations with the bounds that the table implies."""
        return tightened(self.frame(), SCHEMA, KNOWN)


def intervals(observations: pl.DataFrame) -> list[Interval]:
    """Return the bounds of observations."""
    return list(zip(observations[LOW].to_list(), observations[HIGH].to_list(), strict=True))


def _told(random: Random, value: int, kinds: Sequence[str]) -> Row:
    """Draw what is told of a number, which is never wrong."""
    kind = random.choice(kinds)
    if kind == "small" and value < 5:
        return {"LOWER": float(random.choice([0, min(value, 1)])), "UPPER": 4.0, "STATUS": "Q", "CONF": "C"}
    if kind == "between":
        return {"LOWER": float(random.randint(0, value)), "UPPER": float(value + random.randint(0, 6)), "STATUS": "Q"}
    told: dict[str, Row] = {
        "hidden": {"STATUS": "Q", "CONF": "C"},
        "above": {"LOWER": float(random.randint(0, value)), "STATUS": "Q"},
        "below": {"UPPER": float(value + random.randint(0, 3)), "STATUS": "Q"},
        "missing": {"STATUS": "O"},
    }
    return told.get(kind, {"VALUE": float(value)})


KINDS: Final = ("exact", "exact", "exact", "small", "small", "small", "between", "hidden", "above", "below", "missing")


@st.composite
def tables(draw: st.DrawFn, most: int = 40) -> Table:
    """Draw persons, by what they are counted, and what is told of the counts, some of which are absent."""
    random = draw(st.randoms(use_true_random=False))
    rule = draw(st.sampled_from(["PRINCIPAL", "MULTIPLE", None]))
    shown = draw(st.sampled_from([0.5, 0.8, 1.0]))
    dimensions = draw(st.sets(st.sampled_from(["SEX", "AGE", "FORM", "GROUP"]), min_size=1, max_size=3))
    kinds = draw(st.sampled_from([KINDS, ("exact", "small"), ("exact", "exact", "hidden")]))
    unusual = draw(st.sampled_from([0.0, 0.1]))
    has_child = draw(st.booleans())
    persons = [_person(random, rule, unusual, has_child=has_child) for _ in range(draw(st.integers(0, most)))]
    names = [name for name in CODES if name in dimensions or name == "AREA"]
    table = Table([])
    for codes in product(*(CODES[name] for name in names)):
        key = dict(zip(names, codes, strict=True))
        if not has_child and key.get("AGE") == CHILD:
            continue
        # Who uses a code for children has it somewhere: else those of whom no more is known are counted as unknown.
        is_child = has_child and all(key[name] == (CHILD if name == "AGE" else ALL) for name in names if name != "AREA")
        if is_child or random.random() < shown:
            number = sum(person.is_in(key) for person in persons)
            table.rows.append({**key, "RULE": rule, **_told(random, number, kinds)})
            table.truth.append(number)
    return table


def _person(random: Random, rule: str | None, unusual: float, *, has_child: bool) -> Person:
    """Draw somebody; unusual ones are in none of the parts that most tables have."""
    is_unusual = random.random() < unusual
    forms = random.sample(["SEXUAL", "FORCED", "SLAVERY"], 1 if rule == "PRINCIPAL" else random.randint(1, 3))
    if is_unusual:
        forms = random.choice([[], ["LABOUR"]])
    return Person(
        area=random.choice(CODES["AREA"]),
        sex=random.choice(["X", "_U"] if is_unusual else ["F", "M"]),
        age=random.choice([CHILD if has_child else "_U", "_U"] if is_unusual else ["Y0T8", "Y9T17", "Y_GE18"]),
        forms=frozenset(forms),
        group=random.choice(["_U"] if is_unusual else ["NATIONAL", "FOREIGN"]),
    )
