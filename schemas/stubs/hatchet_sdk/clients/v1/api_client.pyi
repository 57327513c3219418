# Made by scripts/generate_sdk_facts.py from hatchet-sdk 1.43.1.
from collections.abc import Callable
from enum import Enum
from typing import Any
from hatchet_sdk.config import ClientConfig
class BaseRestClient:
    def __init__(self, config) -> None: ...
    api_config: Any
    def client(self) -> Any: ...
    client_config: ClientConfig
    tenant_id: Any
