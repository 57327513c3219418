"""What annotated code needs of ``typing``, whose import takes as long as that of all the languages together.

For checkers of types these are the ones of ``typing``; at run time the classes are of the same kind.
"""

from __future__ import annotations

from collections import namedtuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:

    class _Making(type):
        """Gives a class the named tuple of its annotations for its base, in the place of ``NamedTuple``."""

        def __new__(cls, name, bases, body):
            fields = body["__annotations__"]
            defaults = [body.pop(field) for field in fields if field in body]
            base = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            return type(name, (base,), {"__slots__": (), **body})

    NamedTuple = type.__new__(_Making, "NamedTuple", (), {})
