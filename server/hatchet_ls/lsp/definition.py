"""From the fields in CEL strings to their definitions. Of Python's own names other servers know more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from hatchet_ls.lsp.locations import to_location
from hatchet_ls.lsp.positions import to_offset, to_range

if TYPE_CHECKING:
    from hatchet_ls.lsp.analysis import Result
    from hatchet_ls.lsp.server import Server


async def definition(
    server: Server, params: types.DefinitionParams
) -> types.Location | list[types.LocationLink] | None:
    """Where the field is defined that a CEL string of the newest text names at a position."""
    return await server.analyses.ask(
        params.text_document.uri, lambda result: _definition(server, result, params.position)
    )


def _definition(
    server: Server, result: Result, position: types.Position
) -> types.Location | list[types.LocationLink] | None:
    from hatchet_ls.assist.half_typed import definition_at

    source, program, encoding = result.analysis.source, result.analysis.program, server.client.encoding
    if program is None:
        return None
    found = definition_at(program, to_offset(source, position, encoding), server.engine.read)
    if found is None:
        return None
    location = to_location(server, result, found.target)
    if not server.client.definition_links:
        return location
    origin = to_range(source, found.name, encoding)
    return [types.LocationLink(location.uri, location.range, location.range, origin_selection_range=origin)]
