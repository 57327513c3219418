"""Keywords that a call of the SDK does not take, and what is meant by them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hatchet_ls.hatchet.facts import Class, ClassKind, Facts, Lifetime, Parameter, ParameterKind
from hatchet_ls.hatchet.program import Argument, Call
from hatchet_ls.rules.api._replacements import KEYWORD_TEXTS, KEYWORDS, UNCERTAIN
from hatchet_ls.rules.api._spelling import Likeness, guess, snake_case
from hatchet_ls.rules.rate_limit._key import KEYS

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
    """The parameter of the same call that is meant; it is not given yet, and no other keyword is taken for it."""
    certain: bool = False
    """Nothing else can be meant: it is the documented name, or the same but for case and underscores."""
    renames: bool = True
    """The keyword may be written so: it says no more than the parameter's name, and no other keyword means it too."""


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
    # Names with an underscore are pydantic's own: `ClientConfig(_env_file=...)`.
    unknown = [
        argument
        for argument in call.arguments
        if argument.keyword_span and call.parameter(argument.name) is None and not argument.name.startswith("_")
    ]
    if not unknown or any(parameter.kind is ParameterKind.VAR_KEYWORD for parameter in call.parameters):
        return
    for argument in unknown:
        if not call.site.asks_for(argument.name):
            yield argument


def is_readable(made: Class) -> bool:
    """Whether the facts have the whole constructor."""
    return not made.open and made.kind is not ClassKind.ENUM


def advised(call: Call, facts: Facts) -> list[tuple[Argument, Advice]]:
    """The keywords that the call certainly does not take, with what is meant by each."""
    found: list[tuple[Argument, Advice]] = []
    for argument in unknown_arguments(call, facts):
        advice = _advise(call, argument, facts)
        for index, (other, its) in enumerate(found):
            if advice.parameter is not None and its.parameter == advice.parameter:
                # Both cannot have it, and which of the two is to hold is not ours to say.
                found[index] = other, replace(its, renames=False)
                advice = Advice(f"`{advice.parameter}` is meant, as by `{other.name}`")
        found.append((argument, advice))
    return found


def is_meant_by_another_keyword(call: Call, name: str, facts: Facts) -> bool:
    """Whether an unknown keyword of the call stands for a parameter that is missing: then that is the one mistake."""
    return any(advice.parameter == name for _, advice in advised(call, facts))


def _advise(call: Call, argument: Argument, facts: Facts) -> Advice:
    snake = snake_case(argument.name)
    if text := KEYWORD_TEXTS.get((call.key, snake)):
        return Advice(text)
    names = _names(argument.name)
    parameters = [parameter.name for parameter in call.parameters]
    for name in names[1:]:
        if name in parameters:
            return _called(call, name, certain=snake not in UNCERTAIN)
    for name in names:
        if lifetime := _history(call.key, name, facts):
            what = "it" if name == argument.name else f"`{name}`"
            return Advice(f"{what} {of_another_release(lifetime, facts)}")
    for name in names:
        if owner := _owner(call.key, name, facts):
            return Advice(_belongs(name, argument.name, call.key, owner))
    required = [parameter.name for parameter in call.parameters if parameter.required]
    match guess(snake, parameters, required):
        case name, likeness:
            advice = _called(call, name, certain=likeness is Likeness.SAME)
            return replace(advice, renames=likeness is not Likeness.SHORTER)
    return Advice("")


def _called(call: Call, name: str, *, certain: bool) -> Advice:
    """That a parameter of the call is meant."""
    said, end = (f"it is called `{name}`", "") if certain else (f"did you mean `{name}`", "?")
    # A `RateLimit` has one key: with two it is refused.
    rivals = KEYS if call.key == "RateLimit" and name in KEYS else (name,)
    if given := next((each for each in rivals if call.written(each)), None):
        which = "which" if given == name else f"but `{given}`"
        return Advice(f"{said}, {which} is given already{end}")
    return Advice(f"{said}{end}", name, certain)


def _names(keyword: str) -> list[str]:
    """The keyword itself, and what it may be called here."""
    snake = snake_case(keyword)
    return list(dict.fromkeys((keyword, snake, *KEYWORDS.get(snake, ()))))


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


def doubt(facts: Facts, meant: str) -> str:
    """Why what no known release has may be there all the same; empty where it is certainly missing.

    The bundled facts end with the newest release of their day. ``meant`` is what is known of the name: then it is a
    mistake in later releases, too.
    """
    if facts.installed or meant:
        return ""
    return f"no hatchet-sdk is found here, and a release after {facts.version} may have it"


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
