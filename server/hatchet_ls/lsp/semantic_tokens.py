"""Colours for CEL strings, for clients that colour by meaning and users who have not turned it off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lsprotocol import types

from hatchet_ls.lsp.positions import to_range

if TYPE_CHECKING:
    from hatchet_ls.assist.tokens import Token
    from hatchet_ls.lsp.analysis import Result
    from hatchet_ls.lsp.positions import Encoding
    from hatchet_ls.lsp.server import Server
    from hatchet_ls.text import Source

_TYPES = [
    "variable",
    "parameter",
    "property",
    "function",
    "method",
    "macro",
    "type",
    "string",
    "number",
    "keyword",
    "operator",
]
"""In the order of the numbers that stand for them; the words are the protocol's own."""

LEGEND = types.SemanticTokensLegend(_TYPES, [])


async def semantic_tokens(server: Server, params: types.SemanticTokensParams) -> types.SemanticTokens | None:
    """The colours of all CEL strings in the newest text of a document."""
    return await server.analyses.ask(params.text_document.uri, lambda result: _answer(server, result))


def _answer(server: Server, result: Result) -> types.SemanticTokens:
    from hatchet_ls.assist.tokens import tokens

    analysis = result.analysis
    if analysis.program is None or not server.engine.workspace(analysis.source.path).colours(analysis.source.path):
        return types.SemanticTokens([])
    return types.SemanticTokens(encoded(tokens(analysis.program), analysis.source, server.client.encoding))


def encoded(tokens: Iterable[Token], source: Source, encoding: Encoding) -> list[int]:
    """Five numbers for each token: lines since the one before, units since its start or the line's, length, type, 0.

    The tokens are in the order of the text, each on one line.
    """
    data: list[int] = []
    line = character = 0
    for token in tokens:
        place = to_range(source, token.span, encoding)
        if place.start.line != line:
            character = 0
        length = place.end.character - place.start.character
        data += (place.start.line - line, place.start.character - character, length, _TYPES.index(token.kind.value), 0)
        line, character = place.start.line, place.start.character
    return data
