"""The pages in docs/editors, and the configurations there that no test here can run: they have the right form."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import tomli

from editors.desk import DOCS


def read(name: str) -> dict[str, Any]:
    text = (DOCS / name).read_text(encoding="utf-8")
    values = tomli.loads(text) if name.endswith(".toml") else json.loads(text)
    assert isinstance(values, dict)
    return values


def has_only(table: Mapping[str, object], keys: str) -> bool:
    return table.keys() <= set(keys.split())


def test_helix() -> None:
    languages = read("helix/languages.toml")
    assert has_only(languages, "language language-server")
    (server,) = languages["language-server"].values()
    assert has_only(server, "command args config environment timeout required-root-patterns")
    (python,) = languages["language"]
    assert has_only(python, "name language-servers")
    built_in = {"ty", "ruff", "jedi", "pylsp"}
    assert set(python["language-servers"]) == built_in | languages["language-server"].keys()
    assert python["name"] == "python"


def test_sublime_text() -> None:
    (server,) = read("sublime/LanguageServers.sublime-settings").values()
    assert has_only(server, "enabled command selector settings initialization_options env")
    assert server["enabled"] is True
    assert server["selector"] == "source.python"


def test_zed() -> None:
    settings = read("zed/settings.json")
    assert has_only(settings, "lsp languages")
    ((name, server),) = settings["lsp"].items()
    assert has_only(server, "binary settings initialization_options")
    assert has_only(server["binary"], "path arguments env ignore_system_version")
    servers = settings["languages"]["Python"]["language_servers"]
    assert name in servers, "Zed starts none that is not in the list"
    assert {each.lstrip("!") for each in servers} == {"basedpyright", "ruff", "pyright", "ty", "pylsp"}, "Zed's own"


def test_pycharm() -> None:
    folder = DOCS / "pycharm"
    assert {path.name for path in folder.iterdir()} <= {"template.json", "settings.json", "initializationOptions.json"}
    template = read("pycharm/template.json")
    assert has_only(template, "id name programArgs fileTypeMappings")
    assert has_only(template["programArgs"], "default windows")
    (mapping,) = template["fileTypeMappings"]
    assert mapping == {"fileType": {"name": "Python", "patterns": ["*.py"]}, "languageId": "python"}
    assert read("pycharm/settings.json") == {"hatchet": {}}


def test_each_starts_the_server() -> None:
    helix, zed, pycharm = read("helix/languages.toml"), read("zed/settings.json"), read("pycharm/template.json")
    (in_helix,), (in_zed,) = helix["language-server"].values(), zed["lsp"].values()
    (in_sublime,) = read("sublime/LanguageServers.sublime-settings").values()
    start = ["hatchet-ls", "server"]
    assert [in_helix["command"], *in_helix["args"]] == start
    assert in_sublime["command"] == start
    assert [in_zed["binary"]["path"], *in_zed["binary"]["arguments"]] == start
    assert shlex.split(pycharm["programArgs"]["default"]) == ["sh", "-c", " ".join(start)]


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.stem)
def test_what_pages_link_to_is_there(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_configuration_is_on_a_page() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in DOCS.glob("*.md"))
    for file in (file for file in DOCS.rglob("*") if file.is_file() and file.suffix != ".md"):
        assert f"<!-- begin: file docs/editors/{file.relative_to(DOCS).as_posix()} -->" in pages
