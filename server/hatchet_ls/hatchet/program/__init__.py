"""The program: what the sources say in Hatchet's terms.

Everything here is frozen, carries spans, and shows no syntax tree: rules see Hatchet, not Python.
``hatchet/read.py`` makes it from the trees. Here ``made`` has what calls of the SDK make, ``bodies`` what their
functions do, ``strings`` and ``uses`` what else rules look at, and ``whole`` the program itself.
"""

from hatchet_ls.hatchet.program.bodies import BodyCall, Function, OrderTaken, Step
from hatchet_ls.hatchet.program.calls import Argument, Call, Site
from hatchet_ls.hatchet.program.made import (
    Client,
    Concurrency,
    Condition,
    Effective,
    RateLimit,
    Task,
    TaskDefaults,
    TaskKind,
    Worker,
    Workflow,
)
from hatchet_ls.hatchet.program.strings import Expression, Hole, Template
from hatchet_ls.hatchet.program.uses import Access, Legacy, PackageName
from hatchet_ls.hatchet.program.whole import Program
from hatchet_ls.python.flow import How, Use
from hatchet_ls.python.values import Entries, EnumMember, Items, Known, Object, Unknown, Value

__all__ = [
    "Access",
    "Argument",
    "BodyCall",
    "Call",
    "Client",
    "Concurrency",
    "Condition",
    "Effective",
    "Entries",
    "EnumMember",
    "Expression",
    "Function",
    "Hole",
    "How",
    "Items",
    "Known",
    "Legacy",
    "Object",
    "OrderTaken",
    "PackageName",
    "Program",
    "RateLimit",
    "Site",
    "Step",
    "Task",
    "TaskDefaults",
    "TaskKind",
    "Template",
    "Unknown",
    "Use",
    "Value",
    "Worker",
    "Workflow",
]
