"""Parameters of the SDK's functions, dataclasses and models, from their source."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from hatchet_ls.hatchet.facts import Parameter, ParameterKind
from hatchet_ls.hatchet.facts_annotations import dotted_name
from hatchet_ls.hatchet.facts_docs import constant_text
from hatchet_ls.hatchet.facts_source import FunctionNode, SourceModule

ANYTHING = (
    Parameter("args", ParameterKind.VAR_POSITIONAL, "", None),
    Parameter("kwargs", ParameterKind.VAR_KEYWORD, "", None),
)
"""What a callable takes of which nothing is known."""


def function_parameters(
    node: FunctionNode, module: SourceModule, deprecated: Mapping[str, str], *, bound: bool
) -> tuple[Parameter, ...]:
    """The parameters of a function; of a ``bound`` method without ``self`` or ``cls``."""
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(arguments.defaults)) + list(arguments.defaults)
    pairs = list(zip(positional, defaults, strict=True))[1 if bound else 0 :]

    def parameter(argument: ast.arg, default: ast.expr | None, kind: ParameterKind) -> Parameter:
        return Parameter(
            argument.arg,
            kind,
            module.text_of(argument.annotation) if argument.annotation else "",
            module.text_of(default) if default else None,
            deprecated.get(argument.arg),
        )

    found = [parameter(argument, default, ParameterKind.POSITIONAL) for argument, default in pairs]
    if arguments.vararg:
        found.append(parameter(arguments.vararg, None, ParameterKind.VAR_POSITIONAL))
    keywords = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    found += [parameter(argument, default, ParameterKind.KEYWORD) for argument, default in keywords]
    if arguments.kwarg:
        found.append(parameter(arguments.kwarg, None, ParameterKind.VAR_KEYWORD))
    return tuple(found)


def callable_parameters(
    implementation: FunctionNode,
    overloads: Sequence[FunctionNode],
    module: SourceModule,
    deprecated: Mapping[str, str],
    *,
    bound: bool,
) -> tuple[Parameter, ...]:
    """The implementation's parameters; where it only takes ``*args, **kwargs``, those of all its overloads."""
    own = function_parameters(implementation, module, deprecated, bound=bound)
    named = [parameter for parameter in own if parameter.kind in (ParameterKind.POSITIONAL, ParameterKind.KEYWORD)]
    if named or not own or not overloads:
        return own
    variants = [function_parameters(overload, module, deprecated, bound=bound) for overload in overloads]
    union: dict[str, Parameter] = {}
    for parameter in (parameter for variant in variants for parameter in variant):
        union.setdefault(parameter.name, parameter)
    in_all = set.intersection(*({parameter.name for parameter in variant} for variant in variants))
    return tuple(
        parameter
        if not parameter.required or parameter.name in in_all
        else Parameter(parameter.name, parameter.kind, parameter.annotation, "...", parameter.deprecated)
        for parameter in union.values()
    )


def field_parameter(
    statement: ast.AnnAssign, module: SourceModule, deprecated: Mapping[str, str]
) -> tuple[Parameter, str] | None:
    """The keyword that sets a model's or dataclass's field, and the field's description; None when none does."""
    if not isinstance(statement.target, ast.Name):
        return None
    name, value = statement.target.id, statement.value
    annotation = module.text_of(statement.annotation)
    options = field_call(value) or _annotated_field(statement.annotation)
    if options is None:
        default = module.text_of(value) if value else None
        return Parameter(name, ParameterKind.KEYWORD, annotation, default, deprecated.get(name)), ""
    keywords = {keyword.arg: keyword.value for keyword in options.keywords if keyword.arg}
    if _says_false(keywords.get("init")):
        return None
    alias = constant_text(keywords.get("validation_alias")) or constant_text(keywords.get("alias"))
    default = None
    if "default_factory" in keywords:
        default = _made(keywords["default_factory"], module)
    elif field_call(value) is None and value is not None:
        default = module.text_of(value)
    else:
        given = options.args[0] if options.args else keywords.get("default")
        if given is not None and not (isinstance(given, ast.Constant) and given.value is ...):
            default = module.text_of(given)
    warned = deprecated.get(name) or constant_text(keywords.get("deprecated"))
    kind = ParameterKind.KEYWORD
    return Parameter(alias or name, kind, annotation, default, warned), constant_text(keywords.get("description")) or ""


def field_call(value: ast.expr | None) -> ast.Call | None:
    """The ``Field(...)`` or ``field(...)`` that a class assigns to a field."""
    if isinstance(value, ast.Call) and dotted_name(value.func).rpartition(".")[2] in ("Field", "field", "PrivateAttr"):
        return value
    return None


def _annotated_field(annotation: ast.expr) -> ast.Call | None:
    if not isinstance(annotation, ast.Subscript) or not dotted_name(annotation.value).endswith("Annotated"):
        return None
    arguments = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else []
    return next((call for argument in arguments if (call := field_call(argument)) is not None), None)


def _made(factory: ast.expr, module: SourceModule) -> str:
    if isinstance(factory, ast.Lambda):
        return module.text_of(factory.body)
    return f"{module.text_of(factory)}()"


def _says_false(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is False
