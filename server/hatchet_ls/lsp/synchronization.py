"""The client's documents and files, as it tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from hatchet_ls.lsp.uris import path_of

if TYPE_CHECKING:
    from hatchet_ls.lsp.server import Server


def did_open(server: Server, params: types.DidOpenTextDocumentParams) -> None:
    """Take a document in."""
    document = server.documents.open(params.text_document, server.root)
    if document is not None:
        server.analyses.touch()
        server.diagnostics.opened(document)
        server.settings.publish()


def did_change(server: Server, params: types.DidChangeTextDocumentParams) -> None:
    """Edit a document. What is not open is not edited."""
    document = server.documents.change(params.text_document, params.content_changes, server.client.encoding)
    if document is not None:
        server.analyses.touch()
        server.diagnostics.edited(document)


def did_close(server: Server, params: types.DidCloseTextDocumentParams) -> None:
    """Let a document go: from now on its file's text counts."""
    document = server.documents.close(params.text_document.uri)
    if document is not None:
        server.analyses.touch()
        server.diagnostics.closed(document)
        server.settings.publish()


def did_save(server: Server, params: types.DidSaveTextDocumentParams) -> None:
    """Look again at a file that was saved, unless the client watches the files."""
    document = server.documents.get(params.text_document.uri)
    if document is not None and document.in_file and not server.client.watches:
        server.invalidate([document.source.path])


def did_change_watched_files(server: Server, params: types.DidChangeWatchedFilesParams) -> None:
    """Look again at files that came, went or changed on disk."""
    paths = [path for change in params.changes if (path := path_of(change.uri)) is not None]
    if paths:
        server.invalidate(paths)
