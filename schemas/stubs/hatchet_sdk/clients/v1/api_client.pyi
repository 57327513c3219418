# Made by scripts/generate_sdk_facts.py from hatchet-sdk 1.43.1.
from collections.abc import Callable
from enum import Enum
from typing import Any
from hatchet_sdk.config import ClientConfig
class BaseRestClient:
    def __init__(self, config) -> None: ...
    def client(self) -> Any: ...
    tenant_id: Any
    client_config: ClientConfig
    api_config: Any
