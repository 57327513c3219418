"""Edits of several documents, some of which change while they are made."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from hatchet_ls.lsp.capabilities import Client
from hatchet_ls.lsp.documents import Document, Documents
from hatchet_ls.lsp.edits import workspace_edit
from hatchet_ls.lsp.positions import Encoding
from hatchet_ls.lsp.server import Server
from hatchet_ls.text import Edit, Source, Span
from lsp.bench import A, B

RENAMED = [Edit(Span(0, 7), "owner")]


def opened(documents: Documents, uri: str) -> Document:
    document = documents.open(types.TextDocumentItem(uri, "python", 1, "user_id = 1\n"), Path("/app"))
    assert document is not None
    return document


def edited(documents: Documents, text: str) -> None:
    whole = types.TextDocumentContentChangeWholeDocument(text)
    documents.change(types.VersionedTextDocumentIdentifier(2, B), [whole], Encoding.Utf16)


def edit_of_both(documents: Documents, asked: Document, read: Source, *, versions: bool) -> types.WorkspaceEdit:
    desk = SimpleNamespace(documents=documents, client=Client(versioned_edits=versions))
    return workspace_edit(cast("Server", desk), asked, [(asked.source, RENAMED), (read, RENAMED)])


@pytest.mark.parametrize("versions", [True, False])
def test_a_text_that_has_changed_since_it_was_read_is_not_edited(versions: bool) -> None:
    documents = Documents()
    asked, other = opened(documents, A), opened(documents, B)
    edited(documents, "# a line\nuser_id = 1\n")
    with pytest.raises(JsonRpcException, match=r"b\.py has changed meanwhile") as refused:
        edit_of_both(documents, asked, other.source, versions=versions)
    assert refused.value.code == types.LSPErrorCodes.ContentModified.value


def test_a_new_version_with_the_same_text_is_edited() -> None:
    documents = Documents()
    asked, other = opened(documents, A), opened(documents, B)
    edited(documents, other.source.text)
    made = edit_of_both(documents, asked, other.source, versions=True).document_changes
    found = [change.text_document.version for change in made or () if isinstance(change, types.TextDocumentEdit)]
    assert found == [1, 2]
