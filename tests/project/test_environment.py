"""The user's environment, found and read but never run."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hatchet_ls.project.environment import Environment, UnusableError, find_environment, read_environment


def make_environment(root: Path, *, config: str = "home = /usr/bin\nversion = 3.12.1\n") -> Path:
    """A virtual environment as it lies on the disk; gives its site-packages."""
    site_packages = root / "lib" / "python3.12" / "site-packages"
    site_packages.mkdir(parents=True)
    (root / "bin").mkdir()
    (root / "pyvenv.cfg").write_text(config)
    return site_packages


def find(directory: Path, **environ: str) -> Environment:
    return find_environment(None, None, [directory], environ)


def test_the_environment_beside_the_project_is_found(tmp_path: Path) -> None:
    site_packages = make_environment(tmp_path / ".venv")
    assert find(tmp_path) == Environment(tmp_path / ".venv", (site_packages,), "project")


def test_the_order_of_the_search(tmp_path: Path) -> None:
    project, workspace = tmp_path / "project", tmp_path
    places = {
        "settings": tmp_path / "configured",
        "editor": tmp_path / "chosen",
        ".venv": project / ".venv",
        "venv": project / "venv",
        "workspace": workspace / ".venv",
        "VIRTUAL_ENV": tmp_path / "active",
    }
    for place in places.values():
        make_environment(place)
    found: list[tuple[Path, str]] = []
    for _ in range(len(places) + 1):
        environment = find_environment(
            places["settings"], places["editor"], [project, workspace], {"VIRTUAL_ENV": str(places["VIRTUAL_ENV"])}
        )
        found.append((environment.root, environment.origin))
        if environment.origin != "server":
            shutil.rmtree(environment.root)
    assert found == [
        (places["settings"], "settings"),
        (places["editor"], "editor"),
        (places[".venv"], "project"),
        (places["venv"], "project"),
        (places["workspace"], "project"),
        (places["VIRTUAL_ENV"], "VIRTUAL_ENV"),
        (Path(sys.prefix), "server"),
    ]


def test_the_server_s_own_environment_comes_last_and_works(tmp_path: Path) -> None:
    environment = find(tmp_path)
    assert (environment.origin, environment.problem) == ("server", None)
    assert any((place / "parso").is_dir() for place in environment.site_packages)


def without_config(root: Path) -> None:
    (root / "pyvenv.cfg").unlink()


def without_libraries(root: Path) -> None:
    shutil.rmtree(root / "lib")


def dangling(root: Path) -> None:
    shutil.rmtree(root)
    root.symlink_to("nowhere")


def looping(root: Path) -> None:
    shutil.rmtree(root)
    root.symlink_to(root.name)


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (without_config, "has no pyvenv.cfg"),
        (without_libraries, "has no site-packages"),
        (dangling, "is a symlink to nowhere"),
        (looping, "is a symlink to nowhere"),
    ],
)
def test_a_broken_environment_is_passed_over_with_a_reason(
    tmp_path: Path, damage: Callable[[Path], None], reason: str
) -> None:
    make_environment(tmp_path / ".venv")
    spare = make_environment(tmp_path / "venv")
    damage(tmp_path / ".venv")
    environment = find(tmp_path)
    assert environment.site_packages == (spare,)
    assert environment.problem == f"{tmp_path / '.venv'}: {reason}"


def test_site_packages_that_lead_nowhere_do_not_count(tmp_path: Path) -> None:
    site_packages = make_environment(tmp_path / ".venv")
    site_packages.rmdir()
    site_packages.symlink_to("nowhere")
    assert "has no site-packages" in (find(tmp_path).problem or "")


def test_an_environment_whose_interpreter_is_gone_can_still_be_read(tmp_path: Path) -> None:
    site_packages = make_environment(tmp_path / ".venv")
    (tmp_path / ".venv/bin/python").symlink_to("/gone/python3")
    assert find(tmp_path).site_packages == (site_packages,)
    root, found = read_environment(tmp_path / ".venv/bin/python", by_name=True)
    assert (root, found) == (tmp_path / ".venv", (site_packages,))


def test_an_interpreter_stands_for_its_environment(tmp_path: Path) -> None:
    site_packages = make_environment(tmp_path / "env")
    python = tmp_path / "env/bin/python"
    python.touch()
    environment = find_environment(python, None, [], {})
    assert (environment.root, environment.site_packages) == (tmp_path / "env", (site_packages,))


def test_the_layouts_of_windows_conda_and_debian(tmp_path: Path) -> None:
    windows = tmp_path / "windows" / "Lib" / "site-packages"
    conda = tmp_path / "conda" / "lib" / "python3.11" / "site-packages"
    debian = tmp_path / "usr" / "lib" / "python3" / "dist-packages"
    for place in (
        windows,
        conda,
        debian,
        tmp_path / "windows/Scripts",
        tmp_path / "usr/bin",
        tmp_path / "conda/conda-meta",
    ):
        place.mkdir(parents=True)
    for python in ("windows/Scripts/python.exe", "usr/bin/python3"):
        (tmp_path / python).touch()
    (tmp_path / "windows/pyvenv.cfg").touch()
    assert read_environment(tmp_path / "windows", by_name=False)[1] == (windows,)
    assert read_environment(tmp_path / "windows/Scripts/python.exe", by_name=True)[1] == (windows,)
    assert read_environment(tmp_path / "conda", by_name=False)[1] == (conda,)
    assert read_environment(tmp_path / "usr/bin/python3", by_name=True)[1] == (debian,)


def test_a_prefix_that_nobody_named_must_be_a_virtual_environment(tmp_path: Path) -> None:
    (tmp_path / "lib/python3.11/site-packages").mkdir(parents=True)
    with pytest.raises(UnusableError, match=r"has no pyvenv\.cfg"):
        read_environment(tmp_path, by_name=False)


def test_of_several_pythons_the_environment_s_own_counts_else_the_newest(tmp_path: Path) -> None:
    for release in ("3.9", "3.10", "3.12"):
        (tmp_path / "lib" / f"python{release}" / "site-packages").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/python3.10").touch()
    (tmp_path / "bin/python3").symlink_to("python3.10")

    def releases(path: Path) -> list[str]:
        return [place.parent.name for place in read_environment(path, by_name=True)[1]]

    assert releases(tmp_path) == ["python3.12"]
    assert releases(tmp_path / "bin/python3") == ["python3.10"]
    (tmp_path / "pyvenv.cfg").write_text("version_info = 3.9.2.final.0\n")
    assert releases(tmp_path) == ["python3.9"]


def test_lib64_is_not_counted_twice(tmp_path: Path) -> None:
    site_packages = make_environment(tmp_path / ".venv")
    (tmp_path / ".venv/lib64").symlink_to("lib")
    assert find(tmp_path).site_packages == (site_packages,)


def test_system_site_packages_are_included_when_the_environment_says_so(tmp_path: Path) -> None:
    system = tmp_path / "usr/lib/python3.12/site-packages"
    system.mkdir(parents=True)
    config = f"home = {tmp_path / 'usr/bin'}\ninclude-system-site-packages = true\nversion = 3.12.1\n"
    site_packages = make_environment(tmp_path / ".venv", config=config)
    assert find(tmp_path).site_packages == (site_packages, system)
    (tmp_path / ".venv/pyvenv.cfg").write_text(config.replace("true", "false"))
    assert find(tmp_path).site_packages == (site_packages,)


def test_pth_files_add_paths_and_are_never_run(tmp_path: Path) -> None:
    site_packages = make_environment(tmp_path / ".venv")
    source = tmp_path / "src"
    source.mkdir()
    proof = tmp_path / "executed"
    code = f"import pathlib; pathlib.Path({str(proof)!r}).touch()"
    (site_packages / "editable.pth").write_text(f"# a comment\n\n{source}\n../relative\n{code}\n{tmp_path / 'gone'}\n")
    (site_packages / "broken.pth").write_bytes(b"\xff\xfe\0")
    (site_packages.parent / "relative").mkdir()
    assert find(tmp_path).site_packages == (site_packages, source, site_packages.parent / "relative")
    assert not proof.exists()


def test_a_named_environment_that_does_not_exist_gives_way_with_a_reason(tmp_path: Path) -> None:
    make_environment(tmp_path / ".venv")
    environment = find_environment(tmp_path / "nowhere", None, [tmp_path], {})
    assert environment.origin == "project"
    assert environment.problem == f"{tmp_path / 'nowhere'}: does not exist"
