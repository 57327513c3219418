"""What the engine makes of CEL expressions, by our own checker, which gives the engine's recorded verdicts.

At registration an expression has to compile. At run it has to compile with what the engine then binds, which is less in
some places, and to give what its place takes. Source: ``internal/cel`` and its callers in
github.com/hatchet-dev/hatchet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from hatchet_ls.languages.cel import BOOL, DOUBLE, DYN, ENVIRONMENTS, INT, STRING, Environment, Type, check
from hatchet_ls.languages.cel.trap import TrapKind
from hatchet_ls.languages.cel.traps import traps

NUMBERS = (INT, DOUBLE, DYN)
STRINGS = (STRING, DYN)
TRUTHS = (BOOL, DYN)
RESERVED = "hatchet_internal_"
_ADDED_TEXT = re.compile(r"""[\s(+]*(['"])([^'"\\]*)\1[\s)]*""")
_SETTLED_OTHERWISE = re.compile(r"\|\||\?|\bhas\(")
"""An expression with these may have a result although a part of it fails."""


class Use(NamedTuple):
    """How the engine evaluates an expression."""

    what: str
    environment: str
    results: tuple[Type, ...]
    unbound: tuple[str, ...] = ()
    """Variables that compile and have no value."""


CONCURRENCY = Use("concurrency key", "workflow_str", STRINGS)
MAX_RUNS = Use("concurrency max runs", "workflow_str", NUMBERS)
IDEMPOTENCY = Use("idempotency key", "workflow_str", STRINGS, ("workflow_run_id",))
RATE_LIMIT_KEY = Use("rate limit key", "step_run", STRINGS)
RATE_LIMIT_NUMBER = Use("rate limit", "step_run", NUMBERS)
BATCH_GROUP = Use("batch group key", "workflow_str", STRINGS)
PARENT = Use("parent condition", "bool_expr", TRUTHS, ("input",))
EVENT = Use("event condition", "bool_expr", TRUTHS, ("output",))
FILTER = Use("filter", "event", TRUTHS)
WEBHOOK = Use("webhook", "webhook", STRINGS)


def refusal(use: Use, text: str) -> str | None:
    """Why an expression does not compile; None when it does."""
    problems = check(text, ENVIRONMENTS[use.environment]).problems
    return f"{use.what}: Invalid CEL expression {text!r}: {problems[0].message}" if problems else None


def failure(use: Use, text: str) -> str | None:
    """Why no evaluation of an expression gives what it has to; None when one may."""
    found = check(text, ENVIRONMENTS[use.environment])
    if found.type is None:
        return f"{use.what}: {text!r} does not compile: {found.problems[0].message}"
    if found.type not in use.results:
        return f"{use.what}: {text!r} gives {found.type}"
    if use is IDEMPOTENCY and _opening(text).startswith(RESERVED):
        return f"{use.what}: {text!r} has a reserved prefix"
    if _SETTLED_OTHERWISE.search(text):
        return None
    for trap in traps(found):
        if trap.kind is TrapKind.JSON_NUMBER:
            return f"{use.what}: {text!r}: no such overload: {trap.message}"
    left = check(text, _bound(ENVIRONMENTS[use.environment], use))
    return f"{use.what}: {text!r} has no value: {left.problems[0].message}" if left.problems else None


def _opening(text: str) -> str:
    """The texts that an expression begins with, which are added up."""
    found, place = "", 0
    while (added := _ADDED_TEXT.match(text, place)) is not None:
        found, place = found + added[2], added.end()
    return found


def _bound(environment: Environment, use: Use) -> Environment:
    variables = {name: kind for name, kind in environment.variables.items() if name not in use.unbound}
    return Environment(environment.name, variables, environment.functions, environment.descriptions)


def of_workflow(request: Any) -> Iterator[tuple[Use, str]]:
    """The expressions of a registration itself that are checked when it comes in."""
    single = [request.concurrency] if request.HasField("concurrency") else []
    for concurrency in [*single, *request.concurrency_arr]:
        yield from _of_concurrency(concurrency)
    if "idempotency" in _fields(request) and request.HasField("idempotency"):
        yield IDEMPOTENCY, request.idempotency.expression


def of_task(task: Any) -> Iterator[tuple[Use, str]]:
    """The expressions of a task that are checked when its workflow is registered."""
    for concurrency in task.concurrency:
        yield from _of_concurrency(concurrency)
    for limit in task.rate_limits:
        for field, use in (
            ("key_expr", RATE_LIMIT_KEY),
            ("units_expr", RATE_LIMIT_NUMBER),
            ("limit_values_expr", RATE_LIMIT_NUMBER),
        ):
            if limit.HasField(field):
                yield use, getattr(limit, field)


def unchecked_of_workflow(request: Any) -> Iterator[tuple[Use, str]]:
    """The expressions of a registration itself that are first looked at when an event comes."""
    for each in request.default_filters if "default_filters" in _fields(request) else ():
        yield FILTER, each.expression


def unchecked_of_task(task: Any) -> Iterator[tuple[Use, str]]:
    """The expressions of a task that are first looked at when it runs. An empty condition is always true."""
    for conditions, use in (
        (task.conditions.parent_override_conditions, PARENT),
        (task.conditions.user_event_conditions, EVENT),
    ):
        yield from ((use, each.base.expression) for each in conditions if each.base.expression)
    if "batch" in _fields(task) and task.HasField("batch") and task.batch.HasField("batch_group_key"):
        yield BATCH_GROUP, task.batch.batch_group_key


def _of_concurrency(concurrency: Any) -> Iterator[tuple[Use, str]]:
    if concurrency.expression:
        yield CONCURRENCY, concurrency.expression
    if "max_runs_expression" in _fields(concurrency) and concurrency.HasField("max_runs_expression"):
        yield MAX_RUNS, concurrency.max_runs_expression


def _fields(message: Any) -> Any:
    return message.DESCRIPTOR.fields_by_name
