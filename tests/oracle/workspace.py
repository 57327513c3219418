"""Importing a snippet one statement at a time."""

from __future__ import annotations
import __future__

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import MagicMock

from oracle.statements import RECORD, GoOnAfterErrors, is_main_guard, without_refused_keyword

OnError = Callable[[Exception], None]


class StatementLoader(importlib.abc.Loader):
    """Runs a module's statements one by one; what one raises goes to ``on_error``. Main guards are kept for later."""

    def __init__(self, path: Path, on_error: OnError, on_error_in_function: OnError) -> None:
        self.path = path
        self.on_error = on_error
        self.on_error_in_function = on_error_in_function
        self.main: list[ast.stmt] = []
        self.main_names: set[str] = set()

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        """Leave it to Python."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the module. A syntax error is raised: then nothing can be said about the file."""
        self.flags = 0
        vars(module)[RECORD] = self.on_error_in_function
        tree = GoOnAfterErrors().visit(ast.parse(self.path.read_text(encoding="utf-8"), str(self.path)))
        for statement in tree.body:
            if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
                for alias in statement.names:
                    self.flags |= getattr(__future__, alias.name).compiler_flag
            if is_main_guard(statement):
                self.main += statement.body
                self.main_names |= {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
            else:
                self.run(module, statement)

    def run(self, module: ModuleType, statement: ast.stmt) -> None:
        """Run one statement in the module, and what is left of it when a keyword of it is refused."""
        following: ast.stmt | None = statement
        while following is not None:
            code = compile(ast.Module([following], []), str(self.path), "exec", self.flags, dont_inherit=True)
            try:
                exec(code, module.__dict__)
            except Exception as error:
                self.on_error(error)
                following = without_refused_keyword(following, error)
            else:
                following = None


class SnippetFinder(importlib.abc.MetaPathFinder):
    """Finds the snippet's own modules."""

    def __init__(self, folder: Path, on_error: OnError, on_error_in_function: OnError) -> None:
        self.roots = [folder, folder / "src"]
        self.takers = on_error, on_error_in_function

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """A module of the snippet, before anything that is installed."""
        for root in self.roots:
            base = root.joinpath(*name.split("."))
            if (base / "__init__.py").is_file():
                file, locations = base / "__init__.py", [str(base)]
            elif base.with_suffix(".py").is_file():
                file, locations = base.with_suffix(".py"), None
            elif base.is_dir() and any(base.rglob("*.py")):
                spec = importlib.machinery.ModuleSpec(name, None, is_package=True)
                spec.submodule_search_locations = [str(base)]
                return spec
            else:
                continue
            loader = StatementLoader(file, *self.takers)
            return importlib.util.spec_from_file_location(
                name, file, loader=loader, submodule_search_locations=locations
            )
        return None


class StandIn(ModuleType):
    """A library that is not installed here (a web client, another task queue): whatever is asked of it, it has."""

    __path__: list[str] = []  # noqa: RUF012 (the import system wants it so)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return MagicMock(name=f"{self.__name__}.{name}")


class StandInFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """The last finder: top-level packages that the snippet imports and nobody has, and what is inside those."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Stand in for a library, never for a part of one that is there."""
        parent = name.rpartition(".")[0]
        if parent and not isinstance(sys.modules.get(parent), StandIn):
            return None
        importer = sys._getframe(1)
        while "importlib" in importer.f_code.co_filename and importer.f_back is not None:
            importer = importer.f_back
        if not importer.f_code.co_filename.startswith(f"{self.folder}/"):
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        """An empty library."""
        return StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


def module_name(path: str) -> str:
    """``src/app/__init__.py`` is ``app``."""
    return path.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
