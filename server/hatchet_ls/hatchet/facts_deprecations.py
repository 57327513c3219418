"""What the SDK's source warns about as deprecated."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Set

from hatchet_ls.hatchet.facts_annotations import dotted_name
from hatchet_ls.hatchet.facts_docs import constant_text
from hatchet_ls.hatchet.facts_source import FunctionNode, SdkSource, SourceModule

_CATEGORIES = frozenset({"DeprecationWarning", "FutureWarning", "PendingDeprecationWarning"})


class Deprecations:
    """Reads the deprecation warnings of one SDK."""

    def __init__(self, source: SdkSource) -> None:
        self._source = source

    def of_callable(self, node: FunctionNode, module: SourceModule) -> str | None:
        """The warning that every call gives (the body begins with it or says it outside any condition)."""
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and dotted_name(decorator.func).rpartition(".")[2] == "deprecated":
                return _message(decorator)
        return next((text for call in _calls(node.body) if (text := self._warning(call, module)) is not None), None)

    def of_parameters(self, node: FunctionNode, module: SourceModule) -> dict[str, str]:
        """The warnings given for a parameter as soon as it is passed (``if p is not None``, ``if p``), by its name."""
        warnings: dict[str, str] = {}
        for statement in node.body:
            if not isinstance(statement, ast.If):
                continue
            name = _tested(statement.test)
            for call in _calls(statement.body):
                text = self._warning(call, module)
                if name and text is not None:
                    warnings.setdefault(name, text)
        return warnings

    def passed_on(
        self, node: FunctionNode, names: Set[str], warnings_of: Callable[[str, str], Mapping[str, str]]
    ) -> dict[str, str]:
        """The warnings that a method gets by passing its own parameter on, under its name, to another method.

        ``names`` are the parameters that it is about. ``warnings_of("self.worker", "start")`` gives the warnings for
        the parameters of that method.
        """
        arguments = node.args
        own = names & {argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
        if not own:
            return {}
        warnings: dict[str, str] = {}
        for child in ast.walk(node):
            if not isinstance(child, ast.Call):
                continue
            in_thread = dotted_name(child.func).endswith("to_thread") and bool(child.args)
            receiver, _, method = dotted_name(child.args[0] if in_thread else child.func).rpartition(".")
            passed = {dotted_name(argument) for argument in child.args}
            passed |= {keyword.arg for keyword in child.keywords if keyword.arg == dotted_name(keyword.value)}
            if passed.isdisjoint(own):
                continue
            known = warnings_of(receiver, method)
            warnings.update({name: known[name] for name in passed & own & known.keys() if name not in warnings})
        return warnings

    def of_fields(self, node: ast.ClassDef, module: SourceModule) -> dict[str, str]:
        """The warnings that a model's field validators give as soon as a field is passed, by the field's name."""
        warnings: dict[str, str] = {}
        for method in node.body:
            if not isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            of_parameters = self.of_parameters(method, module)
            for decorator in method.decorator_list:
                if (
                    of_parameters
                    and isinstance(decorator, ast.Call)
                    and dotted_name(decorator.func) == "field_validator"
                ):
                    fields = [text for argument in decorator.args if (text := constant_text(argument)) is not None]
                    warnings.update({field: next(iter(of_parameters.values())) for field in fields})
        return warnings

    def _warning(self, call: ast.Call, module: SourceModule, depth: int = 0) -> str | None:
        name = dotted_name(call.func)
        # Only a name that says so is looked up: a look-up may cost the parsing of one more module.
        if "warn" not in name and "deprecat" not in name:
            return None
        what = self._source.find(module, name)
        if what == "warnings.warn":
            return _deprecation(call)
        if depth or isinstance(what, str) or not isinstance(what.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return None
        inner = (self._warning(call, what.module, depth + 1) for call in _calls(what.node.body))
        return next((text for text in inner if text is not None), None)


def _deprecation(call: ast.Call) -> str | None:
    category = call.args[1] if len(call.args) > 1 else None
    for keyword in call.keywords:
        if keyword.arg == "category":
            category = keyword.value
    if category is None or dotted_name(category).rpartition(".")[2] not in _CATEGORIES:
        return None
    return _message(call)


def _message(call: ast.Call) -> str | None:
    message = call.args[0] if call.args else None
    for keyword in call.keywords:
        if keyword.arg == "message":
            message = keyword.value
    return constant_text(message)


def _calls(body: list[ast.stmt]) -> Iterator[ast.Call]:
    for statement in body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            yield statement.value


def _tested(test: ast.expr) -> str:
    """The name of ``if name`` and ``if name is not None``."""
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.IsNot):
        right = test.comparators[0]
        if not (isinstance(right, ast.Constant) and right.value is None):
            return ""
        test = test.left
    return test.id if isinstance(test, ast.Name) else ""
