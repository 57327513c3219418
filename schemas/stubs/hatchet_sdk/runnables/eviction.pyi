# Made by scripts/generate_sdk_facts.py from hatchet-sdk 1.43.1.
from collections.abc import Callable
from enum import Enum
from typing import Any
class EvictionPolicy:
    def __init__(self, *, ttl, allow_capacity_eviction=..., priority=...) -> None: ...
    ttl: Any
    allow_capacity_eviction: Any
    priority: Any
