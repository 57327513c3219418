"""Stub files of the SDK made from its facts, so that its names resolve where it is not installed.

They say which class has which member and what a call or access gives. Types that are no classes of the SDK are left
out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from hatchet_ls.hatchet.facts import Class, ClassKind, Facts, Member, MemberKind, Parameter, ParameterKind

_HEADER = "# Made by scripts/generate_sdk_facts.py from hatchet-sdk {}."


def stubs(facts: Facts) -> dict[PurePosixPath, str]:
    """The text of each stub file by its path: one a module, and one a package."""
    modules: dict[str, list[Class]] = {"hatchet_sdk": []}
    for cls in facts.classes.values():
        modules.setdefault(cls.module, []).append(cls)
    packages = {str(parent).replace("/", ".") for module in modules for parent in _path(module).parents[:-1]}
    files = {}
    for module in sorted(modules.keys() | packages | {"hatchet_sdk"}):
        path = _path(module) / "__init__.pyi" if module in packages else _path(module).with_suffix(".pyi")
        lines = _exports(facts) if module == "hatchet_sdk" else _module(facts, modules.get(module, []))
        files[path] = "\n".join([_HEADER.format(facts.version), *lines]) + "\n"
    return files


def _path(module: str) -> PurePosixPath:
    return PurePosixPath(*module.split("."))


def _exports(facts: Facts) -> Iterator[str]:
    yield "from typing import Any"
    for name, target in sorted(facts.exports.items()):
        cls = facts.classes.get(target)
        if cls is not None:
            yield f"from {cls.module} import {cls.name} as {name}"
    for name, target in sorted(facts.exports.items()):
        if target in facts.functions:
            yield from _callable(facts.functions[target], facts, "")
        elif target not in facts.classes:
            yield f"{name}: Any"


def _module(facts: Facts, classes: Iterable[Class]) -> Iterator[str]:
    yield from ("from collections.abc import Callable", "from enum import Enum", "from typing import Any")
    named = sorted({name for cls in classes for name in (*_bases(cls, facts), *_results(cls))})
    for name in named:
        if facts.classes[name] not in classes:
            yield f"from {facts.classes[name].module} import {name}"
    for cls in sorted(classes, key=lambda cls: len(cls.bases)):
        yield from _class(cls, facts)


def _class(cls: Class, facts: Facts) -> Iterator[str]:
    foreign = [path.rpartition(".")[2] for path in cls.foreign if path.startswith(("builtins.", "enum."))]
    bases = [*_bases(cls, facts), *(name for name in foreign if cls.kind is ClassKind.ENUM or not cls.bases)]
    yield f"class {cls.name}({', '.join(bases)}):" if bases else f"class {cls.name}:"
    if cls.kind is not ClassKind.ENUM:
        yield f"    def __init__({_parameters(['self'], cls.parameters)}) -> None: ..."
    for member in cls.members.values():
        if all(facts.classes[base].members.get(member.name) != member for base in cls.bases):
            yield from _member(member, facts)
    if cls.kind is ClassKind.ENUM and not cls.members:
        yield "    ..."


def _bases(cls: Class, facts: Facts) -> list[str]:
    """The bases that are none of its other bases' bases."""
    return [base for base in cls.bases if not any(base in facts.classes[other].bases for other in cls.bases)]


def _results(cls: Class) -> set[str]:
    return {member.result for member in cls.members.values() if member.result}


def _member(member: Member, facts: Facts) -> Iterator[str]:
    if member.kind is MemberKind.ENUM_MEMBER:
        yield f"    {member.name} = ..."
    elif member.kind is MemberKind.FIELD:
        yield f"    {member.name}: {member.result or 'Any'}"
    else:
        if member.kind is MemberKind.PROPERTY:
            yield "    @property"
        yield from _callable(member, facts, "    ", "self")


def _callable(member: Member, facts: Facts, indent: str, *bound: str) -> Iterator[str]:
    result = member.result or "Any"
    if indent == "" and member.result:
        result = "Any" if member.result not in facts.exports else member.result
    if member.decorates:
        result = f"Callable[[Any], {result}]"
    keyword = "async def" if member.is_async else "def"
    yield f"{indent}{keyword} {member.name}({_parameters(bound, member.parameters)}) -> {result}: ..."


def _parameters(bound: Iterable[str], parameters: Iterable[Parameter]) -> str:
    parts, starred, optional = list(bound), False, False
    for parameter in parameters:
        if parameter.kind is ParameterKind.VAR_KEYWORD:
            parts.append(f"**{parameter.name}")
            continue
        if parameter.kind is ParameterKind.VAR_POSITIONAL:
            parts.append(f"*{parameter.name}")
            starred = True
            continue
        if parameter.kind is ParameterKind.KEYWORD and not starred:
            parts.append("*")
            starred = True
        optional = not starred and (optional or not parameter.required)
        parts.append(parameter.name if parameter.required and not optional else f"{parameter.name}=...")
    return ", ".join(parts)
