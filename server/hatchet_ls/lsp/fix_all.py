"""All safe fixes at once, as ``hatchet-ls check --fix`` applies them: on a command, and in editors that fix on save."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lsprotocol import types

from hatchet_ls.lsp.edits import workspace_edit

if TYPE_CHECKING:
    from hatchet_ls.lsp.analysis import Result
    from hatchet_ls.lsp.server import Server
    from hatchet_ls.rules import Finding

log = logging.getLogger(__name__)

KIND = f"{types.CodeActionKind.SourceFixAll.value}.hatchet"


def is_wanted(only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Whether it is asked for by its kind, or by a wider one of the same sort. Nobody gets it unasked."""
    return any(kind and f"{KIND}.".startswith(kind + ".") for kind in only or ())


def fix_all(server: Server, result: Result) -> types.CodeAction | None:
    """The one edit that mends all that is safe to mend; None when there is nothing. For the engine's thread."""
    from hatchet_ls.fixing import applies, fix_text

    source, findings = result.analysis.source, result.analysis.findings
    if not any(applies(finding, unsafe=False) for finding in findings):
        return None
    workspace = server.engine.workspace(source.path)

    def analyse(text: str) -> Sequence[Finding]:
        return findings if text == source.text else workspace.analyse(source.imagined(text).path, text).findings

    fixed = fix_text(source.text, analyse)
    if fixed.broken is not None:
        log.error("the fix of %s would break the syntax of %s: it is left out", fixed.broken.rule, source.path)
    if not fixed.edits:
        return None
    return types.CodeAction(
        title="Apply all safe fixes of hatchet-ls",
        kind=KIND,
        edit=workspace_edit(server, result.document, [(source, fixed.edits)]),
    )
