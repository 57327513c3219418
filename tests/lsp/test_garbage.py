"""Garbage is collected between answers."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from hatchet_ls.lsp.garbage import Collector


class Node:
    """Part of a cycle, as the nodes of a tree are."""

    def __init__(self) -> None:
        self.myself = self


@pytest.fixture
def collector() -> Iterator[Collector]:
    collector = Collector(settled=lambda: False)
    gc.collect()
    collector.begin()
    yield collector
    collector.end()


def waste(count: int) -> weakref.ref[Node]:
    """Leave some cycles behind; gives a reference to one of them."""
    nodes = [Node() for _ in range(count)]
    return weakref.ref(nodes[0])


def test_much_garbage_is_collected_when_nothing_waits(collector: Collector) -> None:
    garbage = waste(60_000)
    collector.tidy(busy=False)
    assert garbage() is None


def test_work_that_waits_goes_first(collector: Collector) -> None:
    garbage = waste(60_000)
    collector.tidy(busy=True)
    assert garbage() is not None


def test_too_much_garbage_is_collected_all_the_same(collector: Collector) -> None:
    garbage = waste(1_100_000)
    collector.tidy(busy=True)
    assert garbage() is None


def test_little_garbage_is_left(collector: Collector) -> None:
    garbage = waste(100)
    collector.tidy(busy=False)
    assert garbage() is not None


def test_what_lives_as_long_as_the_process_is_put_aside_once() -> None:
    collector = Collector(settled=lambda: True)
    collector.begin()
    try:
        before = gc.get_freeze_count()
        collector.tidy(busy=True)
        assert gc.get_freeze_count() == before
        collector.tidy(busy=False)
        frozen = gc.get_freeze_count()
        assert frozen > before
        kept = [Node() for _ in range(1_000)]
        collector.tidy(busy=False)
        assert gc.get_freeze_count() == frozen
        assert kept
    finally:
        collector.end()


def test_afterwards_python_collects_again() -> None:
    collector = Collector(settled=lambda: False)
    collector.begin()
    assert not gc.isenabled()
    collector.end()
    assert gc.isenabled()
