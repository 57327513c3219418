"""Fixes, from what the server itself knows of the document: clients drop ``data`` and even whole diagnostics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lsprotocol import types

from hatchet_ls.lsp import fix_all
from hatchet_ls.lsp.edits import workspace_edit
from hatchet_ls.lsp.findings import to_diagnostic
from hatchet_ls.lsp.positions import to_span

if TYPE_CHECKING:
    from hatchet_ls.lsp.analysis import Result
    from hatchet_ls.lsp.server import Server
    from hatchet_ls.rules import Finding, Fix

OPTIONS = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, fix_all.KIND])


async def code_actions(server: Server, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    """The fixes of the findings in the range and what silences them, or all safe fixes; for the newest text."""
    only = params.context.only
    if not server.client.literal_actions or not (_quick_fixes_wanted(only) or fix_all.is_wanted(only)):
        return None
    return await server.analyses.ask(params.text_document.uri, lambda result: _actions(server, result, params) or None)


def _quick_fixes_wanted(only: Sequence[types.CodeActionKind | str] | None) -> bool:
    return only is None or any(kind in ("", types.CodeActionKind.QuickFix) for kind in only)


def _actions(server: Server, result: Result, params: types.CodeActionParams) -> list[types.CodeAction]:
    only = params.context.only
    actions = list(_quick_fixes(server, result, params.range)) if _quick_fixes_wanted(only) else []
    if fix_all.is_wanted(only) and (action := fix_all.fix_all(server, result)) is not None:
        actions.append(action)
    return actions


def _quick_fixes(server: Server, result: Result, range_: types.Range) -> Iterator[types.CodeAction]:
    from hatchet_ls.rules import Applicability
    from hatchet_ls.suppressions import ignore_fixes

    asked = to_span(result.analysis.source, range_, server.client.encoding)
    findings = [finding for finding in result.analysis.findings if finding.span.touches(asked)]
    for finding in findings:
        for fix in (finding.fix, *finding.others):
            if fix is not None and fix.applicability is Applicability.SAFE:
                yield _action(server, result, finding, fix, fix.title, preferred=fix is finding.fix)
            elif fix is not None and fix.applicability is Applicability.UNSAFE:
                yield _action(server, result, finding, fix, f"{fix.title} (unsafe)", preferred=False)
    module = result.analysis.module
    if module is not None:
        for finding, fix in zip(findings, ignore_fixes(module, findings), strict=True):
            yield _action(server, result, finding, fix, fix.title, preferred=False)


def _action(
    server: Server, result: Result, finding: Finding, fix: Fix, title: str, *, preferred: bool
) -> types.CodeAction:
    client = server.client
    return types.CodeAction(
        title=title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[to_diagnostic(finding, result.analysis.source, client, server.uri_of)],
        # Some clients take any value as true.
        is_preferred=(preferred and client.preferred_actions) or None,
        edit=workspace_edit(server, result.document, [(result.analysis.source, fix.edits)]),
    )
