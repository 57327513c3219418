"""Keywords that a call of the SDK does not take, and what is meant by them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from hatchet_ls.hatchet.facts import Class, ClassKind, Facts, Lifetime, Parameter, ParameterKind
from hatchet_ls.hatchet.program import Argument, Call
from hatchet_ls.rules.api._replacements import KEYWORD_TEXTS, KEYWORDS

# Where to look for the owner of a misplaced keyword, nearest relation first.
_ON_WORKFLOWS = ("Workflow.task", "Workflow.durable_task", "Workflow.batch_task", "Hatchet.workflow")
_ON_CLIENT = ("Hatchet.task", "Hatchet.durable_task", "Hatchet.batch_task")
_OWNERS = {
    "Hatchet": ("ClientConfig",),
    "Hatchet.workflow": ("TaskDefaults", *_ON_WORKFLOWS, *_ON_CLIENT, "Hatchet.worker"),
    "TaskDefaults": (*_ON_WORKFLOWS, *_ON_CLIENT),
    "Hatchet.worker": (*_ON_CLIENT, *_ON_WORKFLOWS),
    **dict.fromkeys(
        ("Hatchet.task", "Hatchet.durable_task", "Hatchet.batch_task"),
        (*_ON_CLIENT, *_ON_WORKFLOWS, "Hatchet.worker"),
    ),
    **dict.fromkeys(
        (
            "Workflow.task",
            "Workflow.durable_task",
            "Workflow.batch_task",
            "Workflow.on_failure_task",
            "Workflow.on_success_task",
        ),
        (*_ON_WORKFLOWS, *_ON_CLIENT, "Hatchet.worker"),
    ),
}

_RECEIVERS = {
    "Hatchet": "hatchet",
    "Workflow": "workflow",
    "Standalone": "task",
    "Task": "task",
    "Worker": "worker",
    "Context": "ctx",
    "DurableContext": "ctx",
}


@dataclass(frozen=True, slots=True)
class Advice:
    """What is meant by an unknown keyword."""

    text: str
    """For the message; empty when nothing is known."""
    parameter: str | None = None
    """The parameter of the same call that is meant."""
    documented: bool = False
    """The parameter is the documented name, not merely one that is spelled alike."""


def snake_case(name: str) -> str:
    """``executionTimeout`` → ``execution_timeout``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def display(key: str) -> str:
    """A callable as a user would write it: ``Hatchet.task`` is ``hatchet.task``, a class or function its name."""
    owner, dot, method = key.partition(".")
    return f"{_RECEIVERS[owner]}.{method}" if owner in _RECEIVERS and dot else method or owner


def display_call(call: Call) -> str:
    """What is called, as it is written there when that is short: ``app.hatchet.task``."""
    method = call.key.partition(".")[2]
    receiver = call.source.slice(call.site.receiver_span) if call.site.receiver_span is not None else ""
    return f"{receiver}.{method}" if method and re.fullmatch(r"[\w.]{1,40}", receiver) else display(call.key)


def constructed(call: Call, facts: Facts) -> Class | None:
    """The class that the call makes an object of, None for methods and functions."""
    return facts.classes.get(call.key) if "." not in call.key else None


def ignores_unknown(call: Call, facts: Facts) -> bool:
    """Whether an unknown keyword passes silently: pydantic models drop it."""
    made = constructed(call, facts)
    return made is not None and made.kind is ClassKind.MODEL and not made.forbids_extra


def unknown_arguments(call: Call, facts: Facts) -> Iterator[Argument]:
    """The keywords that the call certainly does not take. None where that cannot be told."""
    made = constructed(call, facts)
    if call.open or call.overridden is not None or (made is not None and not is_readable(made)):
        return
    if any(parameter.kind is ParameterKind.VAR_KEYWORD for parameter in call.parameters):
        return
    names = {parameter.name for parameter in call.parameters}
    for argument in call.arguments:
        # Names with an underscore are pydantic's own: `ClientConfig(_env_file=...)`.
        if argument.keyword_span is not None and argument.name not in names and not argument.name.startswith("_"):
            yield argument


def is_readable(made: Class) -> bool:
    """Whether the facts have the whole constructor."""
    return not made.open and made.kind is not ClassKind.ENUM


def advise(call: Call, argument: Argument, facts: Facts) -> Advice:
    """What is meant by an unknown keyword of the call."""
    names = _names(argument.name)
    if text := KEYWORD_TEXTS.get((call.key, argument.name)):
        return Advice(text)
    free = [parameter.name for parameter in call.parameters if not call.argument(parameter.name).written]
    for name in names[1:]:
        if name in free:
            return Advice(f"it is called `{name}`", name, documented=True)
    for name in names:
        if lifetime := _history(call.key, name, facts):
            what = "it" if name == argument.name else f"`{name}`"
            return Advice(f"{what} {of_another_release(lifetime, facts)}")
    for name in names:
        if owner := _owner(call.key, name, facts):
            return Advice(_belongs(name, argument.name, call.key, owner))
    alike = _alike(snake_case(argument.name), [each for each in call.parameters if each.name in free])
    return Advice(f"did you mean `{alike}`?", alike) if alike else Advice("")


def is_meant_by_another_keyword(call: Call, name: str, facts: Facts) -> bool:
    """Whether an unknown keyword of the call stands for a parameter that is missing: then that is the one mistake."""
    return any(advise(call, argument, facts).parameter == name for argument in unknown_arguments(call, facts))


def _names(keyword: str) -> list[str]:
    """The keyword itself, and what it may be called here."""
    snake = snake_case(keyword)
    return list(dict.fromkeys((keyword, snake, *KEYWORDS.get(snake, ()))))


def _alike(name: str, free: list[Parameter]) -> str | None:
    """The parameter that is spelled nearly so, or the only one that has the keyword's words or begins like it."""
    # Below this, short names are alike by chance: `retry_on` and `retries`.
    if near := difflib.get_close_matches(name, [each.name for each in free], n=1, cutoff=0.75):
        return near[0]
    words = set(name.split("_"))
    begun = (name,) if len(name) > 3 else ()
    longer = [each for each in free if words <= set(each.name.split("_")) or each.name.startswith(begun)]
    likely = [each for each in longer if each.required] or longer
    return likely[0].name if len(likely) == 1 else None


def _history(key: str, name: str, facts: Facts) -> Lifetime | None:
    """When the parameter was there, if any release has or had it and the installed one has not."""
    owner, dot, method = key.partition(".")
    cls = facts.classes.get(owner)
    for base in (owner, *(cls.bases if cls else ())):
        lifetime = facts.history.get(f"{base}{dot}{method}({name})")
        if lifetime is not None and is_of_another_release(lifetime, facts):
            return lifetime
    return None


def is_of_another_release(lifetime: Lifetime, facts: Facts) -> bool:
    """Whether the installed release is outside the lifetime."""
    return lifetime.since > facts.version or (lifetime.removed is not None and lifetime.removed <= facts.version)


def of_another_release(lifetime: Lifetime, facts: Facts) -> str:
    """Which releases have it, as the end of a sentence."""
    if lifetime.since > facts.version:
        return f"needs hatchet-sdk {lifetime.since} or newer, this is {facts.version}"
    return f"was removed with hatchet-sdk {lifetime.removed}"


def _owner(key: str, name: str, facts: Facts) -> str | None:
    """The related callable that takes the keyword."""
    for owner in _OWNERS.get(key, ()):
        if owner != key and any(parameter.name == name for parameter in parameters_of(owner, facts)):
            return owner
    return None


def parameters_of(key: str, facts: Facts) -> tuple[Parameter, ...]:
    """The parameters of a constructor (``RateLimit``) or method (``Hatchet.task``); none if there is none."""
    owner, _, method = key.partition(".")
    if not method:
        cls = facts.classes.get(owner)
        return cls.parameters if cls else ()
    member = facts.member(owner, method)
    return member.parameters if member else ()


def _belongs(name: str, written: str, key: str, owner: str) -> str:
    if owner == "ClientConfig":
        return f"write `config=ClientConfig({name}=...)`"
    if owner == "TaskDefaults":
        return f"it belongs to the tasks: write `{name}` there, or `task_defaults=TaskDefaults({name}=...)` here"
    what = "it" if name == written else f"`{name}`"
    return f"{what} belongs to `{display(owner)}`"
