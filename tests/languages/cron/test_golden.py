"""The engine's own verdicts and times, recorded: ours are the same.

``cron_hand.jsonl`` and ``cron_generated.jsonl`` hold what the engine's parser says about an expression, its bit sets
and its next runs from ``NOW`` on; the first one also what the engine's ticker says. ``cron_clock_changes.jsonl`` holds
next runs around changes of the clock, from the time that is given.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from hatchet_ls.languages.cron import parse
from hatchet_ls.languages.cron.created import ticker_refusal
from hatchet_ls.languages.cron.runs import never_fires, next_runs

GOLDEN = Path(__file__).parent.parent / "golden"
NOW = datetime(2026, 8, 22, tzinfo=timezone.utc)


def recorded(name: str) -> Iterator[dict[str, Any]]:
    for line in (GOLDEN / name).read_text().splitlines():
        yield json.loads(line)


JUDGED = [*recorded("cron_hand.jsonl"), *recorded("cron_generated.jsonl")]
ACCEPTED = [record for record in JUDGED if record["ok"]]
TICKED = [record for record in JUDGED if "ticker_ok" in record]
CLOCK_CHANGES = list(recorded("cron_clock_changes.jsonl"))


def expression(record: dict[str, Any]) -> str:
    """For the test's id."""
    return repr(record["expr"])


def times(text: str, after: datetime, count: int) -> list[str]:
    return [run.strftime("%Y-%m-%dT%H:%M:%SZ") for run in next_runs(parse(text), after, count)]


def test_there_is_something_to_agree_with() -> None:
    assert (len(JUDGED), len(ACCEPTED), len(TICKED), len(CLOCK_CHANGES)) == (741, 618, 241, 240)


@pytest.mark.parametrize("record", JUDGED, ids=expression)
def test_verdicts(record: dict[str, Any]) -> None:
    assert parse(record["expr"]).accepted == record["ok"]


@pytest.mark.parametrize("record", ACCEPTED, ids=expression)
def test_bit_sets(record: dict[str, Any]) -> None:
    assert [field.bits for field in parse(record["expr"]).fields] == record["bits"]


@pytest.mark.parametrize("record", ACCEPTED, ids=expression)
def test_next_runs(record: dict[str, Any]) -> None:
    expected = [] if record["next"] == ["never"] else record["next"]
    assert times(record["expr"], NOW, len(record["next"])) == expected
    assert (never_fires(parse(record["expr"])) is not None) == (not expected)


@pytest.mark.parametrize("record", CLOCK_CHANGES, ids=lambda record: f"{record['expr']} after {record['after']}")
def test_next_runs_around_changes_of_the_clock(record: dict[str, Any]) -> None:
    after = datetime.fromisoformat(record["after"].replace("Z", "+00:00"))
    assert times(record["expr"], after, len(record["next"])) == record["next"]


@pytest.mark.parametrize("record", TICKED, ids=expression)
def test_the_ticker_s_verdicts(record: dict[str, Any]) -> None:
    assert (not ticker_refusal(record["expr"])) == record["ticker_ok"]
