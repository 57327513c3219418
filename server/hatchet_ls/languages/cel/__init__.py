"""The Common Expression Language as Hatchet's engine takes it.

``check`` is the way in: it parses a text, tolerates what is wrong with it, and gives the engine's verdict. What the
verdict does not say is said by other modules, from what ``check`` returns: ``traps`` (what compiles and fails at run
time), ``hints`` (what a typed input tells), ``demands`` (whether the result is of the type that the place wants),
``hover`` and ``completion``.
"""

from __future__ import annotations

from hatchet_ls.languages.cel.check import Checked, check
from hatchet_ls.languages.cel.environments import ENVIRONMENTS, Environment
from hatchet_ls.languages.cel.problems import Problem, ProblemKind, Replacement
from hatchet_ls.languages.cel.types import (
    BOOL,
    BYTES,
    DOUBLE,
    DURATION,
    DYN,
    INT,
    NULL,
    STRING,
    TIMESTAMP,
    UINT,
    Field,
    Record,
    Type,
    list_of,
    map_of,
    record,
)

__all__ = [
    "BOOL",
    "BYTES",
    "DOUBLE",
    "DURATION",
    "DYN",
    "ENVIRONMENTS",
    "INT",
    "NULL",
    "STRING",
    "TIMESTAMP",
    "UINT",
    "Checked",
    "Environment",
    "Field",
    "Problem",
    "ProblemKind",
    "Record",
    "Replacement",
    "Type",
    "check",
    "list_of",
    "map_of",
    "record",
]
