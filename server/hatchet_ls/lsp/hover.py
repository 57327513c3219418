"""Hovers on what is ours: Hatchet's arguments and methods, and rule names in suppression comments. Else nothing."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

from lsprotocol import types

from hatchet_ls.lsp.markup import markup
from hatchet_ls.lsp.positions import to_offset, to_range

if TYPE_CHECKING:
    from hatchet_ls.lsp.analysis import Result
    from hatchet_ls.lsp.server import Server
    from hatchet_ls.python.parse import Module
    from hatchet_ls.text import Span


async def hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    """What is known about the thing at a position of the newest text."""
    return await server.analyses.ask(params.text_document.uri, lambda result: _hover(server, result, params.position))


def _hover(server: Server, result: Result, position: types.Position) -> types.Hover | None:
    from hatchet_ls.assist.half_typed import around
    from hatchet_ls.hover import hover as about

    analysis, client = result.analysis, server.client
    offset = to_offset(analysis.source, position, client.encoding)
    now = datetime.now(timezone.utc)
    found: tuple[Span, str] | None = None
    program = around(analysis.program, offset, server.engine.read) if analysis.program is not None else None
    if program is not None and (said := about(program, offset, now)) is not None:
        found = said.span, said.markdown
    elif analysis.module is not None:
        found = about_rule_name(analysis.module, offset)
    if found is None:
        return None
    span, markdown = found
    return types.Hover(markup(markdown, client.markdown), to_range(analysis.source, span, client.encoding))


def about_rule_name(module: Module, offset: int) -> tuple[Span, str] | None:
    """The page of the rule that a suppression comment names at an offset."""
    from hatchet_ls.hover import hover_rule
    from hatchet_ls.suppressions import suppressions

    for suppression in suppressions(module):
        for name, span in suppression.rules or ():
            if span.start <= offset <= span.end and (page := hover_rule(name)) is not None:
                return span, page
    return None
