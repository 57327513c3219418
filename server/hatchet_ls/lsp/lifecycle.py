"""From ``initialize`` to ``exit``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from hatchet_ls.lsp import capabilities, configuration, diagnostics, parent, semantic_tokens
from hatchet_ls.lsp.uris import path_of, uri_of

if TYPE_CHECKING:
    from hatchet_ls.lsp.server import Server

_WATCHED = ("**/pyproject.toml", "**/*.py", "**/hatchet_sdk-*.dist-info/METADATA")


def initialize(server: Server, params: types.InitializeParams) -> None:
    """Learn who the client is. The engine is loaded after the answer, so that the answer is quick."""
    encoding = types.PositionEncodingKind(server.workspace.position_encoding or types.PositionEncodingKind.Utf16)
    server.client = capabilities.read(params.capabilities, encoding)
    if params.client_info is not None:
        server.client_name = f"{params.client_info.name} {params.client_info.version or ''}".strip()
    _take_folders(server, _folders(params))
    server.configuration.begin(params.initialization_options)
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
    await _learn_settings(server)


async def did_change_configuration(server: Server, params: types.DidChangeConfigurationParams) -> None:
    """Learn the editor's settings, from the message itself or by asking for them."""
    if not server.client.configuration:
        server.configuration.push(params.settings)
    await _learn_settings(server)


async def did_change_workspace_folders(server: Server, _: types.DidChangeWorkspaceFoldersParams) -> None:
    """Learn which folders are the workspace now, and then their settings."""
    _take_folders(server, [folder.uri for folder in server.workspace.folders.values()])
    server.open_workspaces()
    await _learn_settings(server)


def shutdown(server: Server, _: None) -> None:
    """Get ready to end well."""
    server.exit_code = 0


def leave(server: Server, _: None) -> None:
    """End, well if ``shutdown`` came first."""
    server.shutdown()


async def _learn_settings(server: Server) -> None:
    """Go by what the editor's settings say now; ask for them if the client can be asked."""
    if not server.client.configuration or await server.configuration.ask(server):
        server.open_workspaces()
        server.asked.set()


def _folders(params: types.InitializeParams) -> Sequence[str]:
    uris = [folder.uri for folder in params.workspace_folders or ()]
    if not uris and params.root_uri is not None:
        uris = [params.root_uri]
    if not uris and params.root_path:
        uris = [uri_of(Path(params.root_path))]
    return uris


def _take_folders(server: Server, uris: Iterable[str]) -> None:
    """Go by the workspace's folders; where there are none, by the working directory in their stead."""
    folders = {path: uri for uri in uris if (path := path_of(uri)) is not None}
    server.has_folders = bool(folders)
    server.folders = folders or {Path.cwd(): uri_of(Path.cwd())}


def _registration(method: str, **options: Any) -> types.Registration:
    return types.Registration(id=f"hatchet-ls:{method}", method=method, register_options=options)
