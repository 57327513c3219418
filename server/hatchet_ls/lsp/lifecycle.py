"""From ``initialize`` to ``exit``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from hatchet_ls.lsp import capabilities, configuration, diagnostics, parent, semantic_tokens
from hatchet_ls.lsp.uris import path_of

if TYPE_CHECKING:
    from hatchet_ls.lsp.server import Server

_WATCHED = ("**/pyproject.toml", "**/*.py", "**/hatchet_sdk-*.dist-info/METADATA")


def initialize(server: Server, params: types.InitializeParams) -> None:
    """Learn who the client is. The engine is loaded after the answer, so that the answer is quick."""
    encoding = types.PositionEncodingKind(server.workspace.position_encoding or types.PositionEncodingKind.Utf16)
    server.client = capabilities.read(params.capabilities, encoding)
    server.roots = _roots(params)
    server.environment = configuration.environment(params.initialization_options)
    if server.client.pulls:
        server.answer(types.TEXT_DOCUMENT_DIAGNOSTIC, diagnostics.pull, diagnostics.PULL_OPTIONS)
    if server.client.semantic_tokens:
        server.answer(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, semantic_tokens.semantic_tokens, semantic_tokens.LEGEND)
    if params.process_id is not None:
        parent.end_with(params.process_id)
    server.begin()


async def initialized(server: Server, _: types.InitializedParams) -> None:
    """Ask for what has to be asked for: news of files and of settings."""
    registrations = []
    if server.client.watches:
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        registrations.append(_registration(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, watchers=watchers))
    if server.client.configuration_changes:
        registrations.append(_registration(types.WORKSPACE_DID_CHANGE_CONFIGURATION, section=configuration.SECTION))
    if registrations:
        server.client_register_capability(types.RegistrationParams(registrations))
    await _ask_for_settings(server)


async def did_change_configuration(server: Server, params: types.DidChangeConfigurationParams) -> None:
    """Learn the editor's settings, from the message itself or by asking for them."""
    if server.client.configuration:
        await _ask_for_settings(server)
    else:
        _choose(server, configuration.environment(params.settings))


def did_change_workspace_folders(server: Server, _: types.DidChangeWorkspaceFoldersParams) -> None:
    """Learn which folders are the workspace now."""
    folders = [path_of(folder.uri) for folder in server.workspace.folders.values()]
    server.roots = tuple(path for path in folders if path is not None) or server.roots
    server.open_workspaces()


def shutdown(server: Server, _: None) -> None:
    """Get ready to end well."""
    server.exit_code = 0


def leave(server: Server, _: None) -> None:
    """End, well if ``shutdown`` came first."""
    server.shutdown()


async def _ask_for_settings(server: Server) -> None:
    if server.client.configuration:
        item = types.ConfigurationItem(section=configuration.SECTION)
        answer = await server.workspace_configuration_async(types.ConfigurationParams([item]))
        _choose(server, configuration.environment(answer[0]) if answer else None)


def _choose(server: Server, environment: str | None) -> None:
    """Take the Python environment that the editor names; what it does not name stays as it was."""
    if environment is not None and environment != server.environment:
        server.environment = environment
        server.open_workspaces()


def _roots(params: types.InitializeParams) -> tuple[Path, ...]:
    """The workspace's folders; never empty."""
    uris = [folder.uri for folder in params.workspace_folders or ()]
    if not uris and params.root_uri is not None:
        uris = [params.root_uri]
    paths = [path for uri in uris if (path := path_of(uri)) is not None]
    if not paths and params.root_path:
        paths = [Path(params.root_path)]
    return tuple(paths) or (Path.cwd(),)


def _registration(method: str, **options: Any) -> types.Registration:
    return types.Registration(id=f"hatchet-ls:{method}", method=method, register_options=options)
