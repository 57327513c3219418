"""When expressions fire: clocks that change, days by date or by weekday, and never."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from hatchet_ls.languages.cron import parse
from hatchet_ls.languages.cron.runs import never_fires, next_run, next_runs


def local(text: str, after: str, count: int) -> list[str]:
    """The next runs on the clock of the expression's zone, with its distance from UTC."""
    schedule = parse(text)
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(schedule.zone) if schedule.zone else timezone.utc
    begin = datetime.fromisoformat(after).replace(tzinfo=timezone.utc)
    return [run.astimezone(zone).strftime("%a %m-%d %H:%M %z") for run in next_runs(schedule, begin, count)]


def test_a_time_that_the_clock_leaves_out_is_skipped() -> None:
    assert local("TZ=Europe/Berlin 30 2 * * *", "2026-03-28", 3) == [
        "Sat 03-28 02:30 +0100",
        "Mon 03-30 02:30 +0200",
        "Tue 03-31 02:30 +0200",
    ]


def test_a_time_that_comes_twice_fires_twice() -> None:
    assert local("TZ=Europe/Berlin 30 2 * * *", "2026-10-24", 4) == [
        "Sat 10-24 02:30 +0200",
        "Sun 10-25 02:30 +0200",
        "Sun 10-25 02:30 +0100",
        "Mon 10-26 02:30 +0100",
    ]


def test_every_hour_goes_on_through_both_changes() -> None:
    assert local("TZ=Europe/Berlin 0 * * * *", "2026-03-28T23:30", 3) == [
        "Sun 03-29 01:00 +0100",
        "Sun 03-29 03:00 +0200",
        "Sun 03-29 04:00 +0200",
    ]
    assert local("TZ=Europe/Berlin 0 * * * *", "2026-10-24T23:30", 3) == [
        "Sun 10-25 02:00 +0200",
        "Sun 10-25 02:00 +0100",
        "Sun 10-25 03:00 +0100",
    ]


def test_half_an_hour_that_comes_twice_fires_twice() -> None:
    assert local("TZ=Australia/Lord_Howe 15,45 1-2 * * *", "2026-04-04T12:00", 5) == [
        "Sun 04-05 01:15 +1100",
        "Sun 04-05 01:45 +1100",
        "Sun 04-05 01:45 +1030",
        "Sun 04-05 02:15 +1030",
        "Sun 04-05 02:45 +1030",
    ]


def test_where_midnight_is_left_out_the_engine_misses_the_change_of_day() -> None:
    assert local("TZ=America/Santiago 0 5 * * SAT", "2026-09-04", 3) == [
        "Sat 09-05 05:00 -0400",
        "Sun 09-06 05:00 -0300",
        "Sat 09-12 05:00 -0300",
    ]


def test_two_day_fields_are_alternatives() -> None:
    assert local("0 9 13 * FRI", "2026-01-08", 3) == [
        "Fri 01-09 09:00 +0000",
        "Tue 01-13 09:00 +0000",
        "Fri 01-16 09:00 +0000",
    ]


def test_a_star_leaves_the_other_day_field_to_decide() -> None:
    assert local("0 9 ? * FRI", "2026-01-08", 2) == ["Fri 01-09 09:00 +0000", "Fri 01-16 09:00 +0000"]


def test_a_star_with_a_step_is_no_star() -> None:
    assert local("0 9 */10 * FRI", "2026-01-08", 3) == [
        "Fri 01-09 09:00 +0000",
        "Sun 01-11 09:00 +0000",
        "Fri 01-16 09:00 +0000",
    ]


def test_the_first_run_comes_after_the_time_and_not_at_it() -> None:
    noon = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
    assert next_run(parse("0 12 * * *"), noon) == noon + timedelta(days=1)
    assert next_run(parse("0 12 * * *"), noon - timedelta(microseconds=1)) == noon


def test_a_leap_day_is_found_within_five_years_but_not_within_eight() -> None:
    assert local("0 0 29 2 *", "2026-01-01", 2) == ["Tue 02-29 00:00 +0000", "Sun 02-29 00:00 +0000"]
    assert local("0 0 29 2 *", "2097-01-01", 1) == []


def test_runs_end_with_the_calendar() -> None:
    assert next_runs(parse("0 0 1 1 *"), datetime(9998, 6, 1, tzinfo=timezone.utc), 5) == (
        datetime(9999, 1, 1, tzinfo=timezone.utc),
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("0 0 30 2 *", "30 2"),
        ("0 0 31 4,6,9,11 *", "31 4,6,9,11"),
        ("0 0 0 30,31 FEB ?", "30,31 FEB"),
        ("0 0 30 2 ,", "30 2 ,"),
        (", * * * *", ","),
        ("* , * * *", ","),
        ("* * * , *", ","),
        ("* * * * ,", ","),
        ("* * , * *", ", *"),
    ],
)
def test_what_never_fires_says_why(text: str, part: str) -> None:
    span = never_fires(parse(text))
    assert span is not None
    assert text[span.start : span.end] == part
    assert next_run(parse(text), datetime(2026, 1, 1, tzinfo=timezone.utc)) is None


@pytest.mark.parametrize("text", ["0 0 29 2 *", "0 0 30 2 MON", "0 0 31 * *", "0 0 31 2,3 *", "* * , * 1", "* * 1 * ,"])
def test_what_fires_at_least_sometimes(text: str) -> None:
    assert never_fires(parse(text)) is None
    assert next_run(parse(text), datetime(2026, 1, 1, tzinfo=timezone.utc)) is not None


def test_what_is_refused_neither_fires_nor_never_fires() -> None:
    assert never_fires(parse("0 0 30 2 7")) is None
    assert next_run(parse("0 0 * * 7"), datetime(2026, 1, 1, tzinfo=timezone.utc)) is None
