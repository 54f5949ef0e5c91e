"""Plans as files that are reviewed, and submitted only if they still hold."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from icstip.artefacts.urn import urn_of
from icstip.errors import RegistryError
from icstip.registry.planning.steps import Action, Plan, Step

FORM: Final = 1
"""The form of the file; one that is read otherwise has another number."""

_LARGEST: Final = 1 << 24


def plan_values(plan: Plan, language: str = "en") -> dict[str, object]:
    """Return a plan as its file has it.

    The keys are ``plan`` (the form of the file), ``registry``, ``format``, ``steps``, ``deleted`` (nothing, ever) and
    ``left_alone`` (URNs). A step has ``urn``, ``action`` (``create``, ``update``, ``merge``, ``nothing`` or ``omit``),
    ``why``, ``before`` (the version that it is compared with, or null), ``change`` (``none``, ``patch``, ``minor`` or
    ``major``), ``sha256`` of its content, and ``forbidden``, findings as in other reports.

    Args:
        plan: The plan.
        language: Language of the findings.
    """
    return {
        "plan": FORM,
        "registry": plan.registry,
        "format": plan.format_id,
        "steps": [_step(step, language) for step in plan.steps],
        "deleted": [],
        "left_alone": [urn_of(reference) for reference in plan.left_alone],
    }


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A plan as it was reviewed.

    Attributes:
        path: Its file.
        registry: The address of the registry that it is for.
        steps: Its steps by the URN of the artefact.
    """

    path: Path
    registry: object
    steps: Mapping[str, Mapping[str, Any]]


def read_reviewed(path: Path) -> Reviewed:
    """Return the plan in a file.

    Raises:
        RegistryError: It cannot be read, or is no plan.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST)
    except OSError as error:
        raise RegistryError("plan-unreadable", where=str(path), reason=error.strerror or error) from error
    try:
        values = json.loads(content)
    except (ValueError, RecursionError):
        raise RegistryError("plan-none", where=str(path)) from None
    if not isinstance(values, dict) or values.get("plan") != FORM or not isinstance(values.get("steps"), list):
        raise RegistryError("plan-none", where=str(path))
    steps = {str(step.get("urn")): step for step in values["steps"] if isinstance(step, dict)}
    return Reviewed(path, values.get("registry"), steps)


def check_reviewed(plan: Plan, reviewed: Reviewed) -> None:
    """Do nothing if a plan is what was reviewed, or what is left of it after a part of it has been done.

    Args:
        plan: The plan as it is now.
        reviewed: The plan as it was reviewed.

    Raises:
        RegistryError: It is for another registry, or would do something that was not reviewed.
    """
    if reviewed.registry != plan.registry:
        raise RegistryError("plan-registry", where=str(reviewed.path), registry=str(reviewed.registry))
    if other := next(_not_reviewed(plan, reviewed), None):
        raise RegistryError("plan-outdated", where=str(reviewed.path), artefact=urn_of(other.reference))


def _not_reviewed(plan: Plan, reviewed: Reviewed) -> Iterator[Step]:
    for step in plan.steps:
        was = reviewed.steps.get(urn_of(step.reference), {})
        is_other = step.changes_something and was.get("action") != step.action and not _is_rest(step, was)
        if is_other or was.get("sha256") != step.sha256:
            yield step


def _is_rest(step: Step, was: Mapping[str, Any]) -> bool:
    """Return whether a step is what is left of another one: what was created and stored otherwise is put right."""
    return step.action is Action.UPDATE and was.get("action") == Action.CREATE


def _step(step: Step, language: str) -> dict[str, object]:
    return {
        "urn": urn_of(step.reference),
        "action": step.action.value,
        "why": step.why.value,
        "before": step.before,
        "change": step.bump.label,
        "sha256": step.sha256,
        "forbidden": [finding.to_dict(language) for finding in step.forbidden],
    }
