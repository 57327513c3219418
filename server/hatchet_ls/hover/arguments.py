"""Hovers on arguments."""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.argument_docs import ArgumentDoc, describe
from hatchet_ls.hatchet.facts import Facts, Parameter
from hatchet_ls.hatchet.program import Argument, Call, Program
from hatchet_ls.hover import tasks
from hatchet_ls.hover.durations import about_duration
from hatchet_ls.hover.words import declaration, one_line, owners, python, since

_ABOUT_RETRIES = frozenset({"retries", "backoff_factor", "backoff_max_seconds"})


def about_argument(call: Call, argument: Argument, program: Program, *, on_value: bool = False) -> str | None:
    """What an argument of an SDK call means; None for one that the SDK does not take or a subclass redefines.

    ``on_value``: it is about the value that is written there in the first place.
    """
    parameter = next((each for each in call.parameters if each.name == argument.name), None)
    if parameter is None or (call.overridden is not None and argument.name in call.overridden):
        return None
    parts = [python(declaration(parameter))]
    if on_value and (length := about_duration(argument, parameter)) is not None:
        parts.insert(0, length)
    doc = _own_words(call, argument, program.facts)
    if doc is not None:
        parts.append(doc.meaning)
    if said := _sdk_words(call, argument, program.facts):
        parts.append(f"*hatchet-sdk:* {said}" if doc is not None else said)
    parts.append("\n".join(f"- {fact}" for fact in _facts(call, parameter, doc, program)))
    if doc is not None and doc.url is not None:
        parts.append(f"[docs.hatchet.run]({doc.url})")
    return "\n\n".join(part for part in parts if part)


def _own_words(call: Call, argument: Argument, facts: Facts) -> ArgumentDoc | None:
    return next((doc for key in owners(call.key, facts) if (doc := describe(key, argument.name)) is not None), None)


def _sdk_words(call: Call, argument: Argument, facts: Facts) -> str:
    owner, _, method = call.key.partition(".")
    if method:
        member = facts.member(owner, method)
    else:
        cls = facts.classes.get(owner)
        if cls is not None:
            return one_line(cls.parameter_docs.get(argument.name, ""))
        member = facts.functions.get(owner)
    return one_line(member.parameter_docs.get(argument.name, "")) if member is not None else ""


def _facts(call: Call, parameter: Parameter, doc: ArgumentDoc | None, program: Program) -> Iterator[str]:
    if doc is not None and doc.unit:
        yield f"Unit: {doc.unit}"
    yield f"Default: `{one_line(parameter.default)}`" if parameter.default is not None else "Required"
    if doc is not None and doc.valid:
        yield f"Valid: {doc.valid}"
    version = since(call.key, program.facts, parameter.name)
    if version is not None:
        yield f"Since hatchet-sdk {version}"
    if parameter.deprecated:
        yield f"**Deprecated:** {one_line(parameter.deprecated)}"
    yield from _effect(call, parameter.name, program)


def _effect(call: Call, name: str, program: Program) -> Iterator[str]:
    """What comes of it: the effective value with who sets it, and the retries spelled out."""
    task = next((task for task in program.tasks if task.call is call), None)
    if task is not None and name in tasks.SETTINGS:
        yield f"Effective: {tasks.effective(task, name, program)}"
        schedule = tasks.retries_of(task, program.facts) if name in _ABOUT_RETRIES else None
    else:
        defaults = next((each for each in program.task_defaults if each.call is call), None)
        if defaults is None or name not in _ABOUT_RETRIES:
            return
        schedule = tasks.retries_by(defaults, program.facts)
    if schedule is not None:
        yield schedule
