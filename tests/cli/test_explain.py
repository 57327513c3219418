"""``hatchet-ls explain``."""

from __future__ import annotations

import json

import pytest

from hatchet_ls.cli.main import run
from hatchet_ls.rules import rules


def test_the_page_of_a_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "unknown-member"]) == 0
    rule = rules()["unknown-member"]
    assert capsys.readouterr().out == f"# unknown-member\n\nerror · api · since {rule.since}\n\n{rule.page}\n"


def test_all_pages(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "--all"]) == 0
    out = capsys.readouterr().out
    assert [line[2:] for line in out.splitlines() if line.startswith("# ") and line[2:] in rules()] == list(rules())


def test_pages_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "unknown-member", "--output-format", "json"]) == 0
    one = json.loads(capsys.readouterr().out)
    assert (one["name"], one["family"], one["severity"]) == ("unknown-member", "api", "error")
    assert one["summary"] == one["page"].splitlines()[0]
    assert one["url"].endswith("/unknown-member.md")
    assert run(["explain", "--all", "--output-format", "json"]) == 0
    every = json.loads(capsys.readouterr().out)
    assert [each["name"] for each in every] == list(rules())
    assert one in every


def test_a_terminal_gets_the_page_rendered(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert run(["explain", "unknown-member"]) == 0
    out = capsys.readouterr().out
    assert "unknown-member" in out
    assert "# unknown-member" not in out


def test_an_unknown_rule_is_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "unknown_membr"]) == 2
    assert "unknown rule `unknown_membr`; did you mean `unknown-member`?" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["unknown-member", "--all"]])
def test_either_a_rule_or_all(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert run(["explain", *arguments]) == 2
    assert "Name a rule, or give --all." in capsys.readouterr().err
