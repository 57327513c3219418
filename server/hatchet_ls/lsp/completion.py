"""Completion in CEL and cron strings and in Hatchet's arguments. Elsewhere nothing: other servers know Python."""

from __future__ import annotations

from collections.abc import Sequence
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
    "keyword": types.CompletionItemKind.Keyword,
    "snippet": types.CompletionItemKind.Snippet,
    "enum_member": types.CompletionItemKind.EnumMember,
    "value": types.CompletionItemKind.Value,
}


async def completion(server: Server, params: types.CompletionParams) -> list[types.CompletionItem] | None:
    """What can stand at a position of the text as it is now, whatever is typed until the answer is there."""
    document = server.documents.get(params.text_document.uri)
    if document is None or not document.is_python:
        return None
    return await server.work(lambda: _items(server, document, params.position)) or None


def _items(server: Server, document: Document, position: types.Position) -> list[types.CompletionItem]:
    from hatchet_ls.assist.complete import complete

    source = document.source
    offset = to_offset(source, position, server.client.encoding)
    offers = complete(source, offset, server.engine.read)
    return _in_order(server, document, [each for each in offers if server.client.snippets or not each.snippet])


def _in_order(server: Server, document: Document, offers: Sequence[Completion]) -> list[types.CompletionItem]:
    width = len(str(len(offers)))
    return [_item(server, document, each, f"{index:0{width}}") for index, each in enumerate(offers)]


def _item(server: Server, document: Document, offer: Completion, order: str) -> types.CompletionItem:
    client, source = server.client, document.source
    replaced = source.slice(offer.span)
    return types.CompletionItem(
        label=offer.label,
        kind=_KINDS[offer.kind.value],
        detail=offer.detail or None,
        documentation=markup(offer.documentation, client.completion_markdown) if offer.documentation else None,
        preselect=True if offer.preferred and client.preselects else None,
        sort_text=order,
        # What is replaced is what clients compare with.
        filter_text=offer.content if not offer.snippet and not offer.label.startswith(replaced) else None,
        insert_text_format=types.InsertTextFormat.Snippet if offer.snippet else None,
        text_edit=types.TextEdit(to_range(source, offer.span, client.encoding), offer.content),
        additional_text_edits=[
            types.TextEdit(to_range(source, edit.span, client.encoding), edit.content) for edit in offer.edits
        ]
        or None,
    )
