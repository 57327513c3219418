"""Hovers on the names of rules."""

from __future__ import annotations

from hatchet_ls.rules import rules


def hover_rule(name: str) -> str | None:
    """A rule's page in Markdown; None when there is no such rule."""
    rule = rules().get(name)
    if rule is None:
        return None
    return f"**{rule.name}** ({rule.severity.value})\n\n{rule.page}\n\n[{rule.name}]({rule.url})"
