"""Cron expressions, exactly as Hatchet's engine takes them.

``parse`` is the way in: it reads what ``on_crons`` takes, with the span of everything and all that is wrong. What else
there is to say is said by other modules, from what ``parse`` returns: ``runs`` (when it fires, and whether it does at
all), ``clock_changes`` (which of its times a change of the clock meets) and ``words`` (what it means). ``created``
judges what the SDK's ``cron.create`` takes, which follows another rule, and says what becomes of it in the engine.
``presets`` has expressions worth offering.

Knows nothing of Python, Hatchet's objects or LSP, and needs a time zone database only for the ``CRON_TZ=`` prefix:
without one, nothing is said about zones.
"""

from hatchet_ls.languages.cron.parse import parse
from hatchet_ls.languages.cron.schedule import CronProblem, Field, Item, ProblemKind, Replacement, Schedule, Unit

__all__ = ["CronProblem", "Field", "Item", "ProblemKind", "Replacement", "Schedule", "Unit", "parse"]
