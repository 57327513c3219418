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
    created = call.written("expression")
    if created is not None and is_creation(call) and not _is_overridden(call, "expression") and not call.guarded:
        for text in texts(call, created):
            if text.value is created.value:
                yield Cron(call, created, text, created=True)
    triggers = call.written("on_crons")
    if triggers is not None and takes_crons(call) and not _is_overridden(call, "on_crons") and not call.guarded:
        match triggers.value:
            case Known(Items()):
                for text in texts(call, triggers):
                    yield Cron(call, triggers, text, created=False)


def is_creation(call: Call) -> bool:
    """Whether the call creates a cron: ``hatchet.cron.create(...)``, ``workflow.create_cron(...)``."""
    return _CREATED.fullmatch(call.key) is not None


def takes_crons(call: Call) -> bool:
    """Whether the call makes something that crons may start."""
    return _TRIGGERED.fullmatch(call.key) is not None


def _is_overridden(call: Call, name: str) -> bool:
    return call.overridden is not None and name in call.overridden
