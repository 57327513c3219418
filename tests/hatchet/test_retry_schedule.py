"""The engine's retry delays, and how long a task may take with them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatchet_ls.hatchet.retry_schedule import RetrySchedule

MINUTE = timedelta(minutes=1)


def delays(schedule: RetrySchedule) -> list[float]:
    return [schedule.delay(retry).total_seconds() for retry in range(1, schedule.retries + 1)]


def test_the_first_retry_waits_the_factor_itself() -> None:
    assert delays(RetrySchedule(4, 2.0)) == [2, 4, 8, 16]


def test_no_delay_is_longer_than_the_ceiling() -> None:
    assert delays(RetrySchedule(8, 2.0, 120)) == [2, 4, 8, 16, 32, 64, 120, 120]
    assert delays(RetrySchedule(4, 2.0, 8)) == [2, 4, 8, 8]
    assert delays(RetrySchedule(2, 10.0, 1)) == [1, 1]


def test_without_a_ceiling_it_is_a_day() -> None:
    assert delays(RetrySchedule(3, 1000.0)) == [1000, 86_400, 86_400]


def test_a_factor_of_one_waits_a_second_each_time() -> None:
    schedule = RetrySchedule(3, 1.0)
    assert delays(schedule) == [1, 1, 1]
    assert schedule.waiting == timedelta(seconds=3)


def test_without_a_factor_retries_follow_at_once() -> None:
    schedule = RetrySchedule(3, None, 60)
    assert delays(schedule) == [0, 0, 0]
    assert schedule.worst_case(MINUTE) == 4 * MINUTE


def test_the_worst_case_is_every_attempt_and_every_delay() -> None:
    assert RetrySchedule(3, 2.0).worst_case(MINUTE) == timedelta(minutes=4, seconds=14)


@given(
    st.integers(0, 200),
    st.none() | st.floats(1, 1000),
    st.none() | st.integers(1, 86_400),
)
def test_all_delays_together_are_the_sum_of_each(retries: int, factor: float | None, ceiling: int | None) -> None:
    schedule = RetrySchedule(retries, factor, ceiling)
    assert schedule.waiting is not None
    one_by_one: list[float] = []
    for _ in range(retries):
        one_by_one.append(min(ceiling or 86_400, (one_by_one or [1])[-1] * factor) if factor else 0)
    assert delays(schedule) == pytest.approx(one_by_one, abs=1e-5)
    assert schedule.waiting.total_seconds() == pytest.approx(sum(one_by_one), rel=1e-6, abs=1e-3)


def test_numbers_beyond_reason_are_computed_at_once() -> None:
    assert RetrySchedule(2**31 - 1, 1.0000001, 60).waiting is not None
    assert RetrySchedule(2**31 - 1, 2.0).waiting is None
    assert RetrySchedule(2**31 - 1, 2.0).worst_case(MINUTE) is None
    assert RetrySchedule(2**31 - 1, 2.0).in_words(MINUTE) == "2,147,483,647 retries after 2 s, 4 s, 8 s, 16 s, …, 1 d"
    assert RetrySchedule(10**9).worst_case(timedelta(days=999_999)) is None


@pytest.mark.parametrize(
    ("schedule", "timeout", "words"),
    [
        (
            RetrySchedule(3, 2.0, 120),
            MINUTE,
            "3 retries after 2 s, 4 s, 8 s; worst case 4 attempts of 60 s + 14 s of waiting = 4 min 14 s",
        ),
        (
            RetrySchedule(10, 2.0, 120),
            timedelta(minutes=30),
            "10 retries after 2 s, 4 s, 8 s, 16 s, …, 120 s; "
            "worst case 11 attempts of 30 min + 10 min 6 s of waiting = 5 h 40 min 6 s",
        ),
        (
            RetrySchedule(1, 1.5),
            MINUTE,
            "1 retry after 1.5 s; worst case 2 attempts of 60 s + 1.5 s of waiting = 2 min 2 s",
        ),
        (RetrySchedule(3), MINUTE, "3 retries at once; worst case 4 attempts of 60 s = 4 min"),
        (RetrySchedule(0), MINUTE, "no retries; worst case 1 attempt of 60 s"),
        (RetrySchedule(2, 3.0), None, "2 retries after 3 s, 9 s"),
    ],
)
def test_it_is_spelled_out(schedule: RetrySchedule, timeout: timedelta | None, words: str) -> None:
    assert schedule.in_words(timeout) == words


@pytest.mark.parametrize(
    ("retries", "factor", "ceiling"),
    [(-1, None, None), (1, 0.5, None), (1, 1001.0, None), (1, 2.0, 0), (1, 2.0, 86_401), (1, float("nan"), None)],
)
def test_what_the_engine_refuses_has_no_schedule(retries: int, factor: float | None, ceiling: int | None) -> None:
    with pytest.raises(ValueError, match="must be"):
        RetrySchedule(retries, factor, ceiling)
