"""Places of the engine in the words of LSP, and the search through the workspace for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from hatchet_ls.lsp.positions import to_range

if TYPE_CHECKING:
    from hatchet_ls.assist.navigation import Field, Place
    from hatchet_ls.hatchet.program import Program
    from hatchet_ls.lsp.analysis import Result
    from hatchet_ls.lsp.server import Server


def to_location(server: Server, result: Result, place: Place) -> types.Location:
    """A place, in the document that was asked about or in another one."""
    own = place.source.path == result.analysis.source.path
    uri = result.document.uri if own else server.uri_of(place.source.path)
    return types.Location(uri, to_range(place.source, place.span, server.client.encoding))


def programs(server: Server, result: Result, field: Field) -> Iterator[Program]:
    """The programs that may name a field: the document's own, then those of the workspace's files."""
    from hatchet_ls.assist.navigation import may_name

    own = result.analysis
    if own.program is not None:
        yield own.program
    found = list(server.engine.search(own.source, field.keys).found)
    candidates = may_name(field, found, server.engine.workspace(own.source.path).importing)
    yield from server.engine.programs(each for each in candidates if each.path != own.source.path)
