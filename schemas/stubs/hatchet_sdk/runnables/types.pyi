# Made by scripts/generate_sdk_facts.py from hatchet-sdk 1.43.1.
from collections.abc import Callable
from enum import Enum
from typing import Any
from hatchet_sdk.types.sticky import StickyStrategy
class EmptyModel:
    def __init__(self) -> None: ...
class TaskDefaults:
    def __init__(self, *, schedule_timeout=..., execution_timeout=..., priority=..., retries=..., backoff_factor=..., backoff_max_seconds=...) -> None: ...
    schedule_timeout: Any
    execution_timeout: Any
    priority: Any
    retries: Any
    backoff_factor: Any
    backoff_max_seconds: Any
class WorkflowConfig:
    def __init__(self, *, name, description=..., version=..., on_events=..., on_crons=..., cron_input=..., sticky=..., concurrency=..., input_validator, default_priority=..., idempotency=..., task_defaults=..., default_filters=..., default_additional_metadata=...) -> None: ...
    name: Any
    description: Any
    version: Any
    on_events: Any
    on_crons: Any
    sticky: StickyStrategy
    concurrency: Any
    input_validator: Any
    task_defaults: TaskDefaults
    default_priority: Any
    default_filters: Any
    default_additional_metadata: Any
    cron_input: Any
    idempotency: Any
class StepType(str, Enum):
    DEFAULT = ...
    ON_FAILURE = ...
    ON_SUCCESS = ...
class TaskIOValidator:
    def __init__(self, workflow_input, step_output) -> None: ...
    workflow_input: Any
    step_output: Any
class DefaultFilter:
    def __init__(self, *, expression, scope, payload=...) -> None: ...
    expression: Any
    scope: Any
    payload: Any
    def to_proto(self) -> Any: ...
class BatchTaskConfig:
    def __init__(self, *, batch_max_size, batch_max_interval=..., batch_group_key=..., batch_group_max_runs=..., broadcast_output=...) -> None: ...
    batch_max_size: Any
    batch_max_interval: Any
    batch_group_key: Any
    batch_group_max_runs: Any
    broadcast_output: Any
