"""One column with members of several components: "Male", "17 years and under", "Labour" below each other."""

from collections.abc import Callable, Sequence

from icstip.mapping.labels import Match
from icstip.standard.model import TOTAL

_UNKNOWN, _AMBIGUOUS = "LABEL-001", "LABEL-002"
REST = Match(TOTAL)
"""What a label says of the components that it is no member of: nothing, so all of them together."""


def spread(label: str, members: Sequence[str], look_up: Callable[[str, str], Match]) -> dict[str, Match]:
    """Return what a label means for each component that a column has members of.

    A label is a member of one component, and of the others it is the total; or it is the total of all. One that is a
    member of several, such as "not known", is ambiguous.

    Args:
        label: The label.
        members: Ids of the components.
        look_up: Returns what a label means for a component alone.
    """
    found = {component: look_up(component, label) for component in members}
    named = {component: match for component, match in found.items() if match.code}
    own = {component: match for component, match in named.items() if match.code != TOTAL}
    if len(own) == 1:
        return dict.fromkeys(members, REST) | own
    if own:
        several = Match(problem=_AMBIGUOUS, candidates=tuple(f"{name}={match.code}" for name, match in own.items()))
        return dict.fromkeys(members, REST) | {next(iter(own)): several}
    if named:
        return dict.fromkeys(members, REST) | named
    return dict.fromkeys(members, REST) | _problem(found)


def _problem(found: dict[str, Match]) -> dict[str, Match]:
    """Return the one problem of a label that no component knows: the one that says most."""
    known = {component: match for component, match in found.items() if match.problem != _UNKNOWN}
    similar = {component: match for component, match in found.items() if match.candidates}
    component, match = next(iter((known or similar or found).items()))
    return {component: match}
