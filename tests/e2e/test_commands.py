"""The server's own commands, and what becomes of senseless ones."""

from __future__ import annotations

import pytest
from pygls.exceptions import JsonRpcException

from e2e.session import Session
from hatchet_ls.lsp.commands import COMMANDS
from hatchet_ls.rules import rules

pytestmark = pytest.mark.asyncio


async def test_they_are_announced_under_the_server_s_own_name(puller: Session) -> None:
    provider = puller.answer.capabilities.execute_command_provider
    assert provider is not None
    assert set(provider.commands) == set(COMMANDS)
    assert all(name.startswith("hatchet-ls.") for name in COMMANDS)


async def test_the_rules_can_be_listed_and_explained(puller: Session) -> None:
    records = await puller.execute("rules")
    assert [record["name"] for record in records] == list(rules())
    rule = rules()["negative-retries"]
    assert {
        "name": rule.name,
        "family": "retry",
        "severity": "error",
        "summary": rule.summary,
        "url": rule.url,
    } in records
    page = await puller.execute("explain", {"rule": rule.name})
    assert page.startswith("# negative-retries\n")
    assert "## Use instead" in page


@pytest.mark.parametrize(
    ("command", "argument", "message"),
    [
        ("explain", {"rule": "negativ-retries"}, "unknown rule `negativ-retries`; did you mean `negative-retries`?"),
        ("explain", None, 'name a rule: `{"rule": "negative-retries"}`'),
        ("explain", {}, "name a rule"),
        ("explain", {"rule": 3}, "`rule` must be a str"),
        ("explain", ["negative-retries"], "the argument must be an object"),
        ("status", {"uri": []}, "`uri` must be a str"),
        ("brew-coffee", None, "brew-coffee"),
    ],
)
async def test_what_makes_no_sense_is_refused_with_the_reason(
    puller: Session, command: str, argument: object, message: str
) -> None:
    with pytest.raises(JsonRpcException, match=message.replace("?", r"\?")):
        await puller.execute(command, argument)
