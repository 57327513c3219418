"""What the SDK's classes extend: inside the SDK, and outside of it (pydantic, ``enum``, builtins)."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from hatchet_ls.hatchet.facts import ClassKind
from hatchet_ls.hatchet.facts_annotations import decorator_name, dotted_name
from hatchet_ls.hatchet.facts_docs import constant_text
from hatchet_ls.hatchet.facts_source import Definition, SdkSource, SourceModule
from hatchet_ls.hatchet.foreign import ENUMS, MODELS, builtin

_SETTINGS = frozenset({"pydantic_settings.BaseSettings", "pydantic_settings.main.BaseSettings"})


class Lineage:
    """The ancestors of the SDK's classes."""

    def __init__(self, source: SdkSource) -> None:
        self._source = source
        self._known: dict[str, tuple[tuple[Definition, ...], tuple[str, ...]]] = {}

    def of(self, definition: Definition) -> tuple[tuple[Definition, ...], tuple[str, ...]]:
        """The class and its ancestors inside the SDK, nearest first; and the dotted paths of its bases outside.

        A base that cannot be told is an empty path.
        """
        if definition.path not in self._known:
            # What is here already when the class is met again among its own bases: a broken source ends there.
            self._known[definition.path] = ((definition,), ())
            self._known[definition.path] = self._read(definition)
        return self._known[definition.path]

    def _read(self, definition: Definition) -> tuple[tuple[Definition, ...], tuple[str, ...]]:
        assert isinstance(definition.node, ast.ClassDef)
        lines: list[Definition] = []
        foreign: list[str] = []
        for base in definition.node.bases:
            node = base.value if isinstance(base, ast.Subscript) else base
            what = self._source.find(definition.module, dotted_name(node))
            if isinstance(what, str):
                what = self._source.load(what) or what
            if isinstance(what, str):
                foreign.append(what)
            elif isinstance(what.node, ast.ClassDef):
                line, further = self.of(what)
                lines += line
                foreign += further
            else:
                foreign.append("")
        # A class that several bases share comes after all of them; a broken source may have the class itself there.
        last = {ancestor.path: index for index, ancestor in enumerate(lines) if ancestor.path != definition.path}
        line = tuple(ancestor for index, ancestor in enumerate(lines) if last.get(ancestor.path) == index)
        return (definition, *line), tuple(dict.fromkeys(foreign))

    def kind(self, foreign: Sequence[str]) -> ClassKind:
        """How the class is built, by its bases outside the SDK."""
        if not MODELS.isdisjoint(foreign):
            return ClassKind.MODEL
        return ClassKind.PLAIN if ENUMS.isdisjoint(foreign) else ClassKind.ENUM

    def config(self, line: Sequence[Definition], foreign: Sequence[str]) -> dict[str, object]:
        """The constant settings of a model, such as ``extra``, as far as ``model_config`` says them."""
        config: dict[str, object] = {} if _SETTINGS.isdisjoint(foreign) else {"extra": "forbid"}
        for ancestor in reversed(line):
            assert isinstance(ancestor.node, ast.ClassDef)
            for statement in ancestor.node.body:
                assigned = _model_config(statement)
                if assigned is not None:
                    config.update(self._constants(assigned, ancestor.module))
        return config

    def _constants(self, config: ast.expr, module: SourceModule, depth: int = 0) -> dict[str, object]:
        """The constants in ``{...}``, in ``ConfigDict(...)`` or in what a helper of the SDK returns."""
        if isinstance(config, ast.Dict):
            pairs = [(constant_text(key), value) for key, value in zip(config.keys, config.values, strict=True)]
            return {key: value.value for key, value in pairs if key and isinstance(value, ast.Constant)}
        if not isinstance(config, ast.Call):
            return {}
        constants: dict[str, object] = {}
        made_by = self._source.find(module, dotted_name(config.func))
        if not depth and not isinstance(made_by, str) and isinstance(made_by.node, ast.FunctionDef):
            for statement in made_by.node.body:
                if isinstance(statement, ast.Return) and statement.value:
                    constants.update(self._constants(statement.value, made_by.module, depth + 1))
        for keyword in config.keywords:
            if keyword.arg and isinstance(keyword.value, ast.Constant):
                constants[keyword.arg] = keyword.value.value
        return constants


def is_dataclass(node: ast.ClassDef) -> bool:
    """Whether ``@dataclass`` makes the constructor."""
    return any(decorator_name(decorator) == "dataclass" for decorator in node.decorator_list)


def dataclass_option(node: ast.ClassDef, option: str) -> bool:
    """Whether ``@dataclass(option=True)`` says so."""
    calls = [decorator for decorator in node.decorator_list if isinstance(decorator, ast.Call)]
    said = {
        keyword.arg: keyword.value for call in calls if decorator_name(call) == "dataclass" for keyword in call.keywords
    }
    value = said.get(option)
    return isinstance(value, ast.Constant) and value.value is True


def is_exception(foreign: Sequence[str]) -> bool:
    """Whether a base is one of the builtin exceptions."""
    return any(isinstance(base := builtin(path), type) and issubclass(base, BaseException) for path in foreign)


def _model_config(statement: ast.stmt) -> ast.expr | None:
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target: ast.expr = statement.targets[0]
    elif isinstance(statement, ast.AnnAssign):
        target = statement.target
    else:
        return None
    return statement.value if isinstance(target, ast.Name) and target.id == "model_config" else None
