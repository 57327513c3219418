"""The pages of rules: in hovers on their names, and whole."""

from __future__ import annotations

from hatchet_ls.rules import Rule, rules


def hover_rule(name: str) -> str | None:
    """A rule's page in Markdown; None when there is no such rule."""
    rule = rules().get(name)
    if rule is None:
        return None
    return f"**{rule.name}** ({rule.severity.value})\n\n{rule.page}\n\n[{rule.name}]({rule.url})"


def full_page(rule: Rule) -> str:
    """A rule's page with its name and what else is to be known of it, in Markdown."""
    facts = [
        rule.severity.value,
        rule.family,
        f"since {rule.since}",
        *([f"hatchet-sdk ≥ {rule.sdk}"] if rule.sdk else []),
    ]
    return f"# {rule.name}\n\n{' · '.join(facts)}\n\n{rule.page}"
