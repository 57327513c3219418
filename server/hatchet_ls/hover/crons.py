"""Hovers on cron expressions: in words, and when they run next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone, tzinfo

from hatchet_ls.hatchet.crons import crons
from hatchet_ls.hatchet.program import Program
from hatchet_ls.languages.cron import Schedule, parse
from hatchet_ls.languages.cron.created import check_created, expanded
from hatchet_ls.languages.cron.runs import never_fires, next_runs, zone_of
from hatchet_ls.languages.cron.words import describe
from hatchet_ls.text import Span

_RUNS = 3
_DOCS = "[docs.hatchet.run](https://docs.hatchet.run/v1/cron-runs)"


def about_cron(program: Program, offset: int, now: datetime | None) -> tuple[Span, str] | None:
    """What a cron string at an offset means; None outside of such strings. ``now`` is for the next runs."""
    for call in program.calls:
        for cron in crons(call):
            value = cron.expression.value
            if value.source is program.source and value.span.start <= offset < value.span.end:
                return value.span, describe_cron(cron.expression.text, now, created=cron.created)
    return None


def describe_cron(text: str, now: datetime | None, *, created: bool = False) -> str:
    """An expression in Markdown: in words, its next runs after ``now`` (a time with a zone), and its time zone.

    ``created`` says that it is given to ``cron.create`` rather than to ``on_crons``. Without ``now`` there are no runs.
    """
    schedule = parse(expanded(text) if created else text)
    refused = [problem.message for problem in (check_created(text) if created else ())]
    refused = refused or [problem.message for problem in schedule.problems]
    if refused:
        return "\n\n".join([f"**{_refusal(text, created=created)}:** {'; '.join(refused)}", _DOCS])
    facts = "\n".join(f"- {fact}" for fact in _facts(schedule, created=created))
    return "\n\n".join(part for part in (_words(schedule), _table(schedule, now), facts, _DOCS) if part)


def _refusal(text: str, *, created: bool) -> str:
    if not created:
        return "The engine refuses it"
    return "The SDK refuses it" if check_created(text) else "The engine deletes it"


def _words(schedule: Schedule) -> str:
    if never_fires(schedule) is not None:
        return "**Never fires**"
    words = describe(schedule)
    return f"**{words}**" if words is not None else ""


def _table(schedule: Schedule, now: datetime | None) -> str:
    runs = next_runs(schedule, now, _RUNS) if now is not None else ()
    if not runs:
        return ""
    zone = zone_of(schedule)
    zones: list[tuple[str, tzinfo]] = [("UTC", timezone.utc)]
    if zone is not None and schedule.zone not in (None, "", "UTC", "Local"):
        zones.append((str(schedule.zone), zone))
    head = f"| next runs, {' | '.join(name for name, _ in zones)} |"
    rows = (" | ".join(_time(run.astimezone(each), schedule) for _, each in zones) for run in runs)
    return "\n".join([head, "|---" * len(zones) + "|", *(f"| {row} |" for row in rows)])


def _time(time: datetime, schedule: Schedule) -> str:
    clock = "%H:%M:%S" if schedule.has_seconds else "%H:%M"
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    return f"{days[time.weekday()]} {time.year:04}-{time:%m-%d {clock}}"


def _facts(schedule: Schedule, *, created: bool) -> Iterator[str]:
    if created:
        yield "Crons are in UTC; the SDK takes no time zone here, `on_crons` does"
    elif schedule.zone is None:
        yield "Crons are in UTC; a prefix such as `CRON_TZ=Europe/Berlin ` names another time zone"
    elif schedule.zone in ("", "UTC", "Local"):
        yield "In UTC, as crons are without a prefix"
    else:
        yield f"In the time zone `{schedule.zone}` of the prefix; without it crons are in UTC"
    if schedule.has_seconds:
        yield "Six fields: the first one counts seconds"
    if not (schedule.fields[3].star or schedule.fields[5].star):
        yield "Days of the month and weekdays are alternatives: it runs when either fits"
