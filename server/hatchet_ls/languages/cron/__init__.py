"""Cron expressions, exactly as Hatchet's engine takes them.

``parse`` is the entry: it reads what ``on_crons`` takes, with the span of everything and all that is wrong. About what
it gives, ``next_runs`` says when it fires, ``never_fires`` whether it does at all, ``clock_changes`` which of its times
a change of the clock meets, and ``describe`` what it means in words. ``check_created`` judges what the SDK's
``cron.create`` takes, which follows another rule, and ``ticker_refusal`` what becomes of it in the engine. ``PRESETS``
are expressions worth offering.

Knows nothing of Python, Hatchet's objects or LSP, and needs a time zone database only for the ``CRON_TZ=`` prefix:
without one, nothing is said about zones.
"""

from hatchet_ls.languages.cron.clock_changes import ClockChanges, clock_changes
from hatchet_ls.languages.cron.created import check_created, expanded, ticker_refusal
from hatchet_ls.languages.cron.parse import parse
from hatchet_ls.languages.cron.presets import PRESETS, Preset
from hatchet_ls.languages.cron.runs import never_fires, next_run, next_runs, zone_of
from hatchet_ls.languages.cron.schedule import CronProblem, Field, Item, ProblemKind, Replacement, Schedule, Unit
from hatchet_ls.languages.cron.words import describe

__all__ = [
    "PRESETS",
    "ClockChanges",
    "CronProblem",
    "Field",
    "Item",
    "Preset",
    "ProblemKind",
    "Replacement",
    "Schedule",
    "Unit",
    "check_created",
    "clock_changes",
    "describe",
    "expanded",
    "never_fires",
    "next_run",
    "next_runs",
    "parse",
    "ticker_refusal",
    "zone_of",
]
