"""Renaming a model's field together with the CEL strings that name it; refusing what is not certain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from hatchet_ls.lsp.edits import workspace_edit
from hatchet_ls.lsp.positions import to_offset, to_range

if TYPE_CHECKING:
    from hatchet_ls.assist.rename import Renaming, Sources
    from hatchet_ls.lsp.analysis import Result
    from hatchet_ls.lsp.server import Server


async def prepare_rename(server: Server, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    """What a rename at a position would rename; None where other servers know more.

    Raises:
        JsonRpcException: the field cannot be renamed there; the message is for the user.
    """
    return await server.analyses.ask(params.text_document.uri, lambda result: _prepare(server, result, params.position))


async def rename(server: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
    """The edits that rename the field at a position everywhere; None where other servers know more.

    Raises:
        JsonRpcException: it is not certain that all would go on working; the message is for the user.
    """
    return await server.analyses.ask(
        params.text_document.uri, lambda result: _rename(server, result, params.position, params.new_name)
    )


def _prepare(server: Server, result: Result, position: types.Position) -> types.PrepareRenamePlaceholder | None:
    from hatchet_ls.assist.rename import named_by_cel

    found = _at(server, result, position)
    if found is None:
        return None
    if not found.in_cel and not named_by_cel(found.field, _sources(server, result, found)):
        return None
    range_ = to_range(result.analysis.source, found.span, server.client.encoding)
    return types.PrepareRenamePlaceholder(range_, found.field.name)


def _rename(server: Server, result: Result, position: types.Position, new: str) -> types.WorkspaceEdit | None:
    from hatchet_ls.assist.rename import Refused, rename

    found = _at(server, result, position)
    if found is None:
        return None
    try:
        edits = rename(found.field, new, _sources(server, result, found))
    except Refused as refusal:
        raise _refusal(refusal) from None
    return None if edits is None else workspace_edit(server, result.document, edits)


def _at(server: Server, result: Result, position: types.Position) -> Renaming | None:
    from hatchet_ls.assist.rename import Refused, renaming_at

    source = result.analysis.source
    module = server.engine.workspace(source.path).parse(source)
    try:
        return renaming_at(result.analysis.program, module, to_offset(source, position, server.client.encoding))
    except Refused as refusal:
        raise _refusal(refusal) from None


def _sources(server: Server, result: Result, found: Renaming) -> Sources:
    from hatchet_ls.assist.rename import Sources

    own = result.analysis.source
    workspace = server.engine.workspace(own.path)
    others = server.engine.search(own, (found.field.name, *found.field.keys))
    texts = [own, *(each for each in others.found if each.path != own.path)]
    resolver = workspace.resolver(own)
    return Sources(texts, workspace.parse, workspace.read, lambda _: resolver, workspace.importing, others.lacks)


def _refusal(refusal: Exception) -> JsonRpcException:
    return JsonRpcException(str(refusal), types.LSPErrorCodes.RequestFailed.value)
