"""The SDK's source as syntax trees, and what its names stand for. Nothing of it is imported."""

from __future__ import annotations

import ast
import builtins
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from hatchet_ls.hatchet.facts import UNDESCRIBED

FunctionNode: TypeAlias = "ast.FunctionDef | ast.AsyncFunctionDef"


class UnreadableSdkError(Exception):
    """The SDK's source lacks a module or cannot be parsed."""


@dataclass(frozen=True)
class Definition:
    """What a name of the SDK stands for: a class, a function, or the expression assigned to it."""

    module: SourceModule
    name: str
    node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | ast.expr

    @property
    def path(self) -> str:
        """Its dotted path."""
        return f"{self.module.name}.{self.name}"


@dataclass(frozen=True)
class _Import:
    module: str
    name: str | None
    """None for the module itself."""


class SourceModule:
    """One parsed module."""

    def __init__(self, name: str, is_package: bool, text: bytes) -> None:
        """Raises SyntaxError or ValueError when the text is no Python."""
        self.name = name
        self.tree = ast.parse(text)
        self._is_package = is_package
        self._text = text

    @cached_property
    def _lines(self) -> list[bytes]:
        return self._text.splitlines(keepends=True)

    @cached_property
    def names(self) -> dict[str, _Import | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | ast.expr]:
        """What the module's top level binds, blocks such as ``if TYPE_CHECKING`` included; later ones win."""
        names: dict[str, _Import | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | ast.expr] = {}
        pending: list[ast.stmt] = list(reversed(self.tree.body))
        while pending:
            statement = pending.pop()
            if isinstance(statement, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                names[statement.name] = statement
            elif isinstance(statement, ast.ImportFrom):
                origin = self._origin(statement)
                names.update({alias.asname or alias.name: _Import(origin, alias.name) for alias in statement.names})
            elif isinstance(statement, ast.Import):
                for alias in statement.names:
                    head = alias.name.partition(".")[0]
                    names[alias.asname or head] = _Import(alias.name if alias.asname else head, None)
            elif isinstance(statement, ast.Assign):
                names.update(
                    {target.id: statement.value for target in statement.targets if isinstance(target, ast.Name)}
                )
            elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value:
                names[statement.target.id] = statement.value
            elif isinstance(statement, (ast.If, ast.Try)):
                pending.extend(reversed([*statement.body, *statement.orelse]))
        return names

    def _origin(self, statement: ast.ImportFrom) -> str:
        if not statement.level:
            return statement.module or ""
        parts = self.name.split(".")
        package = parts[: len(parts) - statement.level + (1 if self._is_package else 0)]
        return ".".join([*package, statement.module] if statement.module else package)

    def text_of(self, node: ast.expr) -> str:
        """An expression as written, on one line."""
        if node.end_lineno is None or node.end_col_offset is None:
            return ast.unparse(node)
        first, last = node.lineno - 1, node.end_lineno - 1
        if first == last:
            return self._lines[first][node.col_offset : node.end_col_offset].decode()
        lines = self._lines[first : last + 1]
        lines[-1] = lines[-1][: node.end_col_offset]
        lines[0] = lines[0][node.col_offset :]
        if any(b"#" in line for line in lines):
            return ast.unparse(node)
        text = " ".join(line.strip().decode() for line in lines)
        return re.sub(r",?\s+([\])])", r"\1", re.sub(r"([\[(])\s+", r"\1", text))


class SdkSource:
    """The modules of one SDK, parsed when asked for."""

    def __init__(self, package: Path) -> None:
        """``package`` is the folder ``hatchet_sdk``."""
        self._package = package
        self._modules: dict[str, SourceModule] = {}
        self._found: dict[tuple[str, str], Definition | str] = {}

    def module(self, name: str) -> SourceModule:
        """A module of ``hatchet_sdk`` by its dotted name; raises ``UnreadableSdkError``."""
        if name not in self._modules:
            self._modules[name] = self._read(name)
        return self._modules[name]

    def has(self, name: str) -> bool:
        """Whether there is a module of this dotted name."""
        folder = self._package.joinpath(*name.split(".")[1:])
        return folder.with_suffix(".py").is_file() or (folder / "__init__.py").is_file()

    def modules(self) -> list[str]:
        """The names of the modules and packages directly in ``hatchet_sdk``."""
        inside = self._package.iterdir()
        return [path.stem for path in inside if (path.suffix == ".py" or path.is_dir()) and path.stem.isidentifier()]

    def _read(self, name: str) -> SourceModule:
        folder = self._package.joinpath(*name.split(".")[1:])
        module_file = folder.with_suffix(".py")
        is_package = name == "hatchet_sdk" or not module_file.is_file()
        try:
            return SourceModule(name, is_package, (folder / "__init__.py" if is_package else module_file).read_bytes())
        except (OSError, SyntaxError, ValueError, RecursionError) as error:
            raise UnreadableSdkError(f"{name}: {error}") from error

    def find(self, module: SourceModule, dotted: str) -> Definition | str:
        """What a name stands for in a module: a definition of the SDK, else its dotted path outside the SDK.

        A name that nothing binds is one of ``builtins``, or an empty string.
        """
        key = (module.name, dotted)
        if key not in self._found:
            head, *rest = dotted.split(".")
            found = self._find(module, head)
            for name in rest:
                found = "" if isinstance(found, Definition) or not found else self._member(found, name)
            self._found[key] = found
        return self._found[key]

    def load_enum(self, path: str) -> Definition | None:
        """The same for enums; what is none is not parsed if its text tells."""
        folder = self._package.joinpath(*path.split(".")[1:-1])
        try:
            may_be = b"Enum)" in folder.with_suffix(".py").read_bytes()
        except OSError:
            return None
        return self.load(path) if may_be else None

    def load(self, path: str) -> Definition | None:
        """The class behind a dotted path that ``find`` gave, in the trees that are not described."""
        module, _, name = path.rpartition(".")
        if not module.startswith(UNDESCRIBED) or module.startswith("hatchet_sdk.contracts"):
            return None
        found = self._find(self.module(module), name)
        return found if isinstance(found, Definition) else None

    def _find(self, module: SourceModule, name: str, depth: int = 0) -> Definition | str:
        bound = module.names.get(name)
        if bound is None:
            return f"builtins.{name}" if hasattr(builtins, name) else ""
        if not isinstance(bound, _Import):
            return Definition(module, name, bound)
        if bound.name is None:
            return bound.module
        # Re-exports are a few modules long; a circle of imports has no end.
        return self._member(bound.module, bound.name, depth + 1) if depth < 10 else ""

    def _member(self, module: str, name: str, depth: int = 0) -> Definition | str:
        path = f"{module}.{name}"
        if module != "hatchet_sdk" and not module.startswith("hatchet_sdk."):
            return path
        if module.startswith(UNDESCRIBED):
            return path
        found = self._find(self.module(module), name, depth)
        return path if isinstance(found, str) and (not found or found.startswith("builtins.")) else found
