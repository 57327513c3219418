"""What changes of the clock do to an expression."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone, tzinfo

from hatchet_ls.languages.cron.runs import next_run, next_runs, zone_of
from hatchet_ls.languages.cron.schedule import Schedule
from hatchet_ls.text.typed import NamedTuple

_YEAR = 2030
"""Far enough ahead for the rules that hold now; the year itself does not matter."""
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_MOST_A_DAY = 4
"""What runs more often does not depend on a certain hour."""


class ClockChanges(NamedTuple):
    """Times of day (``09:30``) of an expression that a change of the clock meets once a year."""

    skipped: str | None
    twice: str | None


class _Change(NamedTuple):
    before: datetime
    """What the clock shows when it is set, without a zone."""
    after: datetime
    """What it shows then."""


def clock_changes(schedule: Schedule) -> ClockChanges:
    """The first time of day that an expression with a time zone leaves out, and the first at which it runs twice.

    None for one that runs more than a few times a day, or on certain days of the month, or when the zone is not known.
    """
    skipped: str | None = None
    twice: str | None = None
    zone = zone_of(schedule)
    if zone is None or zone is timezone.utc or not schedule.accepted or not schedule.fields[3].star:
        return ClockChanges(None, None)
    clock = schedule._replace(zone=None, zone_span=None)
    for change in _changes(zone):
        start, end = sorted(change)
        run = next_run(clock, start.replace(tzinfo=timezone.utc) - _SECOND)
        if run is None or run.replace(tzinfo=None) >= end or _is_frequent(clock, run):
            continue
        time = f"{run:%H:%M}"
        if change.after > change.before:
            skipped = skipped or time
        else:
            twice = twice or time
    return ClockChanges(skipped, twice)


def _is_frequent(clock: Schedule, run: datetime) -> bool:
    midnight = run.replace(hour=0, minute=0, second=0) - _SECOND
    runs = next_runs(clock, midnight, _MOST_A_DAY + 1)
    return len(runs) > _MOST_A_DAY and runs[-1] - midnight <= _DAY


def _changes(zone: tzinfo) -> Iterator[_Change]:
    """The changes of a year."""
    moment = datetime(_YEAR, 1, 1, tzinfo=timezone.utc)
    while moment.year == _YEAR:
        before, after = _offset(zone, moment), _offset(zone, moment + _DAY)
        if before != after:
            low, high = moment, moment + _DAY
            while high - low > _SECOND:
                middle = low + timedelta(seconds=(high - low) // _SECOND // 2)
                low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
            utc = high.replace(tzinfo=None)
            yield _Change(utc + before, utc + after)
        moment += _DAY


def _offset(zone: tzinfo, moment: datetime) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return offset
