"""What is wrong with an expression: which part, and what to write instead."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator

import pytest

from hatchet_ls.languages.cron import CronProblem, ProblemKind, Schedule, parse, zones


def only(schedule: Schedule) -> CronProblem:
    (problem,) = schedule.problems
    return problem


def part(text: str, problem: CronProblem) -> str:
    return text[problem.span.start : problem.span.end]


def mended(text: str, problem: CronProblem) -> str | None:
    """The expression with the problem's suggestion."""
    if problem.suggestion is None:
        return None
    span, content, _ = problem.suggestion
    return text[: span.start] + content + text[span.end :]


def test_fields_know_where_they_stand() -> None:
    text = "CRON_TZ=UTC  0\t*/5  9-17 * JAN ?"
    schedule = parse(text)
    assert schedule.accepted
    assert schedule.zone == "UTC"
    assert schedule.has_seconds
    spans = [field.span for field in schedule.fields if field.span is not None]
    assert [text[span.start : span.end] for span in spans] == ["0", "*/5", "9-17", "*", "JAN", "?"]


def test_five_fields_have_no_seconds() -> None:
    schedule = parse("0 9 * * *")
    assert not schedule.has_seconds
    assert schedule.fields[0].span is None
    assert schedule.fields[0].values == {0}


def test_each_field_has_a_problem_of_its_own() -> None:
    text = "60 24 32 13 7"
    assert [part(text, problem) for problem in parse(text).problems] == ["60", "24", "32", "13", "7"]


def test_what_can_be_understood_of_a_wrong_field_is_there() -> None:
    assert parse("0 0 * * MON,7,FRI").fields[5].values == {1, 5}


@pytest.mark.parametrize(
    ("text", "wrong", "kind", "message"),
    [
        ("", "", ProblemKind.EMPTY, "it is empty"),
        ("   ", "   ", ProblemKind.EMPTY, "it is empty"),
        ("0 0 * *", "0 0 * *", ProblemKind.FIELD_COUNT, "it has 4 fields instead of 5, or of 6 with the seconds first"),
        ("@reboot", "@reboot", ProblemKind.DESCRIPTOR, "it has a word, `@reboot`, instead of fields"),
        ("* 24 * * *", "24", ProblemKind.RANGE, "hour `24` is above 23"),
        ("* * 0 * *", "0", ProblemKind.RANGE, "day of the month `0` is below 1"),
        ("* * * 9-13 *", "9-13", ProblemKind.RANGE, "month `9-13` is above 12"),
        ("5-1 * * * *", "5-1", ProblemKind.RANGE, "the range `5-1` ends before it starts"),
        ("*/0 * * * *", "*/0", ProblemKind.STEP, "the step of `*/0` is 0"),
        ("*/-5 * * * *", "*/-5", ProblemKind.STEP, "the step `-5` is negative"),
        ("*/x * * * *", "*/x", ProblemKind.STEP, "the step `x` is no number"),
        ("*/ * * * *", "*/", ProblemKind.STEP, "`*/` lacks its step"),
        ("1,*/2/3 * * * *", "*/2/3", ProblemKind.SYNTAX, "`*/2/3` has too many slashes"),
        ("1-2-3 * * * *", "1-2-3", ProblemKind.SYNTAX, "`1-2-3` has too many hyphens"),
        ("1- * * * *", "1-", ProblemKind.SYNTAX, "`1-` lacks a number"),
        ("MON * * * *", "MON", ProblemKind.SYNTAX, "`MON` is no minute"),
        ("* * L * *", "L", ProblemKind.SYNTAX, "the engine knows no `L`, `W` and `#`, as in `L`"),
        ("* * * * 5#2", "5#2", ProblemKind.SYNTAX, "the engine knows no `L`, `W` and `#`, as in `5#2`"),
        ("H * * * *", "H", ProblemKind.SYNTAX, "the engine knows no `H`"),
        ("1,99999999999999999999 * * * *", "99999999999999999999", ProblemKind.RANGE, "is above 59"),
        ("TZ=UTC", "TZ=UTC", ProblemKind.PREFIX, "no expression follows the time zone"),
        ("TZ=UTC ", "", ProblemKind.EMPTY, "it is empty"),
        ("TZ=Mars/Base 0 0 * * *", "Mars/Base", ProblemKind.ZONE, "there is no time zone `Mars/Base`"),
        ("* * * * `", "`", ProblemKind.SYNTAX, "`'` is no weekday"),
    ],
)
def test_problems(text: str, wrong: str, kind: ProblemKind, message: str) -> None:
    problem = only(parse(text))
    assert part(text, problem).strip() == wrong.strip()
    assert problem.kind is kind
    assert message in problem.message


CERTAIN = {
    "@daily": "0 0 * * *",
    "@hourly": "0 * * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@Annually": "0 0 1 1 *",
    " @midnight ": " 0 0 * * * ",
    "TZ=UTC @daily": "TZ=UTC 0 0 * * *",
    "0 0 * * 7": "0 0 * * 0",
    "0 0 * * 5-7": "0 0 * * 5-6,0",
    "0 0 * * 6-7": "0 0 * * 6,0",
    "0 0 * * 1-7": "0 0 * * 0-6",
    "0 0 * * 1-7/2": "0 0 * * 1,3,5,0",
    "0 0 * * 7-2": "0 0 * * 0-2",
    "0 0 * * FRI-MON": "0 0 * * FRI-SAT,SUN-MON",
    "0 0 * * sat-sun": "0 0 * * sat,sun",
    "0 0 * * FRI-7": "0 0 * * FRI-SAT,SUN",
    "0 0 * NOV-FEB *": "0 0 * NOV-DEC,JAN-FEB *",
    "0 0 * * Monday": "0 0 * * MON",
    "0 0 * * Mondays": "0 0 * * MON",
    "0 0 * * tues": "0 0 * * TUE",
    "0 0 * * MO": "0 0 * * MON",
    "0 0 * * Monday-Friday": "0 0 * * MON-FRI",
    "0 0 * * Friday-Monday": "0 0 * * FRI-SAT,SUN-MON",
    "0 0 * January,3 *": "0 0 * JAN,3 *",
    "0 0 * Sept *": "0 0 * SEP *",
    "/5 * * * *": "*/5 * * * *",
    "0 0 9 * * ? *": "0 0 9 * * ?",
    "cron_tz=UTC 0 0 * * *": "CRON_TZ=UTC 0 0 * * *",
    "TZ=UTC\t0 0 * * *": "TZ=UTC 0 0 * * *",
    "TZ=europe/berlin 0 0 * * *": "TZ=Europe/Berlin 0 0 * * *",
    "TZ=utc 0 0 * * *": "TZ=UTC 0 0 * * *",
}
PROBABLE = {
    "@every 5m": "*/5 * * * *",
    "@every 1h": "0 * * * *",
    "@every 30s": "*/30 * * * * *",
    "@every 24h": "0 0 * * *",
    "every 5 minutes": "*/5 * * * *",
    "every hour": "0 * * * *",
    "daily": "0 0 * * *",
    "60 * * * *": "0 * * * *",
    "0 24 * * *": "0 0 * * *",
    "0-60 * * * *": "0-59 * * * *",
    "0 0-24/2 * * *": "0 0-23/2 * * *",
    "0 0 0-31 * *": "0 0 1-31 * *",
    "*/0 * * * *": "* * * * *",
    "*5 * * * *": "*/5 * * * *",
    "0 22-6 * * *": "0 22-23,0-6 * * *",
    "0 22-6/2 * * *": "0 22,0,2,4,6 * * *",
    "0 0 9 * * ? 2026": "0 0 9 * * ?",
    "TZ=PST 0 0 * * *": "TZ=America/Los_Angeles 0 0 * * *",
    "TZ=Berlin 0 0 * * *": "TZ=Europe/Berlin 0 0 * * *",
    "TZ=Europe/Berln 0 0 * * *": "TZ=Europe/Berlin 0 0 * * *",
}
NOTHING = [
    "@reboot", "@every 7m", "@every 90s", "@every 1d", "@every 0m", "every blue moon", "* * * *", "0 0 L * *",
    "0 0 * * 5#2", "* * 0 * *", "* * * 13 *", "* * * * 8", "0 0 * * MON#1", "H * * * *", "0 0 * MA *", "0 0 * * JAN",
    "0 30-10/2 * * *", "TZ=Nowhere/City 0 0 * * *", "TZ=UTC", "0 0 9 * * 7 *", "1-2-3 * * * *",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [*CERTAIN.items(), *PROBABLE.items()])
def test_suggestions_are_accepted(text: str, expected: str) -> None:
    problem = only(parse(text))
    assert mended(text, problem) == expected
    assert parse(expected).accepted
    assert problem.suggestion is not None
    assert problem.suggestion.certain == (text in CERTAIN)


@pytest.mark.parametrize("text", NOTHING)
def test_there_is_no_suggestion_where_nothing_is_plainly_meant(text: str) -> None:
    assert all(problem.suggestion is None for problem in parse(text).problems)


def test_go_lower_cases_a_dotted_capital_i_to_an_i() -> None:
    assert parse("0 0 * * FR\u0130").fields[5].values == {5}


@pytest.fixture
def no_zones(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without a time zone database."""

    def missing(name: str) -> None:
        raise zoneinfo.ZoneInfoNotFoundError(name)

    def forget() -> None:
        zones._names.cache_clear()
        zones._by_lower_case.cache_clear()

    monkeypatch.setattr(zoneinfo, "available_timezones", set)
    monkeypatch.setattr(zoneinfo, "ZoneInfo", missing)
    forget()
    yield
    forget()


@pytest.mark.usefixtures("no_zones")
def test_without_a_database_nothing_is_said_about_zones() -> None:
    assert parse("TZ=Nowhere/City 0 0 * * *").accepted
    assert parse("TZ=UTC 0 0 * * *").accepted
    assert part("TZ=Nowhere/City 0 0 * * 7", only(parse("TZ=Nowhere/City 0 0 * * 7"))) == "7"
