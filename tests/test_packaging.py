"""What is shipped: one wheel for every Python, which does its work where nothing else is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by way of the source distribution as for a release."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def oldest_python() -> str:
    """Python 3.10 where there is one that works, else the Python of these tests."""
    candidates = [shutil.which("python3.10"), *sorted(Path.home().glob(".pyenv/versions/3.10.*/bin/python3.10"))]
    for candidate in candidates:
        if candidate and subprocess.run([candidate, "-c", "import venv"], capture_output=True).returncode == 0:
            return str(candidate)
    return sys.executable


def test_the_wheel_is_for_every_python_and_platform(wheel: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")


def test_the_wheel_holds_the_package_with_its_schemas_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    files = [file for file in (ROOT / "schemas").rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    schemas = {f"hatchet_ls/{file.relative_to(ROOT).as_posix()}" for file in files}
    assert schemas <= set(names)
    assert "hatchet_ls/py.typed" in names
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"hatchet_ls"}
    assert not [name for name in names if "__pycache__" in name or "test" in name]


def test_a_fresh_installation_checks_the_examples(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    subprocess.run([oldest_python(), "-m", "venv", environment], check=True)
    python = environment / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", wheel], check=True)
    examples = shutil.copytree(ROOT / "examples", tmp_path / "examples")
    done = subprocess.run(
        [environment / "bin" / "hatchet-ls", "check", "--output-format", "concise", examples],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    for rule in ("negative-retries", "unknown-member", "durable-plain-sleep", "rate-limit-without-key"):
        assert f"[{rule}]" in done.stdout


def test_the_readme_names_the_commands_that_are_tested() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/hatchet-ls check examples" in readme
    assert "\nbash scripts/test.sh\n" in readme
    assert "bash scripts/test.sh" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_server_starts_without_what_only_the_terminal_needs() -> None:
    loaded = "import sys, hatchet_ls.lsp.server; print(*sorted({'rich', 'click', 'pathspec'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
