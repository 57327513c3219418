"""Running a durable task again, as the engine has it run when it is resumed, and comparing what it does.

The engine keeps a journal of a durable task's operations with a hash of each; when the task is resumed it runs from the
top, and an operation that differs from the one at its place is refused with ``NonDeterminismError``. More operations at
the end are progress, and fewer are not noticed. Source: ``pkg/repository/durable_events.go``.
"""

from __future__ import annotations

import contextlib
import itertools
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any

from oracle.places import Place, Places

RESUMPTIONS = 8
"""Enough for a coin to fall on both sides: the first run and these have seeds of their own, the same each time."""

_entries: list[tuple[str, list[Place]]] = []
_places: Places | None = None
_invocation = 1


def difference(run: Callable[[], object], places: Places) -> tuple[str, list[Place]] | None:
    """Run a durable task several times, at other times and with other chances: where it leaves its journal, if ever.

    The places are those of the operation in the first run and of the one that takes its place.
    """
    first = _journal(run, 1, places)
    for invocation in range(2, 2 + RESUMPTIONS):
        for recorded, now in zip(first, _journal(run, invocation, places), strict=False):
            if recorded[0] != now[0]:
                text = f"NonDeterminismError: it was {recorded[0]}, and is {now[0]} when the task is resumed"
                return text, [*recorded[1], *now[1]]
    return None


def _journal(run: Callable[[], object], invocation: int, places: Places) -> list[tuple[str, list[Place]]]:
    global _invocation, _places
    _entries.clear()
    _places = places
    _invocation = invocation
    random.seed(invocation)
    with _other_clock(invocation):
        run()
    return list(_entries)


def _write_down(operation: str) -> None:
    """Record an operation where the snippet makes it, once a journal is asked for."""
    if _places is not None:
        _entries.append((operation, _places.of_stack(sys._getframe(1))))


@contextlib.contextmanager
def _other_clock(invocation: int) -> Iterator[None]:
    """A clock that is hours later in each invocation, and goes on by some seconds whenever it is read."""
    readings = itertools.count(invocation * 10_000, 10 + invocation)
    patched: Any = time
    kept = {name: getattr(time, name) for name in ("time", "monotonic", "perf_counter")}
    for name, clock in kept.items():
        setattr(patched, name, lambda clock=clock: clock() + next(readings))
    _Later.by = timedelta(days=40 * invocation, hours=7 * invocation)
    try:
        yield
    finally:
        for name, clock in kept.items():
            setattr(patched, name, clock)


class _Later(datetime):
    """``datetime`` for the snippet: in another month, and at another hour, in each invocation."""

    by = timedelta(0)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """A model's field of this type is a plain ``datetime``."""
        return handler.generate_schema(datetime)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        return datetime.now(tz) + cls.by

    @classmethod
    def utcnow(cls) -> Any:
        return datetime.now(timezone.utc).replace(tzinfo=None) + cls.by

    @classmethod
    def today(cls) -> Any:
        return datetime.now() + cls.by


def lend_clock() -> None:
    """Give snippets that are imported from now on a ``datetime`` that can be set; the SDK keeps the real one."""
    patched: Any = sys.modules["datetime"]
    patched.datetime = _Later


def is_kept() -> bool:
    """Whether the SDK is one whose durable tasks are compared with a journal (since 1.29)."""
    import hatchet_sdk

    return hasattr(hatchet_sdk, "NonDeterminismError")


def keep() -> None:
    """Write down the durable operations of all tasks that run from now on."""
    from hatchet_sdk.clients.admin import AdminClient
    from hatchet_sdk.conditions import flatten_conditions
    from hatchet_sdk.context.context import DurableContext

    def note(cls: Any, name: str, describe: Callable[..., str]) -> None:
        operation = getattr(cls, name)

        async def noted(self: Any, *args: Any, **kwargs: Any) -> Any:
            _write_down(describe(*args, **kwargs))
            return await operation(self, *args, **kwargs)

        setattr(cls, name, noted)

    def wait(signal_key: str, *conditions: Any, label: str | None = None) -> str:
        fields = ("duration", "event_key", "expression")
        found = [
            (
                *(str(getattr(each, name, None)) for name in fields),
                str(each.base.expression),
                each.base.readable_data_key,
            )
            for each in flatten_conditions(list(conditions))
        ]
        return f"a wait for {sorted(found)}"

    def child(workflow_name: str, input: object, options: object = None) -> str:
        return f"a run of {workflow_name} with {input!r}"

    def children(workflows: list[Any]) -> str:
        return "; ".join(child(each.workflow_name, each.input) for each in workflows)

    note(DurableContext, "aio_wait_for", wait)
    note(AdminClient, "aio_run_workflow", child)
    note(AdminClient, "aio_run_workflows", children)

    async def aio_now(self: Any) -> datetime:
        _write_down("a reading of the time")
        return datetime(2026, 1, 1, tzinfo=timezone.utc)

    patched: Any = DurableContext
    patched.aio_now = aio_now
    patched.invocation_count = property(lambda self: _invocation)
