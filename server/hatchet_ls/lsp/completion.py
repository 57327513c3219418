"""Completion in CEL and cron strings and in Hatchet's arguments. Elsewhere nothing: other servers know Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from hatchet_ls.lsp.markup import markup
from hatchet_ls.lsp.positions import to_offset, to_range

if TYPE_CHECKING:
    from hatchet_ls.assist.completion import Completion
    from hatchet_ls.lsp.documents import Document
    from hatchet_ls.lsp.server import Server

OPTIONS = types.CompletionOptions(trigger_characters=[".", '"', "'", "=", "(", "["])

_KINDS = {
    "variable": types.CompletionItemKind.Variable,
    "field": types.CompletionItemKind.Field,
    "function": types.CompletionItemKind.Function,
    "method": types.CompletionItemKind.Method,
    "macro": types.CompletionItemKind.Function,
    "constant": types.CompletionItemKind.Keyword,
    "snippet": types.CompletionItemKind.Snippet,
    "enum_member": types.CompletionItemKind.EnumMember,
    "value": types.CompletionItemKind.Value,
}


async def completion(server: Server, params: types.CompletionParams) -> list[types.CompletionItem] | None:
    """What can stand at a position of the text as it is now, whatever is typed until the answer is there."""
    document = server.documents.get(params.text_document.uri)
    if document is None or not document.is_python:
        return None
    typed = params.context.trigger_character if params.context is not None else None
    return await server.work(lambda: _items(server, document, params.position, typed)) or None


def _items(
    server: Server, document: Document, position: types.Position, typed: str | None
) -> list[types.CompletionItem]:
    from hatchet_ls.assist.complete import complete

    source = document.source
    offset = to_offset(source, position, server.client.encoding)
    offers = [
        each
        for each in complete(source, offset, server.engine.read, typed)
        if server.client.snippets or each.content is not None
    ]
    width = len(str(len(offers)))
    return [_item(server, document, each, f"{index:0{width}}") for index, each in enumerate(offers)]


def _item(server: Server, document: Document, offer: Completion, order: str) -> types.CompletionItem:
    client, source = server.client, document.source
    snippet = offer.snippet if client.snippets else None
    content = snippet or offer.content or ""
    replaced = source.slice(offer.span)
    return types.CompletionItem(
        label=offer.label,
        kind=_KINDS[offer.kind.value],
        detail=offer.detail or None,
        label_details=types.CompletionItemLabelDetails(description=offer.detail)
        if offer.detail and client.label_details
        else None,
        documentation=markup(offer.documentation, client.completion_markdown) if offer.documentation else None,
        preselect=True if offer.preferred and client.preselects else None,
        sort_text=order,
        # What is replaced is what clients compare with.
        filter_text=content if snippet is None and not offer.label.startswith(replaced) else None,
        insert_text_format=types.InsertTextFormat.Snippet if snippet is not None else None,
        text_edit=types.TextEdit(to_range(source, offer.span, client.encoding), content),
        additional_text_edits=[
            types.TextEdit(to_range(source, edit.span, client.encoding), edit.content) for edit in offer.edits
        ]
        or None,
    )
