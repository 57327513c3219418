"""The facts that are read from the installed SDK's source agree with the SDK as it runs."""

from __future__ import annotations

import enum
import importlib
import inspect
import json
import shutil
import warnings
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import hatchet_sdk
import pytest
from pydantic import BaseModel
from pydantic._internal._decorators import PydanticDescriptorProxy
from pydantic_settings import BaseSettings

from hatchet_ls.hatchet.facts import Class, ClassKind, Facts, Member, MemberKind, Parameter, ParameterKind, Version
from hatchet_ls.hatchet.facts_history import facts_at
from hatchet_ls.hatchet.facts_reader import load_facts
from hatchet_ls.hatchet.foreign import public_names

PACKAGE = Path(hatchet_sdk.__file__).parent
FACTS = load_facts([PACKAGE.parent])
CLASSES = sorted(FACTS.classes)

KINDS = {
    inspect.Parameter.POSITIONAL_ONLY: ParameterKind.POSITIONAL,
    inspect.Parameter.POSITIONAL_OR_KEYWORD: ParameterKind.POSITIONAL,
    inspect.Parameter.KEYWORD_ONLY: ParameterKind.KEYWORD,
    inspect.Parameter.VAR_POSITIONAL: ParameterKind.VAR_POSITIONAL,
    inspect.Parameter.VAR_KEYWORD: ParameterKind.VAR_KEYWORD,
}


def real(name: str) -> type[Any]:
    """The class of the running SDK."""
    cls: type[Any] = getattr(importlib.import_module(FACTS.classes[name].module), name)
    return cls


def shape(parameters: tuple[Parameter, ...]) -> list[tuple[str, ParameterKind, bool]]:
    return [(parameter.name, parameter.kind, parameter.required) for parameter in parameters]


def real_shape(signature: inspect.Signature) -> list[tuple[str, ParameterKind, bool]]:
    variable = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [
        (name, KINDS[parameter.kind], parameter.default is parameter.empty and parameter.kind not in variable)
        for name, parameter in signature.parameters.items()
    ]


def meaning(text: str, cls: Class) -> object:
    """What a default in the facts says, in the module that it is written in."""
    return eval(text, {**vars(importlib.import_module(cls.module)), **vars(real(cls.name))})


def same(left: object, right: object) -> bool:
    """Whether two defaults are the same; random and stateful ones need only be of one type."""
    return left == right or (type(left) is type(right) and not isinstance(left, (int, float, tuple, bytes, enum.Enum)))


def is_of_the_sdk(cls: type[Any], attribute: str) -> bool:
    """Whether a class of the SDK, and not one that it extends, defines an attribute."""
    owner = next((base for base in cls.__mro__ if attribute in vars(base)), None)
    return attribute != "model_config" and owner is not None and owner.__module__.startswith("hatchet_sdk.")


def plain_function(found: object) -> tuple[Any, bool]:
    """The function behind what a class has under a name, and whether its first parameter is bound."""
    if isinstance(found, staticmethod):
        return found.__func__, False
    if isinstance(found, classmethod):
        return found.__func__, True
    return (found.wrapped.__func__, True) if isinstance(found, PydanticDescriptorProxy) else (found, True)


def test_the_sdk_of_the_tests_is_the_one_that_is_read() -> None:
    assert FACTS.installed
    assert str(FACTS.version) == importlib.import_module("importlib.metadata").version("hatchet_sdk")
    assert {"Hatchet", "Workflow", "Standalone", "Task", "Worker", "Context", "DurableContext", "RateLimit"} <= {*CLASSES}


@pytest.mark.parametrize("name", CLASSES)
def test_kind(name: str) -> None:
    cls = real(name)
    kind = FACTS.classes[name].kind
    assert issubclass(cls, BaseModel) == (kind is ClassKind.MODEL)
    assert issubclass(cls, enum.Enum) == (kind is ClassKind.ENUM)


@pytest.mark.parametrize("name", CLASSES)
def test_bases(name: str) -> None:
    line = [base.__name__ for base in real(name).__mro__[1:] if base.__module__.startswith("hatchet_sdk.")]
    assert list(FACTS.classes[name].bases) == [base for base in line if base in FACTS.classes]


@pytest.mark.parametrize("name", [name for name in CLASSES if FACTS.classes[name].kind is ClassKind.PLAIN])
def test_constructor_of_a_plain_class(name: str) -> None:
    cls = real(name)
    if cls.__init__ is object.__init__ or getattr(cls, "_is_protocol", False):
        assert FACTS.classes[name].parameters == ()
    elif cls.__init__ is Exception.__init__:
        assert shape(FACTS.classes[name].parameters) == [("args", ParameterKind.VAR_POSITIONAL, False)]
    elif FACTS.classes[name].open and not inspect.isfunction(vars(cls).get("__init__")):
        assert [parameter.name for parameter in FACTS.classes[name].parameters] == ["args", "kwargs"]
    else:
        signature = inspect.signature(cls.__init__)
        assert shape(FACTS.classes[name].parameters) == real_shape(signature)[1:]
        for parameter in FACTS.classes[name].parameters:
            if parameter.default is not None:
                assert same(meaning(parameter.default, FACTS.classes[name]), signature.parameters[parameter.name].default)


@pytest.mark.parametrize("name", [name for name in CLASSES if FACTS.classes[name].kind is ClassKind.MODEL])
def test_constructor_of_a_model(name: str) -> None:
    facts, cls = FACTS.classes[name], real(name)
    by_name = cls.model_config.get("populate_by_name", False)
    fields = {}
    for key, field in cls.model_fields.items():
        fields[field.alias or key] = field
        if by_name:
            fields[key] = field
    assert [parameter.name for parameter in facts.parameters] == list(fields)
    for parameter in facts.parameters:
        field = fields[parameter.name]
        either = by_name and field.alias is not None
        assert parameter.kind is ParameterKind.KEYWORD
        assert parameter.required == (field.is_required() and not either), parameter.name
        if parameter.default is not None and not field.is_required():
            assert same(meaning(parameter.default, facts), field.get_default(call_default_factory=True)), parameter.name
        if field.description and not either:
            assert facts.parameter_docs[parameter.name] == " ".join(field.description.split())
    extra = cls.model_config.get("extra", "ignore")
    assert (facts.open, facts.forbids_extra) == (extra == "allow", extra == "forbid")


@pytest.mark.parametrize("name", [name for name in CLASSES if FACTS.classes[name].kind is ClassKind.ENUM])
def test_members_of_an_enum(name: str) -> None:
    members = FACTS.classes[name].members.values()
    said = [member.name for member in members if member.kind is MemberKind.ENUM_MEMBER]
    assert said == list(real(name).__members__)
    assert {member.result for member in members if member.kind is MemberKind.ENUM_MEMBER} == {name}


@pytest.mark.parametrize("name", CLASSES)
def test_attributes(name: str) -> None:
    """Every public attribute of the class is known, and the ones that only objects have are fields."""
    facts, cls = FACTS.classes[name], real(name)
    seen = {attribute for attribute in dir(cls) if not attribute.startswith("_")}
    inherited = {attribute for attribute in seen if not is_of_the_sdk(cls, attribute)}
    assert seen - inherited <= {*facts.members}
    if not facts.open:
        assert inherited <= facts.outside
    for attribute in facts.members:
        if inspect.getattr_static(cls, attribute, None) is None:
            assert facts.members[attribute].kind is MemberKind.FIELD, attribute


@pytest.mark.parametrize("name", CLASSES)
def test_methods_and_properties(name: str) -> None:
    facts, cls = FACTS.classes[name], real(name)
    for attribute, member in facts.members.items():
        found = inspect.getattr_static(cls, attribute, None)
        assert isinstance(found, (property, cached_property)) == (member.kind is MemberKind.PROPERTY), attribute
        if member.kind is MemberKind.METHOD:
            function, bound = plain_function(found)
            signature = inspect.signature(function)
            assert member.is_async == inspect.iscoroutinefunction(inspect.unwrap(function)), attribute
            assert shape(member.parameters) == real_shape(signature)[1 if bound else 0 :], attribute
            for parameter in member.parameters:
                if parameter.default is not None:
                    assert same(meaning(parameter.default, facts), signature.parameters[parameter.name].default)
