# Made by scripts/generate_sdk_facts.py from hatchet-sdk 1.43.1.
from collections.abc import Callable
from enum import Enum
from typing import Any
from hatchet_sdk.hatchet import Hatchet
from hatchet_sdk.runnables.workflow import Standalone
from hatchet_sdk.runnables.workflow import Workflow
class StubsClient:
    def __init__(self, client) -> None: ...
    def workflow(self, *, name, input_validator=..., default_additional_metadata=...) -> Workflow: ...
    def task(self, *, name, input_validator=..., output_validator=..., default_additional_metadata=...) -> Standalone: ...
    client: Hatchet
