"""The commands that clients may have executed. Their prefix keeps them apart from an editor extension's own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from hatchet_ls.lsp import debug_information, rule_pages, runs_url, status

if TYPE_CHECKING:
    from hatchet_ls.lsp.server import Server

COMMANDS: Mapping[str, Callable[[Server, object], Awaitable[object]]] = {
    "hatchet-ls.status": status.status,
    "hatchet-ls.debugInformation": debug_information.debug_information,
    "hatchet-ls.rules": rule_pages.all_rules,
    "hatchet-ls.explain": rule_pages.explain,
    "hatchet-ls.runsUrl": runs_url.runs_url,
}
"""Each takes one argument at most, an object."""
