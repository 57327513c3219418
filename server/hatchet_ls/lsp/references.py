"""From a model's field to the CEL strings that name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from hatchet_ls.lsp.locations import programs, to_location
from hatchet_ls.lsp.positions import to_offset

if TYPE_CHECKING:
    from hatchet_ls.lsp.analysis import Result
    from hatchet_ls.lsp.server import Server


async def references(server: Server, params: types.ReferenceParams) -> list[types.Location] | None:
    """The CEL strings that name the field at a position of the newest text; None when there are none."""
    return await server.analyses.ask(
        params.text_document.uri,
        lambda result: _references(server, result, params.position, params.context.include_declaration) or None,
    )


def _references(server: Server, result: Result, position: types.Position, declared: bool) -> list[types.Location]:
    from hatchet_ls.assist.navigation import field_at, references

    source = result.analysis.source
    module = server.engine.workspace(source.path).parse(source)
    field = field_at(result.analysis.program, module, to_offset(source, position, server.client.encoding))
    if field is None:
        return []
    found = list(references(field, programs(server, result, field)))
    if found and declared:
        found.insert(0, field.place)
    return [to_location(server, result, each) for each in found]
