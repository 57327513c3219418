# Made by scripts/generate_sdk_facts.py from hatchet-sdk 1.43.1.
from collections.abc import Callable
from enum import Enum
from typing import Any
from hatchet_sdk.clients.v1.api_client import BaseRestClient
from hatchet_sdk.config import ClientConfig
class CELEvaluationResult:
    def __init__(self, *, result) -> None: ...
    result: Any
class CELFailure:
    def __init__(self, *, status=..., error) -> None: ...
    status: Any
    error: Any
class CELSuccess:
    def __init__(self, *, status=..., output) -> None: ...
    status: Any
    output: Any
class CELClient(BaseRestClient):
    def __init__(self, config) -> None: ...
    def debug(self, expression, input, additional_metadata=..., filter_payload=...) -> CELEvaluationResult: ...
    async def aio_debug(self, expression, input, additional_metadata=..., filter_payload=...) -> CELEvaluationResult: ...
