# Made by scripts/generate_sdk_facts.py from hatchet-sdk 1.43.1.
from collections.abc import Callable
from enum import Enum
from typing import Any
from hatchet_sdk.clients.v1.api_client import BaseRestClient
from hatchet_sdk.config import ClientConfig
class TenantClient(BaseRestClient):
    def __init__(self, config) -> None: ...
    def get(self) -> Any: ...
    async def aio_get(self) -> Any: ...
