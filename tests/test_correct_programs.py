"""Odd programs in which nothing is wrong: no rule says anything, and the real SDK takes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from hatchet_ls.cli.commands import cli
from oracle.sdk import Oracle

PROGRAMS = sorted((Path(__file__).parent / "correct").glob("*.py"))


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_no_rule_says_anything(program: Path) -> None:
    done = CliRunner().invoke(cli, ["check", str(program), "--output-format", "json"])
    assert json.loads(done.stdout) == []


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_the_real_sdk_takes_it(program: Path, newest: Oracle) -> None:
    verdict = newest.judge({program.name: program.read_text(encoding="utf-8")})
    assert verdict.broken is None
    assert not verdict.refusals
