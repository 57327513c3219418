"""What a run must not do here: wait, reach out, start programs."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import socket
import subprocess
import time
from collections.abc import Callable
from typing import Any
from unittest.mock import MagicMock

from oracle import cel, crons, engine, journal

TURNS = 50
"""After so many waits and child runs in one run, the snippet is taken to go on for ever."""


class TooLongError(BaseException):
    """A run does not end by itself."""


class _Patience:
    turns = 0


def begin_run() -> None:
    """A run begins: it may wait again."""
    _Patience.turns = 0


def _turn() -> None:
    _Patience.turns += 1
    if _Patience.turns > TURNS:
        raise TooLongError


def cut_off_from_the_world(refuse: Callable[[str], None]) -> None:
    """No network but the loopback, no programs, no waiting; waits and child runs of the engine end at once.

    To be called before the snippet is imported, which may take ``sleep`` under a name of its own. ``refuse`` is told
    what the engine refuses and the SDK does not raise, where the snippet asks for it.
    """
    patched: Any
    nap = asyncio.sleep

    async def sleep(delay: float, result: Any = None) -> Any:
        _turn()
        return await nap(0, result)

    patched = asyncio
    patched.sleep = sleep
    patched = time
    patched.sleep = lambda seconds: _turn()
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "localhost", "::1"):
            raise OSError("no network here")
        connect(self, address)

    patched = socket.socket
    patched.connect = connect_here

    def no_programs(*args: Any, **kwargs: Any) -> None:
        raise OSError("no programs here")

    patched = subprocess.Popen
    patched.__init__ = no_programs
    _answer_for_the_engine(refuse)
    if journal.is_kept():
        journal.keep()


def _answer_for_the_engine(refuse: Callable[[str], None]) -> None:
    from hatchet_sdk.clients.admin import AdminClient
    from hatchet_sdk.conditions import SleepCondition, UserEventCondition, flatten_conditions
    from hatchet_sdk.context.context import Context, DurableContext
    from hatchet_sdk.runnables.workflow import Standalone
    from hatchet_sdk.utils.timedelta_to_expression import timedelta_to_expr
    from hatchet_sdk.worker.worker import Worker
    from hatchet_sdk.workflow_run import WorkflowRunRef

    wait_for = inspect.signature(DurableContext.aio_wait_for)

    async def aio_wait_for(self: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        _turn()
        slept = "1s"
        bound = wait_for.bind(self, *args, **kwargs)
        for condition in flatten_conditions(list(bound.arguments.get("conditions", ()))):
            if isinstance(condition, SleepCondition):
                slept = timedelta_to_expr(condition.duration)
                reason = engine.sleep_refusal(slept)
                if reason:
                    raise ValueError(f"the engine refuses the wait: {reason}")
            elif isinstance(condition, UserEventCondition):
                reason = cel.failure(cel.EVENT, condition.expression) if condition.expression else None
                if reason:
                    refuse(f"the task waits for ever: {reason}")
        return {"CREATE": {"met": [{"sleep_duration": slept}]}}

    def refresh_timeout(self: Any, increment_by: Any) -> None:
        if reason := engine.extension_refusal(timedelta_to_expr(increment_by)):
            refuse(f"the engine refuses the {reason}")

    async def aio_refresh_timeout(self: Any, increment_by: Any) -> None:
        refresh_timeout(self, increment_by)

    start = inspect.signature(Worker.start)
    patched: Any = DurableContext
    patched.aio_wait_for = aio_wait_for
    patched = Context
    patched.refresh_timeout = refresh_timeout
    if hasattr(Context, "aio_refresh_timeout"):
        patched.aio_refresh_timeout = aio_refresh_timeout
    patched = Worker
    patched.start = lambda self, *args, **kwargs: start.bind(self, *args, **kwargs) and None
    for name in ("run_workflow", "aio_run_workflow", "run_workflows", "aio_run_workflows"):
        setattr(AdminClient, name, _in_turn(getattr(AdminClient, name)))

    _answer_about_expressions(refuse)
    crons.answer_for_the_engine()

    async def aio_result(self: Any) -> dict[str, Any]:
        return {}

    patched = WorkflowRunRef
    patched.result = lambda self: {}
    patched.aio_result = aio_result
    patched = Standalone
    patched._extract_result = lambda self, result: MagicMock(name="output")


def _in_turn(method: Callable[..., Any]) -> Callable[..., Any]:
    def taken(*args: Any, **kwargs: Any) -> Any:
        _turn()
        return method(*args, **kwargs)

    return taken


def _answer_about_expressions(refuse: Callable[[str], None]) -> None:
    """The features of the client that send an expression at once, in the releases that have them."""

    def answer(path: str, methods: str, uses: dict[str, cel.Use]) -> None:
        module, _, name = path.rpartition(".")
        try:
            patched = getattr(importlib.import_module(module), name)
        except (ImportError, AttributeError):
            return
        for method in methods.split():
            if hasattr(patched, method):
                setattr(patched, method, _asking(getattr(patched, method), uses, refuse))

    answer("hatchet_sdk.features.filters.FiltersClient", "create aio_create", {"expression": cel.FILTER})
    answer("hatchet_sdk.runnables.workflow.BaseWorkflow", "create_filter aio_create_filter", {"expression": cel.FILTER})
    answer("hatchet_sdk.features.cel.CELClient", "debug aio_debug", {"expression": cel.FILTER})
    webhook = {"event_key_expression": cel.WEBHOOK, "scope_expression": cel.WEBHOOK}
    answer("hatchet_sdk.features.webhooks.WebhooksClient", "create aio_create update aio_update", webhook)


def _asking(method: Callable[..., Any], uses: dict[str, cel.Use], refuse: Callable[[str], None]) -> Callable[..., Any]:
    """A method that sends nothing, and tells of the expressions that the engine can make nothing of."""
    signature = inspect.signature(method)

    def ask(*args: Any, **kwargs: Any) -> MagicMock:
        for name, value in signature.bind(*args, **kwargs).arguments.items():
            if name in uses and value and (reason := cel.failure(uses[name], value)):
                refuse(f"the engine cannot use the {reason}")
        return MagicMock(name="answer")

    async def aio_ask(*args: Any, **kwargs: Any) -> MagicMock:
        return ask(*args, **kwargs)

    return aio_ask if inspect.iscoroutinefunction(method) else ask
