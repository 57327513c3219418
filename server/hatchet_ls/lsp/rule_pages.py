"""The rules and their pages, for editors that list and show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from pygls.exceptions import JsonRpcInvalidParams

from hatchet_ls.lsp.arguments import field

if TYPE_CHECKING:
    from hatchet_ls.lsp.server import Server


class RuleRecord(TypedDict):
    """A rule, as it goes over the wire."""

    name: str
    family: str
    severity: str
    summary: str
    url: str


async def all_rules(server: Server, _: object) -> list[RuleRecord]:
    """All rules, by families and names."""
    return await server.work(_records)


def _records() -> list[RuleRecord]:
    from hatchet_ls.rules import rules

    return [
        RuleRecord(name=rule.name, family=rule.family, severity=rule.severity.value, summary=rule.summary, url=rule.url)
        for rule in rules().values()
    ]


async def explain(server: Server, argument: object) -> str:
    """A rule's page in Markdown. Takes ``{"rule": name}``.

    Raises:
        JsonRpcInvalidParams: no rule is named, or there is no such rule; the message is for the user.
    """
    name = field(argument, "rule", str)
    if name is None:
        raise JsonRpcInvalidParams('name a rule: `{"rule": "negative-retries"}`')
    return await server.work(lambda: _page(name))


def _page(name: str) -> str:
    from hatchet_ls.hover import full_page
    from hatchet_ls.project.selectors import did_you_mean
    from hatchet_ls.rules import rules

    if name not in rules():
        raise JsonRpcInvalidParams(f"unknown rule `{name}`{did_you_mean(name, rules())}")
    return full_page(rules()[name])
