"""What holds for every text."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatchet_ls.languages.cron import Schedule, parse
from hatchet_ls.languages.cron.created import check_created, ticker_refusal
from hatchet_ls.languages.cron.runs import never_fires, next_run, next_runs
from hatchet_ls.languages.cron.words import describe

BOUNDS = [(0, 59), (0, 59), (0, 23), (1, 31), (1, 12), (0, 6)]
ANYTHING = st.one_of(
    st.text("*?/-,LW#@019 TZ=UCRONjanMONday\t\u00a0", max_size=40),
    st.text(max_size=30),
    st.builds("TZ={} * * * * *".format, st.text(st.characters(exclude_categories=["Z"]), max_size=20)),
)
TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(lambda time: time.replace(tzinfo=timezone.utc))


def items(low: int, high: int) -> st.SearchStrategy[str]:
    numbers = st.integers(low, high)
    pairs = st.tuples(numbers, numbers).map(sorted)
    plain = st.one_of(st.just("*"), numbers.map(str), pairs.map(lambda pair: f"{pair[0]}-{pair[1]}"))
    return st.one_of(plain, st.tuples(plain, st.integers(1, 70)).map(lambda both: f"{both[0]}/{both[1]}"))


def fields(low: int, high: int) -> st.SearchStrategy[str]:
    return st.lists(items(low, high), min_size=1, max_size=3).map(",".join)


RIGHT = st.one_of(
    st.tuples(*(fields(*each) for each in BOUNDS)).map(" ".join),
    st.tuples(*(fields(*each) for each in BOUNDS[1:])).map(" ".join),
)


@given(ANYTHING)
def test_nothing_raises_and_spans_stay_in_the_text(text: str) -> None:
    schedule = parse(text)
    problems = [*schedule.problems, *check_created(text), *ticker_refusal(text)]
    spans = [problem.span for problem in problems] + [each.span for each in schedule.fields if each.span is not None]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    describe(schedule)
    never_fires(schedule)
    assert bool(schedule.fields) or not schedule.accepted


@given(ANYTHING)
def test_problems_come_in_order_and_do_not_overlap(text: str) -> None:
    spans = [problem.span for problem in parse(text).problems]
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))


@given(ANYTHING)
def test_a_suggestion_takes_its_problem_away(text: str) -> None:
    for problem in parse(text).problems:
        if problem.suggestion is not None:
            span, content, _ = problem.suggestion
            changed = parse(text[: span.start] + content + text[span.end :])
            assert not any(each.span == problem.span and each.kind is problem.kind for each in changed.problems)


@given(RIGHT)
def test_what_is_right_is_accepted_and_has_words(text: str) -> None:
    schedule = parse(text)
    assert schedule.accepted
    assert describe(schedule)


def fits(schedule: Schedule, time: datetime) -> bool:
    """Whether all fields have the values of a time."""
    seconds, minutes, hours, days, months, weekdays = schedule.fields
    day, weekday = time.day in days.values, time.isoweekday() % 7 in weekdays.values
    chosen = (day and weekday) if days.star or weekdays.star else (day or weekday)
    return (
        chosen
        and time.second in seconds.values
        and time.minute in minutes.values
        and time.hour in hours.values
        and time.month in months.values
    )


@given(RIGHT, TIMES)
def test_runs_fit_and_go_forward(text: str, after: datetime) -> None:
    schedule = parse(text)
    runs = next_runs(schedule, after, 3)
    assert all(fits(schedule, run) for run in runs)
    assert all(earlier < later for earlier, later in itertools.pairwise((after, *runs)))
    assert (not runs) == (never_fires(schedule) is not None)


@given(RIGHT, TIMES, st.data())
def test_no_run_is_left_out(text: str, after: datetime, data: st.DataObject) -> None:
    schedule = parse(text)
    first = next_run(schedule, after)
    if first is not None:
        between = data.draw(st.datetimes(after.replace(tzinfo=None), first.replace(tzinfo=None)))
        between = between.replace(microsecond=0, tzinfo=timezone.utc)
        assert not (after < between < first and fits(schedule, between))


@pytest.mark.parametrize(
    "make",
    [
        lambda size: "*" * size,
        lambda size: "1," * size + " * * * *",
        lambda size: "1-" * size + " * * * *",
        lambda size: "1/" * size + " * * * *",
        lambda size: "9" * size + " * * * *",
        lambda size: "*/" + "0" * size + "1 * * * *",
        lambda size: " " * size + "* * * * *",
        lambda size: "* " * size,
        lambda size: "TZ=" + "A" * size + " * * * * *",
        lambda size: "TZ=" + "\t" * size + "* * * * *",
        lambda size: "@" + "every " * size,
        lambda size: "* * * * " + "MONDAY" * size,
    ],
)
def test_long_texts_are_read_in_passing(make: Callable[[int], str]) -> None:
    """One that took more than linear time would not end here."""
    text = make(200_000)
    parse(text)
    check_created(text)
    ticker_refusal(text)
