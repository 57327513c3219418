"""The cron expressions of a program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hatchet_ls.hatchet.program import Argument, Call, Items, Known
from hatchet_ls.hatchet.strings import Text, texts

_TRIGGERED = re.compile(r"Hatchet\.(?:workflow|task|durable_task)")
_CREATED = re.compile(r"CronClient\.(?:aio_)?create|(?:BaseWorkflow|Workflow|Standalone)\.(?:aio_)?create_cron")


@dataclass(frozen=True, eq=False)
class Cron:
    """A cron expression that is certainly known."""

    call: Call
    argument: Argument
    expression: Text
    created: bool
    """Given to ``cron.create`` or ``create_cron``, which the SDK checks, rather than to ``on_crons``, which the engine
    checks."""


def crons(call: Call) -> Iterator[Cron]:
    """The expressions in a call. What is expected to fail, and what an overriding subclass takes, is left out."""
    if is_creation(call):
        argument = call.argument("expression")
        if not _is_overridden(call, "expression") and not call.guarded:
            for text in texts(call, argument):
                if text.value is argument.value:
                    yield Cron(call, argument, text, created=True)
    elif _TRIGGERED.fullmatch(call.key) and not _is_overridden(call, "on_crons") and not call.guarded:
        argument = call.argument("on_crons")
        match argument.value:
            case Known(Items()):
                for text in texts(call, argument):
                    yield Cron(call, argument, text, created=False)


def is_creation(call: Call) -> bool:
    """Whether the call creates a cron: ``hatchet.cron.create(...)``, ``workflow.create_cron(...)``."""
    return _CREATED.fullmatch(call.key) is not None


def takes_crons(call: Call) -> bool:
    """Whether the call makes something that crons may start."""
    return _TRIGGERED.fullmatch(call.key) is not None


def _is_overridden(call: Call, name: str) -> bool:
    return call.overridden is not None and name in call.overridden
