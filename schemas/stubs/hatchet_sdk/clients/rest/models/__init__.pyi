# Made by scripts/generate_sdk_facts.py from hatchet-sdk 1.43.1.
from collections.abc import Callable
from enum import Enum
from typing import Any
