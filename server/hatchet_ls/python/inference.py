"""Jedi, the last resort: what an expression is when no binding says so.

Jedi reads the project and its environment's packages; nothing is imported or run: the environment is an
in-process one that only lends its paths, and no extension module is loaded.
"""

from __future__ import annotations

import functools
import logging
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hatchet_ls.python.expr import Expr
from hatchet_ls.python.modules import Modules
from hatchet_ls.python.parse import Module

log = logging.getLogger(__name__)

_MAX_CODE_POINTS = 400_000


class JediInferrer:
    """Asks Jedi for the class of an object.

    Jedi is not thread-safe: all calls must come from one thread. Importing and starting it is put off until the
    first question.
    """

    def __init__(self, modules: Modules, root: Path, stubs: Sequence[Path] = ()) -> None:
        self._modules = modules
        self._root = root
        self._stubs = tuple(stubs)
        self._project: Any = None
        self._scripts: dict[Path, tuple[str, Any]] = {}

    def forget(self) -> None:
        """Read what has changed on disk anew."""
        self._scripts.clear()

    def infer(self, expr: Expr) -> tuple[str, Module | None, str] | None:
        """The class of the one object that an expression can be: its dotted path, its module when that is the
        project's, and its name."""
        span = expr.span
        source = expr.module.source
        if len(source.text) > _MAX_CODE_POINTS:
            return None
        row, column = source.position(span.end)
        try:
            names = self._script(expr.module).infer(row + 1, max(column - 1, 0))
        except Exception:  # Jedi raises all kinds of things on odd code; no answer is an answer
            log.debug("Jedi failed on %s", source.path, exc_info=True)
            return None
        if len(names) != 1 or names[0].type != "instance" or not names[0].full_name:
            return None
        name = names[0]
        module = None
        if name.module_path is not None and not self._is_library(name.module_path):
            module = self._modules.module(Path(name.module_path))
        return name.full_name, module, name.name

    def _script(self, module: Module) -> Any:
        import jedi

        path, text = module.source.path, module.source.text
        known = self._scripts.get(path)
        if known is None or known[0] != text:
            known = (text, jedi.Script(text, path=path, project=self._jedi_project(), environment=self._environment()))
            self._scripts = {path: known}
        return known[1]

    def _jedi_project(self) -> Any:
        import jedi

        if self._project is None:
            paths = [*self._modules.roots, *self._modules.site_packages, *self._stubs, *_standard_library()]
            self._project = jedi.Project(
                self._root,
                sys_path=list(dict.fromkeys(map(str, paths))),
                smart_sys_path=False,
                load_unsafe_extensions=False,
            )
        return self._project

    @staticmethod
    def _environment() -> Any:
        from jedi.api.environment import InterpreterEnvironment

        return InterpreterEnvironment()

    def _is_library(self, path: Path) -> bool:
        folders = (*self._modules.site_packages, *self._stubs, *_standard_library())
        return any(folder in path.parents for folder in folders)


@functools.cache
def _standard_library() -> tuple[Path, ...]:
    """The standard library of the Python that runs this; no other folder that it imports from, such as its own."""
    return tuple(dict.fromkeys(Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib")))
