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

from hatchet_ls.languages.duration import nanoseconds, why_refused
from hatchet_ls.languages.duration.reading import Reading, read
from hatchet_ls.languages.duration.sending import as_sent, received, whole_seconds
from hatchet_ls.languages.duration.words import in_short, in_words

VERDICTS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "golden" / "duration.jsonl").read_text("utf-8").splitlines()
]
"""What the engine's validator and Go's ``time.ParseDuration`` said."""


def _shown(reading: Reading) -> str:
    return ", ".join(f"{unit}={number}" for unit, number in reading.parts)


@pytest.mark.parametrize("verdict", VERDICTS, ids=lambda verdict: ascii(verdict["expr"]))
def test_the_engine_agrees(verdict: dict[str, Any]) -> None:
    assert nanoseconds(verdict["expr"]) == verdict.get("nanos")
    assert verdict["ok"] == ("nanos" in verdict)


def test_the_recorded_verdicts_hold_both_kinds() -> None:
    assert len(VERDICTS) == 80
    assert {verdict["ok"] for verdict in VERDICTS} == {True, False}


def test_a_number_of_any_length_is_refused_without_being_computed() -> None:
    assert nanoseconds("9" * 100_000 + "s") is None
    assert nanoseconds("0" * 100_000 + "1s") == 10**9
    assert nanoseconds("1" * 100_000) is None


LIMIT = "9223372036854.775808ms"
"""One nanosecond more than 63 bits hold."""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9223372036854.775807ms", 2**63 - 1),
        (LIMIT, None),
        (LIMIT + "1ms", None),
        (LIMIT + "0s", None),
        (LIMIT + LIMIT, 0),
        (LIMIT + LIMIT + "1s", 10**9),
        ("9223372036854.775809ms", None),
        ("0.1234567890123456s", 123456789),
        ("0.9223372036854775807s", 922337203),
        ("0.9223372036854775809s", 922337203),
        ("0.99999999999999999999999s", 10**9),
        ("0." + "0" * 400 + "1h", 0),
        ("0.100000000000000000000h", 360 * 10**9),
        ("0.3333333333333333333h", 1200 * 10**9),
        ("18446744073709551616ms", None),
        ("00000000000000000000001ms", 10**6),
    ],
)
def test_numbers_end_where_those_of_go_do(text: str, value: int | None) -> None:
    assert nanoseconds(text) == value


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
    assert nanoseconds(text) is None
    assert why_refused(text) == why


def test_a_value_is_cut_to_microseconds() -> None:
    assert received("1.5h") == timedelta(minutes=90)
    assert received("0.0000019s") == timedelta(microseconds=1)
    assert received("1d") is None


@given(st.timedeltas(min_value=timedelta(days=-(10**6)), max_value=timedelta(days=10**6)))
def test_the_expression_is_the_sdks(value: timedelta) -> None:
    assert as_sent(value) == timedelta_to_expr(value)


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=100_000)))
def test_what_is_sent_is_what_the_engine_reads(value: timedelta) -> None:
    assert received(as_sent(value)) == whole_seconds(value)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1d", "days=1"),
        ("2w", "weeks=2"),
        ("1.5d", "days=1.5"),
        ("2d3h", "days=2, hours=3"),
        ("5 minutes", "minutes=5"),
        ("1 hour and 5 mins", "hours=1, minutes=5"),
        ("1h 30m", "hours=1, minutes=30"),
        ("1h,30m", "hours=1, minutes=30"),
        ("10sec", "seconds=10"),
        ("10 s", "seconds=10"),
        ("\t10s\n", "seconds=10"),
        ("1H", "hours=1"),
        ("+1h", "hours=1"),
        ("00:10:00", "minutes=10"),
        ("01:00:05", "hours=1, seconds=5"),
        ("PT5M", "minutes=5"),
        ("P1DT2H", "days=1, hours=2"),
        ("P2W", "weeks=2"),
    ],
)
def test_a_malformed_duration_is_understood(text: str, parts: str) -> None:
    assert nanoseconds(text) is None
    reading = read(text)
    assert reading is not None
    assert _shown(reading) == parts
    assert reading.certain


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("60", "seconds=60"),
        ("1M", "minutes=1"),
        ("1m30", "minutes=1, seconds=30"),
        ("1h30", "hours=1, minutes=30"),
    ],
)
def test_what_may_mean_something_else_is_read_with_doubt(text: str, parts: str) -> None:
    reading = read(text)
    assert reading is not None
    assert _shown(reading) == parts
    assert not reading.certain


@pytest.mark.parametrize(
    "text",
    ["", "bad", "0", "-30s", "100us", "1y", "1mo", "P1M", "PT", "P", "10:00", "1e3s", "5 5", "1 2 s", "ſ", "１s"],
)
def test_what_cannot_be_told_is_not_read(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    "text", ["9999999w", "9" * 99, "1s" * 100], ids=["beyond the engine", "beyond timedelta", "no person writes it"]
)
def test_what_is_too_long_is_not_read(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("90m", "minutes=90"),
        ("1h30m", "hours=1, minutes=30"),
        ("1.5h", "hours=1.5"),
        ("1.h", "hours=1"),
        (".5h", "hours=0.5"),
        ("05m", "minutes=5"),
        ("24h", "hours=24"),
        ("1h1h", "hours=2"),
        ("1h0m0s", "hours=1"),
        ("500ms", "milliseconds=500"),
    ],
)
def test_a_right_duration_keeps_its_units(text: str, parts: str) -> None:
    reading = read(text)
    assert reading is not None
    assert _shown(reading) == parts
    assert reading.value == received(text)
    assert reading.certain


@given(st.text(alphabet="0123456789.:-+ ,hmsdwPTMandute\n", max_size=30) | st.text(max_size=200))
def test_no_text_makes_it_raise(text: str) -> None:
    nanoseconds(text)
    reading = read(text)
    if reading is not None:
        assert reading.value > timedelta(0)


@pytest.mark.parametrize(
    ("value", "words", "short"),
    [
        (timedelta(0), "0 seconds", "0 s"),
        (timedelta(minutes=5), "5 minutes", "5 min"),
        (timedelta(minutes=90), "1 hour 30 minutes", "1 h 30 min"),
        (timedelta(days=14), "14 days", "14 d"),
        (timedelta(days=30), "30 days", "30 d"),
        (timedelta(seconds=60), "1 minute", "60 s"),
        (timedelta(seconds=254), "4 minutes 14 seconds", "4 min 14 s"),
        (timedelta(milliseconds=500), "500 milliseconds", "500 ms"),
        (
            timedelta(milliseconds=1500),
            "1 second 500 milliseconds",
            "1.5 s",
        ),
        (timedelta(seconds=-5), "minus 5 seconds", "-5 s"),
    ],
)
def test_a_duration_is_told(value: timedelta, words: str, short: str) -> None:
    assert in_words(value) == words
    assert in_short(value) == short
