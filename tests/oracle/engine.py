"""A loopback stand-in for the Hatchet engine: it answers registrations as the engine does.

The limits are those of the engine's own request validation (``validate`` tags of ``CreateWorkflowVersionOpts`` and
``CreateStepOpts`` in ``pkg/repository/workflow.go``, the validators in ``pkg/validator/default.go`` and the parent
check in ``internal/services/admin/v1/server.go`` of github.com/hatchet-dev/hatchet). CEL expressions are judged in
``oracle/cel.py``, crons in ``oracle/crons.py``. It runs inside the oracle's process, with that SDK's own gRPC
contracts.
"""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from oracle import cel, crons

NAME = re.compile(r"[a-zA-Z0-9.\-_]+")
DURATION = re.compile(r"(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ms|s|m|h))+")
NOTHING = re.compile(r"([0.]+(ms|s|m|h))+")
STRATEGIES = {
    "CANCEL_IN_PROGRESS",
    "GROUP_ROUND_ROBIN",
    "CANCEL_NEWEST",
    "CANCEL_QUEUED_EXCEPT_NEWEST",
    "CANCEL_QUEUED_EXCEPT_OLDEST",
}


def refusals(request: Any) -> Iterator[tuple[str | None, str]]:
    """Why the engine refuses to register a workflow: the task that is at fault (None: the workflow) and the reason."""
    if not request.tasks:
        yield None, "tasks list cannot be nil"
    if not NAME.fullmatch(request.name):
        yield None, f"name {request.name!r}: Hatchet names must match ^[a-zA-Z0-9\\.\\-_]+$"
    if request.HasField("default_priority") and request.default_priority and not 1 <= request.default_priority <= 3:
        yield None, f"default priority {request.default_priority}: min=1, max=3"
    single = [request.concurrency] if request.HasField("concurrency") else []
    yield from ((None, reason) for reason in _concurrency([*single, *request.concurrency_arr]))
    yield from ((None, reason) for use, text in cel.of_workflow(request) if (reason := cel.refusal(use, text)))
    yield from ((None, reason) for reason in crons.refusals(request))
    names = {task.readable_id for task in request.tasks}
    for task in tasks_of(request):
        for reason in _task(task, names):
            yield task.readable_id, reason


def tasks_of(request: Any) -> list[Any]:
    """All tasks of a registration, the on-failure task included."""
    return [*request.tasks, *([request.on_failure_task] if request.HasField("on_failure_task") else [])]


def _task(task: Any, names: set[str]) -> Iterator[str]:
    if not NAME.fullmatch(task.readable_id):
        yield f"name {task.readable_id!r}: Hatchet names must match ^[a-zA-Z0-9\\.\\-_]+$"
    # An empty execution timeout is left out of the request's own options: the engine's default holds.
    if task.timeout and not DURATION.fullmatch(task.timeout):
        yield f"execution timeout {task.timeout!r}: invalid duration"
    if not DURATION.fullmatch(task.schedule_timeout):
        yield f"schedule timeout {task.schedule_timeout!r}: invalid duration"
    if task.retries < 0:
        yield f"retries {task.retries}: min=0"
    if task.HasField("backoff_factor"):
        if not 1 <= task.backoff_factor <= 1000:
            yield f"backoff factor {task.backoff_factor}: min=1, max=1000"
        if task.HasField("backoff_max_seconds") and not 1 <= task.backoff_max_seconds <= 86400:
            yield f"backoff max seconds {task.backoff_max_seconds}: min=1, max=86400"
    for limit in task.rate_limits:
        if not limit.key:
            yield "rate limit: key is required"
    for condition in task.conditions.sleep_conditions:
        if reason := sleep_refusal(condition.sleep_for):
            yield reason
    for parent in task.parents:
        if parent not in names:
            yield f"dag parent not found: parent step {parent!r} not found for step {task.readable_id!r}"
    yield from _concurrency(task.concurrency)
    yield from (reason for use, text in cel.of_task(task) if (reason := cel.refusal(use, text)))


def sleep_refusal(duration: str) -> str | None:
    """Why the engine refuses to sleep for a duration; None when it does not."""
    return None if DURATION.fullmatch(duration) else f"sleep for {duration!r}: invalid duration"


def extension_refusal(duration: str) -> str | None:
    """Why the engine refuses to extend a timeout by a duration; None when it does not."""
    return None if DURATION.fullmatch(duration) else f"extension by {duration!r}: invalid duration"


def _concurrency(expressions: Iterable[Any]) -> Iterator[str]:
    for concurrency in expressions:
        if not concurrency.expression:
            yield "concurrency: CEL expression is required"
        strategy = (
            type(concurrency)
            .DESCRIPTOR.fields_by_name["limit_strategy"]
            .enum_type.values_by_number[concurrency.limit_strategy]
        )
        if strategy.name not in STRATEGIES:
            yield f"concurrency: limit strategy {strategy.name} is not one of {sorted(STRATEGIES)}"


def failures(request: Any) -> Iterator[tuple[str | None, str]]:
    """Why runs of a registered workflow do not come to their end: the task that is at fault (None: the workflow).

    A condition or filter that can never be met counts, too.
    """
    expressions = (*cel.of_workflow(request), *cel.unchecked_of_workflow(request))
    yield from ((None, reason) for use, text in expressions if (reason := cel.failure(use, text)))
    for task in tasks_of(request):
        if reason := ends_at_once(task):
            yield task.readable_id, reason
        for use, text in (*cel.of_task(task), *cel.unchecked_of_task(task)):
            if reason := cel.failure(use, text):
                yield task.readable_id, reason


def ends_at_once(task: Any) -> str | None:
    """Why a run of a registered task is over before it starts; None when it is not.

    The engine's deadline is ``CURRENT_TIMESTAMP`` plus the timeout (``pkg/repository/sqlcv1/queue.sql``).
    """
    if task.timeout and NOTHING.fullmatch(task.timeout):
        return f"execution timeout {task.timeout!r}: the run times out at once"
    if NOTHING.fullmatch(task.schedule_timeout):
        return f"schedule timeout {task.schedule_timeout!r}: the run is cancelled before a worker gets it"
    return None


def serve(port: int, alive: int) -> None:
    """Answer until the pipe ``alive`` is closed by its other end; the TCP port is written to the pipe ``port``."""
    import grpc
    from hatchet_sdk.contracts import workflows_pb2 as old_workflows
    from hatchet_sdk.contracts import workflows_pb2_grpc as old_services
    from hatchet_sdk.contracts.v1 import workflows_pb2 as workflows
    from hatchet_sdk.contracts.v1 import workflows_pb2_grpc as services

    add_admin: Any = services.add_AdminServiceServicer_to_server
    add_workflows: Any = old_services.add_WorkflowServiceServicer_to_server

    class Admin(services.AdminServiceServicer):  # type: ignore[misc, unused-ignore]
        def PutWorkflow(self, request: Any, context: Any) -> Any:  # noqa: N802 (gRPC's name)
            reasons = [f"{task or request.name}: {reason}" for task, reason in refusals(request)]
            if reasons:
                context.abort(grpc.StatusCode.INVALID_ARGUMENT, "Validation failed: " + "; ".join(reasons))
            return workflows.CreateWorkflowVersionResponse(id=str(uuid.uuid4()), workflow_id=str(uuid.uuid4()))

    class Workflows(old_services.WorkflowServiceServicer):  # type: ignore[misc, unused-ignore]
        def PutRateLimit(self, request: Any, context: Any) -> Any:  # noqa: N802
            return old_workflows.PutRateLimitResponse()

        def TriggerWorkflow(self, request: Any, context: Any) -> Any:  # noqa: N802
            return old_workflows.TriggerWorkflowResponse(workflow_run_id=str(uuid.uuid4()))

        def BulkTriggerWorkflow(self, request: Any, context: Any) -> Any:  # noqa: N802
            ids = [str(uuid.uuid4()) for _ in request.workflows]
            return old_workflows.BulkTriggerWorkflowResponse(workflow_run_ids=ids)

    server = grpc.server(ThreadPoolExecutor(4))
    add_admin(Admin(), server)
    add_workflows(Workflows(), server)
    number = server.add_insecure_port("127.0.0.1:0")
    server.start()
    os.write(port, f"{number}\n".encode())
    os.read(alive, 1)
    server.stop(grace=None)
