"""Names that choose rules: a rule's own, its family's, or all of them."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from hatchet_ls.rules import rules

ALL = "ALL"

_T = TypeVar("_T")


def families() -> tuple[str, ...]:
    """All families, in order."""
    return tuple(dict.fromkeys(rule.family for rule in rules().values()))


def is_selector(name: str) -> bool:
    """Whether the name is a rule's, a family's, or ``ALL`` in any case."""
    return name.upper() == ALL or name in rules() or name in families()


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant, if any is near enough."""
    found = difflib.get_close_matches(name.lower().replace("_", "-"), sorted(known), n=1)
    return found[0] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """``; did you mean `x`?``, or nothing."""
    meant = closest(name, known)
    return f"; did you mean `{meant}`?" if meant else ""


def unknown_selector(name: str) -> str:
    """The message for a name that is no selector."""
    return f"unknown rule `{name}`{did_you_mean(name, [*rules(), *families()])}"


def selected(select: Sequence[str] | None, ignore: Collection[str]) -> frozenset[str]:
    """The names of the rules that are on.

    The nearer name wins: a rule's own name over its family's, a family's over ``ALL``. Where both lists are
    equally near, ``ignore`` wins. ``select=None`` selects all.
    """
    wanted = (ALL,) if select is None else select
    return frozenset(
        rule.name
        for rule in rules().values()
        if _nearness(wanted, rule.name, rule.family) > _nearness(ignore, rule.name, rule.family)
    )


def nearest(table: Mapping[str, _T], name: str, family: str) -> tuple[_T] | None:
    """What a table with selectors as keys says about a rule, wrapped in a tuple; None if it says nothing."""
    for key in (name, family, *(key for key in table if key.upper() == ALL)):
        if key in table:
            return (table[key],)
    return None


def _nearness(names: Collection[str], name: str, family: str) -> int:
    """How near a list names a rule: 3 by its own name, 2 by its family's, 1 by ``ALL``, 0 not at all."""
    if name in names:
        return 3
    if family in names:
        return 2
    return 1 if any(each.upper() == ALL for each in names) else 0
