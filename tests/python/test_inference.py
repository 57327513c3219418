"""What Jedi is let see: the project, its environment and the standard library, and nothing of the server's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from hatchet_ls.python.expr import Expr
from hatchet_ls.python.inference import JediInferrer
from hatchet_ls.python.modules import Modules
from hatchet_ls.text import Source

SHELF = """\
class Book: ...


def book() -> Book: ...
"""
READER = """\
import pathlib
from shelf import book

read = book()
place = pathlib.Path()
"""


def classes(project: Path, *site_packages: Path) -> list[str | None]:
    """The classes of what the reader has: a book and a path."""
    modules = Modules([project], site_packages, library="hatchet_sdk")
    module = modules.parse(Source(project / "reader.py", READER))
    inferrer = JediInferrer(modules, project)
    values = [statement.children[0].children[2] for statement in module.tree.children[2:4]]
    found = [inferrer.infer(Expr(module, value)) for value in values]
    return [each[0] if each is not None else None for each in found]


def test_the_environment_and_the_standard_library_are_seen(tmp_path: Path) -> None:
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages/shelf.py").write_text(SHELF, encoding="utf-8")
    assert classes(tmp_path / "app", tmp_path / "packages") == ["shelf.Book", "pathlib.Path"]


def test_what_only_the_server_imports_from_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "libs").mkdir()
    (tmp_path / "libs/shelf.py").write_text(SHELF, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path / "libs")
    assert classes(tmp_path / "app") == [None, "pathlib.Path"]
