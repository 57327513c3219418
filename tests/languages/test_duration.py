"""The engine's durations, against the engine's own verdicts and the SDK's own function."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hatchet_sdk.utils.timedelta_to_expression import timedelta_to_expr
from hypothesis import given
from hypothesis import strategies as st

from hatchet_ls.languages import duration

VERDICTS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "golden" / "duration.jsonl").read_text("utf-8").splitlines()
]
"""What the engine's validator and Go's ``time.ParseDuration`` said."""


@pytest.mark.parametrize("verdict", VERDICTS, ids=lambda verdict: ascii(verdict["expr"]))
def test_the_engine_agrees(verdict: dict[str, Any]) -> None:
    assert duration.nanoseconds(verdict["expr"]) == verdict.get("nanos")
    assert verdict["ok"] == ("nanos" in verdict)


def test_the_recorded_verdicts_hold_both_kinds() -> None:
    assert len(VERDICTS) == 80
    assert {verdict["ok"] for verdict in VERDICTS} == {True, False}


def test_a_number_of_any_length_is_refused_without_being_computed() -> None:
    assert duration.nanoseconds("9" * 100_000 + "s") is None
    assert duration.nanoseconds("0" * 100_000 + "1s") == 10**9
    assert duration.nanoseconds("1" * 100_000) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty"),
        ("9999999h", "it is longer than 292 years"),
        ("1h 30m", "a duration has no spaces"),
        ("-30s", "a duration has no sign"),
        ("+1h", "a duration has no sign"),
        ("1H", "units are in lower case"),
        ("60", "every number needs a unit"),
        ("1m30", "every number needs a unit"),
        ("1d", "its units are `ms`, `s`, `m` and `h`"),
        ("5 minutes", "its units are `ms`, `s`, `m` and `h`"),
        ("PT5M", "its units are `ms`, `s`, `m` and `h`"),
    ],
)
def test_a_refusal_has_a_reason(text: str, why: str) -> None:
    assert duration.nanoseconds(text) is None
    assert duration.why_refused(text) == why


def test_a_value_is_cut_to_microseconds() -> None:
    assert duration.value("1.5h") == timedelta(minutes=90)
    assert duration.value("0.0000019s") == timedelta(microseconds=1)
    assert duration.value("1d") is None


@given(st.timedeltas(min_value=timedelta(days=-(10**6)), max_value=timedelta(days=10**6)))
def test_the_expression_is_the_sdks(value: timedelta) -> None:
    assert duration.expression(value) == timedelta_to_expr(value)


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=100_000)))
def test_what_is_sent_is_what_the_engine_reads(value: timedelta) -> None:
    assert duration.value(duration.expression(value)) == duration.sent(value)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("1d", "timedelta(days=1)"),
        ("2w", "timedelta(weeks=2)"),
        ("1.5d", "timedelta(days=1.5)"),
        ("2d3h", "timedelta(days=2, hours=3)"),
        ("5 minutes", "timedelta(minutes=5)"),
        ("1 hour and 5 mins", "timedelta(hours=1, minutes=5)"),
        ("1h 30m", "timedelta(hours=1, minutes=30)"),
        ("1h,30m", "timedelta(hours=1, minutes=30)"),
        ("10sec", "timedelta(seconds=10)"),
        ("10 s", "timedelta(seconds=10)"),
        ("\t10s\n", "timedelta(seconds=10)"),
        ("1H", "timedelta(hours=1)"),
        ("+1h", "timedelta(hours=1)"),
        ("00:10:00", "timedelta(minutes=10)"),
        ("01:00:05", "timedelta(hours=1, seconds=5)"),
        ("PT5M", "timedelta(minutes=5)"),
        ("P1DT2H", "timedelta(days=1, hours=2)"),
        ("P2W", "timedelta(weeks=2)"),
    ],
)
def test_a_malformed_duration_is_understood(text: str, source: str) -> None:
    assert duration.nanoseconds(text) is None
    reading = duration.read(text)
    assert reading is not None
    assert reading.source() == source
    assert reading.certain


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("60", "timedelta(seconds=60)"),
        ("1M", "timedelta(minutes=1)"),
        ("1m30", "timedelta(minutes=1, seconds=30)"),
        ("1h30", "timedelta(hours=1, minutes=30)"),
    ],
)
def test_what_may_mean_something_else_is_read_with_doubt(text: str, source: str) -> None:
    reading = duration.read(text)
    assert reading is not None
    assert reading.source() == source
    assert not reading.certain


@pytest.mark.parametrize(
    "text",
    ["", "bad", "0", "-30s", "100us", "1y", "1mo", "P1M", "PT", "P", "10:00", "1e3s", "5 5", "1 2 s", "ſ", "１s"],
)
def test_what_cannot_be_told_is_not_read(text: str) -> None:
    assert duration.read(text) is None


@pytest.mark.parametrize(
    "text", ["9999999w", "9" * 99, "1s" * 100], ids=["beyond the engine", "beyond timedelta", "no person writes it"]
)
def test_what_is_too_long_is_not_read(text: str) -> None:
    assert duration.read(text) is None


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("90m", "timedelta(minutes=90)"),
        ("1h30m", "timedelta(hours=1, minutes=30)"),
        ("1.5h", "timedelta(hours=1.5)"),
        ("1.h", "timedelta(hours=1)"),
        (".5h", "timedelta(hours=0.5)"),
        ("05m", "timedelta(minutes=5)"),
        ("24h", "timedelta(hours=24)"),
        ("1h1h", "timedelta(hours=2)"),
        ("1h0m0s", "timedelta(hours=1)"),
        ("500ms", "timedelta(milliseconds=500)"),
    ],
)
def test_a_right_duration_keeps_its_units(text: str, source: str) -> None:
    reading = duration.read(text)
    assert reading is not None
    assert reading.source() == source
    assert reading.value == duration.value(text)
    assert reading.certain


def test_the_name_of_timedelta_may_be_another() -> None:
    reading = duration.read("5m")
    assert reading is not None
    assert reading.source("datetime.timedelta") == "datetime.timedelta(minutes=5)"
    assert duration.source(timedelta(minutes=5), "td") == "td(minutes=5)"


@given(st.text(alphabet="0123456789.:-+ ,hmsdwPTMandute\n", max_size=30) | st.text(max_size=200))
def test_no_text_makes_it_raise(text: str) -> None:
    duration.nanoseconds(text)
    reading = duration.read(text)
    if reading is not None:
        assert reading.value > timedelta(0)
        assert eval(reading.source(), {"timedelta": timedelta}) == reading.value


@given(st.timedeltas())
def test_a_duration_in_source_is_the_same_duration(value: timedelta) -> None:
    assert eval(duration.source(value), {"timedelta": timedelta}) == value


@pytest.mark.parametrize(
    ("value", "source", "words", "short"),
    [
        (timedelta(0), "timedelta(0)", "0 seconds", "0 s"),
        (timedelta(minutes=5), "timedelta(minutes=5)", "5 minutes", "5 min"),
        (timedelta(minutes=90), "timedelta(hours=1, minutes=30)", "1 hour 30 minutes", "1 h 30 min"),
        (timedelta(days=14), "timedelta(weeks=2)", "14 days", "14 d"),
        (timedelta(days=30), "timedelta(days=30)", "30 days", "30 d"),
        (timedelta(seconds=60), "timedelta(minutes=1)", "1 minute", "60 s"),
        (timedelta(seconds=254), "timedelta(minutes=4, seconds=14)", "4 minutes 14 seconds", "4 min 14 s"),
        (timedelta(milliseconds=500), "timedelta(milliseconds=500)", "500 milliseconds", "500 ms"),
        (
            timedelta(milliseconds=1500),
            "timedelta(seconds=1, milliseconds=500)",
            "1 second 500 milliseconds",
            "1.5 s",
        ),
        (timedelta(seconds=-5), "timedelta(seconds=-5)", "minus 5 seconds", "-5 s"),
    ],
)
def test_a_duration_is_written_and_told(value: timedelta, source: str, words: str, short: str) -> None:
    assert duration.source(value) == source
    assert duration.words(value) == words
    assert duration.short(value) == short
