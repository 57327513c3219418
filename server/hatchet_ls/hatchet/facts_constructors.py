"""What the constructors of the SDK's classes take."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from hatchet_ls.hatchet.facts import ClassKind, Parameter, ParameterKind
from hatchet_ls.hatchet.facts_annotations import dotted_name
from hatchet_ls.hatchet.facts_bases import dataclass_option, is_dataclass, is_exception
from hatchet_ls.hatchet.facts_deprecations import Deprecations
from hatchet_ls.hatchet.facts_docs import docstring, parameter_docs
from hatchet_ls.hatchet.facts_fields import fields_of, is_class_variable
from hatchet_ls.hatchet.facts_signature import ANYTHING, field_parameter, function_parameters
from hatchet_ls.hatchet.facts_source import Definition, FunctionNode

_SILENT_BASES = ("abc.ABC", "builtins.object", ".Generic", ".Protocol")
"""Bases outside the SDK whose constructor takes nothing."""


class Constructors:
    """Reads constructors of one SDK."""

    def __init__(self, deprecations: Deprecations) -> None:
        self._deprecations = deprecations

    def of(
        self, line: Sequence[Definition], foreign: Sequence[str], kind: ClassKind, config: Mapping[str, object]
    ) -> tuple[tuple[Parameter, ...], dict[str, str]]:
        """The parameters, and what the SDK says about them, of the first class in a line of ancestors.

        ``config`` is a model's ``model_config``.
        """
        docs: dict[str, str] = {}
        for owner in reversed(line):
            docs.update(parameter_docs(docstring(owner.node)))
        if kind is ClassKind.ENUM:
            return (Parameter("value", ParameterKind.POSITIONAL, "", None),), {}
        made = next((owner for owner in line if self._init(owner) or _dataclass(owner)), None)
        if made is not None and (init := self._init(made)) is not None:
            docs.update(parameter_docs(docstring(init)))
            warned = self._deprecations.of_parameters(init, made.module)
            return function_parameters(init, made.module, warned, bound=True), docs
        if kind is ClassKind.MODEL or made is not None:
            for owner in reversed(line):
                docs.update({field.name: field.docs for field in fields_of(owner, kind) if field.docs})
            fields = self._fields(line, kind)
            docs = {parameter.name: docs[name] for name, parameter in fields.items() if name in docs}
            by_name = config.get("populate_by_name") is True or config.get("validate_by_name") is True
            return tuple(_by_name(fields) if by_name else fields.values()), docs
        if is_exception(foreign):
            return (Parameter("args", ParameterKind.VAR_POSITIONAL, "", None),), {}
        return (() if all(path.endswith(_SILENT_BASES) for path in foreign) else ANYTHING), {}

    @staticmethod
    def _init(owner: Definition) -> FunctionNode | None:
        assert isinstance(owner.node, ast.ClassDef)
        inits = (statement for statement in owner.node.body if isinstance(statement, ast.FunctionDef))
        return next((init for init in inits if init.name == "__init__" and not _is_overload(init)), None)

    def _fields(self, line: Sequence[Definition], kind: ClassKind) -> dict[str, Parameter]:
        """By field name; a field that a subclass declares anew keeps its place."""
        fields: dict[str, Parameter] = {}
        for owner in reversed(line):
            assert isinstance(owner.node, ast.ClassDef)
            if kind is ClassKind.PLAIN and not is_dataclass(owner.node):
                continue
            keyword_only = kind is ClassKind.MODEL or dataclass_option(owner.node, "kw_only")
            warned = self._deprecations.of_fields(owner.node, owner.module) if kind is ClassKind.MODEL else {}
            for statement in _declared(owner.node, private=kind is ClassKind.PLAIN):
                read = field_parameter(statement, owner.module, warned)
                if read is not None:
                    parameter_kind = ParameterKind.KEYWORD if keyword_only else ParameterKind.POSITIONAL
                    fields[dotted_name(statement.target)] = replace(read[0], kind=parameter_kind)
        return fields


def _by_name(fields: Mapping[str, Parameter]) -> Iterator[Parameter]:
    """The parameters of a model that takes a field by its alias or by its name; neither of the two is required."""
    for name, parameter in fields.items():
        if parameter.name == name:
            yield parameter
        else:
            default = "..." if parameter.default is None else parameter.default
            yield from (replace(parameter, default=default), replace(parameter, name=name, default=default))


def _declared(node: ast.ClassDef, *, private: bool) -> Iterator[ast.AnnAssign]:
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            name = statement.target.id
            left_out = name == "model_config" or (name.startswith("_") and not private)
            if not left_out and not is_class_variable(statement.annotation):
                yield statement


def _dataclass(owner: Definition) -> bool:
    return isinstance(owner.node, ast.ClassDef) and is_dataclass(owner.node)


def _is_overload(node: FunctionNode) -> bool:
    return any(isinstance(decorator, ast.Name) and decorator.id == "overload" for decorator in node.decorator_list)
