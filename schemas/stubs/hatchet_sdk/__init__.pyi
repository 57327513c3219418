# Made by scripts/generate_sdk_facts.py from hatchet-sdk 1.43.1.
from typing import Any
from hatchet_sdk.features.runs import BulkCancelReplayOpts as BulkCancelReplayOpts
from hatchet_sdk.types.trigger import BulkPushEventOptions as BulkPushEventOptions
from hatchet_sdk.types.trigger import BulkPushEventWithMetadata as BulkPushEventWithMetadata
from hatchet_sdk.exceptions import BulkTriggerIdempotencyCollisionError as BulkTriggerIdempotencyCollisionError
from hatchet_sdk.features.cel import CELEvaluationResult as CELEvaluationResult
from hatchet_sdk.features.cel import CELFailure as CELFailure
from hatchet_sdk.features.cel import CELSuccess as CELSuccess
from hatchet_sdk.config import ClientConfig as ClientConfig
from hatchet_sdk.config import ClientTLSConfig as ClientTLSConfig
from hatchet_sdk.types.concurrency import ConcurrencyExpression as ConcurrencyExpression
from hatchet_sdk.types.concurrency import ConcurrencyLimitStrategy as ConcurrencyLimitStrategy
from hatchet_sdk.conditions import Condition as Condition
from hatchet_sdk.context.context import Context as Context
from hatchet_sdk.exceptions import DedupeViolationError as DedupeViolationError
from hatchet_sdk.runnables.types import DefaultFilter as DefaultFilter
from hatchet_sdk.runnables.task import Depends as Depends
from hatchet_sdk.types.labels import DesiredWorkerLabel as DesiredWorkerLabel
from hatchet_sdk.context.context import DurableContext as DurableContext
from hatchet_sdk.config import EmbeddedHatchetConfig as EmbeddedHatchetConfig
from hatchet_sdk.runnables.types import EmptyModel as EmptyModel
from hatchet_sdk.clients.rest.models.event_order_by_direction import EventOrderByDirection as EventOrderByDirection
from hatchet_sdk.clients.rest.models.event_order_by_field import EventOrderByField as EventOrderByField
from hatchet_sdk.exceptions import EvictionNotSupportedError as EvictionNotSupportedError
from hatchet_sdk.runnables.eviction import EvictionPolicy as EvictionPolicy
from hatchet_sdk.exceptions import FailedTaskRunExceptionGroup as FailedTaskRunExceptionGroup
from hatchet_sdk.hatchet import Hatchet as Hatchet
from hatchet_sdk.config import HealthcheckConfig as HealthcheckConfig
from hatchet_sdk.exceptions import IdempotencyCollisionError as IdempotencyCollisionError
from hatchet_sdk.clients.rest.models.job_run_status import JobRunStatus as JobRunStatus
from hatchet_sdk.clients.rest.models.log_line_level import LogLineLevel as LogLineLevel
from hatchet_sdk.clients.rest.models.log_line_order_by_direction import LogLineOrderByDirection as LogLineOrderByDirection
from hatchet_sdk.clients.rest.models.log_line_order_by_field import LogLineOrderByField as LogLineOrderByField
from hatchet_sdk.exceptions import NonDeterminismError as NonDeterminismError
from hatchet_sdk.exceptions import NonRetryableException as NonRetryableException
from hatchet_sdk.utils.opentelemetry import OTelAttribute as OTelAttribute
from hatchet_sdk.config import OpenTelemetryConfig as OpenTelemetryConfig
from hatchet_sdk.conditions import OrGroup as OrGroup
from hatchet_sdk.conditions import ParentCondition as ParentCondition
from hatchet_sdk.types.priority import Priority as Priority
from hatchet_sdk.clients.rest.models.pull_request_state import PullRequestState as PullRequestState
from hatchet_sdk.types.trigger import PushEventOptions as PushEventOptions
from hatchet_sdk.types.rate_limit import RateLimit as RateLimit
from hatchet_sdk.types.rate_limit import RateLimitDuration as RateLimitDuration
from hatchet_sdk.exceptions import RetryAfterException as RetryAfterException
from hatchet_sdk.clients.listeners.run_event_listener import RunEventListener as RunEventListener
from hatchet_sdk.features.runs import RunFilter as RunFilter
from hatchet_sdk.clients.admin import RunStatus as RunStatus
from hatchet_sdk.types.trigger import ScheduleTriggerWorkflowOptions as ScheduleTriggerWorkflowOptions
from hatchet_sdk.conditions import SleepCondition as SleepCondition
from hatchet_sdk.types.slot_types import SlotType as SlotType
from hatchet_sdk.types.idempotency import StatusBasedIdempotencyConfig as StatusBasedIdempotencyConfig
from hatchet_sdk.clients.listeners.run_event_listener import StepRunEventType as StepRunEventType
from hatchet_sdk.clients.rest.models.step_run_status import StepRunStatus as StepRunStatus
from hatchet_sdk.types.sticky import StickyStrategy as StickyStrategy
from hatchet_sdk.types.idempotency import TTLBasedIdempotencyConfig as TTLBasedIdempotencyConfig
from hatchet_sdk.runnables.task import Task as Task
from hatchet_sdk.runnables.types import TaskDefaults as TaskDefaults
from hatchet_sdk.exceptions import TaskRunError as TaskRunError
from hatchet_sdk.runnables.workflow import TaskRunRef as TaskRunRef
from hatchet_sdk.config import TenacityConfig as TenacityConfig
from hatchet_sdk.clients.rest.models.tenant_member_role import TenantMemberRole as TenantMemberRole
from hatchet_sdk.types.trigger import TriggerWorkflowOptions as TriggerWorkflowOptions
from hatchet_sdk.conditions import UserEventCondition as UserEventCondition
from hatchet_sdk.clients.rest.models.v1_task_status import V1TaskStatus as V1TaskStatus
from hatchet_sdk.clients.rest.models.v1_webhook_hmac_algorithm import V1WebhookHMACAlgorithm as V1WebhookHMACAlgorithm
from hatchet_sdk.clients.rest.models.v1_webhook_hmac_encoding import V1WebhookHMACEncoding as V1WebhookHMACEncoding
from hatchet_sdk.clients.rest.models.v1_webhook_source_name import V1WebhookSourceName as V1WebhookSourceName
from hatchet_sdk.worker.worker import Worker as Worker
from hatchet_sdk.context.worker_context import WorkerContext as WorkerContext
from hatchet_sdk.types.labels import WorkerLabel as WorkerLabel
from hatchet_sdk.types.labels import WorkerLabelComparator as WorkerLabelComparator
from hatchet_sdk.worker.worker import WorkerStartOptions as WorkerStartOptions
from hatchet_sdk.worker.worker import WorkerStatus as WorkerStatus
from hatchet_sdk.runnables.types import WorkflowConfig as WorkflowConfig
from hatchet_sdk.clients.listeners.run_event_listener import WorkflowRunEventType as WorkflowRunEventType
from hatchet_sdk.workflow_run import WorkflowRunRef as WorkflowRunRef
from hatchet_sdk.clients.rest.models.workflow_run_status import WorkflowRunStatus as WorkflowRunStatus
from hatchet_sdk.types.trigger import WorkflowRunTriggerConfig as WorkflowRunTriggerConfig
APIError: Any
APIErrors: Any
APIMeta: Any
APIMetaAuth: Any
APIMetaIntegration: Any
APIResourceMeta: Any
APIToken: Any
AcceptInviteRequest: Any
CreateAPITokenRequest: Any
CreateAPITokenResponse: Any
CreatePullRequestFromStepRun: Any
CreateTenantInviteRequest: Any
CreateTenantRequest: Any
CreateWorkflowVersionOpts: Any
Event: Any
EventData: Any
EventKeyList: Any
EventList: Any
EventWorkflowRunSummary: Any
GetStepRunDiffResponse: Any
Job: Any
JobRun: Any
ListAPITokensResponse: Any
ListPullRequestsResponse: Any
LogLine: Any
LogLineList: Any
PaginationResponse: Any
PullRequest: Any
RejectInviteRequest: Any
ReplayEventRequest: Any
RerunStepRunRequest: Any
StepRun: Any
StepRunDiff: Any
Tenant: Any
TenantInvite: Any
TenantInviteList: Any
TenantList: Any
TenantMember: Any
TenantMemberList: Any
TriggerWorkflowRunRequest: Any
UpdateTenantInviteRequest: Any
User: Any
UserLoginRequest: Any
UserRegisterRequest: Any
UserTenantMembershipsList: Any
UserTenantPublic: Any
WorkerList: Any
Workflow: Any
WorkflowList: Any
WorkflowRun: Any
WorkflowRunList: Any
WorkflowRunTriggeredBy: Any
WorkflowTag: Any
WorkflowTriggerCronRef: Any
WorkflowTriggerEventRef: Any
WorkflowTriggers: Any
WorkflowVersion: Any
WorkflowVersionDefinition: Any
WorkflowVersionMeta: Any
def is_in_hatchet_serialization_context(context) -> Any: ...
def or_(*conditions) -> OrGroup: ...
def remove_null_unicode_character(data, replacement=...) -> Any: ...
