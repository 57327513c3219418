"""Reads one SDK's folder into facts."""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path

from hatchet_ls.hatchet.facts import UNDESCRIBED, Class, ClassKind, Facts, Lifetime, Member, Version
from hatchet_ls.hatchet.facts_annotations import Annotations
from hatchet_ls.hatchet.facts_bases import Lineage
from hatchet_ls.hatchet.facts_classes import ClassReader
from hatchet_ls.hatchet.facts_source import Definition, SdkSource, SourceModule


def read_package(package: Path, version: Version, history: Mapping[str, Lifetime]) -> Facts:
    """The facts of an SDK of the 1.x series by its folder ``hatchet_sdk``; raises ``UnreadableSdkError``.

    They have what ``hatchet_sdk`` exports, the classes that lead on from there by a result, a base or an annotation,
    the public classes in the same modules, the exceptions, and the exported enums of the REST models.
    """
    return _Package(package).facts(version, history)


class _Package:
    def __init__(self, package: Path) -> None:
        self._source = SdkSource(package)
        self._annotations = Annotations(self._source)
        self._reader = ClassReader(self._source, self._key_of)
        self._lineage = Lineage(self._source)
        self._keys: dict[str, Definition] = {}
        self._pending: deque[Definition] = deque()
        self._left_out: set[str] = set()

    def facts(self, version: Version, history: Mapping[str, Lifetime]) -> Facts:
        exports: dict[str, str] = {}
        functions: dict[str, Member] = {}
        for name, what in self._exported():
            if isinstance(what, str):
                exports[name] = what
            elif isinstance(what.node, ast.ClassDef):
                exports[name] = self._key_of(what) or what.path
            elif isinstance(what.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                functions[name] = self._reader.function(what)
                exports[name] = name
            else:
                exports[name] = what.path
        if self._source.has("hatchet_sdk.exceptions"):
            self._take_all(self._source.module("hatchet_sdk.exceptions"))
        classes: dict[str, Class] = {}
        while self._pending:
            definition = self._pending.popleft()
            classes[definition.name] = self._reader.read(definition)
            self._lead_on(definition)
        for name, path in exports.items():
            enum = self._generated_enum(path)
            if enum is not None and enum.name not in self._keys:
                self._keys[enum.name] = enum
                classes[enum.name] = self._reader.read(enum)
                exports[name] = enum.name
        package = self._source.module("hatchet_sdk")
        others = {name for name in (*package.names, *self._source.modules()) if not name.startswith("_")}
        return Facts(
            version=version,
            installed=True,
            classes=classes,
            exports=exports,
            functions=functions,
            history=history,
            left_out=frozenset(self._left_out),
            others=frozenset(others - exports.keys()),
            lacking=frozenset(_listed(package) - others),
            open="*" in package.names or "__getattr__" in package.names,
        )

    def _generated_enum(self, path: str) -> Definition | None:
        """The enum of the REST models behind a dotted path. The other models are what calls give, nobody makes them."""
        definition = self._source.load_enum(path) if path.startswith("hatchet_sdk.clients.rest.models.") else None
        if definition is None or not isinstance(definition.node, ast.ClassDef):
            return None
        _, foreign = self._lineage.of(definition)
        return definition if self._lineage.kind(foreign) is ClassKind.ENUM else None

    def _exported(self) -> Iterator[tuple[str, Definition | str]]:
        module = self._source.module("hatchet_sdk")
        for name in module.names:
            what = self._source.find(module, name)
            path = what if isinstance(what, str) else what.path
            if not name.startswith("_") and path.startswith("hatchet_sdk."):
                yield name, what

    def _key_of(self, definition: Definition) -> str | None:
        """The name of a class in the facts; what asks for it makes them have it."""
        known = self._keys.get(definition.name)
        if known is not None and known.path == definition.path:
            return definition.name
        if definition.module.name.startswith(UNDESCRIBED) or not isinstance(definition.node, ast.ClassDef):
            return None
        if known is None:
            self._keys[definition.name] = definition
            self._pending.append(definition)
            return definition.name
        self._left_out.add(definition.path)
        return None

    def _lead_on(self, definition: Definition) -> None:
        """Has the classes read that a class's public signatures name, and the public classes beside it."""
        module = definition.module
        for annotation in _annotations(definition.node):
            for mentioned in self._annotations.mentioned(annotation, module):
                self._key_of(mentioned)
        self._take_all(module)

    def _take_all(self, module: SourceModule) -> None:
        for name, bound in module.names.items():
            if isinstance(bound, ast.ClassDef) and not name.startswith("_"):
                self._key_of(Definition(module, name, bound))


def _listed(module: SourceModule) -> set[str]:
    """The names in its ``__all__``."""
    listed = module.names.get("__all__")
    elements = listed.elts if isinstance(listed, (ast.List, ast.Tuple)) else []
    return {each.value for each in elements if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def _annotations(node: ast.AST) -> Iterator[ast.expr]:
    """Of the fields of a class and of the parameters of its public methods."""
    for statement in getattr(node, "body", []):
        if isinstance(statement, ast.AnnAssign):
            yield statement.annotation
        elif isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)) and not statement.name.startswith("_"):
            arguments = statement.args
            for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
                if argument.annotation:
                    yield argument.annotation
