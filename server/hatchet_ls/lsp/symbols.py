"""The outline of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from hatchet_ls.lsp.positions import to_range

if TYPE_CHECKING:
    from hatchet_ls.assist.symbols import Symbol
    from hatchet_ls.lsp.analysis import Result
    from hatchet_ls.lsp.positions import Encoding
    from hatchet_ls.lsp.server import Server
    from hatchet_ls.text import Source

OPTIONS = types.DocumentSymbolOptions(label="Hatchet")
"""Some editors show this beside the outlines of other servers."""

_KINDS = {
    "workflow": types.SymbolKind.Class,
    "task": types.SymbolKind.Method,
    "standalone": types.SymbolKind.Function,
    "operation": types.SymbolKind.Event,
    "worker": types.SymbolKind.Object,
}


async def document_symbols(
    server: Server, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation] | None:
    """The workflows, tasks and workers of the newest text; None where there are none."""
    return await server.analyses.ask(params.text_document.uri, lambda result: _answer(server, result) or None)


def _answer(server: Server, result: Result) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    from hatchet_ls.assist.symbols import symbols

    analysis = result.analysis
    if analysis.program is None or analysis.module is None:
        return []
    found = symbols(analysis.program, analysis.module)
    if server.client.nested_symbols:
        return [_nested(symbol, analysis.source, server.client.encoding) for symbol in found]
    return list(_flat(found, None, result, server.client.encoding))


def _nested(symbol: Symbol, source: Source, encoding: Encoding) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=symbol.name,
        detail=symbol.detail,
        kind=_KINDS[symbol.kind.value],
        range=to_range(source, symbol.span, encoding),
        selection_range=to_range(source, symbol.name_span, encoding),
        children=[_nested(child, source, encoding) for child in symbol.children],
    )


def _flat(
    symbols: Iterable[Symbol], container: str | None, result: Result, encoding: Encoding
) -> Iterator[types.SymbolInformation]:
    for symbol in symbols:
        place = types.Location(result.document.uri, to_range(result.analysis.source, symbol.span, encoding))
        yield types.SymbolInformation(place, symbol.name, _KINDS[symbol.kind.value], container_name=container)
        yield from _flat(symbol.children, symbol.name, result, encoding)
