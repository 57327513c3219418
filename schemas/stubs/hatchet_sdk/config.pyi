# Made by scripts/generate_sdk_facts.py from hatchet-sdk 1.43.1.
from collections.abc import Callable
from enum import Enum
from typing import Any
class ClientConfig:
    def __init__(self, *, token=..., logger=..., debug=..., tenant_id=..., host_port=..., server_url=..., namespace=..., tls_config=..., healthcheck=..., otel=..., listener_v2_timeout=..., grpc_max_recv_message_length=..., grpc_max_send_message_length=..., worker_preset_labels=..., enable_force_kill_sync_threads=..., enable_thread_pool_monitoring=..., terminate_worker_after_num_tasks=..., disable_log_capture=..., log_queue_size=..., force_shutdown_on_shutdown_signal=..., tenacity=..., embedded=..., sync_result_poll_interval=...) -> None: ...
    token: Any
    logger: Any
    tenant_id: Any
    host_port: Any
    server_url: Any
    namespace: Any
    tls_config: ClientTLSConfig
    healthcheck: HealthcheckConfig
    listener_v2_timeout: Any
    grpc_max_recv_message_length: Any
    grpc_max_send_message_length: Any
    worker_preset_labels: Any
    enable_force_kill_sync_threads: Any
    def validate_token_and_tenant(self) -> ClientConfig: ...
    def validate_addresses(self) -> ClientConfig: ...
    def validate_namespace(self, namespace) -> Any: ...
    enable_thread_pool_monitoring: Any
    def apply_namespace(self, resource_name, namespace_override=...) -> Any: ...
    otel: OpenTelemetryConfig
    terminate_worker_after_num_tasks: Any
    disable_log_capture: Any
    log_queue_size: Any
    force_shutdown_on_shutdown_signal: Any
    tenacity: TenacityConfig
    debug: Any
    embedded: EmbeddedHatchetConfig
    sync_result_poll_interval: Any
class ClientTLSConfig:
    def __init__(self, *, strategy=..., cert_file=..., key_file=..., root_ca_file=..., server_name=...) -> None: ...
    strategy: Any
    cert_file: Any
    key_file: Any
    root_ca_file: Any
    server_name: Any
class HealthcheckConfig:
    def __init__(self, *, port=..., enabled=..., event_loop_block_threshold_seconds=..., bind_address=...) -> None: ...
    port: Any
    enabled: Any
    event_loop_block_threshold_seconds: Any
    def validate_event_loop_block_threshold_seconds(self, value) -> Any: ...
    bind_address: Any
    def validate_bind_address(self, value) -> Any: ...
class OpenTelemetryConfig:
    def __init__(self, *, excluded_attributes=..., include_task_name_in_start_step_run_span_name=..., individual_run_spans_for_bulk_run=...) -> None: ...
    excluded_attributes: Any
    include_task_name_in_start_step_run_span_name: Any
    individual_run_spans_for_bulk_run: Any
class TenacityConfig:
    def __init__(self, *, max_attempts=..., retry_429=..., retry_not_found=..., retry_transport_errors=..., retry_transport_methods=..., wait=..., before_sleep=...) -> None: ...
    max_attempts: Any
    retry_429: Any
    retry_transport_errors: Any
    retry_transport_methods: Any
    wait: Any
    before_sleep: Any
    retry_not_found: Any
class HTTPMethod(str, Enum):
    GET = ...
    DELETE = ...
    POST = ...
    PUT = ...
    PATCH = ...
    HEAD = ...
    OPTIONS = ...
class EmbeddedHatchetConfig:
    def __init__(self, *, version=..., binary_path=..., checksum=..., database_url=..., postgres_data_dir=..., grpc_port=..., api_port=..., start_api=..., run_migrations=..., rabbitmq_url=..., log_level=..., ready_timeout_seconds=...) -> None: ...
    version: Any
    binary_path: Any
    checksum: Any
    database_url: Any
    postgres_data_dir: Any
    grpc_port: Any
    api_port: Any
    start_api: Any
    run_migrations: Any
    rabbitmq_url: Any
    log_level: Any
    ready_timeout_seconds: Any
