"""What ``cron.create`` takes: the SDK's own check, asked itself, and what becomes of it in the engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hatchet_sdk.features.cron import CreateCronTriggerConfig
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from hatchet_ls.languages.cron import ProblemKind, parse
from hatchet_ls.languages.cron.created import check_created, ticker_refusal

GOLDEN = Path(__file__).parent.parent / "golden"
EXPRESSIONS: list[str] = [
    json.loads(line)["expr"]
    for name in ("cron_hand.jsonl", "cron_generated.jsonl")
    for line in (GOLDEN / name).read_text().splitlines()
]


def sdk_takes(text: str) -> bool:
    try:
        CreateCronTriggerConfig(expression=text)
    except ValidationError:
        return False
    return True


def mended(text: str) -> str:
    """The expression with all suggestions."""
    for problem in reversed(check_created(text)):
        if problem.suggestion is not None:
            span, content, _ = problem.suggestion
            text = text[: span.start] + content + text[span.end :]
    return text


def test_the_sdk_s_rule_is_another_than_the_engine_s() -> None:
    taken = {text for text in EXPRESSIONS if sdk_takes(text)}
    accepted = {text for text in EXPRESSIONS if parse(text).accepted}
    assert "@daily" in taken - accepted
    assert "0 0 * * 7" in taken - accepted
    assert "0 9 * * MON-FRI" in accepted - taken


@pytest.mark.parametrize("text", EXPRESSIONS, ids=repr)
def test_the_sdk_agrees(text: str) -> None:
    assert (not check_created(text)) == sdk_takes(text)


@given(st.one_of(st.text("*/-,059 ?@²٣aT\t\u00a0\u2003\x1c", max_size=30), st.text(max_size=20)))
@example("² ² ² ² ²")
@example(" @daily ")
@example("*\x1c*\x1c*\x1c*\x1c*")
def test_the_sdk_agrees_on_anything(text: str) -> None:
    assert (not check_created(text)) == sdk_takes(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0 9 * * MON-FRI", "0 9 * * 1-5"),
        ("0 9 * JAN ?", "0 9 * 1 *"),
        ("0/15 9-17/2 * * *", "*/15 9,11,13,15,17 * * *"),
        ("5/20 * * * *", "5,25,45 * * * *"),
        ("0 9 * * Monday", "0 9 * * 1"),
        ("0 9 * * FRI-MON", "0 9 * * 5-6,0-1"),
        ("@midnight", "0 0 * * *"),
        ("@every 5m", "*/5 * * * *"),
        ("0 0 9 * * * *", "0 0 9 * * *"),
        ("+5 * * * *", "5 * * * *"),
    ],
)
def test_suggestions_say_the_same_in_digits(text: str, expected: str) -> None:
    assert mended(text) == expected
    assert parse(expected).accepted


def test_every_part_has_a_problem_of_its_own() -> None:
    text = "0 9 ? JAN MON"
    assert [text[problem.span.start : problem.span.end] for problem in check_created(text)] == ["?", "JAN", "MON"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it is empty"),
        ("  ", "it is empty"),
        ("* * * *", "it has 4 parts instead of 5 or 6"),
        ("@midnight", "the SDK does not know `@midnight`"),
        ("* * * * MON", "the SDK takes no `MON` as weekday"),
    ],
)
def test_problems(text: str, message: str) -> None:
    (problem,) = check_created(text)
    assert message in problem.message


def test_older_releases_take_less() -> None:
    assert not check_created("@daily")
    (alias,) = check_created("@daily", aliases=False)
    assert alias.message == "the SDK does not know `@daily`"
    assert alias.suggestion is not None
    assert alias.suggestion.content == "0 0 * * *"
    assert not check_created("0 0 9 * * *")
    (six,) = check_created("0 0 9 * * *", seconds=False)
    assert six.message == "it has 6 parts instead of 5"
    (often,) = check_created("@every 30s", seconds=False)
    assert often.suggestion is None


@pytest.mark.parametrize(
    "text",
    ["TZ=UTC 0 9 * * MON-FRI", "0 9 1-31/2 * MON#1", "1-50/3 * * * *"],
)
def test_there_is_no_suggestion_where_the_sdk_has_no_words_for_it(text: str) -> None:
    assert check_created(mended(text))


def test_the_ticker_takes_descriptors_and_nothing_that_never_fires() -> None:
    assert not ticker_refusal("@daily")
    assert not ticker_refusal("TZ=UTC @every 1h30m")
    assert ticker_refusal("@every 1d")[0].kind is ProblemKind.DESCRIPTOR
    (never,) = ticker_refusal("0 0 30 2 *")
    assert never.kind is ProblemKind.NEVER
    assert never.message == "`30 2` never comes"
    assert never.span == (4, 8)
