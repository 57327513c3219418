"""A workflow whose model is in another module, and its CEL strings."""

from __future__ import annotations

MODELS = """\
from pydantic import BaseModel


class User(BaseModel):
    name: str


class Order(BaseModel):
    user_id: str  # Who has ordered 😀.
    amount: int
    user: User
"""

TASKS = """\
from hatchet_sdk import ConcurrencyExpression, Hatchet

from models import Order

hatchet = Hatchet()
orders = hatchet.workflow(
    name="orders",
    input_validator=Order,
    concurrency=ConcurrencyExpression(expression={expression}, max_runs=1),
)
"""


def keyed(literal: str) -> str:
    """A module with one workflow and its concurrency key as a literal writes it."""
    return TASKS.format(expression=literal)


ODD = [
    '"input.user_id"',
    "'\\'😀\\' + \\\n    input.user_id'",
    '"""\'é\' +\n  input.user_id + \'語\'"""',
    "'\\N{GRINNING FACE}' 'inp' r'ut.user_id'",
    "'\\x27\\U0001F600\\x27 + input.user_id'",
]
"""Literals that name ``input.user_id`` once, whose offsets need care."""
