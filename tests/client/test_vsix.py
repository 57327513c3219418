"""What the VS Code extension ships: little, nothing superfluous, and a server that runs with any Python."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from client.conftest import build
from e2e.texts import WRONG
from e2e.wire import Wire, wire
from hatchet_ls.rules import rules

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "client-vscode"

LIBRARIES = {
    "attr",
    "attrs",
    "cattr",
    "cattrs",
    "cron_descriptor",
    "exceptiongroup",
    "hatchet_ls",
    "jedi",
    "lsprotocol",
    "parso",
    "pathspec",
    "pygls",
    "tomli",
    "typing_extensions.py",
    "tzdata",
}


def pythons() -> list[str]:
    """The Python of these tests, and every other one from 3.10 on that this machine has."""
    names = [f"python3.{minor}" for minor in range(10, 20)]
    found = [sys.executable, *(shutil.which(name) for name in names)]
    found += map(str, Path.home().glob(".pyenv/versions/3.1[0-9].*/bin/python3"))
    asked = "import sys; print(*sys.version_info[:2], sep='.')"
    versions: dict[str, str] = {}
    for python in filter(None, found):
        answer = subprocess.run([python, "-I", "-S", "-c", asked], capture_output=True, text=True, check=False)
        if answer.returncode == 0:
            versions.setdefault(answer.stdout.strip(), python)
    return list(versions.values())


PYTHONS = pythons()


@pytest.fixture(scope="module")
def names(vsix: Path) -> list[str]:
    """The files of the extension."""
    return [name.removeprefix("extension/") for name in zipfile.ZipFile(vsix).namelist() if name[:10] == "extension/"]


@pytest.fixture(scope="module")
def manifest(vsix: Path) -> dict[str, Any]:
    """The extension's manifest."""
    content: dict[str, Any] = json.loads(zipfile.ZipFile(vsix).read("extension/package.json"))
    return content


def test_it_is_small(vsix: Path) -> None:
    assert vsix.stat().st_size < 3_000_000


def test_it_holds_what_is_wanted_and_nothing_else(names: list[str]) -> None:
    others = [name for name in names if not name.startswith(("bundled/libs/", "media/walkthrough/"))]
    assert sorted(others) == [
        "LICENSE.txt",
        "THIRD_PARTY_NOTICES.txt",
        "bundled/launch.py",
        "changelog.md",
        "dist/extension.js",
        "media/icon.png",
        "package.json",
        "readme.md",
        "snippets/hatchet.json",
    ]


def test_the_libraries_are_those_that_the_server_needs(names: list[str]) -> None:
    tops = {name.split("/")[2] for name in names if name.startswith("bundled/libs/")}
    assert {top for top in tops if not top.endswith(".dist-info")} == LIBRARIES
    assert len(tops) == 2 * len(LIBRARIES) - 2  # attrs and cattrs have two packages each


@pytest.mark.parametrize(
    "weight",
    [
        r"__pycache__|\.pyc$",
        r"(^|/)tests?(/|\.py$)|(^|/)test_",
        r"\.(so|pyd|dll|dylib|exe)$",
        r"third_party/(django-stubs|typeshed/stubs|typeshed/stdlib/tkinter)/",
        r"(^|/)(RECORD|INSTALLER|REQUESTED|direct_url\.json)$",
        r"hatchet_ls/cli/",
        r"\.(ts|map|vsix)$|node_modules",
    ],
)
def test_there_is_no_dead_weight(names: list[str], weight: str) -> None:
    assert [name for name in names if re.search(weight, name)] == []


def test_the_licences_of_all_that_is_bundled_are_there(vsix: Path, names: list[str]) -> None:
    notices = zipfile.ZipFile(vsix).read("extension/THIRD_PARTY_NOTICES.txt").decode()
    infos = {name.split("/")[2] for name in names if ".dist-info/" in name}
    for info in infos:
        assert any(re.search(rf"/{re.escape(info)}/(licenses/.*)?LICEN[CS]E", name) for name in names), info
    sections = re.findall(r"={80}\n(\S+) (\S+)\n={80}\n\n(.*?)(?=\n={80}\n\S|\Z)", notices, re.DOTALL)
    assert len(sections) == notices.count(f"{'=' * 80}\n") // 2
    assert all(re.search(r"(?i)copyright|permission|licen[cs]e", text) for _, _, text in sections)
    bundled = {name.lower().replace("_", "-") for name, _, _ in sections}
    pinned = re.findall(r"^([\w-]+)==", (CLIENT / "bundled" / "requirements.txt").read_text(encoding="utf-8"), re.M)
    assert bundled >= {*pinned, "vscode-languageclient", "vscode-jsonrpc", "semver"}


def test_the_manifest_promises_what_is_there(manifest: dict[str, Any], names: list[str]) -> None:
    contributes = manifest["contributes"]
    steps = [step for each in contributes["walkthroughs"] for step in each["steps"]]
    files = [manifest["main"], manifest["icon"], *(snippets["path"] for snippets in contributes["snippets"])]
    files += [step["media"]["image"] for step in steps]
    assert [file for file in files if file.removeprefix("./") not in names] == []
    commands = {command["command"] for command in contributes["commands"]}
    source = "\n".join(file.read_text(encoding="utf-8") for file in (CLIENT / "src").glob("*.ts"))
    assert all(f"{command.removeprefix('hatchet.')}: (" in source for command in commands)
    used = {match for step in steps for match in re.findall(r"command:(hatchet\.\w+)", step["description"])}
    assert used <= commands
    explained = {match for step in steps for match in re.findall(r"explainRule\?%5B%22(.*?)%22", step["description"])}
    assert explained <= set(rules())


def test_the_pictures_of_the_readme_are_on_the_web_where_they_are_in_the_repository(vsix: Path) -> None:
    readme = zipfile.ZipFile(vsix).read("extension/readme.md").decode()
    pictures = re.findall(r"!\[[^]]*\]\((.*?)\)", readme)
    web = "https://github.com/hatchet-dev/hatchet-ls/raw/HEAD/"
    assert pictures
    assert [picture for picture in pictures if not (ROOT / picture.removeprefix(web)).is_file()] == []


def test_the_manifest_slows_nothing_else_and_needs_no_other_extension(manifest: dict[str, Any]) -> None:
    assert manifest["activationEvents"] == ["onLanguage:python"]
    assert "extensionDependencies" not in manifest
    assert list(manifest["dependencies"]) == ["vscode-languageclient"]
    assert manifest["devDependencies"]["@types/vscode"] == manifest["engines"]["vscode"].removeprefix("^")
    version = re.search(r'__version__ = "(.*)"', (ROOT / "server/hatchet_ls/__init__.py").read_text(encoding="utf-8"))
    assert version is not None
    assert manifest["version"] == version[1]


def test_settings_that_lead_to_programs_are_not_taken_from_untrusted_workspaces(manifest: dict[str, Any]) -> None:
    settings = manifest["contributes"]["configuration"]["properties"]
    restricted = manifest["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"]
    assert set(restricted) <= set(settings)
    assert {"hatchet.interpreter", "hatchet.environment", "hatchet.importStrategy"} <= set(restricted)


def test_each_setting_is_described_for_editors(manifest: dict[str, Any]) -> None:
    settings = manifest["contributes"]["configuration"]["properties"]
    assert all(setting["markdownDescription"] and "default" in setting for setting in settings.values())
    assert not [name for name, setting in settings.items() if "this file" in setting["markdownDescription"]]
    assert set(rules()) < set(settings["hatchet.rules"]["properties"])


def test_the_lock_file_names_no_registry_but_npm_s() -> None:
    lock = (CLIENT / "package-lock.json").read_text(encoding="utf-8")
    assert set(re.findall(r'"resolved": "(https?://[^/]*/)', lock)) <= {"https://registry.npmjs.org/"}
    assert '"integrity": "sha512-' in lock


def test_it_is_built_from_the_same_sources_to_the_same_bytes(vsix: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.vsix"
    build(again)
    assert again.read_bytes() == vsix.read_bytes()


def check(command: list[str], workspace: Path) -> Wire:
    """A server finds a mistake and ends well."""
    with wire(command=command) as it:
        it.initialize(workspace)
        uri = (workspace / "tasks.py").as_uri()
        it.open(uri, WRONG)
        assert [found["code"] for found in it.diagnostics(uri)] == ["negative-retries"]
        assert it.leave() == 0
    return it


def launch(python: str, installed: Path, *options: str) -> list[str]:
    """The command line of the client."""
    return [python, "-I", "-S", "-X", "utf8", *options, str(installed / "bundled" / "launch.py")]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A folder full of modules that are named like the standard library's, at a path that needs care."""
    folder = tmp_path / "my app 語"
    folder.mkdir()
    for name in ("random", "types", "json", "asyncio", "typing", "logging", "hatchet_ls", "jedi", "sitecustomize"):
        (folder / f"{name}.py").write_text(f"raise SystemExit('{name} was imported')\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("python", PYTHONS)
def test_the_server_runs_with(python: str, installed: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace)
    monkeypatch.setenv("PYTHONPATH", str(workspace))
    check(launch(python, installed), workspace)


def test_the_bundled_server_finds_what_the_command_line_finds(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", sys.prefix)
    examples = shutil.copytree(ROOT / "examples", tmp_path / "examples")
    command = [sys.executable, "-m", "hatchet_ls", "check", "--output-format", "json", "."]
    done = subprocess.run(command, cwd=examples, capture_output=True, text=True, check=False)
    expected = sorted((finding["filename"], finding["rule"]) for finding in json.loads(done.stdout))
    found = []
    with wire(command=launch(sys.executable, installed)) as it:
        it.initialize(examples)
        for file in sorted(examples.glob("*/*.py")):
            it.open(file.as_uri(), file.read_text(encoding="utf-8"))
            found += [(str(file), diagnostic["code"]) for diagnostic in it.diagnostics(file.as_uri())]
        it.leave()
    assert sorted(found) == expected
    assert expected


@pytest.fixture
def read_only(installed: Path, tmp_path: Path) -> Iterator[Path]:
    """The extension where nothing can be written."""
    copy = shutil.copytree(installed, tmp_path / "read only", ignore=shutil.ignore_patterns("__pycache__"))
    folders = [copy, *(path for path in copy.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    yield copy
    for folder in folders:
        folder.chmod(stat.S_IRWXU)


def test_the_server_runs_from_where_nothing_can_be_written(read_only: Path, workspace: Path) -> None:
    check(launch(sys.executable, read_only), workspace)
    # The superuser may write everywhere.
    assert os.geteuid() == 0 or not list(read_only.rglob("__pycache__"))


def test_what_python_compiles_goes_where_the_client_says(read_only: Path, workspace: Path, tmp_path: Path) -> None:
    check(launch(sys.executable, read_only, "-X", f"pycache_prefix={tmp_path / 'bytecode'}"), workspace)
    assert not list(read_only.rglob("__pycache__"))
    assert list(tmp_path.glob("bytecode/**/serve.*.pyc"))


def test_every_module_of_the_server_finds_its_libraries(installed: Path) -> None:
    script = (
        "import importlib, pkgutil, sys; sys.path.append(sys.argv[1])\n"
        "import hatchet_ls, cron_descriptor, pathspec, tomli, tzdata, jedi.api\n"
        "for each in pkgutil.walk_packages(hatchet_ls.__path__, 'hatchet_ls.'): importlib.import_module(each.name)"
    )
    libraries = str(installed / "bundled" / "libs")
    done = subprocess.run([sys.executable, "-I", "-S", "-c", script, libraries], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
