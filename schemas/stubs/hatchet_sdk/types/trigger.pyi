# Made by scripts/generate_sdk_facts.py from hatchet-sdk 1.43.1.
from collections.abc import Callable
from enum import Enum
from typing import Any
class ScheduleTriggerWorkflowOptions:
    def __init__(self, *, parent_id=..., parent_step_run_id=..., child_index=..., child_key=..., namespace=..., additional_metadata=..., priority=...) -> None: ...
    parent_id: Any
    parent_step_run_id: Any
    child_index: Any
    child_key: Any
    namespace: Any
    additional_metadata: Any
    priority: Any
class PushEventOptions:
    def __init__(self, *, additional_metadata=..., namespace=..., priority=..., scope=...) -> None: ...
    additional_metadata: Any
    namespace: Any
    priority: Any
    scope: Any
    def validate_namespace(self, v) -> Any: ...
class WorkflowRunTriggerConfig:
    def __init__(self, *, workflow_name, input, options, key=...) -> None: ...
    workflow_name: Any
    input: Any
    options: TriggerWorkflowOptions
    key: Any
class BulkPushEventWithMetadata:
    def __init__(self, *, key=..., payload=..., additional_metadata=..., priority=..., scope=...) -> None: ...
    key: Any
    payload: Any
    additional_metadata: Any
    priority: Any
    scope: Any
class TriggerWorkflowOptions(ScheduleTriggerWorkflowOptions):
    def __init__(self, *, parent_id=..., parent_step_run_id=..., child_index=..., child_key=..., namespace=..., additional_metadata=..., priority=..., desired_worker_id=..., sticky=..., key=..., desired_worker_label=...) -> None: ...
    desired_worker_id: Any
    sticky: Any
    key: Any
    desired_worker_label: Any
class BulkPushEventOptions(BulkPushEventWithMetadata):
    def __init__(self, *, key=..., payload=..., additional_metadata=..., priority=..., scope=..., namespace=...) -> None: ...
    namespace: Any
    def validate_namespace(self, v) -> Any: ...
