"""Everything that a report of a mistake should say, as Markdown."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import json
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from hatchet_ls import __version__
from hatchet_ls.lsp.arguments import path_in
from hatchet_ls.lsp.status import is_the_project_s, problems

if TYPE_CHECKING:
    from hatchet_ls.lsp.engine import Folder
    from hatchet_ls.lsp.server import Server

_LIBRARIES = ("pygls", "lsprotocol", "jedi", "parso")

_ORIGINS = {
    "settings": "named in the settings",
    "editor": "active in the editor",
    "project": "beside the project",
    "VIRTUAL_ENV": "named by `VIRTUAL_ENV`",
    "server": "that of the Python that runs the server, as the project has none",
}


async def debug_information(server: Server, argument: object) -> str:
    """Versions, client, folders with their environments and settings, times. Takes ``{"uri": ...}``, or nothing."""
    path = path_in(server, argument)
    return await server.work(lambda: "\n".join(_lines(server, path)))


def _lines(server: Server, path: Path) -> Iterator[str]:
    yield f"# hatchet-ls {__version__}\n"
    yield from _list(
        {
            "Python": f"{platform.python_version()}, `{sys.executable}`",
            "Platform": platform.platform(),
            "Libraries": ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES),
            "Client": server.client_name,
            "Positions": server.client.encoding.value,
            "The client can": ", ".join(_abilities(server)) or "nothing that matters",
        }
    )
    asked = server.engine.folder(path)
    others = [root / "pyproject.toml" for root in server.folders if root != asked.workspace.root]
    for file in (path, *others):
        yield from _folder(server.engine.folder(file), file)
    yield "\n## Last analyses\n"
    for timing in server.engine.timings:
        yield (
            f"- {timing.milliseconds:.0f} ms: `{timing.path}`, {timing.characters} characters, "
            f"{timing.findings} findings"
        )


def _folder(folder: Folder, path: Path) -> Iterator[str]:
    from hatchet_ls.hatchet.facts_reader import find_sdk

    workspace, editor = folder.workspace, folder.editor
    environment, facts, settings = workspace.environment(path), workspace.facts(path), workspace.settings(path)
    sdk = find_sdk(environment.site_packages)
    origin = _ORIGINS[environment.origin]
    if environment.origin == "settings":
        origin += " of the editor" if editor.overrides.environment is not None else f" in `{settings.pyproject}`"
    yield f"\n## Folder `{workspace.root}`\n"
    yield from _list(
        {
            "Environment": f"`{environment.root}` ({origin})" if is_the_project_s(environment, facts) else "none",
            "Packages are read from": ", ".join(f"`{each}`" for each in environment.site_packages) or "nowhere",
            "SDK": f"{facts.version}, `{sdk.package}`" if sdk else f"none; the bundled facts of {facts.version} speak",
            "Settings": f"`{settings.pyproject}`" if settings.pyproject is not None else "the defaults",
            "Settings of the editor": _json(editor.values),
            "In force": _json({name: value for name, value in vars(settings).items() if name in _SHOWN}),
        }
    )
    yield from (f"- **Problem**: {problem}" for problem in problems(folder, path))


_SHOWN = ("select", "ignore", "severities", "exclude", "environment", "semantic_tokens")


def _list(facts: Mapping[str, str]) -> Iterable[str]:
    return (f"- {name}: {said}" for name, said in facts.items())


def _abilities(server: Server) -> Iterator[str]:
    """The names of what the client can, as they stand in its capabilities here."""
    for each in dataclasses.fields(server.client):
        if getattr(server.client, each.name) is True:
            yield each.name.replace("_", " ")


def _json(values: Mapping[str, object]) -> str:
    return f"`{json.dumps(values, default=lambda value: getattr(value, 'value', str(value)), ensure_ascii=False)}`"


def _version(library: str) -> str:
    try:
        return importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:
        return "of unknown version"
