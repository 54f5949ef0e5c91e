"""What a column seems to be. Frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label means, where the lists do not say it of the label as it stands.

    Attributes:
        component: The component, or empty.
        code: Its code, or ``?``.
        also: Codes of other components.
        similar: Codes that look similar, for its owner.
    """

    component: str
    code: str
    also: Mapping[str, str] = field(default_factory=dict)
    similar: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column seems to be.

    Attributes:
        components: Ids of components: one, several of which it has members, or none.
        reason: Why: ``header``, ``members``, ``persons``, ``spread``, ``time``, ``fiscal``, ``ambiguous``, ``unknown``
            or ``empty``.
        known: How many of its labels are understood.
        labels: How many labels it has.
        candidates: Components that come into question where none was chosen.
        meanings: What the mapping has to say of labels, by label.
    """

    components: tuple[str, ...]
    reason: str
    known: int = 0
    labels: int = 0
    candidates: tuple[str, ...] = ()
    meanings: Mapping[str, Meaning] = field(default_factory=dict)
