"""What the SDK's classes extend: inside the SDK, and outside of it (pydantic, ``enum``, builtins)."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Sequence

from hatchet_ls.hatchet.facts import ClassKind
from hatchet_ls.hatchet.facts_annotations import dotted_name
from hatchet_ls.hatchet.facts_docs import constant_text
from hatchet_ls.hatchet.facts_source import Definition, SdkSource, SourceModule

_SETTINGS = "pydantic_settings.BaseSettings"
_MODELS = frozenset({"pydantic.BaseModel", "pydantic.main.BaseModel", _SETTINGS, "pydantic_settings.main.BaseSettings"})
_ENUMS = frozenset({"enum.Enum", "enum.StrEnum", "enum.IntEnum", "enum.Flag", "enum.IntFlag"})
_PLAIN = frozenset(
    {"abc.ABC", "builtins.object"}
    | {f"{module}.{name}" for module in ("typing", "typing_extensions") for name in ("Generic", "Protocol", "TypedDict")}
)

MODEL_NAMES = frozenset(
    """construct copy dict from_orm json model_computed_fields model_config model_construct model_copy model_dump
    model_dump_json model_extra model_fields model_fields_set model_json_schema model_parametrized_name
    model_post_init model_rebuild model_validate model_validate_json model_validate_strings parse_file parse_obj
    parse_raw schema schema_json settings_customise_sources update_forward_refs validate""".split()
)
"""Public names of ``pydantic.BaseModel`` and ``pydantic_settings.BaseSettings``."""


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
        outside: list[str] = []
        for base in definition.node.bases:
            node = base.value if isinstance(base, ast.Subscript) else base
            what = self._source.find(definition.module, dotted_name(node))
            if isinstance(what, str):
                outside.append(what)
            elif isinstance(what.node, ast.ClassDef):
                line, further = self.of(what)
                lines += line
                outside += further
            else:
                outside.append("")
        # A class that several bases share comes after all of them.
        last = {ancestor.path: index for index, ancestor in enumerate(lines)}
        line = tuple(ancestor for index, ancestor in enumerate(lines) if last[ancestor.path] == index)
        return (definition, *line), tuple(dict.fromkeys(outside))

    def kind(self, outside: Sequence[str]) -> ClassKind:
        """How the class is built, by its bases outside the SDK."""
        if not _MODELS.isdisjoint(outside):
            return ClassKind.MODEL
        return ClassKind.PLAIN if _ENUMS.isdisjoint(outside) else ClassKind.ENUM

    def known(self, outside: Sequence[str]) -> bool:
        """Whether it can be told which attributes the bases outside the SDK have."""
        return all(path in _MODELS | _ENUMS | _PLAIN or _builtin(path) is not None for path in outside)

    def names(self, outside: Sequence[str]) -> frozenset[str]:
        """Public names of the bases outside the SDK, as far as they are known."""
        names: set[str] = set()
        for path in outside:
            if path in _MODELS:
                names |= MODEL_NAMES
            elif path in _ENUMS:
                names |= {"name", "value"}
            elif path.endswith(".TypedDict"):
                names |= set(dir(dict))
            names |= set(dir(_builtin(path) or object))
        return frozenset(name for name in names if not name.startswith("_"))

    def extra(self, line: Sequence[Definition], outside: Sequence[str]) -> str:
        """``extra`` of the nearest ``model_config`` that says it: ``allow``, ``forbid``, ``ignore``."""
        for ancestor in line:
            assert isinstance(ancestor.node, ast.ClassDef)
            for statement in ancestor.node.body:
                config = _model_config(statement)
                if config is not None and (said := self._extra_in(config, ancestor.module)):
                    return said
        return "forbid" if _SETTINGS in outside else "ignore"

    def _extra_in(self, config: ast.expr, module: SourceModule, depth: int = 0) -> str:
        if isinstance(config, ast.Dict):
            said = {constant_text(key): constant_text(value) for key, value in zip(config.keys, config.values, strict=True)}
            return said.get("extra") or ""
        if not isinstance(config, ast.Call):
            return ""
        for keyword in config.keywords:
            if keyword.arg == "extra":
                return constant_text(keyword.value) or ""
        made_by = self._source.find(module, dotted_name(config.func))
        if depth or isinstance(made_by, str) or not isinstance(made_by.node, ast.FunctionDef):
            return ""
        for statement in made_by.node.body:
            if isinstance(statement, ast.Return) and statement.value:
                return self._extra_in(statement.value, made_by.module, depth + 1)
        return ""


def is_dataclass(node: ast.ClassDef) -> bool:
    """Whether ``@dataclass`` makes the constructor."""
    return any(_decorator_name(decorator) == "dataclass" for decorator in node.decorator_list)


def dataclass_option(node: ast.ClassDef, option: str) -> bool:
    """Whether ``@dataclass(option=True)`` says so."""
    calls = [decorator for decorator in node.decorator_list if isinstance(decorator, ast.Call)]
    said = {keyword.arg: keyword.value for call in calls if _decorator_name(call) == "dataclass" for keyword in call.keywords}
    value = said.get(option)
    return isinstance(value, ast.Constant) and value.value is True


def is_exception(outside: Sequence[str]) -> bool:
    """Whether a base is one of the builtin exceptions."""
    return any(isinstance(base := _builtin(path), type) and issubclass(base, BaseException) for path in outside)


def _decorator_name(decorator: ast.expr) -> str:
    return dotted_name(decorator.func if isinstance(decorator, ast.Call) else decorator).rpartition(".")[2]


def _model_config(statement: ast.stmt) -> ast.expr | None:
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target: ast.expr = statement.targets[0]
    elif isinstance(statement, ast.AnnAssign):
        target = statement.target
    else:
        return None
    return statement.value if isinstance(target, ast.Name) and target.id == "model_config" else None


def _builtin(path: str) -> type | None:
    module, _, name = path.rpartition(".")
    found = getattr(builtins, name, None) if module == "builtins" else None
    return found if isinstance(found, type) else None
