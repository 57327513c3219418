"""Signs in a source that an object may be more than its class says."""

from __future__ import annotations

import re

from hatchet_ls.text import Source, Span

_OF_MOCKS = frozenset(
    {
        "attach_mock",
        "await_args",
        "await_args_list",
        "await_count",
        "call_args",
        "call_args_list",
        "call_count",
        "called",
        "configure_mock",
        "method_calls",
        "mock_add_spec",
        "mock_calls",
        "reset_mock",
        "return_value",
        "side_effect",
    }
)


def may_be_of_a_subclass(source: Source, receiver: Span | None) -> bool:
    """Whether the source tests what the object is (``isinstance(ctx, MyContext)``): behind the test it has more."""
    if receiver is None:
        return False
    written = re.escape(source.slice(receiver))
    tests = rf"\b(?:isinstance|issubclass|type)\(\s*{written}\s*[,)]|\bmatch\s+{written}\s*:"
    return re.search(tests, source.text) is not None


def is_looked_for(source: Source, name: str) -> bool:
    """Whether the source asks for an attribute by its name, or makes one (``hasattr``, ``setattr``, a mock's patch,
    ``"NAME" in Enum.__members__``)."""
    quoted = rf"([\"']){re.escape(name)}"
    asked = rf"\b\w*(?:attr|object|spec)\([^()]*{quoted}\1|{quoted}\2\s+(?:not\s+)?in\b"
    return re.search(asked, source.text) is not None


def is_of_a_mock(name: str) -> bool:
    """Whether an attribute is one that ``unittest.mock`` gives what it replaces."""
    return name.startswith("assert_") or name in _OF_MOCKS
