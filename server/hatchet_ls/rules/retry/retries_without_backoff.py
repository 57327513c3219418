"""
Checks for many retries at once against something on the network.

## What happens
Without a `backoff_factor` the engine retries a failed task at once. Three or more such retries of a task that calls a
service over the network are over within moments at run: they hit a service that is down or busy, and none is left when
it is back.

The rule speaks where it sees the task's body call the network, itself or in a helper of the project that it calls, and
where nothing sets a backoff: neither the task nor its workflow's `TaskDefaults` nor a `RetryAfterException`.

## Example
```py
import requests
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(retries=5)  # hint: [retries-without-backoff]
def charge(input: EmptyModel, ctx: Context) -> dict[str, int]:
    return {"status": requests.get("https://example.com/charge", timeout=10).status_code}
```

## Use instead
```py
import requests
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(retries=5, backoff_factor=2.0, backoff_max_seconds=120)
def charge(input: EmptyModel, ctx: Context) -> dict[str, int]:
    return {"status": requests.get("https://example.com/charge", timeout=10).status_code}
```
The retries follow after 2, 4, 8, 16 and 32 seconds.

## Fix safety
Unsafe: the retries come later than now.

## References
- https://docs.hatchet.run/v1/retry-policies
- `hatchet_sdk.Hatchet.task`, `hatchet_sdk.TaskDefaults`, `hatchet_sdk.RetryAfterException`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hatchet_ls.hatchet.program import BodyCall, Known, Program, Task
from hatchet_ls.rules import Applicability, Finding, Fix, Related, Severity, rule
from hatchet_ls.rules.api._keywords import is_meant_by_another_keyword
from hatchet_ls.rules.durable._effects import io_of
from hatchet_ls.rules.retry._settings import FACTOR, MAX_SECONDS, has_no_backoff
from hatchet_ls.text import Source, Span

_MANY = 3
_NETWORK = frozenset(
    {
        "sends an HTTP request",
        "talks to a database",
        "calls a cloud service",
        "calls a language model",
        "sends mail",
        "uses the network",
    }
)
_WITHOUT_NETWORK = re.compile(r"(?:sqlite3|aiosqlite|duckdb)\b.*")
_SETS_ITS_OWN_DELAY = re.compile(r"hatchet_sdk\.(?:\w+\.)*RetryAfterException(?:\(\))?")


@rule(severity=Severity.HINT, since="0.1.0")
def retries_without_backoff(task: Task, program: Program) -> Iterator[Finding]:
    """Three retries or more, a call over the network, and certainly no backoff."""
    retries = task.effective("retries")
    match retries.value:
        case Known(int(count)) if count >= _MANY and retries.origin != "unknown":
            pass
        case _:
            return
    if task.function is None or task.argument("backoff_factor").written or not has_no_backoff(task):
        return
    calls = task.function.calls()
    reached = next((call for call in calls if _is_network(call.path)), None)
    made = (*(call.path for call in calls), *task.function.raises())
    if reached is None or any(map(_SETS_ITS_OWN_DELAY.fullmatch, made)):
        return
    if is_meant_by_another_keyword(task.call, "backoff_factor", program.facts):
        return
    own = retries.argument if retries.origin == "task" else None
    yield Finding(
        own.place if own is not None else task.call.name_span,
        f"`retries={count}` without a backoff: when `{_name(reached)}` fails, the retries follow at once",
        _fix(task, program),
        (Related(*_place(task, reached), "It is called here"),),
    )


def _is_network(path: str) -> bool:
    return io_of(path) in _NETWORK and not _WITHOUT_NETWORK.fullmatch(path)


def _name(call: BodyCall) -> str:
    return call.path.replace("()", "")


def _place(task: Task, call: BodyCall) -> tuple[Source, Span]:
    if call.trail:
        return call.trail[-1].source, call.trail[-1].span
    assert task.function is not None
    return task.function.source, call.span


def _fix(task: Task, program: Program) -> Fix | None:
    if not task.call.omits("backoff_factor"):
        return None
    texts = [f"backoff_factor={FACTOR}"]
    match task.effective("backoff_max_seconds").value:
        case Known(None) if not is_meant_by_another_keyword(task.call, "backoff_max_seconds", program.facts):
            texts.append(f"backoff_max_seconds={MAX_SECONDS}")
    return Fix(f"Add `{', '.join(texts)}`", task.call.add_arguments(*texts), Applicability.UNSAFE)
