"""Which file an import leads to, and the gate."""

from __future__ import annotations

from pathlib import Path

import pytest

from hatchet_ls.python import modules as modules_module
from hatchet_ls.python.modules import Modules, read_text
from hatchet_ls.text import Source


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        path = root / (name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_imports_lead_to_the_projects_files(tmp_path: Path) -> None:
    write(tmp_path, app__a="", app__sub__b="", top="")
    (tmp_path / "app" / "__init__.py").write_text("")
    (tmp_path / "app" / "sub" / "__init__.py").write_text("")
    modules = Modules([tmp_path], library="hatchet_sdk")
    here = tmp_path / "app" / "sub" / "b.py"
    assert modules.find("app.a", 0, here) == tmp_path / "app" / "a.py"
    assert modules.find("app", 0, here) == tmp_path / "app" / "__init__.py"
    assert modules.find("", 1, here) == tmp_path / "app" / "sub" / "__init__.py"
    assert modules.find("a", 2, here) == tmp_path / "app" / "a.py"
    assert modules.find("top", 0, here) == tmp_path / "top.py"
    assert modules.find("json", 0, here) is None
    assert modules.find("b", 0, here) is None, "a module of a package does not see its neighbours"


def test_a_script_sees_its_neighbours(tmp_path: Path) -> None:
    write(tmp_path, scripts__a="", scripts__b="")
    assert (
        Modules([tmp_path], library="hatchet_sdk").find("b", 0, tmp_path / "scripts" / "a.py")
        == tmp_path / "scripts" / "b.py"
    )


def test_a_new_file_is_found_after_invalidation(tmp_path: Path) -> None:
    modules = Modules([tmp_path], library="hatchet_sdk")
    assert modules.find("late", 0, tmp_path / "a.py") is None
    write(tmp_path, late="")
    modules.invalidate()
    assert modules.find("late", 0, tmp_path / "a.py") == tmp_path / "late.py"


def test_an_open_document_counts_instead_of_its_file(tmp_path: Path) -> None:
    write(tmp_path, client="x = 1\n")
    texts = {tmp_path / "client.py": "from hatchet_sdk import Hatchet\n"}
    modules = Modules([tmp_path], overlay=texts.get, library="hatchet_sdk")
    assert modules.reaches_library(Source(tmp_path / "a.py", "import client\n"))
    texts.clear()
    modules.invalidate()
    assert not modules.reaches_library(Source(tmp_path / "a.py", "import client\n"))


@pytest.mark.parametrize(
    "text",
    [
        "from client import hatchet",
        "import os, client",
        "from . import client",
        "if x:\n    from client import (\n  hatchet,\n)",
        "import middle",
        "from loop import y",
    ],
)
def test_the_gate_follows_imports_as_far_as_they_lead(tmp_path: Path, text: str) -> None:
    write(tmp_path, client="import hatchet_sdk\n", middle="import client\n", loop="import loop\nimport middle\n")
    assert Modules([tmp_path], library="hatchet_sdk").reaches_library(Source(tmp_path / "a.py", text))


def test_the_gate_opens_when_an_imported_module_changes(tmp_path: Path) -> None:
    write(tmp_path, client="x = 1\n")
    modules = Modules([tmp_path], library="hatchet_sdk")
    importer = Source(tmp_path / "a.py", "import client\n")
    assert not modules.reaches_library(importer)
    changed = Source(tmp_path / "client.py", "import hatchet_sdk\n")
    write(tmp_path, client=changed.text)
    assert modules.reaches_library(changed)
    assert modules.reaches_library(importer)


def test_who_imports_a_file_is_known_without_parsing(tmp_path: Path) -> None:
    files = {
        "app__models": "",
        "app__middle": "from .models import Order\nimport app.loop\n",
        "app__loop": "from app.middle import Order\n",
        "app__far": "from app import loop\n",
        "app__other": "import json\n",
        "whole": "import app\n",
    }
    write(tmp_path, **files)
    (tmp_path / "app" / "__init__.py").write_text("")
    modules = Modules([tmp_path], library="hatchet_sdk")
    sources = [Source(tmp_path / (name.replace("__", "/") + ".py"), text) for name, text in files.items()]
    # Files that are imported on the way need not be among the sources; a package has its modules for attributes.
    names = [each.path.stem for each in modules.importing({tmp_path / "app/models.py"}, sources)]
    assert names == ["models", "middle", "loop", "far", "whole"]
    assert [each.path.stem for each in modules.importing({tmp_path / "app/models.py"}, sources[3:])] == ["far", "whole"]
    assert not modules._parsed


def test_files_that_cannot_be_read_as_text_are_none(tmp_path: Path) -> None:
    (tmp_path / "binary.py").write_bytes(b"\xff\xfe\x00\x00")
    (tmp_path / "coding.py").write_bytes(b"# coding: no-such-thing\n")
    (tmp_path / "latin.py").write_bytes("# coding: latin-1\nx = 'é'\n".encode("latin-1"))
    (tmp_path / "dangling.py").symlink_to(tmp_path / "missing")
    assert read_text(tmp_path / "binary.py") is None
    assert read_text(tmp_path / "coding.py") is None
    assert read_text(tmp_path / "dangling.py") is None
    assert read_text(tmp_path) is None
    (tmp_path / "nul.py").write_bytes(b"x = 1\n\0")
    (tmp_path / "large.py").write_bytes(b"#" * 5_000_001)
    (tmp_path / "old_mac.py").write_bytes("# coding: latin-1\rx = 'é'\r".encode("latin-1"))
    assert read_text(tmp_path / "nul.py") is None
    assert read_text(tmp_path / "large.py") is None
    assert read_text(tmp_path / "old_mac.py") == "# coding: latin-1\rx = 'é'\r"
    assert read_text(tmp_path / "latin.py") == "# coding: latin-1\nx = 'é'\n"


def test_the_sdk_is_a_library_even_where_it_lies_in_the_project(tmp_path: Path) -> None:
    write(tmp_path, hatchet_sdk__hatchet="class Hatchet: ...\n")
    (tmp_path / "hatchet_sdk" / "__init__.py").write_text("from hatchet_sdk.hatchet import Hatchet\n")
    assert Modules([tmp_path], library="hatchet_sdk").find("hatchet_sdk", 0, tmp_path / "a.py") is None
    assert Modules([tmp_path], library="hatchet_sdk").find("hatchet_sdk.hatchet", 0, tmp_path / "a.py") is None


def test_the_number_of_trees_is_bounded_and_open_documents_are_spared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(modules_module, "_MOST_TREES", 2)
    write(tmp_path, a="", b="", c="", d="", e="")
    opened = {tmp_path / "a.py": "x = 1\n"}
    modules = Modules([tmp_path], overlay=opened.get, library="hatchet_sdk")
    kept = [modules.module(tmp_path / f"{name}.py") for name in "abcdeb"]
    modules.tidy()
    assert [path.stem for path in modules._parsed] == ["a", "e", "b"]
    assert modules.module(tmp_path / "a.py") is kept[0]


def test_of_a_file_that_changed_or_went_nothing_is_kept(tmp_path: Path) -> None:
    write(tmp_path, a="import hatchet_sdk\n", b="")
    modules = Modules([tmp_path], library="hatchet_sdk")
    assert modules.reaches_library(Source(tmp_path / "c.py", "import a, b\n"))
    for name in "ab":
        assert modules.module(tmp_path / f"{name}.py") is not None
    modules.invalidate(tmp_path / "a.py")
    assert [path.stem for path in modules._parsed] == ["b"]
    assert [path.stem for path in modules._on_disk] == ["b"]
    assert tmp_path / "a.py" not in modules._leads


@pytest.mark.parametrize("closed", ["kept", "saved", "deleted"])
def test_a_document_is_unsaved_only_while_it_is_open(tmp_path: Path, closed: str) -> None:
    write(tmp_path, helper="x = 1\n")
    helper = tmp_path / "helper.py"
    opened = {helper: "x = 2\n"}
    modules = Modules([tmp_path], overlay=opened.get, library="hatchet_sdk")
    assert modules.module(helper) is not None
    assert modules.unsaved == {helper}
    if closed == "saved":
        helper.write_text("x = 2\n# longer\n")
        opened[helper] = "x = 2\n# longer\n"
    else:
        opened.clear()
    if closed == "deleted":
        helper.unlink()
    assert modules.unsaved == set()
