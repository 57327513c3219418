"""Where the imports of a file start."""

from __future__ import annotations

from pathlib import Path

import pytest

from hatchet_ls.project.import_roots import ImportRoots


def tree(root: Path, *files: str) -> None:
    """Write files, empty ones; directories when they end with a slash."""
    for name in files:
        path = root / name
        (path if name.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            path.touch()


def roots(workspace: Path, directory: str) -> list[str]:
    """Relative to the workspace."""
    found = ImportRoots(workspace).of(workspace / directory)
    return [root.relative_to(workspace).as_posix() for root in found]


def test_a_package_and_its_project(tmp_path: Path) -> None:
    tree(tmp_path, "pyproject.toml", "src/app/__init__.py", "src/app/inner/__init__.py", "scripts/")
    assert roots(tmp_path, "src/app/inner") == ["src", "."]
    assert roots(tmp_path, "scripts") == ["scripts", ".", "src"]
    assert roots(tmp_path, ".") == [".", "src"]


def test_the_nearest_directory_comes_first_and_the_workspace_last(tmp_path: Path) -> None:
    tree(tmp_path, "src/", "services/mail/src/", "services/mail/app/__init__.py")
    assert roots(tmp_path, "services/mail/app") == ["services/mail", "services", ".", "src"]
    tree(tmp_path, "services/mail/pyproject.toml")
    assert roots(tmp_path, "services/mail/app") == ["services/mail", "services/mail/src", "services", "."]


def test_a_project_may_be_larger_than_the_workspace(tmp_path: Path) -> None:
    tree(tmp_path, "pyproject.toml", "src/", "tests/unit/")
    found = ImportRoots(tmp_path / "tests").of(tmp_path / "tests/unit")
    assert found == (tmp_path / "tests/unit", tmp_path / "tests", tmp_path, tmp_path / "src")


def test_nothing_above_a_file_that_is_outside_of_the_workspace(tmp_path: Path) -> None:
    tree(tmp_path, "workspace/src/", "else/where/")
    workspace = tmp_path / "workspace"
    found = ImportRoots(workspace).of(tmp_path / "else/where")
    assert found == (tmp_path / "else/where", workspace, workspace / "src")


MEMBERS = ("libs/client/pyproject.toml", "libs/client/src/", "services/mail/pyproject.toml", "services/mail/src/app/")
OWN = ["services/mail/src/app", "services/mail/src", "services/mail", "services", "."]


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ('[tool.uv.workspace]\nmembers = ["libs/*", "services/*"]', ["libs/client", "libs/client/src"]),
        ('tool.uv = {workspace = {members = ["libs/client"]}}', ["libs/client", "libs/client/src"]),
        ('[tool.uv.workspace]\nmembers = ["libs/*"]\nexclude = ["libs/c*"]', []),
        ('[tool.uv.workspace]\nmembers = ["**", "", "/libs/*", 3, "nowhere/*"]', []),
        ('[tool.uv.workspace]\nmembers = "libs/*"', []),
        ("[tool.uv]\nworkspace = true # members", []),
        ("[tool]\nuv = [ # members", []),
        ('members = ["libs/*"]', []),
    ],
)
def test_members_of_a_uv_workspace(tmp_path: Path, text: str, members: list[str]) -> None:
    tree(tmp_path, *MEMBERS, "libs/docs/", "libs/README.md")
    (tmp_path / "pyproject.toml").write_text(text)
    assert roots(tmp_path, "services/mail/src/app") == [*OWN, *members]


def test_members_are_read_once_until_they_are_forgotten(tmp_path: Path) -> None:
    tree(tmp_path, *MEMBERS)
    top = tmp_path / "pyproject.toml"
    top.write_text('[tool.uv.workspace]\nmembers = ["libs/*"]\n')
    import_roots = ImportRoots(tmp_path)
    assert tmp_path / "libs/client" in import_roots.of(tmp_path / "services")
    top.write_bytes(b"members = \xff")
    assert tmp_path / "libs/client" in import_roots.of(tmp_path / "services/mail")
    import_roots.forget()
    assert tmp_path / "libs/client" not in import_roots.of(tmp_path / "services/mail")
