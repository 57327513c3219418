"""Values, types and releases as hovers say them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from hatchet_ls.hatchet.facts import Facts, Parameter, ParameterKind, Version
from hatchet_ls.hatchet.program import Known, Value
from hatchet_ls.languages.duration.sending import received, whole_seconds
from hatchet_ls.languages.duration.words import in_words

_DURATION = re.compile(r"\bDuration\b")
_LONG = 90


def owners(key: str, facts: Facts) -> Iterator[str]:
    """The key of a callable by its own class and by each class that it may inherit it from."""
    yield key
    owner, dot, member = key.partition(".")
    cls = facts.classes.get(owner)
    for base in cls.bases if cls is not None else ():
        yield f"{base}{dot}{member}"


def since(key: str, facts: Facts, parameter: str = "") -> Version | None:
    """The first release that has a callable or member, or its parameter."""
    suffix = f"({parameter})" if parameter else ""
    return next((found for owner in owners(key, facts) if (found := facts.since(owner + suffix)) is not None), None)


def declaration(parameter: Parameter) -> str:
    """A parameter as a signature has it, the SDK's alias for durations resolved."""
    stars = {ParameterKind.VAR_POSITIONAL: "*", ParameterKind.VAR_KEYWORD: "**"}.get(parameter.kind, "")
    annotation = _DURATION.sub("timedelta | str", one_line(parameter.annotation))
    text = f"{stars}{parameter.name}" + (f": {annotation}" if annotation else "")
    if parameter.default is None:
        return text
    return f"{text} = {one_line(parameter.default)}" if annotation else f"{text}={one_line(parameter.default)}"


def signature(name: str, parameters: tuple[Parameter, ...], result: str | None = None) -> str:
    """A callable with its parameters, on several lines when one would be long."""
    arrow = f" -> {result}" if result else ""
    declared = [declaration(parameter) for parameter in parameters]
    keyword_only = [parameter.kind is ParameterKind.KEYWORD for parameter in parameters]
    variadic = any(parameter.kind is ParameterKind.VAR_POSITIONAL for parameter in parameters)
    if True in keyword_only and not variadic:
        declared.insert(keyword_only.index(True), "*")
    line = f"{name}({', '.join(declared)}){arrow}"
    if len(line) <= _LONG:
        return line
    return f"{name}(\n" + "".join(f"    {each},\n" for each in declared) + f"){arrow}"


def python(text: str) -> str:
    """A block of Python in Markdown."""
    return f"```python\n{text}\n```"


def one_line(text: str) -> str:
    """The text without line breaks and runs of spaces."""
    return " ".join(text.split())


def amount(value: Value) -> timedelta | None:
    """A duration as the engine gets it, in whole seconds if the SDK cuts it; None when it is none or not known."""
    match value:
        case Known(timedelta() as exact):
            return whole_seconds(exact)
        case Known(str(text)):
            return received(text)
        case Known(int() | float() as seconds) if not isinstance(seconds, bool):
            try:
                return whole_seconds(timedelta(seconds=seconds))
            except (OverflowError, ValueError):
                return None
    return None


def setting(name: str, value: Value) -> str | None:
    """A setting's value in words; None when it is not known."""
    if not isinstance(value, Known):
        return None
    if name.endswith("_timeout") and (length := amount(value)) is not None:
        return in_words(length)
    if value.value is None:
        return "none"
    return f"`{value.value!r}`" if isinstance(value.value, bool | int | float | str) else None
