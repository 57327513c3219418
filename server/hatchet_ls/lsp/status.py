"""How the server fares in a folder: what an editor shows in its status bar."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from hatchet_ls import __version__
from hatchet_ls.lsp.arguments import path_in

if TYPE_CHECKING:
    from hatchet_ls.hatchet.facts import Facts
    from hatchet_ls.lsp.engine import Folder
    from hatchet_ls.lsp.server import Server
    from hatchet_ls.project.environment import Environment
    from hatchet_ls.project.settings import SettingsProblem

CHANGED = "hatchet/statusChanged"
"""The notification that tells a client to ask for the status again."""


class Sdk(TypedDict):
    """Which release of the SDK the server goes by."""

    version: str
    installed: bool
    """False: none was found, so the bundled facts of that release speak."""


class Status(TypedDict):
    """The answer, as it goes over the wire."""

    version: str
    """Of the server."""
    python: str
    """The version of the Python that runs the server."""
    sdk: Sdk | None
    environment: str | None
    """The directory of the Python environment that the SDK was looked for in; None if the project has none."""
    problems: list[str]
    """What the user should mend, each in a sentence or two."""


async def status(server: Server, argument: object) -> Status:
    """The status for a document, or for the first folder. Takes ``{"uri": ...}``, or nothing."""
    path = path_in(server, argument)
    return await server.work(lambda: _status(server, path))


def _status(server: Server, path: Path) -> Status:
    folder = server.engine.folder(path)
    facts, environment = folder.workspace.facts(path), folder.workspace.environment(path)
    return Status(
        version=__version__,
        python=platform.python_version(),
        sdk=Sdk(version=str(facts.version), installed=facts.installed),
        environment=str(environment.root) if is_the_project_s(environment, facts) else None,
        problems=list(problems(folder, path)),
    )


def is_the_project_s(environment: Environment, facts: Facts) -> bool:
    """Whether an environment was found for a project. That of the server itself counts only if it has an SDK."""
    return environment.origin != "server" or facts.installed


def problems(folder: Folder, path: Path) -> Iterator[str]:
    """What is wrong around a file, in words."""
    for mistake in folder.editor.problems:
        yield f"in the editor's settings: {mistake}"
    workspace = folder.workspace
    for problem in workspace.problems:
        yield said(problem, workspace.root)
    facts, environment = workspace.facts(path), workspace.environment(path)
    if environment.problem is not None:
        instead = str(environment.root) if is_the_project_s(environment, facts) else "no environment"
        yield f"{environment.problem}; packages are read from {instead} instead"
    if facts.installed and facts.version.major == 0:
        yield f"hatchet_sdk {facts.version} is installed, but only releases from 1.0.0 on are checked"


def said(problem: SettingsProblem, root: Path) -> str:
    """A problem with its place: ``pyproject.toml:3: ...``."""
    file = problem.source.path
    name = file.relative_to(root) if file.is_relative_to(root) else file
    return f"{name}:{problem.source.position(problem.span.start).row + 1}: {problem.message}"
