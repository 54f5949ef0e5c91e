"""A plan for a terminal and as its file."""

import json
from collections.abc import Iterator

from icstip.registry.planning.plan_file import plan_values
from icstip.registry.planning.steps import Action, Plan, Step
from icstip.texts import text

_NAMED = 8


def plan_json(plan: Plan, language: str = "en") -> str:
    """Return a plan as its file: see `icstip.registry.planning.plan_file.plan_values`."""
    return json.dumps(plan_values(plan, language), ensure_ascii=False, indent=1) + "\n"


def plan_text(plan: Plan, language: str = "en") -> str:
    """Return a plan for a terminal: a line for each step that changes something, what is forbidden, and all in all.

    Args:
        plan: The plan.
        language: One of `icstip.texts.LANGUAGES`.
    """
    return "".join(f"{line}\n" for line in _lines(plan, language))


def step_name(step: Step) -> str:
    """Return an artefact as plans and receipts name it."""
    return f"{step.reference.kind} {step.reference}"


def _lines(plan: Plan, language: str) -> Iterator[str]:
    yield text("registry.plan.head", language, registry=plan.registry, format=plan.format_id)
    for number, step in enumerate(plan.to_do, 1):
        yield f"{number:>3}. {_step(step, language)}"
    for step in plan.steps:
        if step.action is Action.OMIT:
            yield f"  -  {_step(step, language)}"
    for finding in plan.forbidden:
        yield text("registry.plan.forbidden", language, finding=finding.line(language))
    if plan.left_alone:
        named = ", ".join(f"{one.kind} {one}" for one in plan.left_alone[:_NAMED])
        more = "…" if len(plan.left_alone) > _NAMED else ""
        yield text("registry.plan.left_alone", language, number=len(plan.left_alone), named=f"{named}{more}")
    counts = {action.value: plan.number(action) for action in Action}
    yield text("registry.plan.sum", language, **counts)
    if plan.forbidden:
        yield text("registry.plan.refused", language, number=len(plan.forbidden))
    elif not plan.to_do:
        yield text("registry.plan.nothing", language)


def _step(step: Step, language: str) -> str:
    change = text(f"registry.change.{step.bump.label}", language)
    why = text(f"registry.why.{step.why.value}", language, before=step.before or "", change=change)
    return text(
        "registry.plan.step",
        language,
        action=text(f"registry.action.{step.action.value}", language),
        artefact=step_name(step),
        why=why,
    )
