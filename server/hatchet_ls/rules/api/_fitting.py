"""Whether what was written for one name means the same under another."""

from __future__ import annotations

import re

from hatchet_ls.hatchet.facts import Member, Parameter, ParameterKind
from hatchet_ls.hatchet.program import BodyCall, Entries, Items, Known, Value

LIST = re.compile(r"(?:list|List)\[")
_TEXT = re.compile(r"(?:list|List)\[str\]|str\b(?!\s*\|)")
_CLASS = re.compile(r"(?:type|Type)\[")
_NUMBER = re.compile(r"(?:int|float)(?: \| None)?")
_DURATION = re.compile(r"\b(?:Duration|timedelta)\b")
_PLAIN = (str, int, float)


def is_refused(target: Parameter, value: Value) -> bool:
    """Whether the parameter certainly takes no such value: a time where it wants cron expressions."""
    annotation, known = target.annotation, _known(value)
    if _TEXT.match(annotation):
        return any(each is not None and not isinstance(each, str) for each in known)
    if _NUMBER.fullmatch(annotation):
        return isinstance(value, Known) and isinstance(value.value, (Items, Entries))
    if _CLASS.match(annotation):
        return isinstance(value, Known) and isinstance(value.value, (*_PLAIN, Items, Entries))
    return LIST.match(annotation) is not None and any(isinstance(each, _PLAIN) for each in known)


def fits(target: Parameter, value: Value) -> bool:
    """Whether the parameter takes the value as it is meant. A bare number may count in other units than its durations,
    and what is not known may be one thing where it takes a list."""
    annotation, known = target.annotation, _known(value)
    if LIST.match(annotation) and not isinstance(value, Known):
        return False
    if annotation == "int" and any(isinstance(each, (bool, str)) for each in known):
        return False
    if _DURATION.search(annotation) and any(isinstance(each, (int, float)) for each in known):
        return False
    return not is_refused(target, value)


def takes(member: Member, call: BodyCall) -> bool:
    """Whether a method takes the arguments of a call of another one."""
    by_position = [each for each in member.parameters if each.kind is ParameterKind.POSITIONAL]
    kinds = {each.kind for each in member.parameters}
    given: set[str] = set()
    for argument in call.arguments:
        if argument.name.isdecimal():
            found = by_position[int(argument.name) :][:1]
            further = ParameterKind.VAR_POSITIONAL in kinds
        else:
            found = [each for each in member.parameters if each.name == argument.name]
            further = ParameterKind.VAR_KEYWORD in kinds
        if not all(fits(parameter, argument.value) for parameter in found) or not (found or further):
            return False
        given.update(parameter.name for parameter in found)
    return all(parameter.name in given for parameter in member.parameters if parameter.required)


def _known(value: Value) -> list[object]:
    """The value, or the values in it; None for one that is not known."""
    items = value.value.items if isinstance(value, Known) and isinstance(value.value, Items) else (value,)
    return [item.value if isinstance(item, Known) else None for item in items]
