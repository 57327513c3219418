"""The SDK's facts over its published 1.x releases, from the table that comes with the tool."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from hatchet_ls.hatchet.facts import Facts, Lifetime, Version
from hatchet_ls.hatchet.facts_table import Table
from hatchet_ls.hatchet.schemas import schema_path

TABLE = "sdk_facts.json"
"""The table's file in ``schemas``; ``scripts/generate_sdk_facts.py`` makes it."""


def facts_at(version: Version | None) -> Facts:
    """The facts of a release; of the newest one when ``version`` is None or newer than all.

    A version that has not been published gets the release before it, the oldest one when there is none before it.
    """
    known = releases()
    return _facts(len(known) - 1 if version is None else max(bisect_right(known, version) - 1, 0))


def releases() -> tuple[Version, ...]:
    """The releases that the table covers, oldest first."""
    return _table().releases


def history() -> Mapping[str, Lifetime]:
    """When each name of the API appeared, was deprecated and went; the table is read when it is first asked."""
    return _HISTORY


@lru_cache(maxsize=1)
def _table() -> Table:
    return Table(json.loads(schema_path(TABLE).read_text(encoding="utf-8")))


@lru_cache(maxsize=8)
def _facts(release: int) -> Facts:
    return _table().facts(release, _HISTORY)


class _History(Mapping[str, Lifetime]):
    @cached_property
    def _lifetimes(self) -> dict[str, Lifetime]:
        return _table().lifetimes()

    def __getitem__(self, key: str) -> Lifetime:
        return self._lifetimes[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lifetimes)

    def __len__(self) -> int:
        return len(self._lifetimes)


_HISTORY = _History()
