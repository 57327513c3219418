"""When an expression fires, daylight saving included, and whether it ever does.

The engine walks from one time to the next unit by unit, and so does this: the ends of the walk, where clocks jump,
decide which runs are left out or shifted. A time that the jump leaves out is skipped; in an hour that comes twice an
expression fires twice. The walk ends five years ahead, which leaves out 29 February around the year 2100.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo

from hatchet_ls.languages.cron import zones
from hatchet_ls.languages.cron.schedule import Schedule
from hatchet_ls.text import Span

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_YEARS_AHEAD = 5
_MINUTE = 60
_HOUR = 3600
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""How many days each month has at most."""


def next_runs(schedule: Schedule, after: datetime, count: int) -> tuple[datetime, ...]:
    """The next runs after a time (with a zone), at most ``count``, in UTC.

    Fewer when it does not fire within five years, when the expression is refused, and none when the prefix names a
    zone for which there is no database here.
    """
    runs: list[datetime] = []
    while len(runs) < count:
        following = next_run(schedule, runs[-1] if runs else after)
        if following is None:
            break
        runs.append(following)
    return tuple(runs)


def next_run(schedule: Schedule, after: datetime) -> datetime | None:
    """The first run after a time (with a zone), in UTC; None as for ``next_runs``."""
    zone = zone_of(schedule)
    if not schedule.accepted or zone is None or never_fires(schedule) is not None:
        return None
    try:
        return _Walk(schedule, after, zone).first()
    except (OverflowError, ValueError):  # the calendar of Python ends
        return None


def zone_of(schedule: Schedule) -> tzinfo | None:
    """The time zone in which it runs, UTC without a prefix; None for one that is not known here."""
    return zones.find(schedule.zone or "")


def never_fires(schedule: Schedule) -> Span | None:
    """The part because of which an accepted expression never fires; None for one that does.

    Either a field has no value at all (``,``), or none of the days exists in any of the months (``30 2``).
    """
    if not schedule.accepted:
        return None
    for field in (*schedule.fields[:3], schedule.fields[4]):
        if not field.values and field.span is not None:
            return field.span
    days, months, weekdays = schedule.fields[3:]
    assert days.span is not None
    assert months.span is not None
    assert weekdays.span is not None
    by_day = any(day <= _LONGEST_MONTHS[month - 1] for month in months.values for day in days.values)
    by_weekday = bool(weekdays.values)
    if days.star or weekdays.star:
        if not by_weekday:
            return weekdays.span
        return None if by_day else Span(days.span.start, months.span.end)
    if by_day or by_weekday:
        return None
    return Span(days.span.start, weekdays.span.end)


class _Walk:
    """The way to the next run: a time that only goes forward, in seconds since 1970, and its local fields."""

    def __init__(self, schedule: Schedule, after: datetime, zone: tzinfo) -> None:
        self._zone = zone
        fields = schedule.fields
        self._seconds, self._minutes, self._hours, self._days, self._months, self._weekdays = (
            each.values for each in fields
        )
        self._both_days = fields[3].star or fields[5].star
        self._go_to((after - _EPOCH) // timedelta(seconds=1) + 1)
        self._last_year = self._local.year + _YEARS_AHEAD
        self._rounded = False

    def first(self) -> datetime | None:
        """The first time from here on at which everything fits."""
        steps = (self._to_month, self._to_day, self._to_hour, self._to_minute, self._to_second)
        while self._local.year <= self._last_year:
            if all(step() for step in steps):
                return _EPOCH + timedelta(seconds=self._time)
        return None

    def _go_to(self, time: int) -> None:
        self._time = time
        self._local = (_EPOCH + timedelta(seconds=time)).astimezone(self._zone)

    def _go_to_clock(self, year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> None:
        """Go to a local time. Of one that comes twice, or that is left out, take what Go takes."""
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        naive = datetime(year, month, 1, hour, minute, second, tzinfo=timezone.utc) + timedelta(days=day - 1)
        guess = (naive - _EPOCH) // timedelta(seconds=1)
        offset = self._offset(guess)
        self._go_to(guess - self._offset(guess - offset) if offset else guess)

    def _offset(self, time: int) -> int:
        offset = (_EPOCH + timedelta(seconds=time)).astimezone(self._zone).utcoffset()
        assert offset is not None
        return offset // timedelta(seconds=1)

    # Each step goes on to a value that fits. It is False when that leads into the next bigger unit, so that those
    # before have to be looked at again. Where clocks jump over midnight, the hours miss that, as the engine's do.

    def _to_month(self) -> bool:
        while self._local.month not in self._months:
            now = self._local
            if not self._rounded:
                self._rounded = True
                self._go_to_clock(now.year, now.month, 1)
                now = self._local
            self._go_to_clock(now.year, now.month + 1, now.day, now.hour, now.minute, now.second)
            if self._local.month == 1:
                return False
        return True

    def _to_day(self) -> bool:
        while not self._day_fits():
            if not self._rounded:
                self._rounded = True
                self._go_to_clock(self._local.year, self._local.month, self._local.day)
            now = self._local
            self._go_to_clock(now.year, now.month, now.day + 1, now.hour, now.minute, now.second)
            hour = self._local.hour
            if hour:  # midnight is left out here: go back to it, or forward
                self._go_to(self._time + (24 - hour if hour > 12 else -hour) * _HOUR)
            if self._local.day == 1:
                return False
        return True

    def _day_fits(self) -> bool:
        day = self._local.day in self._days
        weekday = self._local.isoweekday() % 7 in self._weekdays
        return (day and weekday) if self._both_days else (day or weekday)

    def _to_hour(self) -> bool:
        while self._local.hour not in self._hours:
            if not self._rounded:
                self._rounded = True
                now = self._local
                self._go_to_clock(now.year, now.month, now.day, now.hour)
            self._go_to(self._time + _HOUR)
            if self._local.hour == 0:
                return False
        return True

    def _to_minute(self) -> bool:
        while self._local.minute not in self._minutes:
            if not self._rounded:
                self._rounded = True
                self._go_to(self._time - self._time % _MINUTE)
            self._go_to(self._time + _MINUTE)
            if self._local.minute == 0:
                return False
        return True

    def _to_second(self) -> bool:
        while self._local.second not in self._seconds:
            self._rounded = True
            self._go_to(self._time + 1)
            if self._local.second == 0:
                return False
        return True
