"""Edits of the engine in the words of LSP."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from hatchet_ls.lsp.positions import to_range

if TYPE_CHECKING:
    from hatchet_ls.lsp.documents import Document
    from hatchet_ls.lsp.server import Server
    from hatchet_ls.text import Edit, Source


def workspace_edit(
    server: Server, document: Document, edits: Iterable[tuple[Source, Sequence[Edit]]]
) -> types.WorkspaceEdit:
    """Edits of a document and of other files, with the versions of those that are open where the client takes them.

    Raises:
        JsonRpcException: what is open is another text by now than the one that is to be edited.
    """
    found: list[tuple[str, int | None, list[types.TextEdit]]] = []
    for source, each in edits:
        opened = document if source.path == document.source.path else server.documents.at(source.path)
        if opened is not None and opened.source.text != source.text:
            # With the new version and the old ranges the client would damage the file.
            message = f"{source.path.name} has changed meanwhile"
            raise JsonRpcException(message, types.LSPErrorCodes.ContentModified.value)
        uri = server.uri_of(source.path) if opened is None else opened.uri
        made = [
            types.TextEdit(to_range(source, edit.span, server.client.encoding), edit.content)
            for edit in sorted(dict.fromkeys(each), key=lambda edit: edit.span)
        ]
        found.append((uri, None if opened is None else opened.version, made))
    if not server.client.versioned_edits:
        return types.WorkspaceEdit(changes={uri: made for uri, _, made in found})
    return types.WorkspaceEdit(
        document_changes=[
            types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version), made)
            for uri, version, made in found
        ]
    )
