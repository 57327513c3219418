"""The page of Hatchet's dashboard on which the runs of a workflow are found."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import quote

from pygls.exceptions import JsonRpcInvalidParams

from hatchet_ls.lsp.arguments import field, position_in
from hatchet_ls.lsp.positions import to_offset

if TYPE_CHECKING:
    from lsprotocol import types

    from hatchet_ls.lsp.analysis import Result
    from hatchet_ls.lsp.server import Server

_TENANT = re.compile(r"[^?#]*?/tenants/[^/?#]+")


class RunsPage(TypedDict):
    """The answer, as it goes over the wire."""

    url: str
    workflow: str
    """Its name."""


async def runs_url(server: Server, argument: object) -> RunsPage | None:
    """Where the runs of the workflow at a place are. Takes ``{"uri": ..., "position": ...}``.

    None when no workflow is there, when its name cannot be told, or when the settings do not say where the dashboard
    is.

    Raises:
        JsonRpcInvalidParams: the place is not said.
    """
    uri, position = field(argument, "uri", str), position_in(argument)
    if uri is None:
        raise JsonRpcInvalidParams("`uri` is missing")
    return await server.analyses.ask(uri, lambda result: _page(server, result, position))


def _page(server: Server, result: Result, position: types.Position) -> RunsPage | None:
    from hatchet_ls.assist.workflow_at import workflow_at

    analysis = result.analysis
    source, program, module = analysis.source, analysis.program, analysis.module
    folder = server.engine.folder(source.path)
    base = folder.editor.dashboard_url
    if base is None or program is None or module is None:
        return None
    offset = to_offset(source, position, server.client.encoding)
    name = workflow_at(program, module, folder.workspace.resolver(source), server.engine.read, offset)
    return None if name is None else RunsPage(url=page_of(base, name), workflow=name)


def page_of(dashboard: str, workflow: str) -> str:
    """The address for a workflow: a template filled in, or in a tenant the list of workflows, searched for the name.

    The dashboard filters runs by the identifier that the engine gives to a workflow, which the code does not say. By
    its name a workflow is found in that list, whose search stands in the address as JSON; a click leads to its runs.
    Without a tenant there is no such list, and the dashboard itself has to do.
    """
    if "{workflow}" in dashboard:
        return dashboard.replace("{workflow}", quote(workflow, safe=""))
    tenant = _TENANT.match(dashboard)
    if tenant is None:
        return dashboard
    search = json.dumps({"s": workflow}, ensure_ascii=False, separators=(",", ":"))
    return f"{tenant.group()}/workflows?workflows-workflows-table={quote(search, safe='')}"
