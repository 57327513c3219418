"""Which files a command line means."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hatchet_ls.project.discovery import Discovered, discover
from hatchet_ls.project.settings import Settings, pyprojects_above


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "b.py",
        "a.py",
        "stub.pyi",
        "notes.txt",
        "pkg/c.py",
        "build/d.py",
        ".venv/e.py",
        "pkg/__pycache__/f.py",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def find(root: Path, *paths: str) -> Discovered:
    settings = Settings(root, exclude=("a.py",))
    return discover(
        [Path(path) for path in paths], lambda path, directory: settings.excludes(path, directory=directory)
    )


def names(root: Path, found: Discovered) -> list[str]:
    return [file.relative_to(root).as_posix() for file in found.files]


def test_a_directory_stands_for_its_python_files_without_the_excluded_ones(project: Path) -> None:
    found = find(project, ".")
    assert names(project, found) == ["b.py", "pkg/c.py"]


def test_a_named_file_is_checked_whatever_its_name_and_the_excludes(project: Path) -> None:
    found = find(project, "a.py", "build/d.py", "notes.txt")
    assert names(project, found) == ["a.py", "build/d.py", "notes.txt"]


def test_a_named_directory_is_walked_though_it_is_excluded(project: Path) -> None:
    # Excludes hold for what is found on the way; `build` below the settings' root covers what is in it.
    assert names(project, find(project, "pkg")) == ["pkg/c.py"]
    assert names(project, find(project, "build")) == []


def test_each_file_is_given_once(project: Path) -> None:
    assert names(project, find(project, ".", "pkg", "b.py", "pkg/../b.py")) == ["b.py", "pkg/c.py"]


def test_symlinks_to_directories_are_not_followed(project: Path) -> None:
    (project / "pkg" / "loop").symlink_to(project)
    (project / "other").symlink_to(project / "pkg")
    assert names(project, find(project, ".")) == ["b.py", "pkg/c.py"]
    assert names(project, find(project, "other")) == ["other/c.py"]


def test_a_symlink_to_a_file_counts_only_when_the_file_itself_is_not_found(project: Path, tmp_path: Path) -> None:
    (project / "0_link.py").symlink_to(project / "b.py")
    (project / "outside.py").symlink_to(project / "build" / "d.py")
    assert names(project, find(project, ".")) == ["b.py", "outside.py", "pkg/c.py"]


def test_dangling_links_and_directories_called_like_files_are_passed_over(project: Path) -> None:
    (project / "gone.py").symlink_to(project / "nowhere.py")
    (project / "folder.py").mkdir()
    assert names(project, find(project, ".")) == ["b.py", "pkg/c.py"]


def test_an_environment_is_left_out_under_any_name(project: Path) -> None:
    (project / "env39").mkdir()
    (project / "env39" / "pyvenv.cfg").touch()
    (project / "env39" / "x.py").touch()
    assert names(project, find(project, ".")) == ["b.py", "pkg/c.py"]


def test_what_does_not_exist_is_reported(project: Path) -> None:
    (project / "self.py").symlink_to("self.py")
    found = find(project, "gone.py", "self.py", "nul\0.py", "b.py")
    assert names(project, found) == ["b.py"]
    assert [path for path, _ in found.missing] == [Path("gone.py"), Path("self.py"), Path("nul\0.py")]
    assert found.missing[0][1] == "no such file or directory"


def test_a_directory_that_cannot_be_listed_is_reported(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def scandir(path: str) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "pkg":
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = find(project, ".")
    assert names(project, found) == ["b.py"]
    assert found.unreadable == ((project / "pkg", "permission denied"),)


def test_files_in_a_directory_that_may_be_listed_but_not_entered_are_found(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "pkg" / "link.py").symlink_to("c.py")

    def closed(real: Callable[..., os.stat_result]) -> Callable[..., os.stat_result]:
        def stat(path: str | Path, **options: bool) -> os.stat_result:
            if Path(path).parent == project / "pkg":
                raise PermissionError(13, "Permission denied", path)
            return real(path, **options)

        return stat

    for name in ("stat", "lstat"):
        monkeypatch.setattr(os, name, closed(getattr(os, name)))
    assert names(project, find(project, ".")) == ["b.py", "pkg/c.py", "pkg/link.py"]
    assert not list(pyprojects_above(project / "pkg"))
