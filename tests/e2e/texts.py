"""Texts that the sessions edit."""

from __future__ import annotations

HEAD = """\
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


"""

TASK = """\
@hatchet.task({arguments})
def {name}(input: EmptyModel, ctx: Context) -> None: ...
"""


def task(arguments: str = "", name: str = "work") -> str:
    """A module with one task."""
    return HEAD + TASK.format(arguments=arguments, name=name)


CLEAN = task("retries=2")
WRONG = task("retries=-1")
