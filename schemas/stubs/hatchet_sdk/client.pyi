# Made by scripts/generate_sdk_facts.py from hatchet-sdk 1.43.1.
from collections.abc import Callable
from enum import Enum
from typing import Any
from hatchet_sdk.features.cel import CELClient
from hatchet_sdk.config import ClientConfig
from hatchet_sdk.features.cron import CronClient
from hatchet_sdk.features.filters import FiltersClient
from hatchet_sdk.features.logs import LogsClient
from hatchet_sdk.features.metrics import MetricsClient
from hatchet_sdk.features.rate_limits import RateLimitsClient
from hatchet_sdk.clients.listeners.run_event_listener import RunEventListenerClient
from hatchet_sdk.features.runs import RunsClient
from hatchet_sdk.features.scheduled import ScheduledClient
from hatchet_sdk.features.tenant import TenantClient
from hatchet_sdk.features.webhooks import WebhooksClient
from hatchet_sdk.features.workers import WorkersClient
from hatchet_sdk.features.workflows import WorkflowsClient
class Client:
    def __init__(self, config, event_client=..., admin_client=..., dispatcher_client=..., workflow_listener=..., debug=...) -> None: ...
    config: ClientConfig
    admin: Any
    dispatcher: Any
    event: Any
    listener: RunEventListenerClient
    workflow_listener: Any
    debug: Any
    cron: CronClient
    logs: LogsClient
    metrics: MetricsClient
    rate_limits: RateLimitsClient
    runs: RunsClient
    scheduled: ScheduledClient
    workers: WorkersClient
    workflows: WorkflowsClient
    log_interceptor: Any
    filters: FiltersClient
    tenant: TenantClient
    cel: CELClient
    webhooks: WebhooksClient
