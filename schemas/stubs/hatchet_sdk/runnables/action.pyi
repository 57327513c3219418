# Made by scripts/generate_sdk_facts.py from hatchet-sdk 1.43.1.
from collections.abc import Callable
from enum import Enum
from typing import Any
class ActionPayload:
    def __init__(self, *, input=..., parents=..., overrides=..., user_data=..., step_run_errors=..., triggered_by=..., triggers=..., filter_payload=...) -> None: ...
    input: Any
    parents: Any
    overrides: Any
    user_data: Any
    step_run_errors: Any
    triggered_by: Any
    triggers: Any
    filter_payload: Any
    def validate_fields(self, v) -> Any: ...
    def validate_filter_payload(self) -> ActionPayload: ...
class ActionType(str, Enum):
    START_STEP_RUN = ...
    CANCEL_STEP_RUN = ...
    START_BATCH = ...
class BatchStartPayload:
    def __init__(self, *, expected_size, trigger_reason, trigger_time) -> None: ...
    expected_size: Any
    trigger_reason: Any
    trigger_time: Any
class BatchItemData:
    def __init__(self, *, payload, workflow_run_id) -> None: ...
    payload: ActionPayload
    workflow_run_id: Any
class BatchEventItem:
    def __init__(self, *, task_run_external_id, payload=..., should_not_retry=..., retry_after_ms=...) -> None: ...
    task_run_external_id: Any
    payload: Any
    should_not_retry: Any
    retry_after_ms: Any
