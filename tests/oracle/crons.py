"""What the engine makes of crons, by our own parser, which gives the engine's recorded verdicts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from unittest.mock import MagicMock

from pydantic import TypeAdapter, ValidationError

from hatchet_ls.languages.cron import ProblemKind, parse
from hatchet_ls.languages.cron.created import ticker_refusal


def refusals(request: Any) -> Iterator[str]:
    """Why the engine refuses the cron triggers of a registration."""
    for expression in request.cron_triggers:
        problems = parse(expression).problems
        if problems:
            yield f"cron {expression!r}: Invalid cron expression: {problems[0].message}"


def input_failure(request: Any, config: Any) -> str | None:
    """Why the runs that the cron triggers start fail on their input; None when they do not, or there are none."""
    if not request.cron_triggers:
        return None
    validator = config.input_validator
    adapter = validator if isinstance(validator, TypeAdapter) else TypeAdapter(validator)
    try:
        adapter.validate_python(json.loads(getattr(request, "cron_input", "") or "{}"))
    except ValidationError as error:
        return f"the runs of its crons fail: {error}"
    return None


def answer_for_the_engine() -> None:
    """Crons that are created and deleted at run time: nothing is sent, and what the ticker deletes is an error."""
    from hatchet_sdk.clients.rest.api.workflow_api import WorkflowApi
    from hatchet_sdk.clients.rest.api.workflow_run_api import WorkflowRunApi

    def create(self: Any, *args: Any, create_cron_workflow_trigger_request: Any, **kwargs: Any) -> MagicMock:
        expression = create_cron_workflow_trigger_request.cron_expression
        for problem in ticker_refusal(expression):
            if problem.kind is not ProblemKind.NEVER:
                raise ValueError(f"the engine deletes the cron {expression!r}: {problem.message}")
        return MagicMock(name="cron")

    patched: Any = WorkflowRunApi
    patched.cron_workflow_trigger_create = create
    patched = WorkflowApi
    patched.workflow_cron_delete = lambda self, *args, **kwargs: None
